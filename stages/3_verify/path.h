/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * path.h - certification paths (RFC 5280 6) at a given time, with CRLs, by OpenSSL's X509_verify_cert().
 *
 * OpenSSL finds the path and, for every certificate on it, the CRLs that speak of it (distribution points,
 * indirect and delta CRLs, keys of their own). It is shown only CRLs that reach the time asked about
 * (revocation.h); a missing one is no error here but an unknown.
 *
 * OpenSSL takes the first issuer that has the name. Authorities change keys and keep names, are renewed and
 * cross-certified: where the first path fails, others are looked for (EN 319 102-1 5.2.6.4 goes on to the
 * next prospective chain), by leaving out one certificate after another of those that have a namesake.
 */
#pragma once
#include "revocation.h"

enum { PATH_MAX_DEPTH = 16 };

struct standings {
	struct standing *at;
	int n, room;
};

struct path {
	bool complete;		   /* ends in an anchor */
	bool broken;		   /* a signature, CA flag, length or name constraint on it fails */
	bool constrained;	   /* purpose, key usage, unknown critical extension */
	bool expired, early;	   /* some certificate is out of its time at the time asked about */
	bool leaf_early;	   /* the first certificate is not valid yet */
	bool anchor_expired;	   /* and the anchor is out of its time, too */
	const char *error;	   /* OpenSSL's words for the first of the gravest faults, or NULL */
	STACK_OF(X509) *chain;	   /* first certificate to anchor; NULL when none was built */
	STACK_OF(X509) *left_out; /* to find this path; may be NULL */
	struct standings crls[PATH_MAX_DEPTH]; /* of each certificate but the anchor, by each CRL */
	bool crl_unfit[PATH_MAX_DEPTH]; /* its CRLs are out of scope, wrongly signed, or not for all reasons
					 */
};

void path_prepare(STACK_OF(X509) *for_signer,
		  STACK_OF(X509) *for_time_stamp); /* the anchors; kept, not copied */
struct path path_build(const void *mem, X509 *, struct material *, enum purpose, const struct moments *);

/* Another one that does without this certificate, too; not complete: there is none. */
struct path path_without(const void *mem, const struct path *, X509 *issuer, X509 *, struct material *,
			 enum purpose, const struct moments *);
