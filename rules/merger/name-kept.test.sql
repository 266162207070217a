-- fires: nothing changes
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, subject_changes) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'kept', 0);

-- silent: a district is shown
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, subject_changes) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'kept', 1);
