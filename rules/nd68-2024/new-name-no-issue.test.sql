-- fires: a new name of 2025
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0, 'UBND phường Cẩm Thành');
INSERT INTO request_unit (letter, request, cell, code, unit, since, resolution, kept, here) VALUES (1, 1, 'org_name', '21025', 'phường Cẩm Thành', '2025-07-01', '1677', 0, 1);

-- silent: kept
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0);
INSERT INTO request_unit (letter, request, cell, code, unit, since, resolution, kept, here) VALUES (1, 1, 'org_name', '1', 'xã Bình Chương', '2025-07-01', '1677', 1, 1);
