-- fires: neither
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0, 'UBND phường Hoàng Lâm');

-- silent: a confirmation
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0, 'UBND phường Hoàng Lâm');
INSERT INTO page_text (letter, page, text, strong) VALUES (1, 1, 'có xác nhận của người đứng đầu UBND thành phố', fold('có xác nhận của người đứng đầu UBND thành phố'));
-- silent: a decision
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'UBND XÃ BÌNH CHƯƠNG', 0, 1, 'text');
INSERT INTO request (letter, request, document, form, row, renew, change, org_name) VALUES (1, 1, 0, 'nd68-2024/mau-02', 1, 0, 0, 'UBND phường Hoàng Lâm');
INSERT INTO citation (letter, n, value) VALUES (1, 1, 'Nghị quyết số 1232/NQ-UBTVQH15 về việc sắp xếp đơn vị hành chính');
