-- rule:      nd68-2024/before-the-unit
-- law:       NĐ 68/2024/NĐ-CP Đ10 khoản 2; Nghị quyết {resolution}
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: {unit} chỉ hoạt động từ ngày {since} (Nghị quyết {resolution}); hồ sơ cấp
--            mới ngày {dated} chưa đủ điều kiện.
-- says en:   Row {row}: {unit} exists from {since} (resolution {resolution}) only; the request of
--            {dated} is too early.
-- seed:      R001-03 R001-04
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, u.unit, vn_date(u.since) AS since, u.resolution, vn_date(l.dated) AS dated
  FROM request r JOIN letter l USING (letter) JOIN request_unit u ON u.letter = r.letter AND u.request = r.request AND u.cell = 'org_name'
 WHERE r.form = 'nd68-2024/mau-02' AND u.here = 1 AND l.dated < u.since AND u.kept = 0
   AND NOT EXISTS (SELECT 1 FROM request_unit o WHERE o.letter = u.letter AND o.request = u.request AND o.here = 1 AND o.since <= l.dated);
