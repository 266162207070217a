/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms_value.c - algorithms and value of a SignerInfo: cms_value.h.
 */
#include "cms_value.h"
#include "digest.h"
#include "signature_value.h"
#include <openssl/asn1t.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string.h>

#define OID_SHAKE256_LEN "2.16.840.1.101.3.4.2.18"

static void drop_context(void *p)
{
	EVP_MD_CTX_free(p);
}

static bool is_called(const ASN1_OBJECT *oid, const char *digits)
{
	char text[64];
	return OBJ_obj2txt(text, sizeof text, oid, 1) > 0 && strcmp(text, digits) == 0;
}

/* The digest an algorithm identifier names; OpenSSL would take a signature's OID for one too. */
const EVP_MD *cms_digest_of(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *oid;
	const void *parameter;
	int kind;
	X509_ALGOR_get0(&oid, &kind, &parameter, algorithm);
	int nid = OBJ_obj2nid(oid);
	if (is_called(oid, OID_SHAKE256_LEN)) /* RFC 8419 2.3: with 512 bits it is the digest of Ed448 */
		return kind == V_ASN1_INTEGER && ASN1_INTEGER_get(parameter) == 512 ? EVP_shake256() : NULL;
	const EVP_MD *md = EVP_get_digestbynid(nid);
	return md != NULL && EVP_MD_get_type(md) == nid ? md : NULL;
}

static void drop_pss(void *p)
{
	RSA_PSS_PARAMS_free(p);
}

/* RSASSA-PSS (RFC 4055): the hash named in its parameters is the digest; absent ones mean SHA-1 and 20. */
static bool set_pss(const void *mem, EVP_PKEY_CTX *key, const X509_ALGOR *algorithm, const EVP_MD *md)
{
	const void *parameter;
	int kind;
	X509_ALGOR_get0(NULL, &kind, &parameter, algorithm);
	RSA_PSS_PARAMS *pss = NULL;
	if (kind == V_ASN1_SEQUENCE)
		pss = own(mem, ASN1_item_unpack(parameter, ASN1_ITEM_rptr(RSA_PSS_PARAMS)), drop_pss);
	if (pss == NULL)
		return false;
	const EVP_MD *hash = pss->hashAlgorithm == NULL ? EVP_sha1() : cms_digest_of(pss->hashAlgorithm);
	const EVP_MD *mask = EVP_sha1();
	if (pss->maskGenAlgorithm != NULL) {
		X509_ALGOR_get0(NULL, &kind, &parameter, pss->maskGenAlgorithm);
		X509_ALGOR *inner = kind == V_ASN1_SEQUENCE
					    ? ASN1_item_unpack(parameter, ASN1_ITEM_rptr(X509_ALGOR))
					    : NULL;
		mask = inner != NULL ? cms_digest_of(inner) : NULL;
		X509_ALGOR_free(inner);
	}
	long salt = pss->saltLength != NULL ? ASN1_INTEGER_get(pss->saltLength) : 20;
	if (hash == NULL || mask == NULL || EVP_MD_get_type(hash) != EVP_MD_get_type(md) || salt < 0 ||
	    salt > 512)
		return false;
	return EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_PSS_PADDING) == 1 &&
	       EVP_PKEY_CTX_set_rsa_pss_saltlen(key, (int)salt) == 1 &&
	       EVP_PKEY_CTX_set_rsa_mgf1_md(key, mask) == 1;
}

/* Those that OpenSSL 3.0 can compute and does not know by their name. */
static const struct known {
	const char *oid;
	int digest, kind;
	bool pair; /* the value is a plain pair */
} known[] = {
	{ "2.16.840.1.101.3.4.3.9", NID_sha3_224, EVP_PKEY_EC, false },
	{ "2.16.840.1.101.3.4.3.10", NID_sha3_256, EVP_PKEY_EC, false },
	{ "2.16.840.1.101.3.4.3.11", NID_sha3_384, EVP_PKEY_EC, false },
	{ "2.16.840.1.101.3.4.3.12", NID_sha3_512, EVP_PKEY_EC, false },
	{ "1.2.840.113549.1.1.15", NID_sha512_224, EVP_PKEY_RSA, false },
	{ "1.2.840.113549.1.1.16", NID_sha512_256, EVP_PKEY_RSA, false },
	{ "0.4.0.127.0.7.1.1.4.1.2", NID_sha224, EVP_PKEY_EC, true },
	{ "0.4.0.127.0.7.1.1.4.1.3", NID_sha256, EVP_PKEY_EC, true },
	{ "0.4.0.127.0.7.1.1.4.1.4", NID_sha384, EVP_PKEY_EC, true },
	{ "0.4.0.127.0.7.1.1.4.1.5", NID_sha512, EVP_PKEY_EC, true },
};

static const struct known *find_known(const ASN1_OBJECT *oid)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (is_called(oid, known[i].oid))
			return &known[i];
	return NULL;
}

enum agreement cms_compare_algorithms(const X509_ALGOR *signature, const EVP_MD *md, const EVP_PKEY *key)
{
	const ASN1_OBJECT *oid;
	X509_ALGOR_get0(&oid, NULL, NULL, signature);
	int nid = OBJ_obj2nid(oid), hash = NID_undef, kind = NID_undef, base = EVP_PKEY_get_base_id(key);
	if (nid == NID_ED25519 || nid == NID_ED448)
		return base == nid ? AGREE : DISAGREE;
	if (nid == NID_rsassaPss)
		return base == EVP_PKEY_RSA || base == EVP_PKEY_RSA_PSS ? AGREE : DISAGREE;
	if (nid == NID_rsaEncryption || nid == NID_X9_62_id_ecPublicKey || nid == NID_dsa)
		return base == EVP_PKEY_type(nid) ? AGREE : DISAGREE;
	const struct known *k = find_known(oid);
	if (k != NULL) {
		hash = k->digest;
		kind = k->kind;
	} else if (!OBJ_find_sigid_algs(nid, &hash, &kind) || kind == NID_sm2)
		return UNSUPPORTED;
	if (hash != EVP_MD_get_type(md))
		return DISAGREE;
	return base == EVP_PKEY_type(kind) || (kind == NID_dsa && base == EVP_PKEY_DSA) ? AGREE : DISAGREE;
}

enum answer cms_verify_value(const void *mem, CMS_SignerInfo *si, EVP_PKEY *key, const EVP_MD *md,
			     const struct bytes *pieces, int n)
{
	X509_ALGOR *algorithm;
	CMS_SignerInfo_get0_algs(si, NULL, NULL, NULL, &algorithm);
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(si);
	const ASN1_OBJECT *oid;
	X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
	int base = EVP_PKEY_get_base_id(key);
	bool eddsa = base == EVP_PKEY_ED25519 || base == EVP_PKEY_ED448;
	EVP_PKEY_CTX *key_ctx = NULL;
	EVP_MD_CTX *ctx = own(mem, EVP_MD_CTX_new(), drop_context);
	if (EVP_DigestVerifyInit(ctx, &key_ctx, eddsa ? NULL : md, NULL, key) != 1)
		return CANNOT_TELL;
	if (OBJ_obj2nid(oid) == NID_rsassaPss && !set_pss(mem, key_ctx, algorithm, md))
		return NO;
	struct bytes sig = { ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value) };
	const struct known *k = find_known(oid);
	if (k != NULL && k->pair && (sig = ecdsa_from_pair(mem, sig)).at == NULL)
		return NO;
	if (eddsa && n != 1)
		return CANNOT_TELL;
	if (eddsa)
		return EVP_DigestVerify(ctx, sig.at, sig.len, pieces[0].at, pieces[0].len) == 1 ? YES : NO;
	for (int i = 0; i < n; i++)
		if (EVP_DigestVerifyUpdate(ctx, pieces[i].at, pieces[i].len) != 1)
			return CANNOT_TELL;
	if (EVP_DigestVerifyFinal(ctx, sig.at, sig.len) == 1)
		return YES;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	return base == EVP_PKEY_RSA && OBJ_obj2nid(oid) != NID_rsassaPss && digest_make(NULL, md, pieces, n, digest, &len) &&
			       rsa_value_fits(key, md, (struct bytes){ digest, len }, sig)
		       ? YES
		       : NO;
}
