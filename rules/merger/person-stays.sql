-- rule:      merger/person-stays
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.2; NĐ 68/2024/NĐ-CP
--            Đ15 khoản 1 điểm a
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     31
-- says vi:   Ông (bà) {holder_name} tiếp tục công tác tại {org_name}, thông tin trong chứng thư số
--            {serial} không thay đổi: tiếp tục sử dụng.
-- says en:   {holder_name} goes on at {org_name} and nothing in certificate {serial} changes: keep
--            it.
-- seed:      R000-04
-- sure:      S
--
SELECT c.cert, 'keep' AS action, 'SAME_BODY' AS reason, 'R4' AS code,
       c.serial, c.holder_name, c.org_name, iif(c.new_unit GLOB '[0-9]*', c.new_unit, NULL) AS successor, c.new_body AS successor_body
  FROM cert c
 WHERE c.kind = 'person' AND c.assignment = 'assigned' AND c.same_body = 1;
