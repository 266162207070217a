-- rule:      merger/unit-ended-before
-- law:       NĐ 68/2024/NĐ-CP Đ17 khoản 3; nghị quyết sắp xếp giai đoạn 2023–2025
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     50
-- says vi:   Chứng thư số {serial} mang tên {org_name} là đơn vị đã kết thúc từ đợt sắp xếp trước
--            (nay là {followed_by}); đề nghị người có thẩm quyền xem xét.
-- says en:   Certificate {serial} names {org_name}, a unit that had ended in an earlier wave
--            (followed by {followed_by}): a person decides.
-- seed:      -
-- sure:      D
--
SELECT c.cert, 'needs-person' AS action, 'STALE_UNIT_ENDED_BEFORE' AS reason, 'GAP' AS code,
       c.serial, c.org_name, c.followed_by, substr(c.followed_by, 1, instr(c.followed_by, ' (') - 1) AS successor_body
  FROM cert c
 WHERE c.kind = 'agency' AND c.identity = 'ended';
