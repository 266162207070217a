-- fires: the law of 2005
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-07-02', 0, 1);
INSERT INTO citation (letter, n, value, code) VALUES (1, 1, 'Luật Giao dịch điện tử số 51/2005/QH11', '51/2005/QH11');
-- silent: the law in force
INSERT INTO letter (letter, dated, unreadable, signatures) VALUES (1, '2025-07-02', 0, 1);
INSERT INTO citation (letter, n, value, code) VALUES (1, 1, 'Luật Giao dịch điện tử số 20/2023/QH15', '20/2023/QH15');
