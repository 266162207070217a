-- fires: Mẫu 07 to the Cục
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'tt185-2019/mau-07');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');

-- silent: Mẫu 08
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'tt185-2019/mau-08');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');
