-- rule:      nd68-2024/path
-- law:       NĐ 68/2024/NĐ-CP Đ32; Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa
--            Thiên Huế Đ26
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Không xác lập được đường dẫn tin cậy từ chữ ký số của {signer} đến chứng thư số gốc của
--            Cục Chứng thực số và Bảo mật thông tin: {sub}.
-- says en:   No trusted path from the signature of {signer} to a root of the certification authority:
--            {sub}.
-- seed:      R004-11
-- sure:      S
--
SELECT letter, 'signature:' || signature AS evidence, coalesce(cn, name) AS signer, coalesce(sub_indication, 'chưa đủ dữ liệu') AS sub,
       iif(trusted = 0, 'hold', 'warn') AS severity
  FROM signature
 WHERE (trusted = 0 OR trusted IS NULL) AND indication <> 'TOTAL_FAILED' AND coalesce(signed, '') <= coalesce(valid_to, '9999')
   AND coalesce(sub_indication, '') NOT LIKE 'REVOKED%';
