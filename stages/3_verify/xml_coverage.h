/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_coverage.h - what of an XML document a signature vouches for, by the marks its held References left.
 *
 * XML signatures fall to documents in which what was signed and what is shown are different elements. So the
 * question is not whether a Reference holds but whether anything is shown that no Reference covered. Shown is
 * all but the signatures themselves, keys, bare wrappers around what is covered, and what describes without
 * showing. A processing instruction shows nothing either, but for xml-stylesheet, which may show anything.
 */
#pragma once
#include "xml_signature.h"

/* First node that no held Reference covered; NULL: all is covered. */
xmlNode *xml_uncovered(xmlDoc *, const struct xml_signature *);
/* The same inside the signature's own Objects, which no reader shows when the signature is inside a document.
 */
xmlNode *xml_unsigned_object(const struct xml_signature *);
/* No content at all is covered: nothing in the document but what the signature says of itself, and no file.
 */
bool xml_signs_nothing(const struct xml_signature *);
