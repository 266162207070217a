/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * certificate.c - what an X.509 certificate says. See certificate.h.
 */
#include "certificate.h"
#include "text.h"
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>

static void drop_bio(void *p)
{
	BIO_free(p);
}
static void drop_names(void *p)
{
	GENERAL_NAMES_free(p);
}

char *certificate_name(const void *mem, const X509_NAME *name)
{
	void *mine = talloc_new(mem);
	BIO *bio = own(mine, BIO_new(BIO_s_mem()), drop_bio);
	char *text = NULL, *at = NULL;
	if (name != NULL &&
	    X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0) {
		long len = BIO_get_mem_data(bio, &at);
		text = len > 0 ? text_nfc_part(mem, at, (size_t)len)
			       : copy_text(mem, ""); /* names may be empty */
	}
	talloc_free(mine);
	return text;
}

static char *string_text(const void *mem, const ASN1_STRING *s)
{
	unsigned char *utf8 = NULL;
	int len = ASN1_STRING_to_UTF8(&utf8, s);
	char *part = len > 0 ? text_nfc_part(mem, (const char *)utf8, (size_t)len) : NULL;
	char *text = part != NULL ? text_line(mem, part) : NULL;
	talloc_free(part);
	OPENSSL_free(utf8);
	return text;
}

/* Is once what twice becomes when each of its letters is one byte again? */
static bool is_twice(const ASN1_STRING *twice, const ASN1_STRING *once)
{
	unsigned char *a = NULL, *b = NULL;
	int n = ASN1_STRING_to_UTF8(&a, twice), want = ASN1_STRING_to_UTF8(&b, once), i = 0, k = 0;
	for (; i < n && k < want; i++, k++) {
		unsigned c = a[i];
		if (c >= 0x80 && (c > 0xC3 || i + 1 >= n))
			break; /* no letter of one byte */
		if (c >= 0x80)
			c = (c & 3) << 6 | (a[++i] & 0x3F);
		if (c != b[k])
			break;
	}
	OPENSSL_free(a);
	OPENSSL_free(b);
	return n >= 0 && i == n && k == want;
}

bool certificate_issuer_is(const X509 *x, const X509_NAME *name)
{
	const X509_NAME *issuer = X509_get_issuer_name(x);
	int n = X509_NAME_entry_count(issuer);
	bool same = n == X509_NAME_entry_count(name);
	for (int i = 0; same && i < n; i++) {
		const X509_NAME_ENTRY *a = X509_NAME_get_entry(name, i), *b = X509_NAME_get_entry(issuer, i);
		const ASN1_STRING *x1 = X509_NAME_ENTRY_get_data(a), *x2 = X509_NAME_ENTRY_get_data(b);
		same = OBJ_cmp(X509_NAME_ENTRY_get_object(a), X509_NAME_ENTRY_get_object(b)) == 0 &&
		       (ASN1_STRING_cmp(x1, x2) == 0 || is_twice(x1, x2));
	}
	return same;
}

static char *entry_text(const void *mem, const X509_NAME *name, int nid)
{
	int i = X509_NAME_get_index_by_NID(name, nid, -1);
	return i < 0 ? NULL : string_text(mem, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i)));
}

static char *email_of(const void *mem, X509 *x)
{
	void *mine = talloc_new(mem);
	GENERAL_NAMES *names = own(mine, X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL), drop_names);
	char *email = NULL;
	for (int i = 0; email == NULL && i < sk_GENERAL_NAME_num(names); i++) {
		const GENERAL_NAME *n = sk_GENERAL_NAME_value(names, i);
		if (n->type == GEN_EMAIL)
			email = string_text(mem, n->d.rfc822Name);
	}
	talloc_free(mine);
	return email != NULL ? email : entry_text(mem, X509_get_subject_name(x), NID_pkcs9_emailAddress);
}

time_t certificate_time(const ASN1_TIME *t)
{
	struct tm tm;
	return t != NULL && ASN1_TIME_to_tm(t, &tm) == 1 ? timegm(&tm) : (time_t)-1;
}

static char *serial_text(const void *mem, X509 *x)
{
	const ASN1_INTEGER *n = X509_get0_serialNumber(x);
	const unsigned char *at = ASN1_STRING_get0_data(n);
	int len = ASN1_STRING_length(n);
	char *hex = text_hex(mem, at, len > 0 ? (size_t)len : 0), *start = hex;
	while (*start == '0' && start[1] != 0)
		start++;
	return start == hex ? hex : copy_text(mem, start);
}

void certificate_describe(const void *mem, struct certificate *c, X509 *x)
{
	const X509_NAME *subject = X509_get_subject_name(x);
	unsigned char sha256[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	c->cn = entry_text(mem, subject, NID_commonName);
	c->o = entry_text(mem, subject, NID_organizationName);
	c->l = entry_text(mem, subject, NID_localityName);
	c->email = email_of(mem, x);
	for (int i = -1; (i = X509_NAME_get_index_by_NID(subject, NID_organizationalUnitName, i)) >= 0;) {
		char *ou = string_text(mem, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i)));
		if (ou != NULL)
			texts_add(mem, &c->ou, ou);
	}
	c->subject = certificate_name(mem, subject);
	c->issuer = certificate_name(mem, X509_get_issuer_name(x));
	c->serial = serial_text(mem, x);
	c->not_before = time_text(mem, certificate_time(X509_get0_notBefore(x)));
	c->not_after = time_text(mem, certificate_time(X509_get0_notAfter(x)));
	if (X509_digest(x, EVP_sha256(), sha256, &len) == 1)
		c->sha256 = text_lower(mem, text_hex(mem, sha256, len));
}

const char *certificate_key(const X509 *x, int *bits)
{
	static const struct {
		int nid;
		const char *name;
	} kinds[] = {
		{ EVP_PKEY_RSA, "RSA" }, { EVP_PKEY_RSA_PSS, "RSASSA-PSS" }, { EVP_PKEY_EC, "ECDSA" },
		{ EVP_PKEY_DSA, "DSA" }, { EVP_PKEY_ED25519, "Ed25519" },	 { EVP_PKEY_ED448, "Ed448" },
	};
	const EVP_PKEY *key = X509_get0_pubkey(x);
	*bits = key != NULL ? EVP_PKEY_get_bits(key) : 0;
	for (size_t i = 0; key != NULL && i < sizeof kinds / sizeof *kinds; i++)
		if (EVP_PKEY_get_base_id(key) == kinds[i].nid)
			return kinds[i].name;
	return NULL;
}

const char *certificate_digest(int nid)
{
	return OBJ_nid2sn(nid);
}

bool certificate_is_self_signed(X509 *x)
{
	return X509_NAME_cmp(X509_get_subject_name(x), X509_get_issuer_name(x)) == 0 &&
	       X509_verify(x, X509_get0_pubkey(x)) == 1;
}
