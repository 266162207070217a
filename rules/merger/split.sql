-- rule:      merger/split
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1; NĐ 68/2024/NĐ-CP
--            Đ17 khoản 3
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     60
-- says vi:   {org_name} ({unit_name}) được chia cho nhiều đơn vị mới và không đơn vị nào giữ tên;
--            các văn bản chưa quy định, đề nghị người có thẩm quyền quyết định đối với chứng thư số
--            {serial}.
-- says en:   {org_name} ({unit_name}) is split among several new units and none keeps its name; the
--            texts do not settle it: a person decides on {serial}.
-- seed:      -
-- sure:      S
--
SELECT c.cert, 'needs-person' AS action, 'SPLIT_NO_NAME' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.org_name, c.unit_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'split';
