-- rule:      nd68-2024/left-over
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 1; Hướng dẫn của Sở
--            KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Nhóm sáp nhập thành {body} đã chọn chứng thư số để giữ và đề nghị thu hồi, nhưng còn
--            sót chứng thư số chưa xử lý: {serials}.
-- says en:   The group that becomes {body} has chosen and asks for revocations, but leaves out:
--            {serials}.
-- seed:      R000-06
-- sure:      D
--
SELECT (SELECT max(r.letter) FROM request r JOIN letter USING (letter) JOIN cert k ON k.serial = r.serial WHERE k.grp = c.grp) AS letter,
       group_concat(c.serial, ', ') AS serials, max(c.successor_body) AS body
  FROM cert c
 WHERE c.kind = 'agency' AND c.fate = 'new' AND c.days_left >= 0 AND c.serial NOT IN (SELECT serial FROM request WHERE serial IS NOT NULL)
   AND c.grp IN (SELECT k.grp FROM request r JOIN cert k ON k.serial = r.serial WHERE r.form = 'nd68-2024/mau-04')
   AND c.grp IN (SELECT k.grp FROM request r JOIN cert k ON k.serial = r.serial WHERE r.form = 'nd68-2024/mau-05')
   AND c.grp IN (SELECT k.grp FROM request r JOIN letter USING (letter) JOIN cert k ON k.serial = r.serial)
 GROUP BY c.grp;
