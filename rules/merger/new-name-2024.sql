-- rule:      merger/new-name-2024
-- law:       Công văn năm 2024 của Phòng VH&TT huyện Thủy Nguyên mục 2 và 4; NĐ
--            68/2024/NĐ-CP Đ11, Đ17 khoản 3 điểm b, Đ19; Nghị quyết {resolution}; từ tháng 5/2025
--            khác: Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1
-- applies:   merged from 2024-08-15 until 2025-04-30
-- scope:     inventory
-- gives:     decision
-- order:     94
-- says vi:   {successor_body} có tên mới và địa chỉ thư công vụ mới: đề nghị cấp mới chứng thư số
--            cho cơ quan (Mẫu số 02, kể từ ngày nghị quyết có hiệu lực) và thu hồi chứng thư số
--            {serial} của {org_name} (Mẫu số 05).
-- says en:   {successor_body} has a new name and a new official mailbox: a new certificate is asked
--            for (Mẫu 02) and {serial} of {org_name} is revoked (Mẫu 05).
-- seed:      R001-05 R001-16
-- sure:      S
--
-- Seed 001 (2024) asks for a new certificate where seeds 000 and 002 (2025) change one and revoke the
-- rest: two rule sets, told apart by the day of the merger or by --ruleset.
SELECT c.cert, 'revoke+issue-new' AS action, 'NEW_NAME_NEW_ISSUE' AS reason, 'R1' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.resolution
  FROM cert c
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new';
