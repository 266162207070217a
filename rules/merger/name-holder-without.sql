-- rule:      merger/name-holder-without
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     81
-- says vi:   {successor_body} giữ tên của một đơn vị trong nhóm ({group_units}) nhưng đơn vị đó
--            không có chứng thư số còn hiệu lực; đề nghị người có thẩm quyền quyết định đối với
--            chứng thư số {serial} của {org_name} (thay đổi thông tin hoặc thu hồi và cấp mới).
-- says en:   {successor_body} keeps the name of one of the group ({group_units}) that has no live
--            certificate: a person decides on {serial} of {org_name}.
-- seed:      -
-- sure:      S
--
SELECT c.cert, 'needs-person' AS action, 'NAME_HOLDER_HAS_NO_CERT' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.org_name, c.group_units
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'other-kept' AND NOT EXISTS (SELECT 1 FROM cert k WHERE k.grp = c.grp AND k.unit = c.keeper AND k.kind = 'agency' AND k.identity = 'clear'
                AND k.days_left >= 0)
   AND NOT EXISTS (SELECT 1 FROM unheard u WHERE u.grp = c.grp AND u.unit = c.keeper);
