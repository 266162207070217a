-- rule:      merger/name-not-unique
-- law:       NĐ 68/2024/NĐ-CP Đ7
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     52
-- says vi:   Chứng thư số {serial}: tên {org_name} không xác định được một đơn vị duy nhất trong
--            phạm vi mà chứng thư ghi; đề nghị người có thẩm quyền xác định.
-- says en:   Certificate {serial}: the name {org_name} does not tell one unit where the subject
--            places it; a person must say which.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'AMBIGUOUS_NAME' AS reason, 'GAP' AS code,
       c.serial, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.identity IN ('ambiguous', 'unknown') AND c.body_class <> 'other';
