-- rule:      nd30-2020/signature-unsure
-- law:       NĐ 30/2020/NĐ-CP Đ21 khoản 2
-- applies:   received from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Chữ ký số của {signer} không sai nhưng chưa đủ để tin vào toàn bộ văn bản: {why_vi}. Cần
--            người xem chi tiết của chữ ký trước khi tiếp nhận.
-- says en:   The signature of {signer} is not wrong, yet not enough to believe the whole letter:
--            {why_en}. A person must look at its details before the letter is accepted.
-- seed:      R004-14
-- sure:      S
--
-- What could not be checked is not good: what was signed is not there, an algorithm or a certificate is not known, or a
-- package holds a file that nobody signed. A path that is only not proven is another rule's (nd68-2024/path).
SELECT letter, 'signature:' || signature AS evidence, coalesce(cn, name) AS signer,
       CASE WHEN sub_indication = 'SIGNED_DATA_NOT_FOUND' THEN 'không có tệp mà chữ ký này ký' WHEN valid IS NULL THEN 'không kiểm tra được giá trị chữ ký'
            WHEN intact IS NULL THEN 'không kiểm tra được nội dung đã ký' ELSE 'có phần của tệp hoặc gói mà chữ ký không bảo đảm, hoặc trái quy cách' END AS why_vi,
       CASE WHEN sub_indication = 'SIGNED_DATA_NOT_FOUND' THEN 'what it signs is not there' WHEN valid IS NULL THEN 'its value could not be checked'
            WHEN intact IS NULL THEN 'what it signs could not be checked'
            ELSE 'a part of the file or package is not vouched for, or is against the format' END AS why_en
  FROM signature
 WHERE indication = 'INDETERMINATE' AND coalesce(intact, 1) = 1 AND coalesce(valid, 1) = 1 AND coverage <> 'part' AND changes_after <> 'forbidden'
   AND (intact IS NULL OR valid IS NULL OR sub_indication IN ('SIG_CONSTRAINTS_FAILURE', 'SIGNED_DATA_NOT_FOUND', 'FORMAT_FAILURE'));
