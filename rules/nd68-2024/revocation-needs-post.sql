-- rule:      nd68-2024/revocation-needs-post
-- law:       Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục I.1; NĐ 68/2024/NĐ-CP Đ20
-- applies:   issued from 2025-06-01
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Đề nghị thu hồi gửi qua cổng dịch vụ công phải đồng thời gửi 01 bản qua đường bưu điện
--            kèm thiết bị lưu khóa bí mật; văn bản không nêu việc gửi kèm thiết bị.
-- says en:   A revocation goes through the portal and, at the same time, on paper by post with the
--            devices; the letter does not say so.
-- seed:      R002-01 R002-02
-- sure:      S
--
SELECT l.letter FROM letter l
 WHERE l.form = 'nd68-2024/mau-05' AND has_word(l.province, 'Quảng Ngãi') = 1
   AND NOT EXISTS (SELECT 1 FROM page_text t WHERE t.letter = l.letter AND (has_word(t.text, 'bưu điện') = 1 OR has_word(t.text, 'vnpost') = 1
                     OR has_word(t.text, 'kèm theo thiết bị') = 1 OR has_word(t.text, 'kèm thiết bị') = 1 OR has_word(t.text, 'kèm theo các thiết bị') = 1));
