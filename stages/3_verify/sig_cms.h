/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_cms.h - CMS and CAdES signatures in files of their own (.p7m, .p7s) or beside what they sign.
 */
#pragma once
#include "conclude.h"

/* PEM and bare base64 become DER; anything else stays. */
struct bytes sig_cms_der(const void *mem, struct bytes);

/* What is signed outside of the CMS; pieces_n 0: nothing is there but what the CMS itself holds. */
struct cms_data {
	const struct bytes *pieces;
	int pieces_n;
	bool missing;	       /* a detached signature whose file is not there */
	bool countersignature; /* the pieces are the value of another signature */
};

/* Adds a signature for each SignerInfo, and for its counter-signatures, and concludes each. name: of the
 * signature file or NULL; proven: earliest time at which the file is known to have existed. done is called
 * before a signature is concluded, to set coverage and add faults; may be NULL. */
void sig_cms_check(struct letter *, int part, const char *name, struct bytes der, const struct cms_data *,
		   struct material *, time_t proven,
		   void (*done)(void *arg, struct letter *, struct signature *), void *arg);
