-- rule:      nd30-2020/symbol-of-type
-- law:       NĐ 30/2020/NĐ-CP Phụ lục III
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Ký hiệu {symbol} không bắt đầu bằng chữ viết tắt {abbrev} của loại văn bản {type}.
-- says en:   The symbol {symbol} does not begin with {abbrev}, the abbreviation of {type}.
-- seed:      -
-- sure:      S
--
SELECT l.letter, 'field:symbol' AS evidence, l.symbol, a.abbrev, l.document_type AS type
  FROM letter l JOIN abbreviations a ON a.kind = 'loai' AND a.abbrev IS NOT NULL
   AND fold(l.document_type) = fold(trim(substr(a.type_name, 1, iif(instr(a.type_name, '(') > 0, instr(a.type_name, '(') - 1, length(a.type_name)))))
 WHERE l.symbol IS NOT NULL AND instr(fold(l.symbol), fold(a.abbrev)) <> 1 AND instr(fold(l.symbol), '/' || fold(a.abbrev)) = 0;
