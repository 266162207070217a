-- fires: KT. signed with another certificate
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title, authority, for_title) VALUES (1, 0, 1, 'Nguyễn A', 'PHÓ CHỦ TỊCH', 'KT.', 'CHỦ TỊCH');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Trần B', 0, 1);

-- silent: KT. with his own
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title, authority) VALUES (1, 0, 1, 'Nguyễn Văn An', 'CHỦ TỊCH', 'KT.');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1);
-- silent: tone mark elsewhere
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title, authority) VALUES (1, 0, 1, 'Trần Thị Hoà', 'CHỦ TỊCH', 'TL.');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'TRẦN THỊ HÒA', 0, 1);
-- silent: no signature
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signer (letter, document, n, name, title, authority) VALUES (1, 0, 1, 'Nguyễn Văn An', 'CHỦ TỊCH', 'KT.');
