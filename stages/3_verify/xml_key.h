/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_key.h - algorithms of XML signatures by URI (RFC 9231), and what a ds:KeyInfo holds.
 *
 * The arithmetic is OpenSSL's. HMAC and other keys that a receiver would have to share are known by name and
 * never verified: nobody can say who made them.
 */
#pragma once
#include "trust.h"
#include "xml_hint.h"
#include <openssl/evp.h>

/* The digest of a DigestMethod's URI; NULL: unknown. name: "SHA256". */
const EVP_MD *xml_digest_method(const char *uri, const char **name);

enum { XML_KEY_BEYOND = -1 }; /* known by name, but not to the OpenSSL of Debian 12 */

struct xml_algorithm {
	const char *uri;
	int key;	    /* EVP_PKEY_RSA ...; 0: secret key; XML_KEY_BEYOND */
	const char *digest; /* OpenSSL's name; NULL: the algorithm has its own */
	bool pss;
	const char *name; /* of the report: RSA, RSASSA-PSS, ECDSA, DSA, Ed25519, HMAC */
};
const struct xml_algorithm *xml_algorithm(const char *uri); /* NULL: unknown */

/* Does the value fit? CANNOT_TELL: the key is of another kind, or the parameters are beyond us. */
enum answer xml_value_fits(const struct xml_algorithm *, xmlNode *method, EVP_PKEY *, struct bytes octets,
			   struct bytes value);

struct xml_key_info {
	STACK_OF(X509) *certificates; /* in order; never NULL, may be empty */
	EVP_PKEY *bare;		       /* KeyValue or DEREncodedKeyValue; NULL: none */
	int groups;		       /* X509Data elements that hold certificates */
	int retrievals;		       /* RetrievalMethods met */
	bool broken;		       /* a certificate could not be read */
	LIST(struct xml_hint) hints;   /* whom it names beside */
	LIST(struct bytes) crls;       /* enclosed CRLs, undecoded */
};
/* key_info may be NULL. Objects hang below mem. */
struct xml_key_info *xml_key_info_read(const void *mem, xmlNode *key_info);

/* Are they one chain (in any order, repeats allowed)? Several X509Data that do not chain name two signers. */
bool xml_certificates_chain(STACK_OF(X509) *);
/* The one that issued none of the others; the first when that is not clear; NULL: none at all. */
X509 *xml_certificates_leaf(STACK_OF(X509) *);
X509 *xml_certificate_read(const void *mem, struct bytes der); /* NULL: not one */
