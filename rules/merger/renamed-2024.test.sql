-- fires: alone
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, alone) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 1);

-- silent: merged with another
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, alone) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 0);
