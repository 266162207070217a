-- rule:      nd30-2020/kt-is-deputy
-- law:       NĐ 30/2020/NĐ-CP Đ13 khoản 1
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Ký thay (KT.) phải do cấp phó ký; chức vụ ghi là {title}.
-- says en:   KT. is for a deputy; the title is {title}.
-- seed:      -
-- sure:      S
--
SELECT letter, 'field:signers' AS evidence, title FROM signer
 WHERE document = 0 AND authority = 'KT.' AND title IS NOT NULL AND instr(fold(title), 'pho') <> 1;
