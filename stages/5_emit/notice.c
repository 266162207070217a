/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * notice.c - what goes back to people: the refusal to a sender, the worksheet of what waits.
 *
 * A letter whose signature does not hold is not received: the sender is told, with the reason (NĐ 30/2020
 * Điều 21 khoản 2; seed rule R004-15). What was checked stands beside it, so that he can see it himself.
 */
#include "compose.h"
#include "text.h"
#include "worksheet_book.h"
#include <stdlib.h>
#include <string.h>

bool is_refused(const struct letter *l)
{
	for (int i = 0; i < l->findings.n; i++)
		if (l->findings.at[i].severity == REJECT)
			return true;
	return false;
}

bool came_by_axis(const struct letter *l)
{
	return l->parts.n > 0 && text_same(l->parts.at[0].media, "application/vnd.edxml+xml");
}

static const char *field_value(const struct letter *l, const char *name)
{
	const struct field *f = letter_find_field(l, name);
	return f != NULL ? f->read.value : NULL;
}

static const char *base_name(const char *path)
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;
	return slash != NULL ? slash + 1 : path != NULL ? path : "";
}

/* "văn bản số 23/UBND-VP ngày 20/6/2025 về việc ...": as much of it as was read. */
static char *called(const void *mem, const struct letter *l)
{
	const char *number = field_value(l, "number"), *symbol = field_value(l, "symbol"), *day = field_value(l, "date"),
		   *subject = field_value(l, "subject"), *type = field_value(l, "document_type");
	struct buffer b = { .mem = mem };
	buffer_text(&b, type != NULL ? type : "Văn bản");
	if (symbol != NULL)
		buffer_format(&b, " số %s/%s", number != NULL ? number : "......", symbol);
	if (day != NULL)
		buffer_format(&b, " ngày %s", date_vn(mem, day));
	if (subject != NULL)
		buffer_format(&b, " %s%s", text_starts(subject, "về ") || text_starts(subject, "V/v") ? "" : "về việc ",
			      subject);
	return b.text;
}

static const char *answer(enum answer a) { return a == YES ? "Có" : a == NO ? "Không" : "Chưa xác định"; }

static const char *conclusion(enum indication i)
{
	return i == TOTAL_PASSED ? "Hợp lệ" : i == TOTAL_FAILED ? "Không hợp lệ" : "Chưa đủ căn cứ";
}

static void checked(struct paper *a, const struct letter *l)
{
	static const struct { const char *label; double width; } columns[] = {
		{ "STT", 7 }, { "Chủ chứng thư chữ ký số", 26 }, { "Thời điểm ký", 17 }, { "Toàn vẹn", 12 },
		{ "Đúng khóa", 11 }, { "Tin cậy", 12 }, { "Kết luận", 15 },
	};
	if (l->signatures.n == 0) {
		paper_text(a, "Văn bản không có chữ ký số.");
		return;
	}
	struct paper_table *t = paper_table(a);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		table_column(a, t, columns[i].label, NULL, columns[i].width, i == 0);
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		char **cells = table_row(a, t);
		cells[0] = format_text(a, "%d", i + 1);
		time_t signed_at;
		cells[1] = copy_text(a, s->signer.cn != NULL ? s->signer.cn : s->name);
		cells[2] = s->best_time != NULL && time_parse(s->best_time, &signed_at) ? time_vn(a, signed_at) : copy_text(a, "");
		cells[3] = copy_text(a, answer(s->intact));
		cells[4] = copy_text(a, answer(s->valid));
		cells[5] = copy_text(a, answer(s->trusted));
		cells[6] = copy_text(a, conclusion(s->indication));
	}
}

/* What a finding says, without its last stop. */
static char *said(const void *mem, const struct finding *f)
{
	size_t end = strlen(f->vi);
	while (end > 0 && (f->vi[end - 1] == '.' || f->vi[end - 1] == ';' || f->vi[end - 1] == ' '))
		end--;
	return copy_part(mem, f->vi, end);
}

static void reasons(struct paper *a, const struct letter *l, const char *province)
{
	for (int i = 0; i < l->findings.n; i++) {
		const struct finding *f = &l->findings.at[i];
		char *law = law_here(a, f->law, province);
		if (f->severity == REJECT)
			paper_item(a, format_text(a, "%s%s%s%s.", said(a, f), law != NULL ? " (" : "",
						  law != NULL ? law : "", law != NULL ? ")" : ""));
	}
}

static bool has_invalid(const struct letter *l)
{
	for (int i = 0; i < l->signatures.n; i++)
		if (l->signatures.at[i].indication == TOTAL_FAILED || l->signatures.at[i].intact == NO)
			return true;
	return false;
}

char *refusal_reasons(const void *mem, const struct letter *l)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < l->findings.n; i++)
		if (l->findings.at[i].severity == REJECT)
			buffer_format(&b, "%s%s", b.len > 0 ? "; " : "Từ chối tiếp nhận: ", said(mem, &l->findings.at[i]));
	return b.text;
}

struct paper *compose_refusal(const void *mem, const struct settings *settings, const char *province,
			      const struct letter *l)
{
	struct paper *a = paper_new(mem, settings->at, "Thông báo từ chối tiếp nhận văn bản điện tử");
	const char *sender = house_in_text(a, field_value(l, "agency"));
	const char *parent = house_in_text(a, field_value(l, "parent_agency"));
	char *to = sender == NULL ? copy_text(a, "Cơ quan, tổ chức gửi văn bản")
		: parent == NULL ? copy_text(a, sender) : format_text(a, "%s, %s", sender, parent);
	time_t received;
	char *when = l->received != NULL && time_parse(l->received, &received)
		? format_text(a, ", nhận lúc %s", time_vn(a, received)) : copy_text(a, "");
	if (province != NULL) {
		a->agency = committee_of(a, province);
		a->place = seat_of(a, a->agency);
		a->symbol = copy_text(a, house_symbol(a->agency));
	}
	a->subject = copy_text(a, has_invalid(l) ? "V/v từ chối tiếp nhận văn bản điện tử có chữ ký số không hợp lệ"
				: "V/v từ chối tiếp nhận văn bản điện tử không đúng quy định về sử dụng chữ ký số");
	texts_add(a, &a->to, to);
	paper_text(a, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;");
	paper_text(a, "Căn cứ Nghị định số 68/2024/NĐ-CP ngày 25 tháng 6 năm 2024 của Chính phủ quy định về chữ ký số "
		   "chuyên dùng công vụ;");
	paper_text(a, format_text(a, "Cơ quan tiếp nhận đã nhận và kiểm tra: %s (tệp %s%s).", called(a, l),
				  base_name(l->name), when));
	paper_heading(a, "1. Nội dung đã kiểm tra");
	paper_text(a, format_text(a, "Kiểm tra tại thời điểm %s; mã băm SHA-256 của tệp: %s.", time_vn(a, settings->at),
				  l->sha256));
	checked(a, l);
	paper_heading(a, "2. Lý do từ chối");
	reasons(a, l, province);
	if (came_by_axis(l))
		paper_text(a, "Trạng thái phản hồi trên Trục liên thông văn bản quốc gia: 02 (từ chối tiếp nhận).");
	paper_text(a, "Theo khoản 2 Điều 21 Nghị định số 30/2020/NĐ-CP, văn bản nêu trên không được tiếp nhận, xử lý. Đề "
		   "nghị Quý Cơ quan kiểm tra, ký số và gửi lại văn bản theo quy định./.");
	house_signs(a, a->agency, &a->sign_as);
	texts_add(a, &a->copies, "Như trên");
	texts_add(a, &a->copies, "Lưu: VT");
	return a;
}

/* The worksheet --------------------------------------------------------------------------------------- */

/* The rows of a group stand together: they are answered together. */
static int by_group(const void *a, const void *b)
{
	const struct decision *x = *(const struct decision *const *)a, *y = *(const struct decision *const *)b;
	int order = strcmp(x->group != NULL ? x->group : "", y->group != NULL ? y->group : "");
	return order != 0 ? order : (x > y) - (x < y);
}

static void open_decisions(struct book *b, const struct plan *p)
{
	const struct decision **open = new_array(b, const struct decision *, (size_t)p->batch->decisions.n + 1);
	int n = 0;
	for (int i = 0; i < p->batch->decisions.n; i++) {
		const struct decision *d = &p->batch->decisions.at[i];
		if (text_same(d->action, "choose-one") || text_same(d->action, "needs-person"))
			open[n++] = d;
	}
	if (n == 0)
		return;
	qsort(open, (size_t)n, sizeof *open, by_group);
	struct book_sheet *s = worksheet_sheet(b);
	for (int i = 0; i < n; i++) {
		const char *cells[WORKSHEET_COLUMNS] = { [WORKSHEET_SERIAL] = open[i]->serial, [WORKSHEET_GROUP] = open[i]->group,
			[WORKSHEET_BODY] = open[i]->successor_body, [WORKSHEET_SAYS] = open[i]->says, [WORKSHEET_LAW] = open[i]->law };
		worksheet_add(b, s, cells, open[i]->action, open[i]->suggested);
	}
}

static void incomplete_rows(struct book *b, const struct plan *p)
{
	static const double widths[] = { 6, 20, 36, 20, 44, 44 };
	static const char *const head[] = { "STT", "Số hiệu CTS", "Tên CTS", "Mẫu", "Còn thiếu", "Hỏi" };
	if (p->waiting.n == 0)
		return;
	struct book_sheet *s = book_sheet(b, "Còn thiếu thông tin", 6, widths);
	book_texts(b, s, CELL_HEAD, 6, head);
	s->frozen = s->columns_head = 1;
	for (int i = 0; i < p->waiting.n; i++) {
		const struct waiting *w = &p->waiting.at[i];
		const char *name = request_cell(w->line->request, "holder_name");
		book_texts(b, s, CELL_LIST, 6, (const char *const[]){ format_text(b, "%d", i + 1), w->line->serial, name,
				   w->line->form->id, w->missing, w->ask });
	}
}

static void held_letters(struct book *b, const struct plan *p)
{
	static const double widths[] = { 6, 40, 30, 14, 80, 40 };
	static const char *const head[] = { "STT", "Tệp", "Số, ký hiệu", "Mức", "Nội dung", "Căn cứ" };
	struct book_sheet *s = NULL;
	int n = 0;
	for (int i = 0; i < p->batch->letters.n; i++) {
		const struct letter *l = p->batch->letters.at[i];
		for (int j = 0; !l->known && j < l->findings.n; j++) {
			const struct finding *f = &l->findings.at[j];
			if (f->severity < HOLD)
				continue;
			if (s == NULL) {
				s = book_sheet(b, "Văn bản cần xem", 6, widths);
				book_texts(b, s, CELL_HEAD, 6, head);
				s->frozen = s->columns_head = 1;
			}
			const char *number = field_value(l, "number"), *symbol = field_value(l, "symbol");
			book_texts(b, s, CELL_LIST, 6, (const char *const[]){ format_text(b, "%d", ++n),
					   base_name(l->name), symbol == NULL ? NULL : format_text(b, "%s/%s",
					   number != NULL ? number : "", symbol),
					   f->severity == REJECT ? "Từ chối" : "Giữ lại", f->vi, f->law });
		}
	}
}

static void other_findings(struct book *b, const struct plan *p)
{
	static const double widths[] = { 6, 36, 90, 40 };
	static const char *const head[] = { "STT", "Quy tắc", "Nội dung", "Căn cứ" };
	struct book_sheet *s = NULL;
	int n = 0;
	for (int i = 0; i < p->batch->findings.n; i++) {
		const struct finding *f = &p->batch->findings.at[i];
		if (f->severity < HOLD || text_same(f->rule, "5_emit/incomplete-row"))
			continue;
		if (s == NULL) {
			s = book_sheet(b, "Việc khác", 4, widths);
			book_texts(b, s, CELL_HEAD, 4, head);
			s->frozen = s->columns_head = 1;
		}
		book_texts(b, s, CELL_LIST, 4, (const char *const[]){ format_text(b, "%d", ++n), f->rule, f->vi, f->law });
	}
}

struct book *compose_worksheet(const void *mem, const struct plan *p)
{
	struct book *b = book_new(mem, "Việc chờ người có thẩm quyền", p->batch->settings->at);
	open_decisions(b, p);
	incomplete_rows(b, p);
	held_letters(b, p);
	other_findings(b, p);
	return b->sheets.n > 0 ? b : NULL;
}
