-- fires: a certificate of a merged body is to be revoked
INSERT INTO context (today, effective) VALUES ('2025-06-15', '2025-07-01');
INSERT INTO decision (cert, serial, action, reason) VALUES (1, 'A1', 'revoke', 'NAME_OF_OTHER_KEPT');
-- silent: nothing changes
INSERT INTO context (today, effective) VALUES ('2025-06-15', '2025-07-01');
INSERT INTO decision (cert, serial, action, reason) VALUES (1, 'A1', 'keep', 'NAME_KEPT');
-- silent: before the letter of Ban Cơ yếu
INSERT INTO context (today, effective) VALUES ('2024-12-20', '2025-01-01');
INSERT INTO decision (cert, serial, action, reason) VALUES (1, 'A1', 'revoke', 'NAME_OF_OTHER_KEPT');
