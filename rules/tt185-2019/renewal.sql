-- rule:      tt185-2019/renewal
-- law:       NĐ 130/2018/NĐ-CP Đ63 khoản 1
-- applies:   issued from 2018-11-15 until 2024-08-14
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: chứng thư số {serial} {why_vi}; không đủ điều kiện gia hạn (chỉ 01 lần,
--            còn hạn ít nhất 60 ngày).
-- says en:   Row {row}: certificate {serial} {why_en}; it cannot be renewed (once only, at least 60
--            days left).
-- seed:      R003-18 R003-15 R003-16
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial,
       iif(c.renewals >= 1, 'đã gia hạn ' || c.renewals || ' lần', 'chỉ còn ' || days_between(l.dated, c.valid_to) || ' ngày') AS why_vi,
       iif(c.renewals >= 1, 'was renewed before', 'has ' || days_between(l.dated, c.valid_to) || ' days left') AS why_en
  FROM request r JOIN letter l USING (letter) JOIN cert c ON c.serial = r.serial
 WHERE r.renew = 1 AND r.form = 'tt185-2019/mau-08' AND (c.renewals >= 1 OR days_between(l.dated, c.valid_to) < 60);
