-- rule:      merger/device-of-ended-body
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 3, Đ17 khoản 4;
--            Quy chế kèm QĐ 2289/QĐ-UBND của UBND tỉnh Thừa Thiên Huế Đ32 khoản 2
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     42
-- says vi:   Chứng thư số {serial} của thiết bị, dịch vụ, phần mềm {holder_name} thuộc {org_name}
--            là cơ quan kết thúc hoạt động; đề nghị xác định thiết bị ngừng hoạt động (thu hồi) hay
--            chuyển cho cơ quan khác quản lý (thay đổi thông tin).
-- says en:   Certificate {serial} of device or service {holder_name} belongs to {org_name}, which
--            ends: say whether the device stops (revoke) or passes to another body (change).
-- seed:      R004-16
-- sure:      S
--
SELECT c.cert, 'needs-person' AS action, 'DEVICE_OF_ABOLISHED_BODY' AS reason, 'GAP' AS code,
       c.serial, c.holder_name, c.org_name
  FROM cert c
 WHERE c.kind = 'device';
