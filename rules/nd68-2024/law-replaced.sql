-- rule:      nd68-2024/law-replaced
-- law:       Luật Giao dịch điện tử 20/2023/QH15 Đ23, 24, 25;
--            Quy chế kèm QĐ 2289/QĐ-UBND của UBND tỉnh Thừa Thiên Huế Đ2
-- applies:   issued from 2024-07-01
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Văn bản căn cứ {code}; giá trị pháp lý của chữ ký số nay theo Luật Giao dịch điện tử số
--            20/2023/QH15 (Điều 23, 24, 25).
-- says en:   The letter rests on {code}; the legal value of a signature follows Law 20/2023/QH15
--            (articles 23 to 25) now.
-- seed:      R004-02
-- sure:      K
--
-- That the law of 2005 ended on 1 July 2024 stands in no text we hold: it warns only.
SELECT DISTINCT c.letter, 'field:citations' AS evidence, coalesce(c.code, c.value) AS code
  FROM citation c WHERE has_word(coalesce(c.code, c.value), '51/2005/qh11') = 1;
