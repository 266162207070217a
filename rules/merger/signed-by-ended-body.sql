-- rule:      merger/signed-by-ended-body
-- law:       NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b, Đ31 điểm b; NQ 203/2025/QH15; nghị quyết sắp xếp
--            đơn vị hành chính
-- applies:   signed from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Văn bản ký ngày {signed} bằng chứng thư số của {cn}, là cơ quan đã kết thúc hoạt động
--            hoặc đổi tên từ ngày {effective}{next_vi}; chứng thư số này phải được thu hồi hoặc
--            thay đổi thông tin.
-- says en:   Signed on {signed} with the certificate of {cn}, a body that ended or was renamed on
--            {effective}{next_en}: that certificate is to be revoked or changed.
-- seed:      R000-06 R003-24
-- sure:      D
--
-- Certificates seen in incoming signatures are judged by the name they bear, listed in an inventory or
-- not; one that is listed is told by nd68-2024/revoked-by-merger.
SELECT s.letter, 'signature:' || s.signature AS evidence, s.cn, vn_date(s.signed) AS signed, vn_date(x.effective) AS effective,
       coalesce(' (nay là ' || s.successor_body || ')', '') AS next_vi, coalesce(' (now ' || s.successor_body || ')', '') AS next_en
  FROM signature s JOIN context x
 WHERE s.by_body = 1 AND s.signed >= x.effective AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.serial = s.serial)
   AND ((s.body_class IN ('district', 'district-office') AND x.effective >= '2025-07-01')
     OR (s.body_class = 'commune' AND s.fate IN ('other-kept', 'namesake-other-kind', 'new', 'split')));
