-- rule:      nd68-2024/asked-twice
-- law:       NĐ 68/2024/NĐ-CP Đ4
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Chứng thư số {serial} được đề nghị {times} lần theo cùng một mẫu.
-- says en:   Certificate {serial} is asked for {times} times on the same form.
-- seed:      R000-06
-- sure:      D
--
SELECT max(letter) FILTER (WHERE letter IN (SELECT letter FROM letter)) AS letter, serial, count(*) AS times
  FROM request WHERE serial IS NOT NULL AND row > 0
 GROUP BY form, serial HAVING count(*) > 1 AND max(letter IN (SELECT letter FROM letter)) = 1;
