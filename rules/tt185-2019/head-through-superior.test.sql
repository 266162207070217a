-- fires: the director asks for himself
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'SỞ NỘI VỤ', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, title, workplace) VALUES (1, 1, 0, 'tt185-2019/mau-02', 1, 0, 0, 'Nguyễn Văn An', 'Giám đốc', 'Sở Nội vụ');
-- fires: a body asks for itself
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'SỞ NỘI VỤ', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name, for_body) VALUES (1, 1, 0, 'tt185-2019/mau-04', 1, 0, 0, 'Sở Nội vụ', 1);

-- silent: a deputy director
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'SỞ NỘI VỤ', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, title, workplace) VALUES (1, 1, 0, 'tt185-2019/mau-02', 1, 0, 0, 'Nguyễn Văn An', 'Phó Giám đốc', 'Sở Nội vụ');
-- silent: the superior asks
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2020-05-05', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND TỈNH LONG AN', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, title, workplace) VALUES (1, 1, 0, 'tt185-2019/mau-02', 1, 0, 0, 'Nguyễn Văn An', 'Giám đốc', 'Sở Nội vụ');
