-- fires: 59 days
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment, same_body) VALUES (1, 'A1', 'person', 'commune', 'clear', 59, '2028-01-01', 0, 'assigned', 0);

-- silent: 60 days
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment, same_body) VALUES (1, 'A1', 'person', 'commune', 'clear', 60, '2028-01-01', 0, 'assigned', 0);
