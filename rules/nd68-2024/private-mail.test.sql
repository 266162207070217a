-- fires: gmail
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, email) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0, 'a@gmail.com');

-- silent: official
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, email) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0, 'a@quangngai.gov.vn');
-- silent: none
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0);
