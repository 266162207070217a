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
#include "text.h"
#include <cairo.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

enum { DPI = 144, DARK = 170, MAX_LINES = 4000, MAX_SIDE = 200, MAX_SCAN_CELLS = 600 };

/* Points: the shortest flat and upright line, the thickest line, lines of one edge. Capitals of 14 points are
 * 10 points high, so no letter is an upright line. */
static const double FLAT = 24, UPRIGHT = 13, THICK = 4, NEAR = 2.5;
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
	return own(mem,
		   ocr_pix(cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
			   cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface)),
		   drop_pix);
}

/* What is left of the page after opening with a long brick, as boxes in points. */
static void find_strokes(const void *mem, PIX *black, double scale, bool flat, struct strokes *out)
{
	PIX *opened = own(mem, pixOpenBrick(NULL, black, flat ? (l_int32)(FLAT / scale) : 1,
					    flat ? 1 : (l_int32)(UPRIGHT / scale)), drop_pix);
	BOXA *boxes = opened != NULL ? own(mem, pixConnCompBB(opened, 8), drop_boxes) : NULL;
	for (int i = 0; boxes != NULL && i < boxaGetCount(boxes) && out->n < MAX_LINES; i++) {
		l_int32 x, y, bw, bh;
		boxaGetBoxGeometry(boxes, i, &x, &y, &bw, &bh);
		if ((flat ? bh : bw) * scale > THICK)
			continue;                      /* a filled area, no line */
		out->at = own_grow(mem, out->at, out->n, &out->room, sizeof *out->at);
		out->at[out->n++] = (struct box){ x * scale, y * scale, (x + bw) * scale, (y + bh) * scale };
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
	return g->nx >= 3 && g->ny >= 2;
}

/* Where the text of cells comes from: words already read, or the grey picture itself. */
struct reading_of {
	struct letter *l;
	const struct page *page;
	struct tables *tables;
	PIX *grey;                             /* NULL: from words */
	int dpi, cells;
	struct grid before;                    /* the last table of the page before; nx 0: none */
};

/* One row alone is no table, but the rest of one that the page before could not hold. */
static bool is_rest(const struct reading_of *r, const struct grid *g)
{
	if (g->nx < 4 || g->nx != r->before.nx)
		return false;
	for (int i = 0; i < g->nx; i++)
		if (fabs(g->x[i] - r->before.x[i]) > 2 * NEAR)
			return false;
	return true;
}

static void text_of_words(const struct reading_of *r, const void *mem, struct box zone, struct grid_cell *cell)
{
	struct lines lines = page_lines(mem, r->page, zone, 0);
	struct buffer text = { .mem = r->tables->mem };
	struct box whole = { 0, 0, 0, 0 };
	buffer_text(&text, "");
	for (int i = 0; i < lines.n; i++) {
		buffer_format(&text, "%s%s", i > 0 ? "\n" : "", lines.at[i].text);
		whole = box_join(whole, lines.at[i].box);
		for (int k = 0; k < lines.at[i].n; k++) {
			cell->confidence = fmin(cell->confidence, lines.at[i].words[k]->confidence);
			cell->place.source = lines.at[i].words[k]->source;
		}
	}
	cell->text = text.text;
	if (lines.n > 0)
		cell->place.box = whole;
}

static void add_cell(struct reading_of *r, struct table *table, const struct grid *g, int row, int col,
		     int rows, int cols)
{
	void *mem = talloc_new(r->l);
	struct box zone = { g->x[col], g->y[row], g->x[col + cols], g->y[row + rows] };
	struct grid_cell *cell = table_add_cell(r->tables, table, row, col, "");
	cell->rows = rows;
	cell->cols = cols;
	cell->place = (struct place){
		.part = r->page->part, .page = r->page->number, .source = r->page->source, .box = zone
	};
	if (r->grey == NULL)
		text_of_words(r, mem, zone, cell);
	else if (r->cells++ < MAX_SCAN_CELLS) {
		double k = r->dpi / 72.0;
		struct box pixels = { zone.x0 * k, zone.y0 * k, zone.x1 * k, zone.y1 * k };
		cell->text = ocr_zone(r->tables->mem, r->grey, r->dpi, pixels, &cell->confidence);
	}
	talloc_free(mem);
}

static void fill_table(struct reading_of *r_of, const struct grid *g)
{
	struct table *table = tables_add(r_of->tables, r_of->page->part, r_of->page->number);
	int nr = g->ny - 1, nc = g->nx - 1;
	bool *taken = new_array(r_of->tables->mem, bool, (size_t)nr * (size_t)nc);
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
			add_cell(r_of, table, g, r, c, rows, cols);
		}
	table->rows = nr;
	table->cols = nc;
	talloc_free(taken);
}

/* least: columns and rows a table must have to be worth reading. */
static void page_tables(struct reading_of *r, PIX *grey, int least_x, int least_y)
{
	void *mem = talloc_new(r->l);
	struct strokes lines = { 0 };
	const struct grid *last = NULL;
	double scale = 72.0 / r->dpi;
	PIX *black = own(mem, pixThresholdToBinary(grey, DARK), drop_pix);
	if (black != NULL) {
		find_strokes(mem, black, scale, true, &lines);
		find_strokes(mem, black, scale, false, &lines);
	}
	int *group = new_array(mem, int, (size_t)lines.n + 1);
	join_groups(&lines, group);
	for (int i = 0; i < lines.n; i++) {
		if (group[i] != i)
			continue;
		struct grid *g = new_zero(mem, struct grid);
		*g = (struct grid){ .lines = &lines, .group = group, .which = i };
		if (!make_grid(g) || g->nx <= least_x || (g->ny <= least_y && !is_rest(r, g)))
			continue;
		fill_table(r, g);
		last = g;
	}
	r->before = last != NULL ? *last : (struct grid){ .nx = 0 };
	talloc_free(mem);
}

/* Cells are read one by one, which costs as much as the page: only where the paper is about certificates. */
static bool is_about_certificates(const struct letter *l, int part)
{
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		for (int k = 0; p->part == part && k < p->words.n; k++) {
			char *key = text_weak(NULL, p->words.at[k].text);
			bool certificate = strcmp(key, "cts") == 0 || strcmp(key, "token") == 0;
			if (strcmp(key, "chung") == 0 && k + 1 < p->words.n) {
				char *next = text_weak(key, p->words.at[k + 1].text);
				certificate = text_starts(next, "thu");
			}
			talloc_free(key);
			if (certificate)
				return true;
		}
	}
	return false;
}

void ruling_scan(struct letter *l, const struct page *page, struct Pix *grey, int dpi, struct tables *t)
{
	if (t == NULL || !is_about_certificates(l, page->part))
		return;
	void *mem = talloc_new(l);
	l_float32 angle = 0, sure = 0;
	PIX *binary = own(mem, pixThresholdToBinary(grey, DARK), drop_pix), *level = grey;
	/* A tenth of a degree already moves the end of a line by a line's thickness. */
	if (binary != NULL && pixFindSkew(binary, &angle, &sure) == 0 && sure > 3 && fabsf(angle) > 0.08F)
		level = own(mem, pixRotateAMGray(grey, angle * 3.14159265F / 180, 255), drop_pix);
	struct reading_of r = { .l = l, .page = page, .tables = t, .grey = level, .dpi = dpi };
	if (level != NULL)
		page_tables(&r, level, 3, 2);
	talloc_free(mem);
}

void ruling_tables(struct letter *l, int part, int first_page, int last_page, struct tables *t)
{
	void *mem = talloc_new(l);
	const struct part *p = letter_find_part(l, part);
	GBytes *bytes = g_bytes_new_static(p->bytes.at, p->bytes.len);
	PopplerDocument *doc = own(mem, poppler_document_new_from_bytes(bytes, NULL, NULL), drop_object);
	g_bytes_unref(bytes);
	struct reading_of *r = new_zero(mem, struct reading_of);
	*r = (struct reading_of){ .l = l, .tables = t, .dpi = DPI };
	for (int i = 0; doc != NULL && i < l->pages.n; i++) {
		const struct page *page = &l->pages.at[i];
		if (page->part != part || page->number < first_page || page->number > last_page)
			continue;
		void *for_page = talloc_new(mem);
		PIX *pix = picture(for_page, doc, page->number);
		PIX *grey = own(for_page, pix != NULL ? pixConvertTo8(pix, 0) : NULL, drop_pix);
		r->page = page;
		if (grey != NULL)
			page_tables(r, grey, 2, 2);
		talloc_free(for_page);
	}
	talloc_free(mem);
}
