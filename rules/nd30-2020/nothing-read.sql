-- rule:      nd30-2020/nothing-read
-- law:       NĐ 30/2020/NĐ-CP Đ8, Đ21 khoản 2
-- applies:   received from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Không nhận ra đây là văn bản hay danh sách gì: không đọc được cơ quan ban hành, số, ký hiệu, và tệp
--            không có chữ ký số. Cần người mở tệp xem; nếu là văn bản, đề nghị nơi gửi gửi lại bản đọc được.
-- says en:   This is no letter or list that was recognised: no agency, number or symbol was read, and nothing in it
--            is signed. A person must open the file; if it is a letter, ask for one that can be read.
-- seed:      -
-- sure:      D
--
SELECT l.letter FROM letter l
 WHERE coalesce(l.kind, 'other') = 'other' AND l.unreadable = 0 AND l.signatures = 0 AND l.agency IS NULL AND l.number IS NULL AND l.symbol IS NULL
   AND NOT EXISTS (SELECT 1 FROM request r WHERE r.letter = l.letter);
