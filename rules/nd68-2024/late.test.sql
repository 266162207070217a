-- fires: 23/6/2025
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-23', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-04');

-- silent: 20/6/2025
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, province, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quảng Ngãi', 'nd68-2024/mau-04');
