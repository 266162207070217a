-- rule:      merger/chosen
-- law:       Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b;
--            Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1; NĐ 68/2024/NĐ-CP
--            Đ15 khoản 2, Đ16; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     20
-- says vi:   Chứng thư số {serial} của {holder_name} được chọn để duy trì ({who}); làm thủ tục thay
--            đổi nội dung thông tin theo tên mới {successor_body} (Mẫu số 04).
-- says en:   Certificate {serial} of {holder_name} was chosen to go on ({who}); change its
--            information to {successor_body} (Mẫu 04).
-- seed:      R002-10 R002-11 R002-13 R000-01
-- sure:      S
--
-- The choice is a fact: an answer on the worksheet, or the request Mẫu 04 that the new body sends for one
-- of the certificates. All choices inside the group are as good as another (seed 002). With two, nothing
-- is decided here and conflicts are told by nd68-2024/two-kept.
SELECT c.cert, 'change-info' AS action, 'CHOSEN' AS reason, 'R1' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-04' AS form,
       c.serial, c.holder_name, (SELECT k.who FROM chosen k WHERE k.serial = c.serial LIMIT 1) AS who,
       c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.fate = 'new' AND c.identity = 'clear' AND c.days_left >= 0
   AND c.grp IN (SELECT grp FROM chosen GROUP BY grp HAVING count(DISTINCT serial) = 1)
   AND c.serial IN (SELECT serial FROM chosen);
