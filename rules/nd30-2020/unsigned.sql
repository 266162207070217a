-- rule:      nd30-2020/unsigned
-- law:       NĐ 30/2020/NĐ-CP Đ5 khoản 1, Đ21 khoản 2, Phụ lục I mục II;
--            Quy chế kèm QĐ 2289/QĐ-UBND ngày 28/8/2024 của UBND tỉnh Thừa Thiên Huế Đ31 khoản 3
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Văn bản điện tử này không có chữ ký số nào; chưa xác thực được nơi gửi và nội dung. Nếu là dự
--            thảo hoặc bản chụp, đề nghị nơi gửi gửi bản đã ký số hoặc bản giấy có dấu.
-- says en:   This electronic letter bears no digital signature at all: neither sender nor content can be
--            verified. If it is a draft or a picture of paper, ask for the signed file or the sealed paper.
-- seed:      R004-14
-- sure:      D
--
SELECT l.letter FROM letter l
 WHERE l.signatures = 0 AND l.unreadable = 0 AND (l.kind IN ('letter', 'decision', 'resolution', 'notice', 'form')
    OR (l.kind = 'other' AND l.document_type IS NOT NULL AND l.symbol IS NOT NULL));        -- decrees, circulars, directives
