-- fires: it stands in the subject
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, successors, parent_in_subject) VALUES (1, 'A1', 'agency', 'school', 'clear', 900, '2028-01-01', 0, 1, 1);

-- silent: it does not
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, successors, parent_in_subject) VALUES (1, 'A1', 'agency', 'school', 'clear', 900, '2028-01-01', 0, 1, 0);
