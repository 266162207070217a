-- rule:      merger/group-not-heard
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 1;
--            Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b;
--            NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ17 khoản 3 điểm b; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     88
-- says vi:   Nhóm sáp nhập thành {successor_body} ({group_units}) chưa có đủ danh sách chứng thư số:
--            chưa nhận được của {missing}. Chưa quyết định chứng thư số {serial} của {org_name}; chờ
--            danh sách còn thiếu, hoặc người có thẩm quyền xác nhận các đơn vị đó không có chứng thư số
--            và quyết định.
-- says en:   The lists of the group that becomes {successor_body} ({group_units}) are not all here:
--            missing {missing}. Nothing is decided on {serial} of {org_name} until they come, or a
--            person says that those units have none.
-- seed:      R000-01 R000-06 R002-10
-- sure:      D
--
-- A list of one unit is no inventory of its group: the unit whose list has not come may hold the certificate
-- that is to be changed. With several candidates known already, choose-one asks.
SELECT c.cert, 'needs-person' AS action, 'GROUP_NOT_HEARD' AS reason, 'GAP' AS code,
       c.successor, c.successor_body, c.grp, c.serial, c.org_name, c.group_units, c.resolution,
       (SELECT group_concat(unit_name, '; ') FROM unheard u WHERE u.grp = c.grp) AS missing
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new'
   AND EXISTS (SELECT 1 FROM unheard u WHERE u.grp = c.grp)
   AND (c.grp NOT IN (SELECT grp FROM candidate) OR c.cert IN (SELECT cert FROM candidate WHERE candidates = 1));
