-- fires: same body
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment, same_body) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'assigned', 1);

-- silent: another body
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, assignment, same_body) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'assigned', 0);
