-- fires: the exact one has none
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, keeper, grp) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'namesake-other-kind', '2', 'UBND:1');

-- silent: it has one
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, keeper, grp) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'namesake-other-kind', '2', 'UBND:1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, unit, grp, fate) VALUES (2, 'B2', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, '2', 'UBND:1', 'kept');
-- silent: a unit of the group has not been heard of
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, keeper, grp) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'namesake-other-kind', '2', 'UBND:1');
INSERT INTO unheard (grp, unit, unit_name) VALUES ('UBND:1', '2', 'xã B');
