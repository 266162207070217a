-- fires: an old department
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so ke hoach va dau tu');

-- silent: one that goes on
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te');
