/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revocation.h - what OCSP answers (RFC 6960) and CRLs (RFC 5280 5) say of one certificate at one time.
 *
 * Evidence counts when the certificate's issuer signed it, or whom the issuer made responsible: a responder
 * it certified for OCSP, the issuer of an indirect CRL (path.c asks OpenSSL about those).
 *
 * "Good" needs evidence that reaches the time asked about (EN 319 102-1 5.2.5 and 5.6.2.1): made then or
 * later, or not yet replaced at the time of validation. What was made before the signature and is out of date
 * today proves nothing about it. A time-stamp is judged as it would have been at that time, when evidence not
 * yet replaced then was enough: its maker and the later time-stamp over both vouch for the order. "Revoked"
 * counts always, from its date on, or from the day the key is said to have been compromised (invalidityDate)
 * where that is earlier: the worst is believed. A hold can be lifted, so the newest evidence decides about
 * it.
 *
 * "Good" also needs a maker who could be believed when it was made (EN 319 102-1 5.6.2.2): neither ended nor
 * revoked by then, nor after that unless something proves the evidence older; a strong digest; a date that is
 * not to come. Evidence that lies in the local store is taken to be as old as it says; that of a file is as
 * old as the time-stamp over it.
 */
#pragma once
#include "trust.h"

enum revocation {
	REVOCATION_UNKNOWN,
	REVOCATION_UNANSWERED, /* OCSP: the responder does not know the certificate */
	REVOCATION_STALE,      /* there is evidence, but none that reaches the time */
	REVOCATION_FUTURE,     /* it is dated later than today */
	REVOCATION_UNVOUCHED,  /* of its responder it is not known whether he was revoked */
	REVOCATION_WEAK,       /* its digest is too weak to rely on */
	REVOCATION_LAPSED,     /* its signer's certificate has ended, and nothing proves the answer older */
	REVOCATION_FALLEN,     /* an authority above was revoked, and nothing proves the evidence older */
	REVOCATION_GOOD,
	REVOCATION_HELD, /* suspended */
	REVOKED
};

struct moments {
	time_t at;     /* the time asked about */
	time_t now;    /* of validation */
	time_t held;   /* when the evidence of the file is proven to have been there; else now */
	bool then;     /* evidence that was current at that time reaches it */
	time_t today;  /* evidence dated later is not believed; 0: any date is */
	time_t fallen; /* when an authority above was revoked; 0: none was */
};

/* Does evidence made from..until (-1: open) reach the time asked about? */
bool revocation_reaches(time_t from, time_t until, const struct moments *);

struct standing {
	enum revocation is;
	const char *source; /* embedded-ocsp local-ocsp embedded-crl local-crl; NULL: unknown */
	time_t produced;    /* when the evidence was made; 0 unknown */
	time_t revoked;	    /* date of revocation or hold, also one after the time asked about; 0: none */
};

/* What was said after an authority above had fallen, or is not proven to be older, is no longer good. */
void revocation_limit(struct standing *, bool embedded, const struct moments *);

/* Takes the other evidence into account. */
void revocation_add(struct standing *, struct standing other);

struct standing revocation_ask(X509 *certificate, X509 *issuer, const struct material *, bool embedded,
			       const struct moments *);

/* May this CRL say that a certificate is good? */
bool revocation_crl_reaches(const X509_CRL *, const struct moments *);

/* A CRL made when the certificate had expired may have dropped it, unless it says it keeps such (RFC 5280
 * extension expiredCertsOnCRL, X.509 9.5.2.8). */
bool revocation_crl_remembers(X509_CRL *, const X509 *certificate);

/* What a CRL's entry of this certificate says; is REVOCATION_GOOD: it has none. Good needs a signer of the
 * CRL that can be believed. */
struct standing revocation_entry(X509_CRL *, X509 *certificate, X509 *signer, bool embedded,
				 const struct moments *);

/* Every CRL that this issuer signed, whatever its age: is the certificate revoked in one? */
struct standing revocation_listed(X509 *certificate, X509 *issuer, const struct material *, bool embedded,
				  const struct moments *);

/* The newest CRL that this issuer signed; NULL: none. */
X509_CRL *revocation_crl(X509 *issuer, const struct material *);
