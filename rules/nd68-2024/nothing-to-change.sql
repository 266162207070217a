-- rule:      nd68-2024/nothing-to-change
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 3; NĐ 68/2024/NĐ-CP
--            Đ15 khoản 2
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row}: thông tin trong chứng thư số {serial} không bị ảnh hưởng ({reason}); không
--            cần thay đổi nội dung thông tin.
-- says en:   Row {row}: nothing that certificate {serial} shows is affected; no change is needed.
-- seed:      R000-04
-- sure:      D
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial, d.reason
  FROM request r JOIN decision d ON d.serial = r.serial
 WHERE r.form = 'nd68-2024/mau-04' AND r.change = 1 AND r.renew = 0 AND d.action = 'keep';
