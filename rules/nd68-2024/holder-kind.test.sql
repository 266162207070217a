-- fires: a body on Mẫu 01
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0, 'UBND xã Bình Chương');
-- fires: a person on Mẫu 02
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0, 'Nguyễn Văn An');

-- silent: right
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0, 'Nguyễn Văn An');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 2, 0, 'nd68-2024/mau-02', 2, 0, 0, 'UBND xã Bình Chương');
