-- fires: to Tỉnh ủy
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, info_new) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 1, 'Nguyễn Văn An', 'Tỉnh ủy Quảng Ngãi');

-- silent: to a Sở
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, info_new) VALUES (1, 1, 0, 'nd68-2024/mau-04', 1, 0, 1, 'Nguyễn Văn An', 'Sở Tài chính');
