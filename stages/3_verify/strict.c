/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * strict.c - XML that strangers sent, read by strict rules: strict.h says which.
 *
 * xml_look() goes first: see xml.h.
 */
#include "strict.h"
#include "text.h"
#include "xml.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <string.h>
#include <strings.h>

enum { MAX_TREE_NODES = 2000000 };
static const uint64_t MAX_NAMESPACE_COST = 1000000000;

static const char *look(struct bytes b, bool doctype)
{
	if (b.len > STRICT_MAX_BYTES)
		return "XML_TOO_BIG";
	bool wide = b.len >= 2 && (b.at[0] == 0 || b.at[1] == 0 || memcmp(b.at, "\xFE\xFF", 2) == 0 ||
				   memcmp(b.at, "\xFF\xFE", 2) == 0);
	size_t i = b.len >= 3 && memcmp(b.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (i < b.len && strchr(" \t\r\n", b.at[i]) != NULL)
		i++;
	if (!wide && (i >= b.len || b.at[i] != '<' || memchr(b.at, 0, b.len) != NULL))
		return "XML_MALFORMED";
	switch (xml_look(b, doctype)) {
	case XML_TOO_DEEP:
		return "XML_TOO_DEEP";
	case XML_TOO_MANY_ATTRS:
		return "XML_TOO_MANY_ATTRIBUTES";
	case XML_HAS_DTD:
		return "XML_DOCTYPE";
	default:
		return NULL;
	}
}

struct work {
	size_t nodes, spent;
};

/* What the parser keeps while it calls us back. */
struct reading {
	const char *why;
	bool doctype; /* one without declarations is let pass */
	uint64_t cost;
	int declared[STRICT_MAX_DEPTH + 2]; /* namespaces in scope at each depth */
	int depth, nodes;
};

static struct reading *reading_of(void *ctx)
{
	return ((xmlParserCtxt *)ctx)->_private;
}

static void refuse(void *ctx, const char *why)
{
	if (reading_of(ctx)->why == NULL)
		reading_of(ctx)->why = why;
	xmlStopParser(ctx);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	(void)name, (void)public_id, (void)system_id;
	if (!reading_of(ctx)->doctype)
		refuse(ctx, "XML_DOCTYPE");
}

static void on_start(void *ctx)
{
	static const char *const known[] = {
		"utf-8",	"utf8",	      "utf-16",	      "utf-16le",     "utf-16be",     "us-ascii",
		"ascii",	"iso-8859-1", "iso-8859-2",   "iso-8859-4",   "iso-8859-5",   "iso-8859-13",
		"iso-8859-15",	"latin1",     "windows-1250", "windows-1251", "windows-1252", "windows-1257",
		"windows-1258", "tcvn",	      "tcvn5712-1" };
	const xmlParserCtxt *p = ctx;
	const char *encoding = (const char *)(p->encoding != NULL ? p->encoding
					      : p->input != NULL  ? p->input->encoding
								  : NULL);
	bool fine = encoding == NULL;
	for (size_t i = 0; i < sizeof known / sizeof *known && !fine; i++)
		fine = strcasecmp(encoding, known[i]) == 0;
	if (!fine)
		refuse(ctx, "XML_ENCODING");
	xmlSAX2StartDocument(ctx);
}

static void on_element(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
		       int namespaces_n, const xmlChar **namespaces, int attributes_n, int defaulted,
		       const xmlChar **attributes)
{
	struct reading *r = reading_of(ctx);
	if (++r->depth > STRICT_MAX_DEPTH) {
		refuse(ctx, "XML_TOO_DEEP");
		return;
	}
	int scope = r->declared[r->depth - 1] + namespaces_n;
	r->declared[r->depth] = scope;
	r->cost += 1 + (uint64_t)scope * (uint64_t)scope;
	r->nodes += 1 + attributes_n;
	if (r->cost > MAX_NAMESPACE_COST || r->nodes > MAX_TREE_NODES) {
		refuse(ctx, "XML_TOO_COMPLEX");
		return;
	}
	xmlSAX2StartElementNs(ctx, name, prefix, uri, namespaces_n, namespaces, attributes_n, defaulted,
			      attributes);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	reading_of(ctx)->depth--;
	xmlSAX2EndElementNs(ctx, name, prefix, uri);
}

static void on_message(void *ctx, const char *format, ...)
{
	(void)ctx, (void)format;
}

static void drop_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static xmlDoc *read_document(const void *mem, struct bytes b, bool doctype, const char **why)
{
	*why = look(b, doctype);
	if (*why != NULL)
		return NULL;
	struct reading r = { .doctype = doctype };
	xmlParserCtxt *ctx = xmlNewParserCtxt();
	if (ctx == NULL)
		abort();
	ctx->_private = &r;
	ctx->sax->internalSubset = on_doctype;
	ctx->sax->startDocument = on_start;
	ctx->sax->startElementNs = on_element;
	ctx->sax->endElementNs = on_end;
	ctx->sax->error = ctx->sax->warning = on_message;
	ctx->sax->serror = NULL;
	/* A text of more than 10 MB (an attachment in edXML) needs XML_PARSE_HUGE; the limits it lifts are
	 * ours. */
	int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
		      (b.len > 9000000 ? XML_PARSE_HUGE : 0);
	xmlDoc *doc = xmlCtxtReadMemory(ctx, (const char *)b.at, (int)b.len, NULL, NULL, options);
	xmlFreeParserCtxt(ctx);
	if (doc != NULL && (r.why != NULL || xmlDocGetRootElement(doc) == NULL)) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (doc != NULL) {
		struct work *w = new_zero(mem, struct work);
		w->nodes = (size_t)r.nodes;
		doc->_private = w;
	}
	*why = doc != NULL ? NULL : r.why != NULL ? r.why : "XML_MALFORMED";
	return own(mem, doc, drop_doc);
}

xmlDoc *strict_read(const void *mem, struct bytes b, const char **why)
{
	return read_document(mem, b, false, why);
}

xmlDoc *strict_read_member(const void *mem, struct bytes b, const char **why)
{
	return read_document(mem, b, true, why);
}

bool strict_spend(xmlDoc *doc, size_t octets)
{
	struct work *w = doc->_private;
	if (w == NULL) /* one we made ourselves: small */
		return true;
	w->spent = octets > STRICT_MAX_WORK - w->spent ? STRICT_MAX_WORK : w->spent + octets;
	return w->spent < STRICT_MAX_WORK;
}

bool strict_pass(xmlDoc *doc)
{
	const struct work *w = doc->_private;
	return strict_spend(doc, w != NULL ? 1024 + 4 * w->nodes : 0);
}

/* As it stands, or in UTF-16 of either order. */
static bool mentions(struct bytes b, const char *word)
{
	uint8_t wide[2 * sizeof NS_DSIG] = { 0 };
	size_t len = strlen(word);
	for (size_t i = 0; i < len; i++)
		wide[2 * i] = (uint8_t)word[i];
	return memmem(b.at, b.len, word, len) != NULL || memmem(b.at, b.len, wide, 2 * len - 1) != NULL;
}

bool strict_mentions_signature(struct bytes b)
{
	return mentions(b, "SignatureValue") && mentions(b, NS_DSIG);
}

bool strict_is(const xmlNode *n, const char *ns, const char *name)
{
	return n != NULL && n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0 &&
	       (ns == NULL ||
		(n->ns != NULL && n->ns->href != NULL && strcmp((const char *)n->ns->href, ns) == 0));
}

bool strict_is_xades(const xmlNode *n, const char *name)
{
	return strict_is(n, NULL, name) && n->ns != NULL && n->ns->href != NULL &&
	       text_starts((const char *)n->ns->href, "http://uri.etsi.org/01903/");
}

xmlNode *strict_first_element(const xmlNode *n)
{
	xmlNode *c = n != NULL ? n->children : NULL;
	while (c != NULL && c->type != XML_ELEMENT_NODE)
		c = c->next;
	return c;
}

xmlNode *strict_next_element(const xmlNode *n)
{
	xmlNode *c = n->next;
	while (c != NULL && c->type != XML_ELEMENT_NODE)
		c = c->next;
	return c;
}

xmlNode *strict_child(const xmlNode *n, const char *ns, const char *name)
{
	for (xmlNode *c = strict_first_element(n); c != NULL; c = strict_next_element(c))
		if (strict_is(c, ns, name))
			return c;
	return NULL;
}

xmlNode *strict_child_xades(const xmlNode *n, const char *name)
{
	for (xmlNode *c = strict_first_element(n); c != NULL; c = strict_next_element(c))
		if (strict_is_xades(c, name))
			return c;
	return NULL;
}

xmlNode *strict_next(const xmlNode *n)
{
	for (xmlNode *c = strict_next_element(n); c != NULL; c = strict_next_element(c))
		if (strcmp((const char *)c->name, (const char *)n->name) == 0)
			return c;
	return NULL;
}

bool strict_holds(const xmlNode *ancestor, const xmlNode *n)
{
	while (n != NULL && n != ancestor)
		n = n->parent;
	return n != NULL;
}

xmlNode *strict_walk(xmlNode *at, const xmlNode *top)
{
	if (at->children != NULL && at->type == XML_ELEMENT_NODE)
		return at->children;
	while (at != top && at->next == NULL)
		at = at->parent;
	return at == top || at == NULL ? NULL : at->next;
}

char *strict_text(const void *mem, const xmlNode *n)
{
	xmlChar *all = n != NULL ? xmlNodeGetContent(n) : NULL;
	const char *from = all != NULL ? (const char *)all : "";
	from += strspn(from, " \t\r\n");
	size_t len = strlen(from);
	while (len > 0 && strchr(" \t\r\n", from[len - 1]) != NULL)
		len--;
	char *out = copy_part(mem, from, len);
	xmlFree(all);
	return out;
}

char *strict_attribute(const void *mem, const xmlNode *n, const char *name)
{
	xmlChar *value = n != NULL ? xmlGetNoNsProp(n, (const xmlChar *)name) : NULL;
	char *out = copy_text(mem, (const char *)value);
	xmlFree(value);
	return out;
}

bool strict_base64(const void *mem, const xmlNode *n, struct bytes *out)
{
	char *text = n != NULL ? strict_text(mem, n) : NULL;
	return text != NULL && text_from_base64(mem, text, strlen(text), out) && out->len > 0;
}

/* SAML 1.1 5.4.2: its ids have names of their own. */
static bool is_saml_id(const xmlAttr *a)
{
	static const char *const names[] = { "AssertionID", "RequestID", "ResponseID" };
	const xmlNs *ns = a->parent->ns;
	bool is = false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		is = is || strcmp((const char *)a->name, names[i]) == 0;
	return is && ns != NULL && ns->href != NULL &&
	       text_starts((const char *)ns->href, "urn:oasis:names:tc:SAML:1.0:");
}

static bool is_id(const xmlAttr *a)
{
	const char *name = (const char *)a->name;
	if (a->ns != NULL)
		return a->ns->href != NULL && (strcmp(name, "id") == 0 || strcmp(name, "Id") == 0);
	return strcmp(name, "Id") == 0 || strcmp(name, "ID") == 0 || strcmp(name, "id") == 0 || is_saml_id(a);
}

xmlNode *strict_find_id(xmlDoc *doc, const char *id, int *count)
{
	xmlNode *root = xmlDocGetRootElement(doc), *found = NULL;
	*count = 0;
	for (xmlNode *n = root; n != NULL; n = strict_walk(n, root)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		for (xmlAttr *a = n->properties; a != NULL; a = a->next) {
			if (!is_id(a) || a->children == NULL || a->children->next != NULL ||
			    a->children->content == NULL ||
			    strcmp((const char *)a->children->content, id) != 0)
				continue;
			if (found != n)
				(*count)++;
			found = n;
		}
	}
	return *count == 1 ? found : NULL;
}
