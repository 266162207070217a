-- fires: kept
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, province_kept) VALUES (1, 'A1', 'agency', 'province', 'clear', 900, '2028-01-01', 0, 1);

-- silent: lost
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, province_kept) VALUES (1, 'A1', 'agency', 'province', 'clear', 900, '2028-01-01', 0, 0);
