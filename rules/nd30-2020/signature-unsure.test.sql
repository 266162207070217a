-- fires: a package with a file that the signature does not name
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'letter', '2025-06-20', '2025-06-20', 0, 1);
INSERT INTO signature (letter, signature, part, name, format, indication, sub_indication, intact, valid, trusted, coverage, changes_after, cn) VALUES (1, 1, 1, 'META-INF/signature001.p7s', 'CAdES', 'INDETERMINATE', 'SIG_CONSTRAINTS_FAILURE', 1, 1, 1, 'whole-file', 'none', 'Nguyễn Văn An');
-- fires: what it signs is not there
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'letter', '2025-06-20', '2025-06-20', 0, 1);
INSERT INTO signature (letter, signature, part, name, format, indication, sub_indication, intact, valid, trusted, coverage, changes_after, cn) VALUES (1, 1, 1, 'Signature1', 'CAdES', 'INDETERMINATE', 'SIGNED_DATA_NOT_FOUND', NULL, 1, 1, 'whole-file', 'none', 'Nguyễn Văn An');
-- fires: its value could not be checked
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'letter', '2025-06-20', '2025-06-20', 0, 1);
INSERT INTO signature (letter, signature, part, name, format, indication, sub_indication, intact, valid, trusted, coverage, changes_after, cn) VALUES (1, 1, 1, 'Signature1', 'CAdES', 'INDETERMINATE', 'NO_SIGNING_CERTIFICATE_FOUND', 1, NULL, NULL, 'whole-file', 'none', NULL);

-- silent: the path alone is not proven
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'letter', '2025-06-20', '2025-06-20', 0, 1);
INSERT INTO signature (letter, signature, part, name, format, indication, sub_indication, intact, valid, trusted, coverage, changes_after, cn) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND', 1, 1, NULL, 'whole-file', 'none', 'Nguyễn Văn An');
-- silent: it failed, which another rule tells
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'letter', '2025-06-20', '2025-06-20', 0, 1);
INSERT INTO signature (letter, signature, part, name, format, indication, sub_indication, intact, valid, trusted, coverage, changes_after, cn) VALUES (1, 1, 1, 'Signature1', 'PAdES', 'TOTAL_FAILED', 'HASH_FAILURE', 0, 1, NULL, 'whole-file', 'none', 'Nguyễn Văn An');
