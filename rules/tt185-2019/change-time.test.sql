-- fires: 59 days
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2020-01-01', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'tt185-2019/mau-08', 1, 0, 1, 'A1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2020-02-29', 0);

-- silent: 60 days, the third time
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2020-01-01', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, serial) VALUES (1, 1, 0, 'tt185-2019/mau-08', 1, 0, 1, 'A1');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2020-03-01', 2);
