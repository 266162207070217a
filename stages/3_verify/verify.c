/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify.c - the stage: which kind of signature lives in which kind of part. See verify.h.
 */
#include "verify.h"
#include "attached.h"
#include "text.h"
#include "trust.h"
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

const struct signed_kind signed_kinds[] = {
	{ "application/pdf", false, true, sig_pdf },
	{ "application/xml", false, false, sig_xml },
	{ "application/vnd.edxml+xml", false, true, sig_xml },
	{ "application/pkcs7-mime", false, false, sig_cms },
	{ "application/vnd.etsi.asic-", true, false, sig_asic },
	{ "application/vnd.openxmlformats-officedocument.", true, true, sig_office },
	{ "application/vnd.oasis.opendocument.", true, true, sig_odf },
	{ 0 },
};

static const struct signed_kind *find_kind(const struct part *p)
{
	for (const struct signed_kind *k = signed_kinds; p->media != NULL && k->media != NULL; k++)
		if (text_starts(p->media, k->media))
			return k;
	return NULL;
}

static bool is_spoken_for(const struct letter *l, const struct part *p)
{
	if (find_kind(p)->document)
		return false;
	for (p = letter_find_part(l, p->inside); p != NULL; p = letter_find_part(l, p->inside)) {
		const struct signed_kind *k = find_kind(p);
		if (k != NULL && k->speaks_for_members)
			return true;
	}
	return false;
}

/* Everything that OpenSSL would otherwise load or ask for later, behind the seal. */
static bool prepare(const struct settings *settings, char **why)
{
	static const char *const digests[] = { "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA3-224", "SHA3-256",
					       "SHA3-384", "SHA3-512", "RIPEMD160", "SHAKE256" };
	unsigned char byte;
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_ADD_ALL_DIGESTS
				    | OPENSSL_INIT_ADD_ALL_CIPHERS, NULL);
	for (size_t i = 0; i < sizeof digests / sizeof *digests; i++)
		EVP_MD_free(EVP_MD_fetch(NULL, digests[i], NULL));
	RAND_bytes(&byte, 1);
	if (!trust_load(settings, why))
		return false;
	verify_warm(settings);
	ERR_clear_error();
	return true;
}

static enum outcome run(struct letter *l)
{
	for (int i = 1; i <= l->parts.n; i++) {
		const struct part *p = letter_find_part(l, i);
		const struct signed_kind *k = find_kind(p);
		if (k != NULL && !is_spoken_for(l, p))
			k->find(l, i);
		if (text_same(p->media, "application/pkix-cert"))
			attached_read(l, i);
		ERR_clear_error();
	}
	attached_add_signers(l);
	return PASS;
}

const struct stage stage_verify = { .name = "3_verify", .adds = "signature,certificate", .version = 2,
	.limits = { 60, 1024, 32 }, .prepare = prepare, .run = run };
