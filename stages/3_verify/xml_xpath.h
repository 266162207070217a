/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_xpath.h - XPath that a stranger wrote, bounded; and what the fragment of a URI points at by it.
 *
 * An expression may take XML_MAX_XPATH_STEPS, and what it took is charged to the document of the signature
 * (strict_spend). Beside the functions of XPath 1.0 there is here(), the element that bears the expression
 * (XMLDSig 6.6.3), and id() follows the ids of strict.h: no DTD is read, so libxml2's own would find none.
 *
 * Pointers known (XMLDSig 4.4.3.2, W3C XPointer Framework): "" and "#xpointer(/)", the document; "#id" and
 * "#xpointer(id('id'))", an element; "#xmlns(p=uri)xpointer(expression)", whatever nodes the expression
 * finds. All but "" and "#id" keep comments. An id that stands twice points nowhere.
 */
#pragma once
#include "strict.h"
#include <libxml/xpath.h>

enum { XML_MAX_XPATH_STEPS = 20000000 };

/* bearer: the element whose namespaces the expression uses. Hangs below mem. */
xmlXPathContext *xml_xpath_context(const void *mem, xmlDoc *, xmlNode *bearer);
xmlXPathCompExpr *xml_xpath_compile(const void *mem, xmlXPathContext *,
				    const char *expression); /* NULL: wrong */
/* The nodes found from the document down; NULL: the expression is wrong, took too long or finds no nodes. */
xmlXPathObject *xml_xpath_find(const void *mem, xmlXPathContext *, const char *expression);
/* Charges what the context took so far; false: too much. */
bool xml_xpath_spend(const xmlXPathContext *);

struct xml_pointed {
	xmlDoc *doc;  /* NULL: nowhere, and code says why */
	xmlNode **at; /* elements, none inside another; none: the whole document */
	int n;
	bool comments;
	const char *code; /* REFERENCE_UNSUPPORTED, REFERENCE_NOT_FOUND, REFERENCE_DUPLICATE_ID */
};

/* uri: empty or begins with '#'. bearer: the element that bears it. */
struct xml_pointed xml_point(const void *mem, xmlNode *bearer, const char *uri);
