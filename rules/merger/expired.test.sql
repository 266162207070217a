-- fires: a day before
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', -1, '2028-01-01', 0);

-- silent: on the day itself
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 0, '2028-01-01', 0);
