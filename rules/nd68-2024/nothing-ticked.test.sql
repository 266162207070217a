-- fires: neither
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 0, 'UBND xã A');

-- silent: both
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 1, 1);
-- silent: another form
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change) VALUES (1, 1, 0, 'nd68-2024/mau-05', 1, 0, 0);
