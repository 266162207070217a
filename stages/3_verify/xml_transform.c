/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_transform.c - from a Reference to the octets that were signed: xml_transform.h says how far it goes.
 */
#include "xml_transform.h"
#include "text.h"
#include <libxml/c14n.h>
#include <string.h>

#define NS_FILTER2 "http://www.w3.org/2002/06/xmldsig-filter2"
#define NS_EXC_C14N "http://www.w3.org/2001/10/xml-exc-c14n#"
#define NS_OPC_SIGNATURE "http://schemas.openxmlformats.org/package/2006/digital-signature"
#define NS_OPC_RELATIONSHIPS "http://schemas.openxmlformats.org/package/2006/relationships"

unsigned node_marks(const xmlNode *n)
{
	return (unsigned)(uintptr_t)n->_private;
}

void node_mark(xmlNode *n, unsigned set, unsigned clear)
{
	n->_private = (void *)(uintptr_t)((node_marks(n) & ~clear) | set);
}

/* The children of the document stand beside each other: comments and PIs around the root. */
void node_mark_all(xmlDoc *doc, unsigned set, unsigned clear)
{
	for (xmlNode *top = doc->children; top != NULL; top = top->next)
		for (xmlNode *n = top; n != NULL; n = strict_walk(n, top))
			node_mark(n, set, clear);
}

static void mark_below(xmlNode *top, unsigned set, unsigned clear)
{
	for (xmlNode *n = top; n != NULL; n = strict_walk(n, top))
		node_mark(n, set, clear);
}

void xml_view_document(struct xml_view *v, xmlDoc *doc, bool comments)
{
	*v = (struct xml_view){ .doc = doc, .comments = comments };
	strict_pass(doc);
	node_mark_all(doc, NODE_VISIBLE, 0);
}

static void view_element(struct xml_view *v, xmlNode *n)
{
	*v = (struct xml_view){ .doc = n->doc, .comments = true, .apex = n };
	strict_pass(n->doc);
	node_mark_all(n->doc, 0, NODE_VISIBLE);
	mark_below(n, NODE_VISIBLE, 0);
}

void xml_view_pointed(struct xml_view *v, const struct xml_pointed *p)
{
	if (p->n == 0) {
		xml_view_document(v, p->doc, p->comments);
		return;
	}
	view_element(v, p->at[0]);
	v->comments = p->comments;
	v->apex = p->n == 1 ? p->at[0] : NULL;
	for (int i = 1; i < p->n; i++)
		mark_below(p->at[i], NODE_VISIBLE, 0);
}

/* Canonical form ---------------------------------------------------------------------------------------- */

struct method {
	const char *uri;
	int mode;
	bool comments;
};
static const struct method methods[] = {
	{ "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", XML_C14N_1_0, false },
	{ "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", XML_C14N_1_0, true },
	{ "http://www.w3.org/2006/12/xml-c14n11", XML_C14N_1_1, false },
	{ "http://www.w3.org/2006/12/xml-c14n11#WithComments", XML_C14N_1_1, true },
	{ NS_EXC_C14N, XML_C14N_EXCLUSIVE_1_0, false },
	{ NS_EXC_C14N "WithComments", XML_C14N_EXCLUSIVE_1_0, true },
};

static const struct method *find_method(const char *uri)
{
	for (size_t i = 0; uri != NULL && i < sizeof methods / sizeof *methods; i++)
		if (strcmp(uri, methods[i].uri) == 0)
			return &methods[i];
	return NULL;
}

static int by_place(const void *a, const void *b)
{
	const struct odd_namespace *x = a, *y = b;
	uintptr_t left =
		(uintptr_t)(x->element != y->element ? (const void *)x->element : (const void *)x->ns);
	uintptr_t right =
		(uintptr_t)(x->element != y->element ? (const void *)y->element : (const void *)y->ns);
	return left < right ? -1 : left > right;
}

static int is_visible(void *view, xmlNode *n, xmlNode *parent)
{
	const struct xml_view *v = view;
	struct odd_namespace ns = { parent, (const xmlNs *)n };
	if (n->type == XML_NAMESPACE_DECL && v->odd_n > 0 &&
	    bsearch(&ns, v->odd, (size_t)v->odd_n, sizeof ns, by_place) != NULL)
		return parent != NULL && (node_marks(parent) & NODE_VISIBLE) == 0;
	if (n->type == XML_NAMESPACE_DECL || (n->type == XML_ATTRIBUTE_NODE && !v->filtered))
		n = parent;
	return n != NULL && (node_marks(n) & NODE_VISIBLE) != 0;
}

static int collect(void *context, const char *text, int len)
{
	struct buffer *b = context;
	if (b->len + (size_t)len > XML_MAX_OCTETS)
		return -1;
	buffer_add(b, text, (size_t)len);
	return len;
}

/* InclusiveNamespaces/@PrefixList of exclusive canonicalisation, as a NULL-ended list. */
static xmlChar **inclusive_prefixes(const void *mem, const xmlNode *method)
{
	char *list =
		strict_attribute(mem, strict_child(method, NS_EXC_C14N, "InclusiveNamespaces"), "PrefixList");
	xmlChar **out = NULL;
	int n = 0, room = 0;
	char *rest;
	for (char *p = list != NULL ? strtok_r(list, " \t\r\n", &rest) : NULL; p != NULL;
	     p = strtok_r(NULL, " \t\r\n", &rest)) {
		out = own_grow(mem, out, n, &room, sizeof *out);
		out[n++] = (xmlChar *)p;
	}
	if (out != NULL) {
		out = own_grow(mem, out, n, &room, sizeof *out);
		out[n] = NULL;
	}
	return out;
}

static bool canonise(const void *mem, struct xml_view *v, const struct method *m, const xmlNode *method,
		     struct bytes *out)
{
	struct buffer b = { .mem = mem };
	xmlOutputBuffer *o = xmlOutputBufferCreateIO(collect, NULL, &b, NULL);
	xmlChar **prefixes = m->mode == XML_C14N_EXCLUSIVE_1_0 ? inclusive_prefixes(mem, method) : NULL;
	int written = xmlC14NExecute(v->doc, is_visible, v, m->mode, prefixes, m->comments && v->comments, o);
	int closed = xmlOutputBufferClose(o);
	strict_spend(v->doc, b.len);
	*out = (struct bytes){ (const uint8_t *)(b.text != NULL ? b.text : ""), b.len };
	return written >= 0 && closed >= 0;
}

static const struct method *method_of(const void *mem, xmlNode *method)
{
	return method == NULL ? &methods[0] : find_method(strict_attribute(mem, method, "Algorithm"));
}

bool xml_octets(const void *mem, struct xml_view *v, xmlNode *method, struct bytes *out)
{
	const struct method *m = method_of(mem, method);
	if (v->doc != NULL)
		return m != NULL && canonise(mem, v, m, method, out);
	*out = v->octets;
	return true;
}

bool xml_canonical(const void *mem, xmlNode *n, xmlNode *method, struct bytes *out)
{
	struct xml_view v;
	view_element(&v, n);
	return xml_octets(mem, &v, method, out);
}

/* XPath ------------------------------------------------------------------------------------------------- */

static bool holds_for(xmlXPathContext *c, xmlXPathCompExpr *expression, xmlNode *n, bool *holds)
{
	c->node = n;
	int answer = xmlXPathCompiledEvalToBoolean(expression, c);
	*holds = answer == 1;
	return answer >= 0;
}

struct filtering { /* one XPath transform at work */
	const void *mem;
	struct xml_view *v;
	const xmlNode *signature;
	xmlXPathContext *context;
	xmlXPathCompExpr *expression;
	int room;
};

static bool keep(const struct filtering *f, xmlNode *n, bool *holds)
{
	return strict_spend(f->signature->doc, 64) && holds_for(f->context, f->expression, n, holds);
}

/* XPath gives every element a namespace node for each prefix in its scope; libxml2 takes one whose `next` is
 * the element for such. */
static bool filter_namespaces(struct filtering *f, xmlNode *element, bool was, bool is,
			      const struct xml_view *before)
{
	xmlNs **all = xmlGetNsList(element->doc, element);
	size_t in_scope = 0;
	while (all != NULL && all[in_scope] != NULL)
		in_scope++;
	bool done = strict_spend(f->signature->doc,
				 8 + in_scope * in_scope); /* what libxml2 takes to list them */
	for (int i = 0; done && all != NULL && all[i] != NULL; i++) {
		struct odd_namespace ns = { element, all[i] };
		bool seen = was != (before->odd_n > 0 && bsearch(&ns, before->odd, (size_t)before->odd_n,
								 sizeof ns, by_place) != NULL);
		xmlNs node = *all[i];
		node.next = (xmlNs *)element;
		if (!seen)
			done = !is;
		else
			done = keep(f, (xmlNode *)&node, &seen);
		if (seen == is)
			continue;
		f->v->odd = own_grow(f->mem, f->v->odd, f->v->odd_n, &f->room, sizeof ns);
		f->v->odd[f->v->odd_n++] = ns;
	}
	xmlFree(all);
	return done;
}

/* Does a reader see less where it is left out? */
static bool shows(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE || n->type == XML_ATTRIBUTE_NODE || n->type == XML_PI_NODE ||
	       ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
		n->content[strspn((const char *)n->content, " \t\r\n")] != '\0');
}

static bool filter_element(struct filtering *f, xmlNode *n, const struct xml_view *before)
{
	bool was = (node_marks(n) & NODE_VISIBLE) != 0, is = false;
	for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a != NULL; a = a->next) {
		bool seen = before->filtered ? (node_marks((xmlNode *)a) & NODE_VISIBLE) != 0 : was,
		     holds = false;
		if (seen && !keep(f, (xmlNode *)a, &holds))
			return false;
		f->v->partial = f->v->partial || (seen && !holds);
		node_mark((xmlNode *)a, holds ? NODE_VISIBLE : 0, NODE_VISIBLE);
	}
	if (was && !keep(f, n, &is))
		return false;
	if (n->type == XML_ELEMENT_NODE && !filter_namespaces(f, n, was, is, before))
		return false;
	f->v->partial = f->v->partial || (was && !is && shows(n));
	if (!is)
		node_mark(n, 0, NODE_VISIBLE);
	return true;
}

static bool transform_xpath(const void *mem, struct xml_view *v, xmlNode *transform, const xmlNode *signature)
{
	xmlNode *bearer = strict_child(transform, NS_DSIG, "XPath");
	if (bearer == NULL)
		return false;
	const struct xml_view before = *v;
	struct filtering f = { mem, v, signature, xml_xpath_context(mem, v->doc, bearer), NULL, 0 };
	f.expression = xml_xpath_compile(mem, f.context, strict_text(mem, bearer));
	bool done = f.expression != NULL;
	v->odd = NULL;
	v->odd_n = 0;
	for (xmlNode *top = v->doc->children; done && top != NULL; top = top->next)
		for (xmlNode *n = top; done && n != NULL; n = strict_walk(n, top))
			done = filter_element(&f, n, &before);
	if (v->odd_n > 1)
		qsort(v->odd, (size_t)v->odd_n, sizeof *v->odd, by_place);
	v->filtered = true;
	v->marked = v->marked || !v->reparsed;
	return xml_xpath_spend(f.context) && done;
}

/* XPath Filter 2.0: what an expression finds stands for the subtrees below it. */
static bool transform_filter(const void *mem, struct xml_view *v, const xmlNode *transform)
{
	if (v->filtered) /* subtrees of nodes that an XPath has chosen one by one: nobody makes such */
		return false;
	node_mark_all(v->doc, NODE_KEPT, 0);
	strict_pass(v->doc);
	int n_expressions = 0;
	for (xmlNode *bearer = strict_child(transform, NS_FILTER2, "XPath"); bearer != NULL;
	     bearer = strict_next(bearer)) {
		if (++n_expressions > 16)
			return false;
		xmlXPathObject *found =
			xml_xpath_find(mem, xml_xpath_context(mem, v->doc, bearer), strict_text(mem, bearer));
		if (found == NULL)
			return false;
		node_mark_all(v->doc, 0, NODE_CHOSEN);
		strict_pass(v->doc);
		for (int i = 0; found->nodesetval != NULL && i < found->nodesetval->nodeNr; i++) {
			xmlNode *n = found->nodesetval->nodeTab[i];
			if (n->type == XML_DOCUMENT_NODE)
				node_mark_all(v->doc, NODE_CHOSEN, 0);
			else if (n->type == XML_NAMESPACE_DECL || n->type == XML_ATTRIBUTE_NODE)
				return false;
			else if ((node_marks(n) & NODE_CHOSEN) == 0)
				mark_below(n, NODE_CHOSEN, 0);
		}
		char *filter = strict_attribute(mem, bearer, "Filter");
		bool intersect = text_same(filter, "intersect"), subtract = text_same(filter, "subtract");
		if (!intersect && !subtract && !text_same(filter, "union"))
			return false;
		for (xmlNode *top = v->doc->children; top != NULL; top = top->next)
			for (xmlNode *n = top; n != NULL; n = strict_walk(n, top)) {
				bool chosen = (node_marks(n) & NODE_CHOSEN) != 0;
				if (chosen && !intersect)
					node_mark(n, subtract ? 0 : NODE_KEPT, NODE_KEPT);
				else if (!chosen && intersect)
					node_mark(n, 0, NODE_KEPT);
			}
	}
	for (xmlNode *top = v->doc->children; top != NULL; top = top->next)
		for (xmlNode *n = top; n != NULL; n = strict_walk(n, top))
			if ((node_marks(n) & NODE_KEPT) == 0) {
				v->partial = v->partial || ((node_marks(n) & NODE_VISIBLE) != 0 && shows(n));
				node_mark(n, 0, NODE_VISIBLE);
			}
	return n_expressions > 0;
}

/* The others -------------------------------------------------------------------------------------------- */

static bool transform_base64(const void *mem, struct xml_view *v)
{
	struct buffer text = { .mem = mem };
	if (v->doc == NULL)
		buffer_add(&text, v->octets.at, v->octets.len);
	else
		for (xmlNode *n = xmlDocGetRootElement(v->doc), *top = n; n != NULL; n = strict_walk(n, top))
			if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
			    (node_marks(n) & NODE_VISIBLE) != 0)
				buffer_text(&text, (const char *)n->content);
	*v = (struct xml_view){ .partial = v->partial || (v->reparsed && v->doc != NULL),
				.reparsed = v->reparsed,
				.marked = v->marked,
				.apex = v->apex,
				.text_only = v->text_only || v->doc != NULL };
	return text_from_base64(mem, text.text != NULL ? text.text : "", text.len, &v->octets);
}

static bool is_wanted(const void *mem, const xmlNode *relationship, const xmlNode *transform)
{
	char *id = strict_attribute(mem, relationship, "Id"),
	     *type = strict_attribute(mem, relationship, "Type");
	for (xmlNode *n = strict_first_element(transform); n != NULL; n = strict_next_element(n)) {
		if (strict_is(n, NS_OPC_SIGNATURE, "RelationshipReference") && id != NULL &&
		    text_same(strict_attribute(mem, n, "SourceId"), id))
			return true;
		if (strict_is(n, NS_OPC_SIGNATURE, "RelationshipsGroupReference") && type != NULL &&
		    text_same(strict_attribute(mem, n, "SourceType"), type))
			return true;
	}
	return false;
}

/* What a signature over relationships may leave out: itself, and what describes the document or how a program
 * last looked at it, without showing (Office 2007 leaves out presProps and viewProps). */
static bool is_harmless(const void *mem, const xmlNode *relationship)
{
	static const char *const endings[] = { "/digital-signature/origin",
					       "/metadata/core-properties",
					       "/extended-properties",
					       "/custom-properties",
					       "/metadata/thumbnail",
					       "/customXml",
					       "/officeDocument/2006/relationships/presProps",
					       "/officeDocument/2006/relationships/viewProps" };
	char *type = strict_attribute(mem, relationship, "Type");
	for (size_t i = 0; type != NULL && i < sizeof endings / sizeof *endings; i++)
		if (text_ends(type, endings[i]))
			return true;
	return false;
}

static int by_id(const void *a, const void *b)
{
	xmlNode *const *x = a, *const *y = b;
	xmlChar *p = xmlGetNoNsProp(*x, (const xmlChar *)"Id"),
		*q = xmlGetNoNsProp(*y, (const xmlChar *)"Id");
	int order = xmlStrcmp(p, q);
	xmlFree(p);
	xmlFree(q);
	return order;
}

static void drop_doc(void *doc)
{
	xmlFreeDoc(doc);
}

/* ISO/IEC 29500-2, 13.2.4.24: the relationships asked for, sorted by Id, TargetMode made explicit. */
static bool transform_relationship(const void *mem, struct xml_view *v, const xmlNode *transform)
{
	xmlNode *root = xmlDocGetRootElement(v->doc);
	if (!strict_is(root, NS_OPC_RELATIONSHIPS, "Relationships"))
		return false;
	xmlNode **kept = NULL;
	int n = 0, room = 0;
	bool left_out = false;
	for (xmlNode *r = strict_first_element(root); r != NULL; r = strict_next_element(r))
		if (!is_wanted(mem, r, transform))
			left_out = left_out || !is_harmless(mem, r);
		else {
			kept = own_grow(mem, kept, n, &room, sizeof *kept);
			kept[n++] = r;
		}
	if (n > 1)
		qsort(kept, (size_t)n, sizeof *kept, by_id);
	xmlDoc *doc = own(mem, xmlNewDoc((const xmlChar *)"1.0"), drop_doc);
	doc->charset = XML_CHAR_ENCODING_UTF8;
	xmlNode *out = xmlNewNode(NULL, root->name);
	xmlDocSetRootElement(doc, out);
	xmlSetNs(out, xmlNewNs(out, (const xmlChar *)NS_OPC_RELATIONSHIPS, NULL));
	for (int i = 0; i < n; i++) {
		xmlNode *r = xmlNewChild(out, out->ns, (const xmlChar *)"Relationship", NULL);
		for (const xmlAttr *a = kept[i]->properties; a != NULL; a = a->next) {
			xmlChar *value = xmlNodeListGetString(kept[i]->doc, a->children, 1);
			xmlNewProp(r, a->name, value);
			xmlFree(value);
		}
		if (xmlHasProp(r, (const xmlChar *)"TargetMode") == NULL)
			xmlNewProp(r, (const xmlChar *)"TargetMode", (const xmlChar *)"Internal");
	}
	const struct xml_view before = *v;
	xml_view_document(v, doc, false);
	v->reparsed = true;
	v->marked = before.marked;
	v->partial = before.partial || left_out;
	return true;
}

static bool need_nodes(const void *mem, struct xml_view *v, const char **why)
{
	if (v->doc != NULL)
		return true;
	const char *refused;
	xmlDoc *doc = strict_read_member(mem, v->octets, &refused);
	if (doc == NULL) {
		*why = "XML_TRANSFORM_FAILED";
		return false;
	}
	struct xml_view before = *v;
	xml_view_document(v, doc, true);
	v->apex = before.apex;
	v->partial = before.partial;
	v->marked = before.marked;
	v->text_only = before.text_only;
	v->reparsed = true;
	return true;
}

bool xml_transform(const void *mem, struct xml_view *v, xmlNode *transform, xmlNode *signature,
		   const char **why)
{
	char *uri = strict_attribute(mem, transform, "Algorithm");
	const struct method *m = find_method(uri);
	bool done = false;
	*why = "XML_TRANSFORM_FAILED";
	if (text_same(uri, NS_DSIG "base64"))
		return transform_base64(mem, v);
	if (uri == NULL || text_same(uri, "http://www.w3.org/TR/1999/REC-xslt-19991116")) {
		*why = "XML_TRANSFORM_REFUSED";
		return false;
	}
	if (m != NULL) {
		struct bytes octets;
		if (!need_nodes(mem, v, why) || !canonise(mem, v, m, transform, &octets))
			return false;
		*v = (struct xml_view){ .octets = octets,
					.partial = v->partial,
					.reparsed = v->reparsed,
					.marked = v->marked,
					.apex = v->apex,
					.text_only = v->text_only };
		return true;
	}
	if (text_same(uri, NS_DSIG "enveloped-signature")) {
		if (v->doc != signature->doc)
			return false;
		mark_below(signature, 0, NODE_VISIBLE);
		v->partial = v->partial || (v->apex != NULL && strict_holds(signature, v->apex));
		return true;
	}
	if (text_same(uri, "http://www.w3.org/TR/1999/REC-xpath-19991116"))
		done = need_nodes(mem, v, why) && transform_xpath(mem, v, transform, signature);
	else if (text_same(uri, NS_FILTER2))
		done = need_nodes(mem, v, why) && transform_filter(mem, v, transform);
	else if (text_same(uri, "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"))
		done = need_nodes(mem, v, why) && transform_relationship(mem, v, transform);
	else
		*why = "XML_TRANSFORM_REFUSED";
	return done;
}
