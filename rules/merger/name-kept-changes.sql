-- rule:      merger/name-kept-changes
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2
--            và 3; Công văn năm 2024 của Phòng VH&TT huyện Thủy Nguyên mục 3; NĐ 68/2024/NĐ-CP Đ15
--            khoản 2, Đ16, đối chiếu Đ17 khoản 3 điểm b; Nghị quyết {resolution}
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     72
-- says vi:   {successor_body} giữ nguyên tên của {unit_name}; giữ chứng thư số {serial} và làm thủ
--            tục thay đổi nội dung thông tin (Mẫu số 04) vì cấp huyện, loại đơn vị hoặc tỉnh ghi
--            trong chứng thư không còn đúng.
-- says en:   {successor_body} keeps the name of {unit_name}: keep certificate {serial} and change
--            its information (Mẫu 04), since the district, kind or province it shows is no longer
--            right.
-- seed:      R000-03 R000-05 R001-09 R001-12 R001-15 R002-05 R002-08 R002-09
-- sure:      S
--
SELECT c.cert, 'change-info' AS action, 'NAME_KEPT_SUBJECT_CHANGES' AS reason, iif(c.alone, 'R3', 'R2') AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-04' AS form,
       c.serial, c.unit_name, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate IN ('kept', 'alone-kept', 'untouched') AND c.subject_changes = 1;
