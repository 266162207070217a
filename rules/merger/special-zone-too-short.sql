-- rule:      merger/special-zone-too-short
-- law:       NĐ 130/2018/NĐ-CP Đ65
-- applies:   merged from 2025-07-01
-- scope:     inventory
-- gives:     decision
-- order:     110
-- says vi:   {org_name} chuyển thành {successor_body} nhưng chứng thư số {serial} chỉ còn hạn
--            {days_left} ngày; đề nghị người có thẩm quyền quyết định.
-- says en:   {org_name} becomes {successor_body} but certificate {serial} has only {days_left} days
--            left: a person decides.
-- seed:      R003-22
-- sure:      B
--
SELECT c.cert, 'needs-person' AS action, 'SHORT_VALIDITY' AS reason, 'R6' AS code,
       c.successor, c.successor_body,
       c.serial, c.org_name, c.days_left
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'district' AND c.zone IS NOT NULL AND c.days_left < (SELECT value FROM settings WHERE name = 'usable-days');
