-- rule:      nd68-2024/renewal-or-change-time
-- law:       NĐ 68/2024/NĐ-CP Đ12, Đ14 (chưa đọc được nguyên văn); NĐ 130/2018/NĐ-CP Đ63, Đ65
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row}: chứng thư số {serial} chỉ còn {left} ngày; theo quy định cũ phải còn ít
--            nhất {needed} ngày, quy định mới có thể là 30 ngày.
-- says en:   Row {row}: certificate {serial} has {left} days left; the old rule asked for {needed},
--            the new one may ask for 30.
-- seed:      R003-18 R003-22
-- sure:      K
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial, days_between(l.dated, c.valid_to) AS left, s.value AS needed
  FROM request r JOIN letter l USING (letter) JOIN cert c ON c.serial = r.serial JOIN settings s ON s.name = 'usable-days'
 WHERE r.form = 'nd68-2024/mau-04' AND days_between(l.dated, c.valid_to) < s.value;
