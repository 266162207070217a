-- rule:      merger/special-zone
-- law:       Nghị quyết {resolution}; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ
--            mục 1.1 gạch đầu dòng 3; NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16
-- applies:   merged from 2025-07-01
-- scope:     inventory
-- gives:     decision
-- order:     111
-- says vi:   {org_name} chuyển thành {successor_body}: thay đổi nội dung thông tin chứng thư số
--            {serial} (Mẫu số 04).
-- says en:   {org_name} becomes {successor_body}: change the information of certificate {serial}
--            (Mẫu 04).
-- seed:      R000-03
-- sure:      D
--
SELECT c.cert, 'change-info' AS action, 'DISTRICT_BECOMES_SPECIAL_ZONE' AS reason, 'R3' AS code,
       c.successor, c.successor_body,
       'nd68-2024/mau-04' AS form,
       c.serial, c.org_name, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'district' AND c.zone IS NOT NULL;
