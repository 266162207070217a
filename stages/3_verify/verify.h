/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify.h - the kinds of signed files: a variant is a file sig_X.c and a row in verify.c's table.
 *
 * find() looks at one part, adds a struct signature for every signature it holds, in signing order, and fills
 * all of it: what holds (cms.h, stamp.h), what it covers, what changed after, whom to trust (conclude.h). A part
 * without signatures adds nothing. Bad input is a message of the signature, or a finding of the letter; find()
 * never fails.
 *
 * A container's own kind of signature speaks for its members: below a row with speaks_for_members only documents
 * are asked too (a signature file of an ASiC is no letter of its own; a signed PDF in it is).
 */
#pragma once
#include "letter.h"
#include "stage.h"

struct signed_kind {
	const char *media;                     /* the part's media starts with this */
	bool speaks_for_members, document;
	void (*find)(struct letter *, int part);
};

extern const struct signed_kind signed_kinds[];                                /* ends with a NULL media */

void verify_warm(const struct settings *);     /* warm.c: in prepare() */

void sig_pdf(struct letter *, int part);
void sig_xml(struct letter *, int part);
void sig_cms(struct letter *, int part);
void sig_asic(struct letter *, int part);
void sig_office(struct letter *, int part);
void sig_odf(struct letter *, int part);
