-- rule:      tt185-2019/move-to-party
-- law:       Hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 8 (1); NĐ 130/2018/NĐ-CP Đ66
-- applies:   issued from 2018-11-15 until 2024-08-14
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: {who} chuyển sang cơ quan Đảng, đoàn thể hoặc ngành dọc ({to}); phải thu
--            hồi chứng thư số, không thay đổi thông tin.
-- says en:   Row {row}: {who} moves to a Party, mass or vertical body ({to}): the certificate is
--            revoked, not changed.
-- seed:      R003-23
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.holder_name AS who, r.info_new AS "to"
  FROM request r WHERE r.change = 1 AND coalesce(r.for_body, 0) = 0 AND (has_word(r.info_new, 'tỉnh ủy') = 1 OR has_word(r.info_new, 'huyện ủy') = 1 OR has_word(r.info_new, 'thành ủy') = 1 OR has_word(r.info_new, 'đảng ủy') = 1 OR has_word(r.info_new, 'mặt trận tổ quốc') = 1 OR has_word(r.info_new, 'tỉnh đoàn') = 1 OR has_word(r.info_new, 'liên đoàn lao động') = 1 OR has_word(r.info_new, 'hội phụ nữ') = 1 OR has_word(r.info_new, 'hội nông dân') = 1 OR has_word(r.info_new, 'cục thuế') = 1 OR has_word(r.info_new, 'kho bạc') = 1);
