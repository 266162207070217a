/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lexicon.c - phrases official letters are made of. See lexicon.h.
 */
#include "lexicon.h"
#include "page.h"
#include "text.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { MAX_PHRASE = 9 };

static struct { struct lexeme *at; int n, room; } all;

char *lexicon_key(const void *mem, const char *text)
{
	struct fold f = fold_text(mem, text);
	char *key = f.small;
	size_t n = 0;
	for (const char *at = key; *at != 0; at++)
		if (isalnum((unsigned char)*at))
			key[n++] = *at;
		else if (n > 0 && key[n - 1] != ' ')
			key[n++] = ' ';
	if (n > 0 && key[n - 1] == ' ')
		n--;
	key[n] = 0;
	talloc_free(f.cased);
	talloc_free(f.at);
	return key;
}

static int by_kind_and_key(const void *a, const void *b)
{
	const struct lexeme *x = a, *y = b;
	int kind = strcmp(x->kind, y->kind), weak = kind != 0 ? 0 : strcmp(x->weak, y->weak);
	return kind != 0 ? kind : weak != 0 ? weak : x < y ? -1 : x > y;
}

/* The rows stay in the file's one buffer; they are sorted by kind and key so that a look-up halves its way. */
bool lexicon_prepare(const struct settings *s, char **why)
{
	if (all.n > 0)
		return true;
	char *path = format_text(NULL, "%s/schemas/lexicon.tsv", s->data != NULL ? s->data : "."), *text = NULL;
	FILE *file = fopen(path, "re");
	size_t room = 0;
	ssize_t len = file != NULL ? getdelim(&text, &room, 0, file) : -1;
	if (file != NULL)
		fclose(file);
	char *kept = len > 0 ? copy_text(NULL, text) : NULL, *save = NULL;
	free(text);
	for (char *line = kept != NULL ? strtok_r(kept, "\n", &save) : NULL; line != NULL; line = strtok_r(NULL, "\n", &save)) {
		char *column[4] = { line };
		int n = 1;
		for (char *at = line; n < 4 && (at = strchr(at, '\t')) != NULL;) {
			*at++ = 0;
			column[n++] = at;
		}
		if (line[0] == '#' || n < 4)
			continue;
		all.at = own_grow(NULL, all.at, all.n, &all.room, sizeof *all.at);
		all.at[all.n++] = (struct lexeme){ column[0], column[2], column[3], column[1] };
	}
	if (all.n == 0)
		*why = format_text(NULL, "%s is missing or empty", path);
	else
		qsort(all.at, (size_t)all.n, sizeof *all.at, by_kind_and_key);
	talloc_free(path);
	return all.n > 0;
}

/* First row of a kind whose key is not below; all.n: none. */
static int first_row(const char *kind, const char *key)
{
	int from = 0, to = all.n;
	while (from < to) {
		int mid = from + (to - from) / 2, order = strcmp(all.at[mid].kind, kind);
		if (order < 0 || (order == 0 && strcmp(all.at[mid].weak, key) < 0))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

static bool is_row(int i, const char *kind)
{
	return i < all.n && strcmp(all.at[i].kind, kind) == 0;
}

/* Equal but for spaces, which OCR loses. */
static bool same_unspaced(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a == ' ')
			a++;
		while (*b == ' ')
			b++;
		if (*a != *b || *a == 0)
			return *a == *b;
	}
}

static const struct lexeme *find_unspaced(const char *key)
{
	static const char *const kinds[] = { "agency", "place" };
	for (int k = 0; k < 2; k++) {
		char head[2] = { key[0], 0 };
		for (int i = first_row(kinds[k], head); is_row(i, kinds[k]) && all.at[i].weak[0] == key[0]; i++)
			if (strchr(all.at[i].weak, ' ') != NULL && same_unspaced(all.at[i].weak, key))
				return &all.at[i];
	}
	return NULL;
}

static const struct lexeme *find_key(const char *kind, const char *key)
{
	int i = first_row(kind, key);
	return is_row(i, kind) && strcmp(all.at[i].weak, key) == 0 ? &all.at[i] : NULL;
}

/* In running text a name counts only where it is written as one: "tư nhân" is no ward of Tụ Nhân. */
static const struct lexeme *find_phrase(enum lexicon_text where, const char *key, bool capitals)
{
	static const char *const of_agency[] = { "agency", "place", NULL }, *const of_text[] = { "phrase", "agency", "place", NULL };
	if (where == LEXICON_RUNNING && strchr(key, ' ') == NULL)
		return NULL;
	for (const char *const *kind = where == LEXICON_RUNNING ? of_text : of_agency; *kind != NULL; kind++) {
		const struct lexeme *one = find_key(*kind, key);
		if (one != NULL && (where == LEXICON_AGENCY || capitals || strcmp(*kind, "place") != 0))
			return one;
	}
	return NULL;
}

static bool begins_capital(const char *token)
{
	ucs4_t c = 0;
	for (const uint8_t *at = (const uint8_t *)token; (at = u8_next(&c, at)) != NULL;)
		if (c >= 0x80 || isalpha((int)c))
			return uc_is_upper(c);
	return false;
}

/* Of entries with the same letters the one with the same marks, else the first. */
const struct lexeme *lexicon_find(const char *kind, const char *text)
{
	char *key = lexicon_key(NULL, text), *strong = NULL;
	const struct lexeme *found = find_key(kind, key);
	for (int i = found != NULL ? (int)(found - all.at) : all.n; is_row(i + 1, kind) && strcmp(all.at[i + 1].weak, key) == 0;) {
		strong = strong != NULL ? strong : text_strong(NULL, text);
		char *one = text_strong(NULL, all.at[++i].text);
		if (strcmp(one, strong) == 0)
			found = &all.at[i];
		talloc_free(one);
	}
	talloc_free(strong);
	talloc_free(key);
	return found;
}

const struct lexeme *lexicon_at(const char *kind, int i)
{
	int at = first_row(kind, "") + i;
	return is_row(at, kind) ? &all.at[at] : NULL;
}

const struct lexeme *lexicon_nearest(const char *kind, const char *text, double *far)
{
	char *key = lexicon_key(NULL, text);
	const struct lexeme *best = NULL;
	*far = 1;
	for (int i = first_row(kind, ""); is_row(i, kind); i++) {
		size_t n = strlen(all.at[i].weak), m = strlen(key), longer = n > m ? n : m;
		double d = longer > 0 ? (double)text_distance(key, all.at[i].weak) / (double)longer : 1;
		if (best == NULL || d < *far) {
			best = &all.at[i];
			*far = d;
		}
	}
	talloc_free(key);
	return best;
}

const struct lexeme *lexicon_type_of(const char *abbreviation)
{
	char *key = text_strong(NULL, abbreviation);
	const struct lexeme *found = NULL;
	for (int i = first_row("type", ""); is_row(i, "type") && found == NULL; i++)
		if (all.at[i].more[0] != 0) {
			char *one = text_strong(NULL, all.at[i].more);
			if (strcmp(one, key) == 0)
				found = &all.at[i];
			talloc_free(one);
		}
	talloc_free(key);
	return found;
}

/* repair --------------------------------------------------------------------------------------------- */

static bool is_upper(const char *text)
{
	char *upper = text_upper(NULL, text);
	bool same = strcmp(upper, text) == 0;
	talloc_free(upper);
	return same;
}

/* Capitals where the token has them: marks are often misread, case hardly ever. */
static char *in_case_of(const void *mem, const char *token, const char *word)
{
	if (is_upper(token))
		return text_upper(mem, word);
	const uint8_t *at = (const uint8_t *)token;
	ucs4_t c = 0;
	while ((at = u8_next(&c, at)) != NULL && c < 0x80 && !isalpha((int)c))
		;
	char *lower = text_lower(mem, word);
	size_t first = strlen(lower) > 0 ? (size_t)u8_mblen((const uint8_t *)lower, strlen(lower)) : 0;
	if (at == NULL || !uc_is_upper(c))
		return lower;
	return format_text(mem, "%s%s", text_upper(mem, copy_part(mem, lower, first)), lower + first);
}

/* The token with its letters replaced by the word's, when they differ by more than the place of the tone. */
static void add_word(const void *mem, struct buffer *b, const char *token, const char *word, size_t len, bool inside)
{
	char *as = in_case_of(mem, token, copy_part(mem, word, len));
	size_t lead = 0, n = strlen(token), tail = 0;
	while (lead < n && token[lead] > 0 && !isalnum((unsigned char)token[lead]))
		lead++;
	while (tail < n - lead && token[n - 1 - tail] > 0 && !isalnum((unsigned char)token[n - 1 - tail]))
		tail++;
	char *bare = copy_part(mem, token + lead, n - lead - tail);
	char *a = text_strong(mem, bare), *c = text_strong(mem, as);
	size_t m = strlen(as);
	while (m > 0 && as[m - 1] > 0 && !isalnum((unsigned char)as[m - 1]))
		m--;                                               /* the phrase's own comma is the token's business */
	c[strcspn(c, ",")] = 0;
	buffer_add(b, token, lead);
	if (strcmp(a, c) == 0)
		buffer_text(b, bare);
	else
		buffer_add(b, as, m);
	if (!inside || strchr(",-", word[len > 0 ? len - 1 : 0]) != NULL)      /* a comma within a name that has none is dirt */
		buffer_add(b, token + n - tail, tail);
}

static bool is_one_of(const char *key, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, key) == 0)
			return true;
	return false;
}

/* "tỉnh Bình Thuận" is no Tịnh Bình and "Phòng Văn hóa" no Phong Vân: a place whose first letters are those of a
 * word that leads names counts only after a word that leads places, as in "xã Tịnh Bình". */
static bool is_misled(const void *mem, const struct lexeme *one, char *const *tokens, int i)
{
	static const char *const lead[] = { "tinh", "phong", "phuong", "xa", "so", "ban", "huyen", "quan", "truong", "trung",
		"vien", "cuc", "khu", NULL };
	static const char *const before[] = { "xã", "phường", "trấn", "huyện", "quận", "phố", "khu", NULL };
	return strcmp(one->kind, "place") == 0 && is_one_of(lexicon_key(mem, tokens[i]), lead)
		&& (i == 0 || !is_one_of(text_lower(mem, tokens[i - 1]), before));
}

/* The longest phrase that begins with token i of n, and how many tokens it takes. */
static const struct lexeme *longest(const void *mem, enum lexicon_text where, char *const *tokens, int i, int n, int *taken,
				    bool *unspaced)
{
	const struct lexeme *best = NULL;
	struct buffer phrase = { .mem = mem };
	bool capitals = true;
	*taken = 0;
	*unspaced = false;
	if (lexicon_key(mem, tokens[i])[0] == 0)                   /* a dash begins no phrase */
		return NULL;
	for (int k = i; k < n && k < i + MAX_PHRASE; k++) {
		buffer_text(&phrase, tokens[k]);
		buffer_text(&phrase, " ");
		char *key = lexicon_key(mem, phrase.text);
		if (lexicon_key(mem, tokens[k])[0] == 0)
			continue;
		capitals = capitals && begins_capital(tokens[k]);
		const struct lexeme *one = find_phrase(where, key, capitals);
		bool joined = one == NULL && where == LEXICON_AGENCY && (one = find_unspaced(key)) != NULL;
		if (one == NULL || is_misled(mem, one, tokens, i))
			continue;
		best = one;
		*taken = k - i + 1;
		*unspaced = joined;
	}
	return best;
}

char *lexicon_repair(const void *mem, enum lexicon_text where, const char *text, double *known)
{
	void *tmp = talloc_new(NULL);
	char *copy = copy_text(tmp, text), *save = NULL, *tokens[64];
	int n = 0, in_phrase = 0;
	for (char *t = strtok_r(copy, " ", &save); t != NULL && n < 64; t = strtok_r(NULL, " ", &save))
		tokens[n++] = t;
	struct buffer out = { .mem = tmp };
	for (int i = 0; i < n;) {
		bool unspaced;
		int best_n, later_n, ends = i;
		const struct lexeme *best = longest(tmp, where, tokens, i, n, &best_n, &unspaced);
		for (int k = i + 1; k < i + best_n && ends == i; k++) {    /* a longer phrase begins within this one */
			bool joined;
			if (longest(tmp, where, tokens, k, n, &later_n, &joined) != NULL && later_n > best_n)
				ends = k;
		}
		if (ends > i) {
			best = NULL;
			best_n = 0;
			unspaced = false;
		}
		if (unspaced) {
			if (out.len > 0)
				buffer_text(&out, " ");
			buffer_text(&out, is_upper(tokens[i]) ? text_upper(tmp, best->text) : best->text);
			in_phrase += best_n;
			i += best_n;
			continue;
		}
		const char *word = best != NULL ? best->text : NULL;
		for (int k = 0; k < (best != NULL ? best_n : 1); k++) {
			if (out.len > 0)
				buffer_text(&out, " ");
			size_t len = word != NULL ? strcspn(word, " ") : 0;
			if (word != NULL && word[0] == '-') {
				word += 2;
				len = strcspn(word, " ");
			}
			if (best == NULL || lexicon_key(tmp, tokens[i + k])[0] == 0) {
				buffer_text(&out, tokens[i + k]);
				continue;
			}
			add_word(tmp, &out, tokens[i + k], word, len, k + 1 < best_n);
			word += len + (word[len] == ' ');
		}
		in_phrase += best_n;
		i += best != NULL ? best_n : 1;
	}
	*known = n > 0 ? (double)in_phrase / n : 0;
	char *made = copy_text(mem, out.text != NULL ? out.text : text);
	talloc_free(tmp);
	return made;
}

/* syllables: an initial, then a rime (orthography, without tones) ------------------------------------ */

static const char *const initials[] = { "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "g",
	"h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "", NULL };
static const char *const rimes[] = { "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
	"ech", "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien", "ieng", "iep", "iet",
	"ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oat",
	"oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "oong", "op", "ot", "u", "ua", "uan", "uang", "uat",
	"uay", "uc", "ue", "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom", "uon", "uong", "uop", "uot", "uou",
	"up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet", "uynh", "uyt", "uyu", "y", "yem", "yen", "yet", "yeu", "ynh",
	NULL };

bool lexicon_is_syllable(const char *word)
{
	char *key = lexicon_key(NULL, word);
	bool good = false;
	for (int i = 0; initials[i] != NULL && !good; i++) {
		if (!text_starts(key, initials[i]))
			continue;
		const char *rest = key + strlen(initials[i]);
		for (int k = 0; rimes[k] != NULL && !good; k++)
			good = strcmp(rest, rimes[k]) == 0;
		if (!good && strcmp(initials[i], "gi") == 0)
			good = rest[0] == 0;
	}
	talloc_free(key);
	return good;
}
