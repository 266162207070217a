-- rule:      merger/near-name-in-group
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     64
-- says vi:   Tên mới {successor_body} chỉ khác tên một đơn vị trong nhóm ({group_units}) ở dấu; cần
--            xác định là giữ tên hay tên mới trước khi quyết định đối với chứng thư số {serial} của
--            {org_name}.
-- says en:   The new name {successor_body} differs by marks only from one of the group
--            ({group_units}): a person says whether it is kept, then {serial} of {org_name}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'NEAR_NAME_IN_GROUP' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.org_name, c.group_units
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'near-in-group';
