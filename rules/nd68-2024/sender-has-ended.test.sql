-- fires: a commune that was absorbed asks after the day
INSERT INTO context (today, effective) VALUES ('2025-07-07', '2025-07-01');
INSERT INTO letter (letter, dated, form, agency, sender_fate, sender_successor, unreadable, signatures) VALUES (1, '2025-07-02', 'nd68-2024/mau-04', 'UBND xã Bình Mỹ', 'other-kept', 'Ủy ban nhân dân xã Bình Chương', 0, 1);
-- silent: before the day
INSERT INTO context (today, effective) VALUES ('2025-06-07', '2025-07-01');
INSERT INTO letter (letter, dated, form, agency, sender_fate, sender_successor, unreadable, signatures) VALUES (1, '2025-06-02', 'nd68-2024/mau-04', 'UBND xã Bình Mỹ', 'other-kept', 'Ủy ban nhân dân xã Bình Chương', 0, 1);
-- silent: revocation is not handed over
INSERT INTO context (today, effective) VALUES ('2025-07-07', '2025-07-01');
INSERT INTO letter (letter, dated, form, agency, sender_fate, sender_successor, unreadable, signatures) VALUES (1, '2025-07-02', 'nd68-2024/mau-05', 'UBND xã Bình Mỹ', 'other-kept', 'Ủy ban nhân dân xã Bình Chương', 0, 1);
-- silent: its name goes on
INSERT INTO context (today, effective) VALUES ('2025-07-07', '2025-07-01');
INSERT INTO letter (letter, dated, form, agency, sender_fate, unreadable, signatures) VALUES (1, '2025-07-02', 'nd68-2024/mau-04', 'UBND xã Bình Chương', 'kept', 0, 1);
