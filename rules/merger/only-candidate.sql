-- rule:      merger/only-candidate
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 1;
--            Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b;
--            NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16, Đ17 khoản 3 điểm b, Đ19; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     90
-- says vi:   Trong nhóm sáp nhập thành {successor_body} ({group_units}) chỉ có chứng thư số
--            {serial} của {org_name} còn dùng được; thay đổi nội dung thông tin chứng thư số này
--            theo tên mới (Mẫu số 04).
-- says en:   In the group that becomes {successor_body} ({group_units}) only {serial} of {org_name}
--            is usable: change its information to the new name (Mẫu 04).
-- seed:      R000-01 R002-10 R002-12
-- sure:      S
--
SELECT c.cert, 'change-info' AS action, 'ONLY_CANDIDATE' AS reason, 'R1' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-04' AS form,
       c.serial, c.org_name, c.group_units, c.resolution
  FROM cert c JOIN candidate k ON k.cert = c.cert
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new' AND k.candidates = 1
   AND NOT EXISTS (SELECT 1 FROM unheard u WHERE u.grp = c.grp);
