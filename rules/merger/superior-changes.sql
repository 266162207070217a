-- rule:      merger/superior-changes
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 3;
--            NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     102
-- says vi:   Cơ quan quản lý cấp trên của {org_name} thay đổi (nay thuộc địa bàn {successor_body})
--            và có ghi trong chứng thư số {serial}: thay đổi nội dung thông tin theo thông tin mới
--            (Mẫu số 04).
-- says en:   The superior of {org_name} changes (now in the area of {successor_body}) and stands in
--            certificate {serial}: change its information (Mẫu 04).
-- seed:      R000-03 R001-10 R003-20
-- sure:      S
--
SELECT c.cert, 'change-info' AS action, 'PARENT_CHANGED' AS reason, 'R3' AS code,
       c.successor, c.successor_body,
       'nd68-2024/mau-04' AS form,
       c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('school', 'commune-office') AND c.identity = 'clear' AND c.parent_in_subject = 1;
