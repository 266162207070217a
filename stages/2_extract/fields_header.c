/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields_header.c - agency and its superior, number and symbol, place and date, urgency, the incoming stamp.
 *
 * The left edge of the national title splits the header into its columns; what stands above the title was put
 * there by signatures and stamps. In the left column the line with the number is found first, by its grammar
 * (LAW, 3), and what stands above it is the agency. A line "SỞ Y TẾ" differs from "Số" only by its marks.
 */
#include "reading.h"
#include "ocr.h"
#include "text.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* number and symbol ---------------------------------------------------------------------------------- */

struct code {
	struct value number, symbol;           /* value NULL: not there */
	bool glued;                            /* digits in one word with letters: the word's confidence is not theirs */
	bool digits_unread;                    /* something stands where the number should, but no digits */
	double sure;                           /* least confidence of the words the digits stand in */
	double worth;                          /* how well it fits the grammar, to choose between readings */
};

static bool is_symbol_letter(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '&' || c == '.' || c == ',' || c == '/' || c == ';';
}

/* "Số" and not "SỞ": begins with s, o without a horn, and then a colon, a digit, a slash or a space. */
static bool starts_so(const char *text)
{
	char *strong = text_strong(NULL, text);
	struct fold f = fold_text(NULL, strong);
	bool horn = strncmp(strong + strcspn(strong, "o"), "o\xCC\x9B", 3) == 0;      /* the key is decomposed */
	bool so = f.n > 2 && f.small[0] == 's' && f.small[1] == 'o' && !isalpha((unsigned char)f.small[2]) && !horn;
	talloc_free(f.small);
	talloc_free(f.cased);
	talloc_free(f.at);
	talloc_free(strong);
	return so;
}

static bool is_number_line(const void *mem, const struct line *l)
{
	if (!starts_so(l->text))
		return false;
	struct fold f = fold_text(mem, l->text);
	const char *at = f.cased + 2;
	while (*at == ' ' || *at == ':' || *at == '.')
		at++;
	const char *slash = strchr(at, '/'), *dash = strchr(at, '-');
	return (slash != NULL && isupper((unsigned char)slash[1 + strspn(slash + 1, " 0123456789/")])) || dash != NULL;
}

/* Where a symbol ends: at a space, unless a dash, slash or comma on either side shows that it goes on. */
static size_t symbol_end(const struct fold *f, size_t from)
{
	size_t i = from;
	while (i < f->n && f->cased[i] == ' ')
		i++;
	for (; i < f->n; i++) {
		if (f->cased[i] == ' ') {
			size_t next = i + 1;
			char before = i > from ? f->cased[i - 1] : ' ', after = next < f->n ? f->cased[next] : ' ';
			bool joined = strchr("-/&", before) != NULL || (before == ',' && isupper((unsigned char)after))
				|| ((after == '-' || after == '/' || after == '&') && next + 1 < f->n && f->cased[next + 1] != ' ');
			/* "KH - CTHADS": capitals behind a dash of its own */
			bool apart = after == '-' && next + 3 < f->n && f->cased[next + 1] == ' '
				&& isupper((unsigned char)f->cased[next + 2]) && !islower((unsigned char)f->cased[next + 3])
				&& f->cased[next + 3] != '/';
			if (!joined && !apart)
				break;
		} else if (!is_symbol_letter(f->cased[i])) {
			break;
		}
	}
	return i;
}

static bool is_type_of_symbol(const char *first)
{
	return lexicon_type_of(first) != NULL;
}

/* The symbol without inner spaces, look-alikes and outer marks; QD for QĐ only where no such type exists. */
static char *tidy_symbol(const void *mem, const char *raw, bool ocr, bool *changed)
{
	struct buffer b = { .mem = mem };
	for (const char *at = raw; *at != 0; at++) {
		if (*at == ' ')
			continue;
		if (text_starts(at, "–") || text_starts(at, "—")) {
			buffer_text(&b, "-");
			at += 2;
		} else if (text_starts(at, "Ð")) {
			buffer_text(&b, "Đ");
			at += 1;
		} else {
			buffer_add(&b, at, 1);
		}
	}
	char *text = b.text != NULL ? b.text : copy_text(mem, "");
	size_t n = strlen(text), lead = strspn(text, "-./,;:");
	while (n > lead && strchr("-./,;:", text[n - 1]) != NULL)
		n--;
	text = copy_part(mem, text + lead, n - lead);
	size_t first = strcspn(text, "-");
	*changed = false;
	if (!ocr || text[first] == 0)
		return text;
	char *type = copy_part(mem, text, first);
	if (is_type_of_symbol(type))
		return text;
	static const struct { const char *from, *to; } look[] = { { "QD", "QĐ" }, { "QĐĐ", "QĐ" }, { "QÐ", "QĐ" }, { "ND", "NĐ" },
		{ "TTY", "TTr" }, { "TTR", "TTr" }, { "CTR", "CTr" } };
	for (size_t i = 0; i < sizeof look / sizeof *look; i++)
		if (strcmp(type, look[i].from) == 0) {
			*changed = true;
			return format_text(mem, "%s%s", look[i].to, text + first);
		}
	return text;
}

/* Behind the slash: a capital, or a year and another slash. */
static bool symbol_begins(const struct fold *f, size_t at)
{
	while (at < f->n && strchr(" -.", f->cased[at]) != NULL)
		at++;
	if (at >= f->n)
		return false;
	bool year = at + 4 < f->n && (strncmp(f->cased + at, "20", 2) == 0 || strncmp(f->cased + at, "19", 2) == 0)
		&& isdigit((unsigned char)f->cased[at + 2]) && isdigit((unsigned char)f->cased[at + 3]) && f->cased[at + 4] == '/';
	return isupper((unsigned char)f->cased[at]) || year;
}

static void parse_digits(struct code *c, const void *mem, const struct flow *flow, size_t from, size_t to)
{
	struct value v = flow_value(mem, flow, from, to);
	bool glued = to < flow->text.len && flow->text.text[to] != ' ' && to > 0 && flow->text.text[to - 1] != ' ';
	char digits[16] = "";
	size_t n = 0;
	bool other = false;
	for (const char *at = v.value; *at != 0; at++)
		if (isdigit((unsigned char)*at) && n < sizeof digits - 2)
			digits[n++] = *at;
		else if (n > 0 && islower((unsigned char)*at) && at[1] == 0 && !other)
			digits[n++] = *at;                         /* 1842b */
		else if (strchr(" .:,-_", *at) == NULL)
			other = true;
	digits[n] = 0;
	if (n == 0 || n > 7 || (other && !isdigit((unsigned char)digits[0]))) {
		c->digits_unread = other || n > 7;
		return;
	}
	if (other)
		v.confidence *= 0.5;
	c->number = v;
	c->number.value = copy_text(mem, digits);
	c->glued = glued;
	c->sure = v.confidence;
	if (v.place.source == FROM_OCR)
		c->number.confidence = reading_gate(glued && v.confidence >= GATE ? GATE - 0.01 : v.confidence);
}

static struct code parse_code(const void *mem, const struct line *l, bool ocr)
{
	struct code c = { 0 };
	struct flow flow = { .mem = mem };
	flow_add(&flow, l);
	struct fold f = fold_text(mem, flow.text.text);
	size_t at = starts_so(l->text) ? 2 : 0;
	while (at < f.n && strchr(" :.;,", f.cased[at]) != NULL)
		at++;
	size_t slash = at, digits = at;
	while (slash < f.n && (f.cased[slash] != '/' || !symbol_begins(&f, slash + 1)))
		slash++;
	while (digits < f.n && isdigit((unsigned char)f.cased[digits]))
		digits++;
	bool party = digits > at && digits < f.n && f.cased[digits] == '-' && isupper((unsigned char)f.cased[digits + 1]);
	size_t number_end = party ? digits : slash, symbol = party ? digits + 1 : slash + 1;
	if (slash >= f.n && !party) {                              /* the slash was lost: "2605 QĐ-BGDĐT", "48ÐTB-ĐHKTCN" */
		const char *dash = strchr(f.cased + at, '-');
		if (dash == NULL)
			return c;
		size_t start = (size_t)(dash - f.cased);
		for (size_t k = 1; k <= 5 && start >= at + k; k++) {
			size_t from = (size_t)(dash - f.cased) - k;
			char *type = copy_part(mem, flow.text.text + f.at[from], f.at[(size_t)(dash - f.cased)] - f.at[from]);
			if (isupper((unsigned char)f.cased[from]) && is_type_of_symbol(type))
				start = from;
		}
		if (start == (size_t)(dash - f.cased))
			return c;
		number_end = symbol = start;
	}
	size_t end = symbol_end(&f, symbol);
	bool changed;
	struct value s = flow_value(mem, &flow, f.at[symbol < f.n ? symbol : f.n], f.at[end]);
	char *text = tidy_symbol(mem, s.value, ocr, &changed);
	if (strlen(text) >= 2 && strpbrk(text, "ABCDEFGHIKLMNOPQRSTUVXYĐ") != NULL) {
		c.symbol = s;
		c.symbol.value = text;
		if (changed)
			c.symbol.confidence *= 0.85;
		size_t first = strcspn(text, "-");
		c.worth = 1 + s.confidence + (text[first] == '-') + is_type_of_symbol(copy_part(mem, text, first));
		if (number_end == symbol)
			c.worth -= 1.5;
	}
	parse_digits(&c, mem, &flow, f.at[at], f.at[number_end]);
	return c;
}

/* Two readings of one spot: the same is surer, different digits are no longer to be believed. */
static struct code choose_code(struct code a, struct code b)
{
	struct code c = a;
	if (b.symbol.value != NULL && b.worth > a.worth)
		c.symbol = b.symbol;
	if (a.number.value == NULL)
		c.number = b.number;
	else if (b.number.value != NULL && strcmp(a.number.value, b.number.value) != 0) {
		c.number = b.number.confidence > a.number.confidence ? b.number : a.number;
		c.number.confidence = c.number.confidence * 0.6 < 0.45 ? c.number.confidence * 0.6 : 0.45;
	} else if (b.number.value != NULL) {
		if (b.number.confidence > a.number.confidence)
			c.number = b.number;
		if (a.glued && b.glued && a.sure > GATE && b.sure > GATE)
			c.number.confidence = 0.8;
	}
	c.digits_unread = a.digits_unread || b.digits_unread;
	return c;
}

/* agency --------------------------------------------------------------------------------------------- */

/* What begins the name of a body, so that a line beginning with it is no continuation of the line above. */
static bool starts_agency(const void *mem, const struct line *l)
{
	/* PHÒNG is a body, PHONG ĐIỀN a place: such words have marks where there is a text layer to tell */
	static const char *const marks[] = { "phong", "so", "bo", "cuc", "vu", "vien", "hat", "doi", "tram", "nha",
		"dai", "hoi", "quy", "thue", "tong", "truong", "doan", NULL };
	static const char *const heads[] = { "uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "bo", "so", "cuc", "tong cuc",
		"chi cuc", "vu", "phong", "truong", "ban", "van phong", "trung tam", "benh vien", "vien", "hoc vien", "thanh tra",
		"cong an", "toa an", "vien kiem sat", "kho bac", "bao hiem xa hoi", "mat tran", "uy ban mat tran", "dang uy",
		"tinh uy", "thanh uy", "huyen uy", "doan", "hoi", "lien doan", "cong ty", "tong cong ty", "ngan hang", "dai hoc",
		"khoa", "thu tuong", "chinh phu", "hat", "doi", "tram", "nha", "dai", "bo chi huy", "ubmttq", "lien hiep", "quy",
		"thue", "hai quan", "tong", NULL };
	char *key = lexicon_key(mem, l->text), *first = text_lower(mem, l->words[0]->text);
	for (const char *const *m = marks; *m != NULL && l->words[0]->source != FROM_OCR; m++)
		if (strcmp(first, *m) == 0)
			return false;
	for (const char *const *h = heads; *h != NULL; h++) {
		size_t n = strlen(*h);
		/* MÔI + TRƯỜNG: such a word alone is no body's name, so it ends the line above */
		if (strncmp(key, *h, n) == 0 && (key[n] == ' ' || (key[n] == 0 && strchr(key, ' ') != NULL)))
			return true;
	}
	return false;
}

struct agency { struct value parent, agency; double worth; };

static struct value join_lines(const void *mem, const struct line *lines, int from, int to)
{
	struct flow f = { .mem = mem };
	for (int i = from; i < to; i++)
		flow_add(&f, &lines[i]);
	return flow_value(mem, &f, 0, f.text.len);
}

/* Outer marks that OCR makes of rules and dirt. */
static char *trim_marks(const void *mem, const char *text)
{
	size_t n = strlen(text), from = 0;
	while (from < n && strchr(" .,:;-_'\"*~|", text[from]) != NULL)
		from++;
	while (n > from && strchr(" .,:;-_'\"*~|", text[n - 1]) != NULL)
		n--;
	return copy_part(mem, text + from, n - from);
}

/* "-CÔNG" set apart, then the words OCR ran together parted where both halves are syllables and the phrases they
 * make are known: "CÔNG NGHỆCÀN THƠ". Gives back the best known text put right. */
static char *part_words(const void *mem, const char *text, double *known)
{
	struct buffer b = { .mem = mem };
	for (const char *at = text; *at != 0; at++) {
		buffer_add(&b, at, 1);
		bool body = b.len >= 4 && (b.len == 4 || b.text[b.len - 5] == ' ') && at[1] != ' ' && at[1] != 0
			&& (strncmp(b.text + b.len - 4, "UBND", 4) == 0);
		if (body || (*at == '-' && at[1] != ' ' && at[1] != 0 && (at == text || at[-1] == ' ')))
			buffer_text(&b, " ");
	}
	char *best = lexicon_repair(mem, LEXICON_AGENCY, b.text, known);
	for (char *word = b.text; *known < 0.99 && word != NULL; word = strchr(word, ' ')) {
		word += *word == ' ';
		size_t n = strcspn(word, " ");
		char *whole = copy_part(mem, word, n);
		struct fold f = fold_text(mem, whole);
		if (f.n < 5 || lexicon_is_syllable(whole))
			continue;
		for (size_t k = 2; k + 2 <= f.n; k++) {
			char *left = copy_part(mem, whole, f.at[k]);
			if (!lexicon_is_syllable(left) || !lexicon_is_syllable(whole + f.at[k]))
				continue;
			double one;
			char *parted = lexicon_repair(mem, LEXICON_AGENCY, format_text(mem, "%.*s%s %s%s", (int)(word - b.text), b.text, left,
											whole + f.at[k], word + n), &one);
			if (one > *known + 0.01) {
				*known = one;
				best = parted;
			}
		}
	}
	return best;
}

static void put_right(struct reading *r, struct value *v, double *known)
{
	*known = 1;
	if (v->value == NULL)
		return;
	v->value = trim_marks(r->mem, v->value);
	if (v->place.source != FROM_OCR)
		return;
	char *good = part_words(r->mem, v->value, known);
	if (strcmp(good, v->value) != 0) {
		v->value = good;
		v->confidence *= 0.9;
	} else if (*known > 0.99 && v->confidence > 0.6 && v->confidence < 0.9) {
		v->confidence = 0.9;                               /* every word stands in the lexicon as read */
	}
	if (*known < 0.99)
		v->confidence *= 0.9;
}

static struct agency parse_agency(struct reading *r, const struct line *lines, int n)
{
	struct agency a = { 0 };
	int start = 0;
	bool any_bold = false, all_bold = true;
	for (int i = 0; i < n; i++) {
		any_bold |= lines[i].bold;
		all_bold &= lines[i].bold;
	}
	if (any_bold && !all_bold) {
		for (start = n; start > 0 && lines[start - 1].bold;)
			start--;
		if (start == n)
			start = 0;
	} else {
		for (int i = 1; i < n; i++)
			if (starts_agency(r->mem, &lines[i]) && !text_ends(lines[i - 1].text, "-")
			    && !text_ends(lines[i - 1].text, ","))
				start = i;
	}
	if (n == 0)
		return a;
	double known;
	a.agency = join_lines(r->mem, lines, start, n);
	put_right(r, &a.agency, &known);
	a.worth = known + a.agency.confidence;
	if (start > 0) {
		a.parent = join_lines(r->mem, lines, 0, start);
		put_right(r, &a.parent, &known);
		a.worth = (a.worth + known + a.parent.confidence) / 2 + 0.1;
	}
	return a;
}

/* the left column ------------------------------------------------------------------------------------ */

/* Lines of the left column, dirt left out; *number becomes the index of the line with the number, or -1. */
static struct lines left_lines(struct reading *r, int pass, int *number)
{
	const struct page *p = r->pages[r->head];
	double h = r->titled ? r->title.y1 - r->title.y0 : 12;
	struct box zone = { -1e6, r->titled ? r->title.y0 - 0.9 * h : -1e6, r->split - 1,
			    r->titled ? r->title.y0 + 130 : p->height * 0.3 };
	struct lines all = page_lines(r->mem, p, zone, pass), good = { 0 };
	*number = -1;
	for (int i = 0; i < all.n; i++) {
		bool is_number = *number < 0 && is_number_line(r->mem, &all.at[i]);
		bool short_word = line_letters(&all.at[i]) == 2 && all.at[i].words[0]->source != FROM_OCR;     /* "CƠ" + "SỞ" */
		if (!is_number && line_letters(&all.at[i]) < 3 && !short_word)
			continue;
		good.at = own_grow(r->mem, good.at, good.n, &good.room, sizeof *good.at);
		good.at[good.n] = all.at[i];
		if (is_number)
			*number = good.n;
		good.n++;
	}
	if (*number < 0)                                           /* "Số" itself was lost */
		for (int i = 0; i < good.n && *number < 0; i++)
			if (parse_code(r->mem, &good.at[i], r->ocr).worth >= 2.5 && strchr(good.at[i].text, '/') != NULL)
				*number = i;
	return good;
}

/* Words in capitals, and what joins them; a scan's other words there are dirt. */
static struct line capitals_only(const void *mem, const struct line *l)
{
	const struct word **words = new_array(mem, const struct word *, (size_t)l->n);
	int n = 0;
	for (int i = 0; i < l->n; i++) {
		struct line one = *l;
		one.words = l->words + i;
		one.n = 1;
		one.text = l->words[i]->text;
		bool letter = text_codepoints(one.text) == 1 && isupper((unsigned char)one.text[0]);
		if (line_is_upper(&one) || letter || strcmp(one.text, "-") == 0 || strcmp(one.text, "–") == 0)
			words[n++] = l->words[i];
	}
	return n > 0 ? line_make(mem, l->page, words, n) : *l;
}

static int agency_lines(const void *mem, struct lines lines, int number)
{
	int n = 0;
	for (int i = 0; i < (number >= 0 ? number : lines.n); i++) {
		struct line l = lines.at[i].words[0]->source == FROM_OCR ? capitals_only(mem, &lines.at[i]) : lines.at[i];
		int least = l.words[0]->source != FROM_OCR ? 2 : 3;
		if (line_is_upper(&l) && line_letters(&l) >= least && (n == 0 || l.box.y0 - lines.at[n - 1].box.y1 < 40))
			lines.at[n++] = l;
	}
	return n;
}

static void add_agency(struct reading *r, const struct agency *a)
{
	if (a->parent.value != NULL && a->parent.value[0] != 0)
		reading_add(r, "parent_agency", a->parent);
	if (a->agency.value != NULL && a->agency.value[0] != 0)
		r->agency = reading_add(r, "agency", a->agency)->read.value;
}

/* Written with a coloured pen: what OCR makes of handwriting is a candidate at best. */
static bool is_penned(const struct reading *r, struct box box)
{
	const struct page *p = r->pages[r->head];
	for (int i = 0; i < p->words.n; i++) {
		const struct box *b = &p->words.at[i].box;
		if (p->words.at[i].pass == PASS_BLOT && box_holds(box, (b->x0 + b->x1) / 2, (b->y0 + b->y1) / 2))
			return true;
	}
	return false;
}

static void read_left(struct reading *r)
{
	int number, again_number;
	struct lines lines = left_lines(r, 0, &number), again = { 0 };
	struct code code = { 0 };
	if (number >= 0) {
		code = parse_code(r->mem, &lines.at[number], r->ocr);
		r->below = lines.at[number].box.y1;
	}
	if (r->ocr) {
		again = left_lines(r, PASS_HEADER, &again_number);
		if (again_number >= 0) {
			code = choose_code(code, parse_code(r->mem, &again.at[again_number], true));
			if (again.at[again_number].box.y1 > r->below)
				r->below = again.at[again_number].box.y1;
		}
	}
	struct agency a = parse_agency(r, lines.at, agency_lines(r->mem, lines, number));
	if (r->ocr) {
		struct agency b = parse_agency(r, again.at, agency_lines(r->mem, again, again_number));
		if (b.worth > a.worth)
			a = b;
	}
	r->number_written = code.digits_unread;
	if (r->titled || number >= 0)
		add_agency(r, &a);
	if (code.number.value != NULL) {
		if (is_penned(r, code.number.place.box))
			code.number.confidence = fmin(code.number.confidence, 0.45);
		reading_add(r, "number", code.number);
	}
	if (code.symbol.value != NULL)
		r->symbol = reading_add(r, "symbol", code.symbol)->read.value;
	if (code.number.value == NULL && code.symbol.value != NULL) {
		if (code.digits_unread || r->ocr)
			reading_say(r, "2_extract/number-not-read", WARN,
				    "Số văn bản để trống hoặc viết tay, không đọc được; cần người xem.",
				    "The number is blank or handwritten and could not be read; a person must look.");
		else
			reading_say(r, "2_extract/blank-number", WARN,
				    "Số văn bản để trống.", "The number of the letter is blank.");
	}
}

/* place and date ------------------------------------------------------------------------------------- */

struct date { int year, month, day; bool guessed, unread; size_t day_at, day_end, end; };

/* Digits of [from, to), with l, i, o taken for the digits they look like; -1: none, -2: something else. */
static int read_number(const struct fold *f, size_t from, size_t to, bool *guessed)
{
	int value = 0, digits = 0;
	bool other = false;
	for (size_t i = from; i < to; i++) {
		char c = f->small[i];
		if (strchr(" .,:_-", c) != NULL)
			continue;
		int d = isdigit((unsigned char)c) ? c - '0' : c == 'l' || c == 'i' || c == '!' ? 1 : c == 'o' ? 0 : -1;
		if (d < 0 || digits > 4) {
			other = true;
			continue;
		}
		*guessed |= !isdigit((unsigned char)c);
		value = value * 10 + d;
		digits++;
	}
	return other ? -2 : digits == 0 ? -1 : value;
}

static bool parse_date(const struct fold *f, size_t *place_end, struct date *d)
{
	const char *ngay = strstr(f->small, "ngay"), *thang = ngay != NULL ? strstr(ngay, "thang") : NULL;
	if (thang == NULL)
		thang = strstr(f->small, "thang");
	const char *nam = thang != NULL ? strstr(thang, "nam") : NULL;
	if (thang == NULL || nam == NULL)
		return false;
	size_t t = (size_t)(thang - f->small), y = (size_t)(nam - f->small) + 3;
	*place_end = ngay != NULL && ngay < thang ? (size_t)(ngay - f->small) : t;
	*d = (struct date){ .day = -1 };
	int day = -1;
	if (ngay != NULL && ngay < thang) {
		d->day_at = *place_end + 4;
		d->day_end = t;
		day = read_number(f, d->day_at, t, &d->guessed);
	}
	int month = read_number(f, t + 5, (size_t)(nam - f->small), &d->guessed);
	size_t end = y;
	while (end < f->n && strchr(" .:", f->small[end]) != NULL)
		end++;
	size_t from = end;
	while (end < f->n && end < from + 4 && f->small[end] != ' ')
		end++;
	int year = read_number(f, from, end, &d->guessed);
	if (year < 1945 || year > 2100)
		return false;
	d->end = end;
	d->year = year;
	d->month = month >= 1 && month <= 12 ? month : 0;
	d->day = day;
	d->unread = day == -2 || month == -2 || (day >= 0 && d->month != 0 && !date_is_real(year, d->month, day));
	return true;
}

static void add_place(struct reading *r, const struct flow *flow, size_t to)
{
	struct value place = flow_value(r->mem, flow, 0, to);
	double known;
	place.value = trim_marks(r->mem, place.value);
	if (place.place.source == FROM_OCR) {                      /* a pen stroke before the name */
		struct fold f = fold_text(r->mem, place.value);
		size_t at = 0;
		while (at < f.n && !isupper((unsigned char)f.cased[at]))
			while (at < f.n && f.cased[at++] != ' ')
				;
		place.value = copy_text(r->mem, place.value + f.at[at]);
	}
	if (text_codepoints(place.value) < 2)
		return;
	put_right(r, &place, &known);
	reading_add(r, "place", place);
}

/* A date's line without the words of the left column that stand level with it: a gap that no space makes. */
static struct line right_part(const void *mem, const struct line *l)
{
	int ngay = l->n;
	for (int w = l->n - 1; w >= 0; w--)
		if (strcmp(lexicon_key(mem, l->words[w]->text), "ngay") == 0)
			ngay = w;
	for (int w = (ngay < l->n ? ngay : 1) - 1; w > 0 && l->words[w]->source != FROM_OCR; w--)
		if (l->words[w]->box.x0 - l->words[w - 1]->box.x1 > 0.8 * l->size)
			return line_make(mem, l->page, l->words + w, l->n - w);
	return *l;
}

/* next: the line below, when the date goes on there; else NULL. */
static bool read_date_line(struct reading *r, const struct line *whole, const struct line *next)
{
	struct line part = right_part(r->mem, whole), *line = &part;
	struct flow flow = { .mem = r->mem };
	flow_add(&flow, line);
	if (next != NULL) {
		flow_add(&flow, next);
		part.box = box_join(part.box, next->box);
	}
	struct fold f = fold_text(r->mem, flow.text.text);
	size_t place_end;
	struct date d;
	if (!parse_date(&f, &place_end, &d))
		return false;
	if (line->words[0]->source != FROM_OCR) {                  /* running text goes on behind the year, or has no place */
		for (size_t i = d.end; i < f.n; i++)
			if (isalnum((unsigned char)f.small[i]))
				return false;
		size_t at = place_end;
		while (at > 0 && f.small[at - 1] == ' ')
			at--;
		bool place = at > 1 && f.small[at - 1] == ',';
		if ((!place && !r->titled) || memchr(f.small, '/', place_end) != NULL)
			return false;
	}
	struct value v = flow_value(r->mem, &flow, f.at[place_end], flow.text.len);
	bool real = d.month != 0 && d.day > 0 && date_is_real(d.year, d.month, d.day);
	v.value = real ? format_text(r->mem, "%04d-%02d-%02d", d.year, d.month, d.day)
		: d.month != 0 ? format_text(r->mem, "%04d-%02d", d.year, d.month) : format_text(r->mem, "%04d", d.year);
	if (real && line->words[0]->source == FROM_OCR) {
		struct value day = flow_value(r->mem, &flow, f.at[d.day_at], f.at[d.day_end]);
		double least = day.confidence < v.confidence ? day.confidence : v.confidence;
		v.confidence = d.guessed ? reading_gate(least) * 0.8 : reading_gate(least);
		if (is_penned(r, day.place.box))
			v.confidence = fmin(v.confidence, 0.45);
	} else if (line->words[0]->source == FROM_OCR) {
		v.confidence = reading_gate(v.confidence);
	}
	add_place(r, &flow, f.at[place_end]);
	reading_add(r, "date", v);
	if (line->box.y1 > r->below)
		r->below = line->box.y1;
	if (!real && (d.unread || r->ocr))
		reading_say(r, "2_extract/date-not-read", WARN, "Ngày, tháng của văn bản để trống hoặc viết tay, không đọc được; cần "
			    "người xem.", "The day or month is blank or handwritten and could not be read; a person must look.");
	else if (!real)
		reading_say(r, "2_extract/blank-date", WARN, "Ngày hoặc tháng của văn bản để trống.",
			    "The day or the month of the letter is blank.");
	return true;
}

static void read_right(struct reading *r)
{
	const struct page *p = r->pages[r->head];
	double h = r->titled ? r->title.y1 - r->title.y0 : 12;
	struct box right = { r->split - 40, r->titled ? r->title.y0 : 0, 1e6,
			     r->titled ? r->title.y0 + 11 * h + 40 : p->height * 0.35 };
	struct box wide = right;
	wide.x0 = -1e6;
	const struct box zones[] = { right, wide };
	for (int z = 0; z < 2; z++) {
		struct lines lines = lines_split(r->mem, page_lines(r->mem, p, zones[z], 0), z == 0 ? 8 : 5);
		for (int i = 0; i < lines.n; i++) {
			const struct line *l = &lines.at[i];
			/* broken: "ngày 26 tháng 11 năm" + "2022" */
			bool broken = i + 1 < lines.n && r->titled && strstr(l->weak, "ngay") != NULL
				&& l->words[0]->source != FROM_OCR && l->box.y0 < r->title.y1 + 60;
			if (read_date_line(r, l, NULL) || (broken && read_date_line(r, l, &lines.at[i + 1])))
				return;
		}
	}
}

/* urgency, secrecy, incoming stamp ------------------------------------------------------------------- */

static void read_marks(struct reading *r, const struct line *l)
{
	static const struct { const char *key, *field, *value; } marks[] = {
		{ "hoa toc", "urgency", "Hỏa tốc" }, { "hoa toc hen gio", "urgency", "Hỏa tốc hẹn giờ" },
		{ "thuong khan", "urgency", "Thượng khẩn" }, { "khan", "urgency", "Khẩn" },
		{ "mat", "secrecy", "Mật" }, { "toi mat", "secrecy", "Tối mật" }, { "tuyet mat", "secrecy", "Tuyệt mật" },
	};
	char *key = lexicon_key(r->mem, l->text);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strcmp(key, marks[i].key) == 0 && line_is_upper(l)) {
			struct value v = line_value(r->mem, l);
			v.value = copy_text(r->mem, marks[i].value);
			reading_add(r, marks[i].field, v);
		}
}

/* dd/mm/yyyy after "Ngày:" of the stamp. */
static bool stamp_date(const struct fold *f, int *year, int *month, int *day)
{
	const char *at = f->small;
	while (*at != 0 && !isdigit((unsigned char)*at))
		at++;
	char *end;
	*day = (int)strtol(at, &end, 10);
	if (*end != '/' && *end != '-' && *end != '.')
		return false;
	*month = (int)strtol(end + 1, &end, 10);
	if (*end != '/' && *end != '-' && *end != '.')
		return false;
	*year = (int)strtol(end + 1, &end, 10);
	return date_is_real(*year, *month, *day) && *year > 1945;
}

static bool is_stamp_head(const void *mem, const struct line *l)
{
	char *key = lexicon_key(mem, l->text);
	return line_is_upper(l) && (strcmp(key, "den") == 0 || strcmp(key, "cong van den") == 0 || strcmp(key, "van ban den") == 0);
}

/* Whether a piece stands in a stamp (35 by 50 mm) whose ĐẾN is at a box. */
static bool in_stamp(const struct box *den, const struct line *l)
{
	double middle = (den->x0 + den->x1) / 2;
	return l->box.x0 > middle - 85 && l->box.x1 < middle + 100 && l->box.y1 > den->y0 - 18 && l->box.y0 < den->y1 + 62;
}

/* ĐẾN, and under it Số: and Ngày: the receiver's own register, not the letter's number. */
static void read_stamp(struct reading *r, struct lines lines)
{
	for (int i = 0; i < lines.n; i++) {
		if (!is_stamp_head(r->mem, &lines.at[i]))
			continue;
		struct box stamp = lines.at[i].box;
		int known = 0;
		for (int k = 0; k < lines.n; k++) {
			const struct line *l = &lines.at[k];
			if (k == i || !in_stamp(&lines.at[i].box, l))
				continue;
			struct fold f = fold_text(r->mem, l->text);
			const char *ngay = strstr(f.small, "ngay");
			bool so = starts_so(l->text) && strchr(f.small, '/') == NULL;
			bool other = text_starts(f.small, "chuyen") || text_starts(f.small, "gio") || text_starts(f.small, "luu");
			bool above = l->box.y1 < lines.at[i].box.y0 + 4 && line_is_upper(l) && l->size < lines.at[i].size;
			struct value v = line_value(r->mem, l);
			int y, m, d;
			bool level = l->box.y1 > lines.at[i].box.y0 + 1;   /* the subject may end right above the stamp */
			if (!above && (!level || (ngay == NULL && !so && !other)))
				continue;
			stamp = box_join(stamp, l->box);
			known += ngay != NULL || so;
			if (v.place.source == FROM_OCR)
				v.confidence = reading_gate(v.confidence);
			if (ngay != NULL && stamp_date(&f, &y, &m, &d)) {
				v.value = format_text(r->mem, "%04d-%02d-%02d", y, m, d);
				reading_add(r, "incoming_date", v);
			} else if (so) {
				size_t from = strcspn(f.small, "0123456789"), n = strspn(f.small + from, "0123456789");
				v.value = copy_part(r->mem, f.small + from, n);
				if (n > 0)
					reading_add(r, "incoming_number", v);
			}
		}
		/* A stamp of text that reaches over "Kính gửi" hides nothing. */
		for (int k = 0; k < lines.n; k++)
			if (strstr(lines.at[k].weak, "kinh gui") != NULL && lines.at[k].words[0]->source != FROM_OCR
			    && lines.at[k].box.y0 > lines.at[i].box.y1 && lines.at[k].box.y0 < stamp.y1)
				stamp.y1 = lines.at[k].box.y0;
		if (known > 0) {
			r->stamp = stamp;
			return;
		}
	}
}

void header_read(struct reading *r)
{
	const struct page *p = r->pages[r->head];
	r->below = r->titled ? r->title.y1 : 0;
	read_left(r);
	read_right(r);
	struct box top = { -1e6, -1e6, 1e6, r->below + 160 };
	struct lines pieces = lines_split(r->mem, page_lines(r->mem, p, top, 0), 2);
	for (int i = 0; i < pieces.n; i++)
		read_marks(r, &pieces.at[i]);
	read_stamp(r, pieces);
}
