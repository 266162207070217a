-- fires: a draft
INSERT INTO letter (letter, kind, dated, issued, received, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 0, 'text');

-- fires: a form that nobody signed
INSERT INTO letter (letter, kind, form, dated, issued, received, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'form', 'nd68-2024/mau-04', '2025-06-20', '2025-06-20', '2025-06-20', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 0, 'ocr');

-- fires: a circular
INSERT INTO letter (letter, kind, document_type, dated, issued, received, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'other', 'Thông tư', '2025-06-20', '2025-06-20', '2025-06-20', 'TT-BTC', 'BỘ TÀI CHÍNH', 0, 0, 'text');

-- silent: signed
INSERT INTO letter (letter, kind, dated, issued, received, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');

-- silent: a list is no letter
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'certificate-list', '2025-06-20', '2025-06-20', 0, 0);
