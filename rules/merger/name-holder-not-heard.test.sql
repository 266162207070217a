-- fires: the list of the name's holder has not come
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, keeper, grp) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'other-kept', '2', 'UBND:1');
INSERT INTO unheard (grp, unit, unit_name) VALUES ('UBND:1', '2', 'xã B');
-- silent: it has come and names none
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, keeper, grp) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'other-kept', '2', 'UBND:1');
-- silent: its certificate was seen in a signature, so there is one
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, keeper, grp) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'other-kept', '2', 'UBND:1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, unit, grp, fate, seen) VALUES (2, 'B2', 'agency', 'commune', 'clear', 900, '2028-01-01', '2', 'UBND:1', 'kept', 1);
INSERT INTO unheard (grp, unit, unit_name) VALUES ('UBND:1', '2', 'xã B');
