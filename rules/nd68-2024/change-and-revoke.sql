-- rule:      nd68-2024/change-and-revoke
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1; NĐ 68/2024/NĐ-CP Đ16, Đ19
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Chứng thư số {serial} vừa được đề nghị thay đổi thông tin hoặc gia hạn (Mẫu số 04) vừa
--            được đề nghị thu hồi (Mẫu số 05).
-- says en:   Certificate {serial} is asked to be changed and to be revoked.
-- seed:      R000-06
-- sure:      D
--
SELECT a.letter, 'request:' || a.request AS evidence, a.serial FROM request a
 WHERE a.serial IS NOT NULL AND a.form IN ('nd68-2024/mau-04', 'nd68-2024/mau-05')
   AND EXISTS (SELECT 1 FROM request b WHERE b.serial = a.serial AND b.form IN ('nd68-2024/mau-04', 'nd68-2024/mau-05') AND b.form <> a.form);
