-- fires: a person of another commune
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page, ou, o) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1, 'Ủy ban nhân dân xã Bình Mỹ', 'Ủy ban nhân dân huyện Bình Sơn');

-- silent: of the agency
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page, ou, o) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1, 'Ủy ban nhân dân xã Bình Chương', 'UBND huyện Bình Sơn');
-- silent: no body in the subject
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO signature (letter, signature, part, name, format, indication, intact, valid, trusted, coverage, changes_after, signed, valid_from, valid_to, revocation, cn, by_body, page) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_PASSED', 1, 1, 1, 'whole-file', 'none', '2025-06-20', '2024-01-01', '2029-01-01', 'good', 'Nguyễn Văn An', 0, 1);
