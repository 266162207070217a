/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * read_text.c - plain text and XML that names no fields: their text, set on pages.
 *
 * Of XML only character data is text, one paragraph an element that holds some; attributes and comments are
 * not. What 1_ingest found unfit to be read (a DTD, a limit) is passed over without a word: it was told there.
 */
#include "layout.h"
#include "text.h"
#include "xml.h"
#include <string.h>

enum { MAX_TEXT = 4 << 20 };

static void add_para(struct layout *o, const char *text, size_t len)
{
	struct para p = { .align = ALIGN_LEFT };
	para_add_run(o->mem, &p, "")->text = text_nfc_part(o->mem, text, len);
	layout_para(o, &p);
}

/* Lines, a form feed begins a page. */
static void set_plain(struct layout *o, const char *text, size_t len)
{
	for (const char *end = text + len; text < end && !o->full;) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((nl != NULL ? nl : end) - text);
		size_t keep = n > 0 && text[n - 1] == '\r' ? n - 1 : n;
		add_para(o, text, keep);
		text += n + (nl != NULL);
	}
}

static void set_xml(struct layout *o, const xmlNode *n)
{
	for (n = n->children; n != NULL && !o->full; n = n->next) {
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
			char *line = text_line(o->mem, (const char *)n->content);
			/* Base64 is no text. */
			if (*line != 0 && strcspn(line, " ") < 200)
				add_para(o, line, strlen(line));
			talloc_free(line);
		} else if (n->type == XML_ELEMENT_NODE)
			set_xml(o, n);
	}
}

static bool bid(const struct part *p)
{
	static const char *const media[] = { "text/plain", "application/xml", NULL };
	return reader_media(p, media);
}

static void read(struct letter *l, int part, struct tables *tables)
{
	(void)tables;
	void *mem = talloc_new(l);
	struct layout o;
	layout_begin(&o, l, mem, part);
	const struct part *p = letter_find_part(l, part);
	struct bytes b = p->bytes;
	if (text_same(p->media, "application/xml")) {
		enum xml_trouble trouble;
		size_t stray;
		char *why;
		xmlDoc *doc = xml_read(mem, xml_begin(b, &stray), XML_MAX_BYTES, &trouble, &why);
		if (doc != NULL)
			set_xml(&o, (const xmlNode *)xmlDocGetRootElement(doc));
		for (int i = 0; i < l->pages.n; i++)
			if (l->pages.at[i].part == part) {
				l->pages.at[i].source = FROM_XML;
				for (int k = 0; k < l->pages.at[i].words.n; k++)
					l->pages.at[i].words.at[k].source = FROM_XML;
			}
	} else if (b.len >= 2 &&
		   b.at[0] < 0xFE) /* UTF-16 text is left to a person: nobody sends letters so */
		set_plain(&o, (const char *)b.at, b.len < MAX_TEXT ? b.len : MAX_TEXT);
	layout_end(&o);
	talloc_free(mem);
}

const struct reader reader_text = { .name = "text", .bid = bid, .read = read };
