/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revocation.h - OCSP answers (RFC 6960) about one certificate at one time.
 *
 * An answer counts when the certificate's issuer signed it, or a responder that this issuer certified for
 * OCSP. "Good" counts only when it was produced at or after the time asked about, or when that time lies
 * before its nextUpdate (EN 319 102-1 5.2.5): an older one proves nothing. "Revoked" counts always.
 */
#pragma once
#include "trust.h"

enum revocation { REVOCATION_UNKNOWN, REVOCATION_STALE, REVOCATION_GOOD, REVOKED_BEFORE };

/* produced: thisUpdate of the answer that decided. Answers that certify for several issuers are looked
 * through. */
enum revocation revocation_ask(X509 *certificate, X509 *issuer, const struct material *, time_t at,
			       time_t *produced);

/* The newest CRL by that issuer's key among the evidence, or NULL: to say what was used. */
X509_CRL *revocation_crl(X509 *issuer, const struct material *);
