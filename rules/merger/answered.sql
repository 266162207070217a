-- rule:      merger/answered
-- law:       Quyết định của người có thẩm quyền ({who}, {given}); NĐ 68/2024/NĐ-CP Đ15, Đ16, Đ17,
--            Đ19
-- applies:   merged from 2024-08-15
-- scope:     inventory
-- gives:     decision
-- order:     15
-- says vi:   Chứng thư số {serial} của {holder_name}: {who} đã quyết định {action_vi} (lý do:
--            {why}).
-- says en:   Certificate {serial} of {holder_name}: {who} has decided {action} ({why}).
-- seed:      -
-- sure:      S
--
-- What a person answered on the worksheet of `congvan decide`. The last answer counts.
SELECT c.cert, h.action AS action, 'ANSWERED' AS reason, 'P' AS code,
       c.successor, c.successor_body, c.grp,
       CASE h.action WHEN 'change-info' THEN 'nd68-2024/mau-04' WHEN 'revoke' THEN 'nd68-2024/mau-05'
            WHEN 'issue' THEN CASE c.kind WHEN 'person' THEN 'nd68-2024/mau-01' WHEN 'device' THEN 'nd68-2024/mau-03'
                              ELSE 'nd68-2024/mau-02' END END AS form,
       c.serial, c.holder_name, h.who, h.reason AS why, h.at AS given,
       CASE h.action WHEN 'keep' THEN 'giữ nguyên' WHEN 'change-info' THEN 'thay đổi thông tin' WHEN 'revoke' THEN 'thu hồi' ELSE 'cấp mới' END AS action_vi
  FROM choice h JOIN cert c ON c.serial = h.serial
 WHERE h.action IN ('keep', 'change-info', 'revoke', 'issue')
   AND NOT EXISTS (SELECT 1 FROM choice later WHERE later.serial = h.serial AND later.n > h.n);
