-- rule:      qd2289-2024/signer-not-certificate
-- law:       Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa Thiên Huế Đ22 khoản 2;
--            NĐ 68/2024/NĐ-CP Đ31
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Họ tên in dưới chữ ký là {signer} nhưng chứng thư số cá nhân đã ký mang tên {cn}.
-- says en:   The printed signer is {signer} but the person certificate that signed is of {cn}.
-- seed:      R004-07
-- sure:      S
--
SELECT s.letter, 'signature:' || min(s.signature) AS evidence, s.cn, p.name AS signer
  FROM signer p JOIN signature s ON s.letter = p.letter
 WHERE p.document = 0 AND coalesce(p.authority, '') NOT IN ('KT.', 'TL.', 'TUQ.') AND s.by_body = 0
   AND NOT EXISTS (SELECT 1 FROM signature o JOIN signer q ON q.letter = o.letter
                    WHERE o.letter = s.letter AND o.by_body = 0 AND same_person(o.cn, q.name) = 1)
 GROUP BY s.letter;
