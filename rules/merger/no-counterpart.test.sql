-- fires: no such body there
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, core, province_kept) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 'so du lich', 0);

-- silent: a province that keeps its name
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, province_kept) VALUES (1, 'A1', 'agency', 'department', 'clear', 900, '2028-01-01', 0, 1);
