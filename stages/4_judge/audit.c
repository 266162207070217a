/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit.c - a whole inventory judged at once. See audit.h.
 */
#include "audit.h"
#include "fill.h"
#include "heard.h"
#include "sheet.h"
#include "text.h"
#include "verdict.h"
#include <string.h>

struct reading {
	struct audit *audit;
	struct letter *requests;               /* where rows of requests go */
	enum sheet_list wanted;
	const char *file;
	bool headed;                           /* in this sheet */
	bool found;                            /* in any */
	int heading_row, remarks, first_remark, last_remark;
	char *sheet;
	struct sheet_heading heading;
	const struct sheet_row *row;
	int day_first, month_first;            /* dates that can be nothing else */
	int month_row;
};

static const char *cell_of(void *with, const char *column)
{
	struct reading *r = with;
	int i = sheet_column(&r->heading, column);
	return i >= 0 && i < r->row->n ? r->row->cells[i] : NULL;
}

static void add_bad(struct audit *a, const char *file, int line, const char *vi, const char *en, bool counts)
{
	a->bad.at = own_grow(a, a->bad.at, a->bad.n, &a->bad.room, sizeof *a->bad.at);
	a->bad.at[a->bad.n++] = (struct bad_row){ line, file, vi, en, counts };
}

/* Which cell it is, as the person sees it who has the file open: "K7", of which sheet. */
static void add_fault(struct reading *r, const struct row_fault *f, bool counts)
{
	int column = f->column != NULL ? sheet_column(&r->heading, f->column) : -1;
	const char *cell = column >= 0 ? sheet_cell_name(r->audit, column, r->row->number) : NULL, *sheet = r->row->sheet;
	bool book = *sheet != 0 && cell != NULL;
	add_bad(r->audit, r->file, r->row->number, book ? format_text(r->audit, "ô %s trang tính \"%s\": %s", cell, sheet, f->vi) : f->vi,
		book ? format_text(r->audit, "cell %s of sheet \"%s\": %s", cell, sheet, f->en) : f->en, counts);
}

static bool is_empty(const struct sheet_row *row)
{
	for (int i = 0; i < row->n; i++)
		if (row->cells[i][strspn(row->cells[i], " \t")] != 0)
			return false;
	return true;
}

static void end_remarks(struct reading *r)
{
	if (r->remarks > 0)
		add_bad(r->audit, r->file, r->first_remark,
			format_text(r->audit, "%d dòng từ dòng này đến dòng %d không phải dòng của danh sách (ghi chú, tên nhóm, tổng cộng, người ký); "
				    "không tính là chứng thư số", r->remarks, r->last_remark),
			format_text(r->audit, "%d rows from here to row %d are no rows of the list (remarks, names of groups, sums, who signs); "
				    "they count as no certificates", r->remarks, r->last_remark), true);
	r->remarks = 0;
}

static void note_remark(struct reading *r, const struct sheet_row *row)
{
	struct sheet_heading again;
	if (sheet_find_heading(row, &again) && again.list == r->wanted) {
		r->heading = again;
		r->heading_row = row->number;
		return;
	}
	r->first_remark = r->remarks++ == 0 ? row->number : r->first_remark;
	r->last_remark = row->number;
}

/* The inventory is the whole: whoever says that it has none is believed, and told. */
static bool note_none(struct reading *r)
{
	const char *serial = cell_of(r, "serial"), *body = cell_of(r, "org_name");
	body = body != NULL && *body != 0 ? body : cell_of(r, "holder_name");
	if (serial == NULL || body == NULL || *body == 0 || !grammar_none(serial))
		return false;
	add_bad(r->audit, r->file, r->row->number, format_text(r->audit, "%s khai không có chứng thư số", body),
		format_text(r->audit, "%s says that it has no certificate", body), true);
	return true;
}

static void note_order(struct reading *r)
{
	static const char *const columns[] = { "valid_from", "valid_to" };
	for (int i = 0; i < 2; i++) {
		const char *text = cell_of(r, columns[i]);
		if (text == NULL || strchr(text, '/') == NULL)
			continue;
		enum date_order order = grammar_date_order(text);
		r->day_first += order == DAY_FIRST;
		r->month_row = order == MONTH_FIRST && r->month_first++ == 0 ? r->row->number : r->month_row;
	}
}

static bool take_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	struct row_fault fault;
	if (r->sheet == NULL || strcmp(r->sheet, row->sheet) != 0) {
		end_remarks(r);
		r->headed = false;
		r->sheet = copy_text(r->audit, row->sheet);
	}
	if (!r->headed) {
		r->headed = sheet_find_heading(row, &r->heading) && r->heading.list == r->wanted;
		r->found |= r->headed;
		r->heading_row = row->number;
		return true;
	}
	if (is_empty(row) || (row->number == r->heading_row + 1 && sheet_extend_heading(row, &r->heading)))
		return true;
	r->row = row;
	if (row->broken)
		add_bad(r->audit, r->file, row->number, "dấu nháy mở mà không đóng", "a quote is opened and never closed", false);
	else if (r->wanted == SHEET_INVENTORY && note_none(r))
		;
	else if (sheet_is_remark(row, &r->heading))
		note_remark(r, row);
	else if (r->wanted == SHEET_ASSIGNMENTS) {
		if (!inventory_assign(r->audit->inventory, cell_of, r, 0))
			add_bad(r->audit, r->file, row->number, "một dòng ở trên ghi khác về cùng hộp thư này; cả hai không được tính, hãy giữ dòng đúng",
				"a row above says otherwise of the same mailbox; neither counts, keep the right one", false);
	} else {
		note_order(r);
		bool added = inventory_add(r->audit->inventory, cell_of, r, row->number, 0, 0, &fault);
		if (!added || fault.vi != NULL)
			add_fault(r, &fault, added);
	}
	return true;
}

/* Requests: the heading names the cells of the forms, and "form". */
static bool take_request(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (!r->found) {
		for (int i = 0; i < row->n && i < SHEET_MAX_COLUMNS; i++)
			r->heading.name[i] = text_line(r->requests, row->cells[i]);
		r->heading.n = row->n;
		r->found = true;
		return true;
	}
	int form = sheet_column(&r->heading, "form");
	if (is_empty(row))
		return true;
	if (form < 0 || form >= row->n) {
		add_bad(r->audit, r->file, row->number, "không ghi biểu mẫu (cột form)", "no form (column form)", false);
		return true;
	}
	struct request *q = letter_add_request(r->requests, row->cells[form], row->number);
	for (int i = 0; i < row->n && i < r->heading.n; i++)
		if (i != form && row->cells[i][0] != 0)
			request_add_cell(r->requests, q, r->heading.name[i], row->cells[i]);
	return true;
}

static bool read_list(struct reading *r, struct bytes b, const char *file, enum sheet_list wanted, struct sheet_trouble *why)
{
	*r = (struct reading){ .audit = r->audit, .requests = r->requests, .file = file, .wanted = wanted };
	if (!sheet_read(r->audit, b, wanted == SHEET_NONE ? take_request : take_row, r, why))
		return false;
	end_remarks(r);
	if (r->found)
		return true;
	const char *columns = wanted == SHEET_ASSIGNMENTS ? "email, holder_name, status, new_unit_code, new_body, new_province" :
		"serial, subject_dn, org_name, holder_name, email, cert_kind, valid_from, valid_to, device_serial, renewals";
	*why = (struct sheet_trouble){
		format_text(r->audit, "không có dòng nào ghi tên các cột; cần một dòng tiêu đề như: %s (hoặc tên tiếng Việt: Số hiệu chứng "
			    "thư số, Tên cơ quan, Ngày hết hạn…)", columns),
		format_text(r->audit, "no row names the columns; one such as %s is needed", columns) };
	return false;
}

/* The list of certificates. Where no date of it can be D/M/Y and one can only be M/D/Y, all are: read again as that. */
static bool read_inventory(struct reading *r, struct bytes b, const struct registry *registry, struct sheet_trouble *why)
{
	struct audit *a = r->audit;
	if (!read_list(r, b, "inventory", SHEET_INVENTORY, why))
		return false;
	if (r->month_first == 0 || r->day_first > 0)
		return true;
	int row = r->month_row;
	talloc_free(a->inventory);
	a->inventory = inventory_new(a, registry);
	inventory_today(a->inventory, a->batch->settings->at);
	inventory_dates(a->inventory, MONTH_FIRST);
	a->bad.n = 0;
	add_bad(a, "inventory", row, "các ngày trong danh sách viết tháng trước ngày sau (tháng/ngày/năm) và được đọc như vậy; nếu không phải, "
		"hãy ghi lại theo ngày/tháng/năm", "the dates of this list have the month first (M/D/YYYY) and are read so; if that is "
		"wrong, write them D/M/YYYY", true);
	return read_list(r, b, "inventory", SHEET_INVENTORY, why);
}

struct audit *audit_run(const void *mem, const struct settings *s, const struct judge *j, const struct audit_input *in,
			const char **file, struct sheet_trouble *why)
{
	char *inner = NULL;

	struct audit *a = new_zero(mem, struct audit);
	struct facts *f = facts_open(a, j->book, &inner);
	if (f == NULL) {
		*why = (struct sheet_trouble){ inner, inner };
		return NULL;
	}
	a->inventory = inventory_new(a, j->registry);
	inventory_today(a->inventory, s->at);
	a->batch = batch_new(a, s);
	struct reading r = { .audit = a, .requests = letter_new(a, s, "requests") };
	if (!read_inventory(&r, in->inventory, j->registry, why)
	    || (in->assignments.at != NULL && !read_list(&r, in->assignments, "assignments", SHEET_ASSIGNMENTS, why))
	    || (in->requests.at != NULL && !read_list(&r, in->requests, "requests", SHEET_NONE, why))) {
		*file = r.file;
		return NULL;
	}
	inventory_link(a->inventory);
	f->registry = j->registry;
	fill_context(f, s, units_effective(j->registry), j->day);
	if (in->requests.at != NULL)
		batch_add_letter(a->batch, r.requests);
	fill_letters(f, a->batch);
	struct heard *heard = heard_new(f, j->registry);
	heard_all(heard);
	fill_certificates(f, j->registry, a->inventory, heard);
	struct filler *told = verdict_table(f, f);
	facts_close_doors(f);
	a->decisions = verdict_decide(f, pool_new(a), j->registry, a->inventory, j->day, &inner);
	for (int i = 0; a->decisions != NULL && in->requests.at != NULL && i < inventory_count(a->inventory); i++)
		verdict_tell(told, &a->decisions[i], inventory_at(a->inventory, i)->key, i + 1);
	if (a->decisions != NULL && in->requests.at != NULL)
		verdict_find(f, a->batch, j->day);
	*why = (struct sheet_trouble){ inner, inner };
	talloc_free(f);
	return a->decisions != NULL ? a : NULL;
}
