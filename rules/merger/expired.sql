-- rule:      merger/expired
-- law:       NĐ 68/2024/NĐ-CP Đ17 khoản 1, Đ20; NĐ 130/2018/NĐ-CP Đ71
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     10
-- says vi:   Chứng thư số {serial} của {holder_name} hết hạn ngày {valid_to}, trước ngày việc sắp
--            xếp có hiệu lực; không phải thay đổi hay thu hồi, chỉ thu thiết bị lưu khóa bí mật
--            {device_serial} theo biên bản Mẫu số 08.
-- says en:   Certificate {serial} of {holder_name} expired on {valid_to}, before the merger takes
--            effect: nothing to change or revoke, collect device {device_serial}.
-- seed:      R001-16 R001-19 R002-12
-- sure:      S
--
SELECT c.cert, 'none' AS action, 'EXPIRED' AS reason, 'R7' AS code,
       c.serial, c.holder_name, vn_date(c.valid_to) AS valid_to, c.device_serial
  FROM cert c
 WHERE c.days_left < 0;
