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
#include <math.h>
#include <string.h>
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
	bool body;                             /* a scan's, and known only as the name of a body */
	double title_sure;
	char *name;                            /* NULL: no name */
	double name_sure;
	struct value from;                     /* place and raw of the chosen sight */
};
struct rows { struct row *at; int n, room; };

/* rows ------------------------------------------------------------------------------------------------- */

static void add_sight(struct reading *r, struct rows *rows, const struct line *l, int pass, bool one_column)
{
	double y = (l->box.y0 + l->box.y1) / 2, x = (l->box.x0 + l->box.x1) / 2;
	int best = -1;
	for (int i = 0; i < rows->n; i++) {
		double mid = (rows->at[i].box.x0 + rows->at[i].box.x1) / 2;
		if (fabs(rows->at[i].y - y) < 7.4 && (one_column || fabs(mid - x) < 110)
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
	row->y += (y - row->y) / row->sights.n;
	row->box = box_join(row->box, l->box);
}

/* The longest run of capital letters in a word: "=mẽHÚ" was HỦ before a stamp lay on it. */
static char *capitals_in(const void *mem, const char *word)
{
	size_t best = 0, best_len = 0, best_n = 0, from = 0, n = 0;
	for (const uint8_t *at = (const uint8_t *)word, *next;; at = next) {
		ucs4_t c = 0;
		next = u8_next(&c, at);
		if (next != NULL && uc_is_upper(c)) {
			n++;
			continue;
		}
		size_t end = (size_t)((next != NULL ? at : (const uint8_t *)word + strlen(word)) - (const uint8_t *)word);
		if (n > best_n) {
			best = from;
			best_len = end - from;
			best_n = n;
		}
		if (next == NULL)
			break;
		from = (size_t)(next - (const uint8_t *)word);
		n = 0;
	}
	return best_n >= 2 ? copy_part(mem, word + best, best_len) : NULL;
}

/* A word that could be print, not stroke or stamp. */
static bool is_print(const struct word *w)
{
	char *key = lexicon_key(NULL, w->text), *capitals = capitals_in(NULL, w->text);
	bool letters = strlen(key) >= 2 && strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789 ") == strlen(key)
		&& strpbrk(key, "abcdefghijklmnopqrstuvwxyz") != NULL;
	talloc_free(key);
	talloc_free(capitals);
	return (letters && w->confidence > 0.2) || capitals != NULL;
}

/* The words of one reading that stand level with a row and right of the copies, as one line. */
static void add_level(struct reading *r, struct rows *rows, double left, double top, double bottom, int pass)
{
	const struct page *p = r->pages[r->end];
	const struct word **words = new_array(r->mem, const struct word *, (size_t)p->words.n + 1);
	int n = 0, from = 0;
	for (int i = 0; i < p->words.n; i++) {
		const struct word *w = &p->words.at[i];
		double x = (w->box.x0 + w->box.x1) / 2, y = (w->box.y0 + w->box.y1) / 2;
		if (w->pass == pass && x > left && y > top && y < bottom && is_print(w))
			words[n++] = w;
	}
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && words[k]->box.y0 + words[k]->box.y1 < words[k - 1]->box.y0 + words[k - 1]->box.y1; k--) {
			const struct word *t = words[k];
			words[k] = words[k - 1];
			words[k - 1] = t;
		}
	for (int i = 1; i <= n; i++) {
		double step = i < n ? words[i]->box.y0 + words[i]->box.y1 - words[i - 1]->box.y0 - words[i - 1]->box.y1 : 99;
		if (step < 2 * 5.5)
			continue;
		for (int a = from + 1; a < i; a++)
			for (int k = a; k > from && words[k]->box.x0 < words[k - 1]->box.x0; k--) {
				const struct word *t = words[k];
				words[k] = words[k - 1];
				words[k - 1] = t;
			}
		struct line *l = new_zero(r->mem, struct line);
		*l = line_make(r->mem, p, words + from, i - from);
		add_sight(r, rows, l, pass, true);
		from = i;
	}
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

/* PHÓ as a stamp leaves it: "HÓ", "1Ó", "nhÒ". */
static bool is_pho(const char *word)
{
	char *key = lexicon_key(NULL, word);
	size_t n = strlen(key);
	bool is = n >= 2 && n <= 4 && key[n - 1] == 'o' && strchr(key, ' ') == NULL && !text_starts(key, "bo") && !text_starts(key, "so");
	talloc_free(key);
	return is;
}

/* How many readings saw it before the first word in capitals; one that is sure counts twice. */
static int pho_seen(const struct row *row)
{
	int seen = 0;
	for (int i = 0; i < row->sights.n; i++) {
		const struct line *l = row->sights.at[i].line;
		for (int w = 0; w < l->n; w++) {
			const struct word *word = l->words[w], *next = w + 1 < l->n ? l->words[w + 1] : NULL;
			char *key = lexicon_key(NULL, word->text);
			bool whole = strcmp(key, "pho") == 0, before = next != NULL && next->box.x0 - word->box.x1 < 14
				&& text_codepoints(next->text) > 2;
			talloc_free(key);
			if (whole || (is_pho(word->text) && before)) {
				seen += 1 + (whole && before && word->confidence > 0.6);
				break;
			}
		}
	}
	return seen;
}

static bool overlaps(const struct word *a, const struct word *b)
{
	double both = fmin(a->box.x1, b->box.x1) - fmax(a->box.x0, b->box.x0);
	return both > 0.5 * fmin(a->box.x1 - a->box.x0, b->box.x1 - b->box.x0);
}

/* The words in capitals of a line, without what stamps and pens left on them and what was read twice. */
static char *capitals_of(const void *mem, const struct line *l, bool pho)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < l->n; i++) {
		const char *word = l->words[i]->text;
		char *capitals = capitals_in(mem, word);
		bool lower_case = capitals != NULL && strlen(capitals) * 2 < strlen(word) && l->words[i]->confidence > 0.5;
		const char *prefix = sign_prefix(mem, word, NULL) != NULL ? word : NULL;
		if (pho && i + 1 < l->n && is_pho(word))
			prefix = "PHÓ";
		if (((capitals == NULL || lower_case) && prefix == NULL) || (i + 1 < l->n && overlaps(l->words[i], l->words[i + 1])
		    && text_codepoints(word) <= text_codepoints(l->words[i + 1]->text)))
			continue;
		if (b.len > 0)
			buffer_text(&b, " ");
		buffer_text(&b, prefix != NULL ? prefix : capitals);
	}
	return b.text;
}

/* The title of who heads such a body: what stands there unless a deputy or a delegate signs. */
static const char *head_of(const void *mem, const char *agency)
{
	static const struct { const char *begins, *title; } heads[] = {
		{ "thu tuong", "Thủ tướng" }, { "bo ", "Bộ trưởng" }, { "so ", "Giám đốc" }, { "uy ban nhan dan", "Chủ tịch" },
		{ "ubnd", "Chủ tịch" }, { "hoi dong nhan dan", "Chủ tịch" }, { "truong ", "Hiệu trưởng" }, { "dai hoc", "Giám đốc" },
		{ "hoc vien", "Giám đốc" }, { "cuc ", "Cục trưởng" }, { "chi cuc", "Chi cục trưởng" }, { "tong cuc", "Tổng cục trưởng" },
		{ "vu ", "Vụ trưởng" }, { "vien ", "Viện trưởng" }, { "phong ", "Trưởng phòng" }, { "ban ", "Trưởng ban" },
		{ "van phong", "Chánh Văn phòng" }, { "thanh tra", "Chánh Thanh tra" }, { "trung tam", "Giám đốc" },
		{ "benh vien", "Giám đốc" }, { "kho bac", "Giám đốc" }, { "bao hiem xa hoi", "Giám đốc" }, { "lien doan", "Chủ tịch" },
	};
	char *key = agency != NULL ? lexicon_key(mem, agency) : NULL;
	for (size_t i = 0; key != NULL && i < sizeof heads / sizeof *heads; i++)
		if (text_starts(key, heads[i].begins))
			return heads[i].title;
	return NULL;
}

static const char *deputy_of(const char *title);
static bool is_deputy_of(const char *title, const char *head);

static double least_confidence(const struct line *l)
{
	double least = 1;
	for (int i = 0; i < l->n; i++)
		if (l->words[i]->confidence < least)
			least = l->words[i]->confidence;
	return least;
}

/* A text that begins with a known title and goes on, that title put right: TRƯỞNG PHÒNG TỔ CHỨC. NULL: no such. */
static char *longer_title(const void *mem, const char *text)
{
	char *key = lexicon_key(mem, text);
	double known;
	for (size_t n = strlen(key); n > 0; n--) {
		if (key[n] != ' ')
			continue;
		char *head = copy_part(mem, key, n);
		const struct lexeme *title = strchr(head, ' ') != NULL ? lexicon_find("title", head) : NULL;
		if (title == NULL && strchr(head, ' ') != NULL)
			title = lexicon_find("deputy", head);
		if (title == NULL)
			continue;
		const char *rest = text;
		for (const char *at = title->weak; rest != NULL && at != NULL; at = strchr(at + 1, ' '))
			rest = strchr(rest + 1, ' ');
		return rest == NULL ? NULL : format_text(mem, "%s %s", text_upper(mem, title->text),
							 lexicon_repair(mem, LEXICON_AGENCY, rest + 1, &known));
	}
	return NULL;
}

/* The known title nearest to what was read; one that fits the agency may be a little further off. */
static const struct lexeme *nearest_title(const struct reading *r, const char *text, double *far)
{
	double a, b;
	const struct lexeme *x = lexicon_nearest("title", text, &a), *y = lexicon_nearest("deputy", text, &b);
	const struct lexeme *best = a <= b ? x : y;
	const char *head = head_of(r->mem, r->agency), *deputy = head != NULL ? deputy_of(head) : NULL;
	*far = a <= b ? a : b;
	for (int i = 0; i < 2; i++) {
		const char *fits = i == 0 ? head : deputy;
		const struct lexeme *one = fits == NULL ? NULL : lexicon_find(i == 0 ? "title" : "deputy", fits);
		if (one == NULL)
			continue;
		char *key = lexicon_key(r->mem, text);
		size_t n = strlen(one->weak), m = strlen(key), longer = n > m ? n : m;
		double d = (double)text_distance(key, one->weak) / (double)longer - 0.14;
		if (d < *far && strlen(key) >= 4) {
			best = one;
			*far = d > 0 ? d : 0;
		}
	}
	return best;
}

/* The title a row shows: of a file's text as it stands, of OCR the sight nearest to a known title. */
static void tell_title(struct reading *r, struct row *row)
{
	double best = 1;
	bool pho = pho_seen(row) >= 2;
	for (int i = 0; i < row->sights.n; i++) {
		const struct line *l = row->sights.at[i].line;
		bool ocr = l->words[0]->source == FROM_OCR;
		const char *text = ocr ? capitals_of(r->mem, l, pho) : l->text, *rest = text;
		if (text == NULL || strlen(lexicon_key(r->mem, text)) < (ocr ? 4 : 3)
		    || (!ocr && (!line_is_upper(l) && sign_prefix(r->mem, text, NULL) == NULL)))
			continue;
		const char *prefix = sign_prefix(r->mem, text, &rest);
		double far = 1, body_known = 0;
		if (line_letters(l) > 60)
			continue;
		const struct lexeme *known = ocr ? nearest_title(r, rest, &far) : NULL;
		char *body = ocr ? lexicon_repair(r->mem, LEXICON_AGENCY, rest, &body_known) : NULL;
		if (!ocr && sign_upper_name(r->mem, rest) != NULL && prefix == NULL)
			continue;
		if (prefix != NULL && (row->prefix == NULL || far < best))
			row->prefix = prefix;
		if (!ocr && row->title == NULL) {
			row->title = text_line(r->mem, rest);
			row->title_sure = 1;
			row->from = line_value(r->mem, l);
			best = 0;
		} else if (ocr && far > 0.1 && best > 0.08 && least_confidence(l) > 0.5 && longer_title(r->mem, rest) != NULL) {
			best = 0.08;
			row->title = longer_title(r->mem, rest);
			row->title_sure = 0.85;
			row->from = line_value(r->mem, l);
		} else if (ocr && known != NULL && far < best && far <= 0.34) {
			best = far;
			row->title = text_upper(r->mem, known->text);
			row->title_sure = far < 0.01 ? 0.9 * (0.6 + 0.4 * least_confidence(l)) : 0.8 - far;
			row->from = line_value(r->mem, l);
		} else if (ocr && best > 0.34 && body_known > 0.6 && text_codepoints(rest) > 8) {
			best = 0.35;                               /* ỦY BAN NHÂN DÂN and the like, signed for */
			row->body = true;
			row->title = body;
			row->title_sure = 0.7;
			row->from = line_value(r->mem, l);
		}
	}
	const char *deputy = pho && row->title != NULL ? deputy_of(row->title) : NULL;
	if (deputy != NULL && is_deputy_of(deputy, row->title) && text_starts(deputy, "Phó")) {
		row->title = text_upper(r->mem, deputy);
		row->title_sure = fmin(row->title_sure, 0.75);
	}
}

static void tell_scanned(struct reading *r, struct row *row)
{
	const struct line **lines = new_array(r->mem, const struct line *, (size_t)row->sights.n);
	for (int i = 0; i < row->sights.n; i++)
		lines[i] = row->sights.at[i].line;
	struct scanned_name n = sign_scanned_name(r, lines, row->sights.n);
	row->name = n.name;
	row->name_sure = n.sure;
	if (n.name != NULL && (row->title == NULL || n.sure > 0.3)) {
		row->from = line_value(r->mem, lines[0]);
		row->from.place.box = n.box;
	}
}

static void tell_name(struct reading *r, struct row *row)
{
	const struct line *l = row->sights.at[0].line;
	if (l->words[0]->source == FROM_OCR) {
		tell_scanned(r, row);
		return;
	}
	row->name = sign_name(r->mem, l->text);
	if (row->name == NULL)
		row->name = sign_upper_name(r->mem, l->text);
	row->name_sure = row->name != NULL;
	if (row->name != NULL)
		row->from = line_value(r->mem, l);
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

/* Does a line begin with a known title? CHÍNH does not, PHÓ TRƯỞNG PHÒNG HÀNH CHÍNH does. */
static bool begins_title(const void *mem, const char *text)
{
	char *key = lexicon_key(mem, text);
	for (size_t n = strlen(key); n > 0; n--)
		if (key[n] == ' ' || key[n] == 0) {
			char *head = copy_part(mem, key, n);
			if (lexicon_find("title", head) != NULL || lexicon_find("deputy", head) != NULL)
				return true;
		}
	return false;
}

/* In joint documents each block begins with its agency: SỞ TÀI CHÍNH / KT. GIÁM ĐỐC. */
static bool is_body_of_block(struct reading *r, const struct row *row, const struct row *next)
{
	return row->from.place.source != FROM_OCR && head_of(r->mem, row->title) != NULL && !begins_title(r->mem, row->title)
		&& (next->prefix != NULL || begins_title(r->mem, next->title));
}

/* Rows with titles from top to bottom: prefixes and those signed for first, the signer's own title last. */
static struct block make_block(struct reading *r, struct row *const *rows, int n)
{
	struct block b = { .sure = 1 };
	for (int i = 0; i < n && b.n < 4; i++) {
		struct row *row = rows[i];
		bool named = row->prefix == NULL && i + 1 < n && is_body_of_block(r, row, rows[i + 1]);
		if (b.n == 0 && ((row->body && row->prefix == NULL) || named))
			continue;                                  /* nobody signs as a body */
		bool more = b.n > 0 && row->prefix == NULL && b.authority[b.n - 1] == NULL && b.n >= 1;
		double far = 0;
		bool under_body = b.n > 0 && row->prefix == NULL && b.authority[b.n - 1] != NULL
			&& strcmp(b.authority[b.n - 1], "TM.") == 0 && nearest_title(r, row->title, &far) != NULL && far > 0.34;
		bool again = more && row->from.place.source == FROM_OCR
			&& strcmp(lexicon_key(r->mem, row->title), lexicon_key(r->mem, b.title[b.n - 1])) == 0;
		if (again && (row->y - rows[i - 1]->y < 9 || row->title_sure < 0.55))
			continue;                                  /* the same line, or letters of the stamp */
		bool wraps = b.n > 0 && row->prefix == NULL && i + 1 < n && rows[i + 1]->prefix == NULL
			&& row->from.place.source != FROM_OCR && !begins_title(r->mem, row->title) && begins_title(r->mem, rows[i + 1]->title);
		if (wraps) {                                       /* KT. TRƯỞNG PHÒNG HÀNH / CHÍNH / PHÓ TRƯỞNG PHÒNG ... */
			b.title[b.n - 1] = format_text(r->mem, "%s %s", b.title[b.n - 1], row->title);
		} else if ((more || under_body) && !again && !is_deputy_of(row->title, b.title[b.n - 1])) {
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
		if (deputy != NULL && b.from.place.source == FROM_OCR
		    && strcmp(lexicon_key(r->mem, b.title[b.n - 1]), lexicon_key(r->mem, deputy)) != 0) {
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

/* A name stands under the middle of its titles. One of two syllables that stands right of it may have lost its
 * first to the stamp (Lê Hoàng Anh): it stays a candidate. */
static void doubt_lopsided(struct row *name, struct row *const *titles, int n)
{
	const struct box *a = &name->from.place.box;
	const char *space = strchr(name->name, ' ');
	double off = 1e6;
	for (int i = 0; i < n; i++) {
		const struct box *b = &titles[i]->from.place.box;
		off = fmin(off, a->x0 + a->x1 - b->x0 - b->x1);
	}
	if (name->sights.at[0].line->words[0]->source == FROM_OCR && space != NULL && strchr(space + 1, ' ') == NULL && off > 2 * 9)
		name->name_sure = fmin(name->name_sure, 0.45);
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
		/* what stands between title and name in a scan is the stamp's unless it reads as a name */
		bool named = best_name >= 0 && (rows->at[best_name].name_sure >= 0.5 || rows->at[best_name].from.place.source != FROM_OCR);
		bool new_block = row == NULL || (row->title != NULL && named && row->y > rows->at[best_name].y + 8);
		if (new_block && (n > 0 || best_name >= 0)) {
			struct block b = make_block(r, titles, n);
			if (n > 0 && best_name >= 0)
				doubt_lopsided(&rows->at[best_name], titles, n);
			add_signer(r, &b, best_name >= 0 ? &rows->at[best_name] : NULL);
			added++;
			n = 0;
			best_name = -1;
		}
		if (row == NULL)
			break;
		bool below = n > 0 ? row->y - last_y > 8 && row->y - last_y < 190
			: row->name_sure >= 0.6 && row->y > r->end_top + 20 && row->y < r->end_top + 200;
		if (row->name != NULL && below && (row->title == NULL || row->name_sure > 0.6)) {
			if (best_name < 0 || row->name_sure > rows->at[best_name].name_sure * 0.8)
				best_name = i;
		} else if (row->title != NULL && n < 8 && (n == 0 || row->y - last_y < 60 || named)) {
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
		bool name = row->name != NULL && row->from.place.source != FROM_OCR && row->box.x0 > width * 0.42;
		if ((row->title == NULL && !name) || x < width * 0.5 || row->y < r->end_top - 30)
			continue;
		if (!any || row->box.x0 - 6 < edge)
			edge = row->box.x0 - 6;
		any = true;
	}
	return edge > width * 0.38 ? edge : width * 0.45;
}

/* One line and the next of a block: right below, under the same middle. */
static bool stands_close(const struct row *a, const struct row *b)
{
	return b->y - a->y < 2 * a->sights.at[0].line->size && fabs(b->box.x0 + b->box.x1 - a->box.x0 - a->box.x1) < 2 * 10;
}

/* Of text: what stands above the copies list is a title when it reads like one, or stands close above the next and
 * under the same middle; cells of a table that ends there do neither. */
static bool is_above_block(struct reading *r, const struct rows *rows, int i)
{
	const struct row *row = &rows->at[i];
	if (row->title == NULL || row->prefix != NULL || row->y > r->end_top - 2 || row->from.place.source == FROM_OCR)
		return false;
	if (strpbrk(row->title, "0123456789") != NULL)
		return true;
	bool close = begins_title(r->mem, row->title);
	for (int k = 0; k < rows->n && !close; k++)
		close = (k < i && rows->at[k].title != NULL && stands_close(&rows->at[k], row))
			|| (k > i && stands_close(row, &rows->at[k]));
	return !close;
}

/* Of text: capitals that are no title, below the room left for the signature, are the name, whatever its surname. */
static bool is_upper_name(struct reading *r, const struct rows *rows, int i)
{
	const struct row *row = &rows->at[i];
	char *words[16];
	int from, n;
	if (row->title == NULL || row->name != NULL || row->prefix != NULL || row->from.place.source == FROM_OCR
	    || begins_title(r->mem, row->title))
		return false;
	double above = 1e6;
	bool titled = false;
	for (int k = 0; k < i; k++)
		if (rows->at[k].title != NULL && fabs(rows->at[k].box.x0 + rows->at[k].box.x1 - row->box.x0 - row->box.x1) < 2 * 60) {
			above = row->y - rows->at[k].y;
			titled = true;
		}
	n = sign_name_words(r->mem, row->title, words, &from);
	for (int k = from; k < n; k++)
		if (!lexicon_is_syllable(words[k]))
			return false;
	return titled && above > 2.5 * row->sights.at[0].line->size && n - from >= 2 && n - from <= 5;
}

/* A name with a long rank before it goes on in the next line. */
static void join_name(struct reading *r, struct row *name, struct row *rest)
{
	if (name->name == NULL || name->from.place.source == FROM_OCR || rest->sights.n == 0 || rest->prefix != NULL
	    || !stands_close(name, rest))
		return;
	char *both = format_text(r->mem, "%s %s", name->name, rest->sights.at[0].line->text), *words[16];
	char *whole = sign_name(r->mem, both);
	int from, n = sign_name_words(r->mem, both, words, &from), more = rest->sights.at[0].line->n;
	if (whole == NULL && strcmp(both, text_upper(r->mem, both)) == 0 && n - from <= 5 && more <= 2
	    && !begins_title(r->mem, rest->sights.at[0].line->text))
		whole = both;
	for (int i = from; i < n && whole != NULL; i++)
		if (!lexicon_is_syllable(words[i]))
			whole = NULL;
	if (whole == NULL)
		return;
	name->name = whole;
	rest->name = rest->title = NULL;
}

static void tell_rows(struct reading *r, struct rows *rows)
{
	sort_rows(rows);
	for (int i = 0; i < rows->n; i++) {
		tell_title(r, &rows->at[i]);
		tell_name(r, &rows->at[i]);
	}
	for (int i = 0; i < rows->n; i++) {
		struct row *row = &rows->at[i];
		if (is_upper_name(r, rows, i)) {
			char *words[16];
			int from, n = sign_name_words(r->mem, row->title, words, &from);
			row->name = copy_text(r->mem, words[from]);
			for (int k = from + 1; k < n; k++)
				row->name = format_text(r->mem, "%s %s", row->name, words[k]);
			row->name_sure = 0.9;
			row->title = NULL;
		}
		if (is_above_block(r, rows, i))
			row->title = row->name = NULL;
	}
	for (int i = 0; i + 1 < rows->n; i++)
		join_name(r, &rows->at[i], &rows->at[i + 1]);
}

/* Joint documents: the blocks stand side by side above the copies list. */
static void read_side_by_side(struct reading *r)
{
	const struct page *p = r->pages[r->end];
	struct box zone = { -1e6, r->end_top - p->height * 0.28, 1e6, r->end_top - 2 };
	if (r->end == r->head && zone.y0 < r->body_top)
		zone.y0 = r->body_top;
	struct rows rows = { 0 };
	struct lines pieces = lines_split(r->mem, page_lines(r->mem, p, zone, 0), 2);
	for (int i = 0; i < pieces.n; i++)
		if (pieces.at[i].box.x1 - pieces.at[i].box.x0 < p->width * 0.45)
			add_sight(r, &rows, &pieces.at[i], 0, false);
	tell_rows(r, &rows);
	read_column(r, &rows, 0, p->width * 0.5);
	read_column(r, &rows, p->width * 0.5, 1e6);
}

/* The copies list opens a page: titles may stand at the end of the page before, as if right above it. */
static void add_page_before(struct reading *r, struct rows *rows)
{
	enum { MOST = 4 };
	const struct page *p = r->pages[r->end - 1];
	struct lines lines = page_lines(r->mem, p, page_whole(p), 0);
	double last = lines.n > 0 ? lines.at[lines.n - 1].box.y1 : 0;
	for (int i = lines.n - 1; i >= 0 && i >= lines.n - MOST; i--) {
		const struct line *l = &lines.at[i];
		if ((l->box.x0 + l->box.x1) / 2 < p->width * 0.5 || l->box.x0 < p->width * 0.4 || !line_is_upper(l) || p->source == FROM_OCR)
			return;
		rows->at = own_grow(r->mem, rows->at, rows->n, &rows->room, sizeof *rows->at);
		struct row *row = &rows->at[rows->n++];
		*row = (struct row){ .y = (l->box.y0 + l->box.y1) / 2 - last + r->end_top - 8, .box = l->box };
		row->sights.at = own_grow(r->mem, NULL, 0, &row->sights.room, sizeof *row->sights.at);
		row->sights.at[row->sights.n++] = (struct sight){ l, 0 };
	}
}

double sign_read(struct reading *r)
{
	const struct page *p = r->pages[r->end];
	bool ocr = p->source == FROM_OCR;
	struct box zone = { p->width * 0.36, r->end_top - 46, 1e6, r->end_top + p->height * 0.32 };
	if (r->end == r->head && zone.y0 < r->body_top)
		zone.y0 = r->body_top;
	struct rows rows = { 0 };
	for (int pass = 0; pass <= (ocr ? PASS_CUT_LAST : 0); pass++) {
		if (pass == PASS_HEADER || (pass > PASS_SIGNER_LAST && pass < PASS_CUT))
			continue;
		if (ocr) {
			add_level(r, &rows, p->width * 0.46, zone.y0, zone.y1, pass);
			continue;
		}
		struct lines pieces = lines_split(r->mem, page_lines(r->mem, p, zone, pass), 2);
		for (int i = 0; i < pieces.n; i++)
			if ((pieces.at[i].box.x0 + pieces.at[i].box.x1) / 2 > p->width * 0.46)
				add_sight(r, &rows, &pieces.at[i], pass, false);
	}
	if (!ocr && r->end > 0 && r->end_top < p->height * 0.2)
		add_page_before(r, &rows);
	tell_rows(r, &rows);
	if (read_column(r, &rows, p->width * 0.46, 1e6) == 0 && r->copies != NULL)
		read_side_by_side(r);
	return column_edge(r, &rows);
}
