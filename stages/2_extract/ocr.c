/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr.c - words from pictures of pages. See ocr.h.
 */
#include "ocr_scan.h"
#include "page.h"
#include "ruling.h"
#include "text.h"
#include <math.h>
#include <string.h>
#include <sys/resource.h>

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
	TessBaseAPISetVariable(api, "textord_disable_pitch_test", "1");        /* typewriters: time, and no other text */
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

void drop_pix(void *pix)
{
	PIX *p = pix;
	pixDestroy(&p);
}

static int red_of(l_uint32 v)
{
	int r = (int)(v >> 24), g = (int)(v >> 16 & 255), b = (int)(v >> 8 & 255);
	return r - (g > b ? g : b);
}

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

/* Black and white with hardly a grey between them, as fax machines and office scanners store pages. */
static bool is_bilevel(PIX *grey)
{
	int w = pixGetWidth(grey), h = pixGetHeight(grey), wpl = pixGetWpl(grey), between = 0, all = 0;
	for (int y = 0; y < h; y += 5) {
		const l_uint32 *row = pixGetData(grey) + (size_t)y * (size_t)wpl;
		for (int x = 0; x < w; x += 3, all++) {
			int v = GET_DATA_BYTE(row, x);
			between += v >= 32 && v <= 224;
		}
	}
	return between * 100 < all;
}

static int text_direction(PIX *binary)
{
	l_float32 up, left;
	l_int32 orient = L_TEXT_ORIENT_UNKNOWN;
	if (binary != NULL && pixOrientDetect(binary, &up, &left, 0, 0) == 0)
		makeOrientDecision(up, left, 0, 0, &orient, 0);
	return orient;
}

/* Quarter turns to the right that make the text stand upright; 0 when Leptonica cannot tell. The middle of a page
 * mostly tells, in a quarter of the time. */
static int quarter_turns(PIX *binary)
{
	int w = pixGetWidth(binary), h = pixGetHeight(binary);
	BOX *middle = boxCreate(w / 5, h * 3 / 10, w * 3 / 5, h * 2 / 5);
	PIX *cut = pixClipRectangle(binary, middle, NULL);
	int orient = text_direction(cut);
	boxDestroy(&middle);
	pixDestroy(&cut);
	if (orient != L_TEXT_ORIENT_UP)
		orient = text_direction(binary);
	switch (orient) {
	case L_TEXT_ORIENT_LEFT: return 1;
	case L_TEXT_ORIENT_DOWN: return 2;
	case L_TEXT_ORIENT_RIGHT: return 3;
	default: return 0;
	}
}

/* Turns all pictures of a scan. */
static void turn(struct scan *s, int turns)
{
	s->grey = own(s, pixRotateOrth(s->grey, turns), drop_pix);
	s->binary = own(s, pixRotateOrth(s->binary, turns), drop_pix);
	if (s->colour != NULL)
		s->colour = own(s, pixRotateOrth(s->colour, turns), drop_pix);
}

struct scan *scan_new(const void *mem, PIX *colour, int dpi)
{
	enum { THRESHOLD = 150 };
	struct scan *s = new_zero(mem, struct scan);
	s->dpi = dpi;
	s->started = cpu_seconds();
	s->colour = own(s, colour, drop_pix);
	s->grey = own(s, pixConvertRGBToGray(colour, 0, 0, 0), drop_pix);
	s->binary = own(s, s->grey != NULL ? pixThresholdToBinary(s->grey, THRESHOLD) : NULL, drop_pix);
	if (s->binary == NULL)
		return NULL;
	if (!has_colour(colour))
		s->colour = NULL;
	s->bilevel = s->colour == NULL && is_bilevel(s->grey);
	int turns = quarter_turns(s->binary);
	if (turns != 0)
		turn(s, turns);
	l_float32 angle = 0, sure = 0;
	if (pixFindSkew(s->binary, &angle, &sure) == 0 && sure > 3 && fabs(angle) > 0.7) {
		l_float32 radians = (l_float32)(angle * 3.14159265 / 180);
		s->grey = own(s, pixRotateAMGray(s->grey, radians, 255), drop_pix);
		s->binary = own(s, pixThresholdToBinary(s->grey, THRESHOLD), drop_pix);
		if (s->colour != NULL)
			s->colour = own(s, pixRotateAMColor(s->colour, radians, 0xFFFFFF00), drop_pix);
	}
	return s->grey != NULL && s->binary != NULL ? s : NULL;
}

bool scan_has_red(const struct scan *s, struct box zone)
{
	if (s->colour == NULL)
		return false;
	double k = s->dpi / 72.0;
	int w = pixGetWidth(s->colour), h = pixGetHeight(s->colour), wpl = pixGetWpl(s->colour), red = 0, all = 0;
	for (int y = (int)(zone.y0 * k); y < zone.y1 * k && y < h; y += 2)
		for (int x = (int)(zone.x0 * k); x < zone.x1 * k && x < w; x += 2, all++)
			red += red_of(pixGetData(s->colour)[(size_t)y * (size_t)wpl + (size_t)x]) > 60;
	return red * 400 > all;
}

/* One ink of a picture: what is not black, not red, or thinner than bold letters becomes white. */
static PIX *only(PIX *from, enum ink ink)
{
	if (ink == INK_THICK) {
		PIX *opened = pixOpenBrick(NULL, from, 3, 3);
		PIX *grey = opened != NULL ? pixConvert1To8(NULL, opened, 255, 0) : NULL;
		pixDestroy(&opened);
		return grey;
	}
	if (ink == INK_BLACK)
		return pixConvertRGBToGrayMinMax(from, L_CHOOSE_MAX);
	int w = pixGetWidth(from), h = pixGetHeight(from);
	PIX *to = pixCreate(w, h, 8);
	for (int y = 0; to != NULL && y < h; y++) {
		const l_uint32 *row = pixGetData(from) + (size_t)y * (size_t)pixGetWpl(from);
		l_uint32 *made = pixGetData(to) + (size_t)y * (size_t)pixGetWpl(to);
		for (int x = 0; x < w; x++) {
			int shade = 255 - 2 * (red_of(row[x]) - 20);
			SET_DATA_BYTE(made, x, (l_uint8)(shade < 0 ? 0 : shade > 255 ? 255 : shade));
		}
	}
	return to;
}

struct view scan_view(const void *mem, const struct scan *s, struct box zone, enum ink ink)
{
	double scale = 72.0 / s->dpi;
	struct view v = { NULL, 0, 0 };
	BOX *clipped = NULL, *box = boxCreate((l_int32)(zone.x0 / scale), (l_int32)(zone.y0 / scale),
					      (l_int32)((zone.x1 - zone.x0) / scale), (l_int32)((zone.y1 - zone.y0) / scale));
	PIX *from = ink == INK_ALL ? s->grey : ink == INK_THICK || ink == INK_BINARY ? s->binary
		: ink == INK_RINGLESS ? s->ringless : s->colour;
	PIX *cut = own(mem, box != NULL && from != NULL ? pixClipRectangle(from, box, &clipped) : NULL, drop_pix);
	if (cut != NULL && clipped != NULL) {
		bool whole = ink == INK_ALL || ink == INK_BINARY || ink == INK_RINGLESS;
		PIX *seen = whole ? pixClone(cut) : only(cut, ink);
		v = (struct view){ own(mem, seen, drop_pix), clipped->x * scale, clipped->y * scale };
	}
	boxDestroy(&box);
	boxDestroy(&clipped);
	return v;
}

double cpu_seconds(void)
{
	struct rusage used;
	if (getrusage(RUSAGE_SELF, &used) != 0)
		return 0;
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
		+ (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* recognition ---------------------------------------------------------------------------------------- */

/* Characters no Vietnamese office writes, for those it does. */
static char *repair(const void *mem, const char *text)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "\xE2\x81\x84", "/" }, { "(@", "@" }, { "\xC2\xAB", "\"" }, { "\xC2\xBB", "\"" }, { "|", "" },
		{ "\xC3\x90", "Đ" }, { "ÝY", "Y" }, { "YÝ", "Y" },
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

/* Letters too narrow or too low to be printed: a speck, or the mark of a letter that the line had already. */
static bool is_speck(const struct word *w)
{
	int n = text_codepoints(w->text);
	return w->confidence < 0.5 && n >= 2 && (w->box.x1 - w->box.x0 < 1.6 * n || w->box.y1 - w->box.y0 < 3.2);
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
				if (w->text[0] == 0 || is_speck(w))
					page->words.n--;
			}
		}
		TessDeleteText(text);
	} while (TessResultIteratorNext(it, RIL_WORD));
	TessResultIteratorDelete(it);
}

bool scan_read(struct letter *l, struct page *page, const struct scan *s, struct view v, int pass, TessPageSegMode mode,
	       const char *threshold, double enlarge)
{
	PIX *pix = v.pix == NULL ? NULL : enlarge == 1 ? pixClone(v.pix)
		: pixScale(v.pix, (l_float32)enlarge, (l_float32)enlarge);
	bool good = pix != NULL && pixGetWidth(pix) > 20 && pixGetHeight(pix) > 10;
	if (good) {
		double left = OCR_PAGE_SECONDS - (cpu_seconds() - s->started);
		ETEXT_DESC *monitor = TessMonitorCreate();
		TessMonitorSetDeadlineMSecs(monitor, (int)(fmax(left, 0.1) * 1000));
		TessBaseAPISetVariable(api, "thresholding_method", threshold);
		TessBaseAPISetPageSegMode(api, mode);
		TessBaseAPISetImage2(api, pix);
		TessBaseAPISetSourceResolution(api, (int)(s->dpi * enlarge));
		good = TessBaseAPIRecognize(api, monitor) == 0;
		if (good)
			take_words(l, page, pass, v.x, v.y, 72.0 / s->dpi / enlarge);
		TessMonitorDelete(monitor);
		TessBaseAPIClear(api);
		TessBaseAPIClearAdaptiveClassifier(api);
	}
	pixDestroy(&pix);
	return good;
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
