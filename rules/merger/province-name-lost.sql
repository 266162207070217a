-- rule:      merger/province-name-lost
-- law:       NQ 202/2025/QH15; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
--            gạch đầu dòng 2; NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b, Đ19
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     122
-- says vi:   {province} sáp nhập; {successor_body} giữ tên và duy trì chứng thư số của mình, thu
--            hồi chứng thư số {serial} của {org_name} (Mẫu số 05), kèm thiết bị {device_serial}.
-- says en:   {province} is merged; {successor_body} keeps the name and its certificate, {serial} of
--            {org_name} is revoked (Mẫu 05), with device {device_serial}.
-- seed:      R000-02
-- sure:      S
--
SELECT c.cert, 'revoke' AS action, 'PROVINCE_NAME_OF_OTHER_KEPT' AS reason, 'R2' AS code,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.province, c.device_serial, c.successor_body
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('province', 'department') AND c.identity = 'clear' AND c.province_kept = 0 AND EXISTS (SELECT 1 FROM cert k WHERE k.body_class = c.body_class AND k.kind = 'agency' AND k.body IS c.body
                AND k.core IS c.core AND k.province = c.province_next AND k.province_kept = 1 AND k.identity = 'clear');
