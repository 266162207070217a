/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rsa_value.h - RSA signatures (RSASSA-PKCS1-v1_5) whose DigestInfo leaves the algorithm's parameters out.
 *
 * RFC 8017 has NULL there, and OpenSSL wants to see it. RFC 4055 2.1 asks every reader to take the parameters
 * absent as the same, and some tokens sign so.
 */
#pragma once
#include "own.h"
#include <openssl/evp.h>
#include <stdbool.h>

/* Is the value that of this digest by this key, in that other form? Nothing is parsed: the one encoding that would
 * do is made and compared as a whole. */
bool rsa_value_fits(EVP_PKEY *, const EVP_MD *, struct bytes digest, struct bytes value);
