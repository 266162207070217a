-- rule:      nd68-2024/lost-or-broken-revoke
-- law:       NĐ 68/2024/NĐ-CP Đ17 khoản 1, Đ20, Đ22; Hướng dẫn của Sở TTTT tỉnh Long An năm 2020
--            mục 8 (3), (4)
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: thiết bị thất lạc, hư hỏng hoặc lộ mật khẩu phải thu hồi chứng thư số,
--            không khôi phục thiết bị; khôi phục (Mẫu số 06) chỉ dùng khi thiết bị bị khóa do nhập
--            sai mật khẩu quá số lần.
-- says en:   Row {row}: a lost or broken device or an exposed password means revocation, not
--            recovery, which is for a device locked by wrong passwords.
-- seed:      R003-25 R003-26 R001-21
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row FROM request r JOIN form_numbers f USING (form)
 WHERE f.asks = 'recover' AND (has_word(r.reason, 'thất lạc') = 1 OR has_word(r.reason, 'mất') = 1 OR has_word(r.reason, 'hư hỏng') = 1 OR has_word(r.reason, 'lộ') = 1);
