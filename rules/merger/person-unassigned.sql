-- rule:      merger/person-unassigned
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     34
-- says vi:   Chưa có phân công công tác cho ông (bà) {holder_name} ({org_name}); đề nghị xác định
--            nơi công tác mới (thay đổi thông tin) hoặc không còn nhu cầu (thu hồi) đối với chứng
--            thư số {serial}.
-- says en:   {holder_name} ({org_name}) stands on no assignment list: say where to (change) or that
--            it is no longer needed (revoke), certificate {serial}.
-- seed:      R000-07 R000-08
-- sure:      S
--
SELECT c.cert, 'needs-person' AS action, 'UNASSIGNED' AS reason, 'GAP' AS code,
       c.serial, c.holder_name, c.org_name
  FROM cert c
 WHERE c.kind = 'person' AND c.assignment IS NULL;
