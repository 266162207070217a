-- fires: Mẫu 12 to the Cục, Long An 2020
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Long An', 'tt185-2019/mau-12');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');
-- fires: Mẫu 04 to the Cục, Quảng Ngãi 6/2025
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-04');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');

-- silent: Mẫu 05 to the Cục
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-05');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Cục Chứng thực số và Bảo mật thông tin');
-- silent: Mẫu 04 to the Sở
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-04');
INSERT INTO recipient (letter, n, value) VALUES (1, 1, 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi');
