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
SELECT a.letter, 'field:number' AS evidence, a.number, a.symbol, a.agency
  FROM (SELECT number, symbol, fold(agency) AS body, substr(issued, 1, 4) AS year FROM letter
         WHERE number IS NOT NULL AND symbol IS NOT NULL AND agency IS NOT NULL AND issued IS NOT NULL
         GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT issued) > 1 OR count(DISTINCT fold(subject)) > 1) twice
  JOIN letter a ON a.number = twice.number AND a.symbol = twice.symbol AND fold(a.agency) = twice.body
                   AND substr(a.issued, 1, 4) = twice.year;
