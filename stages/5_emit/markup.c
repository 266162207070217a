/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * markup.c - XML as text. See markup.h.
 */
#include "markup.h"
#include <stdbool.h>
#include <string.h>

/* XML 1.0 production 2: controls but tab, LF and CR, and U+FFFE, U+FFFF, cannot stand in a document at all. */
static bool is_forbidden(const char *at, size_t *len)
{
	unsigned char c = (unsigned char)at[0];
	*len = 1;
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	if (c == 0xEF && (unsigned char)at[1] == 0xBF && (unsigned char)at[2] >= 0xBE) {
		*len = 3;
		return true;
	}
	return false;
}

void markup_text(struct buffer *b, const char *text)
{
	size_t len;
	for (; text != NULL && *text != 0; text += len) {
		if (is_forbidden(text, &len)) {
			buffer_text(b, "\xEF\xBF\xBD");
			continue;
		}
		switch (*text) {
		case '&': buffer_text(b, "&amp;"); break;
		case '<': buffer_text(b, "&lt;"); break;
		case '>': buffer_text(b, "&gt;"); break;
		case '"': buffer_text(b, "&quot;"); break;
		default: buffer_add(b, text, 1);
		}
	}
}

char *markup_clean(const void *mem, const char *text)
{
	struct buffer b = { .mem = mem };
	size_t len;
	if (text == NULL)
		return NULL;
	for (; *text != 0; text += len)
		if (is_forbidden(text, &len))
			buffer_text(&b, "\xEF\xBF\xBD");
		else
			buffer_add(&b, text, 1);
	return b.text != NULL ? b.text : copy_text(mem, "");
}
