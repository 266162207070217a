-- rule:      merger/device-of-commune-stays
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 3, Đ17 khoản 4
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     41
-- says vi:   Chứng thư số {serial} của thiết bị, dịch vụ, phần mềm {holder_name} thuộc {org_name};
--            đơn vị giữ nguyên tên và thông tin trong chứng thư không đổi nên tiếp tục sử dụng.
-- says en:   Certificate {serial} of device or service {holder_name} belongs to {org_name}, which
--            goes on as the certificate shows it: keep it.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'keep' AS action, 'NAME_KEPT' AS reason, 'R2' AS code,
       c.successor, c.successor_body, c.grp,
       c.serial, c.holder_name, c.org_name
  FROM cert c
 WHERE c.kind = 'device' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate IN ('kept', 'alone-kept', 'untouched') AND c.subject_changes = 0;
