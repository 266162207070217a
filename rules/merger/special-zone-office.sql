-- rule:      merger/special-zone-office
-- law:       Nghị quyết {resolution}; NĐ 150/2025/NĐ-CP
-- applies:   merged from 2025-07-01
-- scope:     inventory
-- gives:     decision
-- order:     112
-- says vi:   {org_name} thuộc huyện đảo chuyển thành đặc khu; cần xác định cơ quan chuyên môn của
--            đặc khu tiếp nhận trước khi quyết định đối với chứng thư số {serial}.
-- says en:   {org_name} belongs to an island district that becomes a special zone: say which office
--            of the zone follows it, then {serial}.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'OFFICE_OF_SPECIAL_ZONE' AS reason, 'GAP' AS code,
       c.serial, c.org_name, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'district-office' AND c.zone IS NOT NULL;
