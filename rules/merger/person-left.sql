-- rule:      merger/person-left
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.2; NĐ 68/2024/NĐ-CP
--            Đ17 khoản 2 điểm b, Đ19;
--            Quy chế kèm QĐ 2289/QĐ-UBND của UBND tỉnh Thừa Thiên Huế Đ32 khoản 3
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     30
-- says vi:   Ông (bà) {holder_name} nghỉ hưu, thôi việc hoặc không còn nhu cầu sử dụng; đề nghị thu
--            hồi chứng thư số {serial} (Mẫu số 05) và bàn giao thiết bị lưu khóa bí mật
--            {device_serial} cho cơ quan quản lý trực tiếp.
-- says en:   {holder_name} has left or retired, or needs it no more: revoke {serial} (Mẫu 05);
--            device {device_serial} goes to the managing agency.
-- seed:      R000-08 R000-10 R000-11 R002-14 R004-17
-- sure:      S
--
SELECT c.cert, 'revoke' AS action, 'LEFT_OR_RETIRED' AS reason, 'R4' AS code,
       'nd68-2024/mau-05' AS form,
       c.serial, c.holder_name, c.device_serial
  FROM cert c
 WHERE c.kind = 'person' AND c.assignment = 'left';
