-- fires: a person said so
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (2, 'B2', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO choice (n, serial, action, who) VALUES (1, 'A1', 'choose', 'Người có thẩm quyền');
-- fires: the new body asked with Mẫu 04
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors, successor_body) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1, 'Ủy ban nhân dân phường Cẩm Thành');
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-07-02', 0, 1);
INSERT INTO request (letter, request, form, row, serial, renew, change, info_new) VALUES (1, 1, 'nd68-2024/mau-04', 1, 'A1', 0, 1, 'Ủy ban nhân dân phường Cẩm Thành');

-- silent: nobody has chosen
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
-- silent: two were chosen
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (2, 'B2', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO choice (n, serial, action, who) VALUES (1, 'A1', 'choose', 'x');INSERT INTO choice (n, serial, action, who) VALUES (2, 'B2', 'choose', 'x');
