-- fires: to file taxes
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name) VALUES (1, 1, 0, 'tt185-2019/mau-02', 1, 0, 0, 'Nguyễn Văn An');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'để khai thuế', fold('để khai thuế'));

-- silent: for letters
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name) VALUES (1, 1, 0, 'tt185-2019/mau-02', 1, 0, 0, 'Nguyễn Văn An');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'để ký văn bản', fold('để ký văn bản'));
