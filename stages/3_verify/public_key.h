/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * public_key.h - public keys without a certificate in the local trust data (SubjectPublicKeyInfo, PEM or
 * DER).
 *
 * Whoever keeps one there says that he knows it. A signature may be found to fit it, which is worth telling;
 * but a key names nobody, so such a signature never passes.
 */
#pragma once
#include "own.h"
#include <openssl/evp.h>
#include <stdbool.h>

struct public_key {
	EVP_PKEY *key;
	char *file; /* its name without the folder */
};

bool public_key_add(struct bytes der, const char *path); /* false: not one */
const struct public_key *public_keys(int *n);
void public_keys_forget(void);
