-- rule:      nd68-2024/late
-- law:       {law}
-- applies:   received from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  warn
-- says vi:   Văn bản đến ngày {received}, sau hạn {deadline} của {addressee}.
-- says en:   It came on {received}, after the day set by {addressee} ({deadline}).
-- seed:      R002-04
-- sure:      D
--
SELECT l.letter, 'field:date' AS evidence, vn_date(l.received) AS received, vn_date(g.deadline) AS deadline, g.addressee, g.law
  FROM letter l JOIN routing g ON g.form = l.form AND has_word(l.province, g.province) = 1
 WHERE g.deadline IS NOT NULL AND l.received > g.deadline AND l.dated >= g."from" AND (g.until IS NULL OR l.dated <= g.until);
