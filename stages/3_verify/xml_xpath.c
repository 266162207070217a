/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_xpath.c - XPath that a stranger wrote, and pointers made of it: xml_xpath.h.
 */
#include "xml_xpath.h"
#include "text.h"
#include <libxml/xpathInternals.h>
#include <string.h>

static xmlNode *bearer_of(const xmlXPathContext *c)
{
	return c->userData;
}

/* here(): it rides in the context's user data. */
static void here(xmlXPathParserContext *p, int arguments)
{
	if (arguments != 0) {
		xmlXPathSetArityError(p);
		return;
	}
	valuePush(p, xmlXPathNewNodeSet(bearer_of(p->context)));
}

/* XPath 1.0, 4.1: the argument is a list of ids between spaces, or nodes whose texts are such. */
static void id(xmlXPathParserContext *p, int arguments)
{
	if (arguments != 1) {
		xmlXPathSetArityError(p);
		return;
	}
	void *mine = talloc_new(NULL);
	struct buffer ids = { .mem = mine };
	xmlXPathObject *given = valuePop(p), *found = xmlXPathNewNodeSet(NULL);
	const xmlNodeSet *set = given != NULL && given->type == XPATH_NODESET ? given->nodesetval : NULL;
	for (int i = 0; set != NULL && i < set->nodeNr; i++) {
		xmlChar *text = xmlXPathCastNodeToString(set->nodeTab[i]);
		buffer_format(&ids, "%s ", (const char *)text);
		xmlFree(text);
	}
	if (set == NULL) {
		xmlChar *text = xmlXPathCastToString(given);
		buffer_text(&ids, (const char *)text);
		xmlFree(text);
	}
	char *rest, *word = ids.text != NULL ? strtok_r(ids.text, " \t\r\n", &rest) : NULL;
	bool within = true;
	for (; word != NULL && within; word = strtok_r(NULL, " \t\r\n", &rest)) {
		int count;
		within = strict_pass(p->context->doc) && strict_pass(bearer_of(p->context)->doc);
		xmlNode *n = within ? strict_find_id(p->context->doc, word, &count) : NULL;
		if (n != NULL)
			xmlXPathNodeSetAdd(found->nodesetval, n);
	}
	xmlXPathFreeObject(given);
	talloc_free(mine);
	valuePush(p, found);
	if (!within)
		xmlXPathSetError(p, XPATH_OP_LIMIT_EXCEEDED);
}

static void drop_context(void *c)
{
	xmlXPathFreeContext(c);
}

static void drop_compiled(void *c)
{
	xmlXPathFreeCompExpr(c);
}

static void drop_object(void *o)
{
	xmlXPathFreeObject(o);
}

static void silent(void *data, xmlError *error)
{
	(void)data, (void)error;
}

xmlXPathContext *xml_xpath_context(const void *mem, xmlDoc *doc, xmlNode *bearer)
{
	xmlXPathContext *c = own(mem, xmlXPathNewContext(doc), drop_context);
	c->opLimit = XML_MAX_XPATH_STEPS;
	c->userData = bearer;
	c->error = silent;
	c->node = (xmlNode *)doc;
	xmlXPathRegisterFunc(c, (const xmlChar *)"here", here);
	xmlXPathRegisterFunc(c, (const xmlChar *)"id", NULL); /* off, since a name is never given twice */
	xmlXPathRegisterFunc(c, (const xmlChar *)"id", id);
	for (const xmlNode *n = bearer; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent)
		for (const xmlNs *ns = n->nsDef; ns != NULL; ns = ns->next)
			if (ns->prefix != NULL && xmlXPathNsLookup(c, ns->prefix) == NULL)
				xmlXPathRegisterNs(c, ns->prefix, ns->href);
	return c;
}

xmlXPathCompExpr *xml_xpath_compile(const void *mem, xmlXPathContext *c, const char *expression)
{
	return own(mem, xmlXPathCtxtCompile(c, (const xmlChar *)expression), drop_compiled);
}

/* A step of XPath costs about what 8 octets of canonical form do. */
bool xml_xpath_spend(const xmlXPathContext *c)
{
	return strict_spend(bearer_of(c)->doc, 8 * c->opCount);
}

xmlXPathObject *xml_xpath_find(const void *mem, xmlXPathContext *c, const char *expression)
{
	if (!strict_spend(bearer_of(c)->doc, 0)) /* before an evaluation: one alone may take half a second */
		return NULL;
	xmlXPathObject *found = own(mem, xmlXPathEvalExpression((const xmlChar *)expression, c), drop_object);
	return xml_xpath_spend(c) && found != NULL && found->type == XPATH_NODESET ? found : NULL;
}

/* Pointers ---------------------------------------------------------------------------------------------- */

enum { MAX_POINTED = 16 };

/* RFC 3986 2.1, XPointer Framework 4: %29 is a parenthesis like any other. */
static char *unescape(const void *mem, const char *text)
{
	struct buffer b = { .mem = mem };
	unsigned byte;
	for (const char *p = text; *p != '\0'; p++) {
		char c = *p;
		if (c == '%' && strspn(p + 1, "0123456789ABCDEFabcdef") >= 2 &&
		    sscanf(p + 1, "%2x", &byte) == 1) {
			c = (char)byte;
			p += 2;
		}
		buffer_add(&b, &c, 1);
	}
	return copy_part(mem, b.text, b.len);
}

/* One part, scheme(data), in which ^ escapes and parentheses pair off; *at moves behind it. */
static bool read_part(const void *mem, const char **at, char **scheme, char **data)
{
	const char *p = *at + strspn(*at, " \t\r\n"), *open = strchr(p, '(');
	if (open == NULL)
		return false;
	*scheme = copy_part(mem, p, (size_t)(open - p));
	struct buffer b = { .mem = mem };
	int depth = 1;
	for (p = open + 1; *p != '\0'; p++) {
		depth += (*p == '(') - (*p == ')');
		if (depth == 0)
			break;
		if (*p == '^' && p[1] != '\0')
			p++;
		buffer_add(&b, p, 1);
	}
	*data = copy_part(mem, b.text != NULL ? b.text : "", b.len);
	*at = p + (*p != '\0');
	return depth == 0;
}

/* The name in id('name') or id("name"); NULL: another expression. */
static char *plain_id(const void *mem, const char *expression)
{
	size_t len = strlen(expression);
	if (len < 7 || !text_starts(expression, "id(") || expression[len - 1] != ')' ||
	    (expression[3] != '\'' && expression[3] != '"') ||
	    strchr(expression + 4, expression[3]) != expression + len - 2)
		return NULL;
	return copy_part(mem, expression + 4, len - 6);
}

static struct xml_pointed by_id(const void *mem, xmlDoc *doc, const char *name, bool comments)
{
	int count;
	xmlNode *n = strict_find_id(doc, name, &count);
	if (n == NULL)
		return (struct xml_pointed){ .code = count > 1 ? "REFERENCE_DUPLICATE_ID"
							       : "REFERENCE_NOT_FOUND" };
	xmlNode **at = new_array(mem, xmlNode *, 1);
	at[0] = n;
	return (struct xml_pointed){ doc, at, 1, comments, NULL };
}

static struct xml_pointed by_expression(const void *mem, xmlXPathContext *c, const char *expression)
{
	struct xml_pointed p = { .comments = true, .code = "REFERENCE_UNSUPPORTED" };
	xmlXPathObject *found = xml_xpath_find(mem, c, expression);
	int room = 0;
	if (found == NULL)
		return p;
	xmlNodeSet *set = found->nodesetval;
	int n_found = set != NULL ? set->nodeNr : 0;
	if (n_found == 0)
		p.code = "REFERENCE_NOT_FOUND";
	if (n_found == 0 || n_found > MAX_POINTED || !strict_spend(c->doc, (size_t)n_found * 64 * 1024))
		return p;
	xmlXPathNodeSetSort(set); /* which may take a walk along all siblings for each two nodes */
	for (int i = 0; i < n_found; i++) {
		xmlNode *n = set->nodeTab[i];
		if (n->type == XML_DOCUMENT_NODE)
			return (struct xml_pointed){ .doc = c->doc, .comments = true };
		if (n->type != XML_ELEMENT_NODE)
			return p;
		if (p.n > 0 &&
		    strict_holds(p.at[p.n - 1], n)) /* in document order: it is in the last one or in none */
			continue;
		p.at = own_grow(mem, p.at, p.n, &room, sizeof *p.at);
		p.at[p.n++] = n;
	}
	p.doc = c->doc;
	return p;
}

/* The first part of a known scheme that finds something decides (XPointer Framework 3.3). */
static struct xml_pointed by_parts(const void *mem, xmlNode *bearer, const char *fragment)
{
	struct xml_pointed p = { .code = "REFERENCE_UNSUPPORTED" };
	xmlXPathContext *c = NULL;
	char *scheme, *data;
	while (p.doc == NULL && *fragment != '\0') {
		if (!read_part(mem, &fragment, &scheme, &data))
			return (struct xml_pointed){ .code = "REFERENCE_UNSUPPORTED" };
		if (c == NULL)
			c = xml_xpath_context(mem, bearer->doc, bearer);
		char *equals = strchr(data, '='), *name = plain_id(mem, data);
		if (text_same(scheme, "xmlns") && equals != NULL) {
			char *prefix = copy_part(mem, data, strcspn(data, " \t\r\n="));
			char *uri = equals + 1 + strspn(equals + 1, " \t\r\n");
			xmlXPathRegisterNs(c, (const xmlChar *)prefix, (const xmlChar *)uri);
		} else if (text_same(scheme, "xpointer"))
			p = name != NULL ? by_id(mem, bearer->doc, name, true) : by_expression(mem, c, data);
	}
	return p;
}

struct xml_pointed xml_point(const void *mem, xmlNode *bearer, const char *uri)
{
	if (uri[0] == '\0')
		return (struct xml_pointed){ .doc = bearer->doc };
	if (strchr(uri, '(') != NULL)
		return by_parts(mem, bearer, unescape(mem, uri + 1));
	if (uri[1] == '\0')
		return (struct xml_pointed){ .code = "REFERENCE_UNSUPPORTED" };
	return by_id(mem, bearer->doc, uri + 1, false);
}
