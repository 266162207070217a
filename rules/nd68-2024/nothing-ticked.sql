-- rule:      nd68-2024/nothing-ticked
-- law:       NĐ 68/2024/NĐ-CP Đ13, Đ16 (Mẫu số 04)
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row} ({holder}): không đánh dấu dịch vụ nào (gia hạn, thay đổi thông tin).
-- says en:   Row {row} ({holder}): neither renewal nor change is ticked.
-- seed:      -
-- sure:      S
--
SELECT letter, 'request:' || request AS evidence, row, holder_name AS holder FROM request
 WHERE row > 0 AND form IN ('nd68-2024/mau-04', 'tt185-2019/mau-08') AND renew = 0 AND change = 0;
