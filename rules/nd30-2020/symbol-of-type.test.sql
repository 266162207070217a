-- fires: a decision as TB
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, document_type) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'TB-UBND', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quyết định');

-- silent: right
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, document_type) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'QĐ-UBND', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Quyết định');
-- silent: công văn has none
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, document_type) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text', 'Công văn');
