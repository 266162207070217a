/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * warm.c - a signature of our own is verified once, before the seal and before any letter.
 *
 * OpenSSL finds its algorithms, decoders and tables when they are first asked for: the first certificate of a
 * process takes 1 ms, the next ones a tenth of it. A child looks at one letter and ends, so each of them would pay
 * that again. A key is drawn, a certificate and a CMS made with it, and read as a letter is. Nothing of it is kept
 * but what the libraries learned, and no verdict depends on it: what fails here is found again where it matters.
 */
#include "verify.h"
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <string.h>

/* An RSAPublicKey whose private half nobody knows, for there is none: to draw one would take longer than all of this
 * saves. Any odd modulus will do. */
static struct bytes rsa_point(const void *mem)
{
	uint8_t der[270] = { 0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01, 0x00 };
	static const uint8_t exponent[] = { 0x02, 0x03, 0x01, 0x00, 0x01 };
	memset(der + 9, 0xA5, 256);
	memcpy(der + 265, exponent, sizeof exponent);
	return copy_bytes(mem, der, sizeof der);
}

static struct bytes elliptic_point(const void *mem, EVP_PKEY *key)
{
	unsigned char *point = NULL;
	size_t len = EVP_PKEY_get1_encoded_public_key(key, &point);
	struct bytes b = copy_bytes(mem, point, len);
	OPENSSL_free(point);
	return b;
}

/* A certificate of that key, which is not encoded by OpenSSL: encoders are what no letter needs. */
static X509 *certificate(const void *mem, int algorithm, int curve, struct bytes point, EVP_PKEY *by)
{
	X509 *x = X509_new();
	X509_NAME *name = X509_get_subject_name(x);
	unsigned char *der = NULL, *bits = OPENSSL_memdup(point.at, point.len);
	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -60);
	X509_gmtime_adj(X509_getm_notAfter(x), 60);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"ký", -1, -1, 0);
	X509_set_issuer_name(x, name);
	X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(x), OBJ_nid2obj(algorithm),
			       curve != NID_undef ? V_ASN1_OBJECT : V_ASN1_NULL,
			       curve != NID_undef ? OBJ_nid2obj(curve) : NULL, bits, (int)point.len);
	X509_sign(x, by, EVP_sha256());
	int len = i2d_X509(x, &der);
	struct bytes b = copy_bytes(mem, der, len > 0 ? (size_t)len : 0);
	OPENSSL_free(der);
	X509_free(x);
	return d2i_X509(NULL, &(const unsigned char *){ b.at }, (long)b.len);
}

static struct bytes signature(const void *mem, EVP_PKEY *key, X509 *x)
{
	unsigned char *der = NULL;
	BIO *content = BIO_new_mem_buf("ký", -1);
	CMS_ContentInfo *cms = CMS_sign(x, key, NULL, content, CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES);
	int len = i2d_CMS_ContentInfo(cms, &der);
	struct bytes b = copy_bytes(mem, der, len > 0 ? (size_t)len : 0);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(content);
	return b;
}

void verify_warm(const struct settings *settings)
{
	struct letter *l = letter_new(NULL, settings, "ký");
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	X509 *ours = certificate(l, NID_X9_62_id_ecPublicKey, NID_X9_62_prime256v1, elliptic_point(l, key), key);
	X509 *rsa = certificate(l, NID_rsaEncryption, NID_undef, rsa_point(l), key);
	letter_add_part(l, 0, "ký.p7m", signature(l, key, ours));
	sig_cms(l, 1);
	X509_verify(ours, X509_get0_pubkey(rsa));      /* it does not fit */
	X509_free(rsa);
	X509_free(ours);
	EVP_PKEY_free(key);
	talloc_free(l);
}
