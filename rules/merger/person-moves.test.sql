-- fires: assigned
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment, same_body) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'assigned', 0);

-- silent: left
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'left');
