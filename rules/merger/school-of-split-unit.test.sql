-- fires: split
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, successors) VALUES (1, 'A1', 'agency', 'school', 'clear', 900, '2028-01-01', 0, 2);

-- silent: whole
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, successors) VALUES (1, 'A1', 'agency', 'school', 'clear', 900, '2028-01-01', 0, 1);
