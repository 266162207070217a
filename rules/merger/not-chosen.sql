-- rule:      merger/not-chosen
-- law:       Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b;
--            Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1; NĐ 68/2024/NĐ-CP
--            Đ17 khoản 3, Đ19; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     21
-- says vi:   Đã chọn duy trì chứng thư số khác trong nhóm ({group_units}) cho {successor_body}; thu
--            hồi chứng thư số {serial} của {holder_name} (Mẫu số 05), kèm thiết bị {device_serial}.
-- says en:   Another certificate of the group ({group_units}) was chosen for {successor_body};
--            revoke {serial} of {holder_name} (Mẫu 05), with device {device_serial}.
-- seed:      R002-10 R002-11 R000-01
-- sure:      S
--
SELECT c.cert, 'revoke' AS action, 'NOT_CHOSEN' AS reason, 'R1' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-05' AS form,
       c.serial, c.holder_name, c.group_units, c.device_serial, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.fate = 'new' AND c.identity = 'clear' AND c.days_left >= 0
   AND c.grp IN (SELECT grp FROM chosen GROUP BY grp HAVING count(DISTINCT serial) = 1)
   AND c.serial NOT IN (SELECT serial FROM chosen);
