-- rule:      nd68-2024/not-valid-when-signed
-- law:       NĐ 68/2024/NĐ-CP Đ31 điểm a, c; Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND
--            tỉnh Thừa Thiên Huế Đ23, Đ25
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Chứng thư số của {cn} ({serial}) không còn giá trị tại thời điểm ký {signed}:
--            {why_vi}.
-- says en:   The certificate of {cn} ({serial}) was not valid when it signed on {signed}: {why_en}.
-- seed:      R004-10 R004-09
-- sure:      S
--
SELECT letter, 'signature:' || signature AS evidence, cn, serial, vn_date(signed) AS signed,
       CASE WHEN revocation = 'revoked' THEN 'đã bị thu hồi' WHEN signed < valid_from THEN 'chưa có hiệu lực' ELSE 'đã hết hạn ngày ' || vn_date(valid_to) END AS why_vi,
       CASE WHEN revocation = 'revoked' THEN 'revoked' WHEN signed < valid_from THEN 'not yet valid' ELSE 'expired on ' || valid_to END AS why_en
  FROM signature
 WHERE signed > valid_to OR signed < valid_from OR (revocation = 'revoked' AND coalesce(indication, '') <> 'TOTAL_PASSED');
