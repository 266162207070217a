/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_roundtrip.c - every form, written in every format and read again, gives back every value.
 *
 * The forms are filled with values of every column's type, drawn from a seed: short ones and such as wrap over
 * several lines of a narrow cell, blanks, and lists that go over pages. PDF, DOCX and XLSX come from 5_emit; ODT and
 * CSV, which it does not write, are made here from the same paper and book. 1_ingest and 2_extract know only the
 * file. What was not written must not be read either, no row more, and no cell may be told as badly written.
 */
#include "compose.h"
#include "form.h"
#include "plan.h"
#include "stage.h"
#include "text.h"
#include "zip_make.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROWS = 14, MANY_ROWS = 80 };

static struct settings settings = { .data = "." };
static struct forms forms;
static uint64_t state;

static int chance(int n)                       /* 0 .. n-1, the same for the same seed */
{
	state = state * 48271 % 2147483647;
	return (int)(state % (uint64_t)n);
}

#define ONE_OF(...) ((const char *const[]){ __VA_ARGS__ }[chance((int)(sizeof((const char *const[]){ __VA_ARGS__ }) / \
								  sizeof(char *)))])

/* A text of a cell: bodies with short and long names, addresses, reasons that cite papers. */
static char *sample_text(const void *mem)
{
	char *body = format_text(mem, "%s %s", ONE_OF("Ủy ban nhân dân phường", "Trường Trung học cơ sở", "Trạm Y tế xã",
		"Phòng Văn hóa, Khoa học và Thông tin huyện", "Ban Quản lý dự án đầu tư xây dựng và phát triển quỹ đất thị xã"),
		ONE_OF("Nguyễn Nghiêm", "Bình Chương", "Trà Bồng", "Kon Plông", "Phan Rang - Tháp Chàm", "Ý Yên", "1"));
	switch (chance(6)) {
	case 0: return body;
	case 1: return format_text(mem, "Số %d/%dA đường Phạm Văn Đồng, %s", 1 + chance(99), 1 + chance(9), body);
	case 2: return format_text(mem, "Sáp nhập theo Nghị quyết số %d/NQ-HĐND ngày 0%d/12/2024; chuyển về %s", 10 + chance(900),
				   1 + chance(9), body);
	case 3: return format_text(mem, "%s (thuộc %s)", body, ONE_OF("Sở Y tế", "UBND tỉnh", "Công an tỉnh"));
	case 4: return copy_text(mem, ONE_OF("Nghỉ hưu", "Hỏng", "Văn thư", "Phó Chủ tịch", "Kế toán trưởng kiêm Thủ quỹ", "A"));
	default: return format_text(mem, "%s: %s", ONE_OF("Cơ quan cấp trên", "Tên cơ quan", "Thư điện tử"), body);
	}
}

static char *sample(const void *mem, const struct form_column *c)
{
	const char *t = c->type;
	int n = chance(10000);
	if (strcmp(t, "date") == 0)
		return format_text(mem, "%d-%02d-%02d", 1960 + chance(60), 1 + chance(12), 1 + chance(28));
	if (strcmp(t, "identity") == 0) {
		char *number = format_text(mem, "0%02d%09d", 1 + chance(96), 85000000 + n);
		return text_starts(c->name, "contact_") || chance(2) ? number
			: format_text(mem, "%s, %02d/%02d/2021, %s", number, 1 + chance(28), 1 + chance(12),
				      ONE_OF("Cục Cảnh sát quản lý hành chính về trật tự xã hội", "Bộ Công an"));
	}
	if (strcmp(t, "email") == 0)
		return format_text(mem, "%s%d%s@%s", ONE_OF("vt", "ubnd.xa-", "truongtrunghoccosobinhchuong_", "n.v.a"), n,
				   ONE_OF("", ".quangngai", "-phongvanhoakhoahocvathongtin"),
				   ONE_OF("quangngai.gov.vn", "bcy.vn", "phuong-camthanh.quangngai.gov.vn", "mt.gov.vn"));
	if (strcmp(t, "phone") == 0)
		return format_text(mem, "09%08d", 1000 * n + chance(1000));
	if (strcmp(t, "serial") == 0)
		return format_text(mem, "%s%04X%s", ONE_OF("5D3A", "1", "7AF2DF52182653D3", "54010AC9E2B1"), n,
				   ONE_OF("", "00AB", "E2FDB84BA4B46FAE"));
	if (strcmp(t, "device") == 0)
		return format_text(mem, "%s%04d%s", ONE_OF("BCYC0001", "VGCA-TOKEN-", "ST3_"), n, ONE_OF("", "-2019-000001", "X"));
	if (strcmp(t, "tax") == 0)
		return format_text(mem, "430000%04d%s", n, ONE_OF("", "", "-001"));
	if (strcmp(t, "budget") == 0)
		return format_text(mem, "110%04d", n);
	if (strcmp(t, "mark") == 0)
		return copy_text(mem, "x");
	if (strcmp(t, "sim") == 0)
		return copy_text(mem, ONE_OF("Viettel", "Vinaphone/cs", "Mobifone"));
	if (strcmp(c->name, "province") == 0)
		return copy_text(mem, ONE_OF("Quảng Ngãi", "Thành phố Hải Phòng", "Bà Rịa - Vũng Tàu"));
	if (strcmp(c->name, "holder_name") == 0 || strcmp(c->name, "contact_name") == 0)
		return chance(3) == 0 && c->name[0] == 'h' ? sample_text(mem)
			: copy_text(mem, ONE_OF("Giáp Thị Mộc Uyên", "Lục Bá Hoàng Trực", "Lã Ý", "Đàm Thị Tố Khuê Nhượng"));
	return sample_text(mem);
}

/* Some cells stay blank, as people leave them; the first of a row does not. */
static char *sample_or_blank(const void *mem, const struct form_column *c, int column)
{
	bool may = column > 1 && (c->need != NEED_YES ? chance(3) == 0 : chance(12) == 0);
	char *value = sample(mem, c);
	return may ? NULL : value;
}

static struct package *filled(const void *mem, const struct form *f, int rows)
{
	struct package *k = new_zero(mem, struct package);
	struct letter *l = letter_new(k, &settings, "mau.pdf");
	k->form = f;
	k->agency = copy_text(k, "Ủy ban nhân dân tỉnh Quảng Ngãi");
	k->place = copy_text(k, "Quảng Ngãi");
	k->to = f->to;
	if (f->contact.n > 0) {
		struct request *r = letter_add_request(l, f->id, 0);
		for (int i = 0; i < f->contact.n; i++)
			request_add_cell(l, r, f->contact.at[i].name, sample(k, &f->contact.at[i]));
		k->contact = r;
	}
	k->lines.at = new_array(k, struct line *, (size_t)rows);
	for (int i = 0; i < rows; i++) {
		struct line *line = new_zero(k, struct line);
		line->form = f;
		line->values = new_array(k, struct line_value, (size_t)f->columns.n);
		for (int j = 0; j < f->columns.n; j++)
			if (strcmp(f->columns.at[j].type, "row") != 0)
				line->values[j].value = sample_or_blank(k, &f->columns.at[j], j);
		k->lines.at[k->lines.n++] = line;
	}
	return k;
}

/* How many values did not come back; each is named. */
static int lost(const struct form *f, const char *format, const struct request *r, const struct form_column *c, int row,
		const char *want)
{
	const char *have = r != NULL ? request_cell(r, c->name) : NULL;
	if (want == NULL && (have == NULL || *have == 0))
		return 0;
	if (want != NULL && have != NULL && strcmp(want, have) == 0)
		return 0;
	print_message("%s %s row %d %s: wrote '%s', read '%s'\n", f->id, format, row, c->name, want != NULL ? want : "",
		      have != NULL ? have : "(nothing)");
	return 1;
}

static const struct request *row_of(const struct letter *l, const struct form *f, int row)
{
	for (int i = 0; i < l->requests.n; i++)
		if (l->requests.at[i].row == row && text_same(l->requests.at[i].form, f->id))
			return &l->requests.at[i];
	return NULL;
}

static int round_trip(const void *mem, const struct form *f, const struct package *k, const char *format,
		      struct bytes bytes)
{
	struct letter *l = letter_new(mem, &settings, format_text(mem, "mau-%s.%s", f->number, format));
	letter_add_part(l, 0, l->name, bytes);
	l->sha256 = l->parts.at[0].sha256;
	assert_int_equal(stage_ingest.run(l), PASS);
	stage_extract.run(l);
	int missed = 0;
	for (int i = 0; i < k->lines.n; i++)
		for (int j = 1; j < f->columns.n; j++)
			missed += lost(f, format, row_of(l, f, i + 1), &f->columns.at[j], i + 1,
				       k->lines.at[i]->values[j].value);
	for (int i = 0; k->contact != NULL && i < f->contact.n; i++)
		missed += lost(f, format, row_of(l, f, 0), &f->contact.at[i], 0,
			       request_cell(k->contact, f->contact.at[i].name));
	if (row_of(l, f, k->lines.n + 1) != NULL) {
		print_message("%s %s: a row was read that was not written\n", f->id, format);
		missed++;
	}
	for (int i = 0; i < l->findings.n; i++)
		if (text_starts(l->findings.at[i].rule, "2_extract/form-") || text_starts(l->findings.at[i].rule, "2_extract/sheet-")) {
			print_message("%s %s: %s\n", f->id, format, l->findings.at[i].en);
			missed++;
		}
	if (missed > 0 && getenv("CONGVAN_KEEP") != NULL) {
		FILE *to = fopen(format_text(mem, "build/roundtrip-%s-%s.%s", f->regime, f->number, format), "wb");
		assert_non_null(to);
		fwrite(bytes.at, 1, bytes.len, to);
		fclose(to);
	}
	return missed;
}

/* Every form once with each seed (one; make test-all: SEEDS=8); some lists over pages with the first. */
static int all_forms(struct bytes (*write)(const void *, const struct plan *, const struct package *), const char *format)
{
	const char *asked = getenv("SEEDS");
	int missed = 0, seeds = asked != NULL ? atoi(asked) : 1;
	for (int seed = 1; seed <= seeds; seed++) {
		void *mem = talloc_new(NULL);
		struct batch *b = batch_new(mem, &settings);
		struct plan p = { .batch = b, .forms = &forms };
		state = (uint64_t)seed * 7919;
		for (int i = 0; i < forms.n; i++) {
			struct package *k = filled(mem, forms.at[i], seed == 1 && i % 5 == 0 ? MANY_ROWS : ROWS);
			missed += round_trip(mem, forms.at[i], k, format, write(mem, &p, k));
		}
		talloc_free(mem);
	}
	return missed;
}

static struct bytes pdf(const void *mem, const struct plan *p, const struct package *k)
{
	return write_pdf(mem, compose_form(mem, p, k));
}

static struct bytes docx(const void *mem, const struct plan *p, const struct package *k)
{
	return write_docx(mem, compose_form(mem, p, k));
}

static struct bytes xlsx(const void *mem, const struct plan *p, const struct package *k)
{
	return write_xlsx(mem, compose_list(mem, p, k));
}

/* Comma or quote in a cell: quoted, quotes doubled. */
static struct bytes csv(const void *mem, const struct plan *p, const struct package *k)
{
	const struct book *book = compose_list(mem, p, k);
	struct buffer out = { .mem = mem };
	buffer_text(&out, "\xEF\xBB\xBF");
	const struct book_sheet *s = &book->sheets.at[0];
	for (int i = 0; i < s->rows.n; i++) {
		for (int c = 0; c < s->rows.at[i].n; c++) {
			buffer_text(&out, c > 0 ? ",\"" : "\"");
			for (const char *t = s->rows.at[i].cells[c]; t != NULL && *t != 0; t++)
				buffer_format(&out, *t == '"' ? "\"\"" : "%c", *t);
			buffer_text(&out, "\"");
		}
		buffer_text(&out, "\r\n");
	}
	return (struct bytes){ (const uint8_t *)out.text, out.len };
}

static void odt_text(struct buffer *out, const char *tag, const char *text)
{
	buffer_format(out, "<text:%s>", tag);
	for (; text != NULL && *text != 0; text++)
		buffer_format(out, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "%c", *text);
	buffer_format(out, "</text:%s>", tag);
}

static void odt_cell(struct buffer *out, const char *text, int cols, int rows)
{
	buffer_format(out, "<table:table-cell table:number-columns-spanned=\"%d\" table:number-rows-spanned=\"%d\">", cols, rows);
	odt_text(out, "p", text);
	buffer_text(out, "</table:table-cell>");
}

static void odt_table(struct buffer *out, const struct paper_table *t)
{
	bool grouped = false;
	int n = t->columns.n;
	for (int i = 0; i < n; i++)
		grouped |= t->columns.at[i].group != NULL;
	buffer_format(out, "<table:table><table:table-column table:number-columns-repeated=\"%d\"/><table:table-header-rows>"
		      "<table:table-row>", n);
	for (int i = 0, span; i < n; i += span) {
		const char *group = t->columns.at[i].group;
		for (span = 1; group != NULL && i + span < n && text_same(t->columns.at[i + span].group, group);)
			span++;
		odt_cell(out, group != NULL ? group : t->columns.at[i].label, span, group == NULL && grouped ? 2 : 1);
		for (int c = 1; c < span; c++)
			buffer_text(out, "<table:covered-table-cell/>");
	}
	buffer_text(out, "</table:table-row>");
	if (grouped) {
		buffer_text(out, "<table:table-row>");
		for (int i = 0; i < n; i++)
			if (t->columns.at[i].group != NULL)
				odt_cell(out, t->columns.at[i].label, 1, 1);
			else
				buffer_text(out, "<table:covered-table-cell/>");
		buffer_text(out, "</table:table-row>");
	}
	buffer_text(out, "</table:table-header-rows>");
	for (int r = 0; r < t->rows.n; r++) {
		buffer_text(out, "<table:table-row>");
		for (int i = 0; i < n; i++)
			odt_cell(out, t->rows.at[r][i], 1, 1);
		buffer_text(out, "</table:table-row>");
	}
	buffer_text(out, "</table:table>");
}

static struct bytes odt(const void *mem, const struct plan *p, const struct package *k)
{
	const struct paper *a = compose_form(mem, p, k);
	struct buffer out = { .mem = mem };
	buffer_text(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
		    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
		    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
		    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:text>");
	odt_text(&out, "p", a->agency);
	odt_text(&out, "p", a->subject);
	for (int i = 0; i < a->to.n; i++)
		odt_text(&out, "p", format_text(mem, "Kính gửi: %s", a->to.at[i]));
	for (int i = 0; i < a->blocks.n; i++) {
		const struct paper_block *b = &a->blocks.at[i];
		if (b->kind == BLOCK_TABLE)
			odt_table(&out, b->table);
		else if (b->kind == BLOCK_PAIR)
			odt_text(&out, "p", format_text(mem, "%s: %s", b->text, b->value != NULL ? b->value : "..."));
		else
			odt_text(&out, b->kind == BLOCK_HEADING ? "h" : "p", b->text);
	}
	buffer_text(&out, "</office:text></office:body></office:document-content>");
	static const char media[] = "application/vnd.oasis.opendocument.text";
	const struct zip_make_entry e[] = {
		{ .name = "mimetype", .bytes = media, .len = sizeof media - 1 },
		{ .name = "content.xml", .bytes = out.text, .len = out.len },
	};
	return zip_make(mem, e, 2);
}

static void pdf_gives_back_every_value(void **unused)
{
	(void)unused;
	assert_int_equal(all_forms(pdf, "pdf"), 0);
}

static void docx_gives_back_every_value(void **unused)
{
	(void)unused;
	assert_int_equal(all_forms(docx, "docx"), 0);
}

static void xlsx_gives_back_every_value(void **unused)
{
	(void)unused;
	assert_int_equal(all_forms(xlsx, "xlsx"), 0);
}

static void csv_gives_back_every_value(void **unused)
{
	(void)unused;
	assert_int_equal(all_forms(csv, "csv"), 0);
}

static void odt_gives_back_every_value(void **unused)
{
	(void)unused;
	assert_int_equal(all_forms(odt, "odt"), 0);
}

static int load(void **unused)
{
	(void)unused;
	char *why = NULL;
	if (!time_parse("2025-07-02T01:30:00+07:00", &settings.at) || !forms_load(NULL, ".", &forms, &why)
	    || !pdf_prepare(&why) || (stage_ingest.prepare != NULL && !stage_ingest.prepare(&settings, &why))
	    || !stage_extract.prepare(&settings, &why)) {
		print_error("%s\n", why);
		return 1;
	}
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pdf_gives_back_every_value),
		cmocka_unit_test(docx_gives_back_every_value),
		cmocka_unit_test(xlsx_gives_back_every_value),
		cmocka_unit_test(csv_gives_back_every_value),
		cmocka_unit_test(odt_gives_back_every_value),
	};
	return cmocka_run_group_tests(tests, load, NULL);
}
