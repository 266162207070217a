-- rule:      merger/duties-after-merger
-- law:       {law}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     finding
-- severity:  note
-- says vi:   Việc phải làm của {who}: {duty_vi}
-- says en:   To be done by {who}: {duty_en}
-- seed:      R000-09 R000-12 R000-13 R000-14 R000-15 R000-17
-- sure:      S
--
-- What the letter of Ban Cơ yếu asks of offices when certificates of merged bodies are in hand: rules/duties.tsv.
-- It holds before, during and after the merger (R000-17), so it is told as soon as there is something to change or
-- to revoke; the same words are told once.
SELECT NULL AS letter, d.who, d.vi AS duty_vi, d.en AS duty_en, d.law
  FROM duties d JOIN context x
 WHERE d.event IN ('devices-after-merger', 'files-after-merger', 'contact-point', 'decentralise')
   AND d."from" <= x.today AND (d.until IS NULL OR d.until >= x.today)
   AND EXISTS (SELECT 1 FROM decision WHERE action IN ('change-info', 'revoke', 'choose-one') AND reason NOT IN ('ANSWERED', 'REQUESTED'));
