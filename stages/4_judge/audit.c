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
	bool headed;
	struct sheet_heading heading;
	const struct sheet_row *row;
};

static const char *cell_of(void *with, const char *column)
{
	struct reading *r = with;
	int i = sheet_column(&r->heading, column);
	return i >= 0 && i < r->row->n ? r->row->cells[i] : NULL;
}

static void add_bad(struct audit *a, const char *file, int line, const char *vi, const char *en)
{
	a->bad.at = own_grow(a, a->bad.at, a->bad.n, &a->bad.room, sizeof *a->bad.at);
	a->bad.at[a->bad.n++] = (struct bad_row){ line, file, vi, en };
}

static bool is_empty(const struct sheet_row *row)
{
	for (int i = 0; i < row->n; i++)
		if (row->cells[i][strspn(row->cells[i], " \t")] != 0)
			return false;
	return true;
}

static bool take_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	const char *vi, *en;
	if (!r->headed) {
		r->headed = sheet_find_heading(row, &r->heading) && r->heading.list == r->wanted;
		return true;
	}
	if (is_empty(row))
		return true;
	r->row = row;
	if (row->broken)
		add_bad(r->audit, r->file, row->number, "dấu nháy mở mà không đóng", "a quote is opened and never closed");
	else if (r->wanted == SHEET_ASSIGNMENTS)
		inventory_assign(r->audit->inventory, cell_of, r);
	else if (!inventory_add(r->audit->inventory, cell_of, r, row->number, 0, 0, &vi, &en))
		add_bad(r->audit, r->file, row->number, vi, en);
	return true;
}

/* Requests: the heading names the cells of the forms, and "form". */
static bool take_request(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (!r->headed) {
		for (int i = 0; i < row->n && i < SHEET_MAX_COLUMNS; i++)
			r->heading.name[i] = text_line(r->requests, row->cells[i]);
		r->heading.n = row->n;
		r->headed = true;
		return true;
	}
	int form = sheet_column(&r->heading, "form");
	if (is_empty(row))
		return true;
	if (form < 0 || form >= row->n) {
		add_bad(r->audit, r->file, row->number, "không ghi biểu mẫu (cột form)", "no form (column form)");
		return true;
	}
	struct request *q = letter_add_request(r->requests, row->cells[form], row->number);
	for (int i = 0; i < row->n && i < r->heading.n; i++)
		if (i != form && row->cells[i][0] != 0)
			request_add_cell(r->requests, q, r->heading.name[i], row->cells[i]);
	return true;
}

static bool read_list(struct reading *r, struct bytes b, const char *file, enum sheet_list wanted, char **why)
{
	r->file = file;
	r->wanted = wanted;
	r->headed = false;
	char *inner = NULL;
	if (!sheet_read(r->audit, b, wanted == SHEET_NONE ? take_request : take_row, r, &inner))
		*why = format_text(r->audit, "%s: %s", file, inner);
	else if (!r->headed)
		*why = format_text(r->audit, "%s: no row names the columns", file);
	else
		return true;
	return false;
}

struct audit *audit_run(const void *mem, const struct settings *s, const struct judge *j, const struct audit_input *in,
			char **why)
{
	struct audit *a = new_zero(mem, struct audit);
	struct facts *f = facts_open(a, j->book, why);
	if (f == NULL)
		return NULL;
	a->inventory = inventory_new(a, j->registry);
	a->batch = batch_new(a, s);
	struct reading r = { .audit = a, .requests = letter_new(a, s, "requests") };
	if (!read_list(&r, in->inventory, "inventory", SHEET_INVENTORY, why)
	    || (in->assignments.at != NULL && !read_list(&r, in->assignments, "assignments", SHEET_ASSIGNMENTS, why))
	    || (in->requests.at != NULL && !read_list(&r, in->requests, "requests", SHEET_NONE, why)))
		return NULL;
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
	a->decisions = verdict_decide(f, pool_new(a), j->registry, a->inventory, j->day, why);
	if (a->decisions == NULL)
		return NULL;
	for (int i = 0; in->requests.at != NULL && i < inventory_count(a->inventory); i++)
		verdict_tell(told, &a->decisions[i], inventory_at(a->inventory, i)->key, i + 1);
	bool good = in->requests.at == NULL || verdict_find(f, a->batch, j->day, why);
	talloc_free(f);
	return good ? a : NULL;
}
