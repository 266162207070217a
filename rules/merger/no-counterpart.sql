-- rule:      merger/no-counterpart
-- law:       NQ 202/2025/QH15; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     123
-- says vi:   Tỉnh giữ tên không có cơ quan tương ứng với {org_name}; cần xác định cơ quan tiếp nhận
--            trước khi quyết định đối với chứng thư số {serial}.
-- says en:   The province whose name is kept has no body like {org_name}: say which body follows
--            it, then {serial}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'NO_COUNTERPART' AS reason, 'GAP' AS code,
       c.serial, c.org_name, c.successor_body
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('province', 'department') AND c.identity = 'clear' AND c.province_kept = 0;
