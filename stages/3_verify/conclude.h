/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * conclude.h - from facts to the EN 319 102-1 indication of one signature.
 *
 * Order of the standard: format, digest, value, signing certificate, path, revocation, algorithms; the first
 * that fails decides. The time of judgement is the earliest proof of existence: `proven` (settings->at, or
 * the time of a later trusted archive or document time-stamp that covers the signature), moved back by a
 * trusted signature time-stamp. Claimed times prove nothing, nor does a time-stamp that is not itself found
 * good at the time it is looked at (5.4): by authority, algorithms, and a certificate that was there when it
 * stamped.
 *
 *     TOTAL_FAILED
 *     FORMAT_FAILURE                    what the readers refuse; a part not covered; changes not permitted
 *     HASH_FAILURE, SIG_CRYPTO_FAILURE  cms.c, xml_signature.c: digest; value, algorithms, named certificate
 *     REVOKED, EXPIRED                  revoked or ended before a time-stamp that was in what was signed
 *     NOT_YET_VALID                     proven to be older than its certificate
 *     INDETERMINATE
 *     NO_SIGNING_CERTIFICATE_FOUND (none, or not the one the signer committed himself to),
 *     SIGNED_DATA_NOT_FOUND, SIG_CONSTRAINTS_FAILURE: cms.c, xades.c
 *     NO_CERTIFICATE_CHAIN_FOUND, ..._NO_POE (the anchor has ended), CERTIFICATE_CHAIN_GENERAL_FAILURE,
 *     CHAIN_CONSTRAINTS_FAILURE, OUT_OF_BOUNDS_NOT_REVOKED, OUT_OF_BOUNDS_NO_POE, REVOKED_NO_POE,
 *     REVOKED_CA_NO_POE (or nothing proves that what a revoked authority stated is older),
 *     REVOCATION_OUT_OF_BOUNDS_NO_POE (who stated it has ended), TRY_LATER (evidence is missing or stale, or
 * it says suspended): trust_check.c TIMESTAMP_ORDER_FAILURE, CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
 * CRYPTO_CONSTRAINTS_FAILURE (never was strong, or proven to be younger than its end): conclude.c
 *
 * Never given: SIGNATURE_POLICY_NOT_AVAILABLE and POLICY_PROCESSING_ERROR, since no policy is asked for (one
 * that a signature names is told); NO_POE, which past validation says to itself (5.6.2.2) and answers with
 * what was found before.
 */
#pragma once
#include "cms.h"
#include "stamp.h"

/* Asks of a time-stamp that holds whether it is to be believed, looked at at that time, and notes that in it.
 * Messages go to s. */
struct trust conclude_stamp(struct letter *, struct signature *s, struct stamp *, struct material *,
			    time_t at);

/* Call it once, when intact, valid, coverage, changes_after are known. Fills trusted, revocation,
 * timestamp_time, best_time, validated_at, indication, sub_indication (kept when already set by a failure)
 * and messages. For a signature that is a time-stamp itself (format DocTimeStamp) timestamp_time must be set
 * before. Returns the time at which its existence is proven. */
time_t conclude(struct letter *, struct signature *, const struct proof *, struct material *, time_t proven);
