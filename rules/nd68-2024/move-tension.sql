-- rule:      nd68-2024/move-tension
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 1 điểm a, Đ17 khoản 2 điểm b;
--            Quy chế kèm QĐ 2289/QĐ-UBND của UBND tỉnh Thừa Thiên Huế Đ32 khoản 3; QĐ 165/2025/QĐ-UBND tỉnh Ninh Bình Đ11
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row}: đề nghị thu hồi chứng thư số của {who} vì chuyển công tác; nếu vẫn trong
--            khu vực nhà nước và còn nhu cầu thì thay đổi thông tin (NĐ 68/2024/NĐ-CP Đ15), dù Quy
--            chế của tỉnh nêu thu hồi.
-- says en:   Row {row}: {who} moves and a revocation is asked for; inside the state sector, while
--            needed, it is a change (Đ15), though the province's rules say revoke.
-- seed:      R004-18 R004-17
-- sure:      D
--
SELECT letter, 'request:' || request AS evidence, row, holder_name AS who FROM request
 WHERE form = 'nd68-2024/mau-05' AND (has_word(reason, 'chuyển công tác') = 1 OR has_word(reason, 'điều động') = 1 OR has_word(reason, 'luân chuyển') = 1);
