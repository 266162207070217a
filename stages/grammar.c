/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grammar.c - values by their grammar. See grammar.h.
 */
#include "grammar.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static char *date_of(const void *mem, int year, int month, int day)
{
	if (year < 1900 || year > 2199 || !date_is_real(year, month, day))
		return NULL;
	return format_text(mem, "%04d-%02d-%02d", year, month, day);
}

/* Three numbers with the same separator, then nothing, or a blank or T and a time. */
static char *date_in(const void *mem, const char *text, enum date_order order)
{
	char *line = text_line(mem, text), *key = text_weak(mem, line), *date = NULL;
	int a, b, c, end = 0;
	char s1, s2;
	if (sscanf(key, "ngay %2d thang %2d nam %4d%n", &a, &b, &c, &end) == 3 && end > 0 && key[end] == 0)
		date = date_of(mem, c, b, a);
	else if (is_digit(key[0]) && sscanf(key, "%4d%c%2d%c%4d%n", &a, &s1, &b, &s2, &c, &end) == 5 && s1 == s2
		 && strchr("/.-", s1) != NULL && is_digit(key[end - 1])) {
		const char *rest = key + end;
		bool time = *rest == ' ' || ((*rest == 'T' || *rest == 't') && is_digit(rest[1]));
		for (const char *p = rest; time && *p != 0; p++)
			time = is_digit(*p) || strchr(" Tt:+-.Zz", *p) != NULL;
		if (*rest == 0 || time)
			date = a > 31 ? date_of(mem, a, b, c) : c <= 31 ? NULL : order == MONTH_FIRST ? date_of(mem, c, a, b)
				: date_of(mem, c, b, a);
	}
	talloc_free(line);
	talloc_free(key);
	return date;
}

char *grammar_date(const void *mem, const char *text) { return date_in(mem, text, DAY_FIRST); }

enum { EXCEL_EPOCH = -25569, EXCEL_FROM = 32874, EXCEL_TO = 73050 };   /* 1899-12-30; 1990 to 2099 */

char *grammar_date_listed(const void *mem, const char *text, enum date_order order)
{
	text += strspn(text, " ");
	size_t digits = strspn(text, "0123456789");
	int number = digits == 5 && text[5 + strspn(text + 5, " ")] == 0 ? atoi(text) : 0;
	return number >= EXCEL_FROM && number <= EXCEL_TO ? date_text(mem, EXCEL_EPOCH + number) : date_in(mem, text, order);
}

enum date_order grammar_date_order(const char *text)
{
	char *day = date_in(NULL, text, DAY_FIRST), *month = date_in(NULL, text, MONTH_FIRST);
	enum date_order order = day != NULL && month == NULL ? DAY_FIRST : day == NULL && month != NULL ? MONTH_FIRST : EITHER_ORDER;
	talloc_free(day);
	talloc_free(month);
	return order;
}

/* text_serial() keeps all of it but what opens it: the zeros come again from the text. */
static char *with_zeros(const void *mem, const char *line, const char *key)
{
	size_t zeros = 0;
	line += strspn(line, " \t'");
	if (line[0] == '0' && (line[1] == 'x' || line[1] == 'X'))
		line += 2;
	for (; *line != 0 && strchr("0 :\t-", *line) != NULL; line++)
		zeros += *line == '0';
	return format_text(mem, "%.*s%s", (int)zeros, "0000000000000000000000000000000000000000", key);
}

char *grammar_serial(const void *mem, const char *text)
{
	char *line = text_line(mem, text), *key = text_serial(NULL, line), *printed = with_zeros(mem, line, key);
	size_t n = strlen(line), k = strlen(key);
	bool good = k >= 1 && strlen(printed) <= 40 && key[strspn(key, "0123456789ABCDEF")] == 0 && strchr(" :-", line[n - 1]) == NULL
		&& strchr(":-", line[0]) == NULL;
	talloc_free(line);
	talloc_free(key);
	if (good)
		return printed;
	talloc_free(printed);
	return NULL;
}

bool grammar_none(const char *text)
{
	static const char *const says[] = { "khong", "khong co", "chua co", "chua duoc cap", "chua cap", "khong su dung", "none", "no certificate" };
	static const char *const what[] = { "", " cts", " chung thu", " chung thu so", " chung thu chu ky so" };
	size_t n = strlen(text);
	if (n < 4 || n > 60)                   /* most serials end here */
		return false;
	char *key = text_weak(NULL, text);
	bool none = false;
	for (size_t i = 0; i < sizeof says / sizeof *says && !none; i++)
		for (size_t k = 0; k < sizeof what / sizeof *what && !none; k++) {
			size_t len = strlen(says[i]);
			none = strncmp(key, says[i], len) == 0 && strcmp(key + len, what[k]) == 0;
		}
	talloc_free(key);
	return none;
}

char *grammar_device(const void *mem, const char *text)
{
	char *line = text_line(mem, text), *upper = text_upper(mem, line);
	size_t n = 0;
	bool good = true;
	talloc_free(line);
	for (const char *p = upper; *p != 0; p++) {
		n += is_digit(*p) || (*p >= 'A' && *p <= 'Z');
		good = good && (is_digit(*p) || (*p >= 'A' && *p <= 'Z') || strchr("-_./ ", *p) != NULL);
	}
	if (good && n >= 4 && n <= 40)
		return upper;
	talloc_free(upper);
	return NULL;
}

char *grammar_mailbox(const void *mem, const char *text)
{
	char *line = text_line(mem, text), *low = text_lower(mem, line);
	talloc_free(line);
	const char *at = strchr(low, '@'), *dot = at != NULL ? strrchr(at, '.') : NULL;
	bool good = at != NULL && at > low && strchr(at + 1, '@') == NULL && dot != NULL && dot > at + 1
		&& strlen(dot) >= 3 && at - low <= 64 && strlen(low) <= 254 && strstr(low, "..") == NULL;
	for (const char *p = low; *p != 0 && good; p++)
		good = is_digit(*p) || (*p >= 'a' && *p <= 'z') || *p == '@' || *p == '.' || *p == '-'
			|| (p < at && strchr("_+&'=/", *p) != NULL);
	if (good)
		return low;
	talloc_free(low);
	return NULL;
}

/* The digits of a text that holds nothing else but what is in `between`; NULL otherwise. */
static char *digits(const void *mem, const char *text, const char *between)
{
	struct buffer b = { .mem = mem };
	char *line = text_line(mem, text);
	bool good = true;
	buffer_text(&b, "");
	for (const char *p = line; *p != 0 && good; p++) {
		if (is_digit(*p))
			buffer_add(&b, p, 1);
		else
			good = strchr(between, *p) != NULL;
	}
	talloc_free(line);
	if (good)
		return b.text;
	talloc_free(b.text);
	return NULL;
}

static char *of_length(char *text, size_t least, size_t most)
{
	if (text != NULL && strlen(text) >= least && strlen(text) <= most)
		return text;
	talloc_free(text);
	return NULL;
}

char *grammar_identity(const void *mem, const char *text) { return of_length(digits(mem, text, " ."), 12, 12); }
char *grammar_phone(const void *mem, const char *text) { return of_length(digits(mem, text, " .-()+"), 8, 15); }
char *grammar_budget(const void *mem, const char *text) { return of_length(digits(mem, text, " ."), 7, 7); }

char *grammar_tax(const void *mem, const char *text)
{
	char *all = of_length(digits(mem, text, " .-"), 10, 13);
	if (all == NULL || strlen(all) == 11)
		return of_length(all, SIZE_MAX, 0);
	if (strlen(all) != 13)
		return all;
	char *with_branch = format_text(mem, "%.10s-%s", all, all + 10);
	talloc_free(all);
	return with_branch;
}

char *grammar_mark(const void *mem, const char *text)
{
	static const char *const ticks[] = { "x", "(x)", "[x]", "v", "1", "co", "true", "yes", "\xE2\x9C\x93",
		"\xE2\x9C\x94", "\xE2\x98\x91", "\xE2\x98\x92", "\xC3\x97", NULL };
	char *line = text_line(mem, text), *key = text_weak(mem, line);
	bool ticked = false;
	for (int i = 0; ticks[i] != NULL && !ticked; i++)
		ticked = strcmp(key, ticks[i]) == 0 || strcmp(line, ticks[i]) == 0;
	talloc_free(line);
	talloc_free(key);
	return ticked ? copy_text(mem, "x") : NULL;
}

enum { ORGAN_MAX = 35, ORGAN_GROUPS = 12 };

char *grammar_organ(const void *mem, const char *text, bool *old)
{
	char *line = text_line(mem, text), *group[ORGAN_GROUPS], *code = NULL;
	int n = 0;
	bool good = *line != 0 && strlen(line) <= ORGAN_MAX;
	*old = false;
	for (char *p = line; good && p != NULL;) {
		group[n++] = p;
		p = strchr(p, '.');
		if (p != NULL)
			*p++ = 0;
		good = *group[n - 1] != 0 && (p == NULL || n < ORGAN_GROUPS);
		for (const char *c = group[n - 1]; *c != 0; c++)
			good = good && (is_digit(*c) || (*c >= 'A' && *c <= 'Z'));
	}
	for (int turn = 0; turn < 2 && good && code == NULL; turn++) {
		const char *top = turn == 0 ? group[0] : group[n - 1];
		if (strlen(top) != 3 || top[0] < 'A' || top[0] > 'Y' || !is_digit(top[1]) || !is_digit(top[2]))
			continue;
		struct buffer b = { .mem = mem };
		buffer_text(&b, top);
		for (int i = 1; i < n; i++) {
			const char *g = turn == 0 ? group[i] : group[n - 1 - i];
			if (turn == 0 || strspn(g, "0") != strlen(g))
				buffer_format(&b, ".%s", g);
		}
		*old = turn == 1;
		code = b.text;
	}
	talloc_free(line);
	return code;
}
