/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * trust.h - whom to believe, offline.
 *
 * Anchors come only from --trust: self-signed certificates there. Every other certificate, there or embedded,
 * only helps to build a path; CRLs and OCSP answers are evidence that must be signed by the right issuer and
 * fit the time. What lies below a folder named tsa or time-stamp is an anchor for time-stamps only, below one
 * named signer for signers only, elsewhere for both. Nothing is fetched. Unknown is never good.
 */
#pragma once
#include "letter.h"
#include "stage.h"
#include <openssl/ocsp.h>
#include <openssl/x509.h>

struct decoded {
	struct bytes der;
	X509 *certificate;
};

struct material { /* untrusted evidence of one file; a talloc object */
	STACK_OF(X509) *certificates;
	STACK_OF(X509_CRL) *crls;
	LIST(OCSP_BASICRESP *) answers;
	LIST(struct bytes) closed;    /* not decoded yet: material_open() does, when it is needed */
	int opened;		      /* how many of them were */
	LIST(struct decoded) decoded; /* certificates decoded already, by their bytes */
	time_t held; /* a time-stamp over all this proves it was there then; 0: nothing does */
};

struct material *material_new(const void *mem);
void material_add_certificate(struct material *, X509 *); /* takes a reference */
void material_add_crl(struct material *, X509_CRL *);	  /* takes a reference */
void material_add_closed(struct material *,
			 struct bytes der); /* certificate, CRL or OCSP answer; not copied */
void material_open(struct material *);
X509 *material_decode(struct material *,
		      struct bytes der); /* NULL: no certificate; the same one for the same bytes */
bool material_read_certificate(struct material *, struct bytes der);
bool material_read_crl(struct material *, struct bytes der);
bool material_read_ocsp(struct material *, struct bytes der); /* OCSPResponse or BasicOCSPResponse */

enum purpose { FOR_SIGNER, FOR_TIME_STAMP };

/* Reads everything below settings->trust. False: a path is missing or holds nothing of use; *why names it. */
bool trust_load(const struct settings *, char **why);
const struct material *trust_intermediates(void); /* all local certificates, CRLs, answers */
time_t trust_today(void); /* of validation, or by the clock where that is later */
int trust_anchors(enum purpose);		  /* how many; 0: nothing can be trusted */
bool trust_is_anchor(X509 *, enum purpose);

/* What was found about one certificate at one time. Texts are owned by the letter. */
struct trust {
	enum answer trusted;	     /* YES: path holds and nothing on it is revoked; NO: proven bad */
	bool chained;		     /* a path to an anchor is there, time and revocation aside */
	const char *sub_indication;  /* EN 319 102-1; NULL when trusted */
	const char *status, *source; /* of revocation: good revoked unknown; revocation.h */
	char *produced_at;
	time_t since; /* of REVOKED: the revocation; of OUT_OF_BOUNDS: the end of the certificate; else 0 */
};

/* Builds a path at that time and asks for revocation and algorithms; settings->at is when. Messages go to s;
 * those about a time-stamp authority have codes that begin with TSA_. */
struct trust trust_check(struct letter *, struct signature *s, X509 *, struct material *, enum purpose,
			 time_t at);
