-- fires: the police of a commune that goes into another
INSERT INTO cert (cert, serial, org_name, kind, body_class, identity, days_left, valid_to, fate, successors, successor_body) VALUES (1, 'A1', 'Công an xã A', 'agency', 'commune-office', 'clear', 900, '2028-01-01', 'other-kept', 1, 'Ủy ban nhân dân xã B');
-- silent: the commune keeps its name
INSERT INTO cert (cert, serial, org_name, kind, body_class, identity, days_left, valid_to, fate, successors, successor_body) VALUES (1, 'A1', 'Công an xã B', 'agency', 'commune-office', 'clear', 900, '2028-01-01', 'kept', 1, 'Ủy ban nhân dân xã B');
-- silent: a school
INSERT INTO cert (cert, serial, org_name, kind, body_class, identity, days_left, valid_to, fate, successors, successor_body) VALUES (1, 'A1', 'Trường THCS A', 'agency', 'school', 'clear', 900, '2028-01-01', 'other-kept', 1, 'Ủy ban nhân dân xã B');
