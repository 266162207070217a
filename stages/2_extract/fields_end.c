/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields_end.c - the end of a letter: where it is, the copies list, who drafted it. The signers: fields_sign.c.
 *
 * The letter ends on the first page with "Nơi nhận"; what follows is attached, and may have a signer's block of
 * its own. Without "Nơi nhận" the first line with TM., KT., TL. or TUQ. on the right marks the end, or, in text,
 * the last title in capitals there.
 */
#include "sign.h"
#include "anchor.h"
#include "ocr.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

static bool find_copies(struct reading *r, struct line *head, int *words)
{
	for (int i = 0; i < r->n; i++)
		if (anchor_copies(r->mem, r->pages[i], i > r->head ? 0 : r->below, head, words)) {
			r->end = i;
			r->end_top = head->box.y0 - (*words == 0 ? 16 : 0);
			return true;
		}
	return false;
}

/* No copies list: the line with a signing prefix, or the last title on the right. Of the first pages alone (before): a
 * line with a prefix, which ends the letter before whatever has a copies list behind it. */
static void find_signing_line(struct reading *r, int before)
{
	for (int i = r->head; i < (before > 0 ? before : r->n); i++) {
		const struct page *p = r->pages[i];
		struct lines pieces = lines_split(r->mem, page_lines(r->mem, p, page_whole(p), 0), 2);
		for (int k = 0; k < pieces.n; k++) {
			const struct line *l = &pieces.at[k];
			double far = 1;
			if ((l->box.x0 + l->box.x1) / 2 < p->width * 0.5 || !line_is_upper(l) || (i == r->head && l->box.y0 < r->below))
				continue;
			bool prefix = sign_prefix(r->mem, l->text, NULL) != NULL;
			bool splits = before > 0 && i == before - 1 && l->box.y0 > p->height * 0.7;    /* the list opens the next page */
			if (before > 0 && (!prefix || splits || l->words[0]->source == FROM_OCR))
				continue;
			const struct lexeme *title = lexicon_nearest("title", l->text, &far);
			if (prefix || (title != NULL && far < 0.01)) {
				r->end = i;
				r->end_top = l->box.y0;
			}
			if (prefix)
				return;
		}
	}
}

/* copies ----------------------------------------------------------------------------------------------- */

static bool starts_item(const void *mem, const struct line *l)
{
	const char *t = l->words[0]->text;
	if (*t == '-' || text_starts(t, "–") || text_starts(t, "—") || text_starts(t, "+") || text_starts(t, "•"))
		return true;
	return l->words[0]->source == FROM_OCR && lexicon_key(mem, t)[0] == 0;
}

/* Box 12: the unit that drafted, who, and how many copies: "Lưu: VT, CTSBMTT. ATu236.", "Lưu: VT, P.TCHC (05b)",
 * "Lưu: VT, Cục IV." A stop after a single capital belongs to the unit. */
static void read_drafter(struct reading *r, const struct value *item)
{
	const char *at = strpbrk(item->value, ",;");
	if (at == NULL)
		return;
	at += strspn(at, ",; ");
	size_t n = 0;
	while (at[n] != 0 && strchr(",;(", at[n]) == NULL && !(at[n] == '.' && n != 1))
		n++;
	size_t unit = n;
	while (unit > 0 && at[unit - 1] == ' ')
		unit--;
	struct value v = *item;
	if (unit >= 2) {
		v.value = copy_part(r->mem, at, unit);
		reading_add(r, "drafting_unit", v);
	}
	at += n;
	at += strspn(at, ".,;() ");
	n = strcspn(at, "0123456789.,;)( ");
	if (n >= 1 && n <= 16) {
		v.value = copy_part(r->mem, at, n);
		reading_add(r, "drafter", v);
	}
}

/* What OCR makes of the abbreviations of a copies list. */
static char *put_right(const void *mem, char *text)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "(đê ", "(để " }, { "(đề ", "(để " }, { "bíc)", "b/c)" }, { "b/e)", "b/c)" }, { "(Đ/c)", "(b/c)" }, { "(th)", "(t/h)" },
		{ "Luu", "Lưu" }, { "Lưu: VI", "Lưu: VT" }, { "Lưu VI", "Lưu VT" }, { "Lưu:VI", "Lưu:VT" }, { ":-", ":" }, { ",:", "," },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *at = strstr(text, rows[i].from);
		if (at != NULL)
			text = format_text(mem, "%.*s%s%s", (int)(at - text), text, rows[i].to, at + strlen(rows[i].from));
	}
	return text;
}

static void add_copy(struct reading *r, struct flow *f)
{
	if (f->text.len == 0)
		return;
	struct value v = flow_value(r->mem, f, 0, f->text.len);
	char *text = v.value;
	size_t n = strlen(text), from = 0;
	while (text[from] != 0 && !isalnum((unsigned char)text[from]) && (unsigned char)text[from] < 0x80 && text[from] != '(')
		from++;
	while (text_starts(text + from, "–") || text_starts(text + from, "—") || text_starts(text + from, "•"))
		from += 3 + strspn(text + from + 3, " -");
	while (n > from && strchr(" ;,.:/-_", text[n - 1]) != NULL)
		n--;
	v.value = text_line(r->mem, copy_part(r->mem, text + from, n - from));
	reading_repair(r, &v);
	char *key = lexicon_key(r->mem, v.value);
	if (v.place.source == FROM_OCR) {
		char *stop = strchr(v.value, ';');
		if (stop != NULL && strlen(lexicon_key(r->mem, stop)) < 4)
			*stop = 0;
		char *good = put_right(r->mem, v.value);
		if (good != v.value)
			v.confidence *= 0.95;
		v.value = good;
	}
	if (v.place.source == FROM_OCR && text_starts(key, "luu")) /* what a pen left behind the list */
		for (char *cut = v.value; (cut = strpbrk(cut, ").")) != NULL; cut++)
			if (cut > v.value + 6 && strchr(cut + 1, ',') == NULL && strlen(cut + 1) < 12 && strchr(cut + 1, ')') == NULL
			    && (*cut == ')' || strpbrk(cut + 1, "ABCDEFGHIKLMNOPQRSTUVXY") == NULL || strchr(cut + 2, ' ') != NULL))
				cut[*cut == ')'] = 0;
	f->text.len = 0;
	f->marks.n = 0;
	if (strlen(key) < 2)
		return;
	reading_add(r, "copies", v);
	if (text_starts(key, "luu"))
		read_drafter(r, &v);
}

static bool ends_with(const struct flow *f, const char *marks)
{
	return f->text.len > 0 && strchr(marks, f->text.text[f->text.len - 1]) != NULL;
}

/* Letters that a reading of the list is sure of. */
static double sure_letters(struct lines lines)
{
	double sum = 0;
	for (int i = 0; i < lines.n; i++)
		for (int w = 0; w < lines.at[i].n; w++)
			if (lines.at[i].words[w]->confidence > 0.6)
				sum += text_codepoints(lines.at[i].words[w]->text) * lines.at[i].words[w]->confidence;
	return sum;
}

/* A line without what stands far right of the list: "(Đã ký)" reaches into its zone. */
static struct line own_part(const void *mem, const struct line *l, double from)
{
	for (int w = 1; w < l->n; w++)
		if (l->words[w]->box.x0 > from && l->words[w]->source == FROM_TEXT
		    && l->words[w]->box.x0 - l->words[w - 1]->box.x1 > 1.5 * l->size)
			return line_make(mem, l->page, l->words, w);
	return *l;
}

static void read_copies(struct reading *r, const struct line *head, int head_words, double right)
{
	const struct page *p = r->pages[r->end];
	struct box zone = { -1e6, head->box.y0 - 2, right, p->height };
	struct lines lines = page_lines(r->mem, p, zone, 0), again = page_lines(r->mem, p, zone, PASS_COPIES);
	if (sure_letters(again) > 1.04 * sure_letters(lines))
		lines = again;
	struct flow f = { .mem = r->mem };
	double bottom = head->box.y1, left = head->box.x0;
	bool dashed = false, kept = false;
	for (int i = 0; i < lines.n; i++) {
		const struct line *l = &lines.at[i];
		double size = l->size > 8 ? l->size : 8;
		if (head_words > 0 && i == 0 && l->box.y0 < head->box.y1) {
			if (l->n > head_words) {                   /* "Nơi nhận: Như trên" on one line */
				struct line rest = line_make(r->mem, l->page, l->words + head_words, l->n - head_words);
				if (l->words[0]->source != FROM_OCR || starts_item(r->mem, &rest) || text_starts(rest.weak, "nhu "))
					flow_add(&f, &rest);
			}
			continue;
		}
		if (line_letters(l) < 2)
			continue;
		struct line own = own_part(r->mem, l, left + 90);
		l = &own;
		if (l->box.y0 - bottom > 2.4 * size || l->box.x0 > left + 90)
			break;
		bool last = strncmp(lexicon_key(r->mem, l->text), "luu", 3) == 0;
		bool item = starts_item(r->mem, l) || (last && f.text.len > 0) || (!dashed && ends_with(&f, ";")) || (dashed && ends_with(&f, ";."));
		if (item && kept && !starts_item(r->mem, l))
			break;                                     /* after Lưu nothing follows but another dash */
		if (item)
			add_copy(r, &f);
		dashed = dashed || starts_item(r->mem, l);
		flow_add(&f, l);
		kept = kept || last;
		bottom = l->box.y1;
	}
	add_copy(r, &f);
}

void end_find(struct reading *r)
{
	r->copies = new_zero(r->mem, struct line);
	if (find_copies(r, r->copies, &r->copies_words)) {
		int page = r->end;
		if (page > r->head)
			find_signing_line(r, page);
		if (r->end == page)
			return;
	} else
		find_signing_line(r, 0);
	r->copies = NULL;
}

void end_read(struct reading *r)
{
	if (r->end < 0)
		return;
	double right = sign_read(r);
	if (r->copies != NULL)
		read_copies(r, r->copies, r->copies_words, right);
}
