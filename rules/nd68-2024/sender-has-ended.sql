-- rule:      nd68-2024/sender-has-ended
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 3.1, 3.2; Hướng dẫn của Sở KH&CN tỉnh
--            Quảng Ngãi tháng 6/2025 mục II.1.b
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   {agency} đã sáp nhập thành {successor} từ ngày {effective}; hồ sơ cấp mới, gia hạn, thay
--            đổi thông tin, khôi phục của thuê bao được bàn giao cho cơ quan mới, do cơ quan mới quản lý
--            và đứng tên đề nghị.
-- says en:   {agency} became {successor} on {effective}: the files of issue, renewal, change and
--            recovery are handed to the new body, which asks in its own name.
-- seed:      R000-12 R000-13 R002-13
-- sure:      D
--
-- Revocation is not in the list of files that are handed over.
SELECT l.letter, 'field:agency' AS evidence, l.agency, l.sender_successor AS successor, vn_date(x.effective) AS effective
  FROM letter l JOIN context x
 WHERE l.sender_fate IN ('other-kept', 'namesake-other-kind', 'new') AND l.dated >= x.effective
   AND l.form IN ('nd68-2024/mau-01', 'nd68-2024/mau-02', 'nd68-2024/mau-03', 'nd68-2024/mau-04', 'nd68-2024/mau-06');
