-- fires: an island district
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, zone) VALUES (1, 'A1', 'agency', 'district', 'clear', 900, '2028-01-01', 0, '1');

-- silent: another district
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'district', 'clear', 900, '2028-01-01', 0);
