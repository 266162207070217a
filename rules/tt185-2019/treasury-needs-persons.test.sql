-- fires: a body for the Treasury
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'tt185-2019/mau-04', 1, 0, 0, 'Sở Nội vụ');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'dịch vụ công Kho bạc Nhà nước', fold('dịch vụ công Kho bạc Nhà nước'));

-- silent: a person
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name) VALUES (1, 1, 0, 'tt185-2019/mau-02', 1, 0, 0, 'Nguyễn Văn An');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'dịch vụ công Kho bạc Nhà nước', fold('dịch vụ công Kho bạc Nhà nước'));
