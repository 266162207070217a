/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * page.c - words to lines, lines to running text. See page.h.
 */
#include "page.h"
#include "text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

struct box box_join(struct box a, struct box b)
{
	if (a.x1 <= a.x0 && a.y1 <= a.y0)
		return b;
	if (b.x1 <= b.x0 && b.y1 <= b.y0)
		return a;
	return (struct box){ a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
			     a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1 };
}

bool box_holds(struct box b, double x, double y)
{
	return x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1;
}

struct box page_whole(const struct page *p)
{
	return (struct box){ -1e6, -1e6, p->width + 1e6, p->height + 1e6 };
}

static int by_left(const void *a, const void *b)
{
	const struct word *x = *(const struct word *const *)a, *y = *(const struct word *const *)b;
	if (x->box.x0 != y->box.x0)
		return x->box.x0 < y->box.x0 ? -1 : 1;
	return x->box.y0 < y->box.y0 ? -1 : x->box.y0 > y->box.y0;
}

static int by_top(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	double mx = x->box.y0 + x->box.y1, my = y->box.y0 + y->box.y1;
	return mx < my ? -1 : mx > my;
}

/* How far two words stand on one level: 1 quite, 0 not at all. */
static double level(const struct box *a, const struct box *b)
{
	double top = a->y0 > b->y0 ? a->y0 : b->y0, bottom = a->y1 < b->y1 ? a->y1 : b->y1;
	double ha = a->y1 - a->y0, hb = b->y1 - b->y0, h = ha < hb ? ha : hb;
	return h <= 0 ? 0 : (bottom - top) / h;
}

static char base_letter(ucs4_t c);

/* Struct fold's small letters alone: every line asks for them. */
static char *small_letters(const void *mem, const char *text, size_t len)
{
	char *small = new_array(mem, char, len + 1);
	size_t n = 0;
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)text; (at = u8_next(&c, at)) != NULL;) {
		char base = base_letter(c);
		if (base != 0)
			small[n++] = (char)tolower((unsigned char)base);
	}
	return small;
}

static void finish(const void *mem, struct line *l)
{
	int bold = 0;
	double size = 0;
	size_t len = 0;
	for (int i = 0; i < l->n; i++)
		len += strlen(l->words[i]->text) + 1;
	l->text = new_array(mem, char, len + 1);
	char *to = l->text;
	for (int i = 0; i < l->n; i++) {
		if (i > 0)
			*to++ = ' ';
		to = stpcpy(to, l->words[i]->text);
		bold += l->words[i]->bold;
		double h = l->words[i]->size > 0 ? l->words[i]->size : l->words[i]->box.y1 - l->words[i]->box.y0;
		size += h / l->n;
	}
	l->weak = small_letters(mem, l->text, len);
	l->bold = bold * 2 > l->n;
	l->size = size;
}

/* The first reading of a whole page is asked for again and again: it is cut once, as long as its words stay. */
struct whole { const struct word *words; int n; struct lines lines; };

static struct lines whole_lines(const struct page *p)
{
	struct whole *w = *p->kept;
	if (w == NULL || w->words != p->words.at || w->n != p->words.n) {
		talloc_free(w);
		w = new_zero(p->kept, struct whole);
		w->words = p->words.at;
		w->n = p->words.n;
		w->lines = page_lines_beside(w, p, page_whole(p), 0, NULL);
		*p->kept = w;
	}
	return w->lines;
}

struct lines page_lines(const void *mem, const struct page *p, struct box zone, int pass)
{
	struct box whole = page_whole(p);
	if (pass == 0 && p->kept != NULL && memcmp(&zone, &whole, sizeof zone) == 0)
		return whole_lines(p);
	return page_lines_beside(mem, p, zone, pass, NULL);
}

struct lines page_lines_beside(const void *mem, const struct page *p, struct box zone, int pass, const struct box *stamp)
{
	struct lines lines = { 0 };
	void *tmp = talloc_new(NULL);
	const struct word **words = new_array(tmp, const struct word *, (size_t)p->words.n + 1);
	int n = 0;
	for (int i = 0; i < p->words.n; i++) {
		const struct word *w = &p->words.at[i];
		double x = (w->box.x0 + w->box.x1) / 2, y = (w->box.y0 + w->box.y1) / 2;
		if (w->pass == pass && w->text[0] != 0 && box_holds(zone, x, y) && (stamp == NULL || !box_holds(*stamp, x, y)))
			words[n++] = w;
	}
	qsort(words, (size_t)n, sizeof *words, by_left);
	int *last = new_array(tmp, int, (size_t)n + 1);            /* of each line: its rightmost word so far */
	int *line_of = new_array(tmp, int, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		int best = -1;
		double best_gap = 1e9;
		for (int k = 0; k < lines.n; k++) {
			const struct box *b = &words[last[k]]->box;
			double gap = words[i]->box.x0 - b->x1, h = b->y1 - b->y0, flat = level(b, &words[i]->box);
			if (words[last[k]] + 1 == words[i] && flat > 0.3 && gap < 2 * h) {
				best = k;                          /* whoever read the page took them for neighbours too */
				break;
			}
			if (flat < 0.5 || gap < -2 * h)
				continue;
			if (gap < best_gap)
				best = k, best_gap = gap;
		}
		if (best < 0) {
			lines.at = own_grow(mem, lines.at, lines.n, &lines.room, sizeof *lines.at);
			best = lines.n++;
			lines.at[best] = (struct line){ .page = p };
		}
		last[best] = i;
		line_of[i] = best;
		lines.at[best].n++;
		lines.at[best].box = box_join(lines.at[best].box, words[i]->box);
	}
	for (int k = 0; k < lines.n; k++) {
		lines.at[k].words = new_array(mem, const struct word *, (size_t)lines.at[k].n);
		lines.at[k].n = 0;
	}
	for (int i = 0; i < n; i++) {
		struct line *l = &lines.at[line_of[i]];
		l->words[l->n++] = words[i];
	}
	for (int k = 0; k < lines.n; k++)
		finish(mem, &lines.at[k]);
	if (lines.n > 1)
		qsort(lines.at, (size_t)lines.n, sizeof *lines.at, by_top);
	talloc_free(tmp);
	return lines;
}

struct line line_make(const void *mem, const struct page *page, const struct word **words, int n)
{
	struct line l = { .page = page, .words = words, .n = n };
	for (int k = 0; k < n; k++)
		l.box = box_join(l.box, words[k]->box);
	finish(mem, &l);
	return l;
}

struct lines lines_split(const void *mem, struct lines from, double gap)
{
	struct lines to = { 0 };
	for (int i = 0; i < from.n; i++) {
		const struct line *l = &from.at[i];
		int start = 0;
		for (int w = 1; w <= l->n; w++) {
			if (w < l->n && l->words[w]->box.x0 - l->words[w - 1]->box.x1 <= gap * l->size)
				continue;
			to.at = own_grow(mem, to.at, to.n, &to.room, sizeof *to.at);
			to.at[to.n++] = line_make(mem, l->page, l->words + start, w - start);
			start = w;
		}
	}
	return to;
}

/* flows ---------------------------------------------------------------------------------------------- */

/* Does a word go on where the line before broke a symbol or a date: "NĐ-" + "CP", "12/" + "BNV", "782" + "/NQ-HĐND"? */
static bool goes_on(const char *text, size_t len, const char *word)
{
	if (len < 2 || text[len - 2] == ' ')
		return false;
	bool letter = isalnum((unsigned char)word[0]) || (unsigned char)word[0] >= 0xC0;
	bool digit = isdigit((unsigned char)text[len - 2]) != 0;
	return letter ? text[len - 1] == '-' || (text[len - 1] == '/' && digit)
		: isdigit((unsigned char)text[len - 1]) && word[0] == '/' && isupper((unsigned char)word[1]);
}

void flow_words(struct flow *f, const struct page *page, const struct word *const *words, int n)
{
	if (f->text.mem == NULL)
		f->text.mem = f->mem;
	for (int i = 0; i < n; i++) {
		size_t len = f->text.len;
		char end = len > 0 ? f->text.text[len - 1] : '\n';
		bool broken = i == 0 && goes_on(f->text.text, len, words[i]->text);
		if (end != '\n' && !broken)
			buffer_text(&f->text, " ");
		f->marks.at = own_grow(f->mem, f->marks.at, f->marks.n, &f->marks.room, sizeof *f->marks.at);
		f->marks.at[f->marks.n++] = (struct mark){ f->text.len, words[i], page };
		buffer_text(&f->text, words[i]->text);
	}
}

void flow_add(struct flow *f, const struct line *l)
{
	flow_words(f, l->page, l->words, l->n);
}

void flow_break(struct flow *f)
{
	if (f->text.mem == NULL)
		f->text.mem = f->mem;
	if (f->text.len > 0 && f->text.text[f->text.len - 1] != '\n')
		buffer_text(&f->text, "\n");
}

/* What of a word's box a part of its text takes: letters are taken for equally wide. */
static struct box part_box(const struct word *w, size_t from, size_t to)
{
	size_t len = strlen(w->text);
	double wide = w->box.x1 - w->box.x0;
	struct box b = w->box;
	if (len == 0 || (from == 0 && to >= len))
		return b;
	double all = (double)text_codepoints(w->text);
	char *before = copy_part(NULL, w->text, from), *until = copy_part(NULL, w->text, to < len ? to : len);
	b.x1 = w->box.x0 + wide * (double)text_codepoints(until) / all;
	b.x0 += wide * (double)text_codepoints(before) / all;
	talloc_free(before);
	talloc_free(until);
	return b;
}

struct value flow_value(const void *mem, const struct flow *f, size_t from, size_t to)
{
	struct value v = { .confidence = 1 };
	struct buffer raw = { .mem = mem };
	bool any = false, differs = false;
	char *part = copy_part(mem, f->text.text != NULL ? f->text.text + from : "", to - from);
	v.value = text_line(mem, part);
	int first = 0, after = f->marks.n;             /* marks stand in order: the last one at or before from */
	while (after - first > 1) {
		int middle = first + (after - first) / 2;
		if (f->marks.at[middle].at <= from)
			first = middle;
		else
			after = middle;
	}
	for (int i = first; i < f->marks.n && f->marks.at[i].at < to; i++) {
		const struct mark *m = &f->marks.at[i];
		if (m->at + strlen(m->word->text) <= from)
			continue;
		if (!any) {
			v.place = (struct place){ .part = m->page->part, .page = m->page->number, .source = m->word->source };
			any = true;
		}
		if (m->word->drawn_by != NULL)         /* a date is the page's but for its day */
			v.place.drawn_by = copy_text(mem, m->word->drawn_by);
		if (m->page->number == v.place.page)
			v.place.box = box_join(v.place.box, part_box(m->word, from > m->at ? from - m->at : 0, to - m->at));
		if (m->word->confidence < v.confidence)
			v.confidence = m->word->confidence;
		if (raw.len > 0)
			buffer_text(&raw, " ");
		buffer_text(&raw, m->word->raw != NULL ? m->word->raw : m->word->text);
		differs = differs || m->word->raw != NULL;
	}
	if (!any)
		v.confidence = 0;
	v.raw = differs ? raw.text : part;
	return v;
}

/* Base letter of a code point in ASCII; 0: a mark that belongs to the letter before; '?': something else. */
static char base_of(ucs4_t c)
{
	if (c < 0x80)
		return (char)c;
	if ((c >= 0x300 && c <= 0x36F) || c == 0x200B)
		return 0;
	if (c == 0x110 || c == 0xD0 || c == 0x189)
		return 'D';
	if (c == 0x111 || c == 0xF0 || c == 0x256)
		return 'd';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xAD)
		return '-';
	if (c == 0x2044)
		return '/';
	if (c == 0x201C || c == 0x201D)
		return '"';
	if (c == 0xA0)
		return ' ';
	ucs4_t out[UC_DECOMPOSITION_MAX_LENGTH];
	int n = uc_canonical_decomposition(c, out);
	return n > 0 && out[0] != c ? base_of(out[0]) : '?';
}

/* The letters of Vietnamese lie below U+0200 and in U+1E00..U+1EFF: those are looked up, the rest worked out. */
static char base_letter(ucs4_t c)
{
	static char low[0x200], high[0x100];
	if (low['a'] == 0) {
		for (ucs4_t i = 0; i < sizeof high; i++)
			high[i] = base_of(0x1E00 + i);
		for (ucs4_t i = 0; i < sizeof low; i++)
			low[i] = base_of(i);
	}
	return c < sizeof low ? low[c] : c >= 0x1E00 && c < 0x1F00 ? high[c - 0x1E00] : base_of(c);
}

struct fold fold_text(const void *mem, const char *text)
{
	size_t room = strlen(text) + 1;
	struct fold f = { new_array(mem, char, room), new_array(mem, char, room), new_array(mem, size_t, room), 0 };
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)text, *next; (next = u8_next(&c, at)) != NULL; at = next) {
		char base = base_letter(c);
		if (base == 0)
			continue;
		f.cased[f.n] = base;
		f.small[f.n] = (char)tolower((unsigned char)base);
		f.at[f.n++] = (size_t)(at - (const uint8_t *)text);
	}
	f.at[f.n] = room - 1;
	return f;
}

/* the page's text ------------------------------------------------------------------------------------ */

/* A gap much wider than a space splits a row of the header into its columns; elsewhere it stays one line. */
void page_text(struct letter *l, struct page *p)
{
	void *tmp = talloc_new(NULL);
	struct buffer b = { .mem = l };
	struct lines lines = page_lines(tmp, p, page_whole(p), 0);
	for (int i = 0; i < lines.n; i++) {
		const struct line *line = &lines.at[i];
		for (int w = 0; w < line->n; w++) {
			double gap = w > 0 ? line->words[w]->box.x0 - line->words[w - 1]->box.x1 : 0;
			if (w > 0)
				buffer_text(&b, gap > 3 * line->size ? "    " : " ");
			buffer_text(&b, line->words[w]->text);
		}
		buffer_text(&b, "\n");
	}
	p->text = b.text != NULL ? b.text : copy_text(l, "");
	talloc_free(tmp);
}

/* letters -------------------------------------------------------------------------------------------- */

void letters_count(struct letters *n, const char *text)
{
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)text; (at = u8_next(&c, at)) != NULL;) {
		if (c == ' ' || c == '\n' || c == '\t' || c == 0xA0)
			continue;
		n->all++;
		bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool marked = c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129
			|| c == 0x168 || c == 0x169 || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0
			|| (c >= 0x1EA0 && c <= 0x1EF9) || (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7);
		n->letters += ascii || marked;
		n->marked += marked;
		n->symbols += (c >= 0xA1 && c <= 0xBF) || c == 0xD7 || c == 0xF7;
		n->broken += c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xE000 && c <= 0xF8FF) || c == 0xFFFD;
	}
}
