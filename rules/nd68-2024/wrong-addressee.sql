-- rule:      nd68-2024/wrong-addressee
-- law:       NĐ 68/2024/NĐ-CP Đ4; {law}
-- applies:   issued from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Hồ sơ {form_vi} gửi {sent_to}; nơi nhận đúng là {addressee} ({channel}).
-- says en:   This request goes to {addressee}, not to {sent_to}.
-- seed:      R002-07 R002-03 R003-32 R000-16 R003-33 R003-34 R001-22
-- sure:      D
--
SELECT l.letter, 'field:recipients' AS evidence, f.vi AS form_vi, group_concat(DISTINCT p.value) AS sent_to, g.addressee, g.channel, g.law
  FROM letter l JOIN form_numbers f ON f.form = l.form JOIN recipient p ON p.letter = l.letter
  JOIN routing g ON g.form = l.form AND g."from" <= l.dated AND (g.until IS NULL OR g.until >= l.dated)
 WHERE (g.province IS NULL AND NOT EXISTS (SELECT 1 FROM routing h WHERE h.form = l.form AND h."from" <= l.dated
                                              AND (h.until IS NULL OR h.until >= l.dated) AND has_word(l.province, h.province) = 1)
        OR has_word(l.province, g.province) = 1)
   AND NOT EXISTS (SELECT 1 FROM recipient q WHERE q.letter = l.letter AND (has_word(q.value, g.received_by) = 1
        OR (g.received_by = 'cục chứng thực số' AND (has_word(q.value, 'cục chứng thư số') = 1 OR has_word(q.value, 'ban cơ yếu chính phủ') = 1))))
 GROUP BY l.letter;
