-- rule:      merger/province-renamed
-- law:       NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16; Hướng dẫn của Sở TTTT tỉnh Long An năm 2020 mục 7 (2)
-- applies:   merged from 2025-01-01
-- scope:     inventory
-- gives:     decision
-- order:     119
-- says vi:   Tỉnh Thừa Thiên Huế là thành phố Huế từ ngày 01/01/2025; chứng thư số {serial} của
--            {org_name} còn mang tên tỉnh cũ: thay đổi nội dung thông tin theo tên {successor_body}
--            (Mẫu số 04).
-- says en:   The province of Thừa Thiên Huế has been the city of Huế since 01/01/2025; certificate
--            {serial} of {org_name} still bears the old name: change its information (Mẫu 04).
-- seed:      R003-20
-- sure:      D
--
-- A name that goes on in July 2025 may have changed before: the subject no longer says who the body is (Đ15.2).
-- Names compare as different bodies (mergers/name-pairs.tsv), the succession is a fact of its own.
SELECT c.cert, 'change-info' AS action, 'PROVINCE_RENAMED' AS reason, 'R3' AS code,
       'nd68-2024/mau-04' AS form, c.serial, c.org_name,
       replace(c.successor_body, 'tỉnh Thừa Thiên Huế', 'thành phố Huế') AS successor_body
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class IN ('province', 'department') AND c.identity = 'clear'
   AND has_word(c.successor_body, 'tỉnh Thừa Thiên Huế') = 1
   AND c.days_left >= (SELECT value FROM settings WHERE name = 'usable-days');
