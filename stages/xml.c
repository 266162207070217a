/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml.c - reading XML without trusting it, over libxml2's SAX. See xml.h.
 */
#include "xml.h"
#include "text.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <string.h>

/* Beside the parser while it runs (ctxt->_private). */
struct watch {
	enum xml_trouble trouble;
	int depth;
	const void *mem;
	char *said, *unbound;
};

static struct watch *watching(void *ctxt)
{
	return ((xmlParserCtxtPtr)ctxt)->_private;
}

static void stop(void *ctxt, enum xml_trouble t)
{
	if (watching(ctxt)->trouble == XML_FINE)
		watching(ctxt)->trouble = t;
	xmlStopParser(ctxt);
}

static void on_dtd(void *ctxt, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	stop(ctxt, XML_HAS_DTD);
}

static void on_start(void *ctxt, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
		     const xmlChar **ns, int n_attrs, int defaulted, const xmlChar **attrs)
{
	struct watch *w = watching(ctxt);
	if (++w->depth > XML_MAX_DEPTH)
		stop(ctxt, XML_TOO_DEEP);
	else if (n_attrs + n_ns > XML_MAX_ATTRS)
		stop(ctxt, XML_TOO_MANY_ATTRS);
	else
		xmlSAX2StartElementNs(ctxt, name, prefix, uri, n_ns, ns, n_attrs, defaulted, attrs);
}

static void on_end(void *ctxt, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	watching(ctxt)->depth--;
	xmlSAX2EndElementNs(ctxt, name, prefix, uri);
}

static void on_error(void *ctxt, xmlErrorPtr e)
{
	struct watch *w = watching(ctxt);
	char *says = format_text(w->mem, "%s (line %d)",
				 text_line(w->mem, e->message != NULL ? e->message : "?"), e->line);
	if (e->code == XML_NS_ERR_UNDEFINED_NAMESPACE) {
		if (w->unbound == NULL)
			w->unbound = says;
	} else if (e->level >= XML_ERR_ERROR && w->said == NULL)
		w->said = says;
}

static void drop_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static void drop_ctxt(void *ctxt)
{
	xmlFreeParserCtxt(ctxt);
}

xmlDoc *xml_read(const void *mem, struct bytes b, size_t max_bytes, enum xml_trouble *trouble, char **why)
{
	*trouble = XML_TOO_BIG;
	*why = NULL;
	if (b.len > max_bytes || b.len > INT32_MAX)
		return NULL;
	*trouble = xml_look(b, false);
	if (*trouble != XML_FINE)
		return NULL;
	void *scratch = talloc_new(mem);
	struct watch w = { .trouble = XML_FINE, .mem = mem };
	xmlSAXHandler sax = { .initialized = 0 };
	xmlSAXVersion(&sax, 2);
	sax.internalSubset = on_dtd;
	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	xmlParserCtxt *ctxt = own(scratch, xmlCreateMemoryParserCtxt((const char *)b.at, (int)b.len), drop_ctxt);
	if (ctxt == NULL) {
		talloc_free(scratch);
		*trouble = XML_NOT_WELL_FORMED;
		*why = copy_text(mem, "empty");
		return NULL;
	}
	*ctxt->sax = sax;
	ctxt->sax->serror = on_error;
	ctxt->_private = &w;
	xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NODICT);
	xmlParseDocument(ctxt);
	bool good = ctxt->wellFormed != 0 && ctxt->myDoc != NULL && w.trouble == XML_FINE
		&& xmlDocGetRootElement(ctxt->myDoc) != NULL;
	xmlDoc *doc = own(good ? mem : scratch, ctxt->myDoc, drop_doc);
	ctxt->myDoc = NULL;
	*trouble = w.trouble != XML_FINE ? w.trouble : good ? XML_FINE : XML_NOT_WELL_FORMED;
	*why = good ? w.unbound : w.said;
	if (!good && *why == NULL)
		*why = copy_text(mem, "no root element");
	talloc_free(scratch);
	return good ? doc : NULL;
}

struct bytes xml_begin(struct bytes b, size_t *stray)
{
	enum { LOOK = 256 };
	const uint8_t *at = memmem(b.at, b.len < LOOK ? b.len : LOOK, "<?xml", 5);
	size_t skip = at != NULL ? (size_t)(at - b.at) : 0;
	*stray = 0;
	if (skip == 0 || memchr(b.at, 0, skip) != NULL || memchr(b.at, '<', skip) != NULL)
		return b;
	for (size_t i = 0; i < skip; i++)
		*stray += strchr(" \t\r\n\xEF\xBB\xBF", b.at[i]) == NULL;
	return (struct bytes){ at, b.len - skip };
}

bool xml_is(const xmlNode *n, const char *name)
{
	if (n == NULL || n->type != XML_ELEMENT_NODE)
		return false;
	/* A prefix that is not bound stays in the name: "xlink:href". */
	const char *own_name = (const char *)n->name, *colon = strrchr(own_name, ':');
	return strcmp(colon != NULL ? colon + 1 : own_name, name) == 0;
}

const xmlNode *xml_after(const xmlNode *n)
{
	for (n = n != NULL ? n->next : NULL; n != NULL && n->type != XML_ELEMENT_NODE; n = n->next)
		;
	return n;
}

const xmlNode *xml_first(const xmlNode *parent)
{
	const xmlNode *n = parent != NULL ? parent->children : NULL;
	return n == NULL || n->type == XML_ELEMENT_NODE ? n : xml_after(n);
}

const xmlNode *xml_child(const xmlNode *parent, const char *name)
{
	const xmlNode *n = xml_first(parent);
	return n == NULL || xml_is(n, name) ? n : xml_next(n, name);
}

const xmlNode *xml_next(const xmlNode *n, const char *name)
{
	for (n = xml_after(n); n != NULL && !xml_is(n, name); n = xml_after(n))
		;
	return n;
}

const xmlNode *xml_below(const xmlNode *top, const char *name)
{
	const xmlNode *n = top;
	while (n != NULL) {
		const xmlNode *next = xml_first(n);
		while (next == NULL && n != top && n != NULL) {
			next = xml_after(n);
			if (next == NULL) {
				n = n->parent;
				if (n == top || n == NULL)
					break;
			}
		}
		n = next;
		if (xml_is(n, name))
			return n;
	}
	return NULL;
}

char *xml_text(const void *mem, const xmlNode *n)
{
	xmlChar *made = n != NULL ? xmlNodeGetContent(n) : NULL;
	char *text = copy_text(mem, made != NULL ? (const char *)made : "");
	xmlFree(made);
	return text;
}

char *xml_line(const void *mem, const xmlNode *n)
{
	char *text = xml_text(mem, n), *line = text_line(mem, text);
	talloc_free(text);
	return line;
}

char *xml_attr(const void *mem, const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n != NULL ? n->properties : NULL; a != NULL; a = a->next) {
		const char *own_name = (const char *)a->name, *colon = strrchr(own_name, ':');
		if (strcmp(colon != NULL ? colon + 1 : own_name, name) != 0)
			continue;
		xmlChar *made = xmlNodeListGetString(n->doc, a->children, 1);
		char *text = copy_text(mem, made != NULL ? (const char *)made : "");
		xmlFree(made);
		return text;
	}
	return NULL;
}

char *xml_path(const void *mem, const xmlNode *n)
{
	char *path = copy_text(mem, "");
	for (; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent) {
		const char *own_name = (const char *)n->name, *colon = strrchr(own_name, ':');
		const char *name = colon != NULL ? colon + 1 : own_name;
		int before = 0, after = 0;
		for (const xmlNode *s = n->prev; s != NULL; s = s->prev)
			before += xml_is(s, name);
		for (const xmlNode *s = n->next; s != NULL; s = s->next)
			after += xml_is(s, name);
		path = before + after > 0 ? format_text(mem, "/%s[%d]%s", name, before + 1, path)
			: format_text(mem, "/%s%s", name, path);
	}
	return path;
}
