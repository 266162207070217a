-- rule:      nd68-2024/revoked-by-merger
-- law:       NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   signed from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Chứng thư số {serial} của {cn} vẫn được dùng để ký ngày {signed}, sau ngày sắp xếp
--            {effective}, dù thuộc diện {action_vi}.
-- says en:   Certificate {serial} of {cn} signed on {signed}, after the merger of {effective},
--            though it should have been ended.
-- seed:      R000-06
-- sure:      D
--
SELECT s.letter, 'signature:' || s.signature AS evidence, s.serial, s.cn, vn_date(s.signed) AS signed, vn_date(x.effective) AS effective,
       iif(d.action = 'revoke', 'thu hồi', 'hết hạn') AS action_vi
  FROM signature s JOIN decision d ON d.serial = s.serial JOIN context x
 WHERE d.action IN ('revoke', 'none') AND s.signed >= x.effective;
