-- fires: not on the list
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0);

-- silent: on the list
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'left');
