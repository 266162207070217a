/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * config.c - a strict reader of INI. See config.h.
 */
#include "config.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *trim(char *text)
{
	while (*text == ' ' || *text == '\t')
		text++;
	size_t n = strlen(text);
	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		text[--n] = 0;
	return text;
}

/* NULL: good. */
static const char *read_line(char *line, bool (*put)(void *, const char *, const char *, const char **), void *with)
{
	char *text = trim(line);
	if (*text == 0 || *text == '#' || *text == ';')
		return NULL;
	if (!text_is_valid((struct bytes){ (const uint8_t *)text, strlen(text) }))
		return said("not UTF-8");
	if (*text == '[')
		return text_ends(text, "]") ? NULL : said("a section ends with ]");
	char *equals = strchr(text, '=');
	if (equals == NULL)
		return said("neither [section] nor key = value");
	*equals = 0;
	const char *why = said("unknown key");
	return put(with, trim(text), copy_text(NULL, trim(equals + 1)), &why) ? NULL : why;
}

bool config_read(const char *path, bool (*put)(void *, const char *, const char *, const char **), void *with)
{
	FILE *f = fopen(path, "re");
	if (f == NULL) {
		say("%s: %s", path, say_error(errno));
		return false;
	}
	char *line = NULL;
	size_t room = 0;
	const char *why = NULL;
	int number = 0;
	while (why == NULL && getline(&line, &room, f) >= 0) {
		number++;
		char *copy = copy_text(NULL, line);
		why = read_line(copy, put, with);
		if (why != NULL)
			say("%s:%d: %s: %s", path, number, why, trim(line));
		talloc_free(copy);
	}
	free(line);
	fclose(f);
	return why == NULL;
}
