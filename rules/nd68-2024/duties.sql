-- rule:      nd68-2024/duties
-- law:       {law}
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  note
-- says vi:   {duty_vi}
-- says en:   {duty_en}
-- seed:      R001-08 R001-18 R003-14
-- sure:      S
--
-- What the law asks to be done after a request: rules/duties.tsv, a row a duty.
SELECT DISTINCT l.letter, d.vi AS duty_vi, d.en AS duty_en, d.law
  FROM letter l JOIN duties d ON d.form = l.form WHERE d."from" <= l.dated AND (d.until IS NULL OR d.until >= l.dated);
