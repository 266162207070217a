/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr_again.c - spots of a page that are read again, in other ways. See ocr.h.
 *
 * The signer's block is read as a block and as scattered text, in all its ink and in each kind of ink; what those
 * readings are sure of shows where its lines stand, and each line is read by itself. What stands left of a line's
 * first sure word is the hardest, because there the stamp lies: it is read as one word, and where there is ink a
 * blot is noted, so that nobody takes the rest of a name for the whole.
 */
#include "ocr_scan.h"
#include "anchor.h"
#include "lexicon.h"
#include "page.h"
#include "text.h"
#include <math.h>
#include <string.h>

/* Was every word that the first reading saw in a zone read surely enough? */
static bool is_sure_of(const struct page *page, struct box zone, double least)
{
	int n = 0;
	for (int i = 0; i < page->words.n; i++) {
		const struct word *w = &page->words.at[i];
		if (w->pass != 0 || text_codepoints(w->text) < 2
		    || !box_holds(zone, (w->box.x0 + w->box.x1) / 2, (w->box.y0 + w->box.y1) / 2))
			continue;
		if (w->confidence < least)
			return false;
		n++;
	}
	return n > 2;
}

static bool find_title(const struct page *page, struct box *box)
{
	void *mem = talloc_new(NULL);
	struct box top = { -1e6, -1e6, 1e6, page->height * 0.45 };
	struct lines lines = page_lines(mem, page, top, 0);
	bool found = false;
	for (int i = 0; i < lines.n && !found; i++)
		found = anchor_title(mem, &lines.at[i], box);
	talloc_free(mem);
	return found;
}

/* Where the signer's block must stand: right of the copies list. False: not on this page. */
static bool find_signer(const struct page *page, struct box *zone)
{
	void *mem = talloc_new(NULL);
	struct line head;
	int words;
	bool found = anchor_copies(mem, page, 0, &head, &words);
	double top = found ? head.box.y0 - (words == 0 ? 16 : 0) : 0;
	talloc_free(mem);
	*zone = (struct box){ page->width * 0.40, top - 14, page->width, top + page->height * 0.27 };
	if (zone->y1 > page->height)
		zone->y1 = page->height;
	return found;
}

static struct box inside(const struct page *page, struct box b)
{
	b.x0 = fmax(b.x0, 0);
	b.y0 = fmax(b.y0, 0);
	b.x1 = fmin(b.x1, page->width);
	b.y1 = fmin(b.y1, page->height);
	return b;
}

/* Reads a zone once more in one kind of ink. */
static void read_zone(struct letter *l, struct page *page, const struct scan *s, struct box zone, enum ink ink, int pass,
		      TessPageSegMode mode, const char *threshold, double enlarge)
{
	void *mem = talloc_new(NULL);
	scan_read(l, page, s, scan_view(mem, s, zone, ink), pass, mode, threshold, enlarge);
	talloc_free(mem);
}

/* Blue ink in the header is a pen's: where it stands is noted, so that no number written by hand is believed. */
static void note_pen(struct letter *l, struct page *page, const struct scan *s, struct box zone)
{
	enum { CELL = 10 /* points */, LEAST = 14 /* pixels */ };
	double k = s->dpi / 72.0;
	int w = pixGetWidth(s->colour), h = pixGetHeight(s->colour), wpl = pixGetWpl(s->colour);
	for (double y = fmax(zone.y0, 0); y + CELL < zone.y1 && (y + CELL) * k < h; y += CELL)
		for (double x = fmax(zone.x0, 0); x + CELL < zone.x1 && (x + CELL) * k < w; x += CELL) {
			int blue = 0;
			for (int i = (int)(y * k); i < (int)((y + CELL) * k); i++)
				for (int m = (int)(x * k); m < (int)((x + CELL) * k); m++) {
					l_uint32 v = pixGetData(s->colour)[(size_t)i * (size_t)wpl + (size_t)m];
					blue += (int)(v >> 8 & 255) - (int)(v >> 24) > 50;
				}
			if (blue >= LEAST)
				*page_add_word(l, page) = (struct word){ .text = copy_text(l, "?"), .source = FROM_OCR,
					.pass = PASS_BLOT, .box = { x, y, x + CELL, y + CELL } };
		}
}

void read_header_again(struct letter *l, struct page *page, const struct scan *s)
{
	struct box title;
	if (!find_title(page, &title))
		return;
	struct box left = { 0, title.y0 - 6, title.x0 - 4, title.y0 + 100 };
	if (left.y0 < 0)
		left.y0 = 0;
	if (!is_sure_of(page, left, 0.8))
		read_zone(l, page, s, left, INK_ALL, PASS_HEADER, PSM_SINGLE_BLOCK, "2", 1);
	if (s->colour != NULL)
		note_pen(l, page, s, (struct box){ 0, title.y0 + 14, page->width, title.y0 + 80 });
}

/* the signer's block --------------------------------------------------------------------------------- */

/* A printed line in the signer's block as the readings so far show it: words they are sure of. */
struct strip { double y; struct box box; int seen; };

/* "guyễn" is the rest of a word whose first letter a stamp covers: without a capital nothing is sure. */
static bool is_sure(const struct word *w)
{
	if (w->pass < PASS_SIGNER || w->pass > PASS_SIGNER_LAST || w->confidence <= 0.8)
		return false;
	char *key = text_weak(NULL, w->text), *lower = text_lower(NULL, w->text);
	bool letters = strlen(key) >= 2 && strspn(key, "abcdefghiklmnopqrstuvxy.,") == strlen(key);
	bool sure = letters && strcmp(lower, w->text) != 0;
	talloc_free(key);
	talloc_free(lower);
	return sure;
}

static int find_strips(const struct page *page, const struct box *zone, struct strip *strips, int room)
{
	int n = 0;
	for (int i = 0; i < page->words.n; i++) {
		const struct word *w = &page->words.at[i];
		double y = (w->box.y0 + w->box.y1) / 2, x = (w->box.x0 + w->box.x1) / 2;
		if (x < page->width * 0.46 || y < zone->y0 || !is_sure(w))
			continue;
		int k = 0;
		while (k < n && fabs(strips[k].y - y) > 6)
			k++;
		if (k == n && n++ == room)
			return room;
		if (strips[k].seen++ == 0)
			strips[k].y = y;
		strips[k].box = box_join(strips[k].box, w->box);
	}
	return n;
}

static int ink_pixels(PIX *grey)
{
	l_int32 count = 0;
	PIX *binary = grey != NULL ? pixThresholdToBinary(grey, 140) : NULL;
	if (binary != NULL)
		pixCountPixels(binary, &count, NULL);
	pixDestroy(&binary);
	return count;
}

static int ink_in(const struct scan *s, struct box zone, enum ink ink)
{
	void *mem = talloc_new(NULL);
	int count = ink_pixels(scan_view(mem, s, zone, ink).pix);
	talloc_free(mem);
	return count;
}

/* What a line is printed in. */
static enum ink ink_of_line(const struct scan *s, struct box line)
{
	if (s->colour == NULL)
		return INK_ALL;
	int all = ink_in(s, line, INK_ALL);
	return ink_in(s, line, INK_BLACK) * 2 > all ? INK_BLACK : ink_in(s, line, INK_RED) * 2 > all ? INK_RED : INK_ALL;
}

/* Left of a line: one more word, or the stamp. */
static void read_left(struct letter *l, struct page *page, const struct scan *s, struct box line)
{
	enum { LEAST = 25 /* pixels: a stroke */ };
	enum ink ink = ink_of_line(s, line);
	struct box gap = inside(page, (struct box){ line.x0 - 14, line.y0 + 1, line.x0 - 2, line.y1 - 1 });
	if (ink_in(s, gap, ink) < LEAST)
		return;
	struct word *blot = page_add_word(l, page);
	*blot = (struct word){ .text = copy_text(l, "?"), .source = FROM_OCR, .pass = PASS_BLOT, .box = gap };
	struct box left = inside(page, (struct box){ line.x0 - 58, line.y0 - 4, line.x0 - 1, line.y1 + 4 });
	read_zone(l, page, s, left, INK_ALL, PASS_SIGNER + 4, PSM_SINGLE_WORD, "2", 1);
	read_zone(l, page, s, left, INK_ALL, PASS_SIGNER + 5, PSM_SINGLE_WORD, "0", 1.5);
	if (ink == INK_BLACK || ink == INK_RED)
		read_zone(l, page, s, left, ink, PASS_SIGNER + (ink == INK_BLACK ? 6 : 7), PSM_SINGLE_WORD, "0", 1.5);
}

/* The lines of the block have one middle; the widest that is sure shows it, and with it where a line that a
 * stamp covers on the left must begin. */
static void read_strips(struct letter *l, struct page *page, const struct scan *s, const struct box *zone, bool red)
{
	struct strip strips[12] = { 0 };
	int n = find_strips(page, zone, strips, 12), widest = 0;
	for (int i = 1; i < n; i++)
		if (strips[i].box.x1 - strips[i].box.x0 > strips[widest].box.x1 - strips[widest].box.x0)
			widest = i;
	double middle = (strips[widest].box.x0 + strips[widest].box.x1) / 2;
	for (int i = 0; i < n; i++) {
		const struct box *b = &strips[i].box;
		double from = 2 * middle - b->x1 - 6;
		if (b->y1 - b->y0 > 30 || b->x1 < middle - 15)             /* no line, or one of the stamp's */
			continue;
		struct box box = { fmin(from, b->x0 - 6), b->y0 - 5, b->x1 + 8, b->y1 + 4 };
		if (b->x1 < middle)                                /* its right end was lost: as far again to the right */
			box.x1 = 2 * middle - b->x0 + 8;
		box = inside(page, box);
		read_zone(l, page, s, box, INK_ALL, PASS_SIGNER + 4, PSM_SINGLE_LINE, "2", 1);
		read_zone(l, page, s, box, INK_ALL, PASS_SIGNER + 5, PSM_SINGLE_LINE, "0", 1.5);
		if (s->colour != NULL)
			read_zone(l, page, s, box, INK_BLACK, PASS_SIGNER + 6, PSM_SINGLE_LINE, "0", 1.5);
		else
			read_zone(l, page, s, box, INK_THICK, PASS_SIGNER + 6, PSM_SINGLE_LINE, "0", 1.5);
		if (red)
			read_zone(l, page, s, box, INK_RED, PASS_SIGNER + 7, PSM_SINGLE_LINE, "0", 1.5);
		read_left(l, page, s, *b);
	}
}

/* A line that is a whole name: its surname, and every syllable surely read. */
static bool is_whole_name(const struct line *l)
{
	if (l->n < 3 || l->n > 4 || lexicon_find("surname", l->words[0]->text) == NULL)
		return false;
	for (int i = 0; i < l->n; i++)
		if (l->words[i]->confidence < 0.9 || !lexicon_is_syllable(l->words[i]->text))
			return false;
	return true;
}

static bool is_whole_title(const struct line *l)
{
	for (int i = 0; i < l->n; i++)
		if (l->words[i]->confidence < 0.85)
			return false;
	return lexicon_find("deputy", l->text) != NULL;            /* of a head's title the PHÓ may be lost */
}

/* Did the block's first reading show a title and a name, both whole? */
static bool is_settled(const struct page *page, struct box zone)
{
	void *mem = talloc_new(NULL);
	struct lines lines = page_lines(mem, page, zone, PASS_SIGNER);
	bool name = false, title = false;
	for (int i = 0; i < lines.n; i++) {
		title = title || is_whole_title(&lines.at[i]);
		name = name || (title && is_whole_name(&lines.at[i]));
	}
	talloc_free(mem);
	return name;
}

bool read_signer_again(struct letter *l, struct page *page, const struct scan *s)
{
	struct box z;
	if (!find_signer(page, &z))
		return false;
	read_zone(l, page, s, z, INK_ALL, PASS_SIGNER, PSM_SINGLE_BLOCK, "2", 1);
	if (s->colour != NULL) {
		read_zone(l, page, s, z, INK_ALL, PASS_SIGNER + 1, PSM_SPARSE_TEXT, "0", 1);
		read_zone(l, page, s, z, INK_BLACK, PASS_SIGNER + 2, PSM_SINGLE_BLOCK, "2", 1);
		read_zone(l, page, s, z, INK_BLACK, PASS_SIGNER + 3, PSM_SPARSE_TEXT, "0", 1);
	} else if (!is_settled(page, z))
		read_zone(l, page, s, z, INK_ALL, PASS_SIGNER + 1, PSM_SPARSE_TEXT, "2", 1.5);
	bool red = scan_has_red(s, z);
	if (red)                                                   /* PHÓ GIÁM ĐỐC stamped over GIÁM ĐỐC */
		read_zone(l, page, s, z, INK_RED, PASS_SIGNER_LAST, PSM_SPARSE_TEXT, "0", 1);
	read_strips(l, page, s, &z, red);
	struct box left = inside(page, (struct box){ 0, z.y0 + 10, page->width * 0.54, z.y1 + page->height * 0.12 });
	if (!is_sure_of(page, left, 0.6))
		read_zone(l, page, s, left, INK_ALL, PASS_COPIES, PSM_SINGLE_BLOCK, "2", 1.5);
	return true;
}
