-- rule:      qd2289-2024/own-certificate
-- law:       Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa Thiên Huế Đ22 khoản 3;
--            NĐ 68/2024/NĐ-CP Đ31
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   {signer} ký {authority} nhưng chữ ký số do chứng thư số của {cn} tạo; người ký thay,
--            ký thừa lệnh phải dùng chứng thư số cá nhân của mình.
-- says en:   The letter is signed {authority} by {signer} but the certificate is that of {cn}; who
--            signs for another must use a certificate of his own.
-- seed:      R004-08
-- sure:      S
--
SELECT s.letter, 'signature:' || min(s.signature) AS evidence, s.cn, p.name AS signer, p.authority
  FROM signer p JOIN signature s ON s.letter = p.letter
 WHERE p.document = 0 AND p.authority IN ('KT.', 'TL.', 'TUQ.') AND s.by_body = 0 AND s.format <> 'DocTimeStamp'
   AND NOT EXISTS (SELECT 1 FROM signature o JOIN signer q ON q.letter = o.letter
                    WHERE o.letter = s.letter AND o.by_body = 0 AND same_person(o.cn, q.name) = 1)
 GROUP BY s.letter;
