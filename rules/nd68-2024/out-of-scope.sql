-- rule:      nd68-2024/out-of-scope
-- law:       NĐ 68/2024/NĐ-CP Đ2, Đ10 khoản 2; NĐ 23/2025/NĐ-CP Đ1;
--            Quy chế kèm QĐ 2289/QĐ-UBND của UBND tỉnh Thừa Thiên Huế Đ1 khoản 2
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Dòng {row}: {who} không thuộc đối tượng dùng chữ ký số chuyên dùng công vụ (cơ quan nhà
--            nước, đơn vị sự nghiệp công lập, tổ chức chính trị, chính trị - xã hội); doanh nghiệp, hợp
--            tác xã, hộ kinh doanh dùng dịch vụ chứng thực chữ ký số công cộng.
-- says en:   Row {row}: {who} is none of those who use official-duty signatures; companies, cooperatives
--            and households use a public certification service.
-- seed:      R004-01 R001-02
-- sure:      D
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, coalesce(r.org_name, r.workplace, r.holder_name) AS who
  FROM request r JOIN letter l USING (letter)
 WHERE r.row > 0 AND r.form IN ('nd68-2024/mau-01', 'nd68-2024/mau-02', 'nd68-2024/mau-03')
   AND (weak(coalesce(r.org_name, r.workplace, r.holder_name)) GLOB 'cong ty *'
        OR weak(coalesce(r.org_name, r.workplace, r.holder_name)) GLOB 'doanh nghiep *'
        OR weak(coalesce(r.org_name, r.workplace, r.holder_name)) GLOB 'hop tac xa *'
        OR weak(coalesce(r.org_name, r.workplace, r.holder_name)) GLOB 'ho kinh doanh *');
