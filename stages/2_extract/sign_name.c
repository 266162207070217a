/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_name.c - prefixes of authority and names of persons as they are printed. See sign.h.
 */
#include "sign.h"
#include "text.h"
#include <ctype.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

const char *sign_prefix(const void *mem, const char *text, const char **rest)
{
	static const struct { const char *small, *says; } rows[] = {
		{ "tuq", "TUQ." }, { "tm", "TM." }, { "kt", "KT." }, { "tl", "TL." }, { "q", "Q." },
		{ "t/m", "TM." }, { "k/t", "KT." }, { "t/l", "TL." },  /* of the Party: Hướng dẫn 36-HD/VPTW */
	};
	struct fold f = fold_text(mem, text);
	size_t at = 0;
	while (at < f.n && !isalnum((unsigned char)f.small[at]))
		at++;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n = strlen(rows[i].small);
		if (strncmp(f.small + at, rows[i].small, n) != 0 || (at + n >= f.n && rows[i].small[1] != '/') || !isupper((unsigned char)f.cased[at]))
			continue;
		if (at + n < f.n && strchr(".,:;/", f.cased[at + n]) == NULL && !(f.cased[at + n] == ' ' && n >= 2))
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

bool sign_capitalised(const char *word)
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

/* A word in small letters is no syllable of a name, so with those before it it is a rank. */
int sign_name_words(const void *mem, const char *text, char *words[16], int *from)
{
	char *copy = copy_text(mem, text), *save = NULL;
	int n = 0;
	*from = 0;
	for (char *w = strtok_r(copy, " ", &save); w != NULL && n < 16; w = strtok_r(NULL, " ", &save)) {
		if (lexicon_key(mem, w)[0] != 0)
			words[n++] = w;
	}
	for (int i = 1; n - i > 2 && i < 5; i++) {
		ucs4_t c = 0;
		u8_next(&c, (const uint8_t *)words[i]);
		bool ranks = uc_is_lower(c);
		for (int k = *from; k <= i; k++)
			ranks = ranks && is_degree(words[k]);
		if (ranks)
			*from = i + 1;
	}
	while (n - *from > 2 && is_degree(words[*from]) && lexicon_find("surname", words[*from]) == NULL)
		++*from;
	while (n - *from > 2 && (strchr(words[*from], '.') != NULL))
		++*from;
	return n;
}

char *sign_name(const void *mem, const char *text)
{
	char *words[16];
	int from, n = sign_name_words(mem, text, words, &from);
	if (n - from < 2 || n - from > 5)
		return NULL;
	struct buffer b = { .mem = mem };
	for (int i = from; i < n; i++) {
		size_t len = strlen(words[i]);
		while (len > 0 && strchr(".,:;'`-_", words[i][len - 1]) != NULL)
			words[i][--len] = 0;
		if (!sign_capitalised(words[i]) || !lexicon_is_syllable(words[i]))
			return NULL;
		if (b.len > 0)
			buffer_text(&b, " ");
		buffer_text(&b, words[i]);
	}
	return b.text;
}

char *sign_upper_name(const void *mem, const char *text)
{
	double far;
	char *words[16], *name = copy_text(mem, "");
	int from, n = sign_name_words(mem, text, words, &from);
	for (int i = from; i < n; i++) {
		if (!lexicon_is_syllable(words[i]))
			return NULL;
		name = format_text(mem, "%s%s%s", name, i > from ? " " : "", words[i]);
	}
	if (n - from < 2 || n - from > 5 || lexicon_find("surname", words[from]) == NULL
	    || strcmp(name, text_upper(mem, name)) != 0)
		return NULL;
	lexicon_nearest("title", name, &far);
	if (far < 0.45)
		return NULL;
	lexicon_nearest("deputy", name, &far);
	return far < 0.45 ? NULL : name;
}
