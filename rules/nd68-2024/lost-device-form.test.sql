-- fires: lost, on Mẫu 08
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'nd68-2024/mau-08');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'thiết bị đã bị mất', fold('thiết bị đã bị mất'));

-- silent: handed over
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'nd68-2024/mau-08');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'giao nhận thiết bị', fold('giao nhận thiết bị'));
-- silent: Mẫu 09
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, form) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'nd68-2024/mau-09');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'thất lạc', fold('thất lạc'));
