-- rule:      nd68-2024/new-name-no-issue
-- law:       Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục I.2 Lưu ý, II.1.b; đối chiếu
--            công văn năm 2024 của Phòng VH&TT huyện Thủy Nguyên mục 2
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row}: {unit} do sáp nhập mà có; nếu một đơn vị cũ đã có chứng thư số thì phải
--            thay đổi thông tin (Mẫu số 04) thay cho cấp mới (quy định năm 2024 cho cấp mới khi
--            dùng thư công vụ mới).
-- says en:   Row {row}: {unit} comes from a merger: if a predecessor has a certificate it is
--            changed (Mẫu 04); the 2024 text issued a new one for a new mailbox.
-- seed:      R001-05 R002-06
-- sure:      D
--
SELECT DISTINCT r.letter, 'request:' || r.request AS evidence, r.row, u.unit
  FROM request r JOIN request_unit u ON u.letter = r.letter AND u.request = r.request AND u.cell = 'org_name'
 WHERE r.form = 'nd68-2024/mau-02' AND u.here = 1 AND u.kept = 0 AND u.since >= '2025-05-01'
   AND NOT EXISTS (SELECT 1 FROM cert c WHERE c.successor = u.code);
