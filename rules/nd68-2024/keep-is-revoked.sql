-- rule:      nd68-2024/keep-is-revoked
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2; Hướng dẫn của Sở
--            KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.a
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: đề nghị thu hồi chứng thư số {serial} của {who} là chứng thư số phải giữ
--            (đơn vị giữ tên sau sắp xếp).
-- says en:   Row {row}: a revocation of {serial} of {who}, the very certificate that must be kept
--            (its name is).
-- seed:      R002-09 R000-02 R002-08
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial, c.org_name AS who
  FROM request r JOIN decision d ON d.serial = r.serial JOIN cert c ON c.cert = d.cert
 WHERE r.form = 'nd68-2024/mau-05' AND d.action IN ('keep', 'change-info') AND d.reason IN ('NAME_KEPT', 'NAME_KEPT_SUBJECT_CHANGES');
