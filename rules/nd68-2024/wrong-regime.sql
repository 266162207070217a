-- rule:      nd68-2024/wrong-regime
-- law:       NĐ 68/2024/NĐ-CP Đ41, Đ42; NĐ 130/2018/NĐ-CP; TT 185/2019/TT-BQP
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Hồ sơ ngày {dated} dùng Mẫu số {number} của TT 185/2019/TT-BQP là chế độ đã hết hiệu
--            lực từ 15/8/2024; đề nghị lập lại theo {instead}.
-- says en:   The request of {dated} uses form {number} of the old regime, which ended on 15 August
--            2024; make it again with {instead}.
-- seed:      R003-00 R001-01
-- sure:      D
--
SELECT l.letter, vn_date(l.dated) AS dated, f.number, coalesce('Mẫu số ' || n.number || ' của NĐ 68/2024/NĐ-CP', 'mẫu của NĐ 68/2024/NĐ-CP') AS instead
  FROM letter l JOIN form_numbers f ON f.form = l.form LEFT JOIN form_numbers n ON n.form = f.replaced_by
 WHERE f.regime = 'tt185-2019' AND l.dated >= '2024-08-15';
