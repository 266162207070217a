-- rule:      merger/person-too-short
-- law:       NĐ 130/2018/NĐ-CP Đ65; NĐ 68/2024/NĐ-CP Đ14 (con số chưa xác nhận: rules/settings.tsv)
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     32
-- says vi:   Chứng thư số {serial} của {holder_name} phải thay đổi thông tin sang {new_body} nhưng
--            chỉ còn hạn {days_left} ngày (đến {valid_to}); đề nghị người có thẩm quyền quyết định
--            gia hạn cùng lúc hoặc cấp mới.
-- says en:   Certificate {serial} of {holder_name} must change to {new_body} but has only
--            {days_left} days left (until {valid_to}): a person decides.
-- seed:      R003-22
-- sure:      B
--
SELECT c.cert, 'needs-person' AS action, 'SHORT_VALIDITY' AS reason, 'R6' AS code,
       c.serial, c.holder_name, c.new_body, c.days_left, vn_date(c.valid_to) AS valid_to, iif(c.new_unit GLOB '[0-9]*', c.new_unit, NULL) AS successor, c.new_body AS successor_body
  FROM cert c
 WHERE c.kind = 'person' AND c.assignment = 'assigned' AND c.same_body = 0 AND c.days_left < (SELECT value FROM settings WHERE name = 'usable-days');
