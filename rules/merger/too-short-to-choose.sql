-- rule:      merger/too-short-to-choose
-- law:       NĐ 130/2018/NĐ-CP Đ65; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ
--            mục 1.1 gạch đầu dòng 1; Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025
--            mục II.1.b; NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16, Đ17 khoản 3 điểm b,
--            Đ19; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     92
-- says vi:   Chứng thư số {serial} của {org_name} chỉ còn hạn {days_left} ngày nên không chọn để
--            đổi sang {successor_body}, trong khi nhóm còn chứng thư số khác dùng được: thu hồi
--            (Mẫu số 05), kèm thiết bị {device_serial}.
-- says en:   Certificate {serial} of {org_name} has only {days_left} days left, so it is not one to
--            become {successor_body}, and others of the group are usable: revoke it (Mẫu 05), with
--            device {device_serial}.
-- seed:      R003-22 R002-12
-- sure:      B
--
SELECT c.cert, 'revoke' AS action, 'SHORT_VALIDITY_OTHERS_USABLE' AS reason, 'R6' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.days_left, c.device_serial, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new' AND c.days_left < (SELECT value FROM settings WHERE name = 'usable-days') AND c.grp IN (SELECT grp FROM candidate);
