-- fires: revoke
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0);
INSERT INTO choice (n, serial, action, who, reason) VALUES (1, 'A1', 'revoke', 'x', 'y');

-- silent: a choice in a group
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0);
INSERT INTO choice (n, serial, action, who, reason) VALUES (1, 'A1', 'choose', 'x', 'y');
-- silent: answered anew
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0);
INSERT INTO choice (n, serial, action, who, reason) VALUES (1, 'A1', 'revoke', 'x', 'y');INSERT INTO choice (n, serial, action, who, reason) VALUES (2, 'A1', 'later', 'x', 'y');
