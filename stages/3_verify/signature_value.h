/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * signature_value.h - forms of signature values that OpenSSL does not take by itself.
 *
 * RFC 8017 has NULL as the parameters of a DigestInfo's algorithm, and OpenSSL wants to see it. RFC 4055 2.1 asks
 * every reader to take the parameters absent as the same, and some tokens sign so. ECDSA is a SEQUENCE of two numbers
 * to OpenSSL, and the two put together in XML (RFC 9231) and in plain ECDSA (BSI TR-03111).
 */
#pragma once
#include "own.h"
#include <openssl/evp.h>
#include <stdbool.h>

/* Is the RSA value (PKCS1-v1_5) that of this digest by this key, with the parameters left out? Nothing is parsed: the
 * one encoding that would do is made and compared as a whole. */
bool rsa_value_fits(EVP_PKEY *, const EVP_MD *, struct bytes digest, struct bytes value);

/* The pair as OpenSSL wants it; at NULL: no pair. */
struct bytes ecdsa_from_pair(const void *mem, struct bytes pair);
