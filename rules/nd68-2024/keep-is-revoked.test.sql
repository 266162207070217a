-- fires: the name holder
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'nd68-2024/mau-05', 1, 0, 0, 'A1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0);
INSERT INTO decision (cert, serial, action, rule, reason) VALUES (1, 'A1', 'change-info', 'merger/x', 'NAME_KEPT_SUBJECT_CHANGES');

-- silent: the other one
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'nd68-2024/mau-05', 1, 0, 0, 'A1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0);
INSERT INTO decision (cert, serial, action, rule, reason) VALUES (1, 'A1', 'revoke', 'merger/x', 'NAME_OF_OTHER_KEPT');
