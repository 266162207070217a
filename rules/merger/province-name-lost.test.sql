-- fires: the partner has the body
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te', 0);
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept) VALUES (2, 'B2', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te', 1);

-- silent: it has not
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te', 0);
