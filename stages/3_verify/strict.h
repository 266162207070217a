/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * strict.h - XML that strangers sent, read by strict rules, and the few questions signatures ask of it.
 *
 * A document is refused before libxml2 sees it when it is larger than STRICT_MAX_BYTES, deeper than
 * STRICT_MAX_DEPTH, has an element with more than STRICT_MAX_ATTRIBUTES attributes, holds a DOCTYPE (so there
 * are no entities, no default attributes and nothing external), or is in an encoding whose bytes below 128
 * are not ASCII. While it is parsed the cost of its namespaces is summed, since canonicalising is quadratic
 * in them.
 *
 * Ids: any attribute named Id, ID, id or xml:id counts, since there is no DTD to say which; an id that stands
 * twice resolves to nothing (XML signature wrapping lives from that).
 */
#pragma once
#include "own.h"
#include <libxml/tree.h>
#include <stdbool.h>

enum { STRICT_MAX_WORK = 400 << 20 };
enum { STRICT_MAX_BYTES = 20 << 20, STRICT_MAX_DEPTH = 256, STRICT_MAX_ATTRIBUTES = 1000 };

#define NS_DSIG "http://www.w3.org/2000/09/xmldsig#"
#define NS_DSIG11 "http://www.w3.org/2009/xmldsig11#"
#define NS_XADES "http://uri.etsi.org/01903/v1.3.2#"
#define NS_XADES141 "http://uri.etsi.org/01903/v1.4.1#"

/* Why a document was not read; the code of the message that says so. NULL: it was. */
xmlDoc *strict_read(const void *mem, struct bytes, const char **why);
/* The same for a file of a package: a DOCTYPE that only names its DTD is let pass (LibreOffice writes one for
 * Basic libraries); the DTD is not read, and one with declarations of its own is refused as ever. */
xmlDoc *strict_read_member(const void *mem, struct bytes, const char **why);
/* Work done for the signatures of a document, in octets canonicalised or what costs as much: what a
 * stranger's references can cost in all is bounded, whatever they are. False: STRICT_MAX_WORK is spent.
 * strict_pass() is one pass over all nodes. The count is kept in the document (its _private). */
bool strict_spend(xmlDoc *, size_t work);
bool strict_pass(xmlDoc *);
bool strict_mentions_signature(struct bytes); /* for documents that are not read: is one likely in it? */

bool strict_is(const xmlNode *, const char *ns, const char *name); /* ns NULL: any namespace */
bool strict_is_xades(const xmlNode *, const char *name);	   /* in any version of the namespace */
xmlNode *strict_child(const xmlNode *, const char *ns, const char *name); /* first; NULL: none */
xmlNode *strict_child_xades(const xmlNode *, const char *name);
xmlNode *strict_next(const xmlNode *); /* following sibling of the same name */
xmlNode *strict_first_element(const xmlNode *);
xmlNode *strict_next_element(const xmlNode *);
bool strict_holds(const xmlNode *ancestor, const xmlNode *); /* or is it */
xmlNode *strict_walk(xmlNode *at, const xmlNode *top);	     /* document order below top; NULL: end */

char *strict_text(const void *mem, const xmlNode *);			    /* all text below, trimmed */
char *strict_attribute(const void *mem, const xmlNode *, const char *name); /* NULL: not there */
bool strict_base64(const void *mem, const xmlNode *, struct bytes *);	    /* strict; spaces allowed */

/* The element whose id it is; NULL with *count 0: none, more: which ones is not told. */
xmlNode *strict_find_id(xmlDoc *, const char *id, int *count);
