-- rule:      merger/near-name
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     63
-- says vi:   Tên mới {successor_body} chỉ khác tên {unit_name} ở dấu; cần xác định là giữ tên hay
--            tên mới trước khi quyết định đối với chứng thư số {serial}.
-- says en:   The new name {successor_body} differs from {unit_name} by marks only: a person says
--            whether the name is kept, then {serial}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'NEAR_NAME' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.unit_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'near';
