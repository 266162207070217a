-- fires: a blank page
INSERT INTO letter (letter, kind, dated, received, pages, unreadable, signatures, text_source) VALUES (1, 'other', '2025-06-20', '2025-06-20', 1, 0, 0, 'text');

-- silent: its sender was read
INSERT INTO letter (letter, kind, dated, received, agency, unreadable, signatures) VALUES (1, 'other', '2025-06-20', '2025-06-20', 'UBND XÃ BÌNH CHƯƠNG', 0, 0);

-- silent: signed
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'other', '2025-06-20', '2025-06-20', 0, 1);

-- silent: a list
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'certificate-list', '2025-06-20', '2025-06-20', 0, 0);

-- silent: rows were read
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'other', '2025-06-20', '2025-06-20', 0, 0);
INSERT INTO request (letter, request, document, form, row, serial) VALUES (1, 1, 0, 'decision-list', 1, 'A1');

-- silent: it could not be opened, which is told already
INSERT INTO letter (letter, kind, dated, received, unreadable, signatures) VALUES (1, 'other', '2025-06-20', '2025-06-20', 1, 0);

-- fires: not even a document was found in it
INSERT INTO letter (letter, dated, received, unreadable, signatures) VALUES (1, '2025-06-20', '2025-06-20', 0, 0);
