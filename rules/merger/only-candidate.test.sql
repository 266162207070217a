-- fires: alone
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);

-- silent: two
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (2, 'B2', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
-- silent: a unit of the group has not been heard of
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO unheard (grp, unit, unit_name) VALUES ('UBND:1', '2', 'xã B');
