-- rule:      merger/person-to-party
-- law:       NĐ 68/2024/NĐ-CP Đ2, Đ15 khoản 1, Đ17 khoản 2; đối chiếu Hướng dẫn của Sở TTTT tỉnh
--            Long An năm 2020 mục 8 (1)
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     29
-- says vi:   Ông (bà) {holder_name} chuyển từ {org_name} đến {new_body}; chứng thư số của cơ quan
--            Đảng do hệ thống riêng cấp, nên không rõ thay đổi thông tin được hay phải thu hồi chứng
--            thư số {serial}; đề nghị người có thẩm quyền quyết định.
-- says en:   {holder_name} moves from {org_name} to {new_body}: the Party's certificates come from an
--            authority of its own; say whether {serial} is changed or revoked.
-- seed:      R003-23
-- sure:      D
--
-- Under NĐ 130/2018 a move to the Party meant revocation; NĐ 68/2024 Đ2 takes political bodies in, yet their
-- certificates hang below another authority. The texts do not settle it, so a person does.
SELECT c.cert, 'needs-person' AS action, 'MOVES_TO_PARTY' AS reason, 'GAP' AS code,
       c.serial, c.holder_name, c.org_name, c.new_body, c.new_body AS successor_body
  FROM cert c
 WHERE c.kind = 'person' AND c.assignment = 'assigned' AND coalesce(c.same_body, 0) = 0
   AND (has_word(c.new_body, 'tỉnh ủy') = 1 OR has_word(c.new_body, 'huyện ủy') = 1 OR has_word(c.new_body, 'thành ủy') = 1
    OR has_word(c.new_body, 'đảng ủy') = 1 OR has_word(c.new_body, 'đảng bộ') = 1);
