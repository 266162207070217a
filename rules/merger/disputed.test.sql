-- fires: disputed
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'disputed');

-- silent: settled
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'kept');
