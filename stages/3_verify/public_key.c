/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * public_key.c - public keys without a certificate: public_key.h. Read once, before the seal, as all trust
 * data.
 */
#include "public_key.h"
#include <limits.h>
#include <openssl/x509.h>
#include <string.h>

enum { MAX_KEYS = 200 };

static struct public_key keys[MAX_KEYS];
static int keys_n;

bool public_key_add(struct bytes der, const char *path)
{
	const unsigned char *at = der.at;
	EVP_PKEY *key = keys_n < MAX_KEYS && der.len < LONG_MAX ? d2i_PUBKEY(NULL, &at, (long)der.len) : NULL;
	if (key == NULL)
		return false;
	const char *slash = strrchr(path, '/');
	for (int i = 0; i < keys_n; i++)
		if (EVP_PKEY_eq(keys[i].key, key) == 1) {
			EVP_PKEY_free(key);
			return true;
		}
	keys[keys_n++] = (struct public_key){ key, copy_text(NULL, slash != NULL ? slash + 1 : path) };
	return true;
}

const struct public_key *public_keys(int *n)
{
	*n = keys_n;
	return keys;
}

void public_keys_forget(void)
{
	for (; keys_n > 0; keys_n--) {
		EVP_PKEY_free(keys[keys_n - 1].key);
		talloc_free(keys[keys_n - 1].file);
	}
}
