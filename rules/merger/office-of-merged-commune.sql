-- rule:      merger/office-of-merged-commune
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ17 khoản 3; Công văn tháng 5/2025 của Ban Cơ yếu Chính
--            phủ mục 1.1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     99
-- says vi:   {org_name} mang tên đơn vị được sáp nhập vào {successor_body} và không còn; cần xác định
--            cơ quan tiếp nhận (thay đổi thông tin) hay chấm dứt hoạt động (thu hồi) đối với chứng thư
--            số {serial}.
-- says en:   {org_name} is named after a commune that goes into {successor_body} and is no more: say which
--            body takes it over (change) or that it ends (revoke), certificate {serial}.
-- seed:      R000-01
-- sure:      D
--
-- A school keeps its name under another superior; the commune's police, its Party committee, its office do not
-- outlive it under that name, and their own mergers are in no table.
SELECT c.cert, 'needs-person' AS action, 'OFFICE_OF_MERGED_COMMUNE' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune-office' AND c.identity = 'clear' AND coalesce(c.successors, 1) = 1
   AND c.fate IN ('other-kept', 'new', 'namesake-other-kind');
