-- fires: over Tết
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, subject) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-01-24', '23', 'UBND-VX', 'CỤC CHỨNG THỰC SỐ VÀ BẢO MẬT THÔNG TIN', 0, 1, 'text', 'Thông báo thu hồi chứng thư chữ ký số');

-- silent: another subject
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, unreadable, signatures, text_source, subject) VALUES (1, 'letter', '2025-06-20', '2025-06-20', '2025-06-20', '23', 'UBND-VX', 'CỤC CHỨNG THỰC SỐ VÀ BẢO MẬT THÔNG TIN', 0, 1, 'text', 'hướng dẫn');
-- fires: the kind of document says that it is a notice
INSERT INTO letter (letter, kind, dated, issued, received, number, symbol, agency, document_type, unreadable, signatures, text_source, subject) VALUES (1, 'notice', '2025-06-20', '2025-06-20', '2025-01-24', '23', 'BCY-CTSBMTT', 'CỤC CHỨNG THỰC SỐ VÀ BẢO MẬT THÔNG TIN', 'Thông báo', 0, 1, 'text', 'Về việc thu hồi chứng thư chữ ký số');
