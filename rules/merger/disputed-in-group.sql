-- rule:      merger/disputed-in-group
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     62
-- says vi:   Dữ liệu sắp xếp của đơn vị giữ tên trong nhóm ({group_units}) còn mâu thuẫn giữa các
--            nguồn; đề nghị đối chiếu nghị quyết trước khi quyết định đối với chứng thư số {serial}
--            của {org_name}.
-- says en:   The sources disagree on the unit of the group ({group_units}) whose name is kept: look
--            at the resolution before deciding on {serial} of {org_name}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'DISPUTED_DATA_IN_GROUP' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.org_name, c.group_units
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'disputed-in-group';
