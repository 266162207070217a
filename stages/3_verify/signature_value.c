/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * signature_value.c - see signature_value.h.
 */
#include "signature_value.h"
#include "der.h"
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

/* DigestInfo ::= SEQUENCE { SEQUENCE { OID }, OCTET STRING } */
static bool encode(const void *mem, const EVP_MD *md, struct bytes digest, struct buffer *out)
{
	unsigned char *oid = NULL;
	int len = i2d_ASN1_OBJECT(OBJ_nid2obj(EVP_MD_get_type(md)), &oid);
	if (len <= 0)
		return false;
	struct buffer inside = { .mem = mem };
	der_write(&inside, 0x30, oid, (size_t)len);
	der_write(&inside, 0x04, digest.at, digest.len);
	der_write(out, 0x30, inside.text, inside.len);
	OPENSSL_free(oid);
	return true;
}

bool rsa_value_fits(EVP_PKEY *key, const EVP_MD *md, struct bytes digest, struct bytes value)
{
	void *mem = talloc_new(NULL);
	struct buffer want = { .mem = mem };
	size_t len = (size_t)EVP_PKEY_get_size(key);
	unsigned char *have = new_array(mem, unsigned char, len + 1);
	EVP_PKEY_CTX *c = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? EVP_PKEY_CTX_new(key, NULL) : NULL;
	bool fits = c != NULL && encode(mem, md, digest, &want) && EVP_PKEY_verify_recover_init(c) == 1 &&
		    EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PADDING) == 1 &&
		    EVP_PKEY_verify_recover(c, have, &len, value.at, value.len) == 1 && len == want.len &&
		    memcmp(have, want.text, len) == 0;
	EVP_PKEY_CTX_free(c);
	ERR_clear_error();
	talloc_free(mem);
	return fits;
}

struct bytes ecdsa_from_pair(const void *mem, struct bytes pair)
{
	struct bytes der = { 0 };
	if (pair.len == 0 || pair.len % 2 != 0 || pair.len > 1024)
		return der;
	int half = (int)pair.len / 2;
	ECDSA_SIG *sig = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(pair.at, half, NULL), *s = BN_bin2bn(pair.at + half, half, NULL);
	ECDSA_SIG_set0(sig, r, s);
	unsigned char *out = NULL;
	int len = i2d_ECDSA_SIG(sig, &out);
	ECDSA_SIG_free(sig);
	if (len > 0)
		der = copy_bytes(mem, out, (size_t)len);
	OPENSSL_free(out);
	return der;
}
