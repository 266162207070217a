/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cell.c - broken lines of a cell put together, and values by their column's type. See cell.h.
 */
#include "cell.h"
#include "grammar.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

/* A symbol goes on over the break: "86/NQ-" + "HĐND", "782" + "/NQ-HĐND". "Phan Rang -" + "Tháp Chàm" does not. */
static bool joins(const char *line, size_t n, const char *next)
{
	bool broken_behind = n >= 2 && (line[n - 1] == '-' || line[n - 1] == '/') && line[n - 2] != ' ';
	bool broken_before = n >= 1 && (*next == '/' || *next == '-') && next[1] != ' ' && next[1] != 0
		&& isdigit((unsigned char)line[n - 1]);
	return broken_behind || broken_before;
}

char *cell_line(const void *mem, const char *text)
{
	struct buffer out = { .mem = mem };
	buffer_text(&out, "");
	for (const char *at = text; at != NULL;) {
		const char *end = strchr(at, '\n');
		char *line = text_line(mem, end != NULL ? copy_part(mem, at, (size_t)(end - at)) : at);
		if (*line != 0)
			buffer_format(&out, "%s%s", out.len > 0 && !joins(out.text, out.len, line) ? " " : "", line);
		at = end != NULL ? end + 1 : NULL;
	}
	return out.text;
}

static char *squeezed(const void *mem, const char *text)
{
	char *line = text_line(mem, text), *to = line;
	for (const char *p = line; *p != 0; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = 0;
	return line;
}

/* An identity column may hold number, date and place of issue: the number must be there. A break inside the number
 * is no part of it, nor are the spaces or dots people put between its groups. */
static char *identity(const void *mem, const char *text)
{
	enum { DIGITS = 12 };
	for (const char *p = text; *p != 0; p++) {
		char number[DIGITS + 1];
		int n = 0;
		const char *q = p;
		if (!isdigit((unsigned char)*p) || (p > text && isdigit((unsigned char)p[-1])))
			continue;
		for (; n < DIGITS && (isdigit((unsigned char)*q) || (n > 0 && strchr(" .\n", *q) != NULL)) && *q != 0; q++)
			if (isdigit((unsigned char)*q))
				number[n++] = *q;
		if (n < DIGITS || isdigit((unsigned char)*q))
			continue;
		number[n] = 0;
		char *before = copy_part(mem, text, (size_t)(p - text));
		return cell_line(mem, format_text(mem, "%s%s%s", before, number, q));
	}
	return NULL;
}

/* "25/12/19" + "85": tried with its breaks first, which may stand for spaces. */
static char *broken_date(const void *mem, const char *text)
{
	char *date = grammar_date(mem, text);
	return date != NULL ? date : grammar_date(mem, squeezed(mem, text));
}

/* Who made the card is one word, broken anywhere; anything else is kept as it is written. */
static char *sim(const void *mem, const char *text)
{
	static const char *const makers[] = { "viettel", "vinaphone", "mobifone", "vina", "mobi", NULL };
	char *whole = squeezed(mem, text), *key = text_weak(mem, whole);
	for (int i = 0; makers[i] != NULL; i++)
		if (strcmp(key, makers[i]) == 0 || (text_starts(key, makers[i]) && text_ends(key, "/cs")))
			return whole;
	return cell_line(mem, text);
}

/* The first word of a cell that holds a serial and a note: "5A10C3D2 (SIM 0912...)". */
static char *first_serial(const void *mem, const char *text)
{
	char *whole = grammar_serial(mem, text);
	if (whole != NULL)
		return whole;
	char *line = text_line(mem, text);
	line[strcspn(line, " (;,/")] = 0;
	return strlen(line) >= 6 ? grammar_serial(mem, line) : NULL;
}

char *cell_typed(const void *mem, const struct form_column *column, const char *text)
{
	const char *type = column->type;
	if (strcmp(type, "date") == 0)
		return broken_date(mem, text);
	if (strcmp(type, "email") == 0)
		return grammar_mailbox(mem, squeezed(mem, text));
	if (strcmp(type, "phone") == 0)
		return grammar_phone(mem, text);
	if (strcmp(type, "serial") == 0)
		return first_serial(mem, text);
	if (strcmp(type, "device") == 0)
		return grammar_device(mem, squeezed(mem, text));
	if (strcmp(type, "tax") == 0)
		return grammar_tax(mem, squeezed(mem, text));
	if (strcmp(type, "budget") == 0)
		return grammar_budget(mem, squeezed(mem, text));
	if (strcmp(type, "mark") == 0)
		return grammar_mark(mem, text);
	if (strcmp(type, "sim") == 0)
		return sim(mem, text);
	if (strcmp(type, "identity") == 0)
		return identity(mem, text);
	return cell_line(mem, text);
}

bool cell_blank(const char *text)
{
	for (; *text != 0; text++)
		if (strchr(" \t\n._-/\xE2\x80\xA6", *text) == NULL)
			return false;
	return true;
}

/* Lines are taken together until they are a mailbox that nothing more belongs to. */
char *cell_mailbox(const void *mem, const char *text, size_t *at)
{
	static const char *const ends[] = { ".vn", ".com", ".net", ".org", ".example", NULL };
	char *taken = copy_text(mem, "");
	while (text[*at] != 0) {
		*at += strspn(text + *at, " \t\n;,<>()");
		size_t n = strcspn(text + *at, " \t\n;,<>()");
		const char *more = text + *at + n, *next_line = strchr(more, '\n');
		bool breaks = next_line != NULL && strspn(more, " \t") == (size_t)(next_line - more);
		bool next_has = breaks && memchr(next_line + 1, '@', strcspn(next_line + 1, "\n")) != NULL;
		taken = format_text(mem, "%s%.*s", taken, (int)n, text + *at);
		*at += n;
		char *mailbox = grammar_mailbox(mem, taken);
		bool ended = !breaks || next_has;
		for (int i = 0; mailbox != NULL && ends[i] != NULL; i++)
			ended |= text_ends(mailbox, ends[i]) && next_line != NULL && next_line[1] != '.';
		if (mailbox != NULL && ended)
			return mailbox;
		if (!breaks)
			taken = copy_text(mem, "");
	}
	return NULL;
}
