/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields_sign.c - who signed, by what authority. See sign.h.
 *
 * Title and name stand under stamp and signature, so a scan's block has several readings (ocr.h). Their lines
 * are gathered by height: lines of all readings at one height are one line seen several times. For a title the
 * lexicon chooses the sight nearest to a title; for a name the syllables vote. Who signs KT. (for the head) is
 * the deputy: that closes the most frequent error, PHÓ lost under the stamp.
 *
 * A name is surest when readings agree. One that was seen once, or whose syllables are none, stays below one
 * half: a candidate for a person to look at.
 */
#include "sign.h"
#include "ocr.h"
#include "text.h"
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

struct sight { const struct line *line; int pass; };

/* One printed line: everything that was read at its height. */
struct row {
	double y;
	struct box box;
	LIST(struct sight) sights;
	/* what it is */
	const char *prefix;                    /* KT. ... or NULL */
	char *title;                           /* capitals; NULL: no title */
	double title_sure;
	char *name;                            /* NULL: no name */
	double name_sure;
	struct value from;                     /* place and raw of the chosen sight */
};
struct rows { struct row *at; int n, room; };

const char *sign_prefix(const void *mem, const char *text, const char **rest)
{
	static const struct { const char *small, *says; } rows[] = {
		{ "tuq", "TUQ." }, { "tm", "TM." }, { "kt", "KT." }, { "tl", "TL." }, { "q", "Q." },
	};
	struct fold f = fold_text(mem, text);
	size_t at = 0;
	while (at < f.n && !isalnum((unsigned char)f.small[at]))
		at++;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n = strlen(rows[i].small);
		if (strncmp(f.small + at, rows[i].small, n) != 0 || at + n >= f.n || !isupper((unsigned char)f.cased[at]))
			continue;
		if (strchr(".,:;/", f.cased[at + n]) == NULL && !(f.cased[at + n] == ' ' && n >= 2))
			continue;
		at += n;
		while (at < f.n && !isalnum((unsigned char)f.cased[at]))
			at++;
		if (rest != NULL)
			*rest = text + f.at[at];
		return rows[i].says;
	}
	return NULL;
}

/* names ------------------------------------------------------------------------------------------------ */

static bool is_capitalised(const char *word)
{
	ucs4_t c;
	const uint8_t *at = u8_next(&c, (const uint8_t *)word);
	if (at == NULL || !uc_is_upper(c))
		return false;
	while ((at = u8_next(&c, at)) != NULL)
		if (!uc_is_lower(c))
			return false;
	return true;
}

static bool is_degree(const char *word)
{
	static const char *const words[] = { "ts", "ths", "pgs", "gs", "bs", "ds", "ks", "cn", "bsck", "bscki", "bsckii", "cki", "ckii",
		"thac", "tien", "bac", "si", "sy", "giao", "su", "pho", "ong", "ba", "thieu", "trung", "thuong", "dai", "tuong", "ta",
		"uy", "nguoi", "dong", "chi", "nsnd", "nsut", "ttut", "ttnd", "luat", "duoc", "tsbs", "thsbs", NULL };
	char *key = lexicon_key(NULL, word);
	bool found = strchr(word, '.') != NULL;
	for (int i = 0; words[i] != NULL && !found; i++)
		found = strcmp(key, words[i]) == 0;
	talloc_free(key);
	return found;
}

char *sign_name(const void *mem, const char *text)
{
	char *copy = copy_text(mem, text), *save = NULL, *words[16];
	int n = 0, from = 0;
	for (char *w = strtok_r(copy, " ", &save); w != NULL && n < 16; w = strtok_r(NULL, " ", &save)) {
		if (lexicon_key(mem, w)[0] != 0)
			words[n++] = w;
	}
	while (n - from > 2 && is_degree(words[from]) && lexicon_find("surname", words[from]) == NULL)
		from++;
	while (n - from > 2 && (strchr(words[from], '.') != NULL))
		from++;
	if (n - from < 2 || n - from > 5)
		return NULL;
	struct buffer b = { .mem = mem };
	for (int i = from; i < n; i++) {
		size_t len = strlen(words[i]);
		while (len > 0 && strchr(".,:;'`-_", words[i][len - 1]) != NULL)
			words[i][--len] = 0;
		if (!is_capitalised(words[i]) || !lexicon_is_syllable(words[i]))
			return NULL;
		if (b.len > 0)
			buffer_text(&b, " ");
		buffer_text(&b, words[i]);
	}
	return b.text;
}

/* A name in capitals is told from a title by its surname. */
static char *upper_name(const void *mem, const char *text)
{
	double far;
	char *copy = copy_text(mem, text), *save = NULL;
	char *first = strtok_r(copy, " ", &save);
	int n = 0;
	for (char *w = first; w != NULL; w = strtok_r(NULL, " ", &save), n++)
		if (!lexicon_is_syllable(w))
			return NULL;
	if (n < 2 || n > 4 || lexicon_find("surname", text_line(mem, first)) == NULL)
		return NULL;
	lexicon_nearest("title", text, &far);
	if (far < 0.45)
		return NULL;
	lexicon_nearest("deputy", text, &far);
	return far < 0.45 ? NULL : text_line(mem, text);
}

/* rows ------------------------------------------------------------------------------------------------- */

static void add_sight(struct reading *r, struct rows *rows, const struct line *l, int pass)
{
	double y = (l->box.y0 + l->box.y1) / 2, x = (l->box.x0 + l->box.x1) / 2;
	int best = -1;
	for (int i = 0; i < rows->n; i++) {
		double mid = (rows->at[i].box.x0 + rows->at[i].box.x1) / 2;
		if (fabs(rows->at[i].y - y) < 6.5 && fabs(mid - x) < 110
		    && (best < 0 || fabs(rows->at[i].y - y) < fabs(rows->at[best].y - y)))
			best = i;
	}
	if (best < 0) {
		rows->at = own_grow(r->mem, rows->at, rows->n, &rows->room, sizeof *rows->at);
		best = rows->n++;
		rows->at[best] = (struct row){ .y = y };
	}
	struct row *row = &rows->at[best];
	row->sights.at = own_grow(r->mem, row->sights.at, row->sights.n, &row->sights.room, sizeof *row->sights.at);
	row->sights.at[row->sights.n++] = (struct sight){ l, pass };
	row->box = box_join(row->box, l->box);
}

static void sort_rows(struct rows *rows)
{
	for (int i = 1; i < rows->n; i++)
		for (int k = i; k > 0 && rows->at[k].y < rows->at[k - 1].y; k--) {
			struct row t = rows->at[k];
			rows->at[k] = rows->at[k - 1];
			rows->at[k - 1] = t;
		}
}

static double least_confidence(const struct line *l)
{
	double least = 1;
	for (int i = 0; i < l->n; i++)
		if (l->words[i]->confidence < least)
			least = l->words[i]->confidence;
	return least;
}

static const struct lexeme *nearest_title(const char *text, double *far)
{
	double a, b;
	const struct lexeme *x = lexicon_nearest("title", text, &a), *y = lexicon_nearest("deputy", text, &b);
	*far = a <= b ? a : b;
	return a <= b ? x : y;
}

/* The title a row shows: of a file's text as it stands, of OCR the sight nearest to a known title. */
static void tell_title(struct reading *r, struct row *row)
{
	double best = 1;
	for (int i = 0; i < row->sights.n; i++) {
		const struct line *l = row->sights.at[i].line;
		const char *rest = l->text;
		const char *prefix = sign_prefix(r->mem, l->text, &rest);
		bool ocr = l->words[0]->source == FROM_OCR;
		double far;
		if (prefix == NULL && !line_is_upper(l))
			continue;
		if (line_letters(l) < 4 || line_letters(l) > 60)
			continue;
		const struct lexeme *known = nearest_title(rest, &far);
		double body_known = 0;
		char *body = lexicon_repair(r->mem, rest, &body_known);
		if (!ocr && upper_name(r->mem, rest) != NULL && prefix == NULL)
			continue;
		if (prefix != NULL && (row->prefix == NULL || far < best))
			row->prefix = prefix;
		if (!ocr && row->title == NULL) {
			row->title = text_line(r->mem, rest);
			row->title_sure = 1;
			row->from = line_value(r->mem, l);
			best = 0;
		} else if (ocr && known != NULL && far < best && far <= 0.34) {
			best = far;
			row->title = text_upper(r->mem, known->text);
			row->title_sure = far < 0.01 ? 0.9 * (0.6 + 0.4 * least_confidence(l)) : 0.8 - far;
			row->from = line_value(r->mem, l);
		} else if (ocr && best > 0.34 && body_known > 0.6 && text_codepoints(rest) > 8) {
			best = 0.35;                               /* ỦY BAN NHÂN DÂN and the like, signed for */
			row->title = body;
			row->title_sure = 0.7;
			row->from = line_value(r->mem, l);
		}
	}
}

struct vote { char *text; double weight; int seen; };

static double vote_word(const void *mem, char **words, const double *sure, int n, char **chosen, int *seen)
{
	struct vote *votes = new_array(mem, struct vote, (size_t)n);
	int best = 0, kinds = 0;
	double all = 0;
	for (int i = 0; i < n; i++) {
		int k = 0;
		while (k < kinds && strcmp(votes[k].text, words[i]) != 0)
			k++;
		kinds += k == kinds;
		votes[k].text = words[i];
		votes[k].weight += sure[i];
		votes[k].seen++;
		all += sure[i];
		if (votes[k].weight > votes[best].weight)
			best = k;
	}
	*chosen = votes[best].text;
	*seen = votes[best].seen;
	return all > 0 ? votes[best].weight / all : 0;
}

/* Syllable by syllable: readings with the same number of them vote, weighted by their confidence. */
static void tell_name(struct reading *r, struct row *row)
{
	enum { MAX = 16 };
	char *names[MAX];
	double sure[MAX];
	const struct line *from[MAX];
	int n = 0, words_of[MAX], count[8] = { 0 };
	for (int i = 0; i < row->sights.n && n < MAX; i++) {
		const struct line *l = row->sights.at[i].line;
		char *name = sign_name(r->mem, l->text);
		if (name == NULL && l->words[0]->source != FROM_OCR)
			name = upper_name(r->mem, l->text);
		if (name == NULL)
			continue;
		int words = 1;
		for (const char *at = name; *at != 0; at++)
			words += *at == ' ';
		names[n] = name;
		words_of[n] = words;
		from[n] = l;
		char *first = copy_part(r->mem, name, strcspn(name, " "));
		const struct lexeme *surname = lexicon_find("surname", first);
		sure[n] = least_confidence(l) + 0.05;
		if (surname == NULL)
			sure[n] *= 0.4;
		else if (strcmp(surname->text, first) != 0 && l->words[0]->source == FROM_OCR)
			names[n] = format_text(r->mem, "%s%s", surname->text, name + strlen(first));
		count[words]++;
		n++;
	}
	if (n == 0)
		return;
	int most = 0;
	for (int k = 1; k < 8; k++)
		if (count[k] > count[most])
			most = k;
	struct buffer b = { .mem = r->mem };
	double least = 1, share_all = 1, sum = 0;
	int seen_all = n, best = -1;
	for (int w = 0; w < most; w++) {
		char *words[MAX];
		double weights[MAX];
		int m = 0, seen;
		for (int i = 0; i < n; i++) {
			if (words_of[i] != most)
				continue;
			char *save = NULL, *word = strtok_r(copy_text(r->mem, names[i]), " ", &save);
			for (int k = 0; k < w; k++)
				word = strtok_r(NULL, " ", &save);
			words[m] = word;
			weights[m++] = sure[i];
			if (w == 0 && (best < 0 || sure[i] > sure[best]))
				best = i;
		}
		char *chosen;
		double share = vote_word(r->mem, words, weights, m, &chosen, &seen);
		share_all = share < share_all ? share : share_all;
		seen_all = seen < seen_all ? seen : seen_all;
		if (b.len > 0)
			buffer_text(&b, " ");
		buffer_text(&b, chosen);
	}
	for (int i = 0; i < n; i++)
		sum += sure[i] > 1 ? 1 : sure[i];
	least = sure[best] > 1 ? 1 : sure[best];
	row->name = b.text;
	if (from[best]->words[0]->source != FROM_OCR)
		row->name_sure = 1;
	else
		row->name_sure = share_all * least * (seen_all >= 3 ? 1 : seen_all == 2 ? 0.85 : 0.55);
	if (row->title == NULL || row->name_sure > 0.3)
		row->from = line_value(r->mem, from[best]);
}

/* blocks ----------------------------------------------------------------------------------------------- */

static const char *deputy_of(const char *title)
{
	for (double far = 1;;) {
		char *phrase = format_text(NULL, "Phó %s", title);
		const struct lexeme *d = lexicon_nearest("deputy", phrase, &far);
		char *key = lexicon_key(NULL, title);
		bool thu = strcmp(key, "bo truong") == 0;
		talloc_free(phrase);
		talloc_free(key);
		return thu ? "Thứ trưởng" : d != NULL && far < 0.01 ? d->text : NULL;
	}
}

static bool is_deputy_of(const char *title, const char *head)
{
	char *key = lexicon_key(NULL, head), *deputy = lexicon_key(NULL, title);
	const char *of = deputy_of(head);
	char *known = of != NULL ? lexicon_key(NULL, of) : NULL;
	bool is = (known != NULL && strcmp(known, deputy) == 0)
		|| (text_starts(deputy, "pho ") && strcmp(deputy + 4, key) == 0);
	talloc_free(key);
	talloc_free(deputy);
	talloc_free(known);
	return is;
}

struct block {
	const char *authority[3];
	char *title[4];                        /* title[i] belongs to authority[i]; the last is the signer's own */
	int n;
	double sure;
	struct value from;
};

/* Rows with titles from top to bottom: prefixes and those signed for first, the signer's own title last. */
static struct block make_block(struct reading *r, struct row *const *rows, int n)
{
	struct block b = { .sure = 1 };
	for (int i = 0; i < n && b.n < 4; i++) {
		struct row *row = rows[i];
		bool more = b.n > 0 && row->prefix == NULL && b.authority[b.n - 1] == NULL && b.n >= 1;
		double far = 0;
		bool under_body = b.n > 0 && row->prefix == NULL && b.authority[b.n - 1] != NULL
			&& strcmp(b.authority[b.n - 1], "TM.") == 0 && nearest_title(row->title, &far) != NULL && far > 0.34;
		if ((more || under_body) && !is_deputy_of(row->title, b.title[b.n - 1])) {
			if (row->from.place.source == FROM_OCR && row->title_sure <= 0.7)
				continue;
			b.title[b.n - 1] = format_text(r->mem, "%s %s", b.title[b.n - 1], row->title);
		} else {
			if (b.n > 0 && more)
				b.authority[b.n - 1] = "KT.";      /* written by hand before the head's title */
			if (b.n == 3)
				break;
			b.authority[b.n] = row->prefix;
			b.title[b.n++] = row->title;
		}
		b.sure = row->title_sure < b.sure ? row->title_sure : b.sure;
		b.from = row->from;
	}
	if (b.n == 0)
		return b;
	const char *last = b.authority[b.n - 1], *before = b.n > 1 ? b.authority[b.n - 2] : NULL;
	if (last != NULL && strcmp(last, "KT.") == 0) {            /* the deputy's own line was lost */
		const char *deputy = deputy_of(b.title[b.n - 1]);
		if (deputy != NULL && b.n < 4) {
			b.title[b.n++] = text_upper(r->mem, deputy);
			b.sure = b.sure < 0.6 ? b.sure : 0.6;
		}
	} else if (before != NULL && strcmp(before, "KT.") == 0) { /* its PHÓ was lost */
		const char *deputy = deputy_of(b.title[b.n - 2]);
		if (deputy != NULL && strcmp(lexicon_key(r->mem, b.title[b.n - 1]), lexicon_key(r->mem, b.title[b.n - 2])) == 0) {
			b.title[b.n - 1] = text_upper(r->mem, deputy);
			b.sure = b.sure < 0.75 ? b.sure : 0.75;
		}
	}
	return b;
}

static void add_signer(struct reading *r, const struct block *b, const struct row *name)
{
	struct value v = name != NULL ? name->from : b->from;
	v.value = name != NULL ? name->name : copy_text(r->mem, "");
	v.confidence = name != NULL ? name->name_sure : 0;
	struct field *f = reading_add(r, "signers", v);
	const char *authority = b->n > 0 && b->authority[0] != NULL ? b->authority[0] : "";
	if (b->n > 1 || authority[0] != 0) {
		field_add_attr(r->l, f, "authority", authority);
		field_add_attr(r->l, f, "for_title", b->n > 1 || authority[0] != 0 ? b->title[0] : "");
	}
	if (b->n > 2 && b->authority[1] != NULL) {                 /* TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ ... */
		field_add_attr(r->l, f, "then_authority", b->authority[1]);
		field_add_attr(r->l, f, "then_for_title", b->title[1]);
	}
	if (b->n > 0)
		field_add_attr(r->l, f, "title", b->title[b->n - 1]);
	if (b->n > 0 && b->sure < 1)
		field_add_attr(r->l, f, "title_confidence", format_text(r->mem, "%.2f", b->sure));
}

/* One column of signers, maybe one under the other: titles, then a name; then titles again. */
static int read_column(struct reading *r, struct rows *rows, double from_x, double to_x)
{
	struct row *titles[8];
	int n = 0, added = 0, best_name = -1;
	double last_y = 0;
	for (int i = 0; i <= rows->n; i++) {
		struct row *row = i < rows->n ? &rows->at[i] : NULL;
		double x = row != NULL ? (row->box.x0 + row->box.x1) / 2 : 0;
		if (row != NULL && (x < from_x || x > to_x || (row->title == NULL && row->name == NULL)))
			continue;
		bool new_block = row == NULL || (row->title != NULL && best_name >= 0 && row->y > rows->at[best_name].y + 8);
		if (new_block && n > 0) {
			struct block b = make_block(r, titles, n);
			add_signer(r, &b, best_name >= 0 ? &rows->at[best_name] : NULL);
			added++;
			n = 0;
			best_name = -1;
		}
		if (row == NULL)
			break;
		if (row->name != NULL && n > 0 && (row->title == NULL || row->name_sure > 0.6)) {
			bool later = best_name < 0 || row->name_sure > rows->at[best_name].name_sure * 0.8;
			if (row->y - last_y > 8 && row->y - last_y < 190 && later)
				best_name = i;
		} else if (row->title != NULL && n < 8 && (n == 0 || row->y - last_y < 60 || best_name >= 0)) {
			titles[n++] = row;
			last_y = row->y;
		}
	}
	return added;
}

/* The left edge of the signer's column, from the titles right of the middle. */
static double column_edge(const struct reading *r, const struct rows *rows)
{
	double width = r->pages[r->end]->width, edge = width * 0.52;
	bool any = false;
	for (int i = 0; i < rows->n; i++) {
		const struct row *row = &rows->at[i];
		double x = (row->box.x0 + row->box.x1) / 2;
		if (row->title == NULL || x < width * 0.5 || row->y < r->end_top - 30)
			continue;
		if (!any || row->box.x0 - 6 < edge)
			edge = row->box.x0 - 6;
		any = true;
	}
	return edge > width * 0.38 ? edge : width * 0.45;
}

double sign_read(struct reading *r)
{
	const struct page *p = r->pages[r->end];
	bool ocr = p->source == FROM_OCR;
	struct box zone = { p->width * 0.36, r->end_top - 46, 1e6, r->end_top + p->height * 0.32 };
	if (r->end == r->head && zone.y0 < r->body_top)
		zone.y0 = r->body_top;
	struct rows rows = { 0 };
	for (int pass = 0; pass <= (ocr ? PASS_SIGNER_LAST : 0); pass++) {
		if (pass == PASS_HEADER)
			continue;
		struct lines pieces = lines_split(r->mem, page_lines(r->mem, p, zone, pass), 2);
		for (int i = 0; i < pieces.n; i++)
			if ((pieces.at[i].box.x0 + pieces.at[i].box.x1) / 2 > p->width * 0.46)
				add_sight(r, &rows, &pieces.at[i], pass);
	}
	sort_rows(&rows);
	for (int i = 0; i < rows.n; i++) {
		tell_title(r, &rows.at[i]);
		tell_name(r, &rows.at[i]);
	}
	read_column(r, &rows, p->width * 0.46, 1e6);
	return column_edge(r, &rows);
}
