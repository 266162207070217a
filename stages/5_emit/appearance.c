/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * appearance.c - a signature's picture or words, by cairo. See appearance.h.
 */
#include "appearance.h"
#include "paper.h"
#include <cairo-pdf.h>
#include <cairo.h>
#include <string.h>

static const double size = 10, leading = 1.2;
static const double number_size = 13, day_size = 13.5, slot_foot = 3; /* as write_pdf.c has boxes 3 and 4 */

struct unread {
	struct bytes bytes;
	size_t at;
};

static cairo_status_t give(void *from, unsigned char *to, unsigned int len)
{
	struct unread *s = from;
	if (len > s->bytes.len - s->at)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, s->bytes.at + s->at, len);
	s->at += len;
	return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t append(void *to, const unsigned char *at, unsigned int len)
{
	buffer_add(to, at, len);
	return CAIRO_STATUS_SUCCESS;
}

static void drop_surface(void *s)
{
	cairo_surface_destroy(s);
}
static void drop_cairo(void *cr)
{
	cairo_destroy(cr);
}

/* Width and height stand in the head, so a bomb is told before it is unpacked. */
static bool is_small_png(struct bytes png)
{
	static const uint8_t magic[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
					 0,    0,   0,	13,  'I',  'H',	 'D',  'R' };
	if (png.len < 24 || png.len > PICTURE_MAX || memcmp(png.at, magic, sizeof magic) != 0)
		return false;
	for (int i = 16; i < 24; i += 4)
		if (png.at[i] != 0 || png.at[i + 1] != 0 || png.at[i + 2] << 8 > PICTURE_EDGE_MAX)
			return false;
	return true;
}

/* White paper and what is transparent do not count. */
static enum ink ink_of(cairo_surface_t *picture)
{
	int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
	int stride = cairo_image_surface_get_stride(picture);
	const unsigned char *rows = cairo_image_surface_get_data(picture);
	cairo_format_t format = cairo_image_surface_get_format(picture);
	long red = 0, blue = 0;
	if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)
		return INK_NONE;
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			uint32_t p;
			memcpy(&p, rows + (size_t)y * (size_t)stride + (size_t)x * 4, sizeof p);
			int r = p >> 16 & 255, b = p & 255;
			red += r > b + 40;
			blue += b > r + 40;
		}
	return red > blue ? INK_RED : blue > 0 ? INK_BLUE : INK_NONE;
}

static void set_font(cairo_t *cr, bool italic, double points)
{
	cairo_font_options_t *exact = cairo_font_options_create();
	cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(cr, exact);
	cairo_font_options_destroy(exact);
	cairo_set_font_face(cr, pdf_face(italic));
	cairo_set_font_size(cr, points);
}

/* As large as the box allows, in its middle. */
static bool draw_picture(cairo_t *cr, void *work, double width, double height, struct bytes png,
			 enum ink *ink)
{
	struct unread s = { png, 0 };
	if (!is_small_png(png))
		return false;
	cairo_surface_t *picture =
		own(work, cairo_image_surface_create_from_png_stream(give, &s), drop_surface);
	if (cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS)
		return false;
	*ink = ink_of(picture);
	double w = cairo_image_surface_get_width(picture), h = cairo_image_surface_get_height(picture);
	double scale = width / w < height / h ? width / w : height / h;
	cairo_translate(cr, (width - w * scale) / 2, (height - h * scale) / 2);
	cairo_scale(cr, scale, scale);
	cairo_set_source_surface(cr, picture, 0, 0);
	cairo_paint(cr);
	return true;
}

static void draw_lines(cairo_t *cr, const struct texts *words)
{
	set_font(cr, false, size);
	for (int i = 0; i < words->n; i++) {
		cairo_move_to(cr, 0, size * (1 + i * leading));
		cairo_show_text(cr, words->at[i]);
	}
}

/* White over the dots, the word in their middle. */
static void draw_in_slots(cairo_t *cr, const struct appearance *a)
{
	set_font(cr, a->italic, a->italic ? day_size : number_size);
	for (int i = 0; i < a->words->n; i++) {
		double x = i == 0 ? 0 : a->width - a->slot;
		cairo_text_extents_t e;
		cairo_set_source_rgb(cr, 1, 1, 1);
		cairo_rectangle(cr, x, 0, a->slot, a->height);
		cairo_fill(cr);
		cairo_set_source_rgb(cr, 0, 0, 0);
		cairo_text_extents(cr, a->words->at[i], &e);
		cairo_move_to(cr, x + (a->slot - e.x_advance) / 2, a->height - slot_foot);
		cairo_show_text(cr, a->words->at[i]);
	}
}

struct bytes appearance_draw(const void *mem, struct appearance *a, const char **why)
{
	void *work = talloc_new(mem);
	struct buffer out = { .mem = work };
	struct bytes made = { 0 };
	cairo_surface_t *s = own(work, cairo_pdf_surface_create_for_stream(append, &out, a->width, a->height),
				 drop_surface);
	cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
	cairo_t *cr = own(work, cairo_create(s), drop_cairo);
	a->ink = INK_NONE;
	if (a->png.at != NULL && !draw_picture(cr, work, a->width, a->height, a->png, &a->ink)) {
		*why = "not a PNG of at most 4 MB and 4000 pixels an edge";
		talloc_free(work);
		return made;
	}
	if (a->png.at == NULL && a->slot > 0)
		draw_in_slots(cr, a);
	else if (a->png.at == NULL)
		draw_lines(cr, a->words);
	cairo_show_page(cr);
	cairo_surface_finish(s);
	made = copy_bytes(mem, out.text, out.len);
	talloc_free(work);
	return made;
}

static double measure(const char *text, bool italic, double points)
{
	cairo_surface_t *s = cairo_pdf_surface_create(NULL, 100, 100);
	cairo_t *cr = cairo_create(s);
	cairo_text_extents_t e;
	set_font(cr, italic, points);
	cairo_text_extents(cr, text, &e);
	cairo_destroy(cr);
	cairo_surface_destroy(s);
	return e.x_advance;
}

double appearance_width(const struct texts *words)
{
	double widest = 0;
	for (int i = 0; i < words->n; i++) {
		double w = measure(words->at[i], false, size);
		widest = w > widest ? w : widest;
	}
	return widest;
}

double appearance_slot(const char *dots, bool italic)
{
	return measure(dots, italic, italic ? day_size : number_size);
}

double appearance_height(const struct texts *words)
{
	return words->n * size * leading + 2;
}
