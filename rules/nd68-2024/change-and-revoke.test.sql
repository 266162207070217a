-- fires: in both
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 1, 'A1');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 2, 0, 'nd68-2024/mau-05', 2, 0, 0, 'A1');

-- silent: two certificates
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 1, 'A1');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 2, 0, 'nd68-2024/mau-05', 2, 0, 0, 'B2');
