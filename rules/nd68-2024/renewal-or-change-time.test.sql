-- fires: 40 days
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-01-01', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 1, 'A1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2025-02-10', 0);

-- silent: 60 days
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-01-01', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 1, 'A1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2025-03-02', 0);
