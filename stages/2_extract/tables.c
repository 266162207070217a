/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tables.c - tables of a letter while it is read, and the mailboxes in their cells. See tables.h, reader.h.
 */
#include "tables.h"
#include "cell.h"
#include "columns.h"
#include "page.h"
#include "ruling.h"
#include "text.h"
#include <string.h>

struct table *tables_add(struct tables *t, int part, int page)
{
	t->all.at = own_grow(t->mem, t->all.at, t->all.n, &t->all.room, sizeof *t->all.at);
	struct table *one = &t->all.at[t->all.n++];
	one->part = part;
	one->page = page;
	return one;
}

struct grid_cell *table_add_cell(struct tables *t, struct table *one, int row, int col, const char *text)
{
	one->cells.at = own_grow(t->mem, one->cells.at, one->cells.n, &one->cells.room, sizeof *one->cells.at);
	struct grid_cell *c = &one->cells.at[one->cells.n++];
	*c = (struct grid_cell){ .row = row, .col = col, .rows = 1, .cols = 1, .text = copy_text(t->mem, text),
		.confidence = 1.0, .place = { .part = one->part, .page = one->page } };
	if (row >= one->rows)
		one->rows = row + 1;
	if (col >= one->cols)
		one->cols = col + 1;
	return c;
}

/* Which cell covers what is looked up in a map, made anew when cells were added. */
const struct grid_cell *table_at(struct table *t, int row, int col)
{
	if (row < 0 || col < 0 || row >= t->rows || col >= t->cols)
		return NULL;
	if (t->covered != t->cells.n) {
		talloc_free(t->covers);
		t->covers = new_array(t->cells.at, int, (size_t)t->rows * (size_t)t->cols);
		t->covered = t->cells.n;
		for (int i = t->cells.n - 1; i >= 0; i--) {
			const struct grid_cell *c = &t->cells.at[i];
			for (int r = c->row; r < c->row + c->rows && r < t->rows; r++)
				for (int k = c->col; k < c->col + c->cols && k < t->cols; k++)
					t->covers[r * t->cols + k] = i + 1;
		}
	}
	int cell = t->covers[row * t->cols + col];
	return cell > 0 ? &t->cells.at[cell - 1] : NULL;
}

static bool is_of(const struct document *d, int part, int page)
{
	return part == d->part && page >= d->first_page && page <= d->last_page;
}

/* Lists have a running number; only then is the picture of a page worth its time. */
static bool has_list_head(const struct letter *l, const struct document *d)
{
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		for (int k = 0; is_of(d, p->part, p->number) && k < p->words.n; k++) {
			const char *w = p->words.at[k].text;
			if (strcmp(w, "STT") == 0 || strcmp(w, "TT") == 0 || strcmp(w, "Stt") == 0)
				return true;
		}
	}
	return false;
}

static bool has_tables(const struct tables *t, const struct document *d)
{
	for (int i = 0; i < t->all.n; i++)
		if (is_of(d, t->all.at[i].part, t->all.at[i].page))
			return true;
	return false;
}

void tables_find(struct letter *l, int document, struct tables *t, bool must)
{
	const struct document *d = &l->documents.at[document];
	if (has_tables(t, d) || (!must && !has_list_head(l, d)))
		return;
	if (text_same(letter_find_part(l, d->part)->media, "application/pdf") && text_same(d->text_source, "text"))
		ruling_tables(l, d->part, d->first_page, d->last_page, t);
	if (!has_tables(t, d))
		columns_tables(l, d->part, d->first_page, d->last_page, t);
}

static void drop_field(struct letter *l, int at)
{
	l->fields.n--;
	memmove(&l->fields.at[at], &l->fields.at[at + 1], (size_t)(l->fields.n - at) * sizeof *l->fields.at);
}

static void read_cell(struct letter *l, int document, const struct grid_cell *c)
{
	bool placed = c->place.box.x1 > c->place.box.x0;
	for (int i = l->fields.n - 1; i >= 0; i--) {
		const struct field *f = &l->fields.at[i];
		const struct box *b = &f->read.place.box;
		if (f->document == document && strcmp(f->name, "emails") == 0 && placed
		    && f->read.place.page == c->place.page && box_holds(c->place.box, (b->x0 + b->x1) / 2, (b->y0 + b->y1) / 2))
			drop_field(l, i);
	}
	void *mem = talloc_new(l);
	size_t at = 0;
	for (char *mailbox; (mailbox = cell_mailbox(mem, c->text, &at)) != NULL;) {
		bool had = false;
		for (int i = 0; i < l->fields.n; i++)
			had |= l->fields.at[i].document == document && strcmp(l->fields.at[i].name, "emails") == 0
				&& strcmp(l->fields.at[i].read.value, mailbox) == 0;
		if (had)
			continue;
		struct field *f = letter_add_field(l, "emails", mailbox);
		f->document = document;
		f->read.raw = strcmp(mailbox, c->text) != 0 ? copy_text(l, c->text) : NULL;
		f->read.confidence = c->confidence;
		f->read.place = c->place;
	}
	talloc_free(mem);
}

void tables_mailboxes(struct letter *l, int document, struct tables *t)
{
	bool any = false;
	for (int i = 0; i < l->fields.n; i++)
		any |= l->fields.at[i].document == document && strcmp(l->fields.at[i].name, "emails") == 0;
	if (!any)
		return;
	tables_find(l, document, t, false);
	const struct document *d = &l->documents.at[document];
	for (int i = 0; i < t->all.n; i++)
		for (int k = 0; k < t->all.at[i].cells.n; k++) {
			const struct grid_cell *c = &t->all.at[i].cells.at[k];
			if (is_of(d, t->all.at[i].part, t->all.at[i].page) && strchr(c->text, '@') != NULL)
				read_cell(l, document, c);
		}
}
