-- rule:      merger/code-against-name
-- law:       QĐ 20/2020/QĐ-TTg; NĐ 68/2024/NĐ-CP Đ7
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     51
-- says vi:   Chứng thư số {serial}: mã {org_code} và tên {org_name} chỉ hai đơn vị khác nhau; tên
--            quyết định, mã chỉ để định vị, nên đề nghị người có thẩm quyền xác định.
-- says en:   Certificate {serial}: code {org_code} and name {org_name} point to different units; a
--            person must say which.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'CODE_NAME_CONFLICT' AS reason, 'GAP' AS code,
       c.serial, c.org_code, c.org_name
  FROM cert c
 WHERE c.kind = 'agency' AND c.identity = 'conflict';
