-- rule:      nd30-2020/person-before-agency
-- law:       NĐ 30/2020/NĐ-CP Đ32, Đ33; Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh
--            Thừa Thiên Huế Đ31 khoản 2
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Chữ ký số của cơ quan có trước chữ ký số của người có thẩm quyền {cn}; văn thư chỉ ký
--            số cơ quan sau khi người có thẩm quyền đã ký.
-- says en:   The agency signed before the competent person {cn}; the clerk signs for the agency
--            only afterwards.
-- seed:      R004-13
-- sure:      S
--
SELECT p.letter, 'signature:' || p.signature AS evidence, p.cn
  FROM signature p
 WHERE p.by_body = 0 AND p.signature > (SELECT max(a.signature) FROM signature a WHERE a.letter = p.letter AND a.by_body = 1)
   AND NOT EXISTS (SELECT 1 FROM signature q WHERE q.letter = p.letter AND q.by_body = 0 AND q.signature < p.signature);
