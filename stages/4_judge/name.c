/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * name.c - written names taken apart and compared. See name.h.
 *
 * Everything works on the strong key of the text, cut into syllables. Kinds and body words are known by their
 * full key; where the whole text bears no diacritics, by their weak one.
 */
#include "name.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

enum { MAX_WORDS = 64 };

struct words {
	char *at[MAX_WORDS], *weak[MAX_WORDS];
	bool comma[MAX_WORDS];                 /* a comma stood before it */
	int n;
	bool bare;
};

enum { PHRASE_WORDS = 12 };

/* A phrase's words by their keys, made when first needed. */
struct phrase {
	const char *text;
	const char *body;
	enum place_kind kind;
	int n;
	char *at[PHRASE_WORDS], *weak[PHRASE_WORDS];
};

#define K(text, kind) { text, NULL, kind, 0, { NULL }, { NULL } }
#define W(text, body) { text, body, KIND_NONE, 0, { NULL }, { NULL } }

static struct phrase kind_words[] = {
	K("thị trấn", THI_TRAN), K("đặc khu", DAC_KHU), K("thị xã", THI_XA), K("thành phố", THANH_PHO), K("xã", XA),
	K("phường", PHUONG), K("huyện", HUYEN), K("quận", QUAN), K("tỉnh", TINH), K("tp.", THANH_PHO),
	K("tx.", THI_XA), K("tt.", THI_TRAN), K("x.", XA), K("p.", PHUONG), K("h.", HUYEN), K("q.", QUAN),
	K("t.", TINH), K("tp", THANH_PHO), K("tx", THI_XA), K("tt", THI_TRAN),
};

/* Longest first: an office of the committee is not the committee. */
static struct phrase body_words[] = {
	W("văn phòng đoàn đại biểu quốc hội và hội đồng nhân dân", "VP-DDBQH-HDND"),
	W("văn phòng đoàn đbqh và hđnd", "VP-DDBQH-HDND"),
	W("văn phòng hội đồng nhân dân và ủy ban nhân dân", "VP-HDND-UBND"),
	W("văn phòng hđnd và ubnd", "VP-HDND-UBND"),
	W("văn phòng ủy ban nhân dân", "VP-UBND"), W("văn phòng ubnd", "VP-UBND"),
	W("văn phòng hội đồng nhân dân", "VP-HDND"), W("văn phòng hđnd", "VP-HDND"),
	W("thường trực hội đồng nhân dân", "HDND"), W("thường trực hđnd", "HDND"),
	W("ủy ban nhân dân", "UBND"), W("ubnd", "UBND"), W("hội đồng nhân dân", "HDND"), W("hđnd", "HDND"),
};

#define COUNT(list) (int)(sizeof (list) / sizeof *(list))

static const char *const other_bodies[] = {
	"sở ", "phòng ", "ban ", "trường ", "trung tâm ", "văn phòng ", "chi cục ", "cục ", "tổng cục ", "bộ ",
	"thanh tra ", "công an ", "đảng ủy ", "ủy ban ", "hội ", "trạm ", "bệnh viện ", "viện ", "tòa án ",
	"đài ", "kho bạc ", "bảo hiểm ", "công ty ", "liên đoàn ", "tỉnh đoàn ", "chi nhánh ", "hạt ", "quỹ ", "vụ ",
	"đoàn thanh niên ", "đoàn đại biểu ", "đoàn tncs ",    /* "Đoàn" alone is a family's name */
	"thành ủy", "tỉnh ủy", "huyện ủy", "quận ủy", "thị ủy", "xã ", "phường ", "thị trấn ",
};

enum place_level kind_level(enum place_kind k)
{
	static const enum place_level levels[] = { LEVEL_NONE, LEVEL_COMMUNE, LEVEL_COMMUNE, LEVEL_COMMUNE,
		LEVEL_COMMUNE, LEVEL_DISTRICT, LEVEL_DISTRICT, LEVEL_DISTRICT, LEVEL_CITY, LEVEL_PROVINCE };
	return levels[k];
}

const char *kind_text(enum place_kind k)
{
	static const char *const texts[] = { "", "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã",
		"thành phố", "tỉnh" };
	return texts[k];
}

enum place_kind kind_find(const char *written)
{
	char *key = text_strong(NULL, written);
	enum place_kind found = KIND_NONE;
	for (int k = XA; k <= TINH; k++) {
		char *of = text_strong(NULL, kind_text((enum place_kind)k));
		if (strcmp(key, of) == 0)
			found = (enum place_kind)k;
		talloc_free(of);
	}
	talloc_free(key);
	return found;
}

static char *without_marks(const void *mem, const char *strong)
{
	struct buffer b = { .mem = mem };
	for (const char *c = strong; *c != 0; c++)
		if ((unsigned char)*c == 0xC4 && (unsigned char)c[1] == 0x91) {        /* d with stroke */
			buffer_text(&b, "d");
			c++;
		} else if ((unsigned char)*c < 0x80)
			buffer_add(&b, c, 1);
	return b.text != NULL ? b.text : copy_text(mem, "");
}

static bool has_vowel(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr("aeiouy", word[i]) != NULL)
			return true;
	return false;
}

static bool is_tone_at(const char *c)          /* one of the five, two bytes each: U+0300 01 03 09 23 */
{
	return (unsigned char)c[0] == 0xCC && strchr("\x80\x81\x83\x89\xA3", c[1]) != NULL && c[1] != 0;
}

/* A syllable without a vowel is the rest of the one before ("Xí m", as OCR cuts): it goes before its tone. */
static char *squashed(const void *mem, const char *strong)
{
	struct buffer b = { .mem = mem };
	for (const char *c = strong; *c != 0;) {
		size_t len = strcspn(c, " ");
		char tone[3] = "";
		if (b.len >= 2 && !has_vowel(c, len) && is_tone_at(b.text + b.len - 2)) {
			memcpy(tone, b.text + b.len - 2, 2);
			b.len -= 2;
		}
		for (size_t i = 0; i < len; i++)
			if (strchr(" -.'\",()", c[i]) == NULL)
				buffer_add(&b, c + i, 1);
		buffer_text(&b, tone);
		c += len + (c[len] == ' ');
	}
	return b.text != NULL ? b.text : copy_text(mem, "");
}

static int from_roman(const char *s)
{
	static const char *const romans[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi",
		"xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx" };
	for (int i = 0; i < (int)(sizeof romans / sizeof *romans); i++)
		if (strcmp(romans[i], s) == 0)
			return i + 1;
	return 0;
}

/* "01", "IV" standing alone after a kind: the number without zeros. */
static char *as_number(const void *mem, const char *word)
{
	const char *c = word;
	while (isdigit((unsigned char)*c))
		c++;
	if (*c == 0 && c > word) {
		while (*word == '0' && word[1] != 0)
			word++;
		return copy_text(mem, word);
	}
	int roman = from_roman(word);
	return roman > 0 ? format_text(mem, "%d", roman) : NULL;
}

static struct keys keys_of(const void *mem, const char *strong)
{
	struct keys k = { .strong = copy_text(mem, strong), .squash = squashed(mem, strong) };
	k.iy = copy_text(mem, k.squash);
	for (char *c = k.iy; *c != 0; c++)
		if (*c == 'y')
			*c = 'i';
	k.weak = without_marks(mem, k.iy);
	return k;
}

struct keys name_keys(const void *mem, const char *text)
{
	char *strong = text_strong(mem, text);
	char *number = as_number(mem, strong);
	struct keys k = keys_of(mem, number != NULL ? number : strong);
	talloc_free(number);
	talloc_free(strong);
	return k;
}

enum same name_same(const struct keys *a, const struct keys *b)
{
	if (strcmp(a->iy, b->iy) == 0)
		return SAME_YES;
	return strcmp(a->weak, b->weak) == 0 ? SAME_ASK : SAME_NO;
}

/* "u.b.n.d" loses its dots; "tp.huế" is cut after its dot. */
static void add_word(const void *mem, struct words *w, const char *from, size_t len, bool comma)
{
	if (len == 0 || w->n >= MAX_WORDS)
		return;
	char *word = copy_part(mem, from, len), *dot = strchr(word, '.');
	if (dot != NULL && dot[1] != 0) {
		if (dot - word == 1 && dot[1] != 0 && dot[2] == '.') {
			char *out = word;
			for (char *c = word; *c != 0; c++)
				if (*c != '.')
					*out++ = *c;
			*out = 0;
		} else {
			size_t head = (size_t)(dot - word) + 1;
			add_word(mem, w, from, head, comma);
			add_word(mem, w, from + head, len - head, false);
			return;
		}
	}
	w->comma[w->n] = comma;
	w->weak[w->n] = without_marks(mem, word);
	w->at[w->n++] = word;
}

static void cut_words(const void *mem, const char *strong, struct words *w)
{
	w->bare = true;
	for (const char *c = strong; *c != 0; c++)
		w->bare = w->bare && (unsigned char)*c < 0x80;
	bool comma = false;
	for (const char *at = strong; *at != 0;) {
		size_t len = strcspn(at, " ,;");
		if (len > 0)
			comma = (add_word(mem, w, at, len, comma), false);
		at += len;
		if (*at == ',' || *at == ';')
			comma = true;
		at += *at != 0;
	}
}

static void make_words(struct phrase *p)
{
	static void *kept;
	if (kept == NULL)
		kept = talloc_named_const(NULL, 0, "words of names");
	char *key = text_strong(kept, p->text);
	for (char *save = NULL, *w = strtok_r(key, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save)) {
		p->at[p->n] = w;
		p->weak[p->n++] = without_marks(kept, w);
	}
}

/* How many words the phrase takes at i; 0 when it does not stand there. */
static int phrase_at(const struct words *w, int i, struct phrase *p)
{
	if (p->n == 0)
		make_words(p);
	if (i + p->n > w->n)
		return 0;
	for (int k = 0; k < p->n; k++)
		if (strcmp(w->bare ? w->weak[i + k] : w->at[i + k], w->bare ? p->weak[k] : p->at[k]) != 0)
			return 0;
	return p->n;
}

static int kind_at(const struct words *w, int i, enum place_kind *kind)
{
	for (int k = 0; k < COUNT(kind_words); k++) {
		int n = phrase_at(w, i, &kind_words[k]);
		if (n == 0 || i + n >= w->n)
			continue;
		*kind = kind_words[k].kind;
		return n;
	}
	return 0;
}

/* "Xã hội", "tỉnh ủy", "huyện đoàn" are no places, unless a committee's word stood just before. Without marks
 * "huyện Đoan Hùng" is the one place that looks like them. */
static bool is_figure_of_speech(const struct words *w, int i)
{
	static struct phrase figures[] = { { .text = "ủy" }, { .text = "đoàn" }, { .text = "đội" } };
	const char *next = w->weak[i];
	for (int k = 0; k < COUNT(figures); k++)
		if (phrase_at(w, i, &figures[k]) > 0)
			return !(w->bare && strcmp(next, "doan") == 0 && i + 1 < w->n && strcmp(w->weak[i + 1], "hung") == 0);
	enum place_kind kind;
	return strcmp(next, "hoi") == 0 && (i + 1 >= w->n || w->comma[i + 1] || kind_at(w, i + 1, &kind) > 0
		|| strcmp(w->at[i + 1], "-") == 0 || strcmp(w->weak[i + 1], "va") == 0);
}

static bool is_one_of(const char *word, const char *words)
{
	size_t n = strlen(word);
	for (const char *at = words; (at = strstr(at, word)) != NULL; at += n)
		if ((at == words || at[-1] == ' ') && (at[n] == 0 || at[n] == ' '))
			return true;
	return false;
}

/* Is there a further place at i, above the one of level? Without a comma only plain words cut. */
static int next_place(const struct words *w, int i, enum place_level level, enum place_kind *kind)
{
	int n = kind_at(w, i, kind);
	if (n == 0 || (kind_level(*kind) <= level && !w->comma[i]))
		return 0;
	/* without marks "quan" may be "quản", "xa" "xã hội", "tinh" a commune's Tịnh: only what follows tells */
	if (w->bare && !w->comma[i] && (*kind == XA || ((*kind == TINH || *kind == QUAN) && level != LEVEL_NONE)))
		return 0;
	if (w->bare && !w->comma[i] && *kind == QUAN && i + n < w->n && is_one_of(w->weak[i + n], "ly su tri doi he chung"))
		return 0;
	return is_figure_of_speech(w, i + n) ? 0 : n;
}

static char *joined(const void *mem, const struct words *w, int from, int to)
{
	struct buffer b = { .mem = mem };
	for (int i = from; i < to; i++) {
		if (i > from)
			buffer_text(&b, " ");
		buffer_text(&b, w->at[i]);
	}
	return b.text != NULL ? b.text : copy_text(mem, "");
}

static void parse_chain(const void *mem, const struct words *w, int i, struct name *name)
{
	enum place_kind kind = KIND_NONE;
	int n = kind_at(w, i, &kind);
	while (i < w->n && name->n < NAME_MAX_SITES) {
		i += n;
		int from = i;
		enum place_kind next = KIND_NONE;
		for (i++, n = 0; i < w->n; i++)
			if ((n = next_place(w, i, kind_level(kind), &next)) > 0 || w->comma[i])
				break;
		char *text = joined(mem, w, from, i < w->n ? i : w->n);
		char *number = as_number(mem, text);
		name->chain[name->n].kind = kind;
		name->chain[name->n++].name = keys_of(mem, number != NULL ? number : text);
		kind = next;
		if (n == 0)
			kind = KIND_NONE;
	}
}

void name_parse(const void *mem, const char *text, struct name *name)
{
	*name = (struct name){ 0 };
	struct words w = { .n = 0 };
	char *strong = text_strong(mem, text);
	cut_words(mem, strong, &w);
	name->bare = w.bare;
	int i = 0;
	for (int b = 0; b < COUNT(body_words) && name->body == NULL; b++) {
		int n = phrase_at(&w, 0, &body_words[b]);
		if (n > 0) {
			name->body = body_words[b].body;
			i = n;
		}
	}
	int place = i;
	enum place_kind kind;
	if (name->body == NULL)                /* its own words, up to the first place */
		for (place = kind_at(&w, 0, &kind) > 0 ? 0 : 1; place < w.n; place++)
			if (next_place(&w, place, LEVEL_NONE, &kind) > 0)
				break;
	char *core = joined(mem, &w, i, place < w.n ? place : w.n);
	name->core = keys_of(mem, core);
	if (place < w.n)
		parse_chain(mem, &w, place, name);
}

bool name_is_body(const char *text)
{
	if (text == NULL)
		return false;
	void *mem = talloc_new(NULL);
	struct name name;
	name_parse(mem, text, &name);
	bool is = name.body != NULL;
	char *strong = text_strong(mem, text), *weak = text_weak(mem, text);
	for (int i = 0; !is && i < COUNT(other_bodies); i++) {
		if (name.bare && strcmp(other_bodies[i], "vụ ") == 0)
			continue;                      /* without marks it is the family Vũ */
		const char *word = name.bare ? text_weak(mem, other_bodies[i]) : text_strong(mem, other_bodies[i]);
		size_t n = strlen(word);
		const char *in = name.bare ? weak : strong;
		is = strncmp(in, word, n) == 0 && (in[n] == ' ' || in[n] == 0);
	}
	talloc_free(mem);
	return is;
}

static enum same compare_places(const struct name *a, const struct name *b,
				int (*homonyms)(const void *, const struct site *), const void *registry,
				const char **why)
{
	enum same all = SAME_YES;
	int n = a->n < b->n ? a->n : b->n;
	for (int i = 0; i < n; i++) {
		const struct site *x = &a->chain[i], *y = &b->chain[i];
		enum same s = name_same(&x->name, &y->name);
		if (s == SAME_NO) {
			*why = i == 0 ? "the names differ: khác tên" : "another containing unit: khác đơn vị cấp trên";
			return SAME_NO;
		}
		if (s == SAME_ASK) {
			*why = "equal only without diacritics: chỉ giống nhau khi bỏ dấu";
			all = SAME_ASK;
		} else if (x->kind != y->kind && all == SAME_YES) {
			*why = "same name, another kind of unit: cùng tên, khác loại đơn vị";
			all = SAME_ASK;
		}
	}
	if (all == SAME_YES && n == 0 && a->n != b->n) {
		*why = "one names no place: một bên không ghi địa bàn";
		return SAME_ASK;
	}
	/* "xã Tân Thành" against "xã Tân Thành, huyện Hữu Lũng": only where there is but one */
	if (all == SAME_YES && n == 1 && a->n != b->n && homonyms(registry, &a->chain[0]) > 1) {
		*why = "several units bear that name and one side does not say where: nhiều đơn vị trùng tên";
		return SAME_ASK;
	}
	return all;
}

enum same name_compare(const struct name *a, const struct name *b,
		       int (*homonyms)(const void *registry, const struct site *), const void *registry,
		       const char **why)
{
	*why = "same body, same place: cùng cơ quan, cùng địa bàn";
	if ((a->body == NULL) != (b->body == NULL) || (a->body != NULL && strcmp(a->body, b->body) != 0)) {
		*why = "two bodies: hai cơ quan khác nhau";
		return SAME_NO;
	}
	enum same core = name_same(&a->core, &b->core);
	if (core == SAME_NO) {
		*why = "two bodies: hai cơ quan khác nhau";
		return SAME_NO;
	}
	enum same places = compare_places(a, b, homonyms, registry, why);
	if (places == SAME_YES && core == SAME_ASK) {
		*why = "equal only without diacritics: chỉ giống nhau khi bỏ dấu";
		return SAME_ASK;
	}
	return places;
}
