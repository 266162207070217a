/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_sheet.c - CSV and XLSX as offices really save them.
 */
#include "sheet.h"
#include "text.h"
#include "zip_make.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <cmocka.h>

/* Rows as "sheet|number|cell|cell" lines, '!' before a broken one. */
static bool note(void *with, const struct sheet_row *r)
{
	struct buffer *b = with;
	buffer_format(b, "%s%s%d", r->broken ? "!" : "", r->sheet, r->number);
	for (int i = 0; i < r->n; i++)
		buffer_format(b, "|%s", r->cells[i]);
	buffer_text(b, "\n");
	return true;
}

static void expect(const void *bytes, size_t len, const char *rows)
{
	void *mem = talloc_new(NULL);
	struct buffer b = { .mem = mem };
	struct sheet_trouble why = { 0 };
	buffer_text(&b, "");
	if (!sheet_read(mem, (struct bytes){ bytes, len }, note, &b, &why))
		fail_msg("%s", why.en);
	assert_string_equal(b.text, rows);
	talloc_free(mem);
}

#define CSV(in, rows) expect(in, sizeof in - 1, rows)

static void csv_dialects(void **state)
{
	(void)state;
	CSV("a,b\n1,2\n", "1|a|b\n2|1|2\n");
	CSV("\xEF\xBB\xBFsố;tên\r\n1;\"An; Bình\"\r\n", "1|số|tên\n2|1|An; Bình\n");
	CSV("a\tb,c\n1\t2\n", "1|a|b,c\n2|1|2\n");
	CSV("sep=;\na;b\n", "2|a|b\n");
	CSV("a,b\n\n\n1,2", "1|a|b\n4|1|2\n");
	CSV("\xFF\xFE" "a\0,\0\x1E\x01\n\0", "1|a|Ğ\n");
	CSV("\xFE\xFF" "\0a\0;\0b\0\n", "1|a|b\n");
	CSV("a,\xFFz\n", "1|a|\xEF\xBF\xBDz\n");
	CSV("", "");
}

static void csv_quotes(void **state)
{
	(void)state;
	CSV("a,\"b \"\"x\"\" c\"\n", "1|a|b \"x\" c\n");
	CSV("a,\"b\nc\"\nd,e\n", "1|a|b\nc\n3|d|e\n");
	CSV("a,\"b\nc,d\ne,\"f\"\n", "!1|a|\"b\n2|c|d\n3|e|f\n");
	CSV("a,\"b\nc,d\n", "!1|a|\"b\n2|c|d\n");
	CSV("a,\"b\" c,d\n", "1|a|b c|d\n");
}

static bool count(void *with, const struct sheet_row *r)
{
	int *n = with;
	assert_int_equal(r->n, 4);
	++*n;
	return true;
}

static void csv_is_fast(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct buffer b = { .mem = mem };
	for (int i = 0; i < 500000; i++)
		buffer_format(&b, "%08X,\"Ủy ban nhân dân xã số %d\",xa%d@example.gov.vn,2026-01-01\n", i, i, i);
	struct timespec t0, t1;
	int n = 0;
	struct sheet_trouble why = { 0 };
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
	assert_true(sheet_read(mem, (struct bytes){ (const uint8_t *)b.text, b.len }, count, &n, &why));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
	double s = (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
	printf("500000 rows of CSV: %.2f s\n", s);
	assert_int_equal(n, 500000);
	assert_true(s < 5);                    /* on a busy machine; 0.3 s on a quiet one */
	talloc_free(mem);
}

#define PART(n, text) { .name = (n), .bytes = (text), .len = sizeof(text) - 1 }
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static const struct zip_make_entry workbook[] = {
	PART("xl/workbook.xml", "<workbook xmlns='" MAIN "' xmlns:r='http://r'><sheets>"
	     "<sheet name='Hai' sheetId='2' r:id='r2'/><sheet name='Một' sheetId='1' r:id='r1'/></sheets></workbook>"),
	PART("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/>"
	     "<Relationship Id='r2' Target='/xl/worksheets/sheet2.xml'/></Relationships>"),
	PART("xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd\\/mm\\/yyyy'/>"
	     "<numFmt numFmtId='165' formatCode='[Red]\"day\"0'/></numFmts><cellXfs><xf numFmtId='0'/>"
	     "<xf numFmtId='164'/><xf numFmtId='14'/><xf numFmtId='165'/></cellXfs></styleSheet>"),
	PART("xl/sharedStrings.xml", "<sst><si><t>Số hiệu</t></si><si><r><t>An </t></r><r><t>Bình</t></r>"
	     "<rPh><t>X</t></rPh></si><si/></sst>"),
	PART("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='3'><c r='B3' t='s'><v>0</v></c>"
	     "<c r='D3' t='s'><v>1</v></c><c t='s'><v>2</v></c></row><row><c r='A4' s='1'><v>45828</v></c>"
	     "<c s='2'><v>45828.5</v></c><c s='3'><v>45828</v></c><c><v>1.2E5</v></c>"
	     "<c><v>7.9228162514264337E+28</v></c><c t='b'><v>1</v></c><c s='1'><v>1</v></c></row>"
	     "</sheetData></worksheet>"),
	PART("xl/worksheets/sheet2.xml", "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>a&amp;b</t>"
	     "</is></c><c r='B1' t='str'><f>1+1</f><v>hai</v></c></row></sheetData></worksheet>"),
};

static void xlsx_rows(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct bytes b = zip_make(mem, workbook, 6);
	expect(b.at, b.len, "Hai1|a&b|hai\nMột3||Số hiệu||An Bình\n"
	       "Một4|2025-06-20|2025-06-20 12:00:00|45828|120000|7.9228162514264337E+28|TRUE|1900-01-01\n");
	talloc_free(mem);
}

/* The cell of a body merged over its certificates, headings merged over two rows, a second sheet of other columns. */
static void xlsx_merged(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct zip_make_entry e[6];
	memcpy(e, workbook, sizeof e);
	static const char merged[] = "<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>STT</v></c><c r='B1' t='str'><v>Tên cơ quan</v>"
		"</c></row><row r='2'><c r='B2'/></row><row r='3'><c r='B3' t='str'><v>UBND xã</v></c><c r='C3' t='str'><v>'0A1</v></c></row>"
		"<row r='4'><c r='C4' t='str'><v>=\"0A2\"</v></c></row><row r='5'><c r='A5'><v>5</v></c></row></sheetData>"
		"<mergeCells count='3'><mergeCell ref=\"B3:B4\"/><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"A5:C5\"/></mergeCells></worksheet>";
	e[5].bytes = merged;
	e[5].len = sizeof merged - 1;
	struct bytes b = zip_make(mem, e, 6);
	expect(b.at, b.len, "Hai1|STT|Tên cơ quan\nHai3||UBND xã|0A1\nHai4||UBND xã|0A2\nHai5|5\n"
	       "Một3||Số hiệu||An Bình\nMột4|2025-06-20|2025-06-20 12:00:00|45828|120000|7.9228162514264337E+28|TRUE|1900-01-01\n");
	talloc_free(mem);
}

static void xlsx_doctype_is_refused(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	struct zip_make_entry e[6];
	memcpy(e, workbook, sizeof e);
	static const char evil[] = "<!DOCTYPE w [<!ENTITY a 'aaaa'>]><worksheet><sheetData><row><c t='inlineStr'><is>"
		"<t>&a;</t></is></c></row></sheetData></worksheet>";
	e[5].bytes = evil;
	e[5].len = sizeof evil - 1;
	struct buffer b = { .mem = mem };
	struct sheet_trouble why = { 0 };
	buffer_text(&b, "");
	assert_false(sheet_read(mem, zip_make(mem, e, 6), note, &b, &why));
	assert_string_equal(b.text, "");
	assert_non_null(strstr(why.en, "Hai"));
	talloc_free(mem);
}

static bool heading(void *with, const struct sheet_row *r)
{
	return !sheet_find_heading(r, with);
}

static struct sheet_heading heading_of(const char *csv)
{
	struct sheet_heading h = { .list = SHEET_NONE };
	struct sheet_trouble why = { 0 };
	sheet_read(NULL, (struct bytes){ (const uint8_t *)csv, strlen(csv) }, heading, &h, &why);
	return h;
}

static bool remarks(void *with, const struct sheet_row *r)
{
	struct { struct sheet_heading h; char *out; } *t = with;
	if (t->h.list == SHEET_NONE)
		sheet_find_heading(r, &t->h);
	else
		t->out = format_text(NULL, "%s%c", t->out, sheet_is_remark(r, &t->h) ? 'r' : '.');
	return true;
}

static void remarks_are_no_rows(void **state)
{
	(void)state;
	struct { struct sheet_heading h; char *out; } t = { .out = copy_text(NULL, "") };
	struct sheet_trouble why = { 0 };
	static const char csv[] = "STT,Số hiệu CTS,Tên CTS,Email,Ngày hết hạn\n(1),(2),(3),(4),(5)\nA,B,C,D,E\nI,,UBND huyện,,\n"
		"1,0A1,UBND xã A,a@x.vn,1/1/2028\n2,,UBND xã B,,\n3,,UBND xã C,c@x.vn,1/1/2028\nSTT,Số hiệu CTS,Tên CTS,Email,Ngày hết hạn\n"
		"4,XYZ,UBND xã D,d@x.vn,1/1/2028\n,,Tổng cộng: 4,,\n,,,,Người lập biểu\n,,,,\n5,5,e,e@x.vn,\n";
	assert_true(sheet_read(NULL, (struct bytes){ (const uint8_t *)csv, sizeof csv - 1 }, remarks, &t, &why));
	assert_string_equal(t.out, "rrr...r.rrr.");
}

static void headings_are_known(void **state)
{
	(void)state;
	struct sheet_heading h = heading_of("serial,subject_dn,org_name,org_code,holder_name,title,email,cert_kind,"
					    "valid_from,valid_to,device_serial,renewals\n");
	assert_int_equal(h.list, SHEET_INVENTORY);
	for (int i = 0; i < 12; i++)
		assert_non_null(h.name[i]);
	h = heading_of("DANH SÁCH CHỨNG THƯ SỐ\nSTT;Số hiệu chứng thư;Tên chủ thể;Cơ quan;Thư điện tử công vụ;"
		       "Ngày hết hạn (dd/mm/yyyy)\n");
	assert_int_equal(h.list, SHEET_INVENTORY);
	assert_int_equal(sheet_column(&h, "serial"), 1);
	assert_int_equal(sheet_column(&h, "holder_name"), 2);
	assert_int_equal(sheet_column(&h, "valid_to"), 5);
	assert_int_equal(sheet_column(&h, "renewals"), -1);
	h = heading_of("email,holder_name,status,new_unit_code,new_body,new_province\n");
	assert_int_equal(h.list, SHEET_ASSIGNMENTS);
	h = heading_of("Họ và tên,Ngày sinh,Quê quán\n");
	assert_int_equal(h.list, SHEET_NONE);
}

/* "Thời hạn" over "Từ ngày" and "Đến ngày". */
static void heading_of_two_rows(void **state)
{
	(void)state;
	static const char *const upper[] = { "STT", "Số hiệu CTS", "Tên CTS", "Email", "Hiệu lực", "" };
	static const char *const lower[] = { "", "", "", "", "Từ ngày", "Đến ngày" };
	static const char *const row[] = { "1", "0A1B", "Sở Một", "a@b.vn", "2024-01-01", "2029-01-01" };
	struct sheet_heading h;
	assert_true(sheet_find_heading(&(struct sheet_row){ .n = 6, .cells = upper }, &h));
	assert_true(sheet_extend_heading(&(struct sheet_row){ .n = 6, .cells = lower }, &h));
	assert_int_equal(sheet_column(&h, "valid_from"), 4);
	assert_int_equal(sheet_column(&h, "valid_to"), 5);
	assert_false(sheet_extend_heading(&(struct sheet_row){ .n = 6, .cells = row }, &h));
	assert_string_equal(h.name[1], "serial");
}

static void cell_names(void **state)
{
	(void)state;
	assert_string_equal(sheet_cell_name(NULL, 0, 1), "A1");
	assert_string_equal(sheet_cell_name(NULL, 25, 9), "Z9");
	assert_string_equal(sheet_cell_name(NULL, 26, 12), "AA12");
	assert_string_equal(sheet_cell_name(NULL, 255, 1), "IV1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_dialects), cmocka_unit_test(csv_quotes), cmocka_unit_test(csv_is_fast),
		cmocka_unit_test(xlsx_rows), cmocka_unit_test(xlsx_merged), cmocka_unit_test(xlsx_doctype_is_refused),
		cmocka_unit_test(headings_are_known), cmocka_unit_test(remarks_are_no_rows), cmocka_unit_test(heading_of_two_rows), cmocka_unit_test(cell_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
