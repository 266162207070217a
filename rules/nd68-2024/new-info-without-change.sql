-- rule:      nd68-2024/new-info-without-change
-- law:       NĐ 68/2024/NĐ-CP Đ16 (Mẫu số 04)
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row} ({holder}): chỉ đánh dấu gia hạn nhưng lại ghi thông tin mới; đề nghị xác
--            nhận có thay đổi thông tin hay không.
-- says en:   Row {row} ({holder}): only renewal is ticked, yet new information is given.
-- seed:      -
-- sure:      S
--
SELECT letter, 'request:' || request AS evidence, row, holder_name AS holder FROM request
 WHERE row > 0 AND form IN ('nd68-2024/mau-04', 'tt185-2019/mau-08') AND renew = 1 AND change = 0 AND info_new IS NOT NULL;
