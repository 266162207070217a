/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr.h - words from pictures of pages: Leptonica makes the picture ready, Tesseract recognises it.
 *
 * What was measured on real letters (READING) is the recipe: 200 dpi, 8-bit grey, Tesseract's own Sauvola
 * threshold, orientation first, turned only when more than 0.7 degrees askew, red never removed. A page of black
 * and white alone is read as one bit a pixel: the threshold would be time for nothing. The first reading of a page
 * is pass 0. Three spots are read again, in other ways (ocr_again.c), because one way never suffices there: the
 * left of the header, the small close lines of the copies list, and the block of the signer under stamp and
 * signature, in all its ink, in black alone and in red alone. Those words are further passes over the same spot;
 * fields_*.c weigh them, nothing is thrown away here.
 *
 * The model is loaded once, by ocr_prepare(). No page depends on the page before it.
 */
#pragma once
#include "stage.h"

struct Pix;

enum { OCR_DPI = 200, OCR_MAX_PAGES = 300, OCR_MAX_PIXELS = 40000000, OCR_PAGE_SECONDS = 20 };

enum {                                         /* word.pass */
	PASS_HEADER = 1,
	PASS_SIGNER = 2, PASS_SIGNER_LAST = 10,
	PASS_COPIES = 11,
	PASS_BLOT = 12,                        /* ink that is no reading: left of a signer's line; a pen's in the header */
	CUTS = 9, PASS_CUT = 20, PASS_CUT_LAST = PASS_CUT + 2 * CUTS - 1,      /* a name's first word, from many edges */
};

bool ocr_prepare(const struct settings *, char **why);

struct tables;

struct pictures {
	void *from;
	struct Pix *(*at)(void *from, int number, int dpi);    /* 32 bits a pixel; NULL: none, or too big */
	struct tables *tables;                                 /* where ruled tables go, read cell by cell */
};

/* Reads the pages l->pages.at[first + i] with wanted[i], or as many of them as the settings ask for:
 * OCR_FIELDS reads page 1 and the page with the signer's block. */
void ocr_pages(struct letter *, int first, int n, const bool *wanted, struct pictures);

/* Text of one block in a grey picture (pixels), '\n' between its lines; "": nothing is written there. */
char *ocr_zone(const void *mem, struct Pix *grey, int dpi, struct box zone, double *confidence);

/* From cairo's xRGB rows. */
struct Pix *ocr_pix(const unsigned char *rows, int width, int height, int stride);
