/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dn.c - a distinguished name in its text form. See dn.h.
 */
#include "dn.h"
#include <ctype.h>
#include <string.h>

static int hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

/* How long "TYPE=" is at c; 0 when no attribute begins there. */
static size_t type_at(const char *c)
{
	size_t n = 0;
	while (isalnum((unsigned char)c[n]) || c[n] == '.')
		n++;
	return n > 0 && c[n] == '=' ? n + 1 : 0;
}

/* The piece up to the next unescaped separator; escapes are undone. */
static const char *piece(struct buffer *b, const char *c)
{
	for (; *c != 0 && *c != ',' && *c != ';'; c++) {
		if (*c != '\\' || c[1] == 0) {
			buffer_add(b, c, 1);
			continue;
		}
		if (hex(c[1]) >= 0 && hex(c[2]) >= 0) {
			char byte = (char)(hex(c[1]) << 4 | hex(c[2]));
			buffer_add(b, &byte, 1);
			c += 2;
		} else
			buffer_add(b, ++c, 1);
	}
	return c;
}

void dn_parse(const void *mem, const char *dn, struct dn *s)
{
	s->n = 0;
	struct buffer value = { .mem = mem };
	for (const char *c = dn; c != NULL && *c != 0;) {
		while (*c == ' ' || *c == ',' || *c == ';' || *c == '+')
			c++;
		size_t n = type_at(c);
		if (n == 0 && s->n > 0) {      /* a bare comma inside the value */
			buffer_text(&value, ", ");
			c = piece(&value, c);
		} else if (s->n < DN_MAX) {
			value = (struct buffer){ .mem = mem };
			s->at[s->n].type = copy_part(mem, c, n > 0 ? n - 1 : 0);
			for (char *t = s->at[s->n].type; *t != 0; t++)
				*t = (char)toupper((unsigned char)*t);
			s->n++;
			c = piece(&value, c + n);
		} else
			break;
		s->at[s->n - 1].value = value.text != NULL ? value.text : copy_text(mem, "");
	}
}

const char *dn_find(const struct dn *s, const char *type)
{
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->at[i].type, type) == 0)
			return s->at[i].value;
	return NULL;
}
