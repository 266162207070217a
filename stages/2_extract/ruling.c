/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ruling.c - ruled lines found in the picture of a page, and the grid of cells they make. See ruling.h.
 *
 * Leptonica opens the black-and-white page with a long flat brick and a long upright one: what is left is lines
 * longer than any letter. Lines that touch are one table; their x and y, gathered, are a grid; a cell reaches
 * as far as no line ends it, which is how merged heads and rows are found.
 */
#include "ruling.h"
#include "ocr.h"
#include "page.h"
#include <cairo.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

enum { DPI = 144, DARK = 170, FLAT = 48, UPRIGHT = 26, THICK = 8, MAX_LINES = 4000, MAX_SIDE = 200 };

static const double NEAR = 2.5;                /* points: lines of one edge */
static const double SCALE = 72.0 / DPI;

struct strokes { struct box *at; int n, room; };


static void drop_pix(void *p)
{
	PIX *pix = p;
	pixDestroy(&pix);
}

static void drop_boxes(void *b)
{
	BOXA *boxes = b;
	boxaDestroy(&boxes);
}

static void drop_object(void *o) { g_object_unref(o); }
static void drop_surface(void *s) { cairo_surface_destroy(s); }
static void drop_cairo(void *c) { cairo_destroy(c); }

static PIX *picture(const void *mem, PopplerDocument *doc, int number)
{
	PopplerPage *page = own(mem, poppler_document_get_page(doc, number - 1), drop_object);
	if (page == NULL)
		return NULL;
	double width, height;
	poppler_page_get_size(page, &width, &height);
	if (width < 1 || height < 1 || width * height / SCALE / SCALE > OCR_MAX_PIXELS)
		return NULL;
	cairo_surface_t *surface = own(mem, cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width / SCALE),
								       (int)(height / SCALE)), drop_surface);
	cairo_t *cr = own(mem, cairo_create(surface), drop_cairo);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, 1 / SCALE, 1 / SCALE);
	poppler_page_render(page, cr);
	cairo_surface_flush(surface);
	if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
		return NULL;
	return own(mem, ocr_pix(cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
				cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface)), drop_pix);
}

/* What is left of the page after opening with a brick, as boxes in points. */
static void find_strokes(const void *mem, PIX *black, int w, int h, struct strokes *out)
{
	PIX *opened = own(mem, pixOpenBrick(NULL, black, w, h), drop_pix);
	BOXA *boxes = opened != NULL ? own(mem, pixConnCompBB(opened, 8), drop_boxes) : NULL;
	for (int i = 0; boxes != NULL && i < boxaGetCount(boxes) && out->n < MAX_LINES; i++) {
		l_int32 x, y, bw, bh;
		boxaGetBoxGeometry(boxes, i, &x, &y, &bw, &bh);
		if ((w > h ? bh : bw) > THICK)
			continue;                      /* a filled area, no line */
		out->at = own_grow(mem, out->at, out->n, &out->room, sizeof *out->at);
		out->at[out->n++] = (struct box){ x * SCALE, y * SCALE, (x + bw) * SCALE, (y + bh) * SCALE };
	}
}

static bool touch(const struct box *a, const struct box *b)
{
	return a->x0 - NEAR <= b->x1 && b->x0 - NEAR <= a->x1 && a->y0 - NEAR <= b->y1 && b->y0 - NEAR <= a->y1;
}

/* group[i]: the table a line belongs to, numbered by its first line. */
static void join_groups(const struct strokes *all, int *group)
{
	for (int i = 0; i < all->n; i++)
		group[i] = i;
	for (bool changed = true; changed;) {
		changed = false;
		for (int i = 0; i < all->n; i++)
			for (int k = i + 1; k < all->n; k++)
				if (group[i] != group[k] && touch(&all->at[i], &all->at[k])) {
					int low = group[i] < group[k] ? group[i] : group[k];
					group[i] = group[k] = low;
					changed = true;
				}
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Edges nearer than NEAR to one another are one. Returns how many are left. */
static int gather(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_value);
	int out = 0;
	for (int i = 0; i < n; i++)
		if (out == 0 || v[i] - v[out - 1] > NEAR)
			v[out++] = v[i];
	return out;
}

struct grid {
	const struct strokes *lines;
	const int *group;
	int which;
	double x[MAX_SIDE], y[MAX_SIDE];
	int nx, ny;
};

static bool is_across(const struct box *b) { return b->x1 - b->x0 > b->y1 - b->y0; }

/* Does an upright line at edge i end the cells of row r? Does a flat one at edge i end those of column c? */
static bool parts_columns(const struct grid *g, int i, int r)
{
	double middle = (g->y[r] + g->y[r + 1]) / 2;
	for (int k = 0; k < g->lines->n; k++) {
		const struct box *b = &g->lines->at[k];
		if (g->group[k] == g->which && !is_across(b) && fabs((b->x0 + b->x1) / 2 - g->x[i]) <= NEAR
		    && b->y0 <= middle && b->y1 >= middle)
			return true;
	}
	return false;
}

static bool parts_rows(const struct grid *g, int i, int c)
{
	double middle = (g->x[c] + g->x[c + 1]) / 2;
	for (int k = 0; k < g->lines->n; k++) {
		const struct box *b = &g->lines->at[k];
		if (g->group[k] == g->which && is_across(b) && fabs((b->y0 + b->y1) / 2 - g->y[i]) <= NEAR
		    && b->x0 <= middle && b->x1 >= middle)
			return true;
	}
	return false;
}

static bool make_grid(struct grid *g)
{
	double x0 = 1e9, x1 = -1e9, y0 = 1e9, y1 = -1e9;
	int across = 0, down = 0;
	for (int k = 0; k < g->lines->n; k++) {
		const struct box *b = &g->lines->at[k];
		if (g->group[k] != g->which || g->nx > MAX_SIDE - 3 || g->ny > MAX_SIDE - 3)
			continue;
		if (is_across(b)) {
			g->y[g->ny++] = (b->y0 + b->y1) / 2;
			x0 = fmin(x0, b->x0);
			x1 = fmax(x1, b->x1);
			across++;
		} else {
			g->x[g->nx++] = (b->x0 + b->x1) / 2;
			y0 = fmin(y0, b->y0);
			y1 = fmax(y1, b->y1);
			down++;
		}
	}
	if (across < 2 || down < 1)
		return false;
	g->x[g->nx++] = x0 + 0.5;              /* tables drawn open at the sides, and cut by the page's end */
	g->x[g->nx++] = x1 - 0.5;
	g->y[g->ny++] = y0 + 0.5;
	g->y[g->ny++] = y1 - 0.5;
	g->nx = gather(g->x, g->nx);
	g->ny = gather(g->y, g->ny);
	return g->nx >= 3 && g->ny >= 3;
}

static void add_cell(struct letter *l, struct tables *t, struct table *table, const struct page *page,
		     const struct grid *g, int r, int c, int rows, int cols)
{
	void *mem = talloc_new(l);
	struct box zone = { g->x[c], g->y[r], g->x[c + cols], g->y[r + rows] }, whole = { 0, 0, 0, 0 };
	struct lines lines = page_lines(mem, page, zone, 0);
	struct buffer text = { .mem = mem };
	double confidence = 1;
	enum source source = page->source;
	buffer_text(&text, "");
	for (int i = 0; i < lines.n; i++) {
		buffer_format(&text, "%s%s", i > 0 ? "\n" : "", lines.at[i].text);
		whole = box_join(whole, lines.at[i].box);
		for (int k = 0; k < lines.at[i].n; k++) {
			confidence = fmin(confidence, lines.at[i].words[k]->confidence);
			source = lines.at[i].words[k]->source;
		}
	}
	struct grid_cell *cell = table_add_cell(t, table, r, c, text.text);
	cell->rows = rows;
	cell->cols = cols;
	cell->confidence = confidence;
	cell->place = (struct place){ .part = page->part, .page = page->number, .source = source,
				      .box = lines.n > 0 ? whole : zone };
	talloc_free(mem);
}

static void fill_table(struct letter *l, struct tables *t, const struct page *page, const struct grid *g)
{
	struct table *table = tables_add(t, page->part, page->number);
	int nr = g->ny - 1, nc = g->nx - 1;
	bool *taken = new_array(t->mem, bool, (size_t)nr * (size_t)nc);
	for (int r = 0; r < nr; r++)
		for (int c = 0; c < nc; c++) {
			if (taken[r * nc + c])
				continue;
			int cols = 1, rows = 1;
			while (c + cols < nc && !taken[r * nc + c + cols] && !parts_columns(g, c + cols, r))
				cols++;
			for (bool open = true; open && r + rows < nr;) {
				for (int k = c; k < c + cols; k++)
					open = open && !parts_rows(g, r + rows, k);
				rows += open;
			}
			for (int i = r; i < r + rows; i++)
				for (int k = c; k < c + cols; k++)
					taken[i * nc + k] = true;
			add_cell(l, t, table, page, g, r, c, rows, cols);
		}
	table->rows = nr;
	table->cols = nc;
	talloc_free(taken);
}

static void page_tables(struct letter *l, const struct page *page, PIX *pix, struct tables *t)
{
	void *mem = talloc_new(l);
	struct strokes lines = { 0 };
	PIX *grey = own(mem, pixConvertTo8(pix, 0), drop_pix);
	PIX *black = grey != NULL ? own(mem, pixThresholdToBinary(grey, DARK), drop_pix) : NULL;
	if (black != NULL) {
		find_strokes(mem, black, FLAT, 1, &lines);
		find_strokes(mem, black, 1, UPRIGHT, &lines);
	}
	int *group = new_array(mem, int, (size_t)lines.n + 1);
	join_groups(&lines, group);
	for (int i = 0; i < lines.n; i++) {
		if (group[i] != i)
			continue;
		struct grid *g = new_zero(mem, struct grid);
		*g = (struct grid){ .lines = &lines, .group = group, .which = i };
		if (make_grid(g))
			fill_table(l, t, page, g);
	}
	talloc_free(mem);
}

void ruling_tables(struct letter *l, int part, int first_page, int last_page, struct tables *t)
{
	void *mem = talloc_new(l);
	const struct part *p = letter_find_part(l, part);
	GBytes *bytes = g_bytes_new_static(p->bytes.at, p->bytes.len);
	PopplerDocument *doc = own(mem, poppler_document_new_from_bytes(bytes, NULL, NULL), drop_object);
	g_bytes_unref(bytes);
	for (int i = 0; doc != NULL && i < l->pages.n; i++) {
		const struct page *page = &l->pages.at[i];
		if (page->part != part || page->number < first_page || page->number > last_page)
			continue;
		void *for_page = talloc_new(mem);
		PIX *pix = picture(for_page, doc, page->number);
		if (pix != NULL)
			page_tables(l, page, pix, t);
		talloc_free(for_page);
	}
	talloc_free(mem);
}
