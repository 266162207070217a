-- fires: a company
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-07-02', 0, 1);
INSERT INTO request (letter, request, form, row, org_name) VALUES (1, 1, 'nd68-2024/mau-02', 1, 'Công ty TNHH Thử Nghiệm');
-- fires: a person of a cooperative
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-07-02', 0, 1);
INSERT INTO request (letter, request, form, row, holder_name, workplace) VALUES (1, 1, 'nd68-2024/mau-01', 1, 'Nguyễn Văn Thử', 'Hợp tác xã Bình Mỹ');
-- silent: a public body
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-07-02', 0, 1);
INSERT INTO request (letter, request, form, row, org_name) VALUES (1, 1, 'nd68-2024/mau-02', 1, 'Công an xã Bình Mỹ');
