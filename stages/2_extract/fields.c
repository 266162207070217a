/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields.c - one document's fields, and where the next document in the same file begins.
 */
#include "fields.h"
#include "anchor.h"
#include "reading.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

struct field *reading_add(struct reading *r, const char *name, struct value v)
{
	struct field *f = letter_add_field(r->l, name, v.value);
	f->document = r->document;
	f->read = v;
	f->read.value = copy_text(r->l, v.value);
	f->read.raw = copy_text(r->l, v.raw);
	f->read.place.drawn_by = copy_text(r->l, v.place.drawn_by);
	return f;
}

void reading_say(struct reading *r, const char *rule, enum severity severity, const char *vi, const char *en)
{
	const struct page *p = r->pages[r->head];
	struct place place = { .part = p->part, .page = p->number };
	char *what = format_text(r->l, "part:%d", p->part);
	finding_evidence(r->l, letter_finding(r->l, rule, severity, NULL, vi, en), what, &place);
}

double reading_gate(double confidence)
{
	return confidence >= GATE ? confidence : confidence * 0.6;
}

/* Without the marks that strokes and specks become, and quotes that open within a word. */
static char *without_dirt(const void *mem, const char *text)
{
	static const char *const dirt[] = { "`", "´", "‹", "›", "ˆ", "¬", "¦", "°", "•", "§", "*", "^", "~", NULL };
	struct buffer b = { .mem = mem }, token = { .mem = mem };
	buffer_text(&b, "");
	for (const char *at = text;; at++) {
		if (*at != 0 && *at != ' ') {
			const char *const *d = dirt;
			while (*d != NULL && !text_starts(at, *d))
				d++;
			if (*d != NULL)
				at += strlen(*d) - 1;
			else if (token.len > 0 && text_starts(at, "“") && token.text[token.len - 1] != '(')
				at += strlen("“") - 1;
			else
				buffer_add(&token, at, 1);
			continue;
		}
		if (token.len > 0)
			buffer_format(&b, "%s%s", b.len > 0 ? " " : "", token.text);
		token.len = 0;
		if (*at == 0)
			return b.text;
	}
}

void reading_repair(struct reading *r, struct value *v)
{
	double known;
	if (v->place.source != FROM_OCR)
		return;
	char *good = lexicon_repair(r->mem, LEXICON_RUNNING, without_dirt(r->mem, v->value), &known);
	if (strcmp(good, v->value) != 0) {
		v->value = good;
		v->confidence *= 0.95;
	}
	if (v->confidence > RUNNING)
		v->confidence = RUNNING;
}

bool line_is_upper(const struct line *l)
{
	struct fold f = fold_text(NULL, l->text);
	int upper = 0, letters = 0;
	for (size_t i = 0; i < f.n; i++) {
		letters += isalpha((unsigned char)f.cased[i]) != 0;
		upper += isupper((unsigned char)f.cased[i]) != 0;
	}
	talloc_free(f.small);
	talloc_free(f.cased);
	talloc_free(f.at);
	return letters >= 2 && upper * 10 >= letters * 8;
}

int line_letters(const struct line *l)
{
	int n = 0;
	for (const char *at = l->weak; *at != 0; at++)
		n += isalpha((unsigned char)*at) != 0;
	return n;
}

struct lines reading_lines(const struct reading *r, struct box zone)
{
	return page_lines_beside(r->mem, r->pages[r->head], zone, 0, r->stamp.x1 > r->stamp.x0 ? &r->stamp : NULL);
}

struct value line_value(const void *mem, const struct line *l)
{
	struct flow f = { .mem = mem };
	flow_add(&f, l);
	return flow_value(mem, &f, 0, f.text.len);
}

/* Finds the page and the place of the national title. The first pages may be a cover, which holds few words; a title
 * behind pages of running text belongs to something attached. */
static void find_head(struct reading *r)
{
	enum { COVER = 150 };
	for (int i = 0, words = 0; i < r->n && !r->titled && words <= COVER; i++) {
		words += r->pages[i]->source != FROM_OCR ? r->pages[i]->words.n : 0;
		struct box top = page_whole(r->pages[i]);
		top.y1 = r->pages[i]->height * 0.5;
		struct lines lines = page_lines(r->mem, r->pages[i], top, 0);
		for (int k = 0; k < lines.n && !r->titled; k++)
			if (anchor_title(r->mem, &lines.at[k], &r->title)) {
				r->titled = true;
				r->head = i;
			}
	}
	const struct page *p = r->pages[r->head];
	r->ocr = p->source == FROM_OCR;
	r->split = r->titled ? r->title.x0 : p->width * 0.45;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Where the long lines of the head page begin and end: nine of ten agree. */
static void find_margins(struct reading *r)
{
	const struct page *p = r->pages[r->head];
	struct lines lines = page_lines(r->mem, p, page_whole(p), 0);
	double *from = new_array(r->mem, double, (size_t)lines.n + 1), *to = new_array(r->mem, double, (size_t)lines.n + 1);
	size_t n = 0;
	for (int i = 0; i < lines.n; i++)
		if (lines.at[i].box.x1 - lines.at[i].box.x0 > p->width * 0.5 && lines.at[i].box.y0 > p->height * 0.25) {
			from[n] = lines.at[i].box.x0;
			to[n++] = lines.at[i].box.x1;
		}
	qsort(from, n, sizeof *from, by_size);
	qsort(to, n, sizeof *to, by_size);
	r->left = n > 0 ? from[n / 10] : p->width * 0.14;
	r->right = n > 0 ? to[n - 1 - n / 10] : p->width * 0.93;
}

/* What the head of a page says; nothing is added to the letter. */
struct head { const char *number, *symbol, *date; bool dated; };

static struct head look_at_head(struct reading *r, int page)
{
	struct reading look = { .l = r->l, .document = r->document, .mem = r->mem, .pages = r->pages + page, .n = 1, .end = -1 };
	struct head head = { 0 };
	find_head(&look);
	if (!look.titled)
		return head;
	int fields = r->l->fields.n, findings = r->l->findings.n;
	header_read(&look);
	for (int k = fields; k < r->l->fields.n; k++) {
		const struct field *f = &r->l->fields.at[k];
		head.date = strcmp(f->name, "date") == 0 ? f->read.value : head.date;
	}
	head.dated = look.ocr && head.date != NULL && strlen(head.date) >= strlen("2025-06");
	for (int k = fields; k < r->l->fields.n; k++) {
		const struct field *f = &r->l->fields.at[k];
		if (strcmp(f->name, "number") == 0 && (f->read.confidence >= 0.5 || head.dated))
			head.number = f->read.value;
		if (strcmp(f->name, "symbol") == 0 && f->read.confidence >= 0.5)
			head.symbol = f->read.value;
	}
	if (head.number == NULL && look.ocr && look.number_written && head.date != NULL)
		head.number = "";
	r->l->fields.n = fields;
	r->l->findings.n = findings;
	return head;
}

static void say_split(struct reading *r, int page)
{
	struct place place = { .part = r->pages[page]->part, .page = r->pages[page]->number };
	char *vi = format_text(r->l, "Tệp chứa hơn một văn bản: từ trang %d là văn bản khác, được đọc riêng.", place.page);
	char *en = format_text(r->l, "The file holds more than one letter: another begins on page %d and is read by itself.", place.page);
	struct finding *f = letter_finding(r->l, "2_extract/second-letter", NOTE, NULL, vi, en);
	finding_evidence(r->l, f, format_text(r->l, "part:%d", place.part), &place);
}

/* A second letter in the same file: a later page with its own title, number and symbol. An attachment may have
 * a title too, but its number is blank or the same. A number by hand is never sure in a scan; then a month in the
 * line of the date, which attachments leave blank too, bears it out. Of one of which no digit was read, that something
 * was written before a symbol that is not the letter's own (number "" of its head). */
static void split_off(struct reading *r)
{
	struct document *d = &r->l->documents.at[r->document];
	for (int i = r->head + 1; i < r->n; i++) {
		struct head next = look_at_head(r, i);
		if (next.number == NULL || next.symbol == NULL)
			continue;
		if (next.number[0] == 0) {
			struct head own = look_at_head(r, r->head);
			if (own.symbol == NULL || text_distance(own.symbol, next.symbol) < 3)
				continue;
		}
		int first = r->pages[i]->number, last = d->last_page;
		const char *source = d->text_source;
		d->last_page = first - 1;
		struct document *more = letter_add_document(r->l);
		d = &r->l->documents.at[r->document];
		*more = (struct document){ .part = d->part, .first_page = first, .last_page = last, .kind = copy_text(r->l, "other"),
			.text_source = copy_text(r->l, source) };
		say_split(r, i);
		r->n = i;
		return;
	}
}

void fields_read(struct letter *l, int document)
{
	const struct document *d = &l->documents.at[document];
	struct reading r = { .l = l, .document = document, .mem = talloc_new(l), .end = -1 };
	r.pages = new_array(r.mem, const struct page *, (size_t)l->pages.n + 1);
	for (int i = 0; i < l->pages.n; i++) {
		const struct page *p = &l->pages.at[i];
		if (p->part == d->part && p->number >= d->first_page && p->number <= d->last_page && p->words.n > 0)
			r.pages[r.n++] = p;
	}
	if (r.n > 0) {
		find_head(&r);
		split_off(&r);
		find_margins(&r);
		header_read(&r);
		end_find(&r);
		title_read(&r);
		end_read(&r);
		text_read(&r);
	}
	talloc_free(r.mem);
}
