/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * conclude.c - the indication of one signature. See conclude.h.
 */
#include "conclude.h"
#include "algorithm.h"
#include "text.h"
#include <string.h>

/* TOTAL-FAILED of EN 319 102-1 table 5; every other sub-indication is INDETERMINATE. */
static bool is_failure(const char *sub_indication)
{
	static const char *const all[] = {"FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE",
					  "REVOKED",	    "EXPIRED",	    "NOT_YET_VALID"};
	for (size_t i = 0; sub_indication != NULL && i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i], sub_indication) == 0)
			return true;
	return false;
}

static void weak(struct letter *l, struct signature *s, const char *code, const char *what, const char *until)
{
	signature_message(l, s, WARN, code,
			  until != NULL ? format_text(l, "not strong enough since %s: %s", until, what)
					: format_text(l, "not known to be strong enough: %s", what));
}

/* True: all algorithms were good at that time. */
static bool check_algorithms(struct letter *l, struct signature *s, time_t at)
{
	const char *until;
	bool digest = algorithm_digest_is_good(s->digest, at, &until);
	if (!digest)
		weak(l, s, "WEAK_DIGEST", s->digest, until);
	bool key = algorithm_key_is_good(s->algorithm, s->key_bits, at, &until);
	if (!key)
		weak(l, s, "WEAK_KEY", format_text(l, "%s %d", s->algorithm, s->key_bits), until);
	return digest && key;
}

static void tell_stamp(struct letter *l, struct signature *s, const struct stamp *stamp)
{
	const char *until;
	if (stamp->intact == NO)
		signature_message(l, s, WARN, "STAMP_IMPRINT",
				  "RFC 3161 2.4.2: the time-stamp is over other bytes than this signature");
	if (stamp->valid != YES)
		signature_message(l, s, WARN, "STAMP_INVALID",
				  stamp->tsa == NULL
					  ? "the certificate of the time-stamp's signer was not found"
					  : "the time-stamp's own signature does not hold");
	if (!algorithm_digest_is_good(stamp->digest, stamp->at, &until))
		weak(l, s, "STAMP_WEAK_DIGEST", stamp->digest, until);
}

/* Some signing programs of Vietnam write local time as if it were UTC: seven hours ahead of the time-stamp.
 * The claimed time stays as it was written; genTime is never shifted. */
static void compare_times(struct letter *l, struct signature *s)
{
	time_t claimed, stamped;
	if (!time_parse(s->claimed_time != NULL ? s->claimed_time : "", &claimed) ||
	    !time_parse(s->timestamp_time != NULL ? s->timestamp_time : "", &stamped))
		return;
	double ahead = difftime(claimed, stamped);
	if (ahead >= 6 * 3600 && ahead <= 8 * 3600)
		signature_message(l, s, NOTE, "CLAIMED_LOCAL_TIME",
				  "the claimed signing time is Vietnam's local time written as UTC, "
				  "7 hours ahead of the time-stamp");
	else if (ahead > 3600)
		signature_message(l, s, WARN, "CLAIMED_AFTER_STAMP",
				  "the claimed signing time is later than the time-stamp");
}

/* The earliest signature time-stamp that holds and is trusted proves existence; the earliest that merely
 * holds is still worth telling. */
static time_t use_stamps(struct letter *l, struct signature *s, const struct proof *proof, struct material *m,
			 time_t proven, bool *chained)
{
	time_t earliest = 0;
	for (int i = 0; i < proof->stamps_n; i++) {
		const struct stamp *stamp = &proof->stamps[i];
		tell_stamp(l, s, stamp);
		if (stamp->intact != YES || stamp->valid != YES || stamp->at <= 0)
			continue;
		if (stamp->at > proven) {
			signature_message(l, s, WARN, "STAMP_ORDER",
					  "the time-stamp is later than the time of judgement");
			continue;
		}
		struct trust t = trust_check(l, s, stamp->tsa, m, FOR_TIME_STAMP, proven);
		if (t.trusted != NO && (earliest == 0 || stamp->at < earliest)) {
			earliest = stamp->at;
			*chained = t.chained;
		}
		if (t.trusted == YES)
			proven = stamp->at < proven ? stamp->at : proven;
	}
	if (earliest != 0)
		s->timestamp_time = time_text(l, earliest);
	compare_times(l, s);
	return proven;
}

static void set_revocation(struct letter *l, struct signature *s, const struct trust *t)
{
	s->revocation.status = copy_text(l, t->status);
	s->revocation.source = copy_text(l, t->source);
	s->revocation.produced_at = copy_text(l, t->produced_at);
}

/* Format, digest and value, as they were found. True: they hold and trust may be asked for. */
static bool check_integrity(struct letter *l, struct signature *s, const struct proof *proof)
{
	const char *why = NULL;
	if (s->coverage == COVERS_PART || s->changes_after == CHANGES_FORBIDDEN)
		why = "FORMAT_FAILURE";
	else if (s->intact == NO)
		why = "HASH_FAILURE";
	else if (s->valid == NO)
		why = "SIG_CRYPTO_FAILURE";
	else if (proof->signer == NULL)
		why = "NO_SIGNING_CERTIFICATE_FOUND";
	else if (s->intact != YES || s->valid != YES)
		why = "SIGNED_DATA_NOT_FOUND";
	if (why == NULL && s->sub_indication == NULL)
		return true;
	if (s->sub_indication == NULL || (is_failure(why) && !is_failure(s->sub_indication)))
		s->sub_indication = copy_text(l, why != NULL ? why : s->sub_indication);
	s->indication = is_failure(s->sub_indication) ? TOTAL_FAILED : INDETERMINATE;
	return false;
}

time_t conclude(struct letter *l, struct signature *s, const struct proof *proof, struct material *m,
		time_t proven)
{
	bool stamp = s->format != NULL && strcmp(s->format, "DocTimeStamp") == 0;
	struct trust t = {.trusted = CANNOT_TELL, .status = "unknown"};
	bool sound = check_integrity(l, s, proof), chained = false;
	if (s->intact == YES && s->valid == YES)
		proven = use_stamps(l, s, proof, m, proven, &chained);
	s->validated_at = time_text(l, proven);
	if (proof->signer != NULL)
		t = trust_check(l, s, proof->signer, m, stamp ? FOR_TIME_STAMP : FOR_SIGNER, proven);
	s->trusted = t.trusted;
	set_revocation(l, s, &t);
	bool strong = check_algorithms(l, s, proven);
	if (sound && t.sub_indication != NULL)
		s->sub_indication = copy_text(l, t.sub_indication);
	else if (sound && !strong)
		s->sub_indication = copy_text(l, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
	if (sound)
		s->indication = s->sub_indication == NULL	? TOTAL_PASSED
				: is_failure(s->sub_indication) ? TOTAL_FAILED
								: INDETERMINATE;
	s->best_time = copy_text(l, s->timestamp_time != NULL && (chained || stamp) ? s->timestamp_time
										    : s->claimed_time);
	time_t at;
	if (stamp && s->indication == TOTAL_PASSED && time_parse(s->timestamp_time, &at) && at < proven)
		return at;
	return proven;
}
