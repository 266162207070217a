-- fires: another code
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO field (letter, document, name, n, value) VALUES (1, 0, 'to_code', 1, 'G11');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');

-- silent: its old form
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO field (letter, document, name, n, value) VALUES (1, 0, 'to_code', 1, '000.05.07.G11');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');
