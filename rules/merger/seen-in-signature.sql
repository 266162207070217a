-- rule:      merger/seen-in-signature
-- law:       NĐ 68/2024/NĐ-CP Đ15, Đ17, Đ19; Công văn tháng 5/2025 của Ban Cơ yếu Chính
--            phủ mục 1.1, 1.2 và 2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     18
-- says vi:   Chứng thư số {serial} của {holder_name}{of} chỉ được biết qua chữ ký số trên văn bản đến,
--            không có trong danh sách nào; {becomes}. Đề nghị cơ quan quản lý trực tiếp gửi thông tin
--            (số hiệu thiết bị, số lần gia hạn) hoặc người có thẩm quyền quyết định.
-- says en:   Certificate {serial} of {holder_name} is known only from a signature on an incoming letter,
--            in no list: the managing agency sends device serial and renewals, or a person decides.
-- seed:      R000-06 R000-09
-- sure:      D
--
-- A signature tells serial, subject and validity, not the device (Mẫu 05 wants it) nor the renewals, nor whether
-- the certificate has been replaced since. As candidate of a group it counts and can be chosen; a body that
-- keeps name and subject goes on with it; of everything else a person decides.
SELECT c.cert, 'needs-person' AS action, 'SEEN_IN_SIGNATURE' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp, c.serial, c.holder_name,
       iif(c.kind = 'person' AND c.org_name IS NOT NULL, ' (' || c.org_name || ')', '') AS of,
       CASE WHEN c.successor_body IS NULL THEN 'cơ quan của chứng thư này thuộc diện sắp xếp'
            WHEN c.fate IN ('other-kept', 'namesake-other-kind') THEN 'đơn vị này nhập vào ' || c.successor_body || ' (giữ tên đơn vị khác)'
            ELSE 'đơn vị này nay là ' || c.successor_body END AS becomes
  FROM cert c
 WHERE c.seen = 1
   AND NOT (c.kind = 'agency' AND c.identity = 'clear' AND coalesce(c.fate, '') IN ('kept', 'alone-kept', 'untouched') AND c.subject_changes = 0)
   AND (c.kind <> 'agency' OR c.grp IS NULL OR c.fate IS NOT 'new' OR c.identity <> 'clear'
        OR NOT (c.serial IN (SELECT k.serial FROM chosen k WHERE k.grp = c.grp)
                AND (SELECT count(DISTINCT serial) FROM chosen k WHERE k.grp = c.grp) = 1))
   AND (c.cert NOT IN (SELECT cert FROM candidate WHERE candidates > 1)
        OR (SELECT count(DISTINCT serial) FROM chosen k WHERE k.grp = c.grp) = 1);
