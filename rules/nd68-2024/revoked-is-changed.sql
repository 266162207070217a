-- rule:      nd68-2024/revoked-is-changed
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2; NĐ 68/2024/NĐ-CP
--            Đ17 khoản 3 điểm b
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: đề nghị thay đổi thông tin chứng thư số {serial} của {who}, trong khi
--            chứng thư số này phải thu hồi vì đơn vị khác giữ tên.
-- says en:   Row {row}: a change of {serial} of {who}, which must be revoked: another's name is
--            kept.
-- seed:      R002-09
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.serial, c.org_name AS who
  FROM request r JOIN decision d ON d.serial = r.serial JOIN cert c ON c.cert = d.cert
 WHERE r.form = 'nd68-2024/mau-04' AND r.change = 1 AND d.action = 'revoke' AND d.reason IN ('NAME_OF_OTHER_KEPT', 'TWO_NAMESAKES_OTHER_KIND');
