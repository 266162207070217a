/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * path.h - certification paths (RFC 5280 6) at a given time, with CRLs, by OpenSSL's X509_verify_cert().
 *
 * A missing CRL is no error here but an unknown; a CRL made after the time asked about is better evidence
 * than one made before; a revocation dated after that time does not count.
 */
#pragma once
#include "revocation.h"

enum { PATH_MAX_DEPTH = 16 };

struct path {
	bool complete;		/* ends in an anchor */
	bool broken;		/* a signature, CA flag, length or name constraint on it fails */
	bool constrained;	/* purpose, key usage, unknown critical extension */
	bool expired, early;	/* some certificate is out of its time at the time asked about */
	bool leaf_early;	/* the first certificate is not valid yet */
	const char *error;	/* OpenSSL's words for the first fault, or NULL */
	STACK_OF(X509) *chain; /* first certificate to anchor; NULL when none was built */
	enum revocation revocation[PATH_MAX_DEPTH]; /* by CRL, of each certificate but the anchor */
};

void path_prepare(STACK_OF(X509) *for_signer,
		  STACK_OF(X509) *for_time_stamp); /* the anchors; kept, not copied */
struct path path_build(const void *mem, X509 *, struct material *, enum purpose, time_t at);
