-- rule:      merger/name-holder-not-heard
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2;
--            Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.a
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     79
-- says vi:   {successor_body} giữ tên của {missing}, nhưng chưa nhận được danh sách chứng thư số của
--            đơn vị đó. Chưa quyết định chứng thư số {serial} của {org_name}; chờ danh sách, hoặc người
--            có thẩm quyền xác nhận và quyết định.
-- says en:   {successor_body} keeps the name of {missing}, whose list of certificates has not come.
--            Nothing is decided on {serial} of {org_name} until it comes, or a person decides.
-- seed:      R000-02 R002-08
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'NAME_HOLDER_NOT_HEARD' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp, c.serial, c.org_name, u.unit_name AS missing
  FROM cert c JOIN unheard u ON u.grp = c.grp AND u.unit = c.keeper
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate IN ('other-kept', 'namesake-other-kind')
   AND NOT EXISTS (SELECT 1 FROM cert k WHERE k.grp = c.grp AND k.unit = c.keeper AND k.kind = 'agency' AND k.identity = 'clear'
                AND k.days_left >= 0);
