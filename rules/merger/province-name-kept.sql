-- rule:      merger/province-name-kept
-- law:       NQ 202/2025/QH15; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
--            gạch đầu dòng 2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     121
-- says vi:   {province} giữ nguyên tên sau sắp xếp; {org_name} tiếp tục sử dụng chứng thư số
--            {serial}.
-- says en:   {province} keeps its name: {org_name} goes on using certificate {serial}.
-- seed:      R000-02
-- sure:      S
--
SELECT c.cert, 'keep' AS action, 'PROVINCE_NAME_KEPT' AS reason, 'R2' AS code,
       c.serial, c.org_name, c.province, c.successor_body
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('province', 'department') AND c.identity = 'clear' AND c.province_kept = 1;
