/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml.h - XML from strangers, read into a tree.
 *
 * No DTD at all (no edXML, OOXML or ODF needs one, and every entity attack does), no network, no external
 * files, and the limits of RELIABILITY's table: XML_MAX_DEPTH, XML_MAX_ATTRS, bytes by the caller. Names are
 * compared without namespace prefix, since senders get the prefixes wrong. Text comes back NFC.
 */
#pragma once
#include "own.h"
#include <libxml/tree.h>
#include <stdbool.h>

enum { XML_MAX_DEPTH = 256, XML_MAX_ATTRS = 1000, XML_MAX_BYTES = 20 << 20 };

enum xml_trouble {
	XML_FINE,
	XML_TOO_BIG, XML_TOO_DEEP, XML_TOO_MANY_ATTRS,
	XML_HAS_DTD,                           /* refused, nothing of it was used */
	XML_NOT_WELL_FORMED,                   /* *why: the parser's words and the line */
};

/* What can be seen before parsing: depth, attributes, a DOCTYPE (plain_doctype lets one pass that declares nothing
 * itself). xml_read() asks it; so does whoever parses by other rules. */
enum xml_trouble xml_look(struct bytes, bool plain_doctype);

/* The tree is owned by mem; NULL unless XML_FINE. A prefix that is not bound is let pass and named in *why
 * (still XML_FINE); everything else that is not well formed stays an error. */
xmlDoc *xml_read(const void *mem, struct bytes, size_t max_bytes, enum xml_trouble *, char **why);

/* Some senders put a few characters before the declaration ("1212<?xml"): the bytes from there on; *stray: how
 * many were passed over, marks of UTF-8 and blanks not counted as such. */
struct bytes xml_begin(struct bytes, size_t *stray);

const xmlNode *xml_child(const xmlNode *parent,
			 const char *name); /* first of that local name; NULL in, NULL out */
const xmlNode *xml_next(const xmlNode *, const char *name);            /* next sibling of that name */
const xmlNode *xml_below(const xmlNode *top, const char *name);        /* first in document order below top */
bool xml_is(const xmlNode *, const char *name);
const xmlNode *xml_first(const xmlNode *parent); /* first and next element, whatever its name */
const xmlNode *xml_after(const xmlNode *);
char *xml_text(const void *mem, const xmlNode *); /* all text below, as it stands; "" for none */
char *xml_line(const void *mem, const xmlNode *);                      /* one line, NFC, trimmed */
char *xml_attr(const void *mem, const xmlNode *, const char *name);    /* by local name; NULL: not there */
char *xml_path(const void *mem, const xmlNode *);                      /* XPath with local names and positions */
