/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_crypt.c - the standard security handler with the empty user password (ISO 32000-1 7.6.3, ISO
 * 32000-2 7.6.4): RC4 and AES-128 (revisions 2 to 4), AES-256 (5 and 6). Files for a certificate's owner stay
 * closed.
 *
 * The signature's /Contents is never encrypted; whoever needs it reads it from the raw bytes.
 */
#include "pdf_parse.h"
#include <openssl/evp.h>
#include <string.h>

enum cipher { NO_CIPHER, RC4, AES128, AES256 };

struct pdf_crypt {
	uint8_t key[32];
	int key_len;
	enum cipher strings, streams;
	int encrypt_num; /* the encryption dictionary's own strings are plain */
};

static const uint8_t padding[32] = { 0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E,
				     0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68,
				     0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A };

/* RC4 is written out: OpenSSL 3 has it only in its legacy module, which is not loaded. */
static void rc4(const uint8_t *key, int key_len, const uint8_t *in, uint8_t *out, size_t len)
{
	uint8_t s[256], swap, i = 0, j = 0;
	for (int k = 0; k < 256; k++)
		s[k] = (uint8_t)k;
	for (int k = 0; k < 256; k++) {
		j = (uint8_t)(j + s[k] + key[k % key_len]);
		swap = s[k];
		s[k] = s[j];
		s[j] = swap;
	}
	j = 0;
	for (size_t k = 0; k < len; k++) {
		i++;
		j = (uint8_t)(j + s[i]);
		swap = s[i];
		s[i] = s[j];
		s[j] = swap;
		out[k] = in[k] ^ s[(uint8_t)(s[i] + s[j])];
	}
}

static bool aes_cbc(const EVP_CIPHER *cipher, const uint8_t *key, const uint8_t *iv, const uint8_t *in,
		    size_t len, uint8_t *out, bool encrypt)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int n = 0;
	bool ok = len <= INT32_MAX && EVP_CipherInit_ex(ctx, cipher, NULL, key, iv, encrypt) == 1;
	EVP_CIPHER_CTX_set_padding(ctx, 0);
	ok = ok && EVP_CipherUpdate(ctx, out, &n, in, (int)len) == 1;
	EVP_CIPHER_CTX_free(ctx);
	return ok;
}

struct bytes pdf_decrypt(const void *mem, const struct pdf_crypt *c, int num, int gen, struct bytes in,
			 bool stream)
{
	enum cipher kind = stream ? c->streams : c->strings;
	if (kind == NO_CIPHER || num == c->encrypt_num || in.len == 0)
		return in;
	uint8_t seed[48], key[EVP_MAX_MD_SIZE], *out = new_array(mem, uint8_t, in.len + 1);
	unsigned key_len = 32;
	if (kind == AES256)
		memcpy(key, c->key, 32);
	else {
		int n = c->key_len;
		memcpy(seed, c->key, (size_t)n);
		seed[n++] = (uint8_t)num;
		seed[n++] = (uint8_t)(num >> 8);
		seed[n++] = (uint8_t)(num >> 16);
		seed[n++] = (uint8_t)gen;
		seed[n++] = (uint8_t)(gen >> 8);
		if (kind == AES128) {
			memcpy(seed + n, "sAlT", 4);
			n += 4;
		}
		EVP_Digest(seed, (size_t)n, key, &key_len, EVP_md5(), NULL);
		key_len = (unsigned)(c->key_len + 5 < 16 ? c->key_len + 5 : 16);
	}
	if (kind == RC4) {
		rc4(key, (int)key_len, in.at, out, in.len);
		return (struct bytes){ out, in.len };
	}
	if (in.len < 32 || in.len % 16 != 0 ||
	    !aes_cbc(kind == AES256 ? EVP_aes_256_cbc() : EVP_aes_128_cbc(), key, in.at, in.at + 16,
		     in.len - 16, out, false))
		return (struct bytes){ out, 0 };
	uint8_t pad = out[in.len - 17];
	return (struct bytes){ out, in.len - 16 - (pad >= 1 && pad <= 16 ? pad : 0) };
}

static bool make_old_key(struct pdf_crypt *c, struct pdf *view, const struct pdf_value *rules,
			 struct bytes id, int revision)
{
	const struct pdf_value *o = pdf_find(view, rules, "O");
	const struct pdf_value *plain = pdf_find(view, rules, "EncryptMetadata");
	if (o->type != PDF_STRING || o->text.len < 32)
		return false;
	uint32_t p = (uint32_t)pdf_integer(pdf_find(view, rules, "P"), 0);
	uint8_t permissions[4] = { (uint8_t)p, (uint8_t)(p >> 8), (uint8_t)(p >> 16), (uint8_t)(p >> 24) };
	uint8_t key[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_DigestInit_ex(ctx, EVP_md5(), NULL);
	EVP_DigestUpdate(ctx, padding, 32);
	EVP_DigestUpdate(ctx, o->text.at, 32);
	EVP_DigestUpdate(ctx, permissions, 4);
	EVP_DigestUpdate(ctx, id.at, id.len);
	if (revision >= 4 && plain->type == PDF_BOOLEAN && !plain->integer)
		EVP_DigestUpdate(ctx, "\xFF\xFF\xFF\xFF", 4);
	bool ok = EVP_DigestFinal_ex(ctx, key, &len) == 1;
	EVP_MD_CTX_free(ctx);
	for (int i = 0; ok && revision >= 3 && i < 50; i++)
		ok = EVP_Digest(key, (size_t)c->key_len, key, &len, EVP_md5(), NULL) == 1;
	memcpy(c->key, key, (size_t)c->key_len);
	return ok;
}

/* ISO 32000-2 7.6.4.3.4: the hash of revision 6, for the empty password; revision 5 is its first step. */
static bool hash_new(const uint8_t *salt, int revision, uint8_t out[64])
{
	unsigned len = 32;
	uint8_t k[64], block[64 * 64], made[64 * 64];
	if (EVP_Digest(salt, 8, k, &len, EVP_sha256(), NULL) != 1)
		return false;
	for (int round = 0; revision >= 6; round++) {
		for (int i = 0; i < 64; i++)
			memcpy(block + (size_t)i * len, k, len);
		if (!aes_cbc(EVP_aes_128_cbc(), k, k + 16, block, (size_t)len * 64, made, true))
			return false;
		size_t n = (size_t)len * 64;
		int mod = 0;
		for (int i = 0; i < 16; i++)
			mod += made[i];
		const EVP_MD *md = mod % 3 == 0 ? EVP_sha256() : mod % 3 == 1 ? EVP_sha384() : EVP_sha512();
		if (EVP_Digest(made, n, k, &len, md, NULL) != 1)
			return false;
		if (round >= 63 && made[n - 1] <= round - 31)
			break;
	}
	memcpy(out, k, 32);
	return true;
}

static bool make_new_key(struct pdf_crypt *c, struct pdf *view, const struct pdf_value *rules, int revision)
{
	const struct pdf_value *u = pdf_find(view, rules, "U"), *ue = pdf_find(view, rules, "UE");
	uint8_t made[64], iv[16] = { 0 };
	if (u->type != PDF_STRING || u->text.len < 48 || ue->type != PDF_STRING || ue->text.len < 32)
		return false;
	if (!hash_new(u->text.at + 32, revision, made) || memcmp(made, u->text.at, 32) != 0)
		return false; /* it needs a password */
	return hash_new(u->text.at + 40, revision, made) &&
	       aes_cbc(EVP_aes_256_cbc(), made, iv, ue->text.at, 32, c->key, false);
}

static enum cipher cipher_of(struct pdf *view, const struct pdf_value *rules, const char *which)
{
	const struct pdf_value *name = pdf_find(view, rules, which), *filters = pdf_find(view, rules, "CF");
	char text[64] = { 0 };
	if (name->type != PDF_NAME || name->text.len >= sizeof text)
		return NO_CIPHER;
	memcpy(text, name->text.at, name->text.len);
	const struct pdf_value *method = pdf_find(view, pdf_find(view, filters, text), "CFM");
	return pdf_is_name(method, "V2")      ? RC4
	       : pdf_is_name(method, "AESV2") ? AES128
	       : pdf_is_name(method, "AESV3") ? AES256
					      : NO_CIPHER;
}

struct pdf_crypt *pdf_crypt_new(const void *mem, struct pdf *view, const struct pdf_value *rules,
				struct bytes id)
{
	if (!pdf_is_name(pdf_find(view, rules, "Filter"), "Standard"))
		return NULL;
	struct pdf_crypt *c = new_zero(mem, struct pdf_crypt);
	int v = (int)pdf_integer(pdf_find(view, rules, "V"), 0),
	    r = (int)pdf_integer(pdf_find(view, rules, "R"), 0);
	c->key_len = v == 1 ? 5 : (int)(pdf_integer(pdf_find(view, rules, "Length"), v >= 4 ? 128 : 40) / 8);
	if (v == 4)
		c->key_len = 16;
	if (c->key_len < 5 || c->key_len > 32 || (v < 5 && c->key_len > 16))
		return NULL;
	c->strings = v >= 4 ? cipher_of(view, rules, "StrF") : RC4;
	c->streams = v >= 4 ? cipher_of(view, rules, "StmF") : RC4;
	c->encrypt_num = rules->num;
	bool ok = v >= 5 ? make_new_key(c, view, rules, r) : make_old_key(c, view, rules, id, r);
	return ok ? c : NULL;
}
