/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * trust_check.c - whether one certificate is to be believed at one time: what trust_check() answers. See
 * trust.h.
 *
 * Order of EN 319 102-1 5.2.6: path, constraints, time, revocation, algorithms; the first that fails decides
 * and all are told. What is missing is named: the issuer, the certificate without a CRL, where that is
 * published.
 */
#include "algorithm.h"
#include "certificate.h"
#include "path.h"
#include "text.h"
#include <openssl/x509v3.h>
#include <string.h>

struct question {
	struct letter *l;
	struct signature *s;
	X509 *x;
	const struct material *m;
	enum purpose purpose;
	struct moments when;
	struct path path;
	X509 *blamed; /* the authority on the path that the trouble lies with; NULL: none */
};

static void drop_points(void *p)
{
	CRL_DIST_POINTS_free(p);
}

static const char *words(const void *mem, X509 *x)
{
	const char *name = certificate_name(mem, X509_get_subject_name(x));
	return name != NULL ? name : "?";
}

static void tell(const struct question *q, enum severity severity, const char *code, const char *text)
{
	bool signer = q->purpose == FOR_SIGNER;
	signature_message(q->l, q->s, severity, signer ? code : format_text(q->l, "TSA_%s", code),
			  signer ? text : format_text(q->l, "time-stamp authority: %s", text));
}

/* Where the certificate itself says that its CRL is published. */
static const char *crl_address(const void *mem, X509 *x)
{
	CRL_DIST_POINTS *points =
		own(mem, X509_get_ext_d2i(x, NID_crl_distribution_points, NULL, NULL), drop_points);
	for (int i = 0; i < sk_DIST_POINT_num(points); i++) {
		const DIST_POINT *point = sk_DIST_POINT_value(points, i);
		if (point->distpoint == NULL || point->distpoint->type != 0)
			continue;
		for (int k = 0; k < sk_GENERAL_NAME_num(point->distpoint->name.fullname); k++) {
			const GENERAL_NAME *n = sk_GENERAL_NAME_value(point->distpoint->name.fullname, k);
			if (n->type == GEN_URI)
				return text_nfc_part(mem, (const char *)ASN1_STRING_get0_data(n->d.ia5),
						     (size_t)ASN1_STRING_length(n->d.ia5));
		}
	}
	return NULL;
}

/* RFC 5280 4.2.1.12: a certificate is for the purposes it names. Are there some, and only of these? */
static bool is_for_alone(X509 *x, const int *nids, int n)
{
	EXTENDED_KEY_USAGE *purposes = X509_get_ext_d2i(x, NID_ext_key_usage, NULL, NULL);
	int all = sk_ASN1_OBJECT_num(purposes), found = 0;
	for (int i = 0; i < all; i++)
		for (int k = 0; k < n; k++)
			found += OBJ_obj2nid(sk_ASN1_OBJECT_value(purposes, i)) == nids[k];
	EXTENDED_KEY_USAGE_free(purposes);
	return all > 0 && found == all;
}

static const char *unfit_for(X509 *x, enum purpose purpose)
{
	static const int stamps[] = { NID_time_stamp };
	static const int machines[] = { NID_server_auth, NID_ms_sgc,	NID_ns_sgc, NID_code_sign,
					NID_OCSP_sign,	NID_time_stamp, NID_dvcs };
	int i = X509_get_ext_by_NID(x, NID_ext_key_usage, -1);
	if ((X509_get_extension_flags(x) & EXFLAG_KUSAGE) &&
	    !(X509_get_key_usage(x) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
		return "key usage without digitalSignature and nonRepudiation";
	if (purpose == FOR_TIME_STAMP) /* RFC 3161 2.3: that purpose alone, and critical */
		return i >= 0 && X509_EXTENSION_get_critical(X509_get_ext(x, i)) && is_for_alone(x, stamps, 1)
			       ? NULL
			       : "extended key usage is not timeStamping alone and critical";
	return is_for_alone(x, machines, sizeof machines / sizeof *machines)
		       ? "extended key usage is for servers, code, OCSP or time-stamps alone, not for "
			 "documents"
		       : NULL;
}

static bool is_out_of_time(X509 *x, time_t at)
{
	return at < certificate_time(X509_get0_notBefore(x)) || at > certificate_time(X509_get0_notAfter(x));
}

static const char *day(const struct question *q, time_t at)
{
	return date_text(q->l, time_vn_day(at));
}

static const char *with_dates(const struct question *q, X509 *x)
{
	return format_text(q->l, "%s, %s – %s", words(q->l, x),
			   day(q, certificate_time(X509_get0_notBefore(x))),
			   day(q, certificate_time(X509_get0_notAfter(x))));
}

/* The path itself, and its times. NULL: it holds. */
static const char *judge_path(const struct question *q)
{
	const struct path *p = &q->path;
	bool none = trust_anchors(q->purpose) == 0;
	if (!p->complete) {
		tell(q, WARN, "NO_CHAIN",
		     format_text(q->l,
				 none ? "no trust anchor was given (--trust), so nothing can be trusted: %s"
				      : "no path to a trust anchor; the issuer is not among the local "
					"certificates: %s",
				 certificate_name(q->l, X509_get_issuer_name(q->x))));
		return "NO_CERTIFICATE_CHAIN_FOUND";
	}
	if (p->broken) {
		tell(q, REJECT, "CHAIN_BROKEN",
		     format_text(q->l, "RFC 5280 6.1: the certification path fails: %s", p->error));
		return "CERTIFICATE_CHAIN_GENERAL_FAILURE";
	}
	const char *unfit = p->constrained && p->error != NULL ? p->error : unfit_for(q->x, q->purpose);
	if (unfit != NULL || p->constrained) {
		tell(q, REJECT, "CHAIN_CONSTRAINTS",
		     format_text(q->l, "RFC 5280 4.2: the certificate is not for this use: %s", unfit));
		return "CHAIN_CONSTRAINTS_FAILURE";
	}
	if (p->leaf_early) {
		tell(q, REJECT, "NOT_YET_VALID",
		     format_text(q->l, "not valid yet at the time used: %s", with_dates(q, q->x)));
		return "NOT_YET_VALID";
	}
	if (p->anchor_expired) {
		tell(q, WARN, "ANCHOR_EXPIRED",
		     "the trust anchor is out of its time at the time used, and nothing proves that the "
		     "signature was there before");
		return "NO_CERTIFICATE_CHAIN_FOUND_NO_POE";
	}
	if (p->expired || p->early) {
		for (int i = 0; i < sk_X509_num(p->chain); i++)
			if (is_out_of_time(sk_X509_value(p->chain, i), q->when.at))
				tell(q, WARN, "EXPIRED",
				     format_text(
					     q->l,
					     "out of its time at the time used, and nothing proves that the "
					     "signature was there before: %s",
					     with_dates(q, sk_X509_value(p->chain, i))));
		return "OUT_OF_BOUNDS_NO_POE";
	}
	return NULL;
}

/* All that is known of certificate i of the path: OCSP answers and CRLs, the file's and the local ones. */
static struct standing find_standing(const struct question *q, int i, time_t fallen)
{
	X509 *x = sk_X509_value(q->path.chain, i), *issuer = sk_X509_value(q->path.chain, i + 1);
	struct moments when = q->when;
	when.fallen = fallen;
	struct standing s = revocation_ask(x, issuer, q->m, true, &when);
	revocation_add(&s, revocation_ask(x, issuer, trust_intermediates(), false, &when));
	for (int k = 0; i < PATH_MAX_DEPTH && k < q->path.crls[i].n; k++) {
		struct standing one = q->path.crls[i].at[k];
		revocation_limit(&one, text_starts(one.source, "embedded"), &when);
		revocation_add(&s, one);
	}
	return s;
}

static const struct {
	const char *code, *text, *sub_indication;
} unsettled[] = {
	[REVOCATION_UNKNOWN] = { "REVOCATION_UNKNOWN", "no CRL and no OCSP answer", "TRY_LATER" },
	[REVOCATION_UNANSWERED] =
		{ "REVOCATION_UNANSWERED",
		  "the OCSP responder answered that it does not know the certificate, and there "
		  "is no CRL",
		  "TRY_LATER" },
	[REVOCATION_STALE] = { "REVOCATION_STALE",
			       "only a CRL or OCSP answer that does not reach the time used", "TRY_LATER" },
	[REVOCATION_FUTURE] = { "REVOCATION_FUTURE",
				"only a CRL or OCSP answer that is dated later than today", "TRY_LATER" },
	[REVOCATION_UNVOUCHED] =
		{ "REVOCATION_UNVOUCHED",
		  "only an OCSP answer by a responder that may be revoked itself, for all that "
		  "is known,",
		  "TRY_LATER" },
	[REVOCATION_WEAK] = { "REVOCATION_WEAK", "only a CRL or OCSP answer signed with a weak digest",
			      "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" },
	[REVOCATION_LAPSED] = { "REVOCATION_LAPSED",
				"only a CRL or OCSP answer whose signer's certificate has expired since",
				"REVOCATION_OUT_OF_BOUNDS_NO_POE" },
	[REVOCATION_FALLEN] =
		{ "REVOCATION_FALLEN",
		  "only a CRL or OCSP answer that nothing proves to be older than the revocation of "
		  "the authority that made it",
		  "REVOKED_CA_NO_POE" },
	[REVOCATION_HELD] = { "SUSPENDED", "suspended, which can be lifted", "TRY_LATER" },
};

static void tell_unsettled(const struct question *q, X509 *x, enum revocation is)
{
	const char *address = crl_address(q->l, x);
	tell(q, WARN, unsettled[is].code,
	     format_text(q->l, "%s%s%s%s%s%s", unsettled[is].text, is == REVOCATION_HELD ? ": " : " for ",
			 words(q->l, x), address != NULL ? " (CRL: " : "", address != NULL ? address : "",
			 address != NULL ? ")" : ""));
}

/* Revocation of every certificate of a sound path but the anchor. From the anchor down it is found what each
 * authority may still state; what is told begins with the certificate asked about. */
static void judge_revocation(struct question *q, struct trust *t)
{
	struct standing all[PATH_MAX_DEPTH] = { 0 };
	int n = sk_X509_num(q->path.chain) - 1;
	time_t fallen = 0;
	for (int i = n - 1; i >= 0; i--) {
		struct standing st = find_standing(q, i, fallen);
		if (st.revoked != 0 && (fallen == 0 || st.revoked < fallen))
			fallen = st.revoked;
		if (i < PATH_MAX_DEPTH)
			all[i] = st;
	}
	t->status = "good";
	for (int i = 0; i < n; i++) {
		X509 *x = sk_X509_value(q->path.chain, i);
		struct standing st = all[i < PATH_MAX_DEPTH ? i : PATH_MAX_DEPTH - 1];
		if (i == 0 && st.is != REVOCATION_UNKNOWN) {
			t->source = st.source;
			t->produced_at = st.produced > 0 ? time_text(q->l, st.produced) : NULL;
		}
		if (st.is == REVOCATION_GOOD) {
			if (st.revoked > q->when.at)
				tell(q, NOTE, "REVOKED_LATER",
				     format_text(q->l, "revoked, but after the time used: %s, %s",
						 words(q->l, x), day(q, st.revoked)));
			continue;
		}
		q->blamed = i > 0 ? x : NULL;
		if (st.is == REVOKED) {
			t->status = "revoked";
			t->trusted = NO;
			t->since = st.revoked;
			t->sub_indication = i > 0 ? "REVOKED_CA_NO_POE" : "REVOKED_NO_POE";
			tell(q, REJECT, "REVOKED",
			     format_text(q->l, "revoked before the time used: %s, %s", words(q->l, x),
					 day(q, st.revoked)));
			return;
		}
		t->status = "unknown";
		t->sub_indication = unsettled[st.is].sub_indication;
		tell_unsettled(q, x, st.is);
	}
}

static bool is_local(X509 *x)
{
	const STACK_OF(X509) *all = trust_intermediates()->certificates;
	for (int i = 0; i < sk_X509_num(all); i++)
		if (X509_cmp(sk_X509_value(all, i), x) == 0)
			return true;
	return false;
}

/* Algorithms the path stands on, at the time used (EN 319 102-1 5.2.6.4 and 5.2.8): what a file brings could
 * have been forged under a weak digest, and dated back. A certificate that lies in the local store is known
 * by its bytes, as the anchor is: of such the key alone is looked at. */
static const char *judge_algorithms(const struct question *q)
{
	const char *fault = NULL;
	for (int i = 0; i + 1 < sk_X509_num(q->path.chain); i++) {
		X509 *x = sk_X509_value(q->path.chain, i);
		int digest = NID_undef, bits = 0;
		const char *until = NULL, *key = certificate_key(x, &bits), *what = NULL;
		X509_get_signature_info(x, &digest, NULL, NULL, NULL);
		if (digest != NID_undef && !is_local(x) &&
		    !algorithm_digest_is_good(certificate_digest(digest), q->when.at, &until))
			what = certificate_digest(digest);
		else if (i > 0 && !algorithm_key_is_good(key, bits, q->when.at, &until))
			what = format_text(q->l, "%s %d", key, bits);
		if (what == NULL)
			continue;
		fault = until != NULL ? "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" : "CRYPTO_CONSTRAINTS_FAILURE";
		tell(q, WARN, "WEAK_CHAIN",
		     format_text(q->l, "a weak algorithm in the certificate of %s: %s%s%s%s", words(q->l, x),
				 what, until != NULL ? " (" : "", until != NULL ? until : "",
				 until != NULL ? ")" : ""));
	}
	return fault;
}

static struct trust judge(struct question *q)
{
	struct trust t = { .trusted = CANNOT_TELL, .status = "unknown" };
	const char *fault = judge_path(q);
	bool only_time = fault != NULL && strcmp(fault, "OUT_OF_BOUNDS_NO_POE") == 0;
	t.chained = fault == NULL || only_time;
	if (t.chained) {
		tell(q, NOTE, "CHAIN_OK",
		     format_text(q->l, "path to the trust anchor %s",
				 words(q->l, sk_X509_value(q->path.chain, sk_X509_num(q->path.chain) - 1))));
		judge_revocation(q, &t);
		const char *weak = judge_algorithms(q);
		if (fault == NULL && t.sub_indication == NULL)
			t.sub_indication = weak;
		if (fault == NULL && t.sub_indication == NULL)
			t.trusted = YES;
	}
	if (only_time &&
	    t.trusted != NO) { /* a proven revocation says more than a date that cannot be placed */
		t.sub_indication = t.sub_indication == NULL ? "OUT_OF_BOUNDS_NOT_REVOKED" : fault;
		t.since = certificate_time(X509_get0_notAfter(q->x));
	} else if (fault != NULL && !only_time) {
		t.sub_indication = fault;
		t.trusted = text_starts(fault, "NO_CERTIFICATE_CHAIN_FOUND") ? CANNOT_TELL : NO;
	}
	return t;
}

struct trust trust_check(struct letter *l, struct signature *s, X509 *x, struct material *m,
			 enum purpose purpose, time_t at)
{
	enum { OTHER_PATHS = 4 };
	time_t now = l->settings->at;
	struct signature told = { 0 }; /* what is said of the path that is taken in the end */
	struct question q = { .l = l, .s = &told, .x = x, .m = m, .purpose = purpose };
	q.when = (struct moments){ .at = at,
				   .now = now,
				   .held = m->held != 0 ? m->held : now,
				   .then = purpose == FOR_TIME_STAMP,
				   .today = trust_today() };
	q.path = path_build(l, x, m, purpose, &q.when);
	struct trust t = judge(&q);
	for (int i = 0; i < OTHER_PATHS && t.trusted != YES && q.blamed != NULL; i++) {
		struct signature other_told = { 0 };
		struct question other = q;
		other.s = &other_told;
		other.blamed = NULL;
		other.path = path_without(l, &q.path, q.blamed, x, m, purpose, &q.when);
		if (!other.path.complete)
			break;
		struct trust u = judge(&other);
		if (u.trusted == YES || (t.trusted == NO && u.trusted == CANNOT_TELL)) {
			t = u;
			told = other_told;
		}
		q.path = other.path;
		q.blamed = other.blamed;
	}
	for (int i = 0; i < told.messages.n; i++)
		signature_message(l, s, told.messages.at[i].severity, told.messages.at[i].code,
				  told.messages.at[i].text);
	return t;
}
