/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_hint.h - whom a ds:KeyInfo names without enclosing the certificate (XMLDSig 1.1, 4.5.1 and 4.5.4).
 *
 * A hint helps to find the certificate among those at hand; it proves nothing, and the value must fit all the
 * same. Names are compared by their parts, since every program writes a distinguished name in another way.
 */
#pragma once
#include "strict.h"
#include <openssl/evp.h>
#include <openssl/x509.h>

enum xml_hint_kind { HINT_NAME, HINT_SUBJECT, HINT_ISSUER, HINT_SKI, HINT_DIGEST };

struct xml_hint {
	enum xml_hint_kind kind;
	char *text;	    /* name, or distinguished name */
	char *serial;	    /* of HINT_ISSUER, decimal */
	struct bytes bytes; /* of HINT_SKI and HINT_DIGEST */
	const EVP_MD *digest;
};

bool xml_hint_read(const void *mem, const xmlNode *, struct xml_hint *); /* false: the element is no hint */
bool xml_hint_fits(const struct xml_hint *, X509 *);
char *xml_hint_words(const void *mem, const struct xml_hint *); /* by the element's name, in no language */
/* The parts of a distinguished name in an order of their own, whichever way round it was written; NULL:
 * empty. */
char *xml_name_key(const void *mem, const char *name);
bool xml_serial_fits(const char *decimal, X509 *);
