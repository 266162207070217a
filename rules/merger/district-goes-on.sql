-- rule:      merger/district-goes-on
-- law:       Công văn năm 2024 của Phòng VH&TT huyện Thủy Nguyên mục 3; NĐ 68/2024/NĐ-CP
--            Đ15 khoản 2, Đ16
-- applies:   merged from 2024-08-15 until 2025-06-30
-- scope:     inventory
-- gives:     decision
-- order:     114
-- says vi:   {org_name}: khi huyện đổi thành đơn vị hành chính khác, cơ quan cấp huyện làm thủ tục
--            thay đổi nội dung thông tin chứng thư số {serial} (Mẫu số 04).
-- says en:   {org_name}: when the district becomes another unit, its bodies change the information
--            of certificate {serial} (Mẫu 04).
-- seed:      R001-10
-- sure:      S
--
SELECT c.cert, 'change-info' AS action, 'PARENT_CHANGED' AS reason, 'R3' AS code,
       'nd68-2024/mau-04' AS form,
       c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('district', 'district-office') AND c.identity = 'clear';
