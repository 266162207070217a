-- fires: untrusted
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'INDETERMINATE', 1, 1, 0, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1);

-- silent: trusted
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1);
-- silent: failed anyway
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_FAILED', 1, 1, 0, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1);
