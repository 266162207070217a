-- fires: kept
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, subject_changes) VALUES (1, 'A1', 'device', 'commune', 'clear', 900, '2028-01-01', 0, 'kept', 0);

-- silent: absorbed
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, subject_changes) VALUES (1, 'A1', 'device', 'commune', 'clear', 900, '2028-01-01', 0, 'other-kept', 0);
