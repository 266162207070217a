/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * layout.c - setting paragraphs and tables on A4. See layout.h.
 *
 * A paragraph becomes lines of words, each word with its offset from the left; what is done with the lines
 * (the page, a cell) is another step. A row of a table stays together and goes to the next page when it does
 * not fit, unless it is higher than a page.
 */
#include "layout.h"
#include "page.h"
#include "text.h"
#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { TAB_STOP = 36, MAX_PAGES = 300, DEFAULT_SIZE = 14 };

struct piece {                                 /* a word of a line */
	char *text;
	double x, width;
	const struct run *run;
	float size;
};

struct set_line {
	LIST(struct piece) pieces;
	double height, width;
};

struct set_lines { LIST(struct set_line) all; const void *mem; };

#define GROW(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct run *para_add_run(const void *mem, struct para *p, const char *text)
{
	struct run *r = GROW(mem, &p->runs);
	r->text = copy_text(mem, text);
	return r;
}

char *para_text(const void *mem, const struct para *p)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, "");
	for (int i = 0; i < p->runs.n; i++)
		buffer_text(&b, p->runs.at[i].text);
	return b.text;
}

/* Widths of Times New Roman in em, by kinds of letter. */
static double width_of(const char *text, float size)
{
	double em = 0;
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)text; (at = u8_next(&c, at)) != NULL;)
		em += uc_is_upper(c) ? 0.68 : c < 128 && strchr("iljtfI.,;:'()-/ ", (int)c) != NULL ? 0.31
			: c < 128 && strchr("mwMW@", (int)c) != NULL ? 0.78 : 0.47;
	return em * (double)size;
}

static struct set_line *new_line(struct set_lines *s, float size)
{
	struct set_line *line = GROW(s->mem, &s->all);
	line->height = (double)size * 1.2;
	return line;
}

/* Words of one paragraph into lines no wider than room. */
static void set_para(struct set_lines *s, const struct para *p, double room)
{
	float size = p->runs.n > 0 && p->runs.at[0].size > 0 ? p->runs.at[0].size : DEFAULT_SIZE;
	struct set_line *line = new_line(s, size);
	double x = 0;
	bool glue = false, tabbed = false;     /* the next word continues the one before it; stands after a tab */
	for (int i = 0; i < p->runs.n; i++) {
		const struct run *r = &p->runs.at[i];
		size = r->size > 0 ? r->size : DEFAULT_SIZE;
		for (const char *at = r->text; *at != 0;) {
			size_t n = strcspn(at, " \t\n");
			if (n == 0) {
				glue = false;
				if (*at == '\n') {
					line = new_line(s, size);
					x = 0;
				} else if (*at == '\t') {
					x = ((int)(x / TAB_STOP) + 1) * TAB_STOP;
					tabbed = true;
				}
				at++;
				continue;
			}
			char *word = copy_part(s->mem, at, n);
			double width = width_of(word, size);
			at += n;
			if (glue && line->pieces.n > 0) {
				struct piece *before = &line->pieces.at[line->pieces.n - 1];
				before->text = format_text(s->mem, "%s%s", before->text, word);
				before->width += width;
				x += width;
			} else {
				double gap = line->pieces.n > 0 && !tabbed ? (double)size * 0.25 : 0;
				if (x + gap + width > room && line->pieces.n > 0) {
					line = new_line(s, size);
					x = gap = 0;
				}
				*GROW(s->mem, &line->pieces) = (struct piece){ word, x + gap, width, r, size };
				x += gap + width;
			}
			line->width = x;
			if ((double)size * 1.2 > line->height)
				line->height = (double)size * 1.2;
			glue = true;
			tabbed = false;
		}
	}
}

void layout_begin(struct layout *o, struct letter *l, const void *mem, int part)
{
	*o = (struct layout){ .l = l, .mem = mem, .part = part, .width = 595.3, .height = 841.9, .left = 85, .right = 552,
			      .top = 57, .bottom = 785 };
}

static void next_page(struct layout *o)
{
	if (o->page >= MAX_PAGES) {
		o->full = true;
		return;
	}
	o->page++;
	o->y = o->top;
	struct page *page = reader_add_page(o->l, o->part, o->page, FROM_OFFICE);
	page->width = o->width;
	page->height = o->height;
}

static double indent_of(const struct set_line *line, enum align align, double room)
{
	double free = room > line->width ? room - line->width : 0;
	return align == ALIGN_CENTER ? free / 2 : align == ALIGN_RIGHT ? free : 0;
}

static struct box place_line(struct layout *o, const struct set_line *line, double x, double y)
{
	struct page *page = &o->l->pages.at[o->l->pages.n - 1];
	struct box whole = { 0, 0, 0, 0 };
	for (int i = 0; i < line->pieces.n; i++) {
		const struct piece *c = &line->pieces.at[i];
		struct word *w = page_add_word(o->l, page);
		char *nfc = text_nfc(o->l, c->text);
		w->raw = strcmp(nfc, c->text) != 0 ? text_nfc_part(o->l, c->text, strlen(c->text)) : NULL;
		w->text = nfc;
		w->box = (struct box){ x + c->x, y, x + c->x + c->width, y + (double)c->size };
		w->confidence = 1;
		w->source = FROM_OFFICE;
		w->size = c->size;
		w->bold = c->run->bold;
		w->italic = c->run->italic;
		w->red = c->run->red;
		whole = i == 0 ? w->box : box_join(whole, w->box);
	}
	return whole;
}

void layout_para(struct layout *o, const struct para *p)
{
	struct set_lines s = { .mem = o->mem };
	set_para(&s, p, o->right - o->left);
	if (o->page == 0 || p->new_page)
		next_page(o);
	for (int i = 0; i < s.all.n && !o->full; i++) {
		const struct set_line *line = &s.all.at[i];
		if (o->y + line->height > o->bottom)
			next_page(o);
		if (!o->full)
			place_line(o, line, o->left + indent_of(line, p->align, o->right - o->left), o->y);
		o->y += line->height;
	}
	o->y += 4;
}

void layout_table(struct layout *o, const double *widths, int n)
{
	double sum = 0;
	for (int i = 0; i < n; i++)
		sum += widths[i];
	o->widths = new_array(o->mem, double, (size_t)n + 1);
	o->n_widths = n;
	for (int i = 0; i < n; i++)
		o->widths[i] = sum > 0 && widths[i] > 0 ? widths[i] / sum * (o->right - o->left)
							: (o->right - o->left) / n;
}

static double column_at(const struct layout *o, int col)
{
	double x = o->left;
	for (int i = 0; i < col && i < o->n_widths; i++)
		x += o->widths[i];
	return x;
}

static void place_cell(struct layout *o, const struct layout_cell *cell, const struct set_lines *s,
		       const int *para_of, double x, double room, struct place *place)
{
	double y = o->y;
	struct box whole = { 0, 0, 0, 0 };
	for (int i = 0; i < s->all.n && y < o->bottom + 400; i++) {
		const struct set_line *line = &s->all.at[i];
		enum align align = cell->paras.at[para_of[i]].align;
		struct box box = place_line(o, line, x + indent_of(line, align, room), y);
		whole = line->pieces.n == 0 ? whole : whole.x1 > whole.x0 ? box_join(whole, box) : box;
		y += line->height;
	}
	*place = (struct place){ .part = o->part, .page = o->page, .box = whole, .source = FROM_OFFICE };
}

void layout_row(struct layout *o, const struct layout_row *row, struct place *places)
{
	enum { PADDING = 5 };
	int n = row->cells.n;
	double height = 0;
	struct set_lines *set = new_array(o->mem, struct set_lines, (size_t)n + 1);
	int **para_of = new_array(o->mem, int *, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const struct layout_cell *c = &row->cells.at[i];
		double room = column_at(o, c->col + c->cols) - column_at(o, c->col) - 2 * PADDING, high = 0;
		int room_of = 0;
		set[i].mem = o->mem;
		for (int p = 0; p < c->paras.n; p++) {
			int from = set[i].all.n;
			set_para(&set[i], &c->paras.at[p], room);
			for (int k = from; k < set[i].all.n; k++) {
				para_of[i] = own_grow(o->mem, para_of[i], k, &room_of, sizeof *para_of[i]);
				para_of[i][k] = p;
			}
		}
		for (int k = 0; k < set[i].all.n; k++)
			high += set[i].all.at[k].height;
		height = high > height ? high : height;
	}
	if (o->page == 0 || (o->y + height > o->bottom && o->y > o->top))
		next_page(o);
	for (int i = 0; i < n && !o->full; i++) {
		const struct layout_cell *c = &row->cells.at[i];
		double x = column_at(o, c->col) + PADDING;
		place_cell(o, c, &set[i], para_of[i], x, column_at(o, c->col + c->cols) - x - PADDING,
			   &places[i]);
	}
	o->y += height + 3;
}

void layout_end(struct layout *o)
{
	for (int i = 0; i < o->l->pages.n; i++)
		if (o->l->pages.at[i].part == o->part)
			page_text(o->l, &o->l->pages.at[i]);
}
