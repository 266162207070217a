/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr_pages.c - which pages are read, how much of each, and for how long.
 *
 * OCR_FULL reads every page. OCR_FIELDS reads what fields stand in: the upper part of page 1, where header, subject,
 * recipients and the legal basis are, and the copies list with the signer's block beside it, wherever they are. A
 * list is looked for before anything is recognised: lines on the left with the middle of the page white beside
 * them. What looks like one and is none costs little; where none is found the last page is read whole, then the
 * others, until a block is found.
 *
 * A page that takes too long is left out and said so; the pages that worked are kept. Reading ends while the stage
 * still has time for what comes after it: a letter of many pages is then read in part, never lost.
 */
#include "ocr_scan.h"
#include "page.h"
#include "ruling.h"
#include "text.h"
#include <math.h>
#include <string.h>
#include <sys/resource.h>

enum { RESERVE_SECONDS = 12 };                 /* of the stage's CPU, for the fields */

static const double TOP = 0.6;                 /* of page 1: header, subject, recipients, legal basis */

static void say(struct letter *l, const struct page *p, const char *rule, enum severity severity, const char *vi,
		const char *en)
{
	struct place place = { .part = p->part, .page = p->number };
	char *what = format_text(l, "part:%d", p->part);
	finding_evidence(l, letter_finding(l, rule, severity, NULL, vi, en), what, &place);
}

static bool has_time(void)
{
	struct rlimit r;
	return getrlimit(RLIMIT_CPU, &r) != 0 || r.rlim_cur == RLIM_INFINITY
		|| cpu_seconds() + RESERVE_SECONDS < (double)r.rlim_cur;
}

/* A word that the file itself draws there is surer than its picture. */
static void drop_doubles(struct page *page, int drawn)
{
	int n = drawn;
	for (int i = drawn; i < page->words.n; i++) {
		struct box *b = &page->words.at[i].box;
		bool twice = false;
		for (int k = 0; k < drawn && !twice; k++)
			twice = box_holds(page->words.at[k].box, (b->x0 + b->x1) / 2, (b->y0 + b->y1) / 2);
		if (!twice)
			page->words.at[n++] = page->words.at[i];
	}
	page->words.n = n;
}

static struct scan *open_page(struct letter *l, const void *mem, struct page *page, struct pictures pictures)
{
	PIX *colour = pictures.at(pictures.from, page->number, OCR_DPI);
	if (colour == NULL) {
		say(l, page, "2_extract/page-too-big", WARN, "Trang quá lớn (hơn 40 triệu điểm ảnh) hoặc không dựng được hình "
		    "nên không nhận dạng.", "The page is too big (over 40 million pixels) or cannot be drawn, so it was not read.");
		return NULL;
	}
	struct scan *s = scan_new(mem, colour, OCR_DPI);
	if (s != NULL) {
		page->width = pixGetWidth(s->grey) * 72.0 / OCR_DPI;
		page->height = pixGetHeight(s->grey) * 72.0 / OCR_DPI;
	}
	return s;
}

/* The first reading of a part of the page, from y0 to y1. */
static bool read_rows(struct letter *l, struct page *page, const struct scan *s, double y0, double y1)
{
	void *mem = talloc_new(NULL);
	struct view v = { s->bilevel ? s->binary : s->grey, 0, 0 };
	if (y0 > 0 || y1 < page->height)
		v = scan_view(mem, s, (struct box){ 0, y0, page->width, y1 }, s->bilevel ? INK_BINARY : INK_ALL);
	int drawn = page->words.n;
	bool good = scan_read(l, page, s, v, 0, PSM_AUTO, s->bilevel ? "0" : "2", 1);
	talloc_free(mem);
	if (good)
		drop_doubles(page, drawn);
	else
		say(l, page, "2_extract/page-not-read", WARN, "Không nhận dạng được trang này trong thời hạn cho phép.",
		    "This page could not be recognised within its time limit.");
	return good;
}

/* Reads one page whole; true when it holds the signer's block. */
static bool read_page(struct letter *l, struct page *page, struct pictures pictures)
{
	void *mem = talloc_new(l);
	struct scan *s = open_page(l, mem, page, pictures);
	bool signer = false;
	if (s != NULL && read_rows(l, page, s, 0, page->height)) {
		read_header_again(l, page, s);
		signer = read_signer_again(l, page, s);
		ruling_scan(l, page, s->grey, OCR_DPI, pictures.tables);
	}
	talloc_free(mem);
	return signer;
}

/* fields only ----------------------------------------------------------------------------------------- */

/* What a row of the small picture is: nothing on the left, text across the middle, or text that ends before it. */
enum row { BLANK, ACROSS, LEFT };

static enum row row_kind(PIX *small, int y)
{
	enum { GAP = 12 /* no two words of a line stand so far apart */ };
	const l_uint32 *row = pixGetData(small) + (size_t)y * (size_t)pixGetWpl(small);
	int w = pixGetWidth(small), ink = 0, white = 0;
	for (int x = w * 8 / 100; x < w * 40 / 100; x++)
		ink += (int)GET_DATA_BIT(row, x);
	if (ink < 2)
		return BLANK;
	for (int x = w * 30 / 100; x < w * 58 / 100; x++) {
		white = GET_DATA_BIT(row, x) ? 0 : white + 1;
		if (white == GAP)
			return LEFT;
	}
	return ACROSS;
}

/* Lines on the left, below y, that end before the middle or have a gap there: a copies list, or what looks like one. */
static bool find_list(const struct scan *s, const struct page *page, double y, struct box *zone)
{
	enum { LEAST = 14 /* rows: two lines */, BODY = 14 /* across: more than a stamp's edge */, BREAK = 24 /* half an inch */ };
	PIX *reduced = pixReduceRankBinaryCascade(s->binary, 1, 1, 0, 0);
	PIX *small = reduced != NULL ? pixDilateBrick(NULL, reduced, 1, 5) : NULL;     /* gaps between words, not letters */
	int h = small != NULL ? pixGetHeight(small) : 0, from = -1, rows = 0, across = 0, last = 0;
	double k = h > 0 ? page->height / h : 1;
	bool found = false;
	for (int i = (int)(y / k); i < h && !found; i++) {
		enum row kind = row_kind(small, i);
		across = kind == ACROSS ? across + 1 : kind == LEFT ? 0 : across;
		if (from >= 0 && (across >= BODY || i - last > BREAK)) {
			found = rows >= LEAST;
			from = found ? from : -1;
			rows = found ? rows : 0;
		}
		if (!found && kind == LEFT) {
			from = from < 0 ? i : from;
			rows++;
			last = i;
		}
	}
	pixDestroy(&small);
	pixDestroy(&reduced);
	*zone = (struct box){ 0, from * k - 8, page->width * 0.56, last * k + 10 };
	return rows >= LEAST;
}

/* The list, wherever it stands on a page that is not read otherwise, and the block beside it. */
static bool read_list(struct letter *l, struct page *page, struct pictures pictures)
{
	void *mem = talloc_new(l);
	struct scan *s = open_page(l, mem, page, pictures);
	bool signer = false;
	struct box zone = { 0 };
	int before = page->words.n;
	for (double y = 20; s != NULL && !signer && find_list(s, page, y, &zone); y = zone.y1) {
		page->words.n = before;
		scan_read(l, page, s, scan_view(mem, s, zone, INK_ALL), 0, PSM_SINGLE_BLOCK, "2", 1);
		signer = read_signer_again(l, page, s);
	}
	if (!signer)
		page->words.n = before;
	talloc_free(mem);
	return signer;
}

/* Page 1 down to where the body goes on, and the rest of it where the signer's block is there. */
static bool read_first(struct letter *l, struct page *page, struct pictures pictures)
{
	void *mem = talloc_new(l);
	struct scan *s = open_page(l, mem, page, pictures);
	bool signer = false;
	struct box zone;
	if (s != NULL) {
		bool list = find_list(s, page, page->height * 0.3, &zone);
		double to = list ? page->height : page->height * TOP;
		if (read_rows(l, page, s, 0, to)) {
			read_header_again(l, page, s);
			signer = read_signer_again(l, page, s);
		}
	}
	talloc_free(mem);
	return signer;
}

/* which pages ----------------------------------------------------------------------------------------- */

struct order { bool *done; int read; bool cut; };

/* Reads page i unless it is read already; true when the signer's block was found there. */
static bool take(struct letter *l, int first, int i, const bool *wanted, struct pictures pictures, struct order *o,
		 bool (*how)(struct letter *, struct page *, struct pictures))
{
	if (!wanted[i] || o->done[i])
		return false;
	if (o->read >= OCR_MAX_PAGES || !has_time()) {
		o->cut = true;
		return false;
	}
	bool signer = how(l, &l->pages.at[first + i], pictures);
	o->done[i] = how != read_list || signer;
	o->read += o->done[i];
	return signer;
}

/* Page 1, then the last, then what is between, until the block is found. */
static void read_fields(struct letter *l, int first, int n, const bool *wanted, struct pictures pictures, struct order *o)
{
	int last = n - 1;
	while (last > 0 && !wanted[last])
		last--;
	bool signer = take(l, first, 0, wanted, pictures, o, last > 0 ? read_first : read_page);
	for (int whole = 0; whole < 2; whole++)
		for (int step = 0; step <= last && !signer; step++)
			signer = take(l, first, step == 0 ? last : step, wanted, pictures, o, whole ? read_page : read_list);
}

void ocr_pages(struct letter *l, int first, int n, const bool *wanted, struct pictures pictures)
{
	struct order o = { .done = new_array(l, bool, (size_t)n) };
	int left = 0;
	if (l->settings->ocr == OCR_FULL)
		for (int i = 0; i < n; i++)
			take(l, first, i, wanted, pictures, &o, read_page);
	else
		read_fields(l, first, n, wanted, pictures, &o);
	for (int i = 0; i < n; i++)
		left += wanted[i] && !o.done[i];
	talloc_free(o.done);
	if (left == 0)
		return;
	char *vi = format_text(l, "Có %d trang quét chưa nhận dạng (%s).", left,
			       o.cut ? "quá 300 trang, hoặc hết thời gian dành cho một công văn" : "chế độ chỉ đọc trường");
	char *en = format_text(l, "%d scanned pages were not recognised (%s).", left,
			       o.cut ? "over 300 pages, or no time left for this letter" : "fields mode");
	say(l, &l->pages.at[first], "2_extract/pages-left", o.cut ? WARN : NOTE, vi, en);
}
