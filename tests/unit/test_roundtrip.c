/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_roundtrip.c - every form, written in every format and read again, gives back every value.
 *
 * The forms are filled with values of every column's type, some long enough to wrap and one list long enough to
 * go over pages; 1_ingest and 2_extract know only the file.
 */
#include "compose.h"
#include "form.h"
#include "plan.h"
#include "stage.h"
#include "text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROWS = 12 };

static struct settings settings = { .data = "." };
static struct forms forms;

static char *sample(const void *mem, const struct form_column *c, int row)
{
	static const char *const bodies[] = { "Ủy ban nhân dân phường Nguyễn Nghiêm", "Trường Trung học cơ sở Bình Chương",
		"Phòng Văn hóa, Khoa học và Thông tin xã Trà Bồng" };
	static const char *const people[] = { "Nguyễn Thị Ánh Tuyết", "Đặng Vũ Hoàng Uyên", "Lê Ý" };
	const char *t = c->type;
	if (strcmp(t, "date") == 0)
		return format_text(mem, "1985-0%d-%02d", 3 + row % 6, 5 + row);
	if (strcmp(t, "identity") == 0)
		return format_text(mem, "0510850%05d", 71 * row);
	if (strcmp(t, "email") == 0)
		return format_text(mem, "donvi%d.%s@quangngai.gov.vn", row, row % 3 == 0 ? "trunghoccosobinhchuong" : "xa");
	if (strcmp(t, "phone") == 0)
		return format_text(mem, "09051234%02d", row);
	if (strcmp(t, "serial") == 0)
		return format_text(mem, "5D3A0%dB72C11%04X", row % 10, 4096 + row);
	if (strcmp(t, "device") == 0)
		return format_text(mem, "BCYC0001%04d", row);
	if (strcmp(t, "tax") == 0)
		return format_text(mem, "43000001%02d", row);
	if (strcmp(t, "budget") == 0)
		return format_text(mem, "11032%02d", row);
	if (strcmp(t, "mark") == 0)
		return row % 2 == 0 || strcmp(c->name, "change") == 0 ? copy_text(mem, "x") : NULL;
	if (strcmp(t, "sim") == 0)
		return row % 3 == 0 ? copy_text(mem, "Viettel") : NULL;
	if (strcmp(c->name, "holder_name") == 0 || strcmp(c->name, "contact_name") == 0)
		return copy_text(mem, people[row % 3]);
	if (strcmp(c->name, "province") == 0)
		return copy_text(mem, "Quảng Ngãi");
	if (strcmp(c->name, "title") == 0 || strcmp(c->name, "contact_title") == 0)
		return copy_text(mem, row % 2 == 0 ? "Văn thư" : "Phó Chủ tịch");
	return copy_text(mem, bodies[row % 3]);
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
			request_add_cell(l, r, f->contact.at[i].name, sample(k, &f->contact.at[i], 1));
		k->contact = r;
	}
	k->lines.at = new_array(k, struct line *, (size_t)rows);
	for (int i = 0; i < rows; i++) {
		struct line *line = new_zero(k, struct line);
		line->form = f;
		line->values = new_array(k, struct line_value, (size_t)f->columns.n);
		for (int j = 0; j < f->columns.n; j++)
			if (strcmp(f->columns.at[j].type, "row") != 0)
				line->values[j].value = sample(k, &f->columns.at[j], i);
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
	if (missed > 0 && getenv("CONGVAN_KEEP") != NULL) {
		FILE *to = fopen(format_text(mem, "build/roundtrip-%s-%s.%s", f->regime, f->number, format), "wb");
		assert_non_null(to);
		fwrite(bytes.at, 1, bytes.len, to);
		fclose(to);
	}
	return missed;
}

static int all_forms(struct bytes (*write)(const void *, const struct plan *, const struct package *), const char *format,
		     int rows)
{
	void *mem = talloc_new(NULL);
	struct batch *b = batch_new(mem, &settings);
	struct plan p = { .batch = b, .forms = &forms };
	int missed = 0;
	for (int i = 0; i < forms.n; i++) {
		struct package *k = filled(mem, forms.at[i], rows);
		missed += round_trip(mem, forms.at[i], k, format, write(mem, &p, k));
	}
	talloc_free(mem);
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

static void pdf_gives_back_every_value(void **state)
{
	(void)state;
	assert_int_equal(all_forms(pdf, "pdf", ROWS), 0);
}

static void docx_gives_back_every_value(void **state)
{
	(void)state;
	assert_int_equal(all_forms(docx, "docx", ROWS), 0);
}

static void xlsx_gives_back_every_value(void **state)
{
	(void)state;
	assert_int_equal(all_forms(xlsx, "xlsx", ROWS), 0);
}

static int load(void **state)
{
	(void)state;
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
	};
	return cmocka_run_group_tests(tests, load, NULL);
}
