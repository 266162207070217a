-- fires: kept
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0);
INSERT INTO request_unit (letter, request, cell, code, unit, since, resolution, kept, here) VALUES (1, 1, 'org_name', '1', 'phường Lưu Kiếm', '2025-01-01', '1232/NQ-UBTVQH15', 1, 1);

-- silent: new
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0);
INSERT INTO request_unit (letter, request, cell, code, unit, since, resolution, kept, here) VALUES (1, 1, 'org_name', '1', 'phường Hoàng Lâm', '2025-01-01', '1232/NQ-UBTVQH15', 0, 1);
