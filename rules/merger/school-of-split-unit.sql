-- rule:      merger/school-of-split-unit
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 3
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     100
-- says vi:   {org_name} thuộc {unit_name} là đơn vị bị chia; cần xác định cơ quan quản lý mới trước
--            khi quyết định đối với chứng thư số {serial}.
-- says en:   {org_name} lies in {unit_name}, which is split: say who manages it from now on, then
--            {serial}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'SCHOOL_IN_SPLIT_UNIT' AS reason, 'GAP' AS code,
       c.serial, c.org_name, c.unit_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('school', 'commune-office') AND c.identity = 'clear' AND c.successors > 1;
