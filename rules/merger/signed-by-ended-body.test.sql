-- fires: a district in July
INSERT INTO context (today, effective) VALUES ('2025-07-10', '2025-07-01');
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page, body_class) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-07-03', '2024-01-01', '2029-01-01', 'good', 'UBND huyện Bình Sơn', 1, 1, 'district');

-- silent: in June
INSERT INTO context (today, effective) VALUES ('2025-07-10', '2025-07-01');
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page, body_class) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-03', '2024-01-01', '2029-01-01', 'good', 'UBND huyện Bình Sơn', 1, 1, 'district');
-- silent: a name that is kept
INSERT INTO context (today, effective) VALUES ('2025-07-10', '2025-07-01');
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page, body_class, fate) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-07-03', '2024-01-01', '2029-01-01', 'good', 'UBND xã Bình Chương', 1, 1, 'commune', 'kept');
