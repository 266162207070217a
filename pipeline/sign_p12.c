/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_p12.c - a key in a PKCS#12 file (RFC 7292). See sign_key.h.
 *
 * Files of old tools are encrypted with RC2 or 3DES, which OpenSSL 3 keeps in its legacy provider: it is
 * loaded only when such a file comes.
 */
#include "sign_key.h"
#include "say.h"
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>

static bool sign(struct signer *s, const uint8_t *digest, size_t len, uint8_t value[VALUE_MAX],
		 size_t *value_len)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(s->with, NULL);
	bool rsa = EVP_PKEY_is_a(s->with, "RSA"), pss = rsa && s->wish->pss;
	*value_len = VALUE_MAX;
	bool good = ctx != NULL && EVP_PKEY_sign_init(ctx) == 1 &&
		    (!rsa || EVP_PKEY_CTX_set_rsa_padding(ctx, pss ? RSA_PKCS1_PSS_PADDING
								   : RSA_PKCS1_PADDING) == 1) &&
		    EVP_PKEY_CTX_set_signature_md(ctx, s->md) == 1 &&
		    (!pss || EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) == 1) &&
		    EVP_PKEY_sign(ctx, value, value_len, digest, len) == 1;
	EVP_PKEY_CTX_free(ctx);
	return good;
}

static int cannot_use(const struct signer *s, PKCS12 *p12)
{
	TELL(s->wish->lang, "%s: không dùng được tệp PKCS#12 này (hỏng, hoặc thiếu khóa hay chứng thư)",
	     "%s: this PKCS#12 file cannot be used (damaged, or without a key or its certificate)",
	     s->wish->p12);
	PKCS12_free(p12);
	ERR_clear_error();
	return EXIT_INPUT;
}

static bool parse(struct signer *s, PKCS12 *p12, const char *pin)
{
	EVP_PKEY *key = NULL;
	bool good = PKCS12_parse(p12, pin, &key, &s->certificate, &s->others) == 1 && key != NULL &&
		    s->certificate != NULL;
	if (!good) {
		EVP_PKEY_free(key);
		X509_free(s->certificate);
		sk_X509_pop_free(s->others, X509_free);
		s->certificate = NULL;
		s->others = NULL;
		return false;
	}
	s->with = key;
	s->sign = sign;
	return true;
}

int signer_open_p12(struct signer *s)
{
	FILE *f = fopen(s->wish->p12, "re");
	if (f == NULL) {
		int error = errno;
		say("%s: %s", s->wish->p12, say_error(error));
		return error == EACCES ? EXIT_NO_PERMISSION : EXIT_NO_INPUT;
	}
	PKCS12 *p12 = d2i_PKCS12_fp(f, NULL);
	fclose(f);
	if (p12 == NULL)
		return cannot_use(s, p12);
	char pin[PIN_MAX] = "";
	bool open =
		!PKCS12_mac_present(p12) || PKCS12_verify_mac(p12, "", 0) || PKCS12_verify_mac(p12, NULL, 0);
	if (!open || s->wish->pin_file != NULL) {
		int code = signer_pin(s, s->wish->p12, pin);
		if (code == EXIT_DONE && !open && !PKCS12_verify_mac(p12, pin, -1)) {
			TELL(s->wish->lang, "%s: sai mật khẩu; không có gì được ký",
			     "%s: wrong password; nothing was signed", s->wish->p12);
			code = EXIT_NO_PERMISSION;
		}
		if (code != EXIT_DONE) {
			OPENSSL_cleanse(pin, sizeof pin);
			PKCS12_free(p12);
			return code;
		}
	}
	bool good = parse(s, p12, pin);
	if (!good && OSSL_PROVIDER_load(NULL, "legacy") != NULL &&
	    OSSL_PROVIDER_load(NULL, "default") != NULL)
		good = parse(s, p12, pin);
	OPENSSL_cleanse(pin, sizeof pin);
	if (!good)
		return cannot_use(s, p12);
	PKCS12_free(p12);
	ERR_clear_error();
	if (X509_check_private_key(s->certificate, s->with) == 1)
		return EXIT_DONE;
	TELL(s->wish->lang, "%s: khóa không phải của chứng thư đi cùng",
	     "%s: the key is not the certificate's", s->wish->p12);
	return EXIT_INPUT;
}
