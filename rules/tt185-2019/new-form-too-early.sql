-- rule:      tt185-2019/new-form-too-early
-- law:       NĐ 68/2024/NĐ-CP Đ41; TT 185/2019/TT-BQP
-- applies:   issued from 2018-11-15 until 2024-08-14
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Hồ sơ ngày {dated} dùng mẫu của NĐ 68/2024/NĐ-CP khi nghị định này chưa có hiệu lực
--            (15/8/2024).
-- says en:   The request of {dated} uses a form of NĐ 68/2024, which was not yet in force.
-- seed:      R003-00
-- sure:      D
--
SELECT l.letter, vn_date(l.dated) AS dated FROM letter l JOIN form_numbers f ON f.form = l.form
 WHERE f.regime = 'nd68-2024' AND l.dated < '2024-08-15';
