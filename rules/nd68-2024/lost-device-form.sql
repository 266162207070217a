-- rule:      nd68-2024/lost-device-form
-- law:       NĐ 68/2024/NĐ-CP Đ20 (Mẫu số 09); TT 185/2019/TT-BQP (Mẫu số 15)
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Thiết bị lưu khóa bí mật bị thất lạc phải lập biên bản xác nhận theo Mẫu số {right},
--            gửi ngay về Cục; văn bản này dùng Mẫu số {number}.
-- says en:   A lost device is told with form {right}, at once; this is form {number}.
-- seed:      R001-20 R001-19 R003-31 R003-30
-- sure:      S
--
SELECT l.letter, f.number, iif(f.regime = 'nd68-2024', '09', '15') AS right
  FROM letter l JOIN form_numbers f ON f.form = l.form
 WHERE f.asks = 'minutes' AND (EXISTS (SELECT 1 FROM page_text t WHERE t.letter = l.letter AND (has_word(t.text, 'thất lạc') = 1 OR has_word(t.text, 'bị mất') = 1))
    OR EXISTS (SELECT 1 FROM request r WHERE r.letter = l.letter AND (has_word(r.reason, 'thất lạc') = 1 OR has_word(r.reason, 'mất') = 1)) OR has_word(l.subject, 'thất lạc') = 1);
