/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forms_head.c - heads of tables against the columns of a form. See forms_head.h.
 *
 * Offices write labels in their own words, and OCR writes them in its own letters: equal as written is sure,
 * equal without diacritics nearly so, a few letters off or a longer label with ours at its start less. A head
 * of two rows is tried as well as one of one row. The forms' own labels are made ready once, before the seal.
 */
#include "forms_head.h"
#include "text.h"
#include <string.h>

enum { LOOK_ROWS = 30, LONGEST_LABEL = 300 };

struct known {                                 /* one way to write a column's label */
	const struct form *form;
	const struct form_column *column;
	struct label label;
	bool grouped;                          /* with the label of the head cell above it */
};

static struct { struct known *at; int n, room; } known;

static struct label make_label(const void *mem, const char *text)
{
	char *line = text_line(mem, text), *bracket = strchr(line, '(');
	if (bracket != NULL && bracket > line + 2)
		*bracket = 0;
	for (size_t n = strlen(line); n > 0 && strchr(" .:*", line[n - 1]) != NULL; n--)
		line[n - 1] = 0;
	struct label l = { text_strong(mem, line), text_weak(mem, line), text_weak(mem, line) };
	char *to = l.tight;
	for (const char *p = l.weak; *p != 0; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = 0;
	return l;
}

static void add_known(const struct form *f, const struct form_column *c, const char *text, bool grouped)
{
	known.at = own_grow(NULL, known.at, known.n, &known.room, sizeof *known.at);
	known.at[known.n++] = (struct known){ f, c, make_label(known.at, text), grouped };
}

void head_prepare(const struct forms *forms)
{
	known.n = 0;
	for (int i = 0; i < forms->n; i++)
		for (int k = 0; k < forms->at[i]->columns.n; k++) {
			const struct form_column *c = &forms->at[i]->columns.at[k];
			add_known(forms->at[i], c, c->label, false);
			if (c->group != NULL)
				add_known(forms->at[i], c, format_text(known.at, "%s %s", c->group, c->label),
					  true);
			for (int a = 0; a < c->also.n; a++)
				add_known(forms->at[i], c, c->also.at[a], false);
		}
}

struct label *head_labels(const void *mem, const struct table *t)
{
	struct label *labels = new_array(mem, struct label, (size_t)t->cells.n + 1);
	for (int i = 0; i < t->cells.n; i++) {
		bool may_be = t->cells.at[i].row < LOOK_ROWS + 2 && strlen(t->cells.at[i].text) <= LONGEST_LABEL;
		labels[i] = make_label(labels, may_be ? t->cells.at[i].text : "");
	}
	return labels;
}

static double alike(const struct label *a, const struct label *b)
{
	int la = (int)strlen(a->weak), lb = (int)strlen(b->weak);
	if (la == 0 || lb == 0)
		return 0;
	if (strcmp(a->strong, b->strong) == 0)
		return 1;
	if (strcmp(a->weak, b->weak) == 0)
		return 0.9;
	if (strcmp(a->tight, b->tight) == 0)   /* a narrow column broke a word: ST + T */
		return 0.85;
	if (la >= 6 && lb >= 6 && la - lb <= lb / 6 && lb - la <= lb / 6 &&
	    text_distance(a->weak, b->weak) * 6 <= lb)
		return 0.8;
	/* "Số hiệu CTS SIM PKI thêm số điện thoại": ours first, more after it */
	return lb >= 6 && text_starts(a->weak, b->weak) && a->weak[lb] == ' ' ? 0.6 : 0;
}

static const struct form_column *best_column(const struct form *f, const struct label *label,
					     const struct label *with_group, double *sure)
{
	const struct form_column *found = NULL;
	*sure = 0;
	for (int i = 0; i < known.n; i++) {
		if (known.at[i].form != f)
			continue;
		double s = alike(label, &known.at[i].label);
		if (known.at[i].grouped && with_group != NULL) {
			double with = alike(with_group, &known.at[i].label);
			s = with > s ? with : s;
		}
		if (s > *sure) {
			*sure = s;
			found = known.at[i].column;
		}
	}
	return found;
}

const struct form_column *head_column(const struct form *f, const char *label, double *sure)
{
	void *mem = talloc_new(NULL);
	struct label l = make_label(mem, label);
	const struct form_column *found = best_column(f, &l, NULL, sure);
	talloc_free(mem);
	return found;
}

static int count_fillable(const struct form *f)
{
	int n = 0;
	for (int i = 0; i < f->columns.n; i++)
		n += strcmp(f->columns.at[i].type, "row") != 0;
	return n;
}

/* Each column of the form stands at most once: the surer label has it. */
static void settle(struct head *h, double *sure, int c, const struct form_column *column)
{
	for (int k = 0; k < c; k++)
		if (h->column[k] == column) {
			if (sure[k] >= sure[c])
				return;
			h->column[k] = NULL;
		}
	h->column[c] = column;
}

static struct head try_head(const struct form *f, struct table *t, const struct label *labels, int row, int rows)
{
	struct head h = { .form = f, .row = row, .rows = rows };
	void *mem = talloc_new(NULL);
	double sure[HEAD_MAX_COLUMNS] = { 0 }, sum = 0;
	bool has_row = false;
	for (int c = 0; c < t->cols && c < HEAD_MAX_COLUMNS; c++) {
		const struct grid_cell *low = table_at(t, row + rows - 1, c), *up = table_at(t, row, c);
		if (rows > 1 &&
		    (low == NULL || low->text[0] == 0)) /* a sheet leaves blank what it merged below */
			low = up;
		if (low == NULL || low->col != c || low->text[0] == 0)
			continue;
		struct label with = { 0 };
		if (up != NULL && up != low)
			with = make_label(mem, format_text(mem, "%s %s", up->text, low->text));
		const struct form_column *column = best_column(f, &labels[low - t->cells.at],
							       with.weak != NULL ? &with : NULL, &sure[c]);
		if (column != NULL)
			settle(&h, sure, c, column);
	}
	for (int c = 0; c < HEAD_MAX_COLUMNS; c++)
		if (h.column[c] != NULL) {
			bool is_row = strcmp(h.column[c]->type, "row") == 0;
			has_row |= is_row;
			h.matched += !is_row;
			sum += is_row ? 0 : sure[c];
		}
	h.score = count_fillable(f) > 0 ? sum / count_fillable(f) : 0;
	if (h.matched < 3 && !(h.matched == 2 && has_row))
		h.matched = 0;
	talloc_free(mem);
	return h;
}

struct head head_find(const struct form *f, struct table *t, const struct label *labels)
{
	struct head best = { .form = f };
	for (int row = 0; row < t->rows && row < LOOK_ROWS; row++)
		for (int rows = 1; rows <= 2 && row + rows <= t->rows; rows++) {
			struct head h = try_head(f, t, labels, row, rows);
			if (h.matched > 0 &&
			    (h.score > best.score || (h.score == best.score && rows < best.rows)))
				best = h;
		}
	return best;
}
