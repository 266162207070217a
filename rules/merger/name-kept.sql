-- rule:      merger/name-kept
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2;
--            Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.a;
--            đối chiếu NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b; Nghị quyết {resolution}
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     70
-- says vi:   {successor_body} giữ nguyên tên, thông tin trong chứng thư số {serial} không thay đổi:
--            duy trì chứng thư số này để tiếp tục sử dụng.
-- says en:   {successor_body} keeps its name and nothing that certificate {serial} shows changes:
--            go on using it.
-- seed:      R000-02 R000-04 R002-08 R002-09
-- sure:      S
--
SELECT c.cert, 'keep' AS action, 'NAME_KEPT' AS reason, iif(c.alone, 'R3', 'R2') AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate IN ('kept', 'alone-kept', 'untouched') AND c.subject_changes = 0;
