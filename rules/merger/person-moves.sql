-- rule:      merger/person-moves
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.2; Hướng dẫn của Sở
--            KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.2; NĐ 68/2024/NĐ-CP
--            Đ15 khoản 1 điểm a, Đ16
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     33
-- says vi:   Ông (bà) {holder_name} {moves}; làm thủ tục thay đổi nội dung thông tin chứng thư số
--            {serial} theo cơ quan mới (Mẫu số 04), không cấp mới.
-- says en:   {holder_name} moves from {org_name} to {new_body}: change the information of {serial}
--            (Mẫu 04), no new issue.
-- seed:      R000-07 R001-11 R002-14 R003-19 R004-18
-- sure:      S
--
-- Moving inside the state sector is a change, not a revocation: seed 004 Đ32.3 says revoke, NĐ 68/2024
-- Đ15.1a and the letter of Ban Cơ yếu say change; the finding nd68-2024/move-tension gives both.
SELECT c.cert, 'change-info' AS action, 'ASSIGNED' AS reason, 'R4' AS code,
       'nd68-2024/mau-04' AS form,
       c.serial, c.holder_name, c.org_name, c.new_body,
       iif(c.org_name = c.new_body, 'tiếp tục công tác tại ' || c.new_body || ' sau sắp xếp', 'chuyển từ ' || c.org_name || ' đến ' || c.new_body) AS moves,
       iif(c.new_unit GLOB '[0-9]*', c.new_unit, NULL) AS successor, c.new_body AS successor_body
  FROM cert c
 WHERE c.kind = 'person' AND c.assignment = 'assigned';
