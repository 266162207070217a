-- rule:      nd30-2020/signed-before-issued
-- law:       NĐ 30/2020/NĐ-CP Đ13, Đ15, Đ18
-- applies:   issued from 2020-03-05
-- scope:     letter
-- gives:     finding
-- severity:  note
-- says vi:   Chữ ký số của {signer} tạo ngày {signed}, sau ngày ban hành {issued} hơn {days} ngày.
-- says en:   The signature of {signer} was made on {signed}, more than {days} days after the
--            letter's date {issued}.
-- seed:      -
-- sure:      K
--
SELECT s.letter, 'signature:' || s.signature AS evidence, coalesce(s.cn, s.name) AS signer, vn_date(s.signed) AS signed, vn_date(l.issued) AS issued, 30 AS days
  FROM signature s JOIN letter l USING (letter) WHERE days_between(l.issued, s.signed) > 30;
