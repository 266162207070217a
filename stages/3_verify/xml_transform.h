/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_transform.h - from a Reference to the octets that were signed (XMLDSig 1.1, section 4.4.3).
 *
 * Written over libxml2's canonicalisation rather than xmlsec, because a validator must know what each
 * Reference covered (the marks stay on the tree), must bound every step, and meets algorithms that xmlsec 1.2
 * lacks.
 *
 * Transforms known: C14N 1.0, 1.1 and exclusive, with and without comments; enveloped-signature; base64;
 * XPath and XPath Filter 2.0 (xml_xpath.h); OPC relationships. XSLT is a program of a stranger's
 * and is never run. At most XML_MAX_TRANSFORMS a Reference.
 *
 * A node's _private holds its marks: NODE_VISIBLE while a Reference is worked on, NODE_COVERED for good once
 * its digest held. Namespace nodes, of which a tree has one for all the elements below, follow their element
 * but where a filter decided otherwise: struct odd_namespace.
 */
#pragma once
#include "xml_xpath.h"

enum { XML_MAX_TRANSFORMS = 5, XML_MAX_OCTETS = 64 << 20 };
enum { NODE_VISIBLE = 1, NODE_COVERED = 2, NODE_KEPT = 4, NODE_CHOSEN = 8 };

unsigned node_marks(const xmlNode *);
void node_mark(xmlNode *, unsigned set, unsigned clear);
void node_mark_all(xmlDoc *, unsigned set, unsigned clear);

struct odd_namespace {
	const xmlNode *element;
	const xmlNs *ns;
};

struct xml_view {    /* what flows from transform to transform */
	xmlDoc *doc; /* NULL: octets */
	bool comments;
	bool filtered;		   /* attributes have marks of their own */
	bool marked;		   /* the same of the document in which the Reference began */
	struct odd_namespace *odd; /* filtered: seen without their element, or not seen with it; sorted */
	int odd_n;
	bool reparsed;	/* the nodes are no longer those of the document */
	bool partial;	/* a transform left something out */
	bool text_only; /* of the nodes only the text was taken */
	struct bytes octets;
	xmlNode *apex; /* the element dereferenced; NULL: the whole document */
};

void xml_view_document(struct xml_view *, xmlDoc *, bool comments);
void xml_view_pointed(struct xml_view *, const struct xml_pointed *);

/* False: *why is a message's code, XML_TRANSFORM_REFUSED or XML_TRANSFORM_FAILED. signature: the one whose
 * Reference this is. */
bool xml_transform(const void *mem, struct xml_view *, xmlNode *transform, xmlNode *signature,
		   const char **why);
/* Canonical by a CanonicalizationMethod element (NULL: C14N 1.0), unless octets already. */
bool xml_octets(const void *mem, struct xml_view *, xmlNode *method, struct bytes *);

/* Canonical form of one element; method: a CanonicalizationMethod element or NULL for C14N 1.0. */
bool xml_canonical(const void *mem, xmlNode *, xmlNode *method, struct bytes *);
