-- rule:      tt185-2019/subscriber-form-to-ca
-- law:       TT 185/2019/TT-BQP; Hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 5 đến 9
-- applies:   issued from 2018-11-15 until 2024-08-14
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Mẫu số {number} là của thuê bao gửi cơ quan quản lý trực tiếp; gửi Cục phải dùng Mẫu
--            số {right}.
-- says en:   Form {number} goes from the subscriber to the managing agency; to the authority form
--            {right} is used.
-- seed:      R003-09 R003-10 R003-11 R003-15 R003-16 R003-27 R003-29 R003-33 R003-34 R003-03
-- sure:      S
--
SELECT l.letter, f.number, printf('%02d', f.number + 1) AS right
  FROM letter l JOIN form_numbers f ON f.form = l.form JOIN recipient p ON p.letter = l.letter
 WHERE f.regime = 'tt185-2019' AND f.number IN ('01', '03', '05', '07', '09', '11') AND has_word(p.value, 'cục chứng thực số') = 1
 GROUP BY l.letter;
