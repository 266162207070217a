-- fires: the new unit has it changed
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'commune', 'clear', 900, '2028-01-01', NULL, NULL);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-04', 1, 'A1', 0, 1, 'UBND xã B');
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (1, 'a1', '2025-06-20', 0, 1);
-- fires: seen in a signature, and its agency asks to revoke it
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'UBND huyện A', 'agency', 'district', 'clear', 900, '2028-01-01', NULL, 1);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-05', 1, 'A1', NULL, NULL, NULL);
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (1, 'a1', '2025-06-20', 0, 1);
-- silent: the assignment list speaks
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'commune', 'clear', 900, '2028-01-01', 'left', NULL);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-04', 1, 'A1', 0, 1, 'UBND xã B');
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (1, 'a1', '2025-06-20', 0, 1);
-- silent: asked both ways
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'commune', 'clear', 900, '2028-01-01', NULL, NULL);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-04', 1, 'A1', 0, 1, 'UBND xã B');
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (2, 1, 'nd68-2024/mau-05', 1, 'A1', NULL, NULL, NULL);
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (1, 'a1', '2025-06-20', 0, 1);
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (2, 'a2', '2025-06-20', 0, 1);
-- silent: the letter's signature is broken
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'commune', 'clear', 900, '2028-01-01', NULL, NULL);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-04', 1, 'A1', 0, 1, 'UBND xã B');
INSERT INTO signature (letter, signature, intact, valid) VALUES (1, 1, 0, 1);
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (1, 'a1', '2025-06-20', 0, 1);
-- silent: nobody signed the letter
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'commune', 'clear', 900, '2028-01-01', NULL, NULL);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-05', 1, 'A1', NULL, NULL, NULL);
INSERT INTO letter (letter, sha256, dated, unreadable, signatures) VALUES (1, 'a1', '2025-06-20', 0, 0);
-- fires: the command line asks
INSERT INTO cert (cert, serial, holder_name, kind, body_class, identity, days_left, valid_to, assignment, seen) VALUES (1, 'A1', 'Nguyễn Văn Thử', 'person', 'commune', 'clear', 900, '2028-01-01', NULL, NULL);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-05', 1, 'A1', NULL, NULL, NULL);
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-06-20', 0, 0);
