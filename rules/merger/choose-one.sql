-- rule:      merger/choose-one
-- law:       Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ mục 1.1 gạch đầu dòng 1;
--            Hướng dẫn của Sở KH&CN tỉnh Quảng Ngãi tháng 6/2025 mục II.1.b;
--            NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16, Đ17 khoản 3 điểm b, Đ19; Nghị quyết {resolution}
-- applies:   merged from 2025-05-01
-- scope:     inventory
-- gives:     decision
-- order:     91
-- says vi:   Các đơn vị {group_units} sáp nhập thành {successor_body} với tên mới; đơn vị mới chọn
--            01 trong {candidates} chứng thư số đang sử dụng để thay đổi nội dung thông tin (Mẫu số
--            04), các chứng thư số còn lại thu hồi (Mẫu số 05). Chứng thư số {serial} của
--            {org_name}: {proposal}.{waits_vi}
-- says en:   The units {group_units} become {successor_body}, a new name: the new body chooses one
--            of {candidates} certificates in use to be changed (Mẫu 04), the others are revoked
--            (Mẫu 05). Certificate {serial} of {org_name}.{waits_en}
-- seed:      R000-01 R000-06 R002-10 R002-11 R002-12
-- sure:      S
--
SELECT c.cert, 'choose-one' AS action, 'NEW_NAME' AS reason, 'R1' AS code,
       c.successor, c.successor_body, c.grp,
       'nd68-2024/mau-04' AS form,
       iif(k.place = 1, 'Y', 'N') AS suggested, c.serial, c.org_name, c.group_units, c.resolution, k.candidates,
       iif(k.place = 1, 'đề xuất chọn để duy trì', 'đề xuất thu hồi nếu chứng thư số khác được chọn') AS proposal,
       coalesce(' Chưa nhận được danh sách chứng thư số của ' || (SELECT group_concat(unit_name, '; ') FROM unheard u WHERE u.grp = c.grp)
                || '; nên chờ trước khi chọn.', '') AS waits_vi,
       coalesce(' The lists of ' || (SELECT group_concat(unit_name, '; ') FROM unheard u WHERE u.grp = c.grp)
                || ' have not come yet.', '') AS waits_en
  FROM cert c JOIN candidate k ON k.cert = c.cert
 WHERE c.kind = 'agency' AND c.body_class = 'commune' AND c.identity = 'clear' AND c.fate = 'new' AND k.candidates > 1;
