-- rule:      nd68-2024/kept-name-no-issue
-- law:       Công văn năm 2024 của Phòng VH&TT huyện Thủy Nguyên mục 3; NĐ 68/2024/NĐ-CP
--            Đ15 khoản 2, Đ16
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: {unit} giữ tên của đơn vị cũ; dùng chứng thư số và thư công vụ của đơn vị
--            cũ trùng tên, chỉ thay đổi nội dung thông tin (Mẫu số 04), không cấp mới.
-- says en:   Row {row}: {unit} keeps an old unit's name: use that certificate and change it (Mẫu
--            04), no new issue.
-- seed:      R001-12 R001-09 R001-13
-- sure:      S
--
SELECT DISTINCT r.letter, 'request:' || r.request AS evidence, r.row, u.unit
  FROM request r JOIN letter l USING (letter) JOIN request_unit u ON u.letter = r.letter AND u.request = r.request AND u.cell = 'org_name'
 WHERE r.form = 'nd68-2024/mau-02' AND u.here = 1 AND u.kept = 1
   AND u.since = (SELECT max(o.since) FROM request_unit o WHERE o.letter = u.letter AND o.request = u.request AND o.cell = 'org_name' AND o.here = 1
                    AND (o.since <= l.dated OR NOT EXISTS (SELECT 1 FROM request_unit p WHERE p.letter = u.letter AND p.request = u.request AND p.here = 1 AND p.since <= l.dated)));
