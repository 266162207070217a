/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revocation.c - OCSP answers and entries of CRLs. See revocation.h.
 */
#include "revocation.h"
#include "algorithm.h"
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
	struct standing s = { .is = REVOCATION_GOOD, .revoked = date };
	if (date <= m->at)
		s.is = hold ? REVOCATION_HELD : REVOKED;
	return s;
}

/* Whether who made it could be believed. */
static enum revocation weigh(time_t produced, int digest, X509 *maker, bool embedded, const struct moments *m)
{
	const char *until;
	time_t proven = embedded ? m->held : produced;
	if (m->today != 0 && produced > m->today + CLOCK_SKEW)
		return REVOCATION_FUTURE;
	if (embedded && certificate_time(X509_get0_notAfter(maker)) < m->held)
		return REVOCATION_LAPSED;
	if (digest != NID_undef && !algorithm_digest_is_good(certificate_digest(digest), proven, &until))
		return REVOCATION_WEAK;
	return REVOCATION_GOOD;
}

void revocation_limit(struct standing *s, bool embedded, const struct moments *m)
{
	bool late = m->fallen != 0 && (s->produced >= m->fallen || (embedded && m->held >= m->fallen));
	if (late && s->is == REVOCATION_GOOD)
		s->is = REVOCATION_FALLEN;
}

/* The earlier of the date of revocation and the date from which the key is not to be believed. */
static time_t since(time_t revoked, ASN1_GENERALIZEDTIME *invalid)
{
	time_t from = certificate_time(invalid);
	ASN1_GENERALIZEDTIME_free(invalid);
	return from >= 0 && from < revoked ? from : revoked;
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

struct standing revocation_entry(X509_CRL *crl, X509 *x, X509 *signer, bool embedded, const struct moments *m)
{
	int digest = NID_undef;
	time_t made = certificate_time(X509_CRL_get0_lastUpdate(crl));
	OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest, NULL);
	struct standing s = { .is = weigh(made, digest, signer, embedded, m) };
	X509_REVOKED *entry = NULL;
	if (X509_CRL_get0_by_cert(crl, &entry, x) == 1 && entry != NULL) { /* 2: taken off the list again */
		ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
		bool hold = reason != NULL && ASN1_ENUMERATED_get(reason) == CRL_REASON_CERTIFICATE_HOLD;
		ASN1_ENUMERATED_free(reason);
		struct standing entered =
			revoked_at(since(certificate_time(X509_REVOKED_get0_revocationDate(entry)),
					 X509_REVOKED_get_ext_d2i(entry, NID_invalidity_date, NULL, NULL)),
				   hold, m);
		s = entered.is == REVOCATION_GOOD ? (struct standing){ .is = s.is, .revoked = entered.revoked }
						  : entered;
	}
	s.produced = made;
	return s;
}

struct standing revocation_listed(X509 *x, X509 *issuer, const struct material *m, bool embedded,
				  const struct moments *when)
{
	struct standing found = { .is = REVOCATION_UNKNOWN };
	for (int i = 0; i < sk_X509_CRL_num(m->crls); i++) {
		X509_CRL *crl = sk_X509_CRL_value(m->crls, i);
		X509_REVOKED *entry = NULL;
		if (X509_CRL_get0_by_cert(crl, &entry, x) != 1 ||
		    X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) != 0 ||
		    X509_CRL_verify(crl, X509_get0_pubkey(issuer)) != 1)
			continue;
		struct standing s = revocation_entry(crl, x, issuer, embedded, when);
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
 * was in its time when it answered. */
static bool may_respond(X509 *x, X509 *issuer, time_t produced)
{
	uint32_t flags = X509_get_extension_flags(x);
	if (!(flags & EXFLAG_XKUSAGE) || !(X509_get_extended_key_usage(x) & XKU_OCSP_SIGN) ||
	    ((flags & EXFLAG_KUSAGE) &&
	     !(X509_get_key_usage(x) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION))))
		return false;
	return X509_NAME_cmp(X509_get_issuer_name(x), X509_get_subject_name(issuer)) == 0 &&
	       X509_verify(x, X509_get0_pubkey(issuer)) == 1 &&
	       produced >= certificate_time(X509_get0_notBefore(x)) &&
	       produced <= certificate_time(X509_get0_notAfter(x));
}

/* 4.2.2.2.1: a responder may be revoked. Its certificate says where to ask, or that nobody need, or neither:
 * then it is enough that no CRL names it. CANNOT_TELL: no CRL reaches the time of its answer. */
static enum answer was_standing(X509 *x, X509 *issuer, const struct material *m, time_t produced,
				const struct moments *when)
{
	const struct moments then = { produced, when->now, when->held, true, when->today, 0 };
	const struct material *const both[] = { m, trust_intermediates() };
	bool asks = X509_get_ext_by_NID(x, NID_crl_distribution_points, -1) >= 0 ||
		    X509_get_ext_by_NID(x, NID_info_access, -1) >= 0;
	enum answer answer = asks ? CANNOT_TELL : YES;
	if (X509_get_ext_by_NID(x, NID_id_pkix_OCSP_noCheck, -1) >= 0)
		return YES;
	for (int b = 0; b < 2; b++) {
		if (revocation_listed(x, issuer, both[b], b == 0, &then).is == REVOKED)
			return NO;
		X509_CRL *crl = revocation_crl(issuer, both[b]);
		if (crl != NULL && revocation_crl_reaches(crl, &then))
			answer = YES;
	}
	return answer;
}

/* Who signed the answer and had the right to; NULL: nobody who had. */
static X509 *find_responder(OCSP_BASICRESP *answer, X509 *issuer, const struct material *m)
{
	time_t produced = certificate_time(OCSP_resp_get0_produced_at(answer));
	if (names_responder(answer, issuer) && is_signed_by(answer, issuer))
		return issuer;
	const STACK_OF(X509) *places[] = { OCSP_resp_get0_certs(answer), m->certificates,
					    trust_intermediates()->certificates };
	for (int p = 0; p < 3; p++)
		for (int i = 0; i < sk_X509_num(places[p]); i++) {
			X509 *x = sk_X509_value(places[p], i);
			if (names_responder(answer, x) && may_respond(x, issuer, produced) &&
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

/* Who answered: embedded says where the answer was found, may what of him is known. */
struct responder {
	X509 *x;
	enum answer may;
	bool embedded;
	int digest;
};

static struct standing judge(OCSP_SINGLERESP *single, X509 *certificate, const struct responder *r,
			     const struct moments *m)
{
	ASN1_GENERALIZEDTIME *revoked, *this_update, *next_update;
	int reason, status = OCSP_single_get0_status(single, &reason, &revoked, &this_update, &next_update);
	time_t from = certificate_time(this_update), until = certificate_time(next_update);
	struct standing s = { .is = REVOCATION_UNKNOWN };
	if (status == V_OCSP_CERTSTATUS_REVOKED)
		s = revoked_at(since(certificate_time(revoked),
				     OCSP_SINGLERESP_get1_ext_d2i(single, NID_invalidity_date, NULL, NULL)),
			       reason == OCSP_REVOKED_STATUS_CERTIFICATEHOLD, m);
	else if (status == V_OCSP_CERTSTATUS_UNKNOWN)
		s.is = REVOCATION_UNANSWERED;
	else if (status == V_OCSP_CERTSTATUS_GOOD && from >= 0)
		s.is = REVOCATION_GOOD;
	bool good = s.is == REVOCATION_GOOD;
	if (good)
		s.is = weigh(from, r->digest, r->x, r->embedded, m);
	if (good && s.is != REVOCATION_FUTURE &&
	    (!remembers(single, certificate, from) || !revocation_reaches(from, until, m)))
		s.is = REVOCATION_STALE;
	else if (s.is == REVOCATION_GOOD && r->may != YES)
		s.is = REVOCATION_UNVOUCHED;
	s.produced = from;
	return s;
}

struct standing revocation_ask(X509 *certificate, X509 *issuer, const struct material *m, bool embedded,
			       const struct moments *when)
{
	struct standing best = { .is = REVOCATION_UNKNOWN };
	for (int i = 0; i < m->answers.n; i++) {
		OCSP_BASICRESP *answer = m->answers.at[i];
		struct responder r = { .embedded = embedded };
		OBJ_find_sigid_algs(OBJ_obj2nid(OCSP_resp_get0_tbs_sigalg(answer)->algorithm), &r.digest,
				    NULL);
		for (int k = 0; k < OCSP_resp_count(answer); k++) {
			OCSP_SINGLERESP *single = OCSP_resp_get0(answer, k);
			if (!names_certificate(single, certificate, issuer) ||
			    (r.x = find_responder(answer, issuer, m)) == NULL)
				continue;
			time_t made = certificate_time(OCSP_resp_get0_produced_at(answer));
			r.may = r.x == issuer ? YES : was_standing(r.x, issuer, m, made, when);
			if (r.may == NO)
				continue;
			struct standing s = judge(single, certificate, &r, when);
			s.source = embedded ? "embedded-ocsp" : "local-ocsp";
			revocation_limit(&s, embedded, when);
			revocation_add(&best, s);
		}
	}
	return best;
}
