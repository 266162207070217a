-- rule:      nd68-2024/private-mail
-- law:       NĐ 68/2024/NĐ-CP Phụ lục (Mẫu số 01, 02, 04); Hướng dẫn của Sở TTTT tỉnh Long An năm
--            2020 mục 3
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: địa chỉ thư {email} không phải thư công vụ; đề nghị dùng địa chỉ do cơ
--            quan nhà nước cấp.
-- says en:   Row {row}: {email} is no official mailbox.
-- seed:      R003-07
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.email
  FROM request r JOIN private_mail m ON lower(substr(r.email, instr(r.email, '@') + 1)) = m.domain
 WHERE r.email LIKE '%@%';
