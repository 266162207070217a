/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xades.h - what XAdES adds to an XML signature (ETSI EN 319 132-1; TS 101 903 v1.1.1 to v1.4.2).
 *
 * Signed properties count only when a Reference of the right Type resolves to the very element inside this
 * signature's own Object; a look-alike elsewhere is how they are forged. Time-stamps are recomputed over what
 * the standard lists for each kind.
 */
#pragma once
#include "xml_signature.h"

struct xades_certificate {    /* the first Cert of SigningCertificate or SigningCertificateV2 */
	const EVP_MD *digest; /* NULL: an algorithm we do not know */
	struct bytes value;
	char *issuer, *serial;	    /* of version 1, decimal; may be NULL */
	struct bytes issuer_serial; /* of version 2, DER; at NULL: none */
};

/* Finds the properties of x, sets x->signed_properties when they are signed; fills format and claimed_time of
 * s; certificates, CRLs and OCSP answers go to the material. */
void xades_read(struct letter *, struct signature *, struct xml_signature *, struct material *);

bool xades_signing_certificate(const struct xml_signature *,
			       struct xades_certificate *); /* false: not named */
bool xades_names(const struct xml_signature *,
		 X509 *); /* each version that is there names it, in any place */
bool xades_fits(const struct xades_certificate *, X509 *); /* by its digest */
bool xades_issuer_serial_fits(const struct xades_certificate *, X509 *);

/* Checks all time-stamps: those over the signature value into proof; archive time-stamps move *proven back
 * when their authority is trusted. Sets the level. */
void xades_stamps(struct letter *, struct signature *, const struct xml_signature *,
		  const struct xml_members *, struct material *, struct proof *, time_t *proven);

/* The type that DataObjectFormat gives what a Reference signs; NULL: none. */
char *xades_media_type(const void *mem, const struct xml_signature *, const struct xml_reference *);

/* Counter-signatures of x (nested ds:Signature); at most room. */
int xades_counter_signatures(const struct xml_signature *, xmlNode **out, int room);
