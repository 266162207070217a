-- rule:      merger/department-merged
-- law:       {basis}; Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1; NĐ
--            68/2024/NĐ-CP Đ17 khoản 3 điểm b, Đ19
-- applies:   merged from 2025-03-01
-- scope:     inventory
-- gives:     decision
-- order:     120
-- says vi:   {org_name} đã sáp nhập vào {new} từ khoảng ngày {merged}: thu hồi chứng thư số
--            {serial} (Mẫu số 05), kèm thiết bị {device_serial}.
-- says en:   {org_name} was merged into {new} about {merged}: revoke {serial} (Mẫu 05), with device
--            {device_serial}.
-- seed:      R000-01 R000-02
-- sure:      S
--
SELECT c.cert, 'revoke' AS action, 'DEPARTMENT_MERGED_MARCH_2025' AS reason, d.keeps AS code,
       'nd68-2024/mau-05' AS form,
       c.serial, c.org_name, c.device_serial, d.new, d.new || coalesce(' ' || lower(substr(c.province_next, 1, 1)) || substr(c.province_next, 2), '') AS successor_body, vn_date(d.merged) AS merged, d.law AS basis
  FROM departments d, cert c
 WHERE c.kind = 'agency' AND c.body_class = 'department' AND c.identity = 'clear' AND c.core = weak(d.old);
