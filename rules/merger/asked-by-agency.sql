-- rule:      merger/asked-by-agency
-- law:       NĐ 68/2024/NĐ-CP Đ15, Đ16, Đ17 khoản 2, Đ19; Công văn tháng 5/2025 của
--            Ban Cơ yếu Chính phủ mục 1.2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     17
-- says vi:   Cơ quan quản lý trực tiếp đã đề nghị {action_vi} chứng thư số {serial} của
--            {holder_name}{to_vi} (Mẫu số {number}); thực hiện theo đề nghị.
-- says en:   The managing agency has asked on Mẫu {number} to {action} certificate {serial} of
--            {holder_name}: do as asked.
-- seed:      R000-07 R000-08 R001-11 R001-17
-- sure:      S
--
-- Of a person's certificate, or of one known from a signature only, the request of the managing agency is the
-- fact that is missing otherwise: where the person works from now on, that the certificate is needed or not.
-- A letter that nobody signed asks for nothing yet: it is held, and a person decides.
-- Asked both ways, nothing is decided here; nd68-2024/change-and-revoke tells it.
SELECT c.cert, iif(r.form = 'nd68-2024/mau-04', 'change-info', 'revoke') AS action, 'REQUESTED' AS reason, 'R4' AS code,
       r.form, c.successor, iif(r.form = 'nd68-2024/mau-04', r.info_new, c.successor_body) AS successor_body,
       c.serial, c.holder_name, iif(r.form = 'nd68-2024/mau-04', '04', '05') AS number,
       iif(r.form = 'nd68-2024/mau-04', 'thay đổi thông tin', 'thu hồi') AS action_vi,
       iif(r.form = 'nd68-2024/mau-04' AND r.info_new IS NOT NULL, ' thành ' || r.info_new, '') AS to_vi
  FROM cert c JOIN request r ON r.serial = c.serial AND r.row > 0
 WHERE ((c.kind = 'person' AND c.assignment IS NULL) OR c.seen = 1)
   AND NOT (c.kind = 'agency' AND c.fate IS 'new')
   AND (r.form = 'nd68-2024/mau-05' OR (r.form = 'nd68-2024/mau-04' AND r.change = 1))
   AND r.letter NOT IN (SELECT letter FROM unproven)
   AND NOT EXISTS (SELECT 1 FROM request o WHERE o.serial = c.serial AND o.form IN ('nd68-2024/mau-04', 'nd68-2024/mau-05') AND o.form <> r.form);
