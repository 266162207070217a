-- rule:      qd2289-2024/invalid-signature
-- law:       Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa Thiên Huế Đ31 khoản 3;
--            NĐ 30/2020/NĐ-CP Đ21 khoản 2
-- applies:   received from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Chữ ký số của {signer} không hợp lệ ({why_vi}); văn bản không được tiếp nhận, cơ quan
--            gửi được thông báo lý do.
-- says en:   The signature of {signer} does not hold ({why_en}): the letter is not accepted and
--            the sender is told why.
-- seed:      R004-15 R004-14
-- sure:      S
--
SELECT letter, 'signature:' || signature AS evidence, coalesce(cn, name) AS signer,
       CASE WHEN intact = 0 THEN 'nội dung đã bị thay đổi sau khi ký' WHEN coverage = 'part' THEN 'chữ ký không bao trùm toàn bộ nội dung'
            WHEN changes_after = 'forbidden' THEN 'văn bản bị sửa đổi không được phép sau khi ký' WHEN valid = 0 THEN 'giá trị chữ ký không khớp với khóa của người ký'
            ELSE coalesce(sub_indication, 'TOTAL_FAILED') END AS why_vi,
       CASE WHEN intact = 0 THEN 'content changed after signing' WHEN coverage = 'part' THEN 'it does not cover the whole'
            WHEN changes_after = 'forbidden' THEN 'forbidden changes after signing' WHEN valid = 0 THEN 'its value does not fit the key'
            ELSE coalesce(sub_indication, 'TOTAL_FAILED') END AS why_en
  FROM signature
 WHERE indication = 'TOTAL_FAILED' OR intact = 0 OR coverage = 'part' OR changes_after = 'forbidden';
