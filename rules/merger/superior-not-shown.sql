-- rule:      merger/superior-not-shown
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 3;
--            NĐ 68/2024/NĐ-CP Đ15 khoản 2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     103
-- says vi:   Cơ quan quản lý cấp trên của {org_name} thay đổi nhưng không ghi trong chứng thư số
--            {serial}: không phải thay đổi thông tin, tiếp tục sử dụng.
-- says en:   The superior of {org_name} changes but does not stand in certificate {serial}: nothing
--            to change, go on using it.
-- seed:      R000-04
-- sure:      D
--
SELECT c.cert, 'keep' AS action, 'PARENT_NOT_IN_SUBJECT' AS reason, 'R3' AS code,
       c.successor, c.successor_body,
       c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('school', 'commune-office') AND c.identity = 'clear' AND c.parent_in_subject = 0;
