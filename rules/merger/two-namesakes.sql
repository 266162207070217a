-- rule:      merger/two-namesakes
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 2;
--            NĐ 68/2024/NĐ-CP Đ17 khoản 3 điểm b, Đ19; Nghị quyết {resolution}
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     82
-- says vi:   Hai đơn vị cũ cùng mang tên mà {successor_body} giữ lại; đơn vị cùng loại giữ chứng
--            thư số, thu hồi chứng thư số {serial} của {org_name} (Mẫu số 05).
-- says en:   Two predecessors bear the name that {successor_body} keeps; the one of the same kind
--            goes on, {serial} of {org_name} is revoked (Mẫu 05).
-- seed:      R001-14
-- sure:      D
--
SELECT c.cert, 'revoke' AS action, 'TWO_NAMESAKES_OTHER_KIND' AS reason, 'R2' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'namesake-other-kind' AND EXISTS (SELECT 1 FROM cert k WHERE k.grp = c.grp AND k.unit = c.keeper AND k.kind = 'agency' AND k.identity = 'clear'
                AND k.days_left >= 0);
