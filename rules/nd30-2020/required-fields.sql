-- rule:      nd30-2020/required-fields
-- law:       {law}
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Không đọc được {what_vi} của văn bản.
-- says en:   The letter's {what_en} could not be read.
-- seed:      -
-- sure:      S
--
SELECT l.letter, q.vi AS what_vi, q.en AS what_en, q.severity, q.law
  FROM letter l JOIN required_fields q ON q.kind = l.kind
 WHERE l.unreadable = 0 AND q."from" <= l.dated AND (q.until IS NULL OR q.until >= l.dated)
   AND NOT EXISTS (SELECT 1 FROM field f WHERE f.letter = l.letter AND f.document = 0 AND f.name = q.field AND f.value <> '');
