/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_look.c - a look at XML before it is parsed. See xml.h.
 *
 * It is needed because libxml2 compares the attributes of an element pairwise and tells nobody before it is done:
 * 300,000 of them cost a minute and a half. It knows tags, comments, CDATA and processing instructions, nothing
 * else; what it lets through still has to be well-formed for the parser, which stops at the first thing that
 * this look could have misread.
 */
#include "xml.h"
#include <string.h>

struct lexer {
	const uint8_t *at, *end;
};

static bool at_text(const struct lexer *x, const char *text)
{
	size_t n = strlen(text);
	return (size_t)(x->end - x->at) >= n && memcmp(x->at, text, n) == 0;
}

/* Moves behind the text; to the end when it does not come. */
static void skip_past(struct lexer *x, const char *text)
{
	const uint8_t *found = memmem(x->at, (size_t)(x->end - x->at), text, strlen(text));
	x->at = found != NULL ? found + strlen(text) : x->end;
}

/* Behind the '<' of a start tag: counts what looks like attributes. True when the element is empty. */
static bool skip_tag(struct lexer *x, int *attributes)
{
	*attributes = 0;
	uint8_t before = 0;
	while (x->at < x->end && *x->at != '>') {
		uint8_t c = *x->at++;
		if (c == '"' || c == '\'') {
			const uint8_t *close = memchr(x->at, c, (size_t)(x->end - x->at));
			x->at = close != NULL ? close + 1 : x->end;
			(*attributes)++;
		}
		before = c;
	}
	if (x->at < x->end)
		x->at++;
	return before == '/';
}

/* "<!DOCTYPE name PUBLIC '...' '...'>": no '[' before the end. */
static bool skip_plain_doctype(struct lexer *x)
{
	if (!at_text(x, "<!DOCTYPE"))
		return false;
	while (x->at < x->end && *x->at != '>' && *x->at != '[')
		x->at++;
	return x->at < x->end && *x->at++ == '>';
}

static enum xml_trouble look(struct lexer x, bool plain_doctype)
{
	int depth = 0, attributes;
	while (x.at < x.end) {
		const uint8_t *open = memchr(x.at, '<', (size_t)(x.end - x.at));
		if (open == NULL)
			return XML_FINE;
		x.at = open;
		if (at_text(&x, "<!--"))
			skip_past(&x, "-->");
		else if (at_text(&x, "<![CDATA["))
			skip_past(&x, "]]>");
		else if (at_text(&x, "<?"))
			skip_past(&x, "?>");
		else if (at_text(&x, "<!")) {
			if (!plain_doctype || !skip_plain_doctype(&x))
				return XML_HAS_DTD;
		} else if (at_text(&x, "</")) {
			depth--;
			skip_past(&x, ">");
		} else {
			x.at++;
			if (!skip_tag(&x, &attributes) && ++depth > XML_MAX_DEPTH)
				return XML_TOO_DEEP;
			if (attributes > XML_MAX_ATTRS)
				return XML_TOO_MANY_ATTRS;
		}
	}
	return XML_FINE;
}

/* UTF-16 with every unit above 127 as '?': enough for look(). */
static struct lexer narrow(const void *mem, struct bytes b, bool big)
{
	uint8_t *out = talloc_array(mem, uint8_t, (unsigned)(b.len / 2 + 1));
	for (size_t i = 0; i + 1 < b.len; i += 2) {
		uint8_t high = b.at[big ? i : i + 1], low = b.at[big ? i + 1 : i];
		out[i / 2] = high == 0 && low < 128 ? low : '?';
	}
	return (struct lexer){ out, out + b.len / 2 };
}

enum xml_trouble xml_look(struct bytes b, bool plain_doctype)
{
	if (b.len < 2)
		return XML_FINE;
	bool big = (b.at[0] == 0xFE && b.at[1] == 0xFF) || b.at[0] == 0;
	bool little = (b.at[0] == 0xFF && b.at[1] == 0xFE) || b.at[1] == 0;
	if (!big && !little)
		return look((struct lexer){ b.at, b.at + b.len }, plain_doctype);
	void *mem = talloc_new(NULL);
	enum xml_trouble t = look(narrow(mem, b, big), plain_doctype);
	talloc_free(mem);
	return t;
}
