-- rule:      nd68-2024/required-cells
-- law:       {law}
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Dòng {row}: thiếu {what_vi}.
-- says en:   Row {row}: {what_en} is missing.
-- seed:      R003-08 R003-35
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, q.vi AS what_vi, q.en AS what_en, q.severity, q.law
  FROM request r JOIN required_cells q ON q.form = r.form
 WHERE r.row > 0 AND (q."when" IS NULL OR (q."when" = 'change' AND r.change = 1))
   AND NOT EXISTS (SELECT 1 FROM cell c WHERE c.letter = r.letter AND c.request = r.request AND c.name = q.cell AND c.value <> '');
