-- fires: a province that keeps its name
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, stays) VALUES (1, 'A1', 'device', 'province', 'clear', 900, '2028-01-01', 0, 1);

-- silent: one that ends
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, stays) VALUES (1, 'A1', 'device', 'province', 'clear', 900, '2028-01-01', 0, 0);
