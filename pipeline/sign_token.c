/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_token.c - a key in a token or HSM, by PKCS#11. See sign_key.h.
 *
 * p11-kit finds modules and reads RFC 7512 URIs; the five calls that make a signature are PKCS#11 itself.
 * OpenSSL's engines do the same with more between, and are on their way out (gone in OpenSSL 4).
 */
#include "sign_key.h"
#include "say.h"
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>
#include <p11-kit/uri.h>
#include <string.h>

struct token {
	CK_FUNCTION_LIST *m;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;
	CK_TOKEN_INFO info;
	bool each_time;	   /* CKA_ALWAYS_AUTHENTICATE: the PIN goes with every signature */
	char pin[PIN_MAX]; /* kept only then */
};

static int refuse(const char *what, CK_RV rv)
{
	say("PKCS#11: %s: %s", what, p11_kit_strerror(rv));
	if (rv == CKR_PIN_LOCKED || rv == CKR_PIN_EXPIRED || rv == CKR_USER_NOT_LOGGED_IN)
		return EXIT_NO_PERMISSION;
	return rv == CKR_DEVICE_ERROR || rv == CKR_DEVICE_REMOVED ? EXIT_IO : EXIT_MISSING;
}

/* Modules --------------------------------------------------------------------------------------------------
 */

static CK_FUNCTION_LIST **load_modules(P11KitUri *uri)
{
	static CK_FUNCTION_LIST *one[2];
	const char *path = p11_kit_uri_get_module_path(uri);
	if (path == NULL)
		return p11_kit_modules_load_and_initialize(0);
	one[0] = p11_kit_module_load(path, 0);
	if (one[0] == NULL || p11_kit_module_initialize(one[0]) != CKR_OK)
		return NULL;
	return one;
}

/* The tokens that the URI fits; how many. */
static int find_token(CK_FUNCTION_LIST **modules, P11KitUri *uri, struct token *t, CK_SLOT_ID *slot)
{
	int n = 0;
	for (; modules != NULL && *modules != NULL; modules++) {
		CK_SLOT_ID slots[64];
		CK_ULONG count = 64;
		if ((*modules)->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
			continue;
		for (CK_ULONG i = 0; i < count; i++) {
			CK_TOKEN_INFO info;
			if ((*modules)->C_GetTokenInfo(slots[i], &info) != CKR_OK ||
			    !(info.flags & CKF_TOKEN_INITIALIZED) ||
			    !p11_kit_uri_match_token_info(uri, &info))
				continue;
			t->m = *modules;
			t->info = info;
			*slot = slots[i];
			n++;
		}
	}
	return n;
}

/* Objects --------------------------------------------------------------------------------------------------
 */

static int find_objects(struct token *t, CK_ATTRIBUTE *like, CK_ULONG n, CK_OBJECT_HANDLE *found, int room)
{
	CK_ULONG count = 0;
	if (t->m->C_FindObjectsInit(t->session, like, n) != CKR_OK)
		return 0;
	if (t->m->C_FindObjects(t->session, found, (CK_ULONG)room, &count) != CKR_OK)
		count = 0;
	t->m->C_FindObjectsFinal(t->session);
	return (int)count;
}

static X509 *read_certificate(struct token *t, CK_OBJECT_HANDLE object)
{
	static unsigned char der[1 << 16];
	CK_ATTRIBUTE value = { CKA_VALUE, der, sizeof der };
	const unsigned char *at = der;
	if (t->m->C_GetAttributeValue(t->session, object, &value, 1) != CKR_OK ||
	    value.ulValueLen > sizeof der)
		return NULL;
	return d2i_X509(NULL, &at, (long)value.ulValueLen);
}

/* The key named by the URI (object=, id=), alone or else a fault, and its certificate: the one of the same
 * id. */
static int find_key(struct signer *s, struct token *t, P11KitUri *uri)
{
	CK_OBJECT_CLASS private = CKO_PRIVATE_KEY, public = CKO_CERTIFICATE;
	CK_ATTRIBUTE like[3] = { { CKA_CLASS, &private, sizeof private } };
	CK_ULONG n = 1;
	CK_OBJECT_HANDLE found[64];
	const CK_ATTRIBUTE *label = p11_kit_uri_get_attribute(uri, CKA_LABEL),
			   *id = p11_kit_uri_get_attribute(uri, CKA_ID);
	if (label != NULL)
		like[n++] = *label;
	if (id != NULL)
		like[n++] = *id;
	int keys = find_objects(t, like, n, found, 64);
	if (keys != 1) {
		TELL(s->wish->lang,
		     "PKCS#11: có %d khóa bí mật hợp với URI; nêu rõ một khóa bằng object= hoặc id=",
		     "PKCS#11: %d private keys fit the URI; name one by object= or id=", keys);
		return keys == 0 ? EXIT_NO_INPUT : EXIT_USE;
	}
	t->key = found[0];
	CK_BBOOL each_time = CK_FALSE;
	unsigned char key_id[256];
	CK_ATTRIBUTE asked[] = { { CKA_ID, key_id, sizeof key_id } },
		     always[] = { { CKA_ALWAYS_AUTHENTICATE, &each_time, 1 } };
	if (t->m->C_GetAttributeValue(t->session, t->key, asked, 1) != CKR_OK)
		asked[0].ulValueLen = 0;
	t->each_time =
		t->m->C_GetAttributeValue(t->session, t->key, always, 1) == CKR_OK && each_time == CK_TRUE;
	like[0] = (CK_ATTRIBUTE){ CKA_CLASS, &public, sizeof public };
	int certificates = find_objects(t, like, 1, found, 64);
	CK_OBJECT_HANDLE mine[2];
	like[1] = (CK_ATTRIBUTE){ CKA_ID, key_id, asked[0].ulValueLen };
	int own_ones = asked[0].ulValueLen > 0 ? find_objects(t, like, 2, mine, 2) : 0;
	if (own_ones >= 1)
		s->certificate = read_certificate(t, mine[0]);
	s->others = sk_X509_new_null();
	for (int i = 0; i < certificates; i++) {
		X509 *x = read_certificate(t, found[i]);
		if (x != NULL)
			sk_X509_push(s->others, x);
	}
	if (s->certificate != NULL)
		return EXIT_DONE;
	TELL(s->wish->lang,
	     "PKCS#11: không có chứng thư cùng id với khóa trên %s; nạp chứng thư vào thiết bị",
	     "PKCS#11: %s holds no certificate with the id of the key; write it to the token", "token");
	return EXIT_NO_INPUT;
}

/* Signing --------------------------------------------------------------------------------------------------
 */

/* RFC 8017 9.2: the DigestInfo of a digest, as CKM_RSA_PKCS wants it. */
static size_t digest_info(const EVP_MD *md, const uint8_t *digest, size_t len, uint8_t *out)
{
	X509_SIG *info = X509_SIG_new();
	X509_ALGOR *algorithm;
	ASN1_OCTET_STRING *value;
	X509_SIG_getm(info, &algorithm, &value);
	X509_ALGOR_set0(algorithm, OBJ_nid2obj(EVP_MD_get_type(md)), V_ASN1_NULL, NULL);
	ASN1_OCTET_STRING_set(value, digest, (int)len);
	int n = i2d_X509_SIG(info, &out);
	X509_SIG_free(info);
	return n > 0 ? (size_t)n : 0;
}

static bool to_der(uint8_t value[VALUE_MAX], size_t *len)
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	int half = (int)(*len / 2);
	BIGNUM *r = BN_bin2bn(value, half, NULL), *s = BN_bin2bn(value + half, half, NULL);
	uint8_t *out = value;
	bool good = pair != NULL && half > 0 && ECDSA_SIG_set0(pair, r, s) == 1;
	int n = good ? i2d_ECDSA_SIG(pair, &out) : 0;
	ECDSA_SIG_free(pair);
	*len = n > 0 ? (size_t)n : 0;
	return n > 0;
}

static bool sign(struct signer *s, const uint8_t *digest, size_t len, uint8_t value[VALUE_MAX],
		 size_t *value_len)
{
	struct token *t = s->with;
	EVP_PKEY *public = X509_get0_pubkey(s->certificate);
	bool rsa = EVP_PKEY_is_a(public, "RSA");
	CK_RSA_PKCS_PSS_PARAMS pss = { CKM_SHA256, CKG_MGF1_SHA256, (CK_ULONG)len };
	CK_MECHANISM with = { CKM_ECDSA, NULL, 0 };
	uint8_t wrapped[256];
	CK_ULONG n = VALUE_MAX / 2;
	if (rsa && s->wish->pss)
		with = (CK_MECHANISM){ CKM_RSA_PKCS_PSS, &pss, sizeof pss };
	else if (rsa) {
		with.mechanism = CKM_RSA_PKCS;
		len = digest_info(s->md, digest, len, wrapped);
		digest = wrapped;
	}
	CK_RV rv = t->m->C_SignInit(t->session, &with, t->key);
	if (rv == CKR_OK && t->each_time)
		rv = t->m->C_Login(t->session, CKU_CONTEXT_SPECIFIC, (unsigned char *)t->pin, strlen(t->pin));
	if (rv == CKR_OK)
		rv = t->m->C_Sign(t->session, (unsigned char *)(uintptr_t)digest, len, value, &n);
	if (rv != CKR_OK) {
		refuse("C_Sign", rv);
		return false;
	}
	*value_len = n;
	return rsa || to_der(value, value_len);
}

/* Login ----------------------------------------------------------------------------------------------------
 */

static int log_in(struct signer *s, struct token *t)
{
	bool pad = t->info.flags & CKF_PROTECTED_AUTHENTICATION_PATH;
	if (t->info.flags & (CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED)) {
		TELL(s->wish->lang,
		     "%s: thiết bị đã khóa PIN hoặc chỉ còn một lần thử; không thử nữa, hãy mở bằng công cụ "
		     "của thiết bị",
		     "%s: the token's PIN is locked or has one try left; not tried, unlock it with the "
		     "token's own tool",
		     "PKCS#11");
		return EXIT_NO_PERMISSION;
	}
	if (!pad) {
		int code = signer_pin(s, "PKCS#11", t->pin);
		if (code != EXIT_DONE)
			return code;
	}
	CK_RV rv = t->m->C_Login(t->session, CKU_USER, pad ? NULL : (unsigned char *)t->pin,
				 pad ? 0 : strlen(t->pin));
	if (rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LEN_RANGE || rv == CKR_PIN_INVALID) {
		TELL(s->wish->lang, "%s: sai PIN; không thử lại (thiết bị tự khóa sau vài lần sai)",
		     "%s: wrong PIN; not tried again (tokens lock after a few)", "PKCS#11");
		return EXIT_NO_PERMISSION;
	}
	return rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN ? EXIT_DONE : refuse("C_Login", rv);
}

static int open_session(struct signer *s, struct token *t, P11KitUri *uri)
{
	CK_SLOT_ID slot = 0;
	CK_FUNCTION_LIST **modules = load_modules(uri);
	if (modules == NULL) {
		TELL(s->wish->lang, "PKCS#11: không nạp được mô-đun: %s",
		     "PKCS#11: the module cannot be loaded: %s",
		     p11_kit_message() != NULL ? p11_kit_message() : "?");
		return EXIT_MISSING;
	}
	int tokens = find_token(modules, uri, t, &slot);
	if (tokens != 1) {
		TELL(s->wish->lang, "PKCS#11: có %d thiết bị hợp với URI; cần đúng một (token=, serial=)",
		     "PKCS#11: %d tokens fit the URI; exactly one is wanted (token=, serial=)", tokens);
		return tokens == 0 ? EXIT_NO_INPUT : EXIT_USE;
	}
	CK_RV rv = t->m->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &t->session);
	return rv == CKR_OK ? EXIT_DONE : refuse("C_OpenSession", rv);
}

int signer_open_token(struct signer *s)
{
	static struct token t; /* one key for the life of this process */
	P11KitUri *uri = p11_kit_uri_new();
	if (uri == NULL ||
	    p11_kit_uri_parse(s->wish->uri, P11_KIT_URI_FOR_OBJECT_ON_TOKEN_AND_MODULE, uri) !=
		    P11_KIT_URI_OK ||
	    p11_kit_uri_any_unrecognized(uri) || p11_kit_uri_get_pin_value(uri) != NULL) {
		TELL(s->wish->lang,
		     "--pkcs11: '%s' không phải URI PKCS#11 (RFC 7512) dùng được; PIN không được nằm trong "
		     "URI",
		     "--pkcs11: '%s' is no usable PKCS#11 URI (RFC 7512); a PIN may not stand in it",
		     p11_kit_uri_get_pin_value(uri) != NULL ? "..." : s->wish->uri);
		return EXIT_USE;
	}
	int code = open_session(s, &t, uri);
	if (code == EXIT_DONE)
		code = log_in(s, &t);
	if (code == EXIT_DONE)
		code = find_key(s, &t, uri);
	if (!t.each_time)
		OPENSSL_cleanse(t.pin, sizeof t.pin);
	p11_kit_uri_free(uri);
	s->with = &t;
	s->sign = sign;
	return code;
}
