-- fires: portal only
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-05');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'Đề nghị thu hồi', fold('Đề nghị thu hồi'));

-- silent: with the devices
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-05');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'gửi 01 bản qua bưu điện kèm theo các thiết bị', fold('gửi 01 bản qua bưu điện kèm theo các thiết bị'));
-- silent: another form
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-04');
