-- rule:      merger/other-name-kept
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2;
--            Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.a;
--            NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b, Đ19; Nghị quyết {resolution}
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     80
-- says vi:   Sau sắp xếp, {successor_body} giữ tên của một đơn vị khác trong nhóm ({group_units});
--            duy trì chứng thư số của đơn vị giữ tên và thu hồi chứng thư số {serial} của
--            {org_name} (Mẫu số 05), kèm thiết bị {device_serial}.
-- says en:   {successor_body} keeps the name of another of the group ({group_units}): that
--            certificate goes on, {serial} of {org_name} is revoked (Mẫu 05), with device
--            {device_serial}.
-- seed:      R000-02 R002-08 R002-09 R002-02 R001-17
-- sure:      S
--
-- NĐ 68/2024 Đ17.3b would revoke every certificate of a merged body; the letter of Ban Cơ yếu keeps one.
-- Practice follows the letter, which is newer and specific though it ranks below the decree: both are
-- cited.
SELECT c.cert, 'revoke' AS action, 'NAME_OF_OTHER_KEPT' AS reason, 'R2' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.group_units, c.device_serial, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'other-kept' AND EXISTS (SELECT 1 FROM cert k WHERE k.grp = c.grp AND k.unit = c.keeper AND k.kind = 'agency' AND k.identity = 'clear'
                AND k.days_left >= 0);
