/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr_scan.h - what the parts of ocr*.c tell each other: a page made ready to be read, and views of it.
 *
 * A view is a part of the page in one kind of ink. Stamps and rubber-stamped names are red, pens are blue, print is
 * black: what lies over each other on paper comes apart by colour, where the scanner kept it. A page of one bit a
 * pixel has only INK_ALL.
 */
#pragma once
#include "ocr.h"
#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

struct scan {
	PIX *grey, *binary;                    /* upright and level */
	PIX *ringless;                         /* the binary picture with a stamp's ring taken out; NULL: none was found */
	PIX *colour;                           /* NULL where nothing on the page has colour */
	bool bilevel;                          /* black and white only: the binary picture holds all of it */
	int dpi;
	double started;                        /* CPU seconds: a page has OCR_PAGE_SECONDS */
};

struct scan *scan_new(const void *mem, PIX *colour, int dpi);          /* takes the picture; NULL: no memory */
void drop_pix(void *pix);                      /* for own() */
double cpu_seconds(void);                      /* what this process has used */

enum ink {
	INK_ALL, INK_BLACK, INK_RED,
	INK_THICK,                             /* bold letters, and no pen's strokes */
	INK_RINGLESS,                          /* all but the ring of a stamp */
	INK_BINARY,                            /* all, one bit a pixel */
};

struct view { PIX *pix; double x, y; };        /* pix NULL: nothing there; x, y: its corner in points */

struct view scan_view(const void *mem, const struct scan *, struct box zone, enum ink);
bool scan_has_red(const struct scan *, struct box zone);

/* One reading of a view; its words go to the page as a pass. False: not within the time limit. */
bool scan_read(struct letter *, struct page *, const struct scan *, struct view, int pass, TessPageSegMode,
	       const char *threshold, double enlarge);

/* A black and white picture with the ring of a stamp in a zone (pixels) taken out; NULL: there is none. */
struct Pix *ring_removed(const void *mem, struct Pix *binary, struct box zone, int dpi);

void read_header_again(struct letter *, struct page *, const struct scan *);
bool read_signer_again(struct letter *, struct page *, const struct scan *);   /* true: the block stands here */
