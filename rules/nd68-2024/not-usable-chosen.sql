-- rule:      nd68-2024/not-usable-chosen
-- law:       Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b ("đang sử dụng")
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: chứng thư số {serial} được chọn để thay đổi thông tin đã hết hạn ngày
--            {valid_to}; phải chọn chứng thư số đang sử dụng.
-- says en:   Row {row}: certificate {serial} was chosen but expired on {valid_to}; it must be one
--            in use.
-- seed:      R002-12
-- sure:      D
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial, vn_date(c.valid_to) AS valid_to
  FROM request r JOIN letter l USING (letter) JOIN cert c ON c.serial = r.serial
 WHERE r.form = 'nd68-2024/mau-04' AND r.change = 1 AND c.valid_to < l.dated;
