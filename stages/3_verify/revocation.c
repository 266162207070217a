/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revocation.c - OCSP answers and entries of CRLs. See revocation.h.
 */
#include "revocation.h"
#include "certificate.h"
#include <openssl/evp.h>
#include <openssl/x509v3.h>

enum { CLOCK_SKEW = 300 }; /* seconds an issuer's clock may go behind */

#define OID_EXPIRED_CERTS_ON_CRL "2.5.29.60"

void revocation_add(struct standing *s, struct standing other)
{
	bool earlier = other.is == REVOKED && (s->is != REVOKED || other.revoked < s->revoked);
	bool both = s->is >= REVOCATION_GOOD && other.is >= REVOCATION_GOOD && s->is != REVOKED &&
		    other.is != REVOKED;
	time_t later = s->revoked != 0 ? s->revoked : other.revoked;
	if (earlier || (both && other.produced > s->produced) || (!both && other.is > s->is))
		*s = other;
	if (s->revoked == 0)
		s->revoked = later; /* revoked after the time asked about: still worth telling */
}

static struct standing revoked_at(time_t date, bool hold, const struct moments *m)
{
	struct standing s = {.is = REVOCATION_GOOD, .revoked = date};
	if (date <= m->at)
		s.is = hold ? REVOCATION_HELD : REVOKED;
	return s;
}

/* CRLs ----------------------------------------------------------------------------------------------------
 */

bool revocation_reaches(time_t from, time_t until, const struct moments *m)
{
	time_t wanted = m->then ? m->at : m->now;
	return from >= 0 && (from + CLOCK_SKEW >= m->at || (until >= 0 && wanted <= until));
}

bool revocation_crl_reaches(const X509_CRL *crl, const struct moments *m)
{
	return revocation_reaches(certificate_time(X509_CRL_get0_lastUpdate(crl)),
				  certificate_time(X509_CRL_get0_nextUpdate(crl)), m);
}

bool revocation_crl_remembers(X509_CRL *crl, const X509 *certificate)
{
	time_t end = certificate_time(X509_get0_notAfter(certificate));
	if (certificate_time(X509_CRL_get0_lastUpdate(crl)) <= end)
		return true;
	ASN1_OBJECT *oid = OBJ_txt2obj(OID_EXPIRED_CERTS_ON_CRL, 1);
	int i = X509_CRL_get_ext_by_OBJ(crl, oid, -1);
	ASN1_OBJECT_free(oid);
	if (i < 0)
		return false;
	const ASN1_OCTET_STRING *value = X509_EXTENSION_get_data(X509_CRL_get_ext(crl, i));
	const unsigned char *at = ASN1_STRING_get0_data(value);
	ASN1_GENERALIZEDTIME *since = d2i_ASN1_GENERALIZEDTIME(NULL, &at, ASN1_STRING_length(value));
	bool kept = since != NULL && certificate_time(since) >= 0 && certificate_time(since) <= end;
	ASN1_GENERALIZEDTIME_free(since);
	return kept;
}

struct standing revocation_entry(X509_CRL *crl, X509 *x, const struct moments *m)
{
	struct standing s = {.is = REVOCATION_GOOD};
	X509_REVOKED *entry = NULL;
	if (X509_CRL_get0_by_cert(crl, &entry, x) == 1 && entry != NULL) { /* 2: taken off the list again */
		ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
		bool hold = reason != NULL && ASN1_ENUMERATED_get(reason) == CRL_REASON_CERTIFICATE_HOLD;
		ASN1_ENUMERATED_free(reason);
		s = revoked_at(certificate_time(X509_REVOKED_get0_revocationDate(entry)), hold, m);
	}
	s.produced = certificate_time(X509_CRL_get0_lastUpdate(crl));
	return s;
}

struct standing revocation_listed(X509 *x, X509 *issuer, const struct material *m, bool embedded,
				  const struct moments *when)
{
	struct standing found = {.is = REVOCATION_UNKNOWN};
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++) {
		X509_CRL *crl = sk_X509_CRL_value(m->crls, i);
		X509_REVOKED *entry = NULL;
		if (X509_CRL_get0_by_cert(crl, &entry, x) != 1 ||
		    X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) != 0 ||
		    X509_CRL_verify(crl, X509_get0_pubkey(issuer)) != 1)
			continue;
		struct standing s = revocation_entry(crl, x, when);
		s.source = embedded ? "embedded-crl" : "local-crl";
		if (s.is == REVOKED)
			revocation_add(&found, s);
	}
	return found;
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

/* OCSP ----------------------------------------------------------------------------------------------------
 */

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

/* RFC 6960 4.2.2.2: one that the issuer certified directly with the OCSPSigning purpose, whose certificate
 * was in its time when it answered, and is not revoked itself unless it says that nobody need ask
 * (4.2.2.2.1). */
static bool may_respond(X509 *x, X509 *issuer, const struct material *m, time_t produced)
{
	uint32_t flags = X509_get_extension_flags(x);
	const struct moments then = {produced, produced, produced, true};
	if (!(flags & EXFLAG_XKUSAGE) || !(X509_get_extended_key_usage(x) & XKU_OCSP_SIGN) ||
	    ((flags & EXFLAG_KUSAGE) &&
	     !(X509_get_key_usage(x) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION))))
		return false;
	if (X509_NAME_cmp(X509_get_issuer_name(x), X509_get_subject_name(issuer)) != 0 ||
	    X509_verify(x, X509_get0_pubkey(issuer)) != 1 ||
	    produced < certificate_time(X509_get0_notBefore(x)) ||
	    produced > certificate_time(X509_get0_notAfter(x)))
		return false;
	return X509_get_ext_by_NID(x, NID_id_pkix_OCSP_noCheck, -1) >= 0 ||
	       (revocation_listed(x, issuer, m, true, &then).is != REVOKED &&
		revocation_listed(x, issuer, trust_intermediates(), false, &then).is != REVOKED);
}

/* Who signed the answer and had the right to; NULL: nobody who had. */
static X509 *find_responder(OCSP_BASICRESP *answer, X509 *issuer, const struct material *m)
{
	time_t produced = certificate_time(OCSP_resp_get0_produced_at(answer));
	if (names_responder(answer, issuer) && is_signed_by(answer, issuer))
		return issuer;
	const STACK_OF(X509) * places[] = {OCSP_resp_get0_certs(answer), m->certificates,
					   trust_intermediates()->certificates};
	for (int p = 0; p < 3; p++)
		for (int i = 0; i < sk_X509_num(places[p]); i++) {
			X509 *x = sk_X509_value(places[p], i);
			if (names_responder(answer, x) && may_respond(x, issuer, m, produced) &&
			    is_signed_by(answer, x))
				return x;
		}
	return NULL;
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

/* RFC 6960 4.4.4: up to when the responder remembers certificates that have expired. */
static bool remembers(OCSP_SINGLERESP *single, const X509 *certificate, time_t from)
{
	time_t end = certificate_time(X509_get0_notAfter(certificate));
	if (from <= end)
		return true;
	ASN1_GENERALIZEDTIME *cutoff =
		OCSP_SINGLERESP_get1_ext_d2i(single, NID_id_pkix_OCSP_archiveCutoff, NULL, NULL);
	bool kept = cutoff != NULL && certificate_time(cutoff) >= 0 && certificate_time(cutoff) <= end;
	ASN1_GENERALIZEDTIME_free(cutoff);
	return kept;
}

static struct standing judge(OCSP_SINGLERESP *single, X509 *certificate, const struct moments *m)
{
	ASN1_GENERALIZEDTIME *revoked, *this_update, *next_update;
	int reason, status = OCSP_single_get0_status(single, &reason, &revoked, &this_update, &next_update);
	time_t from = certificate_time(this_update), until = certificate_time(next_update);
	struct standing s = {.is = REVOCATION_UNKNOWN};
	if (status == V_OCSP_CERTSTATUS_REVOKED)
		s = revoked_at(certificate_time(revoked), reason == OCSP_REVOKED_STATUS_CERTIFICATEHOLD, m);
	else if (status == V_OCSP_CERTSTATUS_GOOD && from >= 0)
		s.is = REVOCATION_GOOD;
	if (s.is == REVOCATION_GOOD &&
	    (!remembers(single, certificate, from) || !revocation_reaches(from, until, m)))
		s.is = REVOCATION_STALE;
	s.produced = from;
	return s;
}

struct standing revocation_ask(X509 *certificate, X509 *issuer, const struct material *m, bool embedded,
			       const struct moments *when)
{
	struct standing best = {.is = REVOCATION_UNKNOWN};
	for (int i = 0; i < m->answers.n; i++) {
		OCSP_BASICRESP *answer = m->answers.at[i];
		for (int k = 0; k < OCSP_resp_count(answer); k++) {
			OCSP_SINGLERESP *single = OCSP_resp_get0(answer, k);
			X509 *responder = names_certificate(single, certificate, issuer)
						  ? find_responder(answer, issuer, m)
						  : NULL;
			if (responder == NULL)
				continue;
			struct standing s = judge(single, certificate, when);
			s.source = embedded ? "embedded-ocsp" : "local-ocsp";
			if (s.is == REVOCATION_GOOD && embedded && responder != issuer &&
			    certificate_time(X509_get0_notAfter(responder)) < when->held)
				s.is = REVOCATION_LAPSED; /* of a stored one, who stored it vouches for its
							     age */
			revocation_add(&best, s);
		}
	}
	return best;
}
