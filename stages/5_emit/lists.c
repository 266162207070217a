/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lists.c - papers beside the packages. See lists.h.
 */
#include "lists.h"
#include "compose.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

enum { COLUMNS_MAX = 9 };

struct list_kind {
	const char *form, *file;
	const char *group, *other;             /* cells that rows of one paper share; NULL: one paper of all */
	const char *type, *subject;            /* type NULL: a công văn */
	const char *opening, *closing;         /* {agency}: whose paper it is; {other}: the second cell of the group */
	const char *minutes;                   /* form of minutes that go along, or NULL */
	bool two_sides, contact;
	struct { const char *label, *cell; double width; } columns[COLUMNS_MAX];      /* cell NULL: the running number, or blank */
};

static const struct list_kind kinds[] = {
	{ .form = "reminder", .file = "nhac-han", .type = "DANH SÁCH", .subject = "việc cần làm theo thời hạn",
	  .opening = "Các việc về chứng thư chữ ký số cần làm, việc gấp trước:",
	  .columns = { { "STT", NULL, 5 }, { "Hạn", "due", 10 }, { "Việc cần làm", "what", 27 }, { "Hồ sơ", "package", 20 },
		       { "Cơ quan", "agency", 18 }, { "Căn cứ", "law", 20 } } },
	{ .form = "dossier", .file = "ban-giao-ho-so", .group = "from", .other = "to", .type = "BIÊN BẢN",
	  .subject = "bàn giao hồ sơ yêu cầu chứng thực", .two_sides = true,
	  .opening = "Thực hiện mục 3 Công văn tháng 5/2025 của Ban Cơ yếu Chính phủ, {agency} thống kê và bàn giao cho {other} hồ sơ đề nghị "
		     "cấp mới, gia hạn, thay đổi nội dung thông tin chứng thư chữ ký số, khôi phục thiết bị lưu khóa bí mật theo danh sách sau:",
	  .closing = "Hai bên đã kiểm đếm đủ hồ sơ nêu trên. Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản./.",
	  .columns = { { "STT", NULL, 6 }, { "Loại hồ sơ", "kind", 28 }, { "Số, ký hiệu", "code", 18 }, { "Ngày", "date", 13 },
		       { "Số CTS", "lines", 8 }, { "Tình trạng", "state", 15 }, { "Ghi chú", NULL, 12 } } },
	{ .form = "agency", .file = "danh-sach-co-quan", .contact = true,
	  .subject = "V/v cử đầu mối phối hợp và cung cấp danh sách cơ quan, tổ chức thuộc phạm vi quản lý",
	  .opening = "Thực hiện khoản 1 Điều 34 Nghị định số 68/2024/NĐ-CP ngày 25 tháng 6 năm 2024 của Chính phủ và mục 4 Công văn tháng 5/2025 "
		     "của Ban Cơ yếu Chính phủ, {agency} cử đầu mối phối hợp và cung cấp danh sách các cơ quan, tổ chức thuộc phạm vi quản lý "
		     "phục vụ việc đăng ký, quản lý chữ ký số chuyên dùng công vụ trên môi trường mạng như sau:",
	  .closing = "Trân trọng./.",
	  .columns = { { "STT", NULL, 5 }, { "Tên cơ quan, tổ chức", "name", 26 }, { "Mã định danh", "code", 12 },
		       { "Thư điện tử công vụ", "email", 20 }, { "Đầu mối", "contact", 18 }, { "Điện thoại", "phone", 11 },
		       { "Số CTS", "certificates", 8 } } },
	{ .form = "device", .file = "thu-hoi-thiet-bi", .group = "agency", .type = "DANH SÁCH", .minutes = "nd68-2024/mau-08",
	  .subject = "thiết bị lưu khóa bí mật phải thu hồi, gửi Cục Chứng thực số và Bảo mật thông tin",
	  .opening = "Theo Điều 20 Nghị định số 68/2024/NĐ-CP, thuê bao giao lại thiết bị cho cơ quan quản lý trực tiếp; cơ quan nộp Cục trong 05 "
		     "ngày làm việc kể từ khi nhận thông báo thu hồi. Thiết bị thất lạc: lập Mẫu số 09 gửi ngay.",
	  .columns = { { "STT", NULL, 5 }, { "Số hiệu thiết bị", "device_serial", 17 }, { "Tên CTS", "holder_name", 24 },
		       { "Số hiệu CTS", "serial", 18 }, { "Lý do", "why", 16 }, { "Hạn nộp", "due", 10 }, { "Đã thu", NULL, 10 } } },
	{ .form = "handed", .group = "agency", .minutes = "nd68-2024/mau-07" },
};

struct row { const char *group, *other; const struct request *r; int order; };
struct rows { LIST(struct row) all; };

static const char *cell(const struct row *r, const char *name)
{
	const char *value = name != NULL ? request_cell(r->r, name) : NULL;
	return value != NULL ? value : "";
}

static int by_group(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = strcmp(x->group, y->group);
	if (order == 0)
		order = strcmp(x->other, y->other);
	return order != 0 ? order : x->order - y->order;
}

/* The earliest first, without a day last. */
static int by_due(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	const char *p = cell(x, "due"), *q = cell(y, "due");
	int order = (*p == 0) - (*q == 0);
	if (order == 0)
		order = strcmp(p, q);
	return order != 0 ? order : x->order - y->order;
}

static void add_row(struct plan *p, struct rows *rows, const struct list_kind *k, const struct request *r)
{
	struct row *one = ADD(p, &rows->all);
	const char *group = k->group != NULL ? request_cell(r, k->group) : "", *other = k->other != NULL ? request_cell(r, k->other) : "";
	*one = (struct row){ group != NULL ? group : "", other != NULL ? other : "", r, rows->all.n };
}

static char *fill(const void *mem, const char *pattern, const char *agency, const char *other)
{
	struct buffer b = { .mem = mem };
	for (const char *c = pattern != NULL ? pattern : ""; *c != 0; c++) {
		bool is_agency = text_starts(c, "{agency}"), is_other = text_starts(c, "{other}");
		if (is_agency || is_other) {
			buffer_text(&b, is_agency ? agency : other);
			c += strlen(is_agency ? "{agency}" : "{other}") - 1;
		} else {
			buffer_add(&b, c, 1);
		}
	}
	return b.text;
}

static char *printed(const void *mem, const struct list_kind *k, const struct row *r, int column, int number)
{
	const char *name = k->columns[column].cell;
	if (name == NULL)
		return column == 0 ? format_text(mem, "%d", number) : NULL;
	bool is_day = strcmp(name, "due") == 0 || strcmp(name, "date") == 0;
	return is_day ? date_vn(mem, cell(r, name)) : copy_text(mem, cell(r, name));
}

static struct paper *compose(const void *mem, struct plan *p, const struct list_kind *k, const struct row *rows, int n,
			     const char *agency)
{
	struct paper *a = paper_new(mem, p->batch->settings->at, k->subject);
	const char *whose = agency != NULL ? agency : "Cơ quan";
	a->agency = copy_text(a, agency);
	a->place = seat_of(a, agency);
	a->type = copy_text(a, k->type);
	a->subject = copy_text(a, k->subject);
	a->landscape = k->group == NULL;
	if (k->type == NULL) {
		a->symbol = copy_text(a, house_symbol(agency));
		texts_add(a, &a->to, "Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ");
		texts_add(a, &a->copies, "Như trên");
		texts_add(a, &a->copies, "Lưu: VT");
	}
	paper_text(a, fill(a, k->opening, whose, rows[0].other));
	static const char *const contact[] = { "Họ và tên", "Chức vụ", "Đơn vị", "Số điện thoại", "Thư điện tử công vụ" };
	if (k->contact)
		paper_heading(a, "1. Đầu mối phối hợp");
	for (size_t i = 0; k->contact && i < sizeof contact / sizeof *contact; i++)
		paper_pair(a, contact[i], NULL);
	if (k->contact)
		paper_heading(a, "2. Danh sách cơ quan, tổ chức");
	struct paper_table *t = paper_table(a);
	int columns = 0;
	for (; columns < COLUMNS_MAX && k->columns[columns].label != NULL; columns++)
		table_column(a, t, k->columns[columns].label, NULL, k->columns[columns].width, columns == 0);
	for (int i = 0; i < n; i++) {
		char **cells = table_row(a, t);
		for (int j = 0; j < columns; j++)
			cells[j] = printed(a, k, &rows[i], j, i + 1);
	}
	if (k->closing != NULL)
		paper_text(a, k->closing);
	if (k->two_sides) {
		texts_add(a, &a->sign_beside, "BÊN GIAO");
		house_signs(a, agency, &a->sign_beside);
		texts_add(a, &a->sign_as, "BÊN NHẬN");
		house_signs(a, rows[0].other, &a->sign_as);
	} else {
		if (k->type != NULL)
			texts_add(a, &a->sign_beside, "NGƯỜI LẬP");
		house_signs(a, agency, &a->sign_as);
	}
	return a;
}

static struct book *as_book(const void *mem, struct plan *p, const struct list_kind *k, const struct row *rows, int n)
{
	struct book *b = book_new(mem, k->subject, p->batch->settings->at);
	double widths[COLUMNS_MAX];
	const char *heads[COLUMNS_MAX];
	int columns = 0;
	for (; columns < COLUMNS_MAX && k->columns[columns].label != NULL; columns++) {
		widths[columns] = k->columns[columns].width * 1.4;
		heads[columns] = k->columns[columns].label;
	}
	struct book_sheet *s = book_sheet(b, "Danh sách", columns, widths);
	book_texts(b, s, CELL_HEAD, columns, heads);
	s->frozen = s->columns_head = 1;
	for (int i = 0; i < n; i++) {
		char **cells = book_row(b, s, CELL_LIST, columns);
		for (int j = 0; j < columns; j++)
			cells[j] = printed(b, k, &rows[i], j, i + 1);
	}
	return b;
}

/* Rows as lines of a form of the law: cells by the names of its columns. */
static struct paper *as_form(const void *mem, struct plan *p, const struct form *f, const struct row *rows, int n,
			     const char *agency)
{
	struct package *k = new_zero(mem, struct package);
	*k = (struct package){ .form = f, .agency = copy_text(k, agency), .place = seat_of(k, agency), .to = f->to };
	k->lines.at = new_array(k, struct line *, (size_t)n);
	for (int i = 0; i < n; i++) {
		struct line *l = k->lines.at[k->lines.n++] = new_zero(k, struct line);
		l->form = f;
		l->values = new_array(k, struct line_value, (size_t)f->columns.n);
		for (int j = 0; j < f->columns.n; j++) {
			const char *value = cell(&rows[i], f->columns.at[j].name);
			l->values[j].value = *value != 0 ? copy_text(k, value) : NULL;
		}
	}
	return compose_form(mem, p, k);
}

static void put(struct plan *p, const void *mem, const char *path, const struct paper *a)
{
	batch_add_output(p->batch, format_text(mem, "%s.pdf", path), write_pdf(mem, a));
	batch_add_output(p->batch, format_text(mem, "%s.docx", path), write_docx(mem, a));
}

static void emit_one(struct plan *p, const struct list_kind *k, const struct row *rows, int n)
{
	void *work = talloc_new(p);
	const char *asked = p->batch->settings->province, *here = asked != NULL ? province_now(p->tables, asked) : NULL;
	const char *agency = k->group != NULL && *rows[0].group != 0 ? rows[0].group : here != NULL ? committee_of(work, here) : NULL;
	char *folder = format_text(work, "%s/lists", p->day);
	if (k->group != NULL)
		folder = format_text(work, "%s/%s", folder, slug(work, rows[0].group, 50));
	if (k->other != NULL)
		folder = format_text(work, "%s-%s", folder, slug(work, rows[0].other, 30));
	if (k->file != NULL) {
		char *path = format_text(work, "%s/%s", folder, k->file);
		put(p, work, path, compose(work, p, k, rows, n, agency));
		batch_add_output(p->batch, format_text(work, "%s.xlsx", path), write_xlsx(work, as_book(work, p, k, rows, n)));
	}
	const struct form *f = k->minutes != NULL ? forms_find(p->forms, k->minutes) : NULL;
	if (f != NULL)
		put(p, work, format_text(work, "%s/%s-mau-%s", folder, f->regime, f->number), as_form(work, p, f, rows, n, agency));
	talloc_free(work);
}

/* What this batch knows itself ------------------------------------------------------------------------- */

static void cell_of(struct letter *word, struct request *r, const char *name, const char *value)
{
	if (value != NULL && *value != 0)
		request_add_cell(word, r, name, value);
}

static struct letter *own_word(struct plan *p)
{
	struct letter *word = letter_new(p, p->batch->settings, "5_emit");
	for (int i = 0; i < p->packages.n; i++) {
		const struct package *k = &p->packages.at[i];
		if (k->deadline == NULL)
			continue;
		struct request *r = letter_add_request(word, "reminder", word->requests.n + 1);
		cell_of(word, r, "due", k->deadline);
		cell_of(word, r, "what", format_text(word, "Trình ký và gửi hồ sơ (%d dòng)", k->lines.n));
		cell_of(word, r, "package", format_text(word, "%s/%s", k->folder, k->name));
		cell_of(word, r, "agency", k->agency);
		cell_of(word, r, "law", k->form->law);
	}
	return word;
}

void emit_lists(struct plan *p)
{
	struct letter *word = own_word(p);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct list_kind *k = &kinds[i];
		struct rows rows = { 0 };
		for (int j = 0; j <= p->batch->letters.n; j++) {
			const struct letter *l = j < p->batch->letters.n ? p->batch->letters.at[j] : word;
			for (int r = 0; (l->known || l == word) && r < l->requests.n; r++)
				if (text_same(l->requests.at[r].form, k->form))
					add_row(p, &rows, k, &l->requests.at[r]);
		}
		if (rows.all.n > 0)
			qsort(rows.all.at, (size_t)rows.all.n, sizeof *rows.all.at, k->group != NULL ? by_group : by_due);
		for (int from = 0, to; from < rows.all.n; from = to) {
			for (to = from + 1; to < rows.all.n && strcmp(rows.all.at[to].group, rows.all.at[from].group) == 0
			     && strcmp(rows.all.at[to].other, rows.all.at[from].other) == 0;)
				to++;
			emit_one(p, k, rows.all.at + from, to - from);
		}
	}
}
