-- rule:      qd2289-2024/signer-of-other-agency
-- law:       Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa Thiên Huế Đ22 khoản 2;
--            NĐ 68/2024/NĐ-CP Đ31 điểm b
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Chứng thư số của {cn} thuộc {body}, không phải cơ quan ban hành {agency}.
-- says en:   The certificate of {cn} belongs to {body}, not to the issuing agency {agency}.
-- seed:      R004-07
-- sure:      D
--
SELECT s.letter, 'signature:' || s.signature AS evidence, s.cn, coalesce(s.ou, s.o) AS body, l.agency
  FROM signature s JOIN letter l USING (letter)
 WHERE s.by_body = 0 AND is_body(coalesce(s.ou, s.o)) = 1 AND is_body(l.agency) = 1
   AND same_body(coalesce(s.ou, s.o), l.agency) = 'no' AND same_body(coalesce(s.o, s.ou), l.agency) = 'no'
   AND coalesce(same_body(s.ou2, l.agency), 'no') = 'no' AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.serial = s.serial)
   AND NOT EXISTS (SELECT 1 FROM signature o WHERE o.letter = s.letter AND o.signature <> s.signature AND o.by_body = 0);
