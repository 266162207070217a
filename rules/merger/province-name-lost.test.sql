-- fires: the partner has the body
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept, province_next) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te', 0, 'Tỉnh B');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept, province) VALUES (2, 'B2', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te', 1, 'Tỉnh B');

-- silent: it has not
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept, province_next) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so y te', 0, 'Tỉnh B');
