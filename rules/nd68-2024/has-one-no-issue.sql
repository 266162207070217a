-- rule:      nd68-2024/has-one-no-issue
-- law:       Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục I.2 Lưu ý; Công văn tháng 5/2025 của Ban Cơ yếu
--            Chính phủ mục 1.1; khác với Công văn năm 2024 của Phòng VH&TT huyện Thủy Nguyên mục 2
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: {who} đã có chứng thư số công vụ còn hiệu lực ({serials}); thực hiện thay
--            đổi nội dung thông tin (Mẫu số 04), không cấp mới.
-- says en:   Row {row}: {who} has a live certificate ({serials}): change it (Mẫu 04), no new issue.
-- seed:      R002-06 R001-05
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, coalesce(r.org_name, r.holder_name) AS who, group_concat(c.serial, ', ') AS serials
  FROM request r JOIN cert c ON c.days_left >= 0 AND (
       (r.form = 'nd68-2024/mau-02' AND c.kind = 'agency' AND c.successor IN (SELECT u.code FROM request_unit u WHERE u.letter = r.letter AND u.request = r.request AND u.cell = 'org_name')
        AND same_body(r.org_name, c.successor_body) = 'yes')
       OR (r.form = 'nd68-2024/mau-02' AND c.kind = 'agency' AND c.successor IS NULL AND same_body(r.org_name, c.org_name) = 'yes')
       OR (r.form = 'nd68-2024/mau-01' AND c.kind = 'person' AND lower(c.email) = lower(r.email) AND same_person(c.holder_name, r.holder_name) = 1))
 WHERE r.row > 0 GROUP BY r.letter, r.request;
