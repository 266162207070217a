-- rule:      merger/name-kept-too-short
-- law:       NĐ 130/2018/NĐ-CP Đ65; NĐ 68/2024/NĐ-CP Đ14 (con số chưa xác nhận: rules/settings.tsv)
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     71
-- says vi:   {successor_body} giữ nguyên tên nhưng chứng thư số {serial} phải thay đổi thông tin mà
--            chỉ còn hạn {days_left} ngày (đến {valid_to}); đề nghị người có thẩm quyền quyết định
--            gia hạn cùng lúc hoặc cấp mới.
-- says en:   {successor_body} keeps its name but certificate {serial} must change and has only
--            {days_left} days left (until {valid_to}): a person decides.
-- seed:      R003-22
-- sure:      B
--
SELECT c.cert, 'needs-person' AS action, 'SHORT_VALIDITY' AS reason, 'R6' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.days_left, vn_date(c.valid_to) AS valid_to
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate IN ('kept', 'alone-kept', 'untouched') AND c.subject_changes = 1 AND c.days_left < (SELECT value FROM settings WHERE name = 'usable-days');
