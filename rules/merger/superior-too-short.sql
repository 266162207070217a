-- rule:      merger/superior-too-short
-- law:       NĐ 130/2018/NĐ-CP Đ65; NĐ 68/2024/NĐ-CP Đ14 (con số chưa xác nhận: rules/settings.tsv)
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     101
-- says vi:   Cơ quan quản lý cấp trên của {org_name} thay đổi và có ghi trong chứng thư số
--            {serial}, nhưng chứng thư chỉ còn hạn {days_left} ngày; đề nghị người có thẩm quyền
--            quyết định.
-- says en:   The superior of {org_name} changes and stands in certificate {serial}, which has only
--            {days_left} days left: a person decides.
-- seed:      R003-22
-- sure:      B
--
SELECT c.cert, 'needs-person' AS action, 'SHORT_VALIDITY' AS reason, 'R6' AS code,
       c.successor, c.successor_body,
       c.serial, c.org_name, c.days_left
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('school', 'commune-office') AND c.identity = 'clear' AND c.parent_in_subject = 1 AND c.days_left < (SELECT value FROM settings WHERE name = 'usable-days');
