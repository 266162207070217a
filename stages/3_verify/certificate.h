/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * certificate.h - what an X.509 certificate says, as text: NFC, since old subjects are written in NFD; the
 * e-mail address from the subject alternative name first, where this authority puts it.
 */
#pragma once
#include "letter.h"
#include <openssl/x509.h>

void certificate_describe(const void *mem, struct certificate *, X509 *); /* all but part and role */
char *certificate_name(const void *mem, const X509_NAME *);		  /* RFC 4514, UTF-8, NFC */
const char *certificate_key(const X509 *, int *bits); /* RSA RSASSA-PSS ECDSA DSA Ed25519 Ed448, or NULL */
const char *certificate_digest(int nid);	      /* SHA256 SHA3-256 RIPEMD160 ... */
/* Is that the issuer's name, letter for letter or with its UTF-8 encoded a second time, as programs do that
 * take the bytes of a name for Latin-1 letters? */
bool certificate_issuer_is(const X509 *, const X509_NAME *);
bool certificate_is_self_signed(X509 *);    /* issued and signed by itself */
time_t certificate_time(const ASN1_TIME *); /* -1: unreadable */
