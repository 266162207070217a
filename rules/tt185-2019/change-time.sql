-- rule:      tt185-2019/change-time
-- law:       NĐ 130/2018/NĐ-CP Đ65 khoản 1
-- applies:   issued from 2018-11-15 until 2024-08-14
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: chứng thư số {serial} chỉ còn {left} ngày; thay đổi thông tin cần còn hạn
--            ít nhất 60 ngày.
-- says en:   Row {row}: certificate {serial} has {left} days left; a change needs 60.
-- seed:      R003-22 R003-21
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial, days_between(l.dated, c.valid_to) AS left
  FROM request r JOIN letter l USING (letter) JOIN cert c ON c.serial = r.serial
 WHERE r.change = 1 AND r.form = 'tt185-2019/mau-08' AND days_between(l.dated, c.valid_to) < 60;
