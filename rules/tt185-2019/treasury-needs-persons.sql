-- rule:      tt185-2019/treasury-needs-persons
-- law:       Hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 5 Lưu ý
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Dòng {row}: dịch vụ công của Kho bạc Nhà nước dùng chứng thư số cá nhân của lãnh đạo
--            và của kế toán, không dùng chứng thư số cơ quan {who}.
-- says en:   Row {row}: the Treasury's service takes the certificates of the head and of the
--            accountant, not that of {who}.
-- seed:      R003-13
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, coalesce(r.org_name, r.holder_name) AS who FROM request r JOIN form_numbers f USING (form)
 WHERE r.row > 0 AND f.asks = 'issue' AND f.holder = 'body'
   AND EXISTS (SELECT 1 FROM page_text t WHERE t.letter = r.letter AND has_word(t.text, 'kho bạc nhà nước') = 1);
