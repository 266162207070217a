-- fires: a unit of the group is missing
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO unheard (grp, unit, unit_name) VALUES ('UBND:1', '2', 'xã B');
INSERT INTO decision (cert, serial, action, reason) VALUES (1, 'A1', 'needs-person', 'GROUP_NOT_HEARD');
-- silent: what is missing cannot change the decision
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'kept', 'UBND:1', 1);
INSERT INTO unheard (grp, unit, unit_name) VALUES ('UBND:1', '2', 'xã B');
INSERT INTO decision (cert, serial, action, reason) VALUES (1, 'A1', 'change-info', 'NAME_KEPT_SUBJECT_CHANGES');
-- silent: all have been heard of
INSERT INTO cert (cert, serial, kind, body_class, identity, days_left, valid_to, renewals, fate, grp, successors) VALUES (1, 'A1', 'agency', 'commune', 'clear', 900, '2028-01-01', 0, 'new', 'UBND:1', 1);
INSERT INTO decision (cert, serial, action, reason) VALUES (1, 'A1', 'change-info', 'ONLY_CANDIDATE');
