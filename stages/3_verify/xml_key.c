/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_key.c - algorithms of XML signatures and the keys in a ds:KeyInfo: xml_key.h.
 */
#include "xml_key.h"
#include "signature_value.h"
#include "text.h"
#include "xml_transform.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#define MORE2001 "http://www.w3.org/2001/04/xmldsig-more#"
#define MORE2007 "http://www.w3.org/2007/05/xmldsig-more#"
#define MORE2021 "http://www.w3.org/2021/04/xmldsig-more#"
#define XMLENC "http://www.w3.org/2001/04/xmlenc#"
#define GOST "urn:ietf:params:xml:ns:cpxmlsec:algorithms:"

static const struct {
	const char *uri, *digest, *name;
} digests[] = {
	{ NS_DSIG "sha1", "SHA1", "SHA1" },
	{ XMLENC "sha256", "SHA256", "SHA256" },
	{ XMLENC "sha512", "SHA512", "SHA512" },
	{ XMLENC "ripemd160", "RIPEMD160", "RIPEMD160" },
	{ MORE2001 "sha224", "SHA224", "SHA224" },
	{ MORE2001 "sha384", "SHA384", "SHA384" },
	{ MORE2001 "md5", "MD5", "MD5" },
	{ MORE2007 "sha3-224", "SHA3-224", "SHA3-224" },
	{ MORE2007 "sha3-256", "SHA3-256", "SHA3-256" },
	{ MORE2007 "sha3-384", "SHA3-384", "SHA3-384" },
	{ MORE2007 "sha3-512", "SHA3-512", "SHA3-512" },
};

const EVP_MD *xml_digest_method(const char *uri, const char **name)
{
	for (size_t i = 0; uri != NULL && i < sizeof digests / sizeof *digests; i++)
		if (strcmp(uri, digests[i].uri) == 0) {
			if (name != NULL)
				*name = digests[i].name;
			return EVP_get_digestbyname(digests[i].digest);
		}
	return NULL;
}

static const struct xml_algorithm algorithms[] = {
	{ MORE2001 "rsa-md5", EVP_PKEY_RSA, "MD5", false, "RSA" },
	{ NS_DSIG "rsa-sha1", EVP_PKEY_RSA, "SHA1", false, "RSA" },
	{ MORE2001 "rsa-ripemd160", EVP_PKEY_RSA, "RIPEMD160", false, "RSA" },
	{ MORE2001 "rsa-sha224", EVP_PKEY_RSA, "SHA224", false, "RSA" },
	{ MORE2001 "rsa-sha256", EVP_PKEY_RSA, "SHA256", false, "RSA" },
	{ MORE2001 "rsa-sha384", EVP_PKEY_RSA, "SHA384", false, "RSA" },
	{ MORE2001 "rsa-sha512", EVP_PKEY_RSA, "SHA512", false, "RSA" },
	{ MORE2007 "sha1-rsa-MGF1", EVP_PKEY_RSA, "SHA1", true, "RSASSA-PSS" },
	{ MORE2007 "sha224-rsa-MGF1", EVP_PKEY_RSA, "SHA224", true, "RSASSA-PSS" },
	{ MORE2007 "sha256-rsa-MGF1", EVP_PKEY_RSA, "SHA256", true, "RSASSA-PSS" },
	{ MORE2007 "sha384-rsa-MGF1", EVP_PKEY_RSA, "SHA384", true, "RSASSA-PSS" },
	{ MORE2007 "sha512-rsa-MGF1", EVP_PKEY_RSA, "SHA512", true, "RSASSA-PSS" },
	{ MORE2007 "sha3-224-rsa-MGF1", EVP_PKEY_RSA, "SHA3-224", true, "RSASSA-PSS" },
	{ MORE2007 "sha3-256-rsa-MGF1", EVP_PKEY_RSA, "SHA3-256", true, "RSASSA-PSS" },
	{ MORE2007 "sha3-384-rsa-MGF1", EVP_PKEY_RSA, "SHA3-384", true, "RSASSA-PSS" },
	{ MORE2007 "sha3-512-rsa-MGF1", EVP_PKEY_RSA, "SHA3-512", true, "RSASSA-PSS" },
	{ MORE2007 "rsa-pss", EVP_PKEY_RSA, "SHA256", true, "RSASSA-PSS" },
	{ NS_DSIG "dsa-sha1", EVP_PKEY_DSA, "SHA1", false, "DSA" },
	{ NS_DSIG11 "dsa-sha256", EVP_PKEY_DSA, "SHA256", false, "DSA" },
	{ MORE2001 "ecdsa-sha1", EVP_PKEY_EC, "SHA1", false, "ECDSA" },
	{ MORE2001 "ecdsa-sha224", EVP_PKEY_EC, "SHA224", false, "ECDSA" },
	{ MORE2001 "ecdsa-sha256", EVP_PKEY_EC, "SHA256", false, "ECDSA" },
	{ MORE2001 "ecdsa-sha384", EVP_PKEY_EC, "SHA384", false, "ECDSA" },
	{ MORE2001 "ecdsa-sha512", EVP_PKEY_EC, "SHA512", false, "ECDSA" },
	{ MORE2007 "ecdsa-ripemd160", EVP_PKEY_EC, "RIPEMD160", false, "ECDSA" },
	{ MORE2021 "ecdsa-sha3-224", EVP_PKEY_EC, "SHA3-224", false, "ECDSA" },
	{ MORE2021 "ecdsa-sha3-256", EVP_PKEY_EC, "SHA3-256", false, "ECDSA" },
	{ MORE2021 "ecdsa-sha3-384", EVP_PKEY_EC, "SHA3-384", false, "ECDSA" },
	{ MORE2021 "ecdsa-sha3-512", EVP_PKEY_EC, "SHA3-512", false, "ECDSA" },
	{ MORE2021 "eddsa-ed25519", EVP_PKEY_ED25519, NULL, false, "Ed25519" },
	{ MORE2021 "eddsa-ed448", EVP_PKEY_ED448, NULL, false, "Ed448" },
	{ MORE2021 "eddsa-ed25519ph", XML_KEY_BEYOND, NULL, false, "Ed25519ph" },
	{ MORE2021 "eddsa-ed25519ctx", XML_KEY_BEYOND, NULL, false, "Ed25519ctx" },
	{ MORE2021 "eddsa-ed448ph", XML_KEY_BEYOND, NULL, false, "Ed448ph" },
	{ GOST "gostr34102001-gostr3411", XML_KEY_BEYOND, NULL, false, "GOST R 34.10-2001" },
	{ GOST "gostr34102012-gostr34112012-256", XML_KEY_BEYOND, NULL, false, "GOST R 34.10-2012" },
	{ GOST "gostr34102012-gostr34112012-512", XML_KEY_BEYOND, NULL, false, "GOST R 34.10-2012" },
	{ NS_DSIG "hmac-sha1", 0, "SHA1", false, "HMAC" },
	{ MORE2001 "hmac-md5", 0, "MD5", false, "HMAC" },
	{ MORE2001 "hmac-ripemd160", 0, "RIPEMD160", false, "HMAC" },
	{ MORE2001 "hmac-sha224", 0, "SHA224", false, "HMAC" },
	{ MORE2001 "hmac-sha256", 0, "SHA256", false, "HMAC" },
	{ MORE2001 "hmac-sha384", 0, "SHA384", false, "HMAC" },
	{ MORE2001 "hmac-sha512", 0, "SHA512", false, "HMAC" },
};

const struct xml_algorithm *xml_algorithm(const char *uri)
{
	for (size_t i = 0; uri != NULL && i < sizeof algorithms / sizeof *algorithms; i++)
		if (strcmp(uri, algorithms[i].uri) == 0)
			return &algorithms[i];
	/* RFC 9881 and 9909 have no URIs yet; what is written ends in the algorithm's name. */
	static const struct xml_algorithm ml_dsa = { "", XML_KEY_BEYOND, NULL, false, "ML-DSA" },
					  slh_dsa = { "", XML_KEY_BEYOND, NULL, false, "SLH-DSA" };
	const char *name = uri != NULL ? strrchr(uri, '#') : NULL;
	return name == NULL			? NULL
	       : text_starts(name, "#ml-dsa-")	? &ml_dsa
	       : text_starts(name, "#slh-dsa-") ? &slh_dsa
						: NULL;
}

/* RSAPSSParams of the generic rsa-pss URI: digest, mask digest, salt length (RFC 9231, 2.3.9). */
static bool pss_parameters(const void *mem, xmlNode *method, const EVP_MD **digest, const EVP_MD **mask,
			   int *salt)
{
	xmlNode *p = strict_child(method, MORE2007, "RSAPSSParams");
	if (p == NULL)
		return true;
	xmlNode *d = strict_child(p, NS_DSIG, "DigestMethod");
	if (d != NULL)
		*digest = *mask = xml_digest_method(strict_attribute(mem, d, "Algorithm"), NULL);
	xmlNode *g = strict_child(p, MORE2007, "MaskGenerationFunction");
	xmlNode *gd = strict_child(g, NS_DSIG, "DigestMethod");
	if (gd != NULL)
		*mask = xml_digest_method(strict_attribute(mem, gd, "Algorithm"), NULL);
	xmlNode *s = strict_child(p, MORE2007, "SaltLength");
	if (*digest == NULL || *mask == NULL)
		return false;
	*salt = s != NULL ? (int)strtol(strict_text(mem, s), NULL, 10) : EVP_MD_get_size(*digest);
	return *salt >= 0 && *salt <= 512;
}

static void drop_md_ctx(void *c)
{
	EVP_MD_CTX_free(c);
}

enum answer xml_value_fits(const struct xml_algorithm *a, xmlNode *method, EVP_PKEY *key, struct bytes octets,
			   struct bytes value)
{
	int type = EVP_PKEY_get_base_id(key);
	if (a->key <= 0 || (type != a->key && !(type == EVP_PKEY_RSA_PSS && a->pss)))
		return CANNOT_TELL;
	void *mem = talloc_new(NULL);
	enum answer fits = CANNOT_TELL;
	const EVP_MD *md = a->digest != NULL ? EVP_get_digestbyname(a->digest) : NULL, *mask = md;
	int salt = md != NULL ? EVP_MD_get_size(md) : 0;
	if (a->key == EVP_PKEY_EC || a->key == EVP_PKEY_DSA)
		value = ecdsa_from_pair(mem, value);
	EVP_MD_CTX *c = own(mem, EVP_MD_CTX_new(), drop_md_ctx);
	EVP_PKEY_CTX *p = NULL;
	if (value.len == 0)
		fits = NO;
	else if (!a->pss || pss_parameters(mem, method, &md, &mask, &salt)) {
		bool ready = EVP_DigestVerifyInit(c, &p, md, NULL, key) == 1;
		if (ready && a->pss)
			ready = EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_PSS_PADDING) > 0 &&
				EVP_PKEY_CTX_set_rsa_mgf1_md(p, mask) > 0 &&
				EVP_PKEY_CTX_set_rsa_pss_saltlen(p, salt) > 0;
		if (ready)
			fits = EVP_DigestVerify(c, value.at, value.len, octets.at, octets.len) == 1 ? YES
												    : NO;
		if (fits == NO && a->key == EVP_PKEY_RSA && !a->pss) {
			unsigned char made[EVP_MAX_MD_SIZE];
			unsigned len = 0;
			EVP_Digest(octets.at, octets.len, made, &len, md, NULL);
			fits = rsa_value_fits(key, md, (struct bytes){ made, len }, value) ? YES : NO;
		}
	}
	ERR_clear_error();
	talloc_free(mem);
	return fits;
}

/* KeyInfo ----------------------------------------------------------------------------------------------- */

static void drop_x509(void *x)
{
	X509_free(x);
}

static void drop_stack(void *s)
{
	sk_X509_free(s);
}

static void drop_key(void *k)
{
	EVP_PKEY_free(k);
}

X509 *xml_certificate_read(const void *mem, struct bytes der)
{
	const unsigned char *p = der.at;
	X509 *x = d2i_X509(NULL, &p, (long)der.len);
	ERR_clear_error();
	return own(mem, x, drop_x509);
}

/* A base64 number of KeyValue (CryptoBinary) as a key parameter. */
static bool push_number(OSSL_PARAM_BLD *b, const void *mem, const char *key, xmlNode *n, const char *name)
{
	struct bytes bytes;
	if (!strict_base64(mem, strict_child(n, NS_DSIG, name), &bytes) || bytes.len > 2048)
		return false;
	BIGNUM *number = BN_bin2bn(bytes.at, (int)bytes.len, NULL);
	bool pushed = OSSL_PARAM_BLD_push_BN(b, key, number) == 1;
	own_handle(mem, number, (void (*)(void *))BN_free);
	return pushed;
}

static EVP_PKEY *build_key(const char *type, OSSL_PARAM_BLD *b)
{
	EVP_PKEY *key = NULL;
	OSSL_PARAM *p = OSSL_PARAM_BLD_to_param(b);
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	if (p == NULL || EVP_PKEY_fromdata_init(c) <= 0 ||
	    EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, p) <= 0)
		key = NULL;
	EVP_PKEY_CTX_free(c);
	OSSL_PARAM_free(p);
	return key;
}

static EVP_PKEY *read_ec_key(const void *mem, xmlNode *ec, OSSL_PARAM_BLD *b)
{
	char *curve = strict_attribute(mem, strict_child(ec, NS_DSIG11, "NamedCurve"), "URI");
	struct bytes point;
	if (curve == NULL || !text_starts(curve, "urn:oid:") ||
	    !strict_base64(mem, strict_child(ec, NS_DSIG11, "PublicKey"), &point))
		return NULL;
	int nid = OBJ_txt2nid(curve + 8);
	if (nid == NID_undef)
		return NULL;
	OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, OBJ_nid2sn(nid), 0);
	OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point.at, point.len);
	return build_key("EC", b);
}

/* A coordinate of RFC 4050: <X Value="decimal"/>, into exactly len octets. */
static bool read_coordinate(const void *mem, const xmlNode *point, const char *name, uint8_t *out, int len)
{
	enum { MAX_DIGITS = 200 };
	char *digits = strict_attribute(mem, strict_child(point, MORE2001, name), "Value");
	BIGNUM *number = NULL;
	if (digits == NULL || strlen(digits) > MAX_DIGITS || strspn(digits, "0123456789") != strlen(digits) ||
	    BN_dec2bn(&number, digits) <= 0)
		return false;
	bool fits = BN_bn2binpad(number, out, len) == len;
	BN_free(number);
	return fits;
}

/* RFC 4050 3.3: what came before ECKeyValue of XMLDSig 1.1; only with a named curve. */
static EVP_PKEY *read_ecdsa_key(const void *mem, xmlNode *ec, OSSL_PARAM_BLD *b)
{
	xmlNode *curve = strict_child(strict_child(ec, MORE2001, "DomainParameters"), MORE2001, "NamedCurve");
	xmlNode *point = strict_child(ec, MORE2001, "PublicKey");
	char *urn = strict_attribute(mem, curve, "URN");
	int nid = urn != NULL && text_starts(urn, "urn:oid:") ? OBJ_txt2nid(urn + 8) : NID_undef;
	EC_GROUP *group = nid != NID_undef ? EC_GROUP_new_by_curve_name(nid) : NULL;
	int len = group != NULL ? (EC_GROUP_get_degree(group) + 7) / 8 : 0;
	EC_GROUP_free(group);
	uint8_t *octets = new_array(mem, uint8_t, 1 + 2 * (size_t)len);
	octets[0] = POINT_CONVERSION_UNCOMPRESSED;
	if (len == 0 || !read_coordinate(mem, point, "X", octets + 1, len) ||
	    !read_coordinate(mem, point, "Y", octets + 1 + len, len))
		return NULL;
	OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, OBJ_nid2sn(nid), 0);
	OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, octets, 1 + 2 * (size_t)len);
	return build_key("EC", b);
}

static EVP_PKEY *read_bare_key(const void *mem, xmlNode *value)
{
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	void *scratch = talloc_new(mem);
	xmlNode *rsa = strict_child(value, NS_DSIG, "RSAKeyValue"),
		*dsa = strict_child(value, NS_DSIG, "DSAKeyValue");
	xmlNode *ec = strict_child(value, NS_DSIG11, "ECKeyValue"),
		*ecdsa = strict_child(value, MORE2001, "ECDSAKeyValue");
	EVP_PKEY *key = NULL;
	if (rsa != NULL && push_number(b, scratch, OSSL_PKEY_PARAM_RSA_N, rsa, "Modulus") &&
	    push_number(b, scratch, OSSL_PKEY_PARAM_RSA_E, rsa, "Exponent"))
		key = build_key("RSA", b);
	else if (dsa != NULL && push_number(b, scratch, OSSL_PKEY_PARAM_FFC_P, dsa, "P") &&
		 push_number(b, scratch, OSSL_PKEY_PARAM_FFC_Q, dsa, "Q") &&
		 push_number(b, scratch, OSSL_PKEY_PARAM_FFC_G, dsa, "G") &&
		 push_number(b, scratch, OSSL_PKEY_PARAM_PUB_KEY, dsa, "Y"))
		key = build_key("DSA", b);
	else if (ec != NULL)
		key = read_ec_key(scratch, ec, b);
	else if (ecdsa != NULL)
		key = read_ecdsa_key(scratch, ecdsa, b);
	OSSL_PARAM_BLD_free(b);
	talloc_free(scratch);
	ERR_clear_error();
	return own(mem, key, drop_key);
}

static void add_certificate(const void *mem, struct xml_key_info *k, struct bytes der)
{
	X509 *x = xml_certificate_read(mem, der);
	if (x != NULL && sk_X509_num(k->certificates) < 64)
		sk_X509_push(k->certificates, x);
	else
		k->broken = true;
}

static void add_hint(const void *mem, struct xml_key_info *k, const xmlNode *n)
{
	struct xml_hint h;
	if (k->hints.n >= 16 || !xml_hint_read(mem, n, &h))
		return;
	k->hints.at = own_grow(mem, k->hints.at, k->hints.n, &k->hints.room, sizeof h);
	k->hints.at[k->hints.n++] = h;
}

static void read_x509_data(const void *mem, struct xml_key_info *k, xmlNode *data)
{
	int before = sk_X509_num(k->certificates);
	for (xmlNode *n = strict_child(data, NS_DSIG, "X509Certificate"); n != NULL; n = strict_next(n)) {
		struct bytes der;
		if (strict_base64(mem, n, &der))
			add_certificate(mem, k, der);
		else
			k->broken = true;
	}
	k->groups += sk_X509_num(k->certificates) > before;
	for (xmlNode *n = strict_first_element(data); n != NULL; n = strict_next_element(n)) {
		struct bytes crl;
		if (strict_is(n, NS_DSIG, "X509CRL") && strict_base64(mem, n, &crl) && k->crls.n < 16) {
			k->crls.at = own_grow(mem, k->crls.at, k->crls.n, &k->crls.room, sizeof crl);
			k->crls.at[k->crls.n++] = crl;
		} else
			add_hint(mem, k, n);
	}
}

static void read_item(const void *mem, struct xml_key_info *k, xmlNode *n, int depth);

/* What a RetrievalMethod's transforms leave of the document; false: not followed. */
static bool retrieve(const void *mem, xmlNode *n, struct xml_view *v)
{
	char *uri = strict_attribute(mem, n, "URI");
	xmlNode *transforms = strict_child(n, NS_DSIG, "Transforms");
	if (uri == NULL || (uri[0] != '#' && (uri[0] != '\0' || transforms == NULL)))
		return false;
	struct xml_pointed p = xml_point(mem, n, uri);
	if (p.doc == NULL)
		return false;
	xml_view_pointed(v, &p);
	int left = XML_MAX_TRANSFORMS;
	const char *why;
	for (xmlNode *t = strict_child(transforms, NS_DSIG, "Transform"); t != NULL; t = strict_next(t))
		if (left-- == 0 || !xml_transform(mem, v, t, n, &why))
			return false;
	return true;
}

/* RetrievalMethod and KeyInfoReference: only within the same document, once. */
static void read_retrieval(const void *mem, struct xml_key_info *k, xmlNode *n, int depth)
{
	enum { MAX_RETRIEVALS = 16 };
	struct xml_view v;
	if (depth > 0 || k->retrievals++ >= MAX_RETRIEVALS || !strict_pass(n->doc) || !retrieve(mem, n, &v))
		return;
	struct bytes der = v.octets;
	if (text_same(strict_attribute(mem, n, "Type"), NS_DSIG "rawX509Certificate")) {
		if (v.doc == NULL || (v.apex != NULL && strict_base64(mem, v.apex, &der)))
			add_certificate(mem, k, der);
		return;
	}
	xmlNode *root = v.doc != NULL ? xmlDocGetRootElement(v.doc) : NULL;
	for (xmlNode *at = root, *top = NULL; at != NULL; at = strict_walk(at, root)) {
		bool seen = at->type == XML_ELEMENT_NODE && (node_marks(at) & NODE_VISIBLE) != 0;
		if (!seen || (top != NULL && strict_holds(top, at) && at->parent != top))
			continue;
		top = top != NULL && strict_holds(top, at) ? top : at; /* what was found, and its children */
		read_item(mem, k, at, depth + 1);
	}
}

static void read_item(const void *mem, struct xml_key_info *k, xmlNode *n, int depth)
{
	struct bytes der;
	if (strict_is(n, NS_DSIG, "X509Data"))
		read_x509_data(mem, k, n);
	else if (strict_is(n, NS_DSIG, "KeyValue") && k->bare == NULL)
		k->bare = read_bare_key(mem, n);
	else if ((strict_is(n, NS_DSIG, "RSAKeyValue") || strict_is(n, NS_DSIG, "DSAKeyValue") ||
		  strict_is(n, NS_DSIG11, "ECKeyValue") || strict_is(n, MORE2001, "ECDSAKeyValue")) &&
		 k->bare == NULL)
		k->bare = read_bare_key(mem, n->parent);
	else if (strict_is(n, NS_DSIG11, "DEREncodedKeyValue") && k->bare == NULL &&
		 strict_base64(mem, n, &der)) {
		const unsigned char *p = der.at;
		k->bare = own(mem, d2i_PUBKEY(NULL, &p, (long)der.len), drop_key);
		ERR_clear_error();
	} else if (strict_is(n, NS_DSIG, "RetrievalMethod") || strict_is(n, NS_DSIG11, "KeyInfoReference"))
		read_retrieval(mem, k, n, depth);
	else if (strict_is(n, NS_DSIG, "KeyName"))
		add_hint(mem, k, n);
}

struct xml_key_info *xml_key_info_read(const void *mem, xmlNode *key_info)
{
	struct xml_key_info *k = new_zero(mem, struct xml_key_info);
	k->certificates = own(mem, sk_X509_new_null(), drop_stack);
	for (xmlNode *n = strict_first_element(key_info); n != NULL; n = strict_next_element(n))
		read_item(mem, k, n, 0);
	return k;
}

static bool issued(X509 *issuer, X509 *subject)
{
	bool yes = X509_cmp(issuer, subject) != 0 &&
		   X509_NAME_cmp(X509_get_subject_name(issuer), X509_get_issuer_name(subject)) == 0;
	if (yes) {
		EVP_PKEY *key = X509_get0_pubkey(issuer);
		yes = key != NULL && X509_verify(subject, key) == 1;
		ERR_clear_error();
	}
	return yes;
}

/* Not the issuer of any other in the list, and not a repeat of one before it. */
static bool is_leaf(STACK_OF(X509) *all, int i)
{
	X509 *x = sk_X509_value(all, i);
	for (int j = 0; j < sk_X509_num(all); j++) {
		X509 *other = sk_X509_value(all, j);
		if (j < i && X509_cmp(other, x) == 0)
			return false;
		if (j != i && issued(x, other))
			return false;
	}
	return true;
}

bool xml_certificates_chain(STACK_OF(X509) *all)
{
	int leaves = 0;
	for (int i = 0; i < sk_X509_num(all); i++)
		leaves += is_leaf(all, i);
	return leaves <= 1;
}

X509 *xml_certificates_leaf(STACK_OF(X509) *all)
{
	for (int i = 0; i < sk_X509_num(all); i++)
		if (is_leaf(all, i) && X509_check_ca(sk_X509_value(all, i)) == 0)
			return sk_X509_value(all, i);
	for (int i = 0; i < sk_X509_num(all); i++)
		if (is_leaf(all, i))
			return sk_X509_value(all, i);
	return sk_X509_value(all, 0);
}
