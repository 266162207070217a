-- rule:      tt185-2019/tax-needs-agency
-- law:       Hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 5 Lưu ý
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Dòng {row}: chứng thư số dùng cho thuế điện tử, bảo hiểm xã hội điện tử phải là chứng
--            thư số của cơ quan, không phải của cá nhân {who}.
-- says en:   Row {row}: for electronic tax and social insurance an agency certificate is needed,
--            not one of {who}.
-- seed:      R003-12
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, r.holder_name AS who FROM request r JOIN form_numbers f USING (form)
 WHERE r.row > 0 AND f.asks = 'issue' AND f.holder = 'person'
   AND (EXISTS (SELECT 1 FROM page_text t WHERE t.letter = r.letter AND (has_word(t.text, 'thuế điện tử') = 1 OR has_word(t.text, 'khai thuế') = 1 OR has_word(t.text, 'bảo hiểm xã hội điện tử') = 1))
     OR EXISTS (SELECT 1 FROM cell c WHERE c.letter = r.letter AND c.request = r.request AND (has_word(c.value, 'thuế điện tử') = 1 OR has_word(c.value, 'khai thuế') = 1 OR has_word(c.value, 'bảo hiểm xã hội điện tử') = 1)));
