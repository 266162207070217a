-- rule:      nd30-2020/two-signatures
-- law:       NĐ 30/2020/NĐ-CP Phụ lục I mục II; Đ13, Đ32, Đ33
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Văn bản điện tử phải có chữ ký số của người có thẩm quyền và chữ ký số của cơ quan;
--            văn bản này thiếu chữ ký số của {missing_vi}.
-- says en:   An electronic letter bears the signature of the competent person and that of the
--            agency; here that of {missing_en} is missing.
-- seed:      R004-06
-- sure:      S
--
-- A scan of a sealed paper bears the agency's signature only; without a person's signature a text is held
-- to be such a copy, so that the lack warns.
SELECT l.letter, iif(max(s.by_body) = 1, 'người có thẩm quyền', 'cơ quan, tổ chức') AS missing_vi, iif(max(s.by_body) = 1, 'the person', 'the agency') AS missing_en,
       iif(max(s.by_body) = 1, 'warn', 'hold') AS severity, 'signature:' || min(s.signature) AS evidence
  FROM letter l JOIN signature s USING (letter)
 WHERE (l.kind IN ('letter', 'decision', 'resolution', 'notice') OR (l.kind = 'other' AND l.document_type IS NOT NULL AND l.symbol IS NOT NULL))
   AND l.text_source <> 'ocr' AND s.format <> 'DocTimeStamp' AND s.by_body IS NOT NULL
 GROUP BY l.letter HAVING count(DISTINCT s.by_body) = 1;
