-- rule:      merger/expired
-- law:       NĐ 68/2024/NĐ-CP Đ17 khoản 1, Đ20; NĐ 130/2018/NĐ-CP Đ71
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     10
-- says vi:   Chứng thư số {serial} của {holder_name} hết hạn ngày {valid_to}, {before_vi}; không phải
--            thay đổi hay thu hồi, chỉ thu thiết bị lưu khóa bí mật {device_serial} theo biên bản Mẫu
--            số 08.
-- says en:   Certificate {serial} of {holder_name} expired on {valid_to}, {before_en}: nothing to
--            change or revoke, collect device {device_serial}.
-- seed:      R001-16 R001-19 R002-12
-- sure:      S
--
SELECT c.cert, 'none' AS action, 'EXPIRED' AS reason, 'R7' AS code,
       c.serial, c.holder_name, vn_date(c.valid_to) AS valid_to, c.device_serial,
       iif(x.effective <= c.valid_to, 'nay đã quá hạn', 'trước ngày việc sắp xếp có hiệu lực') AS before_vi,
       iif(x.effective <= c.valid_to, 'which is past', 'before the merger takes effect') AS before_en
  FROM cert c LEFT JOIN context x
 WHERE c.days_left < 0;
