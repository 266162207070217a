/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_key.h - the room where the key is.
 *
 *     parent ── files, ledger; no PDF reader, no key
 *        ├─ sealed child ── reads the PDF, answers with bytes to append (append.h); forked before or beside
 * the key └─ key process ── asks for the PIN, opens PKCS#12 or the token; gets a digest, gives a CMS
 *
 * The key and the PIN never are in the parent, so no child that it forks can inherit them; the key process
 * reads nothing but fixed digests from its socket and ends with its parent. A vendor's PKCS#11 module runs in
 * there too. A PIN is asked for once and given once: tokens lock after a few wrong ones.
 *
 * Refused before anything is signed: a certificate out of its time, a key that is not the certificate's, a
 * key usage without digitalSignature and nonRepudiation, RSA below 2048 bits, curves other than P-256, P-384,
 * P-521.
 */
#pragma once
#include "command.h"
#include <openssl/x509.h>

/* The key process -------------------------------------------------------------------------------------------
 */

struct key_wish {
	const struct settings *settings; /* at; trust: certificates that complete the chain */
	enum lang lang;
	const char *p12, *uri; /* one of the two; uri: RFC 7512, its module by p11-kit or ?module-path= */
	const char *pin_file;  /* NULL: asked for on the terminal when one is needed */
	bool pss;	       /* RSA: RSASSA-PSS, else PKCS #1 v1.5 */
};

struct key_face { /* what of the certificate others must know */
	char cn[200], o[200], serial[64], sha256[65], digest[16];
	size_t digest_len;
	size_t room; /* bytes that a CMS takes, with a time-stamp added later */
};

struct key; /* a talloc object: the process ends with it */

struct key *key_open(const void *mem, const struct key_wish *, struct key_face *,
		     int *code); /* NULL: said why */

/* A detached CMS (CAdES B-B without signing-time) over content of that digest. False: said why, *code. */
bool key_sign(struct key *, const uint8_t *digest, struct bytes *cms, int *code);

/* Inside it -------------------------------------------------------------------------------------------------
 */

enum { VALUE_MAX = 1024, PIN_MAX = 256 };

struct signer { /* what PKCS#12 and PKCS#11 have in common */
	const struct key_wish *wish;
	X509 *certificate;
	STACK_OF(X509) *others; /* that came with it */
	const EVP_MD *md;
	/* Raw signature over a digest: RSA as it is, ECDSA as DER. False: *why. */
	bool (*sign)(struct signer *, const uint8_t *digest, size_t len, uint8_t value[VALUE_MAX],
		     size_t *value_len);
	void *with;
};

int signer_open_p12(struct signer *); /* an exit code; what is wrong was said */
int signer_open_token(struct signer *);
int signer_pin(const struct signer *, const char *of, char pin[PIN_MAX]); /* caller cleanses it */

/* sign_cms.c. NULL: said why. */
size_t signer_room(const struct signer *, STACK_OF(X509) *chain);
bool signer_cms(struct signer *, STACK_OF(X509) *chain, const uint8_t *digest, size_t len,
		unsigned char **der, size_t *der_len);

/* Text in the language of the user. */
#define TELL(lang, vi, en, ...) say((lang) == LANG_VI ? (vi) : (en), __VA_ARGS__)
