/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_xml.h - the signatures of one XML document, alone or as the signature file of a container.
 */
#pragma once
#include "xades.h"

/* What a container wants to know about each signature it holds. */
struct xml_found {
	struct signature *s; /* of the letter; moves when another is added: use index */
	int index;
	struct xml_signature *x;
	struct xml_signature *countersigned; /* NULL: not a counter-signature */
};

/* Is it a counter-signature? One that does not sign the signature it stands in is told then. */
bool sig_xml_is_counter(struct letter *, struct xml_found *);

/* Checks every signature of the document and adds it to the letter. name: NULL, or the signature file's. done
 * is called for each once intact, valid and level are known and before its indication is concluded; it sets
 * coverage and may add faults. */
void sig_xml_document(struct letter *, int part, xmlDoc *, const char *name, const struct xml_members *,
		      struct material *, void (*done)(void *arg, struct letter *, struct xml_found *),
		      void *arg);
