/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compose.c - the letter that goes on top of a package, and its form. See compose.h.
 */
#include "compose.h"
#include "post.h"
#include "text.h"
#include <string.h>

static char *fill_in(const void *mem, const char *pattern, const char *agency)
{
	const char *slot = pattern != NULL ? strstr(pattern, "{agency}") : NULL;
	if (slot == NULL)
		return copy_text(mem, pattern);
	return format_text(mem, "%.*s%s%s", (int)(slot - pattern), pattern, agency, slot + strlen("{agency}"));
}

static struct paper *headed(const void *mem, const struct plan *p, const struct package *k, const char *title,
			    const char *to)
{
	struct paper *a = paper_new(mem, p->batch->settings->at, title);
	a->agency = copy_text(a, k->agency);
	a->symbol = copy_text(a, house_symbol(k->agency));
	a->place = copy_text(a, k->place);
	a->subject = format_text(a, "V/v %s", k->form->subject);
	texts_add(a, &a->to, to);
	house_signs(a, k->agency, &a->sign_as);
	texts_add(a, &a->copies, "Như trên");
	texts_add(a, &a->copies, "Lưu: VT");
	return a;
}

static void enclosed(struct paper *a, const struct package *k)
{
	int letters = 0;
	for (int i = 0; i < k->sources.n; i++)
		letters += k->sources.at[i]->documents.n > 0 || k->sources.at[i]->signatures.n > 0;
	paper_text(a, "Hồ sơ gửi kèm gồm:");
	paper_item(a, format_text(a, "Mẫu số %s kèm danh sách %02d chứng thư chữ ký số (bản PDF và bản bảng tính);",
				  k->form->number, k->lines.n));
	if (letters > 0)
		paper_item(a, format_text(a, "%02d văn bản làm căn cứ, kèm kết quả kiểm tra chữ ký số;", letters));
	if (has_devices(k))
		paper_item(a, "Danh sách thiết bị lưu khóa bí mật và biên bản giao, nhận (hoặc biên bản xác nhận thất lạc);");
	paper_item(a, "Bảng kê dữ liệu điện tử ghi nguồn gốc của từng thông tin và căn cứ của từng đề nghị.");
}

struct paper *compose_cover(const void *mem, const struct plan *p, const struct package *k)
{
	struct paper *a = headed(mem, p, k, format_text(p, "Công văn %s", k->form->subject), k->to);
	paper_text(a, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;");
	paper_text(a, "Căn cứ Nghị định số 68/2024/NĐ-CP ngày 25 tháng 6 năm 2024 của Chính phủ quy định về chữ ký số "
		   "chuyên dùng công vụ;");
	paper_text(a, format_text(a, "%s %s đối với %02d chứng thư chữ ký số thuộc phạm vi quản lý. Thông tin chi tiết "
				  "tại Mẫu số %s gửi kèm.", k->agency, k->form->subject, k->lines.n, k->form->number));
	struct texts acts = cite_acts(a, &k->laws, k->lines.at[0]->province, p->day);
	if (acts.n > 0)
		paper_text(a, "Căn cứ của các đề nghị:");
	for (int i = 0; i < acts.n; i++)
		paper_item(a, format_text(a, "%s%s", acts.at[i], i < acts.n - 1 ? ";" : "."));
	enclosed(a, k);
	if (k->channel != NULL)
		paper_text(a, format_text(a, "Hình thức gửi: %s.", k->channel));
	if (k->deadline != NULL && strcmp(k->deadline, p->day) >= 0)
		paper_text(a, format_text(a, "Thời hạn gửi hồ sơ: %s.", date_vn(a, k->deadline)));
	paper_text(a, "Đề nghị Quý Cơ quan xem xét, giải quyết./.");
	return a;
}

static const char *contact_value(const struct package *k, const char *name)
{
	return k->contact != NULL ? request_cell(k->contact, name) : NULL;
}

static bool is_short(const char *type)
{
	return strcmp(type, "row") == 0 || strcmp(type, "mark") == 0 || strcmp(type, "date") == 0;
}

/* As people write it: days as day/month/year with all their zeros. */
static char *printed(const void *mem, const struct form_column *c, const char *value)
{
	int64_t day;
	if (value == NULL || strcmp(c->type, "date") != 0 || !date_parse(value, &day))
		return copy_text(mem, value);
	return format_text(mem, "%.2s/%.2s/%.4s", value + 8, value + 5, value);
}

static char *cell(const void *mem, const struct package *k, int row, int column)
{
	const struct form_column *c = &k->form->columns.at[column];
	if (strcmp(c->type, "row") == 0)
		return format_text(mem, "%d", row + 1);
	return printed(mem, c, k->lines.at[row]->values[column].value);
}

struct paper *compose_form(const void *mem, const struct plan *p, const struct package *k)
{
	const struct form *f = k->form;
	struct paper *a = headed(mem, p, k, f->title, f->to);
	int item = 1;
	if (f->kind == FORM_MINUTES) {
		a->type = copy_text(a, "BIÊN BẢN");
		a->subject = copy_text(a, f->subject);
		a->to.n = a->copies.n = 0;
		a->symbol = NULL;
		a->sign_as = (struct texts){ 0 };
		bool lost = strcmp(f->id, "nd68-2024/mau-09") == 0;    /* nothing is handed over */
		texts_add(a, &a->sign_beside, lost ? "NGƯỜI QUẢN LÝ THIẾT BỊ" : "BÊN GIAO");
		house_signs(a, k->agency, lost ? &a->sign_as : &a->sign_beside);
		if (!lost)
			texts_add(a, &a->sign_as, "BÊN NHẬN");
	}
	a->landscape = f->landscape;
	a->mark = format_text(a, "Mẫu số %s", f->number);
	if (f->opening != NULL)
		paper_text(a, fill_in(a, f->opening, k->agency));
	if (f->contact.n > 0)
		paper_heading(a, format_text(a, "%d. %s", item++, f->contact_title));
	for (int i = 0; i < f->contact.n; i++)
		paper_pair(a, f->contact.at[i].label, printed(a, &f->contact.at[i], contact_value(k, f->contact.at[i].name)));
	paper_heading(a, item > 1 ? format_text(a, "%d. %s", item, f->list_title) : f->list_title);
	struct paper_table *t = paper_table(a);
	for (int i = 0; i < f->columns.n; i++)
		table_column(a, t, f->columns.at[i].label, f->columns.at[i].group, f->columns.at[i].width,
			     is_short(f->columns.at[i].type));
	for (int i = 0; i < k->lines.n; i++) {
		char **cells = table_row(a, t);
		for (int j = 0; j < f->columns.n; j++)
			cells[j] = cell(a, k, i, j);
	}
	if (f->closing != NULL)
		paper_text(a, fill_in(a, f->closing, k->agency));
	return a;
}

struct book *compose_list(const void *mem, const struct plan *p, const struct package *k)
{
	const struct form *f = k->form;
	struct book *b = book_new(mem, f->title, p->batch->settings->at);
	double widths[64] = { 0 };
	int n = f->columns.n < 64 ? f->columns.n : 64;
	bool grouped = false;
	for (int i = 0; i < n; i++) {
		widths[i] = f->columns.at[i].width * (f->landscape ? 1.5 : 1.1) < 6 ? 6
			: f->columns.at[i].width * (f->landscape ? 1.5 : 1.1);
		grouped = grouped || f->columns.at[i].group != NULL;
	}
	struct book_sheet *s = book_sheet(b, format_text(b, "Mẫu số %s", f->number), n, widths);
	book_texts(b, s, CELL_TITLE, 1, (const char *const[]){ f->title });
	book_texts(b, s, CELL_PLAIN, 1, (const char *const[]){ format_text(b, "(%s)", f->law) });
	book_texts(b, s, CELL_PLAIN, 1, (const char *const[]){ format_text(b, "Cơ quan, tổ chức: %s", k->agency) });
	for (int i = 0; i < f->contact.n; i++) {
		const char *value = printed(b, &f->contact.at[i], contact_value(k, f->contact.at[i].name));
		book_texts(b, s, CELL_PLAIN, 1, (const char *const[]){ format_text(b, "%s: %s", f->contact.at[i].label,
										  value != NULL ? value : "") });
	}
	int head = s->rows.n + 1;
	char **upper = grouped ? book_row(b, s, CELL_HEAD, n) : NULL, **lower = book_row(b, s, CELL_HEAD, n);
	for (int i = 0, end; i < n; i = end) {
		const struct form_column *c = &f->columns.at[i];
		for (end = i + 1; c->group != NULL && end < n && text_same(f->columns.at[end].group, c->group);)
			end++;
		if (upper != NULL)
			upper[i] = copy_text(b, c->group != NULL ? c->group : c->label);
		for (int j = i; j < end && (c->group != NULL || upper == NULL); j++)
			lower[j] = copy_text(b, f->columns.at[j].label);
		if (upper != NULL && (c->group == NULL || end > i + 1))
			book_merge(b, s, head, i, c->group != NULL ? head : head + 1, end - 1);
	}
	s->columns_head = s->frozen = s->rows.n;
	for (int i = 0; i < k->lines.n; i++) {
		char **cells = book_row(b, s, CELL_LIST, n);
		for (int j = 0; j < n; j++)
			cells[j] = cell(b, k, i, j);
	}
	return b;
}
