/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revocation.c - OCSP answers. See revocation.h.
 */
#include "revocation.h"
#include "certificate.h"
#include <openssl/evp.h>
#include <openssl/x509v3.h>

enum { CLOCK_SKEW = 300 }; /* seconds a responder's clock may go behind */

static bool names_responder(OCSP_BASICRESP *answer, X509 *x)
{
	const ASN1_OCTET_STRING *key_hash = NULL;
	const X509_NAME *name = NULL;
	if (!OCSP_resp_get0_id(answer, &key_hash, &name))
		return false;
	if (name != NULL)
		return X509_NAME_cmp(name, X509_get_subject_name(x)) == 0;
	unsigned char made[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	return key_hash != NULL && X509_pubkey_digest(x, EVP_sha1(), made, &len) == 1 &&
	       ASN1_STRING_length(key_hash) == (int)len &&
	       memcmp(ASN1_STRING_get0_data(key_hash), made, len) == 0;
}

static bool is_signed_by(OCSP_BASICRESP *answer, X509 *responder)
{
	STACK_OF(X509) *one = sk_X509_new_null();
	sk_X509_push(one, responder);
	int ok = OCSP_basic_verify(answer, one, NULL, OCSP_NOVERIFY | OCSP_NOINTERN);
	sk_X509_free(one);
	return ok == 1;
}

/* RFC 6960 4.2.2.2: the issuer itself, or one it certified directly with the OCSPSigning purpose. */
static bool may_respond(X509 *x, X509 *issuer, time_t at)
{
	if (X509_cmp(x, issuer) == 0)
		return true;
	if (!(X509_get_extension_flags(x) & EXFLAG_XKUSAGE) ||
	    !(X509_get_extended_key_usage(x) & XKU_OCSP_SIGN))
		return false;
	return X509_NAME_cmp(X509_get_issuer_name(x), X509_get_subject_name(issuer)) == 0 &&
	       X509_verify(x, X509_get0_pubkey(issuer)) == 1 &&
	       certificate_time(X509_get0_notBefore(x)) <= at &&
	       at <= certificate_time(X509_get0_notAfter(x));
}

static bool is_rightly_signed(OCSP_BASICRESP *answer, X509 *issuer, const struct material *m)
{
	time_t produced = certificate_time(OCSP_resp_get0_produced_at(answer));
	if (names_responder(answer, issuer) && is_signed_by(answer, issuer))
		return true;
	const STACK_OF(X509) *places[] = {OCSP_resp_get0_certs(answer), m->certificates,
					   trust_intermediates()->certificates};
	for (int p = 0; p < 3; p++)
		for (int i = 0; i < sk_X509_num(places[p]); i++) {
			X509 *x = sk_X509_value(places[p], i);
			if (names_responder(answer, x) && may_respond(x, issuer, produced) &&
			    is_signed_by(answer, x))
				return true;
		}
	return false;
}

static bool names_certificate(OCSP_SINGLERESP *single, X509 *certificate, X509 *issuer)
{
	const OCSP_CERTID *id = OCSP_SINGLERESP_get0_id(single);
	ASN1_OBJECT *hash = NULL;
	OCSP_id_get0_info(NULL, &hash, NULL, NULL, (OCSP_CERTID *)(uintptr_t)id);
	const EVP_MD *md = hash != NULL ? EVP_get_digestbyobj(hash) : NULL;
	OCSP_CERTID *mine = md != NULL ? OCSP_cert_to_id(md, certificate, issuer) : NULL;
	bool same = mine != NULL && OCSP_id_cmp(mine, id) == 0;
	OCSP_CERTID_free(mine);
	return same;
}

static enum revocation judge(OCSP_SINGLERESP *single, X509 *certificate, time_t at, time_t *produced)
{
	ASN1_GENERALIZEDTIME *revoked, *this_update, *next_update;
	int reason, status = OCSP_single_get0_status(single, &reason, &revoked, &this_update, &next_update);
	time_t from = certificate_time(this_update), until = certificate_time(next_update);
	*produced = from;
	if (status == V_OCSP_CERTSTATUS_REVOKED)
		return certificate_time(revoked) <= at ? REVOKED_BEFORE : REVOCATION_GOOD;
	if (status != V_OCSP_CERTSTATUS_GOOD || from < 0)
		return REVOCATION_UNKNOWN;
	if (from > certificate_time(X509_get0_notAfter(certificate)))
		return REVOCATION_STALE; /* an expired certificate may have been forgotten */
	return from + CLOCK_SKEW >= at || (until >= 0 && at <= until) ? REVOCATION_GOOD : REVOCATION_STALE;
}

enum revocation revocation_ask(X509 *certificate, X509 *issuer, const struct material *m, time_t at,
			       time_t *produced)
{
	enum revocation best = REVOCATION_UNKNOWN;
	for (int i = 0; i < m->answers.n; i++) {
		OCSP_BASICRESP *answer = m->answers.at[i];
		for (int k = 0; k < OCSP_resp_count(answer); k++) {
			OCSP_SINGLERESP *single = OCSP_resp_get0(answer, k);
			time_t when = 0;
			if (!names_certificate(single, certificate, issuer) ||
			    !is_rightly_signed(answer, issuer, m))
				continue;
			enum revocation r = judge(single, certificate, at, &when);
			if (r > best) {
				best = r;
				*produced = when;
			}
		}
	}
	return best;
}

X509_CRL *revocation_crl(X509 *issuer, const struct material *m)
{
	X509_CRL *newest = NULL;
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++) {
		X509_CRL *crl = sk_X509_CRL_value(m->crls, i);
		if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) != 0 ||
		    X509_CRL_verify(crl, X509_get0_pubkey(issuer)) != 1)
			continue;
		if (newest == NULL || certificate_time(X509_CRL_get0_lastUpdate(crl)) >
					      certificate_time(X509_CRL_get0_lastUpdate(newest)))
			newest = crl;
	}
	return newest;
}
