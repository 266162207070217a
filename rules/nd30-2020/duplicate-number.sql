-- rule:      nd30-2020/duplicate-number
-- law:       NĐ 30/2020/NĐ-CP Đ15
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Số và ký hiệu {number}/{symbol} của {agency} trùng với một văn bản khác cùng năm trong
--            đợt này.
-- says en:   Number and symbol {number}/{symbol} of {agency} stand on another letter of the year.
-- seed:      -
-- sure:      S
--
SELECT a.letter, 'field:number' AS evidence, a.number, a.symbol, a.agency FROM letter a
 WHERE EXISTS (SELECT 1 FROM letter b WHERE b.letter <> a.letter AND b.number = a.number AND b.symbol = a.symbol AND fold(b.agency) = fold(a.agency)
                  AND substr(b.issued, 1, 4) = substr(a.issued, 1, 4) AND (b.issued <> a.issued OR fold(b.subject) <> fold(a.subject)));
