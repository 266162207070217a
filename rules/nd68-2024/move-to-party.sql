-- rule:      nd68-2024/move-to-party
-- law:       NĐ 68/2024/NĐ-CP Đ2, Đ15 khoản 1; đối chiếu Hướng dẫn của Sở TTTT tỉnh Long An năm
--            2020 mục 8 (1)
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row}: {who} chuyển sang cơ quan Đảng, đoàn thể hoặc ngành dọc ({to}); NĐ
--            68/2024/NĐ-CP Đ2 bao gồm tổ chức chính trị nhưng chứng thư của Đảng do hệ thống riêng
--            cấp: đề nghị người có thẩm quyền xem xét thay đổi hay thu hồi.
-- says en:   Row {row}: {who} moves to a Party, mass or vertical body ({to}): decree 68 covers
--            those, yet the Party has an authority of its own; a person looks.
-- seed:      R003-23
-- sure:      D
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.holder_name AS who, r.info_new AS "to"
  FROM request r WHERE r.change = 1 AND r.form LIKE 'nd68-2024/%' AND coalesce(r.for_body, 0) = 0 AND (has_word(r.info_new, 'tỉnh ủy') = 1 OR has_word(r.info_new, 'huyện ủy') = 1 OR has_word(r.info_new, 'thành ủy') = 1 OR has_word(r.info_new, 'đảng ủy') = 1 OR has_word(r.info_new, 'mặt trận tổ quốc') = 1 OR has_word(r.info_new, 'tỉnh đoàn') = 1 OR has_word(r.info_new, 'liên đoàn lao động') = 1 OR has_word(r.info_new, 'hội phụ nữ') = 1 OR has_word(r.info_new, 'hội nông dân') = 1 OR has_word(r.info_new, 'cục thuế') = 1 OR has_word(r.info_new, 'kho bạc') = 1);
