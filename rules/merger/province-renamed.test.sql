-- fires: the old province's department
INSERT INTO settings (name, value) VALUES ('usable-days', 60);
INSERT INTO cert (cert, serial, org_name, kind, body_class, identity, days_left, valid_to, province_kept, successor_body) VALUES (1, 'A1', 'Sở Nội vụ tỉnh Thừa Thiên Huế', 'agency', 'department', 'clear', 900, '2028-01-01', 1, 'Sở Nội vụ tỉnh Thừa Thiên Huế');
-- silent: the city
INSERT INTO settings (name, value) VALUES ('usable-days', 60);
INSERT INTO cert (cert, serial, org_name, kind, body_class, identity, days_left, valid_to, province_kept, successor_body) VALUES (1, 'A1', 'Sở Nội vụ thành phố Huế', 'agency', 'department', 'clear', 900, '2028-01-01', 1, 'Sở Nội vụ thành phố Huế');
