-- rule:      merger/disputed
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     61
-- says vi:   Dữ liệu sắp xếp của {org_name} còn mâu thuẫn giữa các nguồn; đề nghị đối chiếu nghị
--            quyết trước khi quyết định đối với chứng thư số {serial}.
-- says en:   The sources disagree on what becomes of {org_name}: look at the resolution before
--            deciding on {serial}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'DISPUTED_DATA' AS reason, 'GAP' AS code,
       c.grp,
       c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'disputed';
