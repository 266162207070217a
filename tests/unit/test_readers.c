/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_readers.c - edXML, DOCX, ODT, sheets, lists and forms, read through both stages from bytes made here.
 *
 * No real person's name; bodies and numbers are invented.
 */
#include "columns.h"
#include "grammar.h"
#include "kind.h"
#include "layout.h"
#include "stage.h"
#include "text.h"
#include "zip_make.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static const struct settings settings = { .data = ".", .ocr = OCR_FIELDS };

static struct letter *extract(const char *name, struct bytes b)
{
	static bool prepared;
	char *why = NULL;
	if (!prepared && !stage_extract.prepare(&settings, &why))
		fail_msg("%s", why);
	prepared = true;
	struct letter *l = letter_new(NULL, &settings, name);
	letter_add_part(l, 0, name, b);
	assert_int_equal(stage_ingest.run(l), PASS);
	assert_int_equal(stage_extract.run(l), PASS);
	return l;
}

static struct letter *extract_text(const char *text)
{
	return extract("x", (struct bytes){ (const uint8_t *)text, strlen(text) });
}

static int count(const struct letter *l, const char *rule)
{
	int n = 0;
	for (int i = 0; i < l->findings.n; i++)
		n += strcmp(l->findings.at[i].rule, rule) == 0;
	return n;
}

static void expect_field(const struct letter *l, const char *name, const char *value)
{
	const struct field *f = letter_find_field(l, name);
	if (value == NULL ? f != NULL : f == NULL || strcmp(f->read.value, value) != 0)
		fail_msg("%s: expected %s, read %s", name, value != NULL ? value : "(nothing)",
			 f != NULL ? f->read.value : "(nothing)");
	if (f != NULL)
		assert_true(f->read.place.part >= 1);
}

static void expect_cell(const struct letter *l, const char *form, int row, const char *name, const char *value)
{
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *r = &l->requests.at[i];
		if (strcmp(r->form, form) != 0 || r->row != row)
			continue;
		const char *got = request_cell(r, name);
		if (value == NULL ? got != NULL : got == NULL || strcmp(got, value) != 0)
			fail_msg("%s row %d %s: expected %s, read %s", form, row, name, value != NULL ? value : "(nothing)",
				 got != NULL ? got : "(nothing)");
		return;
	}
	fail_msg("%s has no row %d", form, row);
}

/* edXML ---------------------------------------------------------------------------------------------- */

#define EDXML(header) "<?xml version='1.0'?><edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'><e:edXMLEnvelope " \
	"xmlns:e='http://www.mic.gov.vn/TBT/QCVN_102_2016'><e:edXMLHeader><e:MessageHeader>" header \
	"</e:edXMLHeader></e:edXMLEnvelope></edXML>"

/* In an order no program uses: elements are found by name. */
static const char header[] = EDXML(
	"<e:Subject>V/v rà soát  chứng thư</e:Subject><e:SignerInfo><e:FullName>Lê Thử</e:FullName><e:Position>Phó Giám đốc"
	"</e:Position><e:Competence>KT. GIÁM ĐỐC</e:Competence></e:SignerInfo><e:ToPlaces><e:Place>Như trên</e:Place><e:Place>Lưu"
	"</e:Place></e:ToPlaces><e:DocumentType><e:TypeName>Công văn</e:TypeName></e:DocumentType><e:PromulgationInfo>"
	"<e:PromulgationDate>2025/06/20</e:PromulgationDate><e:Place>Quảng Ngãi</e:Place></e:PromulgationInfo><e:Code>"
	"<e:CodeNotation>SKHCN-CNTT</e:CodeNotation><e:CodeNumber>12</e:CodeNumber></e:Code><e:DocumentId>000.00.05.H48,"
	"2025/06/20,12/SKHCN-CNTT</e:DocumentId><e:DueDate>2025/02/30</e:DueDate><e:To><e:OrganName>Sở Một</e:OrganName>"
	"<e:OrganId>H48.07</e:OrganId></e:To><e:To><e:OrganId>null</e:OrganId><e:OrganName>Sở Hai</e:OrganName></e:To><e:From>"
	"<e:OrganId>000.00.05.H48</e:OrganId><e:OrganizationInCharge>UBND tỉnh</e:OrganizationInCharge><e:OrganName>Sở Khoa học"
	"</e:OrganName><e:Email>skhcn@tinh.example</e:Email></e:From></e:MessageHeader>");

static void edxml_by_element_name(void **state)
{
	(void)state;
	struct letter *l = extract_text(header);
	expect_field(l, "number", "12");
	expect_field(l, "symbol", "SKHCN-CNTT");
	expect_field(l, "date", "2025-06-20");
	expect_field(l, "place", "Quảng Ngãi");
	expect_field(l, "subject", "rà soát chứng thư");
	expect_field(l, "document_type", "Công văn");
	expect_field(l, "agency", "Sở Khoa học");
	expect_field(l, "parent_agency", "UBND tỉnh");
	expect_field(l, "deadlines", NULL);
	const struct field *f = letter_find_field(l, "recipients");
	assert_string_equal(f->read.value, "Sở Một");
	assert_string_equal(field_attr(f, "organ_id"), "H48.07");
	assert_string_equal(field_next(l, f)->read.value, "Sở Hai");
	assert_string_equal(f->read.place.path, "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader/To[1]/OrganName");
	f = letter_find_field(l, "signers");
	assert_string_equal(field_attr(f, "authority"), "KT.");
	assert_string_equal(field_attr(f, "for_title"), "GIÁM ĐỐC");
	assert_string_equal(field_attr(letter_find_field(l, "agency"), "organ_id"), "H48.05");
	assert_string_equal(l->documents.at[0].kind, "letter");
	assert_int_equal(count(l, "2_extract/edxml-date"), 1);
	assert_int_equal(count(l, "2_extract/edxml-organ-id-missing"), 1);
	assert_int_equal(count(l, "2_extract/edxml-id-differs"), 0);
	assert_int_equal(count(l, "2_extract/edxml-missing"), 0);
	talloc_free(l);
}

static void edxml_tells_what_is_missing(void **state)
{
	(void)state;
	struct letter *l = extract_text(EDXML("<e:Subject>Thử</e:Subject><e:Code><e:CodeNumber>34E31</e:CodeNumber></e:Code>"
		"</e:MessageHeader><e:TraceHeaderList><e:Bussiness><e:BussinessDocType>1</e:BussinessDocType></e:Bussiness>"
		"</e:TraceHeaderList>"));
	assert_int_equal(count(l, "2_extract/edxml-missing"), 1);
	assert_int_equal(count(l, "2_extract/edxml-number"), 1);
	assert_int_equal(count(l, "2_extract/edxml-recall"), 1);
	talloc_free(l);
	l = extract_text(EDXML("</e:MessageHeader>"));
	assert_int_equal(count(l, "2_extract/edxml-missing"), 1);
	talloc_free(l);
	l = extract_text("<edXML/>");
	assert_int_equal(count(l, "2_extract/edxml-no-header"), 1);
	talloc_free(l);
}

static void edxml_status_is_no_letter(void **state)
{
	(void)state;
	struct letter *l = extract_text(EDXML("<e:From><e:OrganId>H41</e:OrganId></e:From><e:ResponseFor><e:Code>7816/VPCP-TTĐT"
		"</e:Code></e:ResponseFor><e:StatusCode>02</e:StatusCode><e:Description>Từ chối</e:Description></e:MessageHeader>"));
	expect_field(l, "status_code", "02");
	expect_field(l, "response_for", "7816/VPCP-TTĐT");
	expect_field(l, "number", NULL);
	assert_int_equal(count(l, "2_extract/edxml-status"), 1);
	assert_int_equal(count(l, "2_extract/edxml-missing"), 0);
	assert_string_equal(l->documents.at[0].kind, "other");
	talloc_free(l);
}

/* DOCX and ODT --------------------------------------------------------------------------------------- */

#define P(t) "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"
#define C(t) "<w:tc>" P(t) "</w:tc>"
#define R(cells) "<w:tr>" cells "</w:tr>"
#define HEADER(number, day) "<w:tbl><w:tblGrid><w:gridCol w:w='3600'/><w:gridCol w:w='5600'/></w:tblGrid>" \
	R(C("UBND TỈNH THỬ") C("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) R(C("SỞ NỘI VỤ") C("Độc lập - Tự do - Hạnh phúc")) \
	R(C("Số: " number "/SNV-CCVC") C("Thử Nghiệm, ngày " day " tháng 6 năm 2025")) R(C("V/v rà soát chứng thư") C("")) \
	"</w:tbl>" P("Kính gửi: Cục Chứng thực số và Bảo mật thông tin.")

static struct bytes docx(const void *mem, const char *body)
{
	char *document = format_text(mem, "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
				     "<w:body>%s</w:body></w:document>", body);
	struct zip_make_entry e[] = {
		{ .name = "[Content_Types].xml", .bytes = "<Types/>", .len = 8 },
		{ .name = "word/document.xml", .bytes = document, .len = strlen(document) },
	};
	return zip_make(mem, e, 2);
}

static void docx_gives_fields(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct letter *l = extract("a.docx", docx(mem, HEADER("31", "09")
		"<w:p><w:r><w:t>Giữ lại</w:t></w:r><w:del><w:r><w:delText>xóa đi</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/>"
		"</w:rPr><w:t>ẩn</w:t></w:r></w:p>"));
	expect_field(l, "number", "31");
	expect_field(l, "symbol", "SNV-CCVC");
	expect_field(l, "date", "2025-06-09");
	expect_field(l, "agency", "SỞ NỘI VỤ");
	expect_field(l, "parent_agency", "UBND TỈNH THỬ");
	expect_field(l, "recipients", "Cục Chứng thực số và Bảo mật thông tin");
	assert_int_equal(count(l, "2_extract/hidden-text"), 1);
	assert_null(strstr(l->pages.at[0].text, "xóa đi"));
	assert_null(strstr(l->pages.at[0].text, "ẩn"));
	assert_non_null(strstr(l->pages.at[0].text, "Giữ lại"));
	talloc_free(l);
	l = extract("a.docx", docx(mem, "<w:p>"));
	assert_int_equal(count(l, "2_extract/unreadable"), 1);
	talloc_free(l);
	talloc_free(mem);
}

/* Mẫu 06: two rows of head, merged cells, a numbering row, a section row, a cell that cannot be. */
static void docx_form_with_merged_head(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct letter *l = extract("a.docx", docx(mem, P("V/v đề nghị khôi phục thiết bị lưu khóa bí mật")
		P("Kính gửi: Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ")
		P("Căn cứ Nghị định số 68/2024/NĐ-CP ngày 25/6/2024 của Chính phủ, đề nghị khôi phục như sau:")
		P("1. Người phối hợp khôi phục thiết bị lưu khóa bí mật") P("Họ và tên: Lê Thử Nghiệm")
		P("Số định danh cá nhân: 051190000123. Ngày cấp: 15/8/2021. Nơi cấp: Cục Cảnh sát")
		P("Số điện thoại di động: 0900 000 412") P("2. Danh sách thiết bị lưu khóa bí mật đề nghị khôi phục")
		"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" P("STT") "</w:tc><w:tc><w:tcPr><w:vMerge "
		"w:val='restart'/></w:tcPr>" P("Số hiệu thiết bị lưu khóa bí mật") "</w:tc><w:tc><w:tcPr><w:gridSpan w:val='3'/>"
		"</w:tcPr>" P("Thông tin thuê bao") "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" P("") "</w:tc><w:tc>"
		"<w:tcPr><w:vMerge/></w:tcPr>" P("") "</w:tc>" C("Tên CTS") C("Cơ quan công tác") C("Địa chỉ thư điện tử công vụ")
		"</w:tr>" R(C("(1)") C("(2)") C("(3)") C("(4)") C("(5)"))
		"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='5'/></w:tcPr>" P("I. Cá nhân") "</w:tc></w:tr>"
		R(C("1") C("BCYC70000109") C("Lê Thử") C("Sở Nội vụ") C("lethu@") ) R(C("3") C("BCYC70000110") C("Sở Nội vụ")
		C("UBND tỉnh") C("snv@tinh.example")) R(C("") C("") C("") C("") C("")) "</w:tbl>"));
	assert_string_equal(l->documents.at[0].kind, "form");
	assert_string_equal(l->documents.at[0].form, "nd68-2024/mau-06");
	expect_cell(l, "nd68-2024/mau-06", 0, "contact_name", "Lê Thử Nghiệm");
	expect_cell(l, "nd68-2024/mau-06", 0, "contact_identity", "051190000123");
	expect_cell(l, "nd68-2024/mau-06", 0, "contact_identity_date", "2021-08-15");
	expect_cell(l, "nd68-2024/mau-06", 0, "contact_identity_place", "Cục Cảnh sát");
	expect_cell(l, "nd68-2024/mau-06", 0, "contact_phone", "0900000412");
	expect_cell(l, "nd68-2024/mau-06", 1, "device_serial", "BCYC70000109");
	expect_cell(l, "nd68-2024/mau-06", 1, "workplace", "Sở Nội vụ");
	expect_cell(l, "nd68-2024/mau-06", 2, "email", "snv@tinh.example");
	assert_int_equal(l->requests.n, 3);
	assert_int_equal(count(l, "2_extract/form-cell"), 1);
	assert_int_equal(count(l, "2_extract/form-row-numbers"), 1);
	talloc_free(l);
	talloc_free(mem);
}

static void odt_form(void **state)
{
	(void)state;
	static const char content[] = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'><office:body>"
		"<office:text><text:p>V/v đề nghị thu hồi chứng thư chữ ký số chuyên dùng công vụ</text:p><table:table>"
		"<table:table-column table:number-columns-repeated='4'/><table:table-header-rows><table:table-row><table:table-cell>"
		"<text:p>TT</text:p></table:table-cell><table:table-cell><text:p>Tên chứng thư số</text:p></table:table-cell>"
		"<table:table-cell><text:p>Số hiệu chứng thư số</text:p></table:table-cell><table:table-cell><text:p>Lý do</text:p>"
		"</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>1</text:p>"
		"</table:table-cell><table:table-cell><text:p>Sở <text:span>Nội</text:span><text:s/>vụ</text:p></table:table-cell>"
		"<table:table-cell><text:p>0a:1b 2c</text:p></table:table-cell><table:table-cell><text:p>Giải thể</text:p>"
		"</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>";
	void *mem = talloc_new(NULL);
	struct zip_make_entry e[] = {
		{ .name = "mimetype", .bytes = "application/vnd.oasis.opendocument.text", .len = 39 },
		{ .name = "content.xml", .bytes = content, .len = sizeof content - 1 },
	};
	struct letter *l = extract("a.odt", zip_make(mem, e, 2));
	expect_cell(l, "nd68-2024/mau-05", 1, "holder_name", "Sở Nội vụ");
	expect_cell(l, "nd68-2024/mau-05", 1, "serial", "0A1B2C");
	expect_cell(l, "nd68-2024/mau-05", 1, "reason", "Giải thể");
	talloc_free(l);
	talloc_free(mem);
}

/* Nothing of a message is lost: what only the axis needs are fields too, and so are its files. */
static void edxml_gives_everything(void **state)
{
	(void)state;
	struct letter *l = extract_text("<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganName>Sở Một</OrganName><OrganAdd>"
		"Số 1</OrganAdd><Fax>04</Fax></From><Content>Nội dung</Content><DocumentType><Type>1</Type><TypeDetail>0</TypeDetail>"
		"<TypeName>Công văn</TypeName></DocumentType><SteeringType>2</SteeringType><OtherInfo><Priority>1</Priority><TyperNotation>"
		"TVC</TyperNotation><PageAmount>22</PageAmount><Appendixes><Appendix>Một</Appendix><Appendix>Hai</Appendix></Appendixes>"
		"</OtherInfo><ResponseFor><OrganId>H14</OrganId><Code>267/A</Code><PromulgationDate>2018/09/28</PromulgationDate>"
		"</ResponseFor></MessageHeader><TraceHeaderList><TraceHeader><OrganId>null</OrganId><Timestamp>2018/09/28 00:00:01"
		"</Timestamp></TraceHeader><Bussiness><BussinessDocType>3</BussinessDocType><BussinessDocReason>Thay</BussinessDocReason>"
		"<ReplacementInfoList><ReplacementInfo><DocumentId>G22,2014/01/30,7/A</DocumentId><OrganIdList><OrganId>H41</OrganId>"
		"<OrganId>H14</OrganId></OrganIdList></ReplacementInfo></ReplacementInfoList><StaffInfo><Staff>Văn thư</Staff><Mobile>84912"
		"</Mobile></StaffInfo></Bussiness></TraceHeaderList></edXMLHeader><edXMLBody><edXMLManifest><Reference><ContentId>cid:1"
		"</ContentId><AttachmentName>a.txt</AttachmentName></Reference></edXMLManifest></edXMLBody></edXMLEnvelope><AttachmentEncoded>"
		"<Attachment><ContentId>cid:1</ContentId><AttachmentName>a.txt</AttachmentName><ContentTransferEncoded>aGVs\nbG8=\n"
		"</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>");
	static const struct { const char *name, *value, *attr, *says; } want[] = {
		{ "agency", "Sở Một", "fax", "04" }, { "content", "Nội dung", NULL, NULL }, { "document_type", "Công văn", "type_detail", "0" },
		{ "steering_type", "2", NULL, NULL }, { "priority", "1", NULL, NULL }, { "drafter", "TVC", NULL, NULL },
		{ "page_amount", "22", NULL, NULL }, { "appendixes", "Một", NULL, NULL }, { "response_for", "267/A", "organ_id", "H14" },
		{ "trace", "2018/09/28 00:00:01", "time", "2018/09/28 00:00:01" }, { "business_type", "3", NULL, NULL },
		{ "business_reason", "Thay", NULL, NULL }, { "replaces", "G22,2014/01/30,7/A", "organ_ids", "H41, H14" },
		{ "staff", "Văn thư", "mobile", "84912" }, { "attachments", "a.txt", "unpacked", "2" },
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		expect_field(l, want[i].name, want[i].value);
		if (want[i].attr != NULL)
			assert_string_equal(field_attr(letter_find_field(l, want[i].name), want[i].attr), want[i].says);
	}
	talloc_free(l);
}

/* The message says 31, the paper inside says 31, then 32. */
static void edxml_against_its_paper(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		void *mem = talloc_new(NULL);
		struct bytes paper = docx(mem, i == 0 ? HEADER("31", "09") : HEADER("32", "09"));
		struct letter *l = extract_text(format_text(mem, "<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><Code><CodeNumber>31"
			"</CodeNumber><CodeNotation>SNV-CCVC</CodeNotation></Code><PromulgationInfo><PromulgationDate>2025/06/09"
			"</PromulgationDate></PromulgationInfo><Subject>Rà soát chứng thư</Subject></MessageHeader></edXMLHeader>"
			"</edXMLEnvelope><AttachmentEncoded><Attachment><AttachmentName>a.docx</AttachmentName><ContentTransferEncoded>%s"
			"</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>", text_base64(mem, paper)));
		assert_int_equal(l->documents.n, 2);
		assert_int_equal(count(l, "2_extract/edxml-contradicts-pdf"), i);
		talloc_free(l);
		talloc_free(mem);
	}
}

/* Sheets, lists, words ------------------------------------------------------------------------------- */

static void inventory_rows(void **state)
{
	(void)state;
	struct letter *l = extract_text("\xEF\xBB\xBF" "DANH SÁCH;;;;\nSTT;Số hiệu chứng thư;Tên chủ thể;Thư điện tử công vụ;"
		"Ngày hết hạn\n1;0A1B2C;Sở Một;SM@tinh.example;31/12/2026\n2;7,9E+28;Sở Hai;sh@tinh.example;31/02/2026\n");
	assert_string_equal(l->documents.at[0].kind, "certificate-list");
	expect_cell(l, "certificate-list", 1, "serial", "0A1B2C");
	expect_cell(l, "certificate-list", 1, "email", "sm@tinh.example");
	expect_cell(l, "certificate-list", 1, "valid_to", "2026-12-31");
	expect_cell(l, "certificate-list", 2, "serial", "7,9E+28");
	assert_string_equal(l->requests.at[0].cells.at[0].read.place.path, "B3");
	assert_true(l->requests.at[1].cells.at[0].read.confidence < 0.6);
	assert_int_equal(count(l, "2_extract/sheet-bad-rows"), 1);
	talloc_free(l);
}

static void lists_in_running_text(void **state)
{
	(void)state;
	struct letter *l = extract_text("2. Thực hiện thủ tục cấp chứng thư\nCác phường, xã mới (gồm:phường Hoàng Lâm; phường Thủy "
		"Hà;\nxã Bạch Đằng và xã Liên Xuân).\n3. Thu hồi\nThành phần dự họp gồm: Ông Một, Bà Hai, Ông Ba.\nVí dụ: các xã "
		"Bình Mỹ, Bình Chương sau sáp nhập giữ lại tên xã Bình Chương thì duy trì.\n");
	int units = 0;
	for (int i = 0; i < l->requests.n; i++)
		units += strcmp(l->requests.at[i].form, "unit-list") == 0;
	assert_int_equal(units, 4);
	expect_cell(l, "unit-list", 4, "unit", "xã Liên Xuân");
	expect_cell(l, "unit-list", 1, "action", "issue");
	expect_cell(l, "merger-example", 1, "old_units", "xã Bình Mỹ, Bình Chương");
	expect_cell(l, "merger-example", 1, "new_unit", "xã Bình Chương");
	expect_cell(l, "merger-example", 1, "name_kept", "yes");
	talloc_free(l);
}

static void set_row(struct layout *o, const char *const *cells, int n)
{
	struct layout_row row = { 0 };
	struct place places[8];
	for (int i = 0; i < n; i++) {
		row.cells.at = own_grow(o->mem, row.cells.at, row.cells.n, &row.cells.room, sizeof *row.cells.at);
		struct layout_cell *c = &row.cells.at[row.cells.n++];
		c->col = i;
		c->cols = 1;
		c->paras.at = own_grow(o->mem, c->paras.at, 0, &c->paras.room, sizeof *c->paras.at);
		c->paras.n = 1;
		para_add_run(o->mem, &c->paras.at[0], cells[i])->size = 11;
	}
	layout_row(o, &row, places);
}

/* Words only, as OCR gives them: columns by white bands, rows by their numbers, over a page's end. */
static void columns_of_words(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct letter *l = letter_new(mem, &settings, "x");
	letter_add_part(l, 0, "x", (struct bytes){ (const uint8_t *)"x", 1 });
	struct layout o;
	layout_begin(&o, l, mem, 1);
	static const double widths[] = { 6, 30, 24, 40 };
	static const char *const head[] = { "STT", "Tên CTS", "Số hiệu CTS", "Lý do thu hồi" };
	layout_table(&o, widths, 4);
	set_row(&o, head, 4);
	for (int i = 1; i <= 60; i++) {
		const char *const cells[] = { format_text(mem, "%d", i), format_text(mem, "Ủy ban nhân dân xã Thử Nghiệm số %d", i),
			format_text(mem, "5A10C3D2E4F6%04d", i), i % 3 == 0 ? "" : "Sáp nhập đơn vị" };
		set_row(&o, cells, 4);
	}
	layout_end(&o);
	assert_true(o.page >= 2);
	struct tables t = { .mem = mem };
	columns_tables(l, 1, 1, o.page, &t);
	assert_int_equal(t.all.n, o.page);
	int rows = -1;                         /* the head's row */
	for (int i = 0; i < t.all.n; i++) {
		assert_int_equal(t.all.at[i].cols, 4);
		for (int r = 0; r < t.all.at[i].rows; r++, rows++) {
			if (rows < 0)
				continue;
			assert_string_equal(table_at(&t.all.at[i], r, 0)->text, format_text(mem, "%d", rows + 1));
			char *name = text_line(mem, table_at(&t.all.at[i], r, 1)->text);
			assert_string_equal(name, format_text(mem, "Ủy ban nhân dân xã Thử Nghiệm số %d", rows + 1));
			assert_string_equal(table_at(&t.all.at[i], r, 2)->text, format_text(mem, "5A10C3D2E4F6%04d", rows + 1));
			assert_string_equal(table_at(&t.all.at[i], r, 3)->text, (rows + 1) % 3 == 0 ? "" : "Sáp nhập đơn vị");
		}
	}
	assert_int_equal(rows, 60);
	talloc_free(mem);
}

static void values_by_grammar(void **state)
{
	(void)state;
	static const struct { char *(*rule)(const void *, const char *); const char *text, *value; } cases[] = {
		{ grammar_date, "20/6/2025", "2025-06-20" }, { grammar_date, "2025/06/20", "2025-06-20" },
		{ grammar_date, "ngày 05 tháng 6 năm 2025", "2025-06-05" }, { grammar_date, "2025-06-20 08:00:00", "2025-06-20" },
		{ grammar_date, "30/02/2014", NULL }, { grammar_date, "20/6/25", NULL }, { grammar_date, "2025-06-20x", NULL },
		{ grammar_serial, "00 5a:10", "005A10" }, { grammar_serial, "7.9E+28", NULL }, { grammar_serial, "0x1F", "1F" },
		{ grammar_serial, "123456789012345678901234567890123456789012", NULL }, { grammar_serial, "0", NULL },
		{ grammar_mailbox, "A.b@Tinh.gov.vn", "a.b@tinh.gov.vn" }, { grammar_mailbox, "a@b", NULL },
		{ grammar_mailbox, "a b@c.vn", NULL }, { grammar_identity, "051 190 000 123", "051190000123" },
		{ grammar_identity, "05119000012", NULL }, { grammar_tax, "4300900109-001", "4300900109-001" },
		{ grammar_tax, "43009001091", NULL }, { grammar_budget, "1100109", "1100109" }, { grammar_mark, "X", "x" },
		{ grammar_mark, "không", NULL }, { grammar_phone, "(0255) 300.0412", "02553000412" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *value = cases[i].rule(NULL, cases[i].text);
		if (cases[i].value == NULL ? value != NULL : value == NULL || strcmp(value, cases[i].value) != 0)
			fail_msg("%s: %s", cases[i].text, value != NULL ? value : "(none)");
		talloc_free(value);
	}
	bool old;
	assert_string_equal(grammar_organ(NULL, "000.05.07.G11", &old), "G11.07.05");
	assert_true(old);
	assert_string_equal(grammar_organ(NULL, "H48.07", &old), "H48.07");
	assert_false(old);
	assert_null(grammar_organ(NULL, "vxp.saas.03", &old));
	assert_null(grammar_organ(NULL, "null", &old));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edxml_by_element_name), cmocka_unit_test(edxml_tells_what_is_missing),
		cmocka_unit_test(edxml_status_is_no_letter), cmocka_unit_test(docx_gives_fields),
		cmocka_unit_test(docx_form_with_merged_head), cmocka_unit_test(odt_form),
		cmocka_unit_test(edxml_against_its_paper), cmocka_unit_test(edxml_gives_everything), cmocka_unit_test(inventory_rows),
		cmocka_unit_test(lists_in_running_text), cmocka_unit_test(columns_of_words), cmocka_unit_test(values_by_grammar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
