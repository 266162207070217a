-- fires: the only one of its group, but nothing is known of its device
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, 1);
-- fires: another's name is kept, so it would be revoked
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'other-kept', 'UBND:1', 1, 'UBND xã C', 1, 1);
-- fires: a person of a body that ends
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'district', 'clear', 900, '2028-01-01', NULL, NULL, NULL, NULL, 0, 1);
-- fires: a district that ends
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, subject_changes, seen) VALUES (1, 'A1', 'UBND huyện A', 'agency', 'district', 'clear', 900, '2028-01-01', 0, 1);
-- fires: another of the group was chosen
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, 1);
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (2, 'B2', 'UBND xã B', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, NULL);
INSERT INTO choice (n, serial, action, who) VALUES (1, 'B2', 'choose', 'x');
-- silent: listed
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, NULL);
-- silent: one of two candidates, choose-one asks
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, 1);
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (2, 'B2', 'UBND xã B', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, NULL);
-- silent: it was chosen
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, 1);
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (2, 'B2', 'UBND xã B', 'agency', 'commune', 'clear', 900, '2028-01-01', 'new', 'UBND:1', 1, 'UBND xã C', 1, NULL);
INSERT INTO choice (n, serial, action, who) VALUES (1, 'A1', 'choose', 'x');
-- silent: its body goes on as it is
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, fate, grp, successors, successor_body, subject_changes, seen) VALUES (1, 'A1', 'UBND xã A', 'agency', 'commune', 'clear', 900, '2028-01-01', 'kept', 'UBND:1', 1, 'UBND xã A', 0, 1);
