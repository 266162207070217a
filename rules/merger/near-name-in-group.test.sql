-- fires: another is one mark away
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'near-in-group');

-- silent: new
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new');
