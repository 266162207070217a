-- rule:      nd68-2024/device-deadline
-- law:       NĐ 68/2024/NĐ-CP Đ20; NĐ 130/2018/NĐ-CP Đ71; công văn năm 2024 của Phòng
--            VH&TT huyện Thủy Nguyên mục 4
-- applies:   received from 2018-11-15
-- scope:     letter
-- gives:     finding
-- severity:  note
-- says vi:   Thông báo thu hồi chứng thư số đến ngày {received}: phải thu thiết bị lưu khóa bí mật
--            và gửi về Cục chậm nhất ngày {deadline} (05 ngày làm việc){unsure_vi}.
-- says en:   The notice of revocation came on {received}: the device must be collected and sent by
--            {deadline} (5 working days){unsure_en}.
-- seed:      R001-18 R003-30
-- sure:      S
--
SELECT letter, vn_date(received) AS received, vn_date(add_workdays(received, 5)) AS deadline,
       iif(workdays_known(add_workdays(received, 5)), '', '; lịch nghỉ của năm này chưa có, cần kiểm tra lại') AS unsure_vi,
       iif(workdays_known(add_workdays(received, 5)), '', '; the calendar of that year is not known, check it') AS unsure_en
  FROM letter
 WHERE (has_word(agency, 'cục chứng thực số') = 1 OR has_word(agency, 'ban cơ yếu chính phủ') = 1)
   AND has_word(subject, 'thu hồi') = 1 AND (has_word(subject, 'thông báo') = 1 OR has_word(document_type, 'thông báo') = 1);
