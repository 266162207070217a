-- rule:      merger/device-stays
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 3, Đ17 khoản 4
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     40
-- says vi:   Chứng thư số {serial} của thiết bị, dịch vụ, phần mềm {holder_name} thuộc {org_name};
--            cơ quan giữ nguyên tên nên tiếp tục sử dụng.
-- says en:   Certificate {serial} of device or service {holder_name} belongs to {org_name}, whose
--            name goes on: keep it.
-- seed:      -
-- sure:      S
--
SELECT c.cert, 'keep' AS action, 'PROVINCE_NAME_KEPT' AS reason, 'R2' AS code,
       c.serial, c.holder_name, c.org_name
  FROM cert c
 WHERE c.kind = 'device' AND c.body_class IN ('province', 'department') AND c.stays = 1;
