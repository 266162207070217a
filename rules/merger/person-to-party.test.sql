-- fires: to the provincial committee of the Party
INSERT INTO cert (cert, serial, holder_name, org_name, kind, body_class, identity, days_left, valid_to, assignment, new_body, same_body) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'UBND xã A', 'person', 'commune', 'clear', 900, '2028-01-01', 'assigned', 'Tỉnh ủy Quảng Ngãi', 0);
-- silent: to a committee of the people
INSERT INTO cert (cert, serial, holder_name, org_name, kind, body_class, identity, days_left, valid_to, assignment, new_body, same_body) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'UBND xã A', 'person', 'commune', 'clear', 900, '2028-01-01', 'assigned', 'Ủy ban nhân dân xã B', 0);
