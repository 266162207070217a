/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stamp.h - RFC 3161 time-stamp tokens.
 *
 * The imprint is recomputed over the bytes given and the token's own signature is checked as any CMS, with
 * exactly one SignerInfo and an ESS certificate that fits. genTime is never shifted. Whether the TSA is
 * trusted is asked later, at the right time (conclude_stamp()).
 */
#pragma once
#include "cms.h"

struct stamp {
	enum answer intact, valid; /* imprint fits the bytes; the token's signature holds */
	time_t at;		   /* genTime */
	X509 *tsa;		   /* NULL: not found */
	const char *digest;	   /* of the imprint, or of the token's own signature where that is weaker */
	struct signature *detail;  /* the token as a signature of its own: its messages, signer, algorithm */
	bool believed;		   /* by conclude_stamp(): only then it proves a time */
};

/* Checks a token (TimeStampToken, or a whole TimeStampResp) over the pieces in order. Its certificates and
 * CRLs are added to the material. False: it is no token at all and *why says so; *out is zeroed. */
bool stamp_check(struct letter *, struct bytes token, const struct bytes *pieces, int pieces_n,
		 struct material *, struct stamp *out, const char **why);
