-- rule:      nd68-2024/two-kept
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 1; Hướng dẫn của Sở
--            KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b
-- applies:   issued from 2025-05-01
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Nhóm sáp nhập thành {body} có {n} chứng thư số được đề nghị giữ lại ({serials}); chỉ
--            được chọn đúng 01.
-- says en:   {n} certificates of the group that becomes {body} are asked to be kept ({serials});
--            exactly one may be.
-- seed:      R000-06
-- sure:      D
--
SELECT max(r.letter) FILTER (WHERE r.letter IN (SELECT letter FROM letter)) AS letter, count(DISTINCT c.serial) AS n, group_concat(DISTINCT c.serial) AS serials, max(c.successor_body) AS body
  FROM request r JOIN cert c ON c.serial = r.serial
 WHERE r.form = 'nd68-2024/mau-04' AND r.change = 1 AND c.fate = 'new' AND c.kind = 'agency'
 GROUP BY c.grp HAVING count(DISTINCT c.serial) > 1 AND max(r.letter IN (SELECT letter FROM letter)) = 1;
