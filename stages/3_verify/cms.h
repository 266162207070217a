/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms.h - one CMS SignedData (RFC 5652, as CAdES and PAdES use it): what holds, apart from whom to trust.
 *
 * OpenSSL parses and does the arithmetic; every check is made here, since CMS_verify() lets pass what it
 * should not: foreign content in a detached signature, digest and signature algorithms that disagree, doubled
 * signed attributes, a signature's OID as digest OID. BER is read as DER is. Embedded certificates are only
 * candidates, never trusted.
 *
 * All objects hang below mem; X509 pointers live as long as the cms they came from (or the trust store).
 */
#pragma once
#include "letter.h"
#include "trust.h"
#include <openssl/cms.h>

struct cms {
	CMS_ContentInfo *info;
	STACK_OF(CMS_SignerInfo) *signers;    /* never NULL; may be empty */
	LIST(struct bytes) certificates, crls; /* embedded, in DER, undecoded: decoding a key is dear */
	int signers_n;
	struct bytes content;	  /* embedded eContent; at NULL: detached */
	const char *content_type; /* OID in digits */
	size_t len;		  /* bytes of the blob that the structure takes */
};

/* Reads one SignedData at the start of the blob; cms->len tells where it ends. NULL: *why says why not. */
struct cms *cms_read(const void *mem, struct bytes blob, const char **why);

/* Adds embedded certificates, CRLs and OCSP answers (also those in attributes: CAdES revocation values,
 * adbe-revocationInfoArchival) to the evidence of a file. */
void cms_collect(const struct cms *, struct material *);

enum cms_content {
	OVER_PIECES,  /* the pieces are signed; an eContent is an error */
	OVER_CONTENT, /* the eContent is signed; pieces are ignored */
	OVER_SHA1,    /* adbe.pkcs7.sha1: eContent must be the SHA-1 of the pieces */
};

struct cms_task {
	enum cms_content content;
	const struct bytes *pieces; /* signed bytes in order, not copied */
	int pieces_n;
	struct bytes digest;   /* instead of pieces when at != NULL: their digest, already made */
	int digest_nid;	       /* with that algorithm; another one asked for: intact cannot be told */
	bool absent;	       /* the pieces are not there: intact stays untold, the value is checked */
	bool countersignature; /* RFC 5652 11.4: over a signature value, without content-type */
};

/* What the arithmetic leaves for conclude(): who made it, and the time-stamps over it. */
struct stamp;
struct proof {
	X509 *signer;	      /* NULL: no certificate found that fits */
	struct stamp *stamps; /* checked tokens over the signature value, owned by the letter */
	int stamps_n;
	struct stamp *content; /* checked tokens over what was signed: it is younger than they are */
	int content_n;
	time_t covered; /* time of a document or archive time-stamp over all of it, trusted or not; 0: none */
};

/* Checks SignerInfo number i (from 0). Fills of s: intact, valid, digest, algorithm, key_bits, claimed_time,
 * signer, messages; on a proven fault also sub_indication (FORMAT_FAILURE, HASH_FAILURE, SIG_CRYPTO_FAILURE,
 * SIG_CONSTRAINTS_FAILURE, NO_SIGNING_CERTIFICATE_FOUND). more: further certificates a signer may be among.
 */
void cms_check(struct letter *, struct signature *s, const struct cms *, int i, const struct cms_task *,
	       struct material *more, struct proof *);

/* Does SignerInfo i carry an ESS signing-certificate attribute (v1 or v2)? CAdES and PAdES baseline ask for
 * it. */
bool cms_has_ess(const struct cms *, int i);

/* Checks the signature-time-stamp tokens of SignerInfo i into proof; their certificates go to the material.
 */
void cms_check_stamps(struct letter *, struct signature *, const struct cms *, int i, struct material *,
		      struct proof *);

/* Raw value of the first (un)signed attribute with that OID in digits; at NULL when absent. Borrowed. */
struct bytes cms_signed_attribute(const struct cms *, int i, const char *oid);
struct bytes cms_unsigned_attribute(const struct cms *, int i, const char *oid);
