-- fires: an office there
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, zone) VALUES (1, 'A1', 'agency', 'district-office', 'clear', 900, '2028-01-01', 0, '1');

-- silent: an office elsewhere
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'district-office', 'clear', 900, '2028-01-01', 0);
