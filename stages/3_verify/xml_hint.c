/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_hint.c - whom a ds:KeyInfo names: xml_hint.h.
 */
#include "xml_hint.h"
#include "certificate.h"
#include "text.h"
#include "xml_key.h"
#include <ctype.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <strings.h>

static bool read_issuer(const void *mem, const xmlNode *n, struct xml_hint *h)
{
	h->kind = HINT_ISSUER;
	h->text = strict_text(mem, strict_child(n, NS_DSIG, "X509IssuerName"));
	h->serial = strict_text(mem, strict_child(n, NS_DSIG, "X509SerialNumber"));
	return h->serial[0] != '\0';
}

bool xml_hint_read(const void *mem, const xmlNode *n, struct xml_hint *h)
{
	*h = (struct xml_hint){ 0 };
	if (strict_is(n, NS_DSIG, "X509IssuerSerial"))
		return read_issuer(mem, n, h);
	if (strict_is(n, NS_DSIG, "X509SKI") || strict_is(n, NS_DSIG11, "X509Digest")) {
		h->kind = strict_is(n, NS_DSIG, "X509SKI") ? HINT_SKI : HINT_DIGEST;
		h->digest = xml_digest_method(strict_attribute(mem, n, "Algorithm"), NULL);
		return strict_base64(mem, n, &h->bytes);
	}
	if (!strict_is(n, NS_DSIG, "X509SubjectName") && !strict_is(n, NS_DSIG, "KeyName"))
		return false;
	h->kind = strict_is(n, NS_DSIG, "KeyName") ? HINT_NAME : HINT_SUBJECT;
	h->text = strict_text(mem, n);
	return h->text[0] != '\0';
}

/* Distinguished names --------------------------------------------------------------------------------------
 */

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10 : -1;
}

/* "emailAddress", "E" and "OID.1.2.840.113549.1.9.1" are one type: its number where OpenSSL knows it. */
static const char *type_of(const void *mem, const char *type)
{
	static const char *const others[][2] = {
		{ "E", "emailAddress" }, { "EMAIL", "emailAddress" }, { "S", "ST" } };
	if (strncasecmp(type, "OID.", 4) == 0)
		type += 4;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcasecmp(type, others[i][0]) == 0)
			type = others[i][1];
	int nid = OBJ_txt2nid(type);
	if (nid == NID_undef)
		nid = OBJ_txt2nid(text_upper(mem, type));
	ERR_clear_error();
	return nid != NID_undef ? OBJ_nid2ln(nid) : type;
}

/* One "type=value" up to an unescaped comma, semicolon or plus; *at moves behind it. */
static char *read_pair(const void *mem, const char **at)
{
	struct buffer b = { .mem = mem };
	bool quoted = false;
	const char *p = *at;
	for (; *p != '\0' && (quoted || strchr(",;+", *p) == NULL); p++) {
		char c = *p;
		if (c == '"') {
			quoted = !quoted;
			continue;
		}
		if (c == '\\' && nibble(p[1]) >= 0 && nibble(p[2]) >= 0) {
			c = (char)(nibble(p[1]) << 4 | nibble(p[2]));
			p += 2;
		} else if (c == '\\' && p[1] != '\0')
			c = *++p;
		buffer_add(&b, &c, 1);
	}
	*at = *p != '\0' ? p + 1 : p;
	char *pair = text_line(mem, b.text != NULL ? b.text : ""), *equals = strchr(pair, '=');
	if (equals == NULL)
		return text_lower(mem, pair);
	char *type = text_line(mem, copy_part(mem, pair, (size_t)(equals - pair)));
	return text_lower(mem, format_text(mem, "%s=%s", type_of(mem, type), text_line(mem, equals + 1)));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char *xml_name_key(const void *mem, const char *name)
{
	struct texts parts = { 0 };
	struct buffer b = { .mem = mem };
	while (*name != '\0' && parts.n < 64)
		texts_add(mem, &parts, read_pair(mem, &name));
	if (parts.n > 1)
		qsort(parts.at, (size_t)parts.n, sizeof *parts.at, by_text);
	for (int i = 0; i < parts.n; i++)
		buffer_format(&b, "%s\n", parts.at[i]);
	return b.text;
}

static bool name_fits(const char *text, const X509_NAME *name)
{
	void *mine = talloc_new(NULL);
	char *have = certificate_name(mine, name);
	char *a = xml_name_key(mine, text), *b = have != NULL ? xml_name_key(mine, have) : NULL;
	bool fits = a != NULL && text_same(a, b);
	talloc_free(mine);
	return fits;
}

/* -----------------------------------------------------------------------------------------------------------
 */

bool xml_serial_fits(const char *decimal, X509 *x)
{
	BIGNUM *want = NULL, *have = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x), NULL);
	bool fits = BN_dec2bn(&want, decimal) > 0 && have != NULL && BN_cmp(want, have) == 0;
	BN_free(want);
	BN_free(have);
	return fits;
}

static bool common_name_is(X509 *x, const char *name)
{
	void *mine = talloc_new(NULL);
	struct certificate c = { 0 };
	certificate_describe(mine, &c, x);
	bool is = text_same(c.cn, text_line(mine, name));
	talloc_free(mine);
	return is;
}

bool xml_hint_fits(const struct xml_hint *h, X509 *x)
{
	unsigned char have[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	const ASN1_OCTET_STRING *id;
	switch (h->kind) {
	case HINT_NAME:
		return name_fits(h->text, X509_get_subject_name(x)) || common_name_is(x, h->text);
	case HINT_SUBJECT:
		return name_fits(h->text, X509_get_subject_name(x));
	case HINT_ISSUER:
		return xml_serial_fits(h->serial, x) && name_fits(h->text, X509_get_issuer_name(x));
	case HINT_SKI:
		id = X509_get0_subject_key_id(x);
		return id != NULL && (size_t)ASN1_STRING_length(id) == h->bytes.len &&
		       memcmp(ASN1_STRING_get0_data(id), h->bytes.at, h->bytes.len) == 0;
	case HINT_DIGEST:
		return h->digest != NULL && X509_digest(x, h->digest, have, &len) == 1 &&
		       len == h->bytes.len && memcmp(have, h->bytes.at, len) == 0;
	}
	return false;
}

char *xml_hint_words(const void *mem, const struct xml_hint *h)
{
	switch (h->kind) {
	case HINT_NAME:
		return format_text(mem, "KeyName \"%.200s\"", h->text);
	case HINT_SUBJECT:
		return format_text(mem, "X509SubjectName %.300s", h->text);
	case HINT_ISSUER:
		return format_text(mem, "X509IssuerSerial %.80s, %.300s", h->serial, h->text);
	case HINT_SKI:
		return format_text(mem, "X509SKI %s", text_hex(mem, h->bytes.at, h->bytes.len));
	case HINT_DIGEST:
		return format_text(mem, "X509Digest %s", text_hex(mem, h->bytes.at, h->bytes.len));
	}
	return NULL;
}
