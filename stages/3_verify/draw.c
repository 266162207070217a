/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw.c - a stage of its own, run only for a report: how the pages looked when they were signed, and how
 * they look now.
 *
 * What a signature covers is a prefix of the file and a whole PDF in itself; it and the file are drawn page
 * by page and compared to the eye. A picture decides nothing (3_verify did, on the objects): it shows a
 * person what the words mean. Pages that look the same are not drawn twice; of a signature that changed
 * nothing one page is shown, the one that bears it.
 *
 * Poppler reads hostile bytes here, sealed as everywhere; what it cannot draw is left out.
 */
#include "pages.h"
#include <cairo.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

enum {
	DPI = 72, /* a pixel is a point */
	MAX_SIDE = 1700,
	MAX_PAGES = 40,	   /* of a file that are compared */
	MAX_PICTURES = 40, /* of a letter */
	CELL = 12,	   /* pixels: what is nearer than that hangs together */
	MAX_REGIONS = 30,
	VISIBLE = 40, /* of 255: a difference in one colour that an eye may see */
};

struct side {
	PopplerDocument *document;
	int pages;
};

static void drop_object(void *p)
{
	g_object_unref(p);
}

static void drop_surface(void *p)
{
	cairo_surface_destroy(p);
}

static struct side open_side(const void *mem, struct bytes b)
{
	struct side s = { 0 };
	GBytes *bytes = g_bytes_new_static(b.at, b.len);
	s.document = own(mem, poppler_document_new_from_bytes(bytes, NULL, NULL), drop_object);
	g_bytes_unref(bytes);
	s.pages = s.document != NULL ? poppler_document_get_n_pages(s.document) : 0;
	return s;
}

/* NULL: no such page, or too large, or it cannot be drawn. */
static cairo_surface_t *draw(const void *mem, const struct side *s, int number)
{
	double width = 0, height = 0;
	PopplerPage *page = number <= s->pages ? poppler_document_get_page(s->document, number - 1) : NULL;
	if (page == NULL)
		return NULL;
	poppler_page_get_size(page, &width, &height);
	cairo_surface_t *surface = NULL;
	if (width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE) {
		surface = own(mem, cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height),
			      drop_surface);
		cairo_t *cr = cairo_create(surface);
		cairo_set_source_rgb(cr, 1, 1, 1);
		cairo_paint(cr);
		cairo_scale(cr, DPI / 72.0, DPI / 72.0);
		poppler_page_render(page, cr);
		if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
			surface = NULL;
		cairo_destroy(cr);
	}
	g_object_unref(page);
	if (surface != NULL)
		cairo_surface_flush(surface);
	return surface;
}

/* Cells of a page in which an eye can tell two pictures apart. */
struct cells {
	int w, h;
	uint8_t *at; /* 0 the same, 1 different, 2 counted already */
};

static const unsigned char *pixel(cairo_surface_t *s, int x, int y)
{
	return cairo_image_surface_get_data(s) + (size_t)y * (size_t)cairo_image_surface_get_stride(s) +
	       4 * (size_t)x;
}

/* False: they look the same. */
static bool find_cells(const void *mem, cairo_surface_t *a, cairo_surface_t *b, struct cells *c)
{
	int w = cairo_image_surface_get_width(a), h = cairo_image_surface_get_height(a);
	bool same_size = w == cairo_image_surface_get_width(b) && h == cairo_image_surface_get_height(b),
	     any = !same_size;
	*c = (struct cells){ w / CELL + 1, h / CELL + 1,
			     new_array(mem, uint8_t, (size_t)(w / CELL + 1) * (size_t)(h / CELL + 1)) };
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			const unsigned char *p = pixel(a, x, y), *q = same_size ? pixel(b, x, y) : p;
			if (same_size && abs(p[0] - q[0]) <= VISIBLE && abs(p[1] - q[1]) <= VISIBLE &&
			    abs(p[2] - q[2]) <= VISIBLE)
				continue;
			c->at[y / CELL * c->w + x / CELL] = 1;
			any = true;
		}
	return any;
}

/* The rectangle around all cells that hang together with this one. */
static struct box take_region(const void *mem, struct cells *c, int start)
{
	int *todo = new_array(mem, int, (size_t)(c->w * c->h)), n = 0;
	int x0 = c->w, y0 = c->h, x1 = 0, y1 = 0;
	todo[n++] = start;
	c->at[start] = 2;
	while (n > 0) {
		int x = todo[--n] % c->w, y = todo[n] / c->w;
		x0 = x < x0 ? x : x0;
		y0 = y < y0 ? y : y0;
		x1 = x > x1 ? x : x1;
		y1 = y > y1 ? y : y1;
		for (int k = 0; k < 9; k++) {
			int nx = x + k % 3 - 1, ny = y + k / 3 - 1;
			if (nx < 0 || ny < 0 || nx >= c->w || ny >= c->h || c->at[ny * c->w + nx] != 1)
				continue;
			c->at[ny * c->w + nx] = 2;
			todo[n++] = ny * c->w + nx;
		}
	}
	talloc_free(todo);
	return (struct box){ x0 * CELL, y0 * CELL, (x1 + 1) * CELL, (y1 + 1) * CELL };
}

static cairo_status_t add_png(void *to, const unsigned char *bytes, unsigned int len)
{
	buffer_add(to, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static void add_picture(struct letter *l, int part, int signature, int page, cairo_surface_t *surface,
			struct cells *changed)
{
	struct buffer png = { .mem = l };
	if (surface == NULL || l->pictures.n >= MAX_PICTURES)
		return;
	for (int i = 0; signature == 0 && i < l->pictures.n; i++)
		if (l->pictures.at[i].part == part && l->pictures.at[i].signature == 0 &&
		    l->pictures.at[i].page == page)
			return; /* how it looks now is the same for every signature */
	if (cairo_surface_write_to_png_stream(surface, add_png, &png) != CAIRO_STATUS_SUCCESS)
		return;
	struct picture *p = letter_add_picture(l);
	*p = (struct picture){ .part = part,
			       .signature = signature,
			       .page = page,
			       .width = cairo_image_surface_get_width(surface),
			       .height = cairo_image_surface_get_height(surface),
			       .png = { (const uint8_t *)png.text, png.len } };
	for (int i = 0; changed != NULL && i < changed->w * changed->h && p->changed.n < MAX_REGIONS; i++)
		if (changed->at[i] == 1) {
			p->changed.at = own_grow(l, p->changed.at, p->changed.n, &p->changed.room,
						 sizeof *p->changed.at);
			p->changed.at[p->changed.n++].box = take_region(l, changed, i);
		}
}

static void draw_signature(struct letter *l, int number, struct bytes file, const struct side *now)
{
	const struct signature *s = &l->signatures.at[number - 1];
	int part = s->part, bears = s->page > 0 ? s->page : 1;
	void *mine = talloc_new(l);
	bool whole = s->coverage == COVERS_WHOLE_FILE;
	struct side then = whole ? *now : open_side(mine, (struct bytes){ file.at, (size_t)s->covered });
	int pages = then.pages > now->pages ? then.pages : now->pages;
	bool drawn = false;
	for (int page = 1; !whole && page <= pages && page <= MAX_PAGES; page++) {
		void *one = talloc_new(mine);
		struct cells cells;
		cairo_surface_t *a = draw(one, &then, page), *b = draw(one, now, page);
		if (a == NULL || b == NULL ? a != b : find_cells(one, a, b, &cells)) {
			add_picture(l, part, number, page, a, a != NULL && b != NULL ? &cells : NULL);
			add_picture(l, part, 0, page, b, NULL);
			drawn = true;
		}
		talloc_free(one);
	}
	if (!drawn)
		add_picture(l, part, 0, bears, draw(mine, now, bears), NULL);
	talloc_free(mine);
}

static enum outcome run(struct letter *l)
{
	int last = 0;
	struct side now = { 0 };
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		const struct part *p = letter_find_part(l, s->part);
		bool pdf = p != NULL && p->media != NULL && strcmp(p->media, "application/pdf") == 0;
		if (!pdf || s->covered <= 0 || (uint64_t)s->covered > p->bytes.len ||
		    s->coverage == COVERS_PART)
			continue;
		if (s->part != last)
			now = open_side(l, p->bytes);
		last = s->part;
		draw_signature(l, i + 1, p->bytes, &now);
	}
	return PASS;
}

/* Draws something once before the seal: fonts and tables of Poppler are loaded when first needed. */
static bool prepare(const struct settings *settings, char **why)
{
	static const char sample[] =
		"%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj\n"
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F "
		"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>endobj\n"
		"4 0 obj<</Length 28>>stream\nBT /F 9 Tf 9 9 Td (So) Tj ET\nendstream endobj\n"
		"trailer<</Root 1 0 R>>\n";
	(void)settings;
	void *mine = talloc_new(NULL);
	struct side s = open_side(mine, (struct bytes){ (const uint8_t *)sample, sizeof sample - 1 });
	bool good = draw(mine, &s, 1) != NULL;
	talloc_free(mine);
	if (!good)
		*why = copy_text(NULL, "poppler cannot draw its own sample page");
	return good;
}

const struct stage_work draw_work = { .prepare = prepare, .run = run };
