-- rule:      nd68-2024/issue-conditions
-- law:       NĐ 68/2024/NĐ-CP Đ10 khoản 2
-- applies:   issued from 2024-08-15
-- scope:     letter
-- gives:     finding
-- severity:  hold
-- says vi:   Dòng {row}: đề nghị cấp mới cho {org} nhưng không nêu quyết định thành lập, cũng không
--            có xác nhận của người đứng đầu cơ quan cấp trên trực tiếp.
-- says en:   Row {row}: a first certificate for {org}, with neither a decision that founds it nor a
--            confirmation by the head of its superior.
-- seed:      R001-02
-- sure:      S
--
SELECT r.letter, 'request:' || r.request AS evidence, r.row, coalesce(r.org_name, r.holder_name) AS org
  FROM request r
 WHERE r.row > 0 AND r.form = 'nd68-2024/mau-02'
   AND NOT EXISTS (SELECT 1 FROM citation c WHERE c.letter = r.letter AND (has_word(c.value, 'thành lập') = 1 OR has_word(c.value, 'sắp xếp') = 1))
   AND NOT EXISTS (SELECT 1 FROM page_text t WHERE t.letter = r.letter AND (has_word(t.text, 'quyết định thành lập') = 1
        OR has_word(t.text, 'nghị quyết thành lập') = 1 OR has_word(t.text, 'về việc thành lập') = 1 OR has_word(t.text, 'về việc sắp xếp') = 1
        OR has_word(t.text, 'xác nhận của người đứng đầu') = 1 OR has_word(t.text, 'xác nhận của cấp trên') = 1 OR has_word(t.text, 'xác nhận của cơ quan cấp trên') = 1))
   AND NOT EXISTS (SELECT 1 FROM cell c WHERE c.letter = r.letter AND c.request IN (0, r.request) AND c.name IN ('founded_by', 'confirmed_by') AND c.value <> '');
