/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * read_pdf.c - pages of a PDF: words of the text layer, or of our own reading of the picture.
 *
 * "Has a text layer" is no yes-or-no question (READING, 4): a signed scan carries only what signatures drew,
 * some scans carry the nonsense of a Latin OCR program, some fonts tell no Unicode. So each page is judged by
 * its letters, and a page that fails goes to ocr.h. Text comes from a working copy in which the appearances
 * of annotations are part of the page (flat.h); which words an appearance drew is found by reading the page
 * without it as well. What a signature says of itself is kept apart as PASS_NOTE.
 *
 * Relies on prepare() having warmed up poppler and fontconfig before the seal: a font that is not embedded
 * would otherwise be looked for when no file may be opened any more.
 */
#include "flat.h"
#include "legacy.h"
#include "ocr.h"
#include "page.h"
#include "reader.h"
#include "text.h"
#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

enum { MAX_PAGES = 2000, MAX_WORDS = 40000 };

static const double LOW_SHARE = 0.12;          /* of letters with Vietnamese marks; real text has twice that */

struct pdf {
	PopplerDocument *doc;                  /* working copy */
	PopplerDocument *plain;                /* the file as it is, when there is a working copy */
	struct bytes bytes;                    /* of the working copy */
	struct flat flat;
	int pages;
};

static bool bid(const struct part *p)
{
	static const char *const media[] = { "application/pdf", NULL };
	return reader_media(p, media);
}

static void drop_object(void *object)
{
	g_object_unref(object);
}

/* words ---------------------------------------------------------------------------------------------- */

static bool is_combining(gunichar c)
{
	return c >= 0x300 && c <= 0x36F;
}

static bool font_is(const char *font, const char *style)
{
	return font != NULL && strcasestr(font, style) != NULL;
}

struct text_page {
	gunichar *text;
	glong n;
	PopplerRectangle *boxes;
	GList *runs;
};

static const PopplerTextAttributes *run_at(GList **runs, int i)
{
	while (*runs != NULL && ((PopplerTextAttributes *)(*runs)->data)->end_index < i)
		*runs = (*runs)->next;
	return *runs != NULL ? (*runs)->data : NULL;
}

static void add_codepoint(struct buffer *b, gunichar c)
{
	char out[8];
	buffer_add(b, out, (size_t)g_unichar_to_utf8(c, out));
}

/* One word from characters [from, to): its pieces are converted font by font, then joined and normalised. */
static void add_word(struct letter *l, struct page *page, const struct text_page *t, int from, int to, GList **runs)
{
	struct buffer raw = { .mem = NULL }, good = { .mem = NULL }, piece = { .mem = NULL };
	struct word w = { .confidence = 1, .source = FROM_TEXT };
	bool converted = false;
	for (int i = from; i < to;) {
		const PopplerTextAttributes *a = run_at(runs, i);
		int end = a != NULL && a->end_index + 1 < to ? a->end_index + 1 : to;
		if (end <= i)
			end = i + 1;
		piece.len = 0;
		for (int k = i; k < end; k++) {
			add_codepoint(&piece, t->text[k]);
			const PopplerRectangle *r = &t->boxes[k];
			w.box = box_join(w.box, (struct box){ r->x1, r->y1, r->x2, r->y2 });
		}
		char *as = legacy_text(NULL, a != NULL ? legacy_of_font(a->font_name) : LEGACY_NONE, piece.text);
		converted = converted || as != NULL;
		buffer_text(&raw, piece.text);
		buffer_text(&good, as != NULL ? as : piece.text);
		talloc_free(as);
		if (a != NULL && i == from) {
			w.size = (float)a->font_size;
			w.bold = font_is(a->font_name, "bold");
			w.italic = font_is(a->font_name, "italic") || font_is(a->font_name, "oblique");
			w.red = a->color.red > 0x9000 && a->color.green < 0x6000 && a->color.blue < 0x6000;
		}
		i = end;
	}
	w.text = text_nfc(l, good.text);
	if (converted || strcmp(w.text, raw.text) != 0)
		w.raw = text_nfc(l, raw.text);
	if (w.raw != NULL && strcmp(w.raw, w.text) == 0)           /* only the normal form differed: keep the bytes */
		w.raw = copy_text(l, raw.text);
	*page_add_word(l, page) = w;
	talloc_free(raw.text);
	talloc_free(good.text);
	talloc_free(piece.text);
}

/* A word ends at a space, at a step to another line, and at a gap no letter leaves. */
static bool ends_before(const struct text_page *t, int i)
{
	const PopplerRectangle *a = &t->boxes[i - 1], *b = &t->boxes[i];
	double h = a->y2 - a->y1;
	if (is_combining(t->text[i]))
		return false;
	/* cells side by side are not level when one has more lines: no letter steps aside and up at once */
	bool steps = fabs(b->y1 - a->y1) > 0.4 * h && fabs(b->y2 - a->y2) > 0.4 * h && b->x1 - a->x2 > 0.15 * h;
	return steps || b->x1 - a->x2 > 0.6 * h || b->y1 > a->y2 || b->y2 < a->y1 || b->x1 < a->x1 - 2 * h;
}

static void read_words(struct letter *l, struct page *page, PopplerPage *from)
{
	struct text_page t = { 0 };
	guint boxes = 0;
	char *text = poppler_page_get_text(from);
	if (text == NULL || text[0] == 0 || !poppler_page_get_text_layout(from, &t.boxes, &boxes)) {
		g_free(text);
		return;
	}
	t.text = g_utf8_to_ucs4_fast(text, -1, &t.n);
	if (t.n > (glong)boxes)
		t.n = (glong)boxes;
	t.runs = poppler_page_get_text_attributes(from);
	GList *runs = t.runs;
	int start = -1;
	for (int i = 0; i <= t.n && page->words.n < MAX_WORDS; i++) {
		bool space = i == t.n || g_unichar_isspace(t.text[i]) || t.text[i] == 0x200B || t.text[i] == 0xFEFF;
		if (start >= 0 && (space || ends_before(&t, i))) {
			add_word(l, page, &t, start, i, &runs);
			start = -1;
		}
		if (!space && start < 0)
			start = i;
	}
	poppler_page_free_text_attributes(t.runs);
	g_free(t.text);
	g_free(t.boxes);
	g_free(text);
}

/* appearances ---------------------------------------------------------------------------------------- */

static bool same_word(const struct word *a, const struct word *b)
{
	return fabs(a->box.x0 - b->box.x0) < 1 && fabs(a->box.y0 - b->box.y0) < 1 && strcmp(a->text, b->text) == 0;
}

/* A signature that draws a number, a day, a name draws a few words; a note on itself names its signer's
 * mailbox or says when and by whom. */
static bool is_note(const struct page *page, const struct widget *w)
{
	static const char *const says[] = { "@", "ky boi", "nguoi ky", "thoi gian", "ngay ky", "+07:00", "co quan:",
					    "signed", "signature", NULL };
	struct buffer text = { .mem = NULL };
	int words = 0;
	for (int i = 0; i < page->words.n; i++)
		if (page->words.at[i].drawn_by == w->name) {
			buffer_text(&text, page->words.at[i].text);
			buffer_text(&text, " ");
			words++;
		}
	char *weak = text_weak(NULL, text.text != NULL ? text.text : "");
	bool note = words > 8;
	for (int i = 0; says[i] != NULL; i++)
		note = note || strstr(weak, says[i]) != NULL;
	talloc_free(weak);
	talloc_free(text.text);
	return note;
}

static void mark_drawn(struct letter *l, const struct pdf *pdf, struct page *page)
{
	struct page plain = { .part = page->part };
	bool read = false;
	for (int k = 0; k < pdf->flat.widgets.n; k++) {
		struct widget *w = &pdf->flat.widgets.at[k];
		if (w->page != page->number || w->name == NULL)
			continue;
		if (!read) {
			PopplerPage *from = poppler_document_get_page(pdf->plain, page->number - 1);
			if (from != NULL)
				read_words(l, &plain, from);
			if (from != NULL)
				g_object_unref(from);
			read = true;
		}
		for (int i = 0; i < page->words.n; i++) {
			struct word *word = &page->words.at[i];
			double x = (word->box.x0 + word->box.x1) / 2, y = (word->box.y0 + word->box.y1) / 2;
			if (word->drawn_by != NULL || !box_holds(w->box, x, y))
				continue;
			bool was = false;
			for (int m = 0; m < plain.words.n && !was; m++)
				was = same_word(word, &plain.words.at[m]);
			if (!was) {
				word->drawn_by = w->name;
				word->source = FROM_APPEARANCE;
			}
		}
		if (is_note(page, w))
			for (int i = 0; i < page->words.n; i++)
				if (page->words.at[i].drawn_by == w->name)
					page->words.at[i].pass = PASS_NOTE;
	}
}

/* text or picture ------------------------------------------------------------------------------------ */

/* Share of the page under its pictures, and whether one of them nearly fills it. */
static double pictured(PopplerPage *page, double width, double height)
{
	double most = 0;
	GList *all = poppler_page_get_image_mapping(page);
	for (GList *i = all; i != NULL; i = i->next) {
		const PopplerRectangle *r = &((PopplerImageMapping *)i->data)->area;
		double share = fabs((r->x2 - r->x1) * (r->y2 - r->y1)) / (width * height);
		most = share > most ? share : most;
	}
	poppler_page_free_image_mapping(all);
	return most;
}

static bool needs_ocr(const struct pdf *pdf, const struct page *page, PopplerPage *from)
{
	struct letters n = { 0 };
	for (int i = 0; i < page->words.n; i++)
		if (page->words.at[i].drawn_by == NULL)
			letters_count(&n, page->words.at[i].text);
	double share = n.letters > 0 ? (double)n.marked / n.letters : 0;
	bool garbled = n.all > 40 && n.broken * 20 > n.all;
	int at = page->number - 1;
	if (pdf->flat.drawings != NULL && at < pdf->flat.pages && !pdf->flat.drawings[at] && !garbled && n.all > 0)
		return false;
	if (n.all >= 200 && share >= 0.2 && !garbled)
		return pictured(from, page->width, page->height) > 0.7 && flat_invisible_text(pdf->bytes, page->number);
	if (garbled && share < 0.2)           /* â, ê and ô are Latin letters: they come through without ToUnicode */
		return true;
	double picture = pictured(from, page->width, page->height);
	if (n.all < 200)
		return picture > 0.35 || (n.all == 0 && picture > 0.05);
	return picture > 0.7 && share < LOW_SHARE;
}

/* What signatures draw stays, as text that is surer than its picture; the rest of a bad layer goes. */
static void keep_drawn(struct page *page)
{
	int n = 0;
	for (int i = 0; i < page->words.n; i++)
		if (page->words.at[i].drawn_by != NULL)
			page->words.at[n++] = page->words.at[i];
	page->words.n = n;
}

static struct Pix *picture_of(void *from, int number, int dpi)
{
	struct pdf *pdf = from;
	double width, height;
	PopplerPage *page = poppler_document_get_page(pdf->doc, number - 1);
	if (page == NULL)
		return NULL;
	poppler_page_get_size(page, &width, &height);
	int w = (int)(width * dpi / 72 + 0.5), h = (int)(height * dpi / 72 + 0.5);
	struct Pix *pix = NULL;
	if (w > 0 && h > 0 && (int64_t)w * h <= OCR_MAX_PIXELS) {
		cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
		cairo_t *cr = cairo_create(surface);
		cairo_set_source_rgb(cr, 1, 1, 1);
		cairo_paint(cr);
		cairo_scale(cr, dpi / 72.0, dpi / 72.0);
		poppler_page_render(page, cr);
		cairo_surface_flush(surface);
		if (cairo_status(cr) == CAIRO_STATUS_SUCCESS)
			pix = ocr_pix(cairo_image_surface_get_data(surface), w, h, cairo_image_surface_get_stride(surface));
		cairo_destroy(cr);
		cairo_surface_destroy(surface);
	}
	g_object_unref(page);
	return pix;
}

/* the file ------------------------------------------------------------------------------------------- */

static PopplerDocument *open_pdf(const void *mem, struct bytes b, bool *encrypted)
{
	GError *error = NULL;
	GBytes *bytes = g_bytes_new_static(b.at, b.len);
	PopplerDocument *doc = poppler_document_new_from_bytes(bytes, NULL, &error);
	g_bytes_unref(bytes);
	*encrypted = error != NULL && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
	g_clear_error(&error);
	return own(mem, doc, drop_object);
}

static void say(struct letter *l, int part, const char *rule, enum severity severity, const char *vi, const char *en)
{
	struct place place = { .part = part };
	char *what = format_text(l, "part:%d", part);
	finding_evidence(l, letter_finding(l, rule, severity, NULL, vi, en), what, &place);
}

static bool open_copies(struct letter *l, struct part *p, int part, struct pdf *pdf, const void *mem)
{
	bool encrypted;
	pdf->flat = flat_copy(l, p->bytes);
	pdf->bytes = pdf->flat.bytes.len > 0 ? pdf->flat.bytes : p->bytes;
	pdf->doc = open_pdf(mem, pdf->bytes, &encrypted);
	if (pdf->doc != NULL && pdf->flat.bytes.len > 0)
		pdf->plain = open_pdf(mem, p->bytes, &encrypted);
	if (pdf->doc == NULL || (pdf->flat.bytes.len > 0 && pdf->plain == NULL)) {
		pdf->flat = (struct flat){ 0 };                    /* qpdf followed what poppler cannot */
		pdf->bytes = p->bytes;
		pdf->doc = open_pdf(mem, p->bytes, &encrypted);
	}
	if (pdf->doc == NULL && encrypted)
		say(l, part, "2_extract/encrypted", HOLD, "Tệp PDF có mật khẩu mở tệp, không đọc được nội dung; đề nghị nơi gửi "
		    "gửi lại tệp không đặt mật khẩu.", "The PDF asks for a password to open it, so nothing can be read; "
		    "ask the sender for a file without a password.");
	else if (pdf->doc == NULL)
		say(l, part, p->inside == 0 ? "2_extract/unreadable" : "2_extract/part-unreadable", HOLD,
		    "Tệp PDF hỏng, không mở được; đề nghị nơi gửi gửi lại.",
		    "The PDF is damaged beyond reading; ask the sender to send it again.");
	return pdf->doc != NULL;
}

static void read_part(struct letter *l, int part, struct tables *tables)
{
	struct part *p = letter_find_part(l, part);
	void *mem = talloc_new(l);
	struct pdf pdf = { 0 };
	if (!open_copies(l, p, part, &pdf, mem)) {
		talloc_free(mem);
		return;
	}
	int all = poppler_document_get_n_pages(pdf.doc), first = l->pages.n;
	pdf.pages = all < MAX_PAGES ? all : MAX_PAGES;
	if (all > MAX_PAGES)
		say(l, part, "2_extract/too-many-pages", WARN, "Tệp PDF có hơn 2.000 trang; chỉ đọc 2.000 trang đầu.",
		    "The PDF has more than 2,000 pages; only the first 2,000 were read.");
	bool *wanted = new_array(mem, bool, (size_t)pdf.pages + 1), any = false;
	for (int i = 0; i < pdf.pages; i++) {
		struct page *page = reader_add_page(l, part, i + 1, FROM_TEXT);
		PopplerPage *from = poppler_document_get_page(pdf.doc, i);
		if (from == NULL)
			continue;
		poppler_page_get_size(from, &page->width, &page->height);
		read_words(l, page, from);
		mark_drawn(l, &pdf, page);
		wanted[i] = needs_ocr(&pdf, page, from);
		if (wanted[i]) {
			keep_drawn(page);
			page->source = FROM_OCR;
			any = true;
		}
		g_object_unref(from);
	}
	if (any)
		ocr_pages(l, first, pdf.pages, wanted, (struct pictures){ &pdf, picture_of, tables });
	for (int i = 0; i < pdf.pages; i++)
		page_text(l, &l->pages.at[first + i]);
	if (pdf.pages == 0)
		say(l, part, p->inside == 0 ? "2_extract/unreadable" : "2_extract/part-unreadable", HOLD,
		    "Tệp PDF không có trang nào đọc được; đề nghị nơi gửi gửi lại.",
		    "The PDF has no page that can be read; ask the sender to send it again.");
	talloc_free(mem);
}

/* A page with a font that is not embedded, drawn once before the seal: poppler's tables, fontconfig's caches. The
 * document is never closed: poppler throws its tables away with the last one and makes them again for the next. */
static bool prepare(const struct settings *settings, char **why)
{
	static const char sample[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
		"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</Font<</F 4 0 R"
		"/G 6 0 R>>>>>>endobj\n4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n"
		"6 0 obj<</Type/Font/Subtype/TrueType/BaseFont/TimesNewRoman,Bold/Encoding/WinAnsiEncoding>>endobj\n"
		"5 0 obj<</Length 54>>stream\nBT /F 9 Tf 9 9 Td (So) Tj /G 9 Tf 9 9 Td (Ngay) Tj ET  \nendstream endobj\n"
		"trailer<</Root 1 0 R>>\n";
	static void *mem;
	bool encrypted;
	if (mem == NULL)
		mem = talloc_new(NULL);
	PopplerDocument *doc = open_pdf(mem, (struct bytes){ (const uint8_t *)sample, sizeof sample - 1 }, &encrypted);
	PopplerPage *page = doc != NULL ? poppler_document_get_page(doc, 0) : NULL;
	bool good = page != NULL;
	if (good) {
		char *text = poppler_page_get_text(page);
		g_free(text);
		cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 99, 99);
		cairo_t *cr = cairo_create(surface);
		poppler_page_render(page, cr);
		cairo_destroy(cr);
		cairo_surface_destroy(surface);
		g_object_unref(page);
	} else {
		*why = copy_text(NULL, "poppler cannot read its own sample page");
	}
	return good && ocr_prepare(settings, why);
}

const struct reader reader_pdf = { .name = "pdf", .bid = bid, .read = read_part, .prepare = prepare };
