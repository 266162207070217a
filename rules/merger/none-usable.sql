-- rule:      merger/none-usable
-- law:       NĐ 130/2018/NĐ-CP Đ65; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ
--            mục 1.1 gạch đầu dòng 1; Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025
--            mục II.1.b; NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16, Đ17 khoản 3 điểm b,
--            Đ19; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     93
-- says vi:   Trong nhóm sáp nhập thành {successor_body} ({group_units}) không còn chứng thư số nào
--            đủ thời hạn để thay đổi thông tin; đề nghị người có thẩm quyền quyết định (gia hạn
--            cùng lúc hoặc cấp mới) đối với chứng thư số {serial} của {org_name}.
-- says en:   No certificate of the group that becomes {successor_body} ({group_units}) has enough
--            time left: a person decides on {serial} of {org_name}.
-- seed:      -
-- sure:      B
--
SELECT c.cert, 'needs-person' AS action, 'NO_USABLE_CERT_IN_GROUP' AS reason, 'R6' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.org_name, c.group_units, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new' AND c.grp NOT IN (SELECT grp FROM candidate)
   AND NOT EXISTS (SELECT 1 FROM unheard u WHERE u.grp = c.grp);
