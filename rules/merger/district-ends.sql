-- rule:      merger/district-ends
-- law:       NQ 203/2025/QH15; Luật 72/2025/QH15; NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b, Đ19; Công
--            văn hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 8 (2)
-- applies:   merged from 2025-07-01
-- scope:     inventory
-- gives:     decision
-- order:     113
-- says vi:   Cấp huyện kết thúc hoạt động từ ngày 01/7/2025, {org_name} giải thể: thu hồi chứng thư
--            số {serial} (Mẫu số 05), kèm thiết bị {device_serial}.
-- says en:   The district level ends on 1 July 2025 and {org_name} with it: revoke {serial} (Mẫu
--            05), with device {device_serial}.
-- seed:      R003-24 R001-16
-- sure:      S
--
SELECT c.cert, 'revoke' AS action, 'DISTRICT_ABOLISHED' AS reason, 'R5' AS code,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.device_serial
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('district', 'district-office') AND c.identity = 'clear' AND c.zone IS NULL;
