-- fires: its predecessors have
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0, 'UBND phường Cẩm Thành');
INSERT INTO request_unit (letter, request, cell, code, unit, since, resolution, kept, here) VALUES (1, 1, 'org_name', '21025', 'phường Cẩm Thành', '2025-07-01', '1677', 0, 1);
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, successor, successor_body) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, '21025', 'Ủy ban nhân dân phường Cẩm Thành');
-- fires: the person has
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, email) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0, 'Nguyễn Văn An', 'an@x.gov.vn');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, holder_name, email) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'Nguyễn Văn An', 'an@x.gov.vn');

-- silent: nobody has
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, holder_name, email) VALUES (1, 1, 0, 'nd68-2024/mau-01', 1, 0, 0, 'Nguyễn Văn An', 'an@x.gov.vn');
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, holder_name, email) VALUES (1, 'A1', 'person', 'commune', 'clear', 900, '2028-01-01', 0, 'Lê B', 'b@x.gov.vn');
