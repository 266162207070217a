/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * conclude.c - the indication of one signature. See conclude.h.
 */
#include "conclude.h"
#include "algorithm.h"
#include "certificate.h"
#include "text.h"
#include <string.h>

/* TOTAL-FAILED of EN 319 102-1 table 5; every other sub-indication is INDETERMINATE. */
static bool is_failure(const char *sub_indication)
{
	static const char *const all[] = { "FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE",
					   "REVOKED",	    "EXPIRED",	    "NOT_YET_VALID" };
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

/* NULL: all algorithms were good at that time. Weak ones are a matter of proof, since the signature may be
 * older than their end; not for what never was good, nor for what is proven to be younger than the end. */
static const char *check_algorithms(struct letter *l, struct signature *s, time_t at, time_t younger_than)
{
	const char *ends[2] = { NULL, NULL };
	bool digest = algorithm_digest_is_good(s->digest, at, &ends[0]);
	if (!digest)
		weak(l, s, "WEAK_DIGEST", s->digest, ends[0]);
	bool key = s->key_bits == 0 || algorithm_key_is_good(s->algorithm, s->key_bits, at, &ends[1]);
	if (!key)
		weak(l, s, "WEAK_KEY", format_text(l, "%s %d", s->algorithm, s->key_bits), ends[1]);
	const bool good[] = { digest, key };
	for (int i = 0; i < 2; i++) {
		time_t end;
		if (!good[i] && (ends[i] == NULL ||
				 (younger_than > 0 && time_parse(ends[i], &end) && younger_than >= end)))
			return "CRYPTO_CONSTRAINTS_FAILURE";
	}
	return digest && key ? NULL : "CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
}

static void tell_stamp(struct letter *l, struct signature *s, const struct stamp *stamp)
{
	if (stamp->intact == NO)
		signature_message(l, s, WARN, "STAMP_IMPRINT",
				  "RFC 3161 2.4.2: the time-stamp is over other bytes than this signature");
	if (stamp->valid != YES)
		signature_message(l, s, WARN, "STAMP_INVALID",
				  stamp->tsa == NULL
					  ? "the certificate of the time-stamp's signer was not found"
					  : "the time-stamp's own signature does not hold");
}

/* Its algorithms must be strong when it is looked at: a weak one could have been made yesterday. */
static bool is_strong(struct letter *l, struct signature *s, const struct stamp *stamp, time_t at)
{
	const struct signature *token = stamp->detail;
	const char *until;
	bool digest = algorithm_digest_is_good(stamp->digest, at, &until);
	if (!digest)
		weak(l, s, "STAMP_WEAK_DIGEST", stamp->digest, until);
	bool key =
		token->key_bits == 0 || algorithm_key_is_good(token->algorithm, token->key_bits, at, &until);
	if (!key)
		weak(l, s, "STAMP_WEAK_KEY", format_text(l, "%s %d", token->algorithm, token->key_bits),
		     until);
	return digest && key;
}

/* A time before the authority was certified is a time that it cannot have stamped. */
static bool is_before_authority(struct letter *l, struct signature *s, X509 *tsa, time_t at)
{
	bool before = at < certificate_time(X509_get0_notBefore(tsa));
	if (before)
		signature_message(l, s, REJECT, "TSA_NOT_YET_VALID",
				  "time-stamp authority: it gives a time before its certificate began");
	return before;
}

struct trust conclude_stamp(struct letter *l, struct signature *s, struct stamp *stamp, struct material *m,
			    time_t at)
{
	struct trust t = trust_check(l, s, stamp->tsa, m, FOR_TIME_STAMP, at);
	if (is_before_authority(l, s, stamp->tsa, stamp->at))
		t.trusted = NO;
	else if (!is_strong(l, s, stamp, at) && t.trusted == YES)
		t.trusted = CANNOT_TELL;
	stamp->believed = t.trusted == YES;
	return t;
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

static bool holds(const struct stamp *stamp)
{
	return stamp->intact == YES && stamp->valid == YES && stamp->at > 0;
}

/* The youngest time-stamp over the content before it was signed: the signature is younger than that. 0: none.
 */
static time_t use_content_stamps(struct letter *l, struct signature *s, const struct proof *proof,
				 struct material *m, time_t proven)
{
	time_t youngest = 0;
	for (int i = 0; i < proof->content_n; i++) {
		struct stamp *stamp = &proof->content[i];
		tell_stamp(l, s, stamp);
		if (holds(stamp) && conclude_stamp(l, s, stamp, m, proven).trusted == YES &&
		    stamp->at > youngest)
			youngest = stamp->at;
	}
	return youngest;
}

/* EN 319 102-1 5.5.4: what is over the content is older than what is over the signature value, and that is
 * older than what is over the whole. Those that are not believed have no say. */
static bool check_order(struct letter *l, struct signature *s, const struct proof *proof)
{
	enum { LEEWAY = 60 }; /* seconds clocks of two authorities may differ */
	bool ordered = true;
	for (int i = 0; i < proof->stamps_n; i++) {
		const struct stamp *stamp = &proof->stamps[i];
		if (!stamp->believed)
			continue;
		ordered = ordered && (proof->covered == 0 || stamp->at <= proof->covered + LEEWAY);
		for (int k = 0; k < proof->content_n; k++)
			ordered = ordered &&
				  (!proof->content[k].believed || proof->content[k].at <= stamp->at + LEEWAY);
	}
	if (!ordered)
		signature_message(
			l, s, REJECT, "STAMP_ORDER",
			"EN 319 102-1 5.5.4: the time-stamps are not in the order in which they were put on");
	return ordered;
}

/* The earliest signature time-stamp that holds and is trusted proves existence; the earliest that merely
 * holds is still worth telling. */
static time_t use_stamps(struct letter *l, struct signature *s, const struct proof *proof, struct material *m,
			 time_t proven, bool *chained)
{
	time_t earliest = 0, now = proven;
	for (int i = 0; i < proof->stamps_n; i++) {
		struct stamp *stamp = &proof->stamps[i];
		tell_stamp(l, s, stamp);
		if (!holds(stamp))
			continue;
		if (stamp->at > now) {
			signature_message(l, s, WARN, "STAMP_LATE",
					  "the time-stamp is later than the time of judgement");
			if (stamp->at <= l->settings->at) /* then something else is earlier than can be */
				conclude_stamp(l, s, stamp, m, l->settings->at);
			continue;
		}
		struct trust t = conclude_stamp(l, s, stamp, m, now);
		if (t.trusted != NO && (earliest == 0 || stamp->at < earliest)) {
			earliest = stamp->at;
			*chained = t.chained;
		}
		if (t.trusted == YES && stamp->at < proven)
			proven = stamp->at;
	}
	if (earliest != 0)
		s->timestamp_time = time_text(l, earliest);
	compare_times(l, s);
	return proven;
}

/* EN 319 102-1 5.3.4, steps 5 and 6: a signature proven to be younger than the end or the revocation of its
 * certificate is no matter of missing proof any more. */
static const char *sharpen(const struct trust *t, time_t younger_than)
{
	bool late = younger_than > 0 && t->since > 0 && younger_than > t->since;
	if (late && text_same(t->sub_indication, "REVOKED_NO_POE"))
		return "REVOKED";
	if (late && t->sub_indication != NULL && text_starts(t->sub_indication, "OUT_OF_BOUNDS"))
		return "EXPIRED";
	return t->sub_indication;
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
	struct trust t = { .trusted = CANNOT_TELL, .status = "unknown" };
	bool sound = check_integrity(l, s, proof), chained = false, ordered = true;
	time_t younger_than = 0, at;
	if (s->intact == YES && s->valid == YES) {
		younger_than = use_content_stamps(l, s, proof, m, proven);
		proven = use_stamps(l, s, proof, m, proven, &chained);
		ordered = check_order(l, s, proof);
	}
	s->validated_at = time_text(l, proven);
	if (proof->signer != NULL)
		t = trust_check(l, s, proof->signer, m, stamp ? FOR_TIME_STAMP : FOR_SIGNER, proven);
	if (stamp && proof->signer != NULL &&
	    time_parse(s->timestamp_time != NULL ? s->timestamp_time : "", &at) &&
	    is_before_authority(l, s, proof->signer, at)) {
		t.trusted = NO;
		t.sub_indication = "NOT_YET_VALID";
	}
	s->trusted = t.trusted;
	set_revocation(l, s, &t);
	const char *weakness = check_algorithms(l, s, proven, younger_than);
	if (sound)
		s->sub_indication = copy_text(l, t.sub_indication != NULL ? sharpen(&t, younger_than)
						 : !ordered		  ? "TIMESTAMP_ORDER_FAILURE"
									  : weakness);
	if (sound)
		s->indication = s->sub_indication == NULL	? TOTAL_PASSED
				: is_failure(s->sub_indication) ? TOTAL_FAILED
								: INDETERMINATE;
	s->best_time = copy_text(l, s->timestamp_time != NULL && (chained || stamp) ? s->timestamp_time
										    : s->claimed_time);
	if (stamp && s->indication == TOTAL_PASSED && time_parse(s->timestamp_time, &at) && at < proven)
		return at;
	return proven;
}
