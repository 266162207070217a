-- rule:      qcvn102-2016/unknown-agency-code
-- law:       Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa Thiên Huế Đ3 điểm e; QĐ
--            20/2020/QĐ-TTg
-- applies:   issued from 2020-09-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Văn bản gửi Cục Chứng thực số và Bảo mật thông tin qua Trục nhưng mã định danh nơi
--            nhận là {code}, không phải G11.07.05.
-- says en:   Sent to the authority over the axis with code {code}, not G11.07.05.
-- seed:      R004-04
-- sure:      S
--
SELECT f.letter, 'field:to_code' AS evidence, f.value AS code FROM field f
 WHERE f.name = 'to_code' AND f.value NOT IN ('G11.07.05', '000.05.07.G11')
   AND EXISTS (SELECT 1 FROM recipient p WHERE p.letter = f.letter AND has_word(p.value, 'cục chứng thực số') = 1)
   AND NOT EXISTS (SELECT 1 FROM field g WHERE g.letter = f.letter AND g.name = 'to_code' AND g.value IN ('G11.07.05', '000.05.07.G11'));
