/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_coverage.c - which part of a document nobody vouched for: xml_coverage.h.
 */
#include "xml_coverage.h"
#include "text.h"
#include "xml_transform.h"
#include <string.h>
#include <strings.h>

static bool is_covered(const xmlNode *n)
{
	return (node_marks(n) & NODE_COVERED) != 0;
}

static bool is_signature(const xmlNode *n)
{
	return strict_is(n, NS_DSIG, "Signature") && strict_child(n, NS_DSIG, "SignedInfo") != NULL;
}

static bool is_blank(const xmlNode *n)
{
	return n->content == NULL || n->content[strspn((const char *)n->content, " \t\r\n")] == '\0';
}

/* XAdES properties; DIGIDOC-XML 1.2 has them in the namespace of the signature. */
static bool is_qualifying(const xmlNode *n)
{
	return strict_is_xades(n, "QualifyingProperties") || strict_is(n, NS_DSIG, "QualifyingProperties");
}

/* An Object of a signature holds content unless it holds what the signature says about itself. */
static bool speaks_of_itself(const xmlNode *object)
{
	for (const xmlNode *c = object->children; c != NULL; c = c->next)
		if ((c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE)
			    ? !is_blank(c)
			    : c->type == XML_ELEMENT_NODE && !is_qualifying(c) &&
				      !strict_is(c, NS_DSIG, "SignatureProperties") &&
				      !strict_is(c, NS_DSIG, "Manifest"))
			return false;
	return true;
}

static bool is_of_signatures(const xmlNode *n)
{
	const char *ns = n->ns != NULL ? (const char *)n->ns->href : "";
	return strcmp(ns, NS_DSIG) == 0 || strcmp(ns, NS_DSIG11) == 0 ||
	       text_starts(ns, "http://www.w3.org/2001/04/xmldsig-more#");
}

/* A key that a RetrievalMethod may point to shows nothing to a reader, where it holds nothing else. */
static bool is_key(xmlNode *top)
{
	static const char *const names[] = { "KeyInfo",	       "KeyValue",	     "RSAKeyValue",
					     "DSAKeyValue",     "ECKeyValue",	     "X509Data",
					     "X509Certificate", "DEREncodedKeyValue", "ECDSAKeyValue" };
	bool is = false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		is = is || strict_is(top, NULL, names[i]);
	for (xmlNode *n = top; is && n != NULL; n = strict_walk(n, top))
		is = n->type != XML_ELEMENT_NODE || is_of_signatures(n);
	return is;
}

enum frame { NO_FRAME, AROUND_SIGNATURES, AROUND_CONTENT };

static enum frame frame_of(xmlNode *top)
{
	enum frame frame = NO_FRAME;
	const xmlNode *signature = NULL;
	for (xmlNode *n = top; n != NULL; n = strict_walk(n, top)) {
		if (signature != NULL && strict_holds(signature, n))
			continue;
		signature = is_signature(n) ? n : NULL;
		if (signature != NULL)
			frame = AROUND_SIGNATURES;
		else if (is_covered(n))
			return AROUND_CONTENT;
	}
	return frame;
}

/* Whatever stands around a signed element says what it is: <cancelled><order Id="a"/></cancelled>. So only
 * the root may, the layers of SOAP, and the Object of an enveloping signature. */
static bool may_frame(const xmlNode *n)
{
	static const char *const layers[] = { "http://schemas.xmlsoap.org/soap/envelope/",
					      "http://www.w3.org/2003/05/soap-envelope",
					      "http://docs.oasis-open.org/wss/" };
	const char *ns = n->ns != NULL ? (const char *)n->ns->href : "";
	for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
		if (text_starts(ns, layers[i]))
			return true;
	return n->parent->type != XML_ELEMENT_NODE || strict_is(n, NS_DSIG, "Object") ||
	       strict_is(n->parent, NS_DSIG, "Object");
}

/* Names for References and hints for a schema show nothing to a reader; what a frame says of its own format
 * does not either. */
static bool is_technical(const xmlAttr *a, bool frame)
{
	static const char *const of_frames[] = { "format", "version", "schemaVersion", "URI" };
	const char *name = (const char *)a->name, *ns = a->ns != NULL ? (const char *)a->ns->href : "";
	bool technical = strcasecmp(name, "id") == 0 ||
			 strcmp(ns, "http://www.w3.org/2001/XMLSchema-instance") == 0 ||
			 strcmp(ns, "http://www.w3.org/XML/1998/namespace") == 0;
	for (size_t i = 0; frame && i < sizeof of_frames / sizeof *of_frames; i++)
		technical = technical || (ns[0] == '\0' && strcmp(name, of_frames[i]) == 0);
	return technical;
}

static xmlNode *uncovered_attribute(const xmlNode *n, bool frame)
{
	for (xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (!is_technical(a, frame) && !is_covered((const xmlNode *)a))
			return (xmlNode *)a;
	return NULL;
}

static xmlNode *uncovered_below(xmlNode *parent, const struct xml_signature *x);

/* Only where the signature is the document are its Objects what is shown. */
static xmlNode *uncovered_object(xmlNode *signature, const struct xml_signature *x)
{
	for (xmlNode *o = strict_child(signature, NS_DSIG, "Object"); o != NULL; o = strict_next(o)) {
		xmlNode *found = speaks_of_itself(o) ? NULL : uncovered_below(o, x);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static bool is_stylesheet(const xmlNode *n)
{
	return n->type == XML_PI_NODE && strcmp((const char *)n->name, "xml-stylesheet") == 0;
}

/* Other signatures of the document are judged by themselves; but nobody looks at one inside an Object of
 * this. */
static xmlNode *uncovered_signature(xmlNode *n, const struct xml_signature *x)
{
	if (n == x->node)
		return n->parent->type != XML_ELEMENT_NODE ? uncovered_object(n, x) : NULL;
	return strict_holds(x->node, n) && !is_covered(n) ? n : NULL;
}

static xmlNode *uncovered_below(xmlNode *parent, const struct xml_signature *x)
{
	for (xmlNode *n = parent->children; n != NULL; n = n->next) {
		bool covered = is_covered(n);
		xmlNode *found = NULL;
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
			found = covered || is_blank(n) ? NULL : n;
		else if (is_signature(n))
			found = uncovered_signature(n, x);
		else if (is_stylesheet(n))
			found = covered ? NULL : n;
		else if (n->type == XML_ELEMENT_NODE && !is_key(n)) {
			enum frame frame = covered ? NO_FRAME : frame_of(n);
			bool strange =
				!covered && (frame == NO_FRAME || (frame == AROUND_CONTENT && !may_frame(n)));
			found = strange ? n : uncovered_attribute(n, !covered);
			found = found != NULL ? found : uncovered_below(n, x);
		}
		if (found != NULL)
			return found;
	}
	return NULL;
}

xmlNode *xml_unsigned_object(const struct xml_signature *x)
{
	return uncovered_object(x->node, x);
}

xmlNode *xml_uncovered(xmlDoc *doc, const struct xml_signature *x)
{
	return uncovered_below((xmlNode *)doc, x);
}

bool xml_signs_nothing(const struct xml_signature *x)
{
	for (int i = 0; i < x->references_n; i++)
		if (x->references[i].member >= 0)
			return false;
	const xmlNode *skipped = NULL;
	for (xmlNode *root = xmlDocGetRootElement(x->node->doc), *n = root; n != NULL;
	     n = strict_walk(n, root)) {
		if (skipped != NULL && strict_holds(skipped, n))
			continue;
		skipped = is_qualifying(n) || strict_is(n, NS_DSIG, "KeyInfo") ? n : NULL;
		if (skipped == NULL && is_covered(n))
			return false;
	}
	return true;
}
