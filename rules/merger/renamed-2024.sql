-- rule:      merger/renamed-2024
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16; công văn năm 2024 của Phòng VH&TT huyện
--            Thủy Nguyên mục 3; Nghị quyết {resolution}
-- applies:   merged from 2024-08-15 until 2025-04-30
-- scope:     inventory
-- gives:     decision
-- order:     89
-- says vi:   {org_name} đổi tên thành {successor_body}, không sáp nhập với đơn vị khác: giữ chứng
--            thư số {serial} và thay đổi nội dung thông tin theo tên mới (Mẫu số 04).
-- says en:   {org_name} is renamed {successor_body} and merged with nobody: keep certificate
--            {serial} and change its information (Mẫu 04).
-- seed:      R001-09 R001-12
-- sure:      D
--
SELECT c.cert, 'change-info' AS action, 'ONLY_CANDIDATE' AS reason, 'R3' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-04' AS form,
       c.serial, c.org_name, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new' AND c.alone = 1;
