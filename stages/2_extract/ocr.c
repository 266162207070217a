/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr.c - words from pictures of pages. See ocr.h.
 */
#include "ocr.h"
#include "anchor.h"
#include "page.h"
#include "ruling.h"
#include "text.h"
#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

static TessBaseAPI *api;                       /* the loaded model; children of a fork share its pages */

bool ocr_prepare(const struct settings *s, char **why)
{
	if (api != NULL)
		return true;
	setMsgSeverity(L_SEVERITY_NONE);
	api = TessBaseAPICreate();
	if (TessBaseAPIInit3(api, s->tessdata, "vie") != 0) {
		TessBaseAPIDelete(api);
		api = NULL;
		*why = copy_text(NULL, "the Vietnamese model of Tesseract (vie.traineddata) is missing: "
				 "install tesseract-ocr-vie or name its folder with --tessdata");
		return false;
	}
	TessBaseAPISetVariable(api, "debug_file", "/dev/null");
	TessBaseAPISetVariable(api, "tessedit_do_invert", "0");
	return true;
}

/* pictures ------------------------------------------------------------------------------------------- */

struct Pix *ocr_pix(const unsigned char *rows, int width, int height, int stride)
{
	PIX *pix = pixCreateNoInit(width, height, 32);
	if (pix == NULL)
		return NULL;
	int wpl = pixGetWpl(pix);
	for (int y = 0; y < height; y++) {
		const unsigned char *from = rows + (size_t)y * (size_t)stride;
		l_uint32 *to = pixGetData(pix) + (size_t)y * (size_t)wpl;
		for (int x = 0; x < width; x++) {
			uint32_t v;
			memcpy(&v, from + 4 * (size_t)x, 4);
			to[x] = v << 8;
		}
	}
	return pix;
}

static void drop_pix(void *pix)
{
	PIX *p = pix;
	pixDestroy(&p);
}

struct scan {
	const void *mem;
	PIX *grey;
	PIX *black;                            /* without red stamp and blue ink; NULL where the page has no colour */
	int dpi;
};

/* A stamp or a signature in colour, not the tint of the paper. */
static bool has_colour(PIX *pix)
{
	int w = pixGetWidth(pix), h = pixGetHeight(pix), wpl = pixGetWpl(pix), coloured = 0;
	const l_uint32 *rows = pixGetData(pix);
	for (int y = 0; y < h; y += 4)
		for (int x = 0; x < w; x += 4) {
			l_uint32 v = rows[(size_t)y * (size_t)wpl + (size_t)x];
			int r = (int)(v >> 24), g = (int)(v >> 16 & 255), b = (int)(v >> 8 & 255);
			coloured += r - g > 60 || b - r > 60 || r - b > 60;
		}
	return (double)coloured > 0.0015 * (w / 4.0) * (h / 4.0);
}

/* Quarter turns to the right that make the text stand upright; 0 when Leptonica cannot tell. */
static int quarter_turns(PIX *binary)
{
	l_float32 up, left;
	l_int32 orient;
	if (pixOrientDetect(binary, &up, &left, 0, 0) != 0)
		return 0;
	makeOrientDecision(up, left, 0, 0, &orient, 0);
	switch (orient) {
	case L_TEXT_ORIENT_LEFT: return 1;
	case L_TEXT_ORIENT_DOWN: return 2;
	case L_TEXT_ORIENT_RIGHT: return 3;
	default: return 0;
	}
}

/* The picture in grey, upright and level. Takes the picture. */
static struct scan *make_scan(const void *mem, PIX *colour, int dpi)
{
	struct scan *s = new_zero(mem, struct scan);
	own(s, colour, drop_pix);
	s->mem = s;
	s->dpi = dpi;
	s->grey = own(s, pixConvertRGBToGray(colour, 0, 0, 0), drop_pix);
	if (has_colour(colour))
		s->black = own(s, pixConvertRGBToGrayMinMax(colour, L_CHOOSE_MAX), drop_pix);
	PIX *binary = own(s, pixThresholdToBinary(s->grey, 150), drop_pix);
	int turns = binary != NULL ? quarter_turns(binary) : 0;
	l_float32 angle = 0, sure = 0;
	if (turns != 0) {
		s->grey = own(s, pixRotateOrth(s->grey, turns), drop_pix);
		s->black = own(s, s->black != NULL ? pixRotateOrth(s->black, turns) : NULL, drop_pix);
		binary = own(s, pixRotateOrth(binary, turns), drop_pix);
	}
	if (binary != NULL && pixFindSkew(binary, &angle, &sure) == 0 && sure > 3 && fabs(angle) > 0.7) {
		l_float32 radians = (l_float32)(angle * 3.14159265 / 180);
		s->grey = own(s, pixRotateAMGray(s->grey, radians, 255), drop_pix);
		s->black = own(s, s->black != NULL ? pixRotateAMGray(s->black, radians, 255) : NULL, drop_pix);
	}
	return s->grey != NULL ? s : NULL;
}

/* recognition ---------------------------------------------------------------------------------------- */

/* Characters no Vietnamese office writes, for those it does. */
static char *repair(const void *mem, const char *text)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "\xE2\x81\x84", "/" }, { "(@", "@" }, { "\xC2\xAB", "\"" }, { "\xC2\xBB", "\"" }, { "|", "" },
		{ "\xC3\x90", "Đ" },
	};
	char *made = text_line(mem, text);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (char *at; (at = strstr(made, rows[i].from)) != NULL;)
			made = format_text(mem, "%.*s%s%s", (int)(at - made), made, rows[i].to, at + strlen(rows[i].from));
	return made;
}

/* A rule drawn beside a word and read as part of it: so many of its bytes, at the front or the end. */
static size_t rule_bytes(const char *text, bool front)
{
	static const char *const dashes[] = { "\xE2\x80\x94", "\xE2\x80\x93", "_" };
	size_t n = strlen(text), at = 0;
	for (bool more = true; more && at < n;) {
		more = false;
		for (size_t i = 0; i < sizeof dashes / sizeof *dashes && !more; i++) {
			size_t m = strlen(dashes[i]);
			if (at + m <= n && strncmp(front ? text + at : text + n - at - m, dashes[i], m) == 0) {
				at += m;
				more = true;
			}
		}
	}
	return at >= 6 || (at >= 3 && text[front ? 0 : n - 1] == '_') ? at : 0;
}

static void cut_rules(const void *mem, struct word *w)
{
	size_t n = strlen(w->text), front = rule_bytes(w->text, true), end = front < n ? rule_bytes(w->text, false) : 0;
	if (front == 0 && end == 0)
		return;
	double wide = w->box.x1 - w->box.x0;
	int all = text_codepoints(w->text);
	char *kept = copy_part(mem, w->text + front, n - front - end);
	int before = text_codepoints(copy_part(mem, w->text, front)), after = all - before - text_codepoints(kept);
	w->box.x0 += wide * before / all;
	w->box.x1 -= wide * after / all;
	w->text = kept;
}

static void take_words(struct letter *l, struct page *page, int pass, double x, double y, double scale)
{
	TessResultIterator *it = TessBaseAPIGetIterator(api);
	if (it == NULL)
		return;
	const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(it);
	do {
		int x0, y0, x1, y1;
		char *text = TessResultIteratorGetUTF8Text(it, RIL_WORD);
		if (text != NULL && TessPageIteratorBoundingBox(place, RIL_WORD, &x0, &y0, &x1, &y1)) {
			char *good = repair(l, text);
			if (good[0] != 0 && strcmp(good, " ") != 0) {
				struct word *w = page_add_word(l, page);
				w->text = good;
				w->raw = strcmp(good, text) != 0 ? text_nfc(l, text) : NULL;
				w->confidence = TessResultIteratorConfidence(it, RIL_WORD) / 100;
				w->source = FROM_OCR;
				w->pass = pass;
				w->box = (struct box){ x + x0 * scale, y + y0 * scale, x + x1 * scale, y + y1 * scale };
				cut_rules(l, w);
				if (w->text[0] == 0)
					page->words.n--;
			}
		}
		TessDeleteText(text);
	} while (TessResultIteratorNext(it, RIL_WORD));
	TessResultIteratorDelete(it);
}

/* Recognises a zone (points; NULL: all) of one channel into words of a pass. */
static bool recognise(struct letter *l, struct page *page, struct scan *s, PIX *channel, const struct box *zone,
		      int pass, TessPageSegMode mode, const char *threshold, double enlarge)
{
	double scale = 72.0 / s->dpi, x = 0, y = 0;
	void *mem = talloc_new(s);
	PIX *pix = channel;
	if (zone != NULL) {
		BOX *box = boxCreate((l_int32)(zone->x0 / scale), (l_int32)(zone->y0 / scale),
				     (l_int32)((zone->x1 - zone->x0) / scale), (l_int32)((zone->y1 - zone->y0) / scale));
		BOX *clipped = NULL;
		pix = own(mem, pixClipRectangle(channel, box, &clipped), drop_pix);
		if (clipped != NULL) {
			x = clipped->x * scale;
			y = clipped->y * scale;
		}
		boxDestroy(&box);
		boxDestroy(&clipped);
	}
	if (pix != NULL && enlarge != 1)
		pix = own(mem, pixScale(pix, (l_float32)enlarge, (l_float32)enlarge), drop_pix);
	bool good = pix != NULL && pixGetWidth(pix) > 20 && pixGetHeight(pix) > 10;
	if (good) {
		ETEXT_DESC *monitor = TessMonitorCreate();
		TessMonitorSetDeadlineMSecs(monitor, OCR_PAGE_SECONDS * 1000);
		TessBaseAPISetVariable(api, "thresholding_method", threshold);
		TessBaseAPISetPageSegMode(api, mode);
		TessBaseAPISetImage2(api, pix);
		TessBaseAPISetSourceResolution(api, (int)(s->dpi * enlarge));
		good = TessBaseAPIRecognize(api, monitor) == 0;
		if (good)
			take_words(l, page, pass, x, y, scale / enlarge);
		TessMonitorDelete(monitor);
		TessBaseAPIClear(api);
		TessBaseAPIClearAdaptiveClassifier(api);
	}
	talloc_free(mem);
	return good;
}

/* spots that are read again -------------------------------------------------------------------------- */

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

static void read_header_again(struct letter *l, struct page *page, struct scan *s)
{
	struct box title;
	if (!find_title(page, &title))
		return;
	struct box left = { 0, title.y0 - 6, title.x0 - 4, title.y0 + 100 };
	if (left.y0 < 0)
		left.y0 = 0;
	recognise(l, page, s, s->grey, &left, PASS_HEADER, PSM_SINGLE_BLOCK, "2", 1);
}

/* A printed line in the signer's block as the readings so far show it: words they are sure of. */
struct strip { double y, y0, y1, x0, x1; int seen; };

static int find_strips(const struct page *page, const struct box *zone, struct strip *strips, int room)
{
	int n = 0;
	for (int i = 0; i < page->words.n; i++) {
		const struct word *w = &page->words.at[i];
		double y = (w->box.y0 + w->box.y1) / 2, x = (w->box.x0 + w->box.x1) / 2;
		char *key = text_weak(NULL, w->text);
		bool sure = w->pass >= PASS_SIGNER && w->confidence > 0.8 && strspn(key, "abcdefghiklmnopqrstuvxy.,") == strlen(key)
			&& strlen(key) >= 2 && x > page->width * 0.46 && y > zone->y0;
		talloc_free(key);
		if (!sure)
			continue;
		int k = 0;
		while (k < n && fabs(strips[k].y - y) > 6)
			k++;
		if (k == n && n++ == room)
			return room;
		if (strips[k].seen++ == 0)
			strips[k] = (struct strip){ y, w->box.y0, w->box.y1, w->box.x0, w->box.x1, 1 };
		strips[k].y0 = w->box.y0 < strips[k].y0 ? w->box.y0 : strips[k].y0;
		strips[k].y1 = w->box.y1 > strips[k].y1 ? w->box.y1 : strips[k].y1;
		strips[k].x0 = w->box.x0 < strips[k].x0 ? w->box.x0 : strips[k].x0;
		strips[k].x1 = w->box.x1 > strips[k].x1 ? w->box.x1 : strips[k].x1;
	}
	return n;
}

/* The lines of the block have one middle; the widest that is sure shows it, and with it where a line that a
 * stamp covers on the left must begin. */
static void read_strips(struct letter *l, struct page *page, struct scan *s, const struct box *zone)
{
	struct strip strips[12] = { 0 };
	int n = find_strips(page, zone, strips, 12), widest = 0;
	for (int i = 1; i < n; i++)
		if (strips[i].x1 - strips[i].x0 > strips[widest].x1 - strips[widest].x0)
			widest = i;
	for (int i = 0; i < n; i++) {
		struct strip *t = &strips[i];
		double middle = (strips[widest].x0 + strips[widest].x1) / 2, from = 2 * middle - t->x1 - 6;
		if (t->y1 - t->y0 > 30)
			continue;
		struct box box = { from < t->x0 - 6 ? from : t->x0 - 6, t->y0 - 5, t->x1 + 8, t->y1 + 4 };
		if (t->x1 < middle)                                /* its right end was lost: as far again to the right */
			box.x1 = 2 * middle - t->x0 + 8;
		box.x0 = box.x0 < 0 ? 0 : box.x0;
		box.y0 = box.y0 < 0 ? 0 : box.y0;
		recognise(l, page, s, s->grey, &box, PASS_SIGNER + 4, PSM_SINGLE_LINE, "2", 1);
		recognise(l, page, s, s->grey, &box, PASS_SIGNER + 5, PSM_SINGLE_LINE, "0", 1.5);
		if (s->black != NULL) {
			recognise(l, page, s, s->black, &box, PASS_SIGNER + 6, PSM_SINGLE_LINE, "2", 1);
			recognise(l, page, s, s->black, &box, PASS_SIGNER + 7, PSM_SINGLE_LINE, "0", 1.5);
		}
	}
}

static bool read_signer_again(struct letter *l, struct page *page, struct scan *s)
{
	struct box z;
	if (!find_signer(page, &z))
		return false;
	recognise(l, page, s, s->grey, &z, PASS_SIGNER, PSM_SINGLE_BLOCK, "2", 1);
	recognise(l, page, s, s->grey, &z, PASS_SIGNER + 1, PSM_SPARSE_TEXT, "0", 1);
	if (s->black != NULL) {
		recognise(l, page, s, s->black, &z, PASS_SIGNER + 2, PSM_SINGLE_BLOCK, "2", 1);
		recognise(l, page, s, s->black, &z, PASS_SIGNER + 3, PSM_SPARSE_TEXT, "0", 1);
	} else {
		recognise(l, page, s, s->grey, &z, PASS_SIGNER + 2, PSM_SPARSE_TEXT, "2", 1.5);
	}
	read_strips(l, page, s, &z);
	struct box left = { 0, z.y0 + 10, page->width * 0.54, z.y1 + page->height * 0.12 };
	left.y1 = left.y1 > page->height ? page->height : left.y1;
	recognise(l, page, s, s->grey, &left, PASS_COPIES, PSM_SINGLE_BLOCK, "2", 1.5);
	return true;
}

/* zones ---------------------------------------------------------------------------------------------- */

/* The ink of a zone with a white border round it; NULL: there is none. Rules at its edges are left out. */
static PIX *ink_of(const void *mem, PIX *grey, struct box zone)
{
	enum { EDGE = 4, BORDER = 12, LEAST = 25 /* pixels of ink */ };
	BOX *box = boxCreate((l_int32)zone.x0 + EDGE, (l_int32)zone.y0 + EDGE, (l_int32)(zone.x1 - zone.x0) - 2 * EDGE,
			     (l_int32)(zone.y1 - zone.y0) - 2 * EDGE);
	PIX *cut = own(mem, box != NULL ? pixClipRectangle(grey, box, NULL) : NULL, drop_pix);
	PIX *black = own(mem, cut != NULL ? pixThresholdToBinary(cut, 160) : NULL, drop_pix), *tight = NULL;
	BOX *ink = NULL;
	l_int32 count = 0;
	boxDestroy(&box);
	if (black != NULL && pixCountPixels(black, &count, NULL) == 0 && count >= LEAST
	    && pixClipToForeground(black, NULL, &ink) == 0 && ink != NULL)
		tight = own(mem, pixClipRectangle(cut, ink, NULL), drop_pix);
	boxDestroy(&ink);
	return own(mem, tight != NULL ? pixAddBorder(tight, BORDER, 255) : NULL, drop_pix);
}

static char *read_ink(const void *mem, PIX *ink, int dpi, const char *threshold, double enlarge, double *confidence)
{
	char *text = copy_text(mem, "");
	PIX *pix = enlarge != 1 ? pixScale(ink, (l_float32)enlarge, (l_float32)enlarge) : pixClone(ink);
	bool one_line = pixGetHeight(ink) - 24 < dpi / 5;
	ETEXT_DESC *monitor = TessMonitorCreate();
	TessMonitorSetDeadlineMSecs(monitor, 2000);
	TessBaseAPISetVariable(api, "thresholding_method", threshold);
	TessBaseAPISetPageSegMode(api, one_line ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK);
	TessBaseAPISetImage2(api, pix);
	TessBaseAPISetSourceResolution(api, (int)(dpi * enlarge));
	*confidence = 0;
	if (pix != NULL && TessBaseAPIRecognize(api, monitor) == 0) {
		char *read = TessBaseAPIGetUTF8Text(api);
		text = repair(mem, read != NULL ? read : "");
		for (size_t n = strlen(text); n > 0 && (text[n - 1] == '\n' || text[n - 1] == ' '); n--)
			text[n - 1] = 0;
		*confidence = TessBaseAPIMeanTextConf(api) / 100.0;
		TessDeleteText(read);
	}
	TessMonitorDelete(monitor);
	TessBaseAPIClear(api);
	TessBaseAPIClearAdaptiveClassifier(api);
	pixDestroy(&pix);
	return text;
}

/* A serial, a mailbox, a number: no dictionary helps with it, and one wrong character makes it another. */
static bool is_code(const char *text)
{
	int digits = 0, letters = 0, at = 0;
	for (const char *p = text; *p != 0; p++) {
		digits += *p >= '0' && *p <= '9';
		letters += *p != ' ' && *p != '\n';
		at += *p == '@';
	}
	return letters >= 6 && (digits * 3 >= letters || at == 1);
}

static bool is_hex(const char *text)
{
	return *text != 0 && strspn(text, "0123456789ABCDEFabcdef \n") == strlen(text);
}

/* Where the blanks stand in a code is the recogniser's guess. */
static bool same_code(const char *a, const char *b)
{
	for (;;) {
		a += strspn(a, " \n");
		b += strspn(b, " \n");
		if (*a != *b)
			return false;
		if (*a == 0)
			return true;
		a++;
		b++;
	}
}

char *ocr_zone(const void *mem, struct Pix *grey, int dpi, struct box zone, double *confidence)
{
	void *scratch = talloc_new(NULL);
	PIX *ink = ink_of(scratch, grey, zone);
	char *text = copy_text(mem, "");
	*confidence = 1;
	if (ink != NULL) {
		text = read_ink(mem, ink, dpi, "0", 1, confidence);
		if (is_code(text)) {           /* two readings that agree are worth more than one that is sure */
			double again;
			char *other = read_ink(mem, ink, dpi, "2", 1.5, &again);
			if (!same_code(text, other)) {
				*confidence = again < *confidence ? again : *confidence;
				*confidence = *confidence > 0.45 ? 0.45 : *confidence;
				text = !is_hex(text) && is_hex(other) ? other : text;
			}
		}
	}
	talloc_free(scratch);
	return text;
}

/* pages ---------------------------------------------------------------------------------------------- */

static void say(struct letter *l, const struct page *p, const char *rule, enum severity severity, const char *vi,
		const char *en)
{
	struct place place = { .part = p->part, .page = p->number };
	char *what = format_text(l, "part:%d", p->part);
	finding_evidence(l, letter_finding(l, rule, severity, NULL, vi, en), what, &place);
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

/* Reads one page; true when it holds the signer's block. */
static bool read_page(struct letter *l, struct page *page, struct pictures pictures)
{
	PIX *colour = pictures.at(pictures.from, page->number, OCR_DPI);
	if (colour == NULL) {
		say(l, page, "2_extract/page-too-big", WARN, "Trang quá lớn (hơn 40 triệu điểm ảnh) hoặc không dựng được hình "
		    "nên không nhận dạng.", "The page is too big (over 40 million pixels) or cannot be drawn, so it was not read.");
		return false;
	}
	void *mem = talloc_new(l);
	int drawn = page->words.n;
	struct scan *s = make_scan(mem, colour, OCR_DPI);
	bool good = s != NULL;
	if (good) {
		page->width = pixGetWidth(s->grey) * 72.0 / OCR_DPI;
		page->height = pixGetHeight(s->grey) * 72.0 / OCR_DPI;
		good = recognise(l, page, s, s->grey, NULL, 0, PSM_AUTO, "2", 1);
	}
	bool signer = false;
	if (good) {
		drop_doubles(page, drawn);
		read_header_again(l, page, s);
		signer = read_signer_again(l, page, s);
		ruling_scan(l, page, s->grey, OCR_DPI, pictures.tables);
	} else {
		say(l, page, "2_extract/page-not-read", WARN, "Không nhận dạng được trang này trong thời hạn cho phép.",
		    "This page could not be recognised within its time limit.");
	}
	talloc_free(mem);
	return signer;
}

void ocr_pages(struct letter *l, int first, int n, const bool *wanted, struct pictures pictures)
{
	bool all = l->settings->ocr == OCR_FULL, signer = false;
	int read = 0, left = 0, last = n - 1;
	bool *done = new_array(l, bool, (size_t)n);
	while (last > 0 && !wanted[last])
		last--;
	for (int step = 0; step <= n && read < OCR_MAX_PAGES; step++) {
		int i = all ? step : step == 0 ? 0 : step == 1 ? last : step - 1;     /* 1, last, 2, 3 ... */
		if (i >= n || !wanted[i] || done[i] || (!all && signer))
			continue;
		done[i] = true;
		signer |= read_page(l, &l->pages.at[first + i], pictures);
		read++;
	}
	for (int i = 0; i < n; i++)
		left += wanted[i] && !done[i];
	talloc_free(done);
	if (left == 0)
		return;
	char *vi = format_text(l, "Có %d trang quét chưa nhận dạng (chế độ đọc trường, hoặc quá 300 trang).", left);
	char *en = format_text(l, "%d scanned pages were not recognised (fields mode, or over 300 pages).", left);
	say(l, &l->pages.at[first], "2_extract/pages-left", NOTE, vi, en);
}
