/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * markup.c - XML as text. See markup.h.
 */
#include "markup.h"
#include "text.h"
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

struct bytes markup_core(const void *mem, const char *title, time_t at)
{
	struct buffer b = { .mem = mem };
	char *when = time_text(mem, at);
	buffer_text(&b, MARKUP_HEAD "<cp:coreProperties xmlns:cp=\"" MARKUP_PACKAGE "metadata/core-properties\" "
		    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
		    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	markup_text(&b, title);
	buffer_format(&b, "</dc:title><dc:creator>congvan</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">%s"
		      "</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">%s</dcterms:modified>"
		      "</cp:coreProperties>", when, when);
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}
