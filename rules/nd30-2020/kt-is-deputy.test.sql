-- fires: a head under KT.
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title, authority) VALUES (1, 0, 1, 'Nguyễn Văn An', 'TRƯỞNG PHÒNG', 'KT.');

-- silent: a deputy
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title, authority) VALUES (1, 0, 1, 'Nguyễn Văn An', 'PHÓ CHỦ TỊCH', 'KT.');
-- silent: himself
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title) VALUES (1, 0, 1, 'Nguyễn Văn An', 'CHỦ TỊCH');
