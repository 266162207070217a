-- rule:      merger/two-namesakes-without
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     83
-- says vi:   Hai đơn vị cũ cùng mang tên mà {successor_body} giữ lại, nhưng đơn vị cùng loại không
--            có chứng thư số còn hiệu lực; đề nghị người có thẩm quyền quyết định đối với chứng thư
--            số {serial} của {org_name}.
-- says en:   Two predecessors bear the name that {successor_body} keeps, and the one of the same
--            kind has no live certificate: a person decides on {serial} of {org_name}.
-- seed:      R001-14
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'TWO_NAMESAKES_EXACT_HAS_NO_CERT' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'namesake-other-kind' AND NOT EXISTS (SELECT 1 FROM cert k WHERE k.grp = c.grp AND k.unit = c.keeper AND k.kind = 'agency' AND k.identity = 'clear'
                AND k.days_left >= 0)
   AND NOT EXISTS (SELECT 1 FROM unheard u WHERE u.grp = c.grp AND u.unit = c.keeper);
