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
#include <stdlib.h>
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

enum { SEEN = 40 };

/* A printed line in the signer's block as the readings so far show it: words they are sure of. */
struct strip {
	double y;
	struct box box;                        /* from the first to the last of them, as high as most are */
	double tops[SEEN], bottoms[SEEN];
	int seen;
	bool small;                            /* in small letters: a name's */
};

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

/* A capital and small letters after it. */
static bool has_small(const char *text)
{
	char *upper = text_upper(NULL, text);
	bool small = text_codepoints(text) >= 2 && strcmp(upper, text) != 0;
	talloc_free(upper);
	return small;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double middle_of(double *numbers, int n)
{
	qsort(numbers, (size_t)n, sizeof *numbers, by_size);
	return numbers[n / 2];
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
		if (strips[k].seen == 0)
			strips[k].y = y;
		if (strips[k].seen < SEEN) {
			strips[k].tops[strips[k].seen] = w->box.y0;
			strips[k].bottoms[strips[k].seen++] = w->box.y1;
		}
		strips[k].box = box_join(strips[k].box, w->box);
		strips[k].small = strips[k].small || has_small(w->text);
	}
	for (int k = 0; k < n; k++) {
		strips[k].box.y0 = middle_of(strips[k].tops, strips[k].seen);
		strips[k].box.y1 = middle_of(strips[k].bottoms, strips[k].seen);
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

/* Ink left of a line, in cells as wide as a letter: what is no reading stays a doubt. */
static bool note_blots(struct letter *l, struct page *page, const struct scan *s, struct box line, enum ink ink)
{
	enum { LEAST = 12 /* pixels: a stroke */, CELL = 6, CELLS = 10 };
	bool any = false;
	for (int i = 0; i < CELLS; i++) {
		double to = line.x0 - 2 - i * CELL;
		struct box cell = inside(page, (struct box){ to - CELL, line.y0 + 1, to, line.y1 - 1 });
		if (ink_in(s, cell, ink) < LEAST)
			continue;
		struct word *blot = page_add_word(l, page);
		*blot = (struct word){ .text = copy_text(l, "?"), .source = FROM_OCR, .pass = PASS_BLOT, .box = cell };
		any = any || i < 2;
	}
	return any;
}

/* A view with a white border: the recogniser takes a stroke at the edge for a letter. */
static struct view with_border(const void *mem, struct view v, int dpi)
{
	enum { BORDER = 10 };
	PIX *wide = v.pix != NULL ? pixAddBorder(v.pix, BORDER, 255) : NULL;
	return (struct view){ own(mem, wide, drop_pix), v.x - BORDER * 72.0 / dpi, v.y - BORDER * 72.0 / dpi };
}

/* Of the words from one on: those that end left of x. */
static void keep_left(struct page *page, int from, double x)
{
	int n = from;
	for (int i = from; i < page->words.n; i++)
		if (page->words.at[i].box.x1 < x + 2)
			page->words.at[n++] = page->words.at[i];
	page->words.n = n;
}

/* Is a surname among the words from one on, letter by letter and surely? Two letters are too few. */
static bool is_surname_read(const struct page *page, int from)
{
	for (int i = from; i < page->words.n; i++) {
		const struct word *w = &page->words.at[i];
		const struct lexeme *surname = w->confidence > 0.9 ? lexicon_find("surname", w->text) : NULL;
		if (surname != NULL && strlen(surname->weak) > 2 && strcmp(surname->text, w->text) == 0)
			return true;
	}
	return false;
}

/* Where a line's first sure word ends: what is read left of it wants a neighbour, a whole one. */
static double end_of_word(const struct page *page, const struct box *line)
{
	double end = line->x1;
	for (int i = 0; i < page->words.n; i++) {
		const struct word *w = &page->words.at[i];
		if (is_sure(w) && fabs(w->box.x0 - line->x0) < 3 && w->box.y0 < line->y1 && w->box.y1 > line->y0)
			end = fmin(end, w->box.x1);
	}
	return end + 3;
}

/* The first word of a name, where the stamp lies: the line without what is above and below it, cut at one edge after
 * the other. A cut between the stamp's edge and the letters leaves a word that can be read; those that cut elsewhere
 * give shreds, and the readings vote (sign_scan.c). */
static void read_cuts(struct letter *l, struct page *page, const struct scan *s, struct box line, enum ink ink)
{
	static const double cuts[CUTS] = { 50, 44, 39, 35, 31, 28, 25, 22, 19 }; /* points: Nguyễn .. Lê */
	enum ink inks[2] = { ink == INK_ALL && s->ringless != NULL ? INK_RINGLESS : ink, INK_ALL };
	void *mem = talloc_new(NULL);
	int agreed = 0;
	double to = end_of_word(page, &line);
	for (int k = 0; k < (inks[0] == INK_ALL ? 1 : 2); k++)
		for (int i = 0; i < CUTS && agreed < 2; i++) {
			struct box box = { line.x0 - cuts[i], line.y0 - 2.5, to, line.y1 + 2.5 };
			struct view v = with_border(mem, scan_view(mem, s, inside(page, box), inks[k]), s->dpi);
			int before = page->words.n;
			scan_read(l, page, s, v, PASS_CUT + k * CUTS + i, PSM_SINGLE_LINE, "0", 1.5);
			keep_left(page, before, line.x0);
			agreed += is_surname_read(page, before);
		}
	talloc_free(mem);
}

/* What the readings are sure of at a line's height and beside it, without a gap. */
static struct box sure_part(const struct page *page, const struct strip *strip)
{
	struct box box = strip->box;
	for (bool more = true; more;) {
		more = false;
		for (int i = 0; i < page->words.n; i++) {
			const struct word *w = &page->words.at[i];
			if (fabs((w->box.y0 + w->box.y1) / 2 - strip->y) < 6 && is_sure(w) && w->box.x0 < box.x0 - 1
			    && w->box.x1 > box.x0 - 11 && w->box.x1 < box.x0 + 3 && w->box.x0 > page->width * 0.46) {
				box.x0 = w->box.x0;
				more = true;
			}
		}
	}
	return box;
}

/* A line of the copies list, which reaches into the block. */
static bool goes_on_left(const struct page *page, const struct box *line)
{
	for (int i = 0; i < page->words.n; i++) {
		const struct word *w = &page->words.at[i];
		if (w->pass == 0 && w->confidence > 0.8 && w->box.y0 < line->y1 - 2 && w->box.y1 > line->y0 + 2
		    && w->box.x1 < line->x0 + 2 && w->box.x1 > line->x0 - 11 && text_codepoints(w->text) > 1)
			return true;
	}
	return false;
}

/* Left of a line: one more word, or the stamp. */
static void read_left(struct letter *l, struct page *page, const struct scan *s, const struct strip *strip)
{
	struct box line = sure_part(page, strip);
	enum ink ink = ink_of_line(s, line);
	if (goes_on_left(page, &line))
		return;
	if (note_blots(l, page, s, line, ink) && strip->small)
		read_cuts(l, page, s, line, ink);
}

/* The lines of the block have one middle; the widest that is sure shows it, and with it where a line that a
 * stamp covers on the left must begin. False: there is none in small letters. */
static bool read_strips(struct letter *l, struct page *page, const struct scan *s, const struct box *zone, bool red)
{
	struct strip strips[12] = { 0 };
	int n = find_strips(page, zone, strips, 12), widest = 0;
	bool named = false;
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
		if (red || s->ringless != NULL)
			read_zone(l, page, s, box, red ? INK_RED : INK_RINGLESS, PASS_SIGNER + 7, PSM_SINGLE_LINE, "0", 1.5);
		read_left(l, page, s, &strips[i]);
		named = named || strips[i].small;
	}
	return named;
}

/* Where bold letters stand in a line, below the titles, though no reading was sure of one: run together they make a
 * piece as high as a line and as wide as a name. *box: the largest. */
static bool find_bold(const struct scan *s, const struct page *page, struct box zone, struct box *box)
{
	void *mem = talloc_new(NULL);
	struct box right = { page->width * 0.46, zone.y0 + 60, page->width * 0.92, zone.y1 };
	struct view v = scan_view(mem, s, inside(page, right), s->colour != NULL ? INK_BLACK : s->ringless != NULL ? INK_RINGLESS : INK_BINARY);
	double k = 72.0 / s->dpi, most = 0;
	PIX *binary = own(mem, v.pix == NULL ? NULL : pixGetDepth(v.pix) == 1 ? pixClone(v.pix) : pixThresholdToBinary(v.pix, 110), drop_pix);
	PIX *thick = own(mem, binary != NULL ? pixOpenBrick(NULL, binary, 4, 4) : NULL, drop_pix);
	PIX *joined = own(mem, thick != NULL ? pixCloseSafeBrick(NULL, thick, 21, 5) : NULL, drop_pix);
	BOXA *pieces = joined != NULL ? pixConnCompBB(joined, 8) : NULL;
	for (int i = 0; i < boxaGetCount(pieces); i++) {
		l_int32 x, y, w, h;
		boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
		if (w * k < 36 || w * k > 170 || h * k < 8 || h * k > 24 || w * h < most)
			continue;
		most = w * h;
		*box = (struct box){ v.x + x * k, v.y + y * k, v.x + (x + w) * k, v.y + (y + h) * k };
	}
	boxaDestroy(&pieces);
	talloc_free(mem);
	return most > 0;
}

/* A name that no reading of the block was sure of, as a line by itself. */
static void read_bold(struct letter *l, struct page *page, const struct scan *s, struct box zone, bool red)
{
	static const double enlarge[] = { 1, 1.5, 2 };
	struct box box = { 0 };
	enum ink inks[2] = { INK_ALL, red ? INK_BLACK : INK_RINGLESS };
	if (!find_bold(s, page, zone, &box))
		return;
	void *mem = talloc_new(NULL);
	struct box line = inside(page, (struct box){ box.x0 - 6, box.y0 - 3, box.x1 + 6, box.y1 + 3 });
	for (int k = 0; k < (red || s->ringless != NULL ? 2 : 1); k++)
		for (int i = 0; i < 3; i++)
			scan_read(l, page, s, with_border(mem, scan_view(mem, s, line, inks[k]), s->dpi), PASS_CUT + 3 * k + i,
				  PSM_SINGLE_LINE, "0", enlarge[i]);
	note_blots(l, page, s, box, INK_ALL);
	talloc_free(mem);
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

/* The stamp stands over the left of the block and reaches into the copies list. */
static PIX *without_ring(const void *mem, const struct page *page, const struct scan *s, struct box block)
{
	double k = s->dpi / 72.0;
	struct box z = inside(page, (struct box){ page->width * 0.3, block.y0 - 20, page->width * 0.9, block.y1 + 30 });
	return ring_removed(mem, s->binary, (struct box){ z.x0 * k, z.y0 * k, z.x1 * k, z.y1 * k }, s->dpi);
}

bool read_signer_again(struct letter *l, struct page *page, const struct scan *as_scanned)
{
	struct box z;
	struct scan scan = *as_scanned, *s = &scan;
	if (!find_signer(page, &z))
		return false;
	void *mem = talloc_new(NULL);
	read_zone(l, page, s, z, INK_ALL, PASS_SIGNER, PSM_SINGLE_BLOCK, "2", 1);
	bool red = scan_has_red(s, z);
	if (s->colour != NULL && !red)                             /* what has colour is drawn elsewhere on the page */
		s->colour = NULL;
	if (s->colour != NULL) {
		read_zone(l, page, s, z, INK_ALL, PASS_SIGNER + 1, PSM_SPARSE_TEXT, "0", 1);
		read_zone(l, page, s, z, INK_BLACK, PASS_SIGNER + 2, PSM_SINGLE_BLOCK, "2", 1);
		read_zone(l, page, s, z, INK_BLACK, PASS_SIGNER + 3, PSM_SPARSE_TEXT, "0", 1);
	} else if (!is_settled(page, z)) {
		s->ringless = without_ring(mem, page, s, z);
		read_zone(l, page, s, z, INK_ALL, PASS_SIGNER + 1, PSM_SPARSE_TEXT, "2", 1.5);
		if (s->ringless != NULL) {
			read_zone(l, page, s, z, INK_RINGLESS, PASS_SIGNER + 2, PSM_SINGLE_BLOCK, "0", 1);
			read_zone(l, page, s, z, INK_RINGLESS, PASS_SIGNER + 3, PSM_SPARSE_TEXT, "0", 1.5);
		}
	}
	if (red)                                                   /* PHÓ GIÁM ĐỐC stamped over GIÁM ĐỐC */
		read_zone(l, page, s, z, INK_RED, PASS_SIGNER_LAST, PSM_SPARSE_TEXT, "0", 1);
	if (!read_strips(l, page, s, &z, red))
		read_bold(l, page, s, z, red);
	struct box left = inside(page, (struct box){ 0, z.y0 + 10, page->width * 0.54, z.y1 + page->height * 0.12 });
	if (!is_sure_of(page, left, 0.6))
		read_zone(l, page, s, left, INK_ALL, PASS_COPIES, PSM_SINGLE_BLOCK, "2", 1.5);
	talloc_free(mem);
	return true;
}
