/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms.c - one CMS SignedData, checked step by step. See cms.h.
 *
 * The value is verified with EVP over the signed attributes in DER, not with CMS_verify(): so RSA, PSS, ECDSA
 * and EdDSA go one way, and each rule of RFC 5652, 5035 and 8419 is a line that can fail on its own.
 */
#include "cms.h"
#include "certificate.h"
#include "cms_value.h"
#include "der.h"
#include "digest.h"
#include "stamp.h"
#include "text.h"
#include <openssl/asn1t.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/rsa.h>
#include <string.h>

static void drop_info(void *p)
{
	CMS_ContentInfo_free(p);
}
static void drop_der(void *p)
{
	OPENSSL_free(p);
}

#define OID_ESS_V1 "1.2.840.113549.1.9.16.2.12"
#define OID_ESS_V2 "1.2.840.113549.1.9.16.2.47"
#define OID_POLICY "1.2.840.113549.1.9.16.2.15"

#define LIST_ADD(mem, list, value)                                                                           \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at),             \
	 (list)->at[(list)->n++] = (value))

static const char *oid_text(const void *mem, const ASN1_OBJECT *oid)
{
	char text[128];
	int n = OBJ_obj2txt(text, sizeof text, oid, 1);
	return n > 0 && n < (int)sizeof text ? copy_text(mem, text) : "";
}

/* The structure without its certificates and CRLs, in definite lengths; those are listed apart. */
static struct bytes take_apart(struct cms *c, struct bytes blob)
{
	struct der top, type, wrap, data, field, item, type_of_other, other;
	struct bytes rest = blob;
	if (!der_read_tag(&rest, 0x30, &top))
		return (struct bytes){ 0 };
	c->len = top.whole.len;
	rest = top.content;
	if (!der_read_tag(&rest, 0x06, &type) || !der_read_tag(&rest, 0xA0, &wrap))
		return (struct bytes){ 0 };
	rest = wrap.content;
	if (!der_read_tag(&rest, 0x30, &data))
		return top.whole;
	struct buffer fields = { .mem = c }, inner = { .mem = c }, outer = { .mem = c }, made = { .mem = c };
	for (rest = data.content; der_read(&rest, &field);) {
		if (field.tag != 0xA0 && field.tag != 0xA1) {
			buffer_add(&fields, field.whole.at, field.whole.len);
			continue;
		}
		for (struct bytes items = field.content; der_read(&items, &item);) {
			if (field.tag == 0xA0 && item.tag == 0x30)
				LIST_ADD(c, &c->certificates, item.whole);
			else if (field.tag == 0xA1 && item.tag == 0x30)
				LIST_ADD(c, &c->crls, item.whole);
			else if (field.tag == 0xA1 && item.tag == 0xA1 &&
				 der_read_tag(&item.content, 0x06, &type_of_other) &&
				 der_read_tag(&item.content, 0x30, &other))
				LIST_ADD(c, &c->crls, other.whole); /* RFC 5940: an OCSP answer */
		}
	}
	if (rest.len > 0)
		return (struct bytes){ 0 };
	der_write(&inner, 0x30, fields.text, fields.len);
	buffer_add(&outer, type.whole.at, type.whole.len);
	der_write(&outer, 0xA0, inner.text, inner.len);
	der_write(&made, 0x30, outer.text, outer.len);
	return (struct bytes){ (uint8_t *)made.text, made.len };
}

struct cms *cms_read(const void *mem, struct bytes blob, const char **why)
{
	if (blob.len == 0 || blob.len > LONG_MAX || blob.at[0] != 0x30) {
		*why = "no CMS structure";
		return NULL;
	}
	struct cms *c = new_zero(mem, struct cms);
	struct bytes lean = take_apart(c, blob);
	const unsigned char *at = lean.at;
	c->info = at != NULL ? own(mem, d2i_CMS_ContentInfo(NULL, &at, (long)lean.len), drop_info) : NULL;
	if (c->info == NULL) {
		*why = "the CMS structure cannot be decoded";
		return NULL;
	}
	if (OBJ_obj2nid(CMS_get0_type(c->info)) != NID_pkcs7_signed) {
		*why = "the CMS is not SignedData";
		return NULL;
	}
	c->signers = CMS_get0_SignerInfos(c->info);
	c->signers_n = c->signers != NULL ? sk_CMS_SignerInfo_num(c->signers) : 0;
	ASN1_OCTET_STRING **content = CMS_get0_content(c->info);
	if (content != NULL && *content != NULL)
		c->content =
			(struct bytes){ ASN1_STRING_get0_data(*content), (size_t)ASN1_STRING_length(*content) };
	c->content_type = oid_text(c, CMS_get0_eContentType(c->info));
	return c;
}

/* Attributes ------------------------------------------------------------------------------------------ */

static X509_ATTRIBUTE *find_attribute(CMS_SignerInfo *si, bool signed_too, const char *oid)
{
	ASN1_OBJECT *name = OBJ_txt2obj(oid, 1);
	int i = signed_too ? CMS_signed_get_attr_by_OBJ(si, name, -1)
			   : CMS_unsigned_get_attr_by_OBJ(si, name, -1);
	ASN1_OBJECT_free(name);
	if (i < 0)
		return NULL;
	return signed_too ? CMS_signed_get_attr(si, i) : CMS_unsigned_get_attr(si, i);
}

static struct bytes attribute_value(X509_ATTRIBUTE *a, int i)
{
	ASN1_TYPE *value = a != NULL ? X509_ATTRIBUTE_get0_type(a, i) : NULL;
	if (value == NULL || ASN1_TYPE_get(value) == V_ASN1_BOOLEAN || ASN1_TYPE_get(value) == V_ASN1_NULL ||
	    ASN1_TYPE_get(value) == V_ASN1_OBJECT)
		return (struct bytes){ 0 };
	const ASN1_STRING *s = value->value.asn1_string;
	return (struct bytes){ ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s) };
}

struct bytes cms_signed_attribute(const struct cms *c, int i, const char *oid)
{
	return attribute_value(find_attribute(sk_CMS_SignerInfo_value(c->signers, i), true, oid), 0);
}

struct bytes cms_unsigned_attribute(const struct cms *c, int i, const char *oid)
{
	return attribute_value(find_attribute(sk_CMS_SignerInfo_value(c->signers, i), false, oid), 0);
}

/* Evidence -------------------------------------------------------------------------------------------- */

static void collect_sequence(struct material *m, struct bytes sequence, int depth);

/* Revocation values come as nested SEQUENCEs of CRLs and OCSP answers (CAdES RevocationValues, the Adobe
 * archival, their explicit tags): whatever looks like one is evidence, its signature is what counts later. An
 * OCSPResponse begins with its status, a CRL or BasicOCSPResponse with a SEQUENCE that a SEQUENCE and a BIT
 * STRING follow. */
static void collect_sequence(struct material *m, struct bytes rest, int depth)
{
	struct der d, first, second, third;
	while (depth < 6 && der_read(&rest, &d)) {
		struct bytes in = d.content;
		if ((d.tag & 0x20) == 0)
			continue;
		bool one = der_read(&in, &first), two = one && der_read(&in, &second),
		     three = two && der_read(&in, &third);
		if (d.tag == 0x30 &&
		    ((one && first.tag == 0x0A) ||
		     (three && first.tag == 0x30 && second.tag == 0x30 && third.tag == 0x03)))
			material_add_closed(m, d.whole);
		else
			collect_sequence(m, d.content, depth + 1);
	}
}

void cms_collect(const struct cms *c, struct material *m)
{
	static const char *const oids[] = { "1.2.840.113549.1.9.16.2.23", "1.2.840.113549.1.9.16.2.24",
					    "1.2.840.113583.1.1.8" };
	for (int i = 0; i < c->certificates.n; i++)
		material_add_closed(m, c->certificates.at[i]);
	for (int i = 0; i < c->crls.n; i++)
		material_add_closed(m, c->crls.at[i]);
	for (int i = 0; i < c->signers_n; i++)
		for (size_t k = 0; k < sizeof oids / sizeof *oids; k++) {
			struct bytes v = cms_signed_attribute(c, i, oids[k]);
			collect_sequence(m, v.at != NULL ? v : cms_unsigned_attribute(c, i, oids[k]), 0);
		}
}

/* Who -------------------------------------------------------------------------------------------------- */

/* Only a certificate with the right serial number, where one is named, is worth decoding. */
static bool may_be(struct bytes certificate, const ASN1_INTEGER *serial)
{
	struct der outer, tbs, version, number;
	if (serial == NULL || !der_read_tag(&certificate, 0x30, &outer) ||
	    !der_read_tag(&outer.content, 0x30, &tbs))
		return true;
	der_read_tag(&tbs.content, 0xA0, &version);
	if (!der_read_tag(&tbs.content, 0x02, &number))
		return true;
	size_t len = (size_t)ASN1_STRING_length(serial);
	return number.content.len >= len &&
	       memcmp(number.content.at + number.content.len - len, ASN1_STRING_get0_data(serial), len) == 0;
}

/* How the SignerInfo names its certificate, in no language. */
static char *signer_id(const void *mem, CMS_SignerInfo *si)
{
	ASN1_OCTET_STRING *key = NULL;
	X509_NAME *issuer = NULL;
	ASN1_INTEGER *serial = NULL;
	CMS_SignerInfo_get0_signer_id(si, &key, &issuer, &serial);
	const ASN1_STRING *id = key != NULL ? key : serial;
	char *hex =
		id != NULL ? text_hex(mem, ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id)) : NULL;
	return key != NULL
		       ? format_text(mem, "subjectKeyIdentifier %s", hex)
		       : format_text(mem, "issuerAndSerialNumber %s, %s", hex, certificate_name(mem, issuer));
}

static void fault(struct letter *l, struct signature *s, const char *sub_indication, const char *code,
		  const char *text)
{
	if (s->sub_indication == NULL)
		s->sub_indication = copy_text(l, sub_indication);
	signature_message(l, s, REJECT, code, text);
}

bool cms_has_ess(const struct cms *c, int i)
{
	return cms_signed_attribute(c, i, OID_ESS_V1).at != NULL ||
	       cms_signed_attribute(c, i, OID_ESS_V2).at != NULL;
}

/* "sha1WithRSA" where the digest alone should stand: old programs write so, and it names its digest beyond
 * doubt. */
static const EVP_MD *loose_digest_of(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *oid;
	int hash = NID_undef, kind = NID_undef;
	X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
	if (!OBJ_find_sigid_algs(OBJ_obj2nid(oid), &hash, &kind) || kind != NID_rsaEncryption)
		return NULL;
	return EVP_get_digestbynid(hash);
}

/* The digest of the first ESSCertID (v1) or ESSCertIDv2 in the attribute, and its algorithm. The issuer and
 * serial beside it are advice only: the digest names the certificate. */
static bool read_ess(struct bytes b, bool v2, struct bytes *digest, const EVP_MD **md)
{
	struct der attribute, ids, id, algorithm, hash;
	if (!der_read_tag(&b, 0x30, &attribute) || !der_read_tag(&attribute.content, 0x30, &ids) ||
	    !der_read_tag(&ids.content, 0x30, &id))
		return false;
	*md = v2 ? EVP_sha256() : EVP_sha1();
	if (v2 && der_read_tag(&id.content, 0x30, &algorithm)) {
		const unsigned char *at = algorithm.whole.at;
		X509_ALGOR *a = d2i_X509_ALGOR(NULL, &at, (long)algorithm.whole.len);
		*md = a != NULL ? cms_digest_of(a) : NULL;
		X509_ALGOR_free(a);
	}
	if (*md == NULL || !der_read_tag(&id.content, 0x04, &hash))
		return false;
	*digest = hash.content;
	return true;
}

/* Does the signing-certificate attribute (v1 or v2) name this certificate? CANNOT_TELL: there is none. */
static enum answer ess_names(const struct cms *c, int i, bool v2, X509 *x)
{
	struct bytes attribute = cms_signed_attribute(c, i, v2 ? OID_ESS_V2 : OID_ESS_V1), digest;
	const EVP_MD *md;
	unsigned char made[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	if (attribute.at == NULL)
		return CANNOT_TELL;
	return read_ess(attribute, v2, &digest, &md) && X509_digest(x, md, made, &len) == 1 &&
			       digest.len == len && memcmp(digest.at, made, len) == 0
		       ? YES
		       : NO;
}

/* A renewed certificate keeps its key, and with it the key identifier that may be all that names the signer:
 * of several that fit, the one that the signing-certificate attribute names, else one in its time at the time
 * claimed, else the first. */
struct candidates {
	const struct cms *c;
	int i;
	CMS_SignerInfo *si;
	time_t claimed;
	X509 *best;
	int worth;
};

static bool is_meant(CMS_SignerInfo *si, X509 *x)
{
	X509_NAME *issuer = NULL;
	ASN1_INTEGER *serial = NULL;
	if (CMS_SignerInfo_cert_cmp(si, x) == 0)
		return true;
	CMS_SignerInfo_get0_signer_id(si, NULL, &issuer, &serial);
	return issuer != NULL && serial != NULL && ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(x)) == 0 &&
	       certificate_issuer_is(x, issuer);
}

static void weigh(struct candidates *k, X509 *x)
{
	if (x == NULL || k->worth == 3 || !is_meant(k->si, x))
		return;
	bool named = ess_names(k->c, k->i, false, x) == YES || ess_names(k->c, k->i, true, x) == YES;
	bool in_time = k->claimed >= certificate_time(X509_get0_notBefore(x)) &&
		       k->claimed <= certificate_time(X509_get0_notAfter(x));
	int worth = named ? 3 : in_time ? 2 : 1;
	if (worth > k->worth) {
		k->worth = worth;
		k->best = x;
	}
}

static time_t claimed_time(CMS_SignerInfo *si)
{
	X509_ATTRIBUTE *a = find_attribute(si, true, "1.2.840.113549.1.9.5");
	ASN1_TYPE *value = a != NULL ? X509_ATTRIBUTE_get0_type(a, 0) : NULL;
	bool is_time = value != NULL && (ASN1_TYPE_get(value) == V_ASN1_UTCTIME ||
					 ASN1_TYPE_get(value) == V_ASN1_GENERALIZEDTIME);
	return is_time ? certificate_time(value->value.asn1_string) : (time_t)-1;
}

static X509 *find_signer(const struct cms *c, int n, CMS_SignerInfo *si, struct material *more)
{
	struct candidates k = { c, n, si, claimed_time(si), NULL, 0 };
	ASN1_INTEGER *serial = NULL;
	CMS_SignerInfo_get0_signer_id(si, NULL, NULL, &serial);
	if (serial != NULL && ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER)
		serial = NULL; /* kept as its absolute value */
	for (int i = 0; i < c->certificates.n; i++)
		if (may_be(c->certificates.at[i], serial))
			weigh(&k, material_decode(more, c->certificates.at[i]));
	if (k.worth == 3 || (k.best != NULL && serial != NULL))
		return k.best;
	material_open(more);
	const STACK_OF(X509) *places[] = { more->certificates, trust_intermediates()->certificates };
	for (int p = 0; p < 2; p++)
		for (int i = 0; i < sk_X509_num(places[p]); i++)
			weigh(&k, sk_X509_value(places[p], i));
	return k.best;
}

/* EN 319 102-1 5.2.3: a certificate that the signer did not commit himself to is not the signing certificate,
 * though the value fits its key: another one for the same key may name whom it will. So nobody is named. */
static void check_ess(struct letter *l, struct signature *s, const struct cms *c, int i, struct proof *proof)
{
	for (int v2 = 0; v2 < 2; v2++) {
		struct bytes attribute = cms_signed_attribute(c, i, v2 ? OID_ESS_V2 : OID_ESS_V1), digest;
		const EVP_MD *md;
		if (attribute.at == NULL)
			continue;
		if (!read_ess(attribute, v2, &digest, &md)) {
			fault(l, s, "FORMAT_FAILURE", "ESS_BROKEN",
			      "RFC 5035: the signing-certificate attribute cannot be decoded");
			s->valid = NO;
			return;
		}
		if (ess_names(c, i, v2, proof->signer) == YES)
			continue;
		bool of_value = text_same(s->sub_indication, "SIG_CRYPTO_FAILURE"); /* it is not this key's */
		s->sub_indication = of_value ? NULL : s->sub_indication;
		fault(l, s, "NO_SIGNING_CERTIFICATE_FOUND", "ESS_OTHER_CERTIFICATE",
		      format_text(
			      l,
			      "RFC 5035: the signing-certificate attribute names another certificate than "
			      "the one found: %s",
			      s->signer.subject));
		s->valid = of_value || s->valid == YES ? CANNOT_TELL : s->valid;
		s->signer = (struct certificate){ 0 };
		proof->signer = NULL;
		return;
	}
}

/* Digests ---------------------------------------------------------------------------------------------- */

struct signed_bytes {
	struct bytes one;
	const struct bytes *at;
	int n;
	bool differ;
};

/* The bytes that are signed, once the rule of the content's kind holds. */
static bool find_signed_bytes(struct letter *l, struct signature *s, const struct cms *c,
			      const struct cms_task *t, struct signed_bytes *out)
{
	out->at = t->pieces;
	out->n = t->pieces_n;
	if (t->content == OVER_PIECES) {
		if (c->content.at == NULL || c->content.len == 0)
			return true;
		fault(l, s, "FORMAT_FAILURE", "CMS_FOREIGN_CONTENT",
		      "RFC 5652 5.2: a detached signature carries content of its own");
		return false;
	}
	if (c->content.at == NULL) {
		fault(l, s, t->content == OVER_CONTENT ? "SIGNED_DATA_NOT_FOUND" : "FORMAT_FAILURE",
		      "CMS_NO_CONTENT", "RFC 5652 5.2: the signed content is not inside and not given");
		return false;
	}
	if (t->content == OVER_SHA1) {
		unsigned char digest[EVP_MAX_MD_SIZE];
		unsigned len = 0;
		out->differ = !digest_make(l, EVP_sha1(), t->pieces, t->pieces_n, digest, &len) ||
			      c->content.len != len || memcmp(c->content.at, digest, len) != 0;
	}
	out->one = c->content;
	out->at = &out->one;
	out->n = 1;
	return true;
}

/* RFC 5652 11: content-type and message-digest once each, one value each; no attribute twice. */
static bool check_attributes(struct letter *l, struct signature *s, CMS_SignerInfo *si, const struct cms *c,
			     bool countersignature)
{
	int n = CMS_signed_get_attr_count(si);
	for (int i = 0; i < n; i++) {
		const ASN1_OBJECT *oid = X509_ATTRIBUTE_get0_object(CMS_signed_get_attr(si, i));
		for (int k = 0; k < i; k++)
			if (OBJ_cmp(oid, X509_ATTRIBUTE_get0_object(CMS_signed_get_attr(si, k))) == 0) {
				fault(l, s, "FORMAT_FAILURE", "CMS_ATTRIBUTE_TWICE",
				      "RFC 5652 5.3: a signed attribute stands twice");
				return false;
			}
	}
	X509_ATTRIBUTE *type = find_attribute(si, true, "1.2.840.113549.1.9.3");
	X509_ATTRIBUTE *digest = find_attribute(si, true, "1.2.840.113549.1.9.4");
	if (countersignature && digest != NULL && X509_ATTRIBUTE_count(digest) == 1)
		return true;
	if (type == NULL || digest == NULL || X509_ATTRIBUTE_count(type) != 1 ||
	    X509_ATTRIBUTE_count(digest) != 1) {
		fault(l, s, "FORMAT_FAILURE", "CMS_ATTRIBUTES",
		      "RFC 5652 11: signed attributes lack content-type or message-digest");
		return false;
	}
	X509_ATTRIBUTE *time = find_attribute(si, true, "1.2.840.113549.1.9.5");
	int kind = time != NULL && X509_ATTRIBUTE_count(time) == 1
			   ? ASN1_TYPE_get(X509_ATTRIBUTE_get0_type(time, 0))
			   : 0;
	if (time != NULL && kind != V_ASN1_UTCTIME && kind != V_ASN1_GENERALIZEDTIME) {
		fault(l, s, "FORMAT_FAILURE", "CMS_SIGNING_TIME",
		      "RFC 5652 11.3: the signing-time attribute holds no one time");
		return false;
	}
	ASN1_TYPE *value = X509_ATTRIBUTE_get0_type(type, 0);
	if (ASN1_TYPE_get(value) != V_ASN1_OBJECT ||
	    OBJ_cmp(value->value.object, CMS_get0_eContentType(c->info)) != 0) {
		fault(l, s, "FORMAT_FAILURE", "CMS_CONTENT_TYPE",
		      "RFC 5652 11.1: the content-type attribute differs from the content's type");
		return false;
	}
	return true;
}

/* RFC 5652 11.1 to 11.3: these three may not stand among the unsigned attributes, where anybody could put
 * them. */
static void check_unsigned(struct letter *l, struct signature *s, CMS_SignerInfo *si)
{
	static const char *const oids[] = { "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4",
					    "1.2.840.113549.1.9.5" };
	for (size_t i = 0; i < sizeof oids / sizeof *oids; i++)
		if (find_attribute(si, false, oids[i]) != NULL) {
			fault(l, s, "FORMAT_FAILURE", "CMS_ATTRIBUTE_UNSIGNED",
			      "RFC 5652 11: content-type, message-digest or signing-time stands among the "
			      "unsigned attributes");
			s->valid = NO;
			return;
		}
}

/* RFC 5652 5.4: what is signed is the DER of the attributes, so their SET sorted, however the file has them.
 * Some programs sign them in the order of the file instead; that is the same set. */
static struct bytes encode_attributes(const void *mem, CMS_SignerInfo *si, bool sorted)
{
	STACK_OF(X509_ATTRIBUTE) *all = sk_X509_ATTRIBUTE_new_null();
	for (int i = 0; i < CMS_signed_get_attr_count(si); i++)
		sk_X509_ATTRIBUTE_push(all, CMS_signed_get_attr(si, i));
	unsigned char *der = NULL;
	int len = ASN1_item_i2d((const ASN1_VALUE *)all, &der,
				sorted ? ASN1_ITEM_rptr(PKCS7_ATTR_SIGN) : ASN1_ITEM_rptr(PKCS7_ATTR_VERIFY));
	sk_X509_ATTRIBUTE_free(all);
	own(mem, der, drop_der);
	return (struct bytes){ der, len > 0 ? (size_t)len : 0 };
}

/* RFC 5652 5.3: signed attributes are in DER even where the rest is BER, so the set is sorted by its bytes.
 */
static bool is_sorted(CMS_SignerInfo *si)
{
	unsigned char *before = NULL;
	int before_len = 0;
	bool sorted = true;
	for (int i = 0; sorted && i < CMS_signed_get_attr_count(si); i++) {
		unsigned char *der = NULL;
		int len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &der);
		int common = len < before_len ? len : before_len,
		    order = before != NULL ? memcmp(before, der, (size_t)common) : -1;
		sorted = len > 0 && (order < 0 || (order == 0 && before_len <= len));
		OPENSSL_free(before);
		before = der;
		before_len = len;
	}
	OPENSSL_free(before);
	return sorted;
}

/* The value ---------------------------------------------------------------------------------------------- */

/* PKCS #7 without attributes says only by its value whether the bytes are those signed. */
static void check_bare(struct letter *l, struct signature *s, const struct cms *c, CMS_SignerInfo *si,
		       EVP_PKEY *key, const EVP_MD *md, const struct signed_bytes *b)
{
	s->valid = key == NULL ? CANNOT_TELL : cms_verify_value(c, si, key, md, b->at, b->n);
	s->intact = b->differ ? NO : s->valid;
	if (s->valid == NO)
		fault(l, s, "SIG_CRYPTO_FAILURE", "VALUE_WRONG",
		      "RFC 5652 5.6: the signature value does not fit the signed bytes and the signer's key");
}

static void check_with_attributes(struct letter *l, struct signature *s, const struct cms *c,
				  CMS_SignerInfo *si, EVP_PKEY *key, const EVP_MD *md,
				  const struct cms_task *t, const struct signed_bytes *b)
{
	struct bytes want = attribute_value(find_attribute(si, true, "1.2.840.113549.1.9.4"), 0);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	if (t->absent)
		len = 0;
	else if (t->digest.at != NULL && t->digest_nid == EVP_MD_get_type(md) &&
		 t->digest.len <= sizeof digest)
		memcpy(digest, t->digest.at, len = (unsigned)t->digest.len);
	else if (t->digest.at != NULL || !digest_make(l, md, b->at, b->n, digest, &len)) {
		signature_message(l, s, WARN, "DIGEST_UNKNOWN",
				  "the digest algorithm asked for cannot be computed");
		return;
	}
	s->intact = t->absent								 ? CANNOT_TELL
		    : !b->differ && want.len == len && memcmp(want.at, digest, len) == 0 ? YES
											 : NO;
	if (key == NULL)
		return;
	bool sorted = is_sorted(si);
	struct bytes der = encode_attributes(c, si, true);
	s->valid = der.len > 0 ? cms_verify_value(c, si, key, md, &der, 1) : CANNOT_TELL;
	if (s->valid == NO && !sorted) { /* not by the book, but no forgery either: a person must look */
		der = encode_attributes(c, si, false);
		s->valid = der.len > 0 && cms_verify_value(c, si, key, md, &der, 1) == YES ? CANNOT_TELL : NO;
		if (s->valid == CANNOT_TELL)
			fault(l, s, "SIG_CONSTRAINTS_FAILURE", "CMS_NOT_DER",
			      "RFC 5652 5.4: the signature value fits the signed "
			      "attributes only as they were written, not their DER encoding, over which it "
			      "must be made");
	}
	if (s->valid == NO)
		fault(l, s, "SIG_CRYPTO_FAILURE", "VALUE_WRONG",
		      "RFC 5652 5.6: the signature value does not fit the signed attributes and the signer's "
		      "key");
}

/* NULL: nothing can be compared. A key whose algorithm is not known is put aside: the digest may hold all the same. */
static const EVP_MD *read_algorithms(struct letter *l, struct signature *s, CMS_SignerInfo *si, EVP_PKEY **key)
{
	X509_ALGOR *digest, *signature;
	CMS_SignerInfo_get0_algs(si, NULL, NULL, &digest, &signature);
	const ASN1_OBJECT *oid;
	X509_ALGOR_get0(&oid, NULL, NULL, digest);
	const EVP_MD *md = cms_digest_of(digest);
	s->digest = copy_text(l, md != NULL ? certificate_digest(EVP_MD_get_type(md)) : oid_text(l, oid));
	X509_ALGOR_get0(&oid, NULL, NULL, signature);
	if (OBJ_obj2nid(oid) == NID_rsassaPss)
		s->algorithm = copy_text(l, "RSASSA-PSS");
	if (md == NULL && OBJ_obj2nid(oid) == NID_rsaEncryption && (md = loose_digest_of(digest)) != NULL) {
		signature_message(l, s, WARN, "DIGEST_OID",
				  "RFC 5652 5.3: digestAlgorithm names a signature algorithm");
		s->digest = copy_text(l, certificate_digest(EVP_MD_get_type(md)));
	}
	enum agreement a = md == NULL	 ? UNSUPPORTED
			   : *key == NULL ? AGREE
					  : cms_compare_algorithms(signature, md, *key);
	if (a == UNSUPPORTED && s->sub_indication == NULL)
		s->sub_indication = copy_text(l, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
	if (a == UNSUPPORTED)
		signature_message(l, s, WARN, "ALGORITHM_UNSUPPORTED",
				  format_text(l,
					      "the signature algorithm %s with digest %s is not known here",
					      oid_text(l, oid), s->digest));
	if (a == DISAGREE) {
		fault(l, s, "SIG_CRYPTO_FAILURE", "ALGORITHMS_DISAGREE",
		      "RFC 5652 5.3: digest algorithm, signature algorithm and key do not agree");
		s->valid = NO;
	}
	*key = a == AGREE ? *key : NULL;
	return a == DISAGREE ? NULL : md;
}

/* Checks the tokens of one attribute over those bytes. */
static int check_tokens(struct letter *l, struct signature *s, X509_ATTRIBUTE *a, const struct bytes *pieces,
			int pieces_n, struct material *m, struct stamp **out)
{
	int n = a != NULL ? X509_ATTRIBUTE_count(a) : 0, made = 0;
	if (n == 0)
		return 0;
	*out = new_array(l, struct stamp, (size_t)n);
	for (int k = 0; k < n; k++) {
		const char *why = NULL;
		if (stamp_check(l, attribute_value(a, k), pieces, pieces_n, m, &(*out)[made], &why))
			made++;
		else
			signature_message(l, s, WARN, "STAMP_BROKEN",
					  format_text(l, "time-stamp token: %s", why));
	}
	return made;
}

void cms_check(struct letter *l, struct signature *s, const struct cms *c, int i, const struct cms_task *t,
	       struct material *more, struct proof *proof)
{
	CMS_SignerInfo *si = i < c->signers_n ? sk_CMS_SignerInfo_value(c->signers, i) : NULL;
	if (si == NULL) {
		fault(l, s, "FORMAT_FAILURE", "CMS_NO_SIGNER",
		      "RFC 5652 5.1: the SignedData names no signer");
		return;
	}
	proof->signer = find_signer(c, i, si, more);
	EVP_PKEY *key = proof->signer != NULL ? X509_get0_pubkey(proof->signer) : NULL;
	if (proof->signer != NULL) {
		s->algorithm = copy_text(l, certificate_key(proof->signer, &s->key_bits));
		certificate_describe(l, &s->signer, proof->signer);
		s->signer.role = copy_text(l, "signer");
	} else
		fault(l, s, "NO_SIGNING_CERTIFICATE_FOUND", "NO_SIGNER_CERTIFICATE",
		      format_text(l,
				  "the signer's certificate is neither in the file nor among the local ones; "
				  "wanted is %s",
				  signer_id(l, si)));
	if (claimed_time(si) >= 0)
		s->claimed_time = time_text(l, claimed_time(si));
	const EVP_MD *md = read_algorithms(l, s, si, &key);
	struct signed_bytes b = { 0 };
	if (!find_signed_bytes(l, s, c, t, &b)) {
		s->valid = t->content == OVER_CONTENT ? CANNOT_TELL : NO;
		return;
	}
	if (md == NULL)
		return;
	if (CMS_signed_get_attr_count(si) <= 0 && t->absent)
		return;
	if (CMS_signed_get_attr_count(si) <= 0)
		check_bare(l, s, c, si, key, md, &b);
	else {
		bool sound = check_attributes(l, s, si, c, t->countersignature);
		check_with_attributes(l, s, c, si, key, md, t, &b);
		if (!sound)
			s->valid = NO;
	}
	check_unsigned(l, s, si);
	if (cms_signed_attribute(c, i, OID_POLICY).at != NULL) /* EN 319 122-1 5.2.9 */
		signature_message(l, s, NOTE, "SIGNATURE_POLICY",
				  "signed under a signature policy; its own rules were not looked at");
	if (t->digest.at == NULL && !t->absent) /* EN 319 122-1 5.2.8, content-time-stamp */
		proof->content_n = check_tokens(l, s, find_attribute(si, true, "1.2.840.113549.1.9.16.2.20"),
						b.at, b.n, more, &proof->content);
	if (s->intact == NO)
		fault(l, s, "HASH_FAILURE", "DIGEST_WRONG",
		      "the signed bytes were changed: their digest is another one");
	if (proof->signer != NULL)
		check_ess(l, s, c, i, proof);
}

void cms_check_stamps(struct letter *l, struct signature *s, const struct cms *c, int i, struct material *m,
		      struct proof *proof)
{
	CMS_SignerInfo *si = i < c->signers_n ? sk_CMS_SignerInfo_value(c->signers, i) : NULL;
	if (si == NULL)
		return;
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(si);
	struct bytes over = { ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value) };
	proof->stamps_n = check_tokens(l, s, find_attribute(si, false, "1.2.840.113549.1.9.16.2.14"), &over,
				       1, m, &proof->stamps);
}
