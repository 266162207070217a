-- rule:      merger/units-not-heard
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1, mục 2 khoản 1
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     finding
-- severity:  warn
-- says vi:   Nhóm sáp nhập thành {body}: chưa nhận được danh sách chứng thư số của {missing}. Đề nghị
--            các đơn vị này gửi danh sách; đơn vị không có chứng thư số nào thì báo "không có" (một dòng
--            trong danh sách với tên đơn vị và chữ "không có" ở cột số hiệu, hoặc công văn có ký số); nếu danh sách đã nhận là đầy đủ của cả tỉnh, khai báo bằng tùy chọn
--            --whole-list.
-- says en:   The group that becomes {body}: the lists of {missing} have not come. Ask them; of a unit
--            that has none says so (a row of a list with its name and "không có" in the column of the
--            serial, or a signed letter); if a list that came is the whole inventory
--            of the province, declare it with --whole-list.
-- seed:      R000-09
-- sure:      D
--
SELECT NULL AS letter, max(c.successor_body) AS body,
       (SELECT group_concat(u.unit_name, '; ') FROM unheard u WHERE u.grp = c.grp) AS missing
  FROM cert c
 WHERE c.kind = 'agency' AND c.identity = 'clear' AND c.days_left >= 0 AND c.grp IN (SELECT grp FROM unheard) AND c.cert IN
       (SELECT cert FROM decision WHERE reason IN ('GROUP_NOT_HEARD', 'NAME_HOLDER_NOT_HEARD', 'NEW_NAME')
            OR (reason = 'SEEN_IN_SIGNATURE' AND c.fate IN ('new', 'other-kept', 'namesake-other-kind')))
 GROUP BY c.grp;
