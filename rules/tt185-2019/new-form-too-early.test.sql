-- fires: on 14/8/2024
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2024-08-14', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'nd68-2024/mau-04');

-- silent: on 15/8/2024
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2024-08-15', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'nd68-2024/mau-04');
