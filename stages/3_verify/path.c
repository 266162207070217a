/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * path.c - certification paths, and the answer trust_check() gives of one. See path.h, trust.h.
 */
#include "path.h"
#include "certificate.h"
#include "text.h"
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

static X509_STORE *stores[2]; /* by enum purpose */

static void drop_context(void *p)
{
	X509_STORE_CTX_free(p);
}
static void drop_stack(void *p)
{
	sk_X509_free(p);
}
static void drop_crl_stack(void *p)
{
	sk_X509_CRL_free(p);
}
static void drop_chain(void *p)
{
	sk_X509_pop_free(p, X509_free);
}
static void drop_points(void *p)
{
	CRL_DIST_POINTS_free(p);
}

void path_prepare(STACK_OF(X509) *for_signer, STACK_OF(X509) *for_time_stamp)
{
	STACK_OF(X509) *anchors[] = {for_signer, for_time_stamp};
	for (int p = 0; p < 2; p++) {
		X509_STORE_free(stores[p]);
		stores[p] = X509_STORE_new();
		for (int i = 0; i < sk_X509_num(anchors[p]); i++)
			X509_STORE_add_cert(stores[p], sk_X509_value(anchors[p], i));
	}
	ERR_clear_error();
}

struct watch {
	struct path *path;
	time_t at;
	STACK_OF(X509_CRL) *crls;
};

static void fail(struct path *p, bool *which, int error)
{
	*which = true;
	if (p->error == NULL)
		p->error = X509_verify_cert_error_string(error);
}

/* OpenSSL does not say which CRL it was; the earliest date that any CRL of this issuer gives is the safe one.
 */
static void judge_revoked(struct watch *w, X509 *x, int depth)
{
	time_t earliest = -1;
	for (int i = 0; i < sk_X509_CRL_num(w->crls); i++) {
		X509_REVOKED *entry = NULL;
		if (X509_CRL_get0_by_cert(sk_X509_CRL_value(w->crls, i), &entry, x) != 1 || entry == NULL)
			continue;
		time_t date = certificate_time(X509_REVOKED_get0_revocationDate(entry));
		if (earliest < 0 || date < earliest)
			earliest = date;
	}
	if (earliest <= w->at)
		w->path->revocation[depth] = REVOKED_BEFORE;
}

/* Every fault is noted and the check goes on, so that the report tells them all. */
static int notice(int ok, X509_STORE_CTX *ctx)
{
	X509_STORE_CTX *top = X509_STORE_CTX_get0_parent_ctx(ctx);
	struct watch *w = X509_STORE_CTX_get_app_data(top != NULL ? top : ctx);
	if (ok || w == NULL)
		return ok;
	struct path *p = w->path;
	int error = X509_STORE_CTX_get_error(ctx), depth = X509_STORE_CTX_get_error_depth(ctx);
	if (depth < 0 || depth >= PATH_MAX_DEPTH)
		depth = PATH_MAX_DEPTH - 1;
	switch (error) {
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_CERT_UNTRUSTED:
		p->complete = false;
		return 1;
	case X509_V_ERR_CERT_HAS_EXPIRED:
		fail(p, &p->expired, error);
		return 1;
	case X509_V_ERR_CERT_NOT_YET_VALID:
		fail(p, &p->early, error);
		p->leaf_early = p->leaf_early || depth == 0;
		return 1;
	case X509_V_ERR_UNABLE_TO_GET_CRL:
		p->revocation[depth] = REVOCATION_UNKNOWN;
		return top == NULL;
	case X509_V_ERR_CRL_HAS_EXPIRED:
	case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
	case X509_V_ERR_DIFFERENT_CRL_SCOPE:
	case X509_V_ERR_CRL_SIGNATURE_FAILURE:
	case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
	case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
	case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
		if (p->revocation[depth] != REVOKED_BEFORE)
			p->revocation[depth] = REVOCATION_STALE;
		return 1;
	case X509_V_ERR_CRL_NOT_YET_VALID:
		return 1;
	case X509_V_ERR_CERT_REVOKED:
		judge_revoked(w, X509_STORE_CTX_get_current_cert(ctx), depth);
		return 1;
	case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
	case X509_V_ERR_INVALID_PURPOSE:
	case X509_V_ERR_NO_EXPLICIT_POLICY:
	case X509_V_ERR_INVALID_POLICY_EXTENSION:
		fail(p, &p->constrained, error);
		return 1;
	default:
		fail(p, &p->broken, error);
		return 1;
	}
}

struct path path_build(const void *mem, X509 *x, struct material *m, enum purpose purpose, time_t at)
{
	struct path p = {.complete = true};
	if (stores[purpose] == NULL || trust_anchors(purpose) == 0)
		return (struct path){0};
	material_open(m);
	const struct material *mine = trust_intermediates();
	STACK_OF(X509) *untrusted = own(mem, sk_X509_new_null(), drop_stack);
	STACK_OF(X509_CRL) *crls = own(mem, sk_X509_CRL_new_null(), drop_crl_stack);
	const struct material *both[] = {m, mine};
	for (int b = 0; b < 2; b++) {
		for (int i = 0; both[b] != NULL && i < sk_X509_num(both[b]->certificates); i++)
			sk_X509_push(untrusted, sk_X509_value(both[b]->certificates, i));
		for (int i = 0; both[b] != NULL && i < sk_X509_CRL_num(both[b]->crls); i++)
			sk_X509_CRL_push(crls, sk_X509_CRL_value(both[b]->crls, i));
	}
	struct watch w = {&p, at, crls};
	X509_STORE_CTX *ctx = own(mem, X509_STORE_CTX_new(), drop_context);
	if (ctx == NULL || X509_STORE_CTX_init(ctx, stores[purpose], x, untrusted) != 1)
		return (struct path){0};
	for (int i = 0; i < PATH_MAX_DEPTH; i++)
		p.revocation[i] = sk_X509_CRL_num(crls) > 0 ? REVOCATION_GOOD : REVOCATION_UNKNOWN;
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_time(param, at);
	X509_VERIFY_PARAM_set_auth_level(param, 0);
	X509_VERIFY_PARAM_set_depth(param, PATH_MAX_DEPTH - 2);
	if (sk_X509_CRL_num(crls) > 0)
		X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL |
							   X509_V_FLAG_EXTENDED_CRL_SUPPORT |
							   X509_V_FLAG_USE_DELTAS);
	X509_VERIFY_PARAM_set_flags(param,
				    X509_V_FLAG_POLICY_CHECK); /* what the certificates themselves demand; */
	X509_VERIFY_PARAM_add0_policy(param, OBJ_nid2obj(NID_any_policy)); /* of ours, any policy will do */
	X509_STORE_CTX_set0_crls(ctx, crls);
	X509_STORE_CTX_set_app_data(ctx, &w);
	X509_STORE_CTX_set_verify_cb(ctx, notice);
	if (X509_verify_cert(ctx) < 0 || X509_STORE_CTX_get0_chain(ctx) == NULL)
		p.complete = false;
	p.chain = own(mem, X509_STORE_CTX_get1_chain(ctx), drop_chain);
	ERR_clear_error();
	return p;
}

/* What trust_check() says -------------------------------------------------------------------------------- */

static const char *words(const void *mem, X509 *x)
{
	const char *name = certificate_name(mem, X509_get_subject_name(x));
	return name != NULL ? name : "?";
}

static void tell(struct letter *l, struct signature *s, enum purpose purpose, enum severity severity,
		 const char *code, const char *text)
{
	signature_message(l, s, severity, purpose == FOR_SIGNER ? code : format_text(l, "TSA_%s", code),
			  purpose == FOR_SIGNER ? text : format_text(l, "time-stamp authority: %s", text));
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

static bool fits_purpose(X509 *x, enum purpose purpose)
{
	uint32_t flags = X509_get_extension_flags(x);
	if (purpose == FOR_TIME_STAMP) /* RFC 3161 2.3: that purpose alone, and critical */
		return (flags & EXFLAG_XKUSAGE) && X509_get_extended_key_usage(x) == XKU_TIMESTAMP &&
		       X509_get_ext_by_NID(x, NID_ext_key_usage, -1) >= 0 &&
		       X509_EXTENSION_get_critical(
			       X509_get_ext(x, X509_get_ext_by_NID(x, NID_ext_key_usage, -1)));
	return !(flags & EXFLAG_KUSAGE) ||
	       (X509_get_key_usage(x) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

/* The first fault of a path in the order of EN 319 102-1 5.2.6; NULL: the path holds. */
static const char *judge_path(struct letter *l, struct signature *s, X509 *x, const struct path *p,
			      enum purpose purpose)
{
	if (!p->complete) {
		tell(l, s, purpose, WARN, "NO_CHAIN",
		     format_text(
			     l,
			     trust_anchors(purpose) == 0
				     ? "no trust anchor was given (--trust), so nothing can be trusted: %s"
				     : "no path to a trust anchor; the issuer is not among the local "
				       "certificates: %s",
			     certificate_name(l, X509_get_issuer_name(x))));
		return "NO_CERTIFICATE_CHAIN_FOUND";
	}
	if (p->broken) {
		tell(l, s, purpose, REJECT, "CHAIN_BROKEN",
		     format_text(l, "RFC 5280 6.1: the certification path fails: %s", p->error));
		return "CERTIFICATE_CHAIN_GENERAL_FAILURE";
	}
	if (p->constrained || !fits_purpose(x, purpose)) {
		tell(l, s, purpose, REJECT, "CHAIN_CONSTRAINTS",
		     format_text(l, "RFC 5280 4.2: the certificate is not for this use: %s",
				 p->error != NULL ? p->error
				 : purpose == FOR_SIGNER
					 ? "key usage without digitalSignature and nonRepudiation"
					 : "extended key usage is not timeStamping alone and critical"));
		return "CHAIN_CONSTRAINTS_FAILURE";
	}
	if (p->leaf_early) {
		tell(l, s, purpose, REJECT, "NOT_YET_VALID",
		     "the certificate was not valid yet at the time used");
		return "NOT_YET_VALID";
	}
	if (p->expired || p->early) {
		tell(l, s, purpose, WARN, "EXPIRED",
		     "a certificate of the path is out of its time at the time used, and nothing "
		     "proves that the signature was there before");
		return "OUT_OF_BOUNDS_NO_POE";
	}
	return NULL;
}

struct status {
	enum revocation is;
	const char *source;
	time_t produced;
};

/* OCSP answers first, the file's before the local ones, then what the CRLs said during the path's check. */
static struct status find_status(const struct path *p, int i, const struct material *m, time_t at)
{
	X509 *x = sk_X509_value(p->chain, i), *issuer = sk_X509_value(p->chain, i + 1);
	const struct material *mine = trust_intermediates();
	struct status st = {revocation_ask(x, issuer, m, at, &st.produced), "embedded-ocsp", 0};
	st.is = revocation_ask(x, issuer, m, at, &st.produced);
	if (st.is >= REVOCATION_GOOD)
		return st;
	struct status own_answer = {REVOCATION_UNKNOWN, "local-ocsp", 0};
	own_answer.is = revocation_ask(x, issuer, mine, at, &own_answer.produced);
	if (own_answer.is > st.is)
		st = own_answer;
	if (st.is >= REVOCATION_GOOD || i >= PATH_MAX_DEPTH || p->revocation[i] <= st.is)
		return st;
	X509_CRL *embedded = revocation_crl(issuer, m), *stored = revocation_crl(issuer, mine);
	st = (struct status){p->revocation[i], embedded != NULL ? "embedded-crl" : "local-crl", 0};
	X509_CRL *used = embedded != NULL ? embedded : stored;
	st.produced = used != NULL ? certificate_time(X509_CRL_get0_lastUpdate(used)) : 0;
	return st;
}

/* Revocation of every certificate of a sound path but the anchor. */
static void judge_revocation(struct letter *l, struct signature *s, const struct path *p,
			     const struct material *m, enum purpose purpose, time_t at, struct trust *t)
{
	t->status = "good";
	for (int i = 0; i + 1 < sk_X509_num(p->chain); i++) {
		X509 *x = sk_X509_value(p->chain, i);
		struct status st = find_status(p, i, m, at);
		if (i == 0 && st.is != REVOCATION_UNKNOWN) {
			t->source = st.source;
			t->produced_at = st.produced > 0 ? time_text(l, st.produced) : NULL;
		}
		if (st.is == REVOCATION_GOOD)
			continue;
		t->of_issuer = i > 0;
		if (st.is == REVOKED_BEFORE) {
			t->status = "revoked";
			t->trusted = NO;
			t->sub_indication = i > 0 ? "REVOKED_CA_NO_POE" : "REVOKED_NO_POE";
			tell(l, s, purpose, REJECT, "REVOKED",
			     format_text(l, "revoked before the time used: %s", words(l, x)));
			return;
		}
		const char *address = crl_address(l, x);
		t->status = "unknown";
		t->sub_indication = "TRY_LATER";
		tell(l, s, purpose, WARN,
		     st.is == REVOCATION_STALE ? "REVOCATION_STALE" : "REVOCATION_UNKNOWN",
		     format_text(l, "%s for %s%s%s%s",
				 st.is == REVOCATION_STALE
					 ? "only a CRL or OCSP answer that does not reach the time used"
					 : "no CRL and no OCSP answer",
				 words(l, x), address != NULL ? " (CRL: " : "",
				 address != NULL ? address : "", address != NULL ? ")" : ""));
	}
}

struct trust trust_check(struct letter *l, struct signature *s, X509 *x, struct material *m,
			 enum purpose purpose, time_t at)
{
	struct trust t = {.trusted = CANNOT_TELL, .status = "unknown"};
	struct path p = path_build(l, x, m, purpose, at);
	const char *fault = judge_path(l, s, x, &p, purpose);
	bool only_time = fault != NULL && strcmp(fault, "OUT_OF_BOUNDS_NO_POE") == 0;
	t.chained = fault == NULL || only_time;
	if (t.chained) {
		tell(l, s, purpose, NOTE, "CHAIN_OK",
		     format_text(l, "path to the trust anchor %s",
				 words(l, sk_X509_value(p.chain, sk_X509_num(p.chain) - 1))));
		judge_revocation(l, s, &p, m, purpose, at, &t);
		if (fault == NULL && t.sub_indication == NULL)
			t.trusted = YES;
	}
	if (only_time &&
	    t.trusted != NO) /* a proven revocation says more than a date that cannot be placed */
		t.sub_indication = t.sub_indication == NULL ? "OUT_OF_BOUNDS_NOT_REVOKED" : fault;
	else if (fault != NULL && !only_time) {
		t.sub_indication = fault;
		t.trusted = strcmp(fault, "NO_CERTIFICATE_CHAIN_FOUND") == 0 ? CANNOT_TELL : NO;
	}
	return t;
}
