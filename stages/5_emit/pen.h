/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pen.h - words on pages of a PDF: what write_pdf.c and write_label.c lay out with.
 *
 * Letters are placed by cairo from four faces of Liberation Serif (metrics of Times New Roman) that are read
 * into memory before the seal. Pango is not used on purpose: since 1.50 its font map starts a thread, which
 * neither survives a fork nor may start in a sealed child, and it lets the machine's font settings move lines.
 * Vietnamese in NFC needs no shaping, so words, their widths and spaces are all that layout needs. Text stays text
 * in the file (words with their spaces), fonts are embedded as subsets, the only time in it is the one given.
 */
#pragma once
#include "letter.h"
#include <cairo.h>

enum face { REGULAR, BOLD, ITALIC, BOLD_ITALIC };
enum align { LEFT, CENTRED, JUSTIFIED };

#define MM (72 / 25.4)
#define LEADING 1.2                            /* baseline to baseline, of the font's size */

struct pen {
	const struct paper *paper;             /* these two of write_pdf.c */
	const struct fit *fit;
	const void *mem;
	cairo_t *cr;
	double width, height, left, right, top, bottom;        /* page; edges of the text */
	double y;                              /* top of what comes next */
	int page;
	struct buffer out;
	cairo_surface_t *surface;
};

struct pen_about { const char *title, *author, *subject; time_t at; };

/* Starts a PDF of pages w by h points; the pen hangs below mem. */
struct pen *pen_new(const void *mem, double w, double h, const struct pen_about *);
struct bytes pen_end(const void *mem, struct pen *);           /* shows the last page; the bytes hang below mem */

void pen_use(struct pen *, enum face, double size);
double pen_wide(struct pen *, const char *text);
/* Lines of text no wider than room, the first one narrower by indent; a line feed in text ends a line. */
struct texts pen_wrap(struct pen *, const char *text, double room, double indent);
void pen_draw(struct pen *, double x, double baseline, const char *text);
void pen_line(struct pen *, double x, double room, double baseline, const char *text, enum align, bool last);
void pen_rule(struct pen *, double x0, double x1, double y);
void pen_frame(struct pen *, double x0, double y0, double x1, double y1);
/* Lines in a column from y down; returns where the next may start. */
double pen_column(struct pen *, double x, double room, double y, const char *text, enum align, enum face, double size);
