-- rule:      nd68-2024/holder-kind
-- law:       NĐ 68/2024/NĐ-CP Đ11; TT 185/2019/TT-BQP
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: {holder} không phải đối tượng của {form_vi}; {instead}.
-- says en:   Row {row}: {holder} is not whom this form is for.
-- seed:      R001-07 R001-06
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, coalesce(r.holder_name, r.org_name) AS holder, f.vi AS form_vi,
       iif(f.holder = 'person', 'cấp mới cho cơ quan dùng Mẫu số 02', 'cấp mới cho cá nhân dùng Mẫu số 01') AS instead
  FROM request r JOIN form_numbers f USING (form)
 WHERE r.row > 0 AND f.asks = 'issue' AND ((f.holder = 'person' AND is_body(r.holder_name) = 1)
    OR (f.holder = 'body' AND is_body(coalesce(r.org_name, r.holder_name)) = 0));
