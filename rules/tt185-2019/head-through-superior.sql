-- rule:      tt185-2019/head-through-superior
-- law:       Hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 1 Lưu ý; TT 185/2019/TT-BQP
-- applies:   issued from 2018-11-15 until 2024-08-14
-- scope:     letter
-- gives:     finding
-- severity:  reject
-- says vi:   Dòng {row}: chứng thư số của cơ quan hoặc của người đứng đầu ({who}) phải do cơ quan
--            cấp trên tổng hợp, gửi; {agency} tự gửi là sai thẩm quyền.
-- says en:   Row {row}: for a body or its head ({who}) the superior asks; {agency} may not ask for
--            itself.
-- seed:      R003-02 R003-01 R003-09 R003-10 R003-27 R003-28
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, coalesce(r.holder_name, r.org_name) AS who, l.agency
  FROM request r JOIN letter l USING (letter)
 WHERE r.row > 0 AND r.form IN ('tt185-2019/mau-02', 'tt185-2019/mau-04', 'tt185-2019/mau-08', 'tt185-2019/mau-10', 'tt185-2019/mau-12')
   AND ((r.for_body = 1 AND same_body(coalesce(r.org_name, r.holder_name), l.agency) = 'yes')
     OR (coalesce(r.for_body, 0) = 0 AND (r.workplace IS NULL OR same_body(r.workplace, l.agency) <> 'no') AND (has_word(r.title, 'giám đốc') = 1 OR has_word(r.title, 'chủ tịch') = 1 OR has_word(r.title, 'trưởng phòng') = 1 OR has_word(r.title, 'chi cục trưởng') = 1 OR has_word(r.title, 'hiệu trưởng') = 1 OR has_word(r.title, 'chánh văn phòng') = 1) AND has_word(r.title, 'phó') = 0));
