/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_cms.c - the CMS of a signature: CAdES B-B (EN 319 122-1), as PAdES and ASiC embed it. See sign_key.h.
 *
 * OpenSSL makes the structure; the value is put in from outside, since the key may be in a token. CMS_final()
 * is not used: it would add signing-time, which PAdES forbids where the dictionary has /M (EN 319 142-1 6.3),
 * and it wants the key. What is signed is therefore built here: the signed attributes as a DER SET (RFC
 * 5652 5.4).
 */
#include "sign_key.h"
#include "say.h"
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

enum { ATTRIBUTES_MAX = 8, STAMP_ROOM = 12288 };

struct der {
	unsigned char *at;
	int len;
};

static int by_bytes(const void *a, const void *b)
{
	const struct der *x = a, *y = b;
	int common = memcmp(x->at, y->at, (size_t)(x->len < y->len ? x->len : y->len));
	return common != 0 ? common : x->len - y->len;
}

/* SET OF Attribute, sorted. NULL: no memory. */
static unsigned char *attribute_set(const CMS_SignerInfo *si, size_t *len)
{
	struct der items[ATTRIBUTES_MAX] = { 0 };
	int n = CMS_signed_get_attr_count(si), sum = 0;
	if (n < 1 || n > ATTRIBUTES_MAX)
		return NULL;
	for (int i = 0; i < n; i++) {
		items[i].len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &items[i].at);
		if (items[i].len <= 0)
			return NULL;
		sum += items[i].len;
	}
	qsort(items, (size_t)n, sizeof *items, by_bytes);
	int total = ASN1_object_size(1, sum, V_ASN1_SET);
	unsigned char *set = OPENSSL_malloc((size_t)total), *at = set;
	if (set != NULL)
		ASN1_put_object(&at, 1, sum, V_ASN1_SET, V_ASN1_UNIVERSAL);
	for (int i = 0; i < n; i++) {
		if (set != NULL)
			memcpy(at, items[i].at, (size_t)items[i].len);
		at += items[i].len;
		OPENSSL_free(items[i].at);
	}
	*len = (size_t)total;
	return set;
}

/* RFC 4055: the parameters are part of what a verifier must believe. */
static bool set_pss(X509_ALGOR *algorithm, const EVP_MD *md)
{
	RSA_PSS_PARAMS *p = RSA_PSS_PARAMS_new();
	ASN1_STRING *inner = NULL, *outer = NULL;
	p->hashAlgorithm = X509_ALGOR_new();
	p->maskGenAlgorithm = X509_ALGOR_new();
	p->saltLength = ASN1_INTEGER_new();
	X509_ALGOR_set_md(p->hashAlgorithm, md);
	bool good =
		ASN1_INTEGER_set(p->saltLength, EVP_MD_get_size(md)) == 1 &&
		ASN1_item_pack(p->hashAlgorithm, ASN1_ITEM_rptr(X509_ALGOR), &inner) != NULL &&
		X509_ALGOR_set0(p->maskGenAlgorithm, OBJ_nid2obj(NID_mgf1), V_ASN1_SEQUENCE, inner) == 1 &&
		ASN1_item_pack(p, ASN1_ITEM_rptr(RSA_PSS_PARAMS), &outer) != NULL &&
		X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_rsassaPss), V_ASN1_SEQUENCE, outer) == 1;
	RSA_PSS_PARAMS_free(p);
	return good;
}

/* Does the value fit the certificate's key? Asked of every signature before it leaves this process. */
static bool fits(const struct signer *s, const uint8_t *digest, size_t len, const uint8_t *value,
		 size_t value_len)
{
	EVP_PKEY *public = X509_get0_pubkey(s->certificate);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(public, NULL);
	bool rsa = EVP_PKEY_is_a(public, "RSA"), pss = rsa && s->wish->pss;
	bool good = ctx != NULL && EVP_PKEY_verify_init(ctx) == 1 &&
		    (!rsa || EVP_PKEY_CTX_set_rsa_padding(ctx, pss ? RSA_PKCS1_PSS_PADDING
								   : RSA_PKCS1_PADDING) == 1) &&
		    EVP_PKEY_CTX_set_signature_md(ctx, s->md) == 1 &&
		    EVP_PKEY_verify(ctx, value, value_len, digest, len) == 1;
	EVP_PKEY_CTX_free(ctx);
	return good;
}

static bool put_value(struct signer *s, CMS_SignerInfo *si)
{
	uint8_t value[VALUE_MAX], digest[EVP_MAX_MD_SIZE];
	unsigned int len = 0;
	size_t set_len, value_len = 0;
	unsigned char *set = attribute_set(si, &set_len);
	bool good = set != NULL && EVP_Digest(set, set_len, digest, &len, s->md, NULL) == 1 &&
		    s->sign(s, digest, len, value, &value_len);
	OPENSSL_free(set);
	if (good && !fits(s, digest, len, value, value_len)) {
		TELL(s->wish->lang,
		     "%s: chữ ký tạo ra không hợp với chứng thư: khóa không phải của chứng thư này",
		     "%s: the value made does not fit the certificate: the key is not its own", "CMS");
		return false;
	}
	return good && ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(si), value, (int)value_len) == 1;
}

bool signer_cms(struct signer *s, STACK_OF(X509) *chain, const uint8_t *digest, size_t len,
		unsigned char **der, size_t *der_len)
{
	unsigned flags = CMS_PARTIAL | CMS_BINARY | CMS_DETACHED;
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags);
	CMS_SignerInfo *si = cms == NULL
				     ? NULL
				     : CMS_add1_signer(cms, s->certificate, X509_get0_pubkey(s->certificate),
						       s->md, flags | CMS_CADES | CMS_NOSMIMECAP);
	X509_ALGOR *algorithm = NULL;
	bool good = si != NULL &&
		    CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT,
						OBJ_nid2obj(NID_pkcs7_data), -1) == 1 &&
		    CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest,
						(int)len) == 1;
	for (int i = 0; good && i < sk_X509_num(chain); i++)
		good = CMS_add1_cert(cms, sk_X509_value(chain, i)) == 1;
	if (good)
		CMS_SignerInfo_get0_algs(si, NULL, NULL, NULL, &algorithm);
	if (good && s->wish->pss && EVP_PKEY_is_a(X509_get0_pubkey(s->certificate), "RSA"))
		good = set_pss(algorithm, s->md);
	good = good && put_value(s, si);
	*der = NULL;
	int n = good ? i2d_CMS_ContentInfo(cms, der) : 0;
	CMS_ContentInfo_free(cms);
	if (n <= 0)
		TELL(s->wish->lang, "%s: không tạo được chữ ký", "%s: the signature could not be made",
		     "CMS");
	*der_len = n > 0 ? (size_t)n : 0;
	ERR_clear_error();
	return n > 0;
}

size_t signer_room(const struct signer *s, STACK_OF(X509) *chain)
{
	int sum = i2d_X509(s->certificate, NULL) * 2 + 2048 + STAMP_ROOM;
	for (int i = 0; i < sk_X509_num(chain); i++)
		sum += i2d_X509(sk_X509_value(chain, i), NULL);
	return ((size_t)sum + 1023) / 1024 * 1024;
}
