/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * path.c - certification paths. See path.h.
 */
#include "path.h"
#include "certificate.h"
#include <openssl/err.h>
#include <openssl/x509v3.h>

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
struct watch {
	const void *mem;
	struct path *path;
	const struct moments *when;
	const struct material *embedded;
	int *signatures; /* an issuer must have signed, not only have the name; so many may be checked */
};

static void fail(struct path *p, bool *which, int error)
{
	bool graver = which == &p->broken ? !p->broken : which == &p->constrained && !p->broken && !p->constrained;
	*which = true;
	if (p->error == NULL || graver)
		p->error = X509_verify_cert_error_string(error);
}

static struct watch *watch_of(X509_STORE_CTX *ctx, bool *inner)
{
	X509_STORE_CTX *top = X509_STORE_CTX_get0_parent_ctx(ctx); /* of a CRL signer's own path */
	if (inner != NULL)
		*inner = top != NULL;
	return X509_STORE_CTX_get_app_data(top != NULL ? top : ctx);
}

static int depth_of(X509_STORE_CTX *ctx)
{
	int depth = X509_STORE_CTX_get_error_depth(ctx);
	return depth < 0 || depth >= PATH_MAX_DEPTH ? PATH_MAX_DEPTH - 1 : depth;
}

/* OpenSSL's own: looks a certificate up in a CRL whose scope and signature it found right; has the issuer the
 * right name and key identifier. */
static X509_STORE_CTX_cert_crl_fn openssl_cert_crl;
static X509_STORE_CTX_check_issued_fn openssl_check_issued;

static bool is_among(const STACK_OF(X509) *all, const X509 *x)
{
	for (int i = 0; i < sk_X509_num(all); i++)
		if (X509_cmp(sk_X509_value(all, i), x) == 0)
			return true;
	return false;
}

static void note(const void *mem, struct standings *list, struct standing s)
{
	list->at = own_grow(mem, list->at, list->n, &list->room, sizeof *list->at);
	list->at[list->n++] = s;
}

static int check_issued(X509_STORE_CTX *ctx, X509 *x, X509 *issuer)
{
	struct watch *w = watch_of(ctx, NULL);
	return openssl_check_issued(ctx, x, issuer) == 1 &&
	       (w == NULL || x == issuer || !is_among(w->path->left_out, issuer)) &&
	       (w == NULL || w->signatures == NULL ||
		(--*w->signatures > 0 && X509_verify(x, X509_get0_pubkey(issuer)) == 1));
}

/* The same, and what the CRL says is noted with its date. Reached once for each CRL that applies. */
static int note_crl(X509_STORE_CTX *ctx, X509_CRL *crl, X509 *x)
{
	bool inner;
	struct watch *w = watch_of(ctx, &inner);
	if (w != NULL && !inner) {
		bool embedded = false;
		for (int i = 0; i < sk_X509_CRL_num(w->embedded->crls); i++)
			embedded = embedded || sk_X509_CRL_value(w->embedded->crls, i) == crl;
		X509 *signer = X509_STORE_CTX_get0_current_issuer(ctx);
		struct standing s = revocation_entry(crl, x, signer, embedded, w->when);
		s.source = embedded ? "embedded-crl" : "local-crl";
		if (s.is == REVOCATION_GOOD && s.revoked == 0 && !revocation_crl_remembers(crl, x))
			s.is = REVOCATION_STALE;
		note(w->mem, &w->path->crls[depth_of(ctx)], s);
	}
	return openssl_cert_crl(ctx, crl, x);
}

/* Every fault is noted and the check goes on, so that the report tells them all. */
static int notice(int ok, X509_STORE_CTX *ctx)
{
	bool inner;
	struct watch *w = watch_of(ctx, &inner);
	if (ok || w == NULL)
		return ok;
	struct path *p = w->path;
	int error = X509_STORE_CTX_get_error(ctx), depth = depth_of(ctx);
	X509 *x = X509_STORE_CTX_get_current_cert(ctx);
	if (inner) /* a fault of a CRL signer's path makes the CRL unfit, not the path */
		return error == X509_V_ERR_CRL_NOT_YET_VALID || error == X509_V_ERR_CRL_HAS_EXPIRED;
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
		p->anchor_expired = p->anchor_expired ||
				    (x != NULL && depth > 0 &&
				     X509_NAME_cmp(X509_get_subject_name(x), X509_get_issuer_name(x)) == 0);
		return 1;
	case X509_V_ERR_CERT_NOT_YET_VALID:
		fail(p, &p->early, error);
		p->leaf_early = p->leaf_early || depth == 0;
		return 1;
	case X509_V_ERR_CRL_NOT_YET_VALID: /* CRLs were chosen by our own times */
	case X509_V_ERR_CRL_HAS_EXPIRED:
	case X509_V_ERR_CERT_REVOKED: /* noted with its date by note_crl() */
		return 1;
	case X509_V_ERR_UNABLE_TO_GET_CRL: /* none, or none for some of the reasons */
		p->crl_unfit[depth] = true;
		return 1;
	case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
	case X509_V_ERR_DIFFERENT_CRL_SCOPE:
	case X509_V_ERR_CRL_SIGNATURE_FAILURE:
	case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
	case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
	case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
		p->crl_unfit[depth] = true;
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

void path_prepare(STACK_OF(X509) *for_signer, STACK_OF(X509) *for_time_stamp)
{
	STACK_OF(X509) *anchors[] = { for_signer, for_time_stamp };
	for (int p = 0; p < 2; p++) {
		X509_STORE_free(stores[p]);
		stores[p] = X509_STORE_new();
		for (int i = 0; i < sk_X509_num(anchors[p]); i++)
			X509_STORE_add_cert(stores[p], sk_X509_value(anchors[p], i));
		X509_STORE_CTX *ctx = openssl_cert_crl == NULL ? X509_STORE_CTX_new() : NULL;
		if (ctx != NULL && X509_STORE_CTX_init(ctx, stores[p], NULL, NULL) == 1) {
			openssl_cert_crl = X509_STORE_CTX_get_cert_crl(ctx);
			openssl_check_issued = X509_STORE_CTX_get_check_issued(ctx);
		}
		X509_STORE_CTX_free(ctx);
		X509_STORE_set_cert_crl(stores[p], note_crl);
		X509_STORE_set_check_issued(stores[p], check_issued);
	}
	ERR_clear_error();
}

/* CRLs of both that reach the time. */
static STACK_OF(X509_CRL) *
	choose_crls(const void *mem, const struct material *const both[2], const struct moments *when)
{
	STACK_OF(X509_CRL) *crls = own(mem, sk_X509_CRL_new_null(), drop_crl_stack);
	for (int b = 0; b < 2; b++)
		for (int i = 0; i < sk_X509_CRL_num(both[b]->crls); i++)
			if (revocation_crl_reaches(sk_X509_CRL_value(both[b]->crls, i), when))
				sk_X509_CRL_push(crls, sk_X509_CRL_value(both[b]->crls, i));
	return crls;
}

/* Every CRL of the path's issuers once more: a revocation counts however old the CRL is; and where none
 * reaches the time, say that there is one. */
static void look_in_all_crls(const void *mem, struct path *p, const struct material *const both[2],
			     const struct moments *when)
{
	for (int i = 0; i + 1 < sk_X509_num(p->chain) && i < PATH_MAX_DEPTH; i++) {
		X509 *x = sk_X509_value(p->chain, i), *issuer = sk_X509_value(p->chain, i + 1);
		bool none = p->crls[i].n == 0;
		for (int k = 0; p->crl_unfit[i] && k < p->crls[i].n; k++)
			if (p->crls[i].at[k].is != REVOKED)
				p->crls[i].at[k].is = REVOCATION_STALE;
		for (int b = 0; b < 2; b++) {
			struct standing listed = revocation_listed(x, issuer, both[b], b == 0, when);
			if (listed.is == REVOKED)
				note(mem, &p->crls[i], listed);
			X509_CRL *crl = none ? revocation_crl(issuer, both[b]) : NULL;
			if (crl != NULL)
				note(mem, &p->crls[i],
				     (struct standing){
					     .is = REVOCATION_STALE,
					     .source = b == 0 ? "embedded-crl" : "local-crl",
					     .produced = certificate_time(X509_CRL_get0_lastUpdate(crl)) });
		}
	}
}

/* What all attempts at one path have in common. */
struct search {
	const void *mem;
	X509 *x;
	struct material *m;
	enum purpose purpose;
	const struct moments *when;
	const struct material *both[2];
	STACK_OF(X509) *untrusted;
	STACK_OF(X509_CRL) *crls;
	int signatures; /* that may still be checked: a file can hold very many namesakes */
};

static bool open_search(struct search *f)
{
	if (stores[f->purpose] == NULL || trust_anchors(f->purpose) == 0)
		return false;
	material_open(f->m);
	f->both[0] = f->m;
	f->both[1] = trust_intermediates();
	f->untrusted = own(f->mem, sk_X509_new_null(), drop_stack);
	for (int b = 0; b < 2; b++)
		for (int i = 0; i < sk_X509_num(f->both[b]->certificates); i++)
			sk_X509_push(f->untrusted, sk_X509_value(f->both[b]->certificates, i));
	f->crls = choose_crls(f->mem, f->both, f->when);
	return true;
}

static struct path attempt(struct search *f, STACK_OF(X509) *left_out, bool by_signature)
{
	struct path p = { .complete = true, .left_out = left_out };
	struct watch w = { f->mem, &p, f->when, f->m, by_signature ? &f->signatures : NULL };
	X509_STORE_CTX *ctx = own(f->mem, X509_STORE_CTX_new(), drop_context);
	if (ctx == NULL || X509_STORE_CTX_init(ctx, stores[f->purpose], f->x, f->untrusted) != 1)
		return (struct path){ 0 };
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_time(param, f->when->at);
	X509_VERIFY_PARAM_set_auth_level(param, 0);
	X509_VERIFY_PARAM_set_depth(param, PATH_MAX_DEPTH - 2);
	if (sk_X509_CRL_num(f->crls) > 0)
		X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL |
							   X509_V_FLAG_EXTENDED_CRL_SUPPORT |
							   X509_V_FLAG_USE_DELTAS);
	X509_VERIFY_PARAM_set_flags(param,
				    X509_V_FLAG_POLICY_CHECK); /* what the certificates themselves demand; */
	X509_VERIFY_PARAM_add0_policy(param, OBJ_nid2obj(NID_any_policy)); /* of ours, any policy will do */
	X509_STORE_CTX_set0_crls(ctx, f->crls);
	X509_STORE_CTX_set_app_data(ctx, &w);
	X509_STORE_CTX_set_verify_cb(ctx, notice);
	if (X509_verify_cert(ctx) < 0 || X509_STORE_CTX_get0_chain(ctx) == NULL)
		p.complete = false;
	p.chain = own(f->mem, X509_STORE_CTX_get1_chain(ctx), drop_chain);
	look_in_all_crls(f->mem, &p, f->both, f->when);
	ERR_clear_error();
	return p;
}

/* Other paths -------------------------------------------------------------------------------------------- */

enum { SOUND = 5, ATTEMPTS = 12, SIGNATURES = 300 };

static int worth(const struct path *p)
{
	return !p->complete		? 0
	       : p->broken		? 1
	       : p->constrained		? 2
	       : p->anchor_expired	? 3
	       : p->expired || p->early ? 4
					: SOUND;
}

static bool has_namesake(const struct search *f, const struct path *p, X509 *issuer)
{
	for (int i = 0; i < sk_X509_num(f->untrusted); i++) {
		X509 *x = sk_X509_value(f->untrusted, i);
		if (X509_NAME_cmp(X509_get_subject_name(x), X509_get_subject_name(issuer)) == 0 &&
		    X509_cmp(x, issuer) != 0 && !is_among(p->left_out, x))
			return true;
	}
	return false;
}

static STACK_OF(X509) *leave_out(const void *mem, const struct path *p, X509 *issuer)
{
	STACK_OF(X509) *without = p->left_out != NULL ? sk_X509_dup(p->left_out) : sk_X509_new_null();
	sk_X509_push(without, issuer);
	return own(mem, without, drop_stack);
}

/* The best of the paths that leave one certificate more out than those that were found before. */
static struct path find_another(struct search *f, struct path first)
{
	struct path tried[ATTEMPTS] = { first }, best = first;
	int n = 1;
	for (int from = 0; from < n && worth(&best) < SOUND; from++)
		for (int i = 1; i < sk_X509_num(tried[from].chain) && n < ATTEMPTS; i++) {
			X509 *issuer = sk_X509_value(tried[from].chain, i);
			if (!has_namesake(f, &tried[from], issuer))
				continue;
			tried[n] = attempt(f, leave_out(f->mem, &tried[from], issuer), true);
			if (worth(&tried[n]) > worth(&best))
				best = tried[n];
			n++;
		}
	return best;
}

struct path path_build(const void *mem, X509 *x, struct material *m, enum purpose purpose,
		       const struct moments *when)
{
	struct search f = {
		.mem = mem, .x = x, .m = m, .purpose = purpose, .when = when, .signatures = SIGNATURES };
	if (!open_search(&f))
		return (struct path){ 0 };
	struct path first = attempt(&f, NULL, false);
	return worth(&first) == SOUND ? first : find_another(&f, first);
}

struct path path_without(const void *mem, const struct path *p, X509 *issuer, X509 *x, struct material *m,
			 enum purpose purpose, const struct moments *when)
{
	struct search f = {
		.mem = mem, .x = x, .m = m, .purpose = purpose, .when = when, .signatures = SIGNATURES };
	if (!open_search(&f) || !has_namesake(&f, p, issuer))
		return (struct path){ 0 };
	struct path first = attempt(&f, leave_out(mem, p, issuer), true);
	return worth(&first) == SOUND ? first : find_another(&f, first);
}
