/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields_title.c - what kind of document it is, what it is about, and to whom it goes.
 *
 * A document with a name has it centred under the header, and its subject centred under the name; a công văn has
 * "V/v" under its number and "Kính gửi:" above its body. What is centred is told from the margins that the
 * body's long lines share, so a paragraph is never taken for a subject.
 */
#include "reading.h"
#include "ocr.h"
#include "text.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

static bool starts_any(const char *key, const char *const *with)
{
	for (; *with != NULL; with++) {
		size_t n = strlen(*with);
		if (strncmp(key, *with, n) == 0 && !isalpha((unsigned char)key[n]))
			return true;
	}
	return false;
}

/* Rules and dirt that OCR turns into words stand at the ends of a line. */
static bool is_dirt(const struct word *w)
{
	char *key = lexicon_key(NULL, w->text);
	bool dirt = key[0] == 0 || (w->source == FROM_OCR && (w->confidence < 0.2 || (key[1] == 0 && w->confidence < 0.5)));
	talloc_free(key);
	return dirt;
}

static void flow_clean(struct flow *f, const struct line *l)
{
	int from = 0, to = l->n;
	while (from < to && is_dirt(l->words[from]) && strcmp(l->words[from]->text, "-") != 0)
		from++;
	while (to > from && is_dirt(l->words[to - 1]) && l->words[to - 1]->source == FROM_OCR)
		to--;
	flow_words(f, l->page, l->words + from, to - from);
}

/* công văn: V/v under the number ----------------------------------------------------------------------- */

static bool starts_about(const char *key, bool spelled)
{
	static const char *const brief[] = { "v v", "vv", "viv", "v iv", NULL }, *const spelt[] = { "ve viec", NULL };
	return starts_any(key, spelled ? spelt : brief);
}

/* "V/v" as pens and stamps leave it: V/w, VÁN, Wv. Only right under the number, in a scan. */
static bool looks_about(const struct line *l)
{
	struct fold f = fold_text(NULL, l->words[0]->text);
	size_t at = strspn(f.small, "'\"`.-_");
	bool looks = l->words[0]->source == FROM_OCR && l->n > 1 && f.n - at <= 4 && (f.cased[at] == 'V' || f.cased[at] == 'W')
		&& strcmp(f.small + at, "ve") != 0;
	talloc_free(f.small);
	talloc_free(f.cased);
	talloc_free(f.at);
	return looks;
}

/* The left part of a line: up to the first gap that no space makes. */
static int left_part(const struct reading *r, const struct line *l)
{
	if (l->words[0]->box.x0 > r->split)
		return 0;
	int n = 1;
	while (n < l->n && l->words[n]->box.x0 - l->words[n - 1]->box.x1 < 2.2 * l->size)
		n++;
	return n;
}

static void add_subject(struct reading *r, struct flow *f)
{
	struct value v = flow_value(r->mem, f, 0, f->text.len);
	char *text = v.value;
	struct fold fold = fold_text(r->mem, text);
	size_t skip = 0;
	size_t lead = strspn(fold.small, "'\"`.-_ "), first = lead + strcspn(fold.small + lead, " ");
	if (text_starts(fold.small + lead, "v/v"))
		skip = lead + 3;
	else if (r->about && first - lead <= 4 && (fold.small[lead] == 'v' || fold.small[lead] == 'w')
		 && !text_starts(fold.small + lead, "ve "))
		skip = first;
	while (skip > 0 && skip < fold.n && strchr(" :.-", fold.small[skip]) != NULL)
		skip++;
	const char *about = v.place.source == FROM_OCR && !r->about ? strstr(fold.small, " ve viec ") : NULL;
	if (about != NULL && about - fold.small < 16)              /* letters of a stamp stand before it */
		skip = (size_t)(about + 1 - fold.small);
	v.value = text_line(r->mem, text + fold.at[skip]);
	if (v.place.source == FROM_OCR && text_starts(v.value, "VỀ việc"))
		v.value = format_text(r->mem, "Về%s", v.value + strlen("VỀ"));
	if (v.place.source == FROM_OCR && !r->about && text_starts(v.value, "việc ")) {        /* nothing else begins so */
		v.value = format_text(r->mem, "Về %s", v.value);
		v.confidence *= 0.9;
	}
	reading_repair(r, &v);
	if (text_codepoints(v.value) >= 4)
		reading_add(r, "subject", v);
}

static bool read_about(struct reading *r, bool spelled)
{
	const struct page *p = r->pages[r->head];
	struct box zone = { -1e6, r->below - 30, p->width * 0.62, r->below + 190 };
	struct lines lines = reading_lines(r, zone);
	struct flow f = { .mem = r->mem };
	double bottom = 0, size = 0;
	for (int i = 0; i < lines.n; i++) {
		struct line *l = &lines.at[i];
		int n = left_part(r, l);
		char *key = lexicon_key(r->mem, l->text);
		if (bottom == 0) {
			bool under = l->box.y0 - r->below < 2.5 * l->size && l->box.y0 > r->below - l->size && !spelled;
			if (n == 0 || (!starts_about(key, spelled) && !(under && looks_about(l))))
				continue;
		} else {
			double gap = l->box.y0 - bottom;
			bool far_right = n > 0 && l->words[n - 1]->box.x1 > p->width * 0.60;
			if (n == 0 && gap < size)
				continue;
			if (n == 0 || gap > 1.1 * size || text_starts(key, "kinh gui") || far_right)
				break;
		}
		struct line part = *l;
		part.n = n;
		part.box.x1 = l->words[n - 1]->box.x1;
		if (lexicon_key(r->mem, part.words[0]->text)[0] == 0 && n == 1)
			continue;
		flow_clean(&f, &part);
		bottom = l->box.y1;
		size = l->size > size ? l->size : size;
	}
	if (bottom == 0)
		return false;
	r->about = true;
	r->subject_end = bottom;
	add_subject(r, &f);
	return true;
}

/* named types ------------------------------------------------------------------------------------------ */

/* A line in capitals that is, or begins with, the name of a type. *rest: how many of its words the name takes. */
static const struct lexeme *type_of_line(struct reading *r, const struct line *l, int *rest)
{
	double far = 1;
	for (int from = 0; l->words[0]->source == FROM_OCR && from < l->n && from < 8; from++) {     /* dirt before it */
		struct line tail = line_make(r->mem, l->page, l->words + from, l->n - from);
		if (tail.n > 5 || !line_is_upper(&tail) || line_letters(&tail) < 6)
			continue;
		const struct lexeme *near = lexicon_nearest("type", tail.text, &far);
		if (near != NULL && (far > 0 || from > 0) && far < 0.2 && strlen(near->weak) >= 6) {
			*rest = l->n;
			return near;
		}
	}
	struct buffer b = { .mem = r->mem };
	const struct lexeme *found = NULL;
	for (int w = 0; w < l->n && w < 5; w++) {
		struct line one = *l;
		one.n = 1;
		one.words = l->words + w;
		one.weak = lexicon_key(r->mem, l->words[w]->text);
		one.text = l->words[w]->text;
		if (one.weak[0] != 0 && !line_is_upper(&one))
			break;
		buffer_text(&b, l->words[w]->text);
		buffer_text(&b, " ");
		const struct lexeme *t = lexicon_find("type", b.text);
		if (t != NULL) {
			found = t;
			*rest = w + 1;
		}
	}
	return found;
}

static bool is_centred(const struct reading *r, const struct line *l)
{
	double middle = (r->left + r->right) / 2, at = (l->box.x0 + l->box.x1) / 2;
	return fabs(at - middle) < 22 && l->box.x0 > r->left - 12;
}

static const char *const authorities[] = { "thu tuong", "bo truong", "chu tich", "giam doc", "hieu truong", "uy ban nhan dan",
	"hoi dong nhan dan", "cuc truong", "chi cuc truong", "chinh phu", "tong cuc truong", "vien truong", "truong ban", "truong phong",
	"ban chap hanh", "ban thuong vu", "quoc hoi", "tong giam doc", "chanh an", "thong doc", "truong doan", "chanh van phong",
	"chanh thanh tra", NULL };

/* The line of a decision that says who decides: a head's title, or the agency itself. */
static bool is_authority(struct reading *r, const struct line *l)
{
	char *key = lexicon_key(r->mem, l->text);
	if (!line_is_upper(l))
		return false;
	return starts_any(key, authorities) || (r->agency != NULL && strcmp(lexicon_key(r->mem, r->agency), key) == 0);
}

/* The line begins the body, names the authority, or otherwise ends a subject. */
static bool ends_subject(struct reading *r, const struct line *l, const struct line *before)
{
	static const char *const always[] = { "can cu", "kinh gui", "dieu 1", NULL }, *const bracketed[] = { "kem theo", "ban hanh kem", NULL };
	static const char *const heads[] = { "xet", "thuc hien", "theo de nghi", "i", "1", "a", "chuong i", "phan i",
		"kinh moi", "quyet dinh", "quyet nghi", "nghi quyet", "tran trong", "so", "kem theo", NULL };
	char *key = lexicon_key(r->mem, l->text);
	double off = fabs((l->box.x0 + l->box.x1) / 2 - (r->left + r->right) / 2);
	bool set_in = off < 9 && l->box.x0 > r->left + 20 && !isdigit((unsigned char)key[0]);      /* quite centred */
	if (l->text[0] == '(' && starts_any(key, bracketed))
		return true;
	if (starts_any(key, always) || (starts_any(key, heads) && !set_in && !(l->bold && before->bold && is_centred(r, l))))
		return true;
	if (line_is_upper(l) && !line_is_upper(before))
		return true;
	if (is_authority(r, l) && (l->box.y0 - before->box.y1 > 0.5 * l->size || !starts_any(key, authorities)))
		return true;
	return l->box.y0 - before->box.y1 > 1.5 * before->size + 4 || (before->bold && !l->bold && l->words[0]->source == FROM_TEXT);
}

/* A line of a scan that a stamp's words begin: what is left without them stands centred. */
static bool cut_to_centre(struct reading *r, struct line *l)
{
	if (l->words[0]->source != FROM_OCR || is_centred(r, l) || l->box.x1 > r->right - 8)
		return false;
	double middle = (r->left + r->right) / 2;
	for (int i = 1; i + 2 <= l->n; i++) {
		double at = (l->words[i]->box.x0 + l->box.x1) / 2;
		if (fabs(at - middle) < 10 && l->words[i]->box.x0 - l->words[i - 1]->box.x1 > 0.3 * l->size) {
			*l = line_make(r->mem, l->page, l->words + i, l->n - i);
			return true;
		}
	}
	return false;
}

static void read_subject(struct reading *r, const struct lines *lines, int at, int rest)
{
	const struct line *name = &lines->at[at];
	struct line before = *name;
	struct flow f = { .mem = r->mem };
	bool joint = rest < name->n && strcmp(lexicon_key(r->mem, name->words[rest]->text), "lien") == 0;      /* HƯỚNG DẪN LIÊN SỞ */
	if (rest < name->n && !joint && !text_starts(lexicon_key(r->mem, name->text), "chuong trinh phoi hop")
	    && !text_starts(lexicon_key(r->mem, name->text), "chuong trinh hanh dong")) {
		struct line tail = *name;
		tail.words += rest;
		tail.n -= rest;
		flow_clean(&f, &tail);
	}
	int taken = 0;
	for (int i = at + 1; i < lines->n && taken < 9; i++) {
		const struct line *l = &lines->at[i];
		if (l->box.x1 < (r->left + r->right) / 2 - 20)
			continue;                                  /* a stamp beside the subject */
		struct line cut = *l;
		if (cut_to_centre(r, &cut))
			l = &cut;
		if (lexicon_key(r->mem, l->text)[0] == 0 || (taken == 0 && line_letters(l) < 2)
		    || (l->words[0]->source == FROM_OCR && line_letters(l) < 4 && taken == 0))
			continue;
		bool edge = fabs(l->box.x0 - r->left) < 10 && l->box.x1 > r->right - 16;     /* a full line of a long subject */
		bool indented = l->box.x0 > r->left + 14 && l->box.x0 < r->left + 50 && l->box.x1 > r->right - 12;
		if (taken > 0 || f.text.len > 0) {
			if (ends_subject(r, l, &before))
				break;
		} else {
			static const char *const heads[] = { "can cu", "kinh gui", "dieu 1", "xet", "theo de nghi", "thuc hien", NULL };
			/* the body's first paragraph, a list or the authority: there is no subject */
			bool opens = !l->bold && i + 1 < lines->n && lines->at[i + 1].box.x0 < l->box.x0 - 14
				&& l->box.x1 > r->right - 16;
			bool none = opens || l->text[0] == '-' || is_authority(r, l);
			if ((none && l->words[0]->source != FROM_OCR) || starts_any(lexicon_key(r->mem, l->text), heads)
			    || l->box.y0 - before.box.y1 > 4 * before.size)
				break;
		}
		if (indented && taken > 0 && !l->bold)
			break;
		if (!is_centred(r, l) && !edge && !(taken == 0 && l->box.x0 > r->left + 20)) {
			if (taken > 0)
				break;
			continue;
		}
		flow_clean(&f, l);
		before = *l;
		r->subject_end = l->box.y1;
		taken++;
	}
	if (f.text.len > 0)
		add_subject(r, &f);
}

/* The line that names the type, centred under the header; NULL: none before the body begins. */
static const struct lexeme *find_type(struct reading *r, const struct lines *lines, int *at, int *rest)
{
	const struct page *p = r->pages[r->head];
	for (int i = 0; i < lines->n; i++) {
		const struct line *l = &lines->at[i];
		const struct lexeme *type = type_of_line(r, l, rest);
		char *key = lexicon_key(r->mem, l->text);
		if (text_starts(key, "can cu") || text_starts(key, "dieu 1"))
			return NULL;
		if (type == NULL || (*rest < l->n && !line_is_upper(l) && !r->ocr))
			continue;
		double middle = (l->words[l->n - 1]->box.x0 + l->words[l->n - 1]->box.x1) / 2;
		if (!r->ocr || *rest < l->n)
			middle = (l->box.x0 + l->box.x1) / 2;
		if (fabs(middle - (r->left + r->right) / 2) > p->width * 0.14)
			continue;
		*at = i;
		return type;
	}
	return NULL;
}

static struct lines title_lines(struct reading *r)
{
	struct box zone = { -1e6, r->below - 4, 1e6, r->below + 330 };
	return lines_split(r->mem, reading_lines(r, zone), 2.6);
}

static bool read_named(struct reading *r)
{
	struct lines lines = title_lines(r);
	int at = 0, rest = 0;
	const struct lexeme *type = find_type(r, &lines, &at, &rest);
	if (type == NULL)
		return false;
	struct value v = line_value(r->mem, &lines.at[at]);
	v.value = copy_text(r->mem, type->text);
	if (v.place.source == FROM_OCR && v.confidence > 0.5)
		v.confidence = v.confidence > 0.9 ? v.confidence : 0.9;    /* the lexicon leaves no choice */
	r->type = reading_add(r, "document_type", v)->read.value;
	r->subject_end = lines.at[at].box.y1;
	read_subject(r, &lines, at, rest);
	return true;
}

/* A type stands above the "V/v", which then is the subject's lead and no công văn's. */
static bool is_named_above(struct reading *r)
{
	struct lines lines = title_lines(r);
	int at = 0, rest = 0;
	if (find_type(r, &lines, &at, &rest) == NULL)
		return false;
	for (int i = 0; i < at; i++)
		if (starts_about(lexicon_key(r->mem, lines.at[i].text), false))
			return false;
	for (int i = at + 1; i < lines.n && i < at + 3; i++)
		if (starts_about(lexicon_key(r->mem, lines.at[i].text), false) && is_centred(r, &lines.at[i]))
			return true;
	return false;
}

/* recipients ------------------------------------------------------------------------------------------- */

static void add_recipient(struct reading *r, struct flow *f)
{
	if (f->text.len == 0)
		return;
	struct value v = flow_value(r->mem, f, 0, f->text.len);
	char *text = v.value;
	size_t n = strlen(text), from = 0;
	while (text[from] != 0 && strchr("-+*.:~ ", text[from]) != NULL)
		from++;
	if (text_starts(text + from, "–") || text_starts(text + from, "—") || text_starts(text + from, "•"))
		from += 3;
	while (n > from && strchr(" ;,.:/", text[n - 1]) != NULL)
		n--;
	v.value = text_line(r->mem, copy_part(r->mem, text + from, n - from));
	reading_repair(r, &v);
	if (text_codepoints(v.value) >= 2)
		reading_add(r, "recipients", v);
	f->text.len = 0;
	f->marks.n = 0;
}

static bool starts_dash(const struct line *l)
{
	const char *t = l->text;
	return *t == '-' || *t == '+' || text_starts(t, "–") || text_starts(t, "—") || text_starts(t, "•") || text_starts(t, "~-");
}

static bool ends_with(const struct flow *f, const char *marks)
{
	return f->text.len > 0 && strchr(marks, f->text.text[f->text.len - 1]) != NULL;
}

/* An inline list: items end with ";". */
static void split_items(struct reading *r, struct flow *f, const struct line *l, int from)
{
	int to = l->n;
	while (to > from && is_dirt(l->words[to - 1]) && l->words[to - 1]->source == FROM_OCR)
		to--;
	for (int w = from; w < to; w++) {
		flow_words(f, l->page, l->words + w, 1);
		if (ends_with(f, ";"))
			add_recipient(r, f);
	}
}

/* A stamp hid "Kính gửi": the dashed list right under the subject, away from the margin, is the recipients'. */
static void read_hidden_recipients(struct reading *r, struct lines lines)
{
	struct flow f = { .mem = r->mem };
	double x = 0, bottom = 0;
	for (int i = 0; i < lines.n; i++) {
		struct lines one = { &lines.at[i], 1, 1 }, pieces = lines_split(r->mem, one, 2.6);
		const struct line *l = &pieces.at[pieces.n - 1];
		if (l->box.y0 < r->subject_end || line_letters(l) < 2)
			continue;
		if (bottom > 0 && (l->box.y0 - bottom > 2 * l->size || l->box.x0 < x - 30))
			break;
		if (!starts_dash(l) || l->box.x0 < r->left + 60) {
			if (bottom > 0 && !ends_with(&f, ";.,"))
				flow_add(&f, l);
			else if (bottom > 0)
				break;
			else if (l->box.y0 > r->subject_end + 110)
				return;
			continue;
		}
		add_recipient(r, &f);
		flow_add(&f, l);
		x = l->box.x0;
		bottom = l->box.y1;
		r->body_top = bottom;
	}
	add_recipient(r, &f);
}

static void read_recipients(struct reading *r)
{
	const struct page *p = r->pages[r->head];
	struct box zone = { -1e6, r->below - 10, 1e6, r->end == r->head ? r->end_top - 4 : p->height };
	struct lines lines = reading_lines(r, zone);
	struct flow f = { .mem = r->mem };
	int at = -1, colon = 0;
	for (int i = 0; i < lines.n && at < 0; i++)
		for (int w = 0; w + 1 < lines.at[i].n && w < 6 && at < 0; w++) {
			int next = w + 1;
			while (next + 1 < lines.at[i].n && lexicon_key(r->mem, lines.at[i].words[next]->text)[0] == 0)
				next++;
			/* a stamp of text typed over it: "Chuyển: Kính VP gửi:" */
			if (lines.at[i].words[w]->source == FROM_TEXT && next + 1 < lines.at[i].n
			    && strcmp(lexicon_key(r->mem, lines.at[i].words[w]->text), "kinh") == 0
			    && strcmp(lexicon_key(r->mem, lines.at[i].words[next + 1]->text), "gui") == 0)
				next++;
			char *key = lexicon_key(r->mem, format_text(r->mem, "%s %s", lines.at[i].words[w]->text,
								   lines.at[i].words[next]->text));
			if (w > 0 && strcmp(lexicon_key(r->mem, lines.at[i].words[w - 1]->text), "nhu") == 0)
				continue;
			if (strcmp(key, "kinh gui") == 0 || strcmp(key, "kinh goi") == 0 || strcmp(key, "kinh gi") == 0) {
				at = i;
				colon = next + 1;
			}
		}
	for (int i = 0; i < lines.n && at < 0 && r->ocr; i++)      /* "Kính" went under a stamp */
		if (lines.at[i].n > 1 && strcmp(lexicon_key(r->mem, lines.at[i].words[0]->text), "gui") == 0
		    && text_ends(lines.at[i].words[0]->text, ":")) {
			at = i;
			colon = 1;
		}
	for (int i = 0; i < lines.n && at < 0 && text_same(r->type, "Công điện"); i++) {   /* CHỦ TỊCH ... điện: */
		const struct line *l = &lines.at[i];
		if (text_ends(l->text, ":") && strcmp(lexicon_key(r->mem, l->words[l->n - 1]->text), "dien") == 0) {
			at = i;
			colon = l->n;
		}
	}
	if (at < 0) {
		if (r->about && r->ocr)
			read_hidden_recipients(r, lines);
		return;
	}
	const struct line *k = &lines.at[at];
	while (colon < k->n && is_dirt(k->words[colon]) && strpbrk(k->words[colon]->text, "-–") == NULL)
		colon++;
	double text_x = colon < k->n ? k->words[colon]->box.x0 : 0, bottom = k->box.y1;
	bool dashed = false, ended = false;
	for (int i = at - 1; i >= 0 && i >= at - 3; i--)           /* a table: the list begins above its label */
		if (starts_dash(&lines.at[i]) && lines.at[i].box.x0 > k->words[colon - 1]->box.x1 - 4
		    && lines.at[i].box.y0 > r->subject_end)
			text_x = lines.at[i].box.x0;
		else
			break;
	for (int i = at - 3 > 0 ? at - 3 : 0; i < at; i++)
		if (starts_dash(&lines.at[i]) && text_x > 0 && fabs(lines.at[i].box.x0 - text_x) < 3
		    && lines.at[i].box.y0 > r->subject_end) {
			add_recipient(r, &f);
			flow_add(&f, &lines.at[i]);
			dashed = true;
		}
	if (colon < k->n) {
		dashed = dashed || k->words[colon]->text[0] == '-' || text_starts(k->words[colon]->text, "–");
		if (dashed)
			add_recipient(r, &f);
		split_items(r, &f, k, colon);
		ended = ends_with(&f, ".");
	}
	r->body_top = bottom;
	for (int i = at + 1; i < lines.n && !ended; i++) {
		const struct line *l = &lines.at[i];
		if (line_letters(l) < 2)
			continue;
		bool dash = starts_dash(l), open = f.text.len > 0;
		double gap = l->box.y0 - bottom;
		if (gap > 3.2 * l->size && (open || dashed))
			break;
		if (dash) {
			if (!dashed && open && text_x > 0 && l->box.x0 < text_x - 120)
				break;
			add_recipient(r, &f);
			dashed = true;
			text_x = l->words[l->n > 1 && strlen(l->words[0]->text) <= 3 ? 1 : 0]->box.x0;
			flow_add(&f, l);
		} else {
			bool body = l->box.x0 < r->left + 52 && l->box.x1 > r->right - 22;        /* a first or full line of the body */
			bool hangs = text_x > 0 && l->box.x0 > text_x - 26;
			if (!open && dashed && !hangs)
				break;
			if (!hangs && (body || !is_centred(r, l)))
				break;
			if (!open && !dashed && text_x > 0 && !hangs)
				break;
			if (text_x == 0)
				text_x = l->box.x0;
			split_items(r, &f, l, 0);
		}
		bottom = l->box.y1;
		r->body_top = bottom;
		ended = ends_with(&f, ".") && !text_ends(f.text.text, "TP.") && !text_ends(f.text.text, "Tp.");
		if (ends_with(&f, ";"))
			add_recipient(r, &f);
	}
	add_recipient(r, &f);
}

/* The type when no line names it: a công văn has V/v or recipients; a symbol that begins with a type's
 * abbreviation names it. */
static void derive_type(struct reading *r)
{
	const struct lexeme *by_symbol = NULL;
	if (r->symbol != NULL) {
		const char *at = r->symbol + strspn(r->symbol, "0123456789/");
		by_symbol = lexicon_type_of(copy_part(r->mem, at, strcspn(at, "-/")));
		if (strpbrk(at, "-/") == NULL)
			by_symbol = NULL;
	}
	bool letter = r->about || (letter_find_field(r->l, "recipients") != NULL && r->document == 0);
	struct value v = { .confidence = 0.95 };
	const struct page *p = r->pages[r->head];
	v.place = (struct place){ .part = p->part, .page = p->number, .source = DERIVED };
	if (letter && (by_symbol == NULL || r->about))
		v.value = copy_text(r->mem, "Công văn");
	else if (by_symbol != NULL)
		v.value = copy_text(r->mem, by_symbol->text);
	else
		return;
	if (by_symbol != NULL)
		v.confidence = 0.8;
	v.raw = v.value;
	r->type = reading_add(r, "document_type", v)->read.value;
}

void title_read(struct reading *r)
{
	r->subject_end = r->below;
	bool above = is_named_above(r), about = !above && read_about(r, false), named = !about && read_named(r);
	if (!about && !named)
		read_about(r, true);
	r->body_top = r->subject_end;
	read_recipients(r);
	if (!named)
		derive_type(r);
}
