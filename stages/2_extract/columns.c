/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * columns.c - tables of words. See columns.h.
 *
 * The running number is the backbone: a word STT, below it 1, 2, 3 in the same narrow column. Between the
 * middle of one number and the next, the widest band without words parts the rows, whether cells are set at
 * the top or in the middle. Columns are parted by upright bands that no word of head or rows enters. Without
 * STT on a page, a column of numbers that goes on where the page before ended is the same table.
 */
#include "columns.h"
#include "page.h"
#include "text.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 40, MAX_ROWS = 400, STRIP = 2000 /* half points */ };

static const double COLUMN_GAP = 5.5, HEAD_ABOVE = 48;

struct layout_of {                             /* what is carried from page to page */
	double x[MAX_COLUMNS + 1];             /* left edges; the last is the right end */
	int n;
	double number_x0, number_x1;           /* the column of the running number */
	int last;                              /* its last value */
};

struct number { double top, bottom, middle; };

static bool is_head_word(const char *text)
{
	return strcmp(text, "STT") == 0 || strcmp(text, "TT") == 0 || strcmp(text, "Stt") == 0;
}

static int number_of(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);
	return end != text && (*end == 0 || strcmp(end, ".") == 0 || strcmp(end, ")") == 0) && n > 0 &&
			       n < 10000
		       ? (int)n
		       : 0;
}

static const struct word *find_head(const struct page *p)
{
	for (int i = 0; i < p->words.n; i++) {
		const struct word *w = &p->words.at[i];
		if (w->pass == 0 && w->box.x0 < p->width * 0.35 && is_head_word(w->text))
			return w;
	}
	return NULL;
}

/* The running numbers below y, in sequence from first on. */
static int find_numbers(const struct page *p, const struct layout_of *o, double y, int first, struct number *out)
{
	int n = 0;
	for (bool more = true; more && n < MAX_ROWS;) {
		more = false;
		for (int i = 0; i < p->words.n && !more; i++) {
			const struct word *w = &p->words.at[i];
			double middle = (w->box.x0 + w->box.x1) / 2;
			if (w->pass != 0 || w->box.y0 <= y || middle < o->number_x0 || middle > o->number_x1
			    || number_of(w->text) != first + n)
				continue;
			y = w->box.y0;
			out[n++] = (struct number){ w->box.y0, w->box.y1, (w->box.y0 + w->box.y1) / 2 };
			more = true;
		}
	}
	return n;
}

/* The middle of the widest band between two heights that no word of the table enters. */
static double widest_band(const struct page *p, double from, double to, double x0, double x1)
{
	double best = to, width = 0, y = from;
	while (y < to) {
		double next = to;
		bool inside = false;
		for (int i = 0; i < p->words.n; i++) {
			const struct box *b = &p->words.at[i].box;
			if (p->words.at[i].pass != 0 || b->x1 < x0 || b->x0 > x1)
				continue;
			if (b->y0 <= y && b->y1 > y) {
				y = b->y1;
				inside = true;
				break;
			}
			if (b->y0 > y && b->y0 < next)
				next = b->y0;
		}
		if (inside)
			continue;
		if (next - y >=
		    width) { /* of equals the lower: rows set at the top begin with their number */
			width = next - y;
			best = (y + next) / 2;
		}
		y = next + 0.01;
	}
	return best;
}

/* Where the last row ends: lines follow one another closely until a gap, or a line that crosses the columns. */
static double end_of_table(const struct page *p, const struct layout_of *o, double y)
{
	void *mem = talloc_new(NULL);
	struct box below = { -1e6, y, 1e6, 1e6 };
	struct lines lines = page_lines(mem, p, below, 0);
	double end = y;
	for (int i = 0; i < lines.n; i++) {
		const struct line *line = &lines.at[i];
		int crossing = 0;
		for (int k = 0; k < line->n; k++)
			for (int c = 1; c < o->n; c++)
				crossing += line->words[k]->box.x0 < o->x[c] - 1 &&
					    line->words[k]->box.x1 > o->x[c] + 1;
		bool outside = line->box.x0 < o->number_x0 - 2 && o->n > 0 && line->box.x0 < o->x[0] - 4;
		if ((end > y && line->box.y0 - end > line->size * 0.9) || crossing > 0 || outside
		    || text_starts(line->weak, "noi nhan") || text_starts(line->weak, "tong "))
			break;
		end = line->box.y1;
	}
	talloc_free(mem);
	return end + 1;
}

/* Upright bands that no word between two heights enters part the columns. */
static void find_columns(const struct page *p, struct layout_of *o, double from, double to)
{
	bool *covered = new_array(NULL, bool, STRIP);
	double left = 1e9, right = 0;
	for (int i = 0; i < p->words.n; i++) {
		const struct word *w = &p->words.at[i];
		double middle = (w->box.y0 + w->box.y1) / 2;
		if (w->pass != 0 || middle < from || middle > to || w->box.x1 < o->number_x0)
			continue;
		left = fmin(left, w->box.x0);
		right = fmax(right, w->box.x1);
		for (int k = (int)fmax(0, w->box.x0 * 2); k <= (int)(w->box.x1 * 2) && k < STRIP; k++)
			covered[k] = true;
	}
	o->n = 0;
	o->x[o->n++] = left - 3;
	int gap = 0;
	for (int k = (int)fmax(0, left * 2); k < (int)(right * 2) && k < STRIP && o->n < MAX_COLUMNS; k++) {
		if (!covered[k])
			gap++;
		else {
			if (gap >= COLUMN_GAP * 2)
				o->x[o->n++] = (k - gap / 2.0) / 2;
			gap = 0;
		}
	}
	o->x[o->n] = right + 3;
	talloc_free(covered);
}

static void add_cell(struct letter *l, struct tables *t, const struct page *p, const struct layout_of *o,
		     int row, int col, double top, double bottom)
{
	void *mem = talloc_new(l);
	struct lines lines = page_lines(mem, p, (struct box){ o->x[col], top, o->x[col + 1], bottom }, 0);
	struct buffer text = { .mem = mem };
	struct box whole = { 0, 0, 0, 0 };
	double confidence = 1;
	buffer_text(&text, "");
	for (int i = 0; i < lines.n; i++) {
		buffer_format(&text, "%s%s", i > 0 ? "\n" : "", lines.at[i].text);
		whole = box_join(whole, lines.at[i].box);
		for (int k = 0; k < lines.at[i].n; k++)
			confidence = fmin(confidence, lines.at[i].words[k]->confidence);
	}
	struct grid_cell *cell = table_add_cell(t, &t->all.at[t->all.n - 1], row, col, text.text);
	cell->confidence = confidence * 0.95;  /* columns and rows were inferred */
	cell->place = (struct place){ .part = p->part, .page = p->number, .box = whole, .source = p->source };
	talloc_free(mem);
}

static void add_rows(struct letter *l, struct tables *t, const struct page *p, struct layout_of *o,
		     const struct number *numbers, int n, double top, int row)
{
	double end = end_of_table(p, o, numbers[n - 1].top - 0.5);
	for (int i = 0; i < n; i++) {
		double bottom = i + 1 < n ? widest_band(p, numbers[i].middle, numbers[i + 1].middle, o->x[0],
							o->x[o->n])
					  : end;
		for (int c = 0; c < o->n; c++)
			add_cell(l, t, p, o, row + i, c, top, bottom);
		top = bottom;
	}
	o->last += n;
}

static bool page_table(struct letter *l, const struct page *p, struct layout_of *o, struct tables *t)
{
	struct number *numbers = new_array(t->mem, struct number, MAX_ROWS);
	const struct word *head = find_head(p);
	if (head == NULL) {
		int n = o->n >= 3 ? find_numbers(p, o, -1, o->last + 1, numbers) : 0;
		if (n == 0)
			return false;
		tables_add(t, p->part, p->number);
		add_rows(l, t, p, o, numbers, n, numbers[0].top - 60 > 0 ? numbers[0].top - 60 : 0, 0);
		return true;
	}
	*o = (struct layout_of){ .number_x0 = head->box.x0 - 12, .number_x1 = head->box.x1 + 12 };
	int n = find_numbers(p, o, head->box.y1, 1, numbers);
	if (n == 0)
		return false;
	/* Lines of the head above STT have gaps; running text has none. */
	void *mem = talloc_new(NULL);
	struct lines above =
		page_lines(mem, p, (struct box){ o->number_x0, head->box.y0 - HEAD_ABOVE, 1e6, head->box.y0 },
			   0);
	double top = head->box.y0 - 2;
	for (int i = above.n - 1; i >= 0 && top - above.at[i].box.y1 < above.at[i].size; i--) {
		int gaps = 0;
		for (int k = 1; k < above.at[i].n; k++)
			gaps += above.at[i].words[k]->box.x0 - above.at[i].words[k - 1]->box.x1 >
				COLUMN_GAP * 1.5;
		if (gaps < 1)
			break;
		top = above.at[i].box.y0 - 1;
	}
	talloc_free(mem);
	double first = widest_band(p, head->box.y1, numbers[0].middle, head->box.x0, p->width);
	find_columns(p, o, top, numbers[n - 1].bottom);
	if (o->n < 3)
		return false;
	tables_add(t, p->part, p->number);
	for (int c = 0; c < o->n; c++)
		add_cell(l, t, p, o, 0, c, top, first);
	add_rows(l, t, p, o, numbers, n, first, 1);
	return true;
}

void columns_tables(struct letter *l, int part, int first_page, int last_page, struct tables *t)
{
	struct layout_of o = { .n = 0 };
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		if (p->part == part && p->number >= first_page && p->number <= last_page &&
		    !page_table(l, p, &o, t))
			o.n = 0;
	}
}
