/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xades.c - signed properties, embedded evidence and time-stamps of XAdES: xades.h.
 */
#include "xades.h"
#include "conclude.h"
#include "text.h"
#include "xml_transform.h"
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/x509v3.h>
#include <string.h>

static xmlNode *find_qualifying(const struct xml_signature *x, int *count)
{
	xmlNode *found = NULL;
	*count = 0;
	for (xmlNode *o = strict_child(x->node, NS_DSIG, "Object"); o != NULL; o = strict_next(o))
		for (xmlNode *q = strict_first_element(o); q != NULL; q = strict_next_element(q))
			if (strict_is_xades(q, "QualifyingProperties")) {
				found = found != NULL ? found : q;
				(*count)++;
			}
	return found;
}

static xmlNode *unsigned_properties(const struct xml_signature *x)
{
	int count;
	xmlNode *u = strict_child_xades(find_qualifying(x, &count), "UnsignedProperties");
	return strict_child_xades(u, "UnsignedSignatureProperties");
}

/* Every Reference that says it is to SignedProperties must lead to ours, and one must. */
static void find_signed_properties(struct letter *l, struct signature *s, struct xml_signature *x,
				   xmlNode *ours)
{
	bool typed = false, untyped = false;
	for (int i = 0; i < x->references_n; i++) {
		const struct xml_reference *r = &x->references[i];
		bool says_so = r->type != NULL && text_ends(r->type, "#SignedProperties") && !r->in_manifest;
		untyped = untyped || (!says_so && ours != NULL && r->target == ours);
		if (!says_so)
			continue;
		typed = true;
		if (r->target == NULL && r->member < 0 && r->intact == CANNOT_TELL)
			continue; /* told already: nobody knows where it leads */
		/* DIGIDOC-XML 1.2 has the properties without their namespace: signed, but not understood. */
		if (r->target == NULL || !strict_holds(x->node, r->target) ||
		    (ours != NULL && r->target != ours)) {
			s->valid = NO;
			xml_fault(l, s, "FORMAT_FAILURE", "SIGNED_PROPERTIES_ELSEWHERE",
				  "EN 319 132-1 4.4.2: what is signed as SignedProperties is not this "
				  "signature's own");
			return;
		}
		if (r->intact == YES && r->target == ours && r->partial) {
			s->valid = NO;
			xml_fault(l, s, "FORMAT_FAILURE", "SIGNED_PROPERTIES_UNSIGNED",
				  "EN 319 132-1 4.4.2: the Reference to SignedProperties leaves some of them "
				  "out");
			return;
		}
		if (r->intact == YES)
			x->signed_properties = ours;
	}
	if (ours != NULL && !typed && untyped && x->plain) {
		signature_message(
			l, s, WARN, "SIGNED_PROPERTIES_UNTYPED",
			"EN 319 132-1 4.4.2: a Reference signs SignedProperties but does not say so by "
			"its Type");
	} else if (ours != NULL && !typed && untyped) {
		x->untyped = true;
		xml_fault(l, s, "SIG_CONSTRAINTS_FAILURE", "SIGNED_PROPERTIES_UNTYPED",
			  "EN 319 132-1 4.4.2: a Reference signs SignedProperties but does not say so by its "
			  "Type");
	} else if (ours != NULL && !typed) {
		s->valid = NO;
		xml_fault(l, s, "FORMAT_FAILURE", "SIGNED_PROPERTIES_UNSIGNED",
			  "EN 319 132-1 4.4.2: SignedProperties are there, but no Reference signs them");
	}
}

static xmlNode *signed_signature_properties(const struct xml_signature *x)
{
	return strict_child_xades(x->signed_properties, "SignedSignatureProperties");
}

static void read_values(const void *mem, xmlNode *list, struct material *m,
			bool (*read)(struct material *, struct bytes))
{
	int n = 0;
	for (xmlNode *v = strict_first_element(list); v != NULL && n < 200; v = strict_next_element(v), n++) {
		struct bytes der;
		if (strict_base64(mem, v, &der))
			read(m, der);
	}
}

/* CertificateValues and RevocationValues, wherever they stand among the unsigned properties. */
static void read_evidence(const void *mem, xmlNode *top, struct material *m)
{
	for (xmlNode *n = top; n != NULL; n = strict_walk(n, top)) {
		if (strict_is_xades(n, "CertificateValues"))
			read_values(mem, n, m, material_read_certificate);
		else if (strict_is_xades(n, "CRLValues"))
			read_values(mem, n, m, material_read_crl);
		else if (strict_is_xades(n, "OCSPValues"))
			read_values(mem, n, m, material_read_ocsp);
	}
}

/* xs:dateTime; one without a zone is taken as Vietnam's, and is only a claim anyhow. */
static char *read_time(const struct letter *l, const xmlNode *n)
{
	time_t at;
	if (n == NULL)
		return NULL;
	char *text = strict_text(l, n);
	if (time_parse(text, &at))
		return time_text(l, at);
	return time_parse(format_text(l, "%s+07:00", text), &at) ? time_text(l, at) : NULL;
}

void xades_read(struct letter *l, struct signature *s, struct xml_signature *x, struct material *m)
{
	int count;
	xmlNode *q = find_qualifying(x, &count);
	if (count > 1) {
		s->valid = NO;
		xml_fault(l, s, "FORMAT_FAILURE", "SEVERAL_QUALIFYING_PROPERTIES",
			  "EN 319 132-1 4.3: QualifyingProperties stand more than once");
	}
	char *target = strict_attribute(l, q, "Target"), *id = strict_attribute(l, x->node, "Id");
	find_signed_properties(l, s, x, strict_child_xades(q, "SignedProperties"));
	if (q == NULL)
		return;
	s->format = copy_text(l, "XAdES");
	if (target != NULL && (target[0] != '#' || !text_same(target + 1, id)))
		signature_message(
			l, s, WARN, "QUALIFYING_PROPERTIES_TARGET",
			"EN 319 132-1 4.3: QualifyingProperties name another signature as their target");
	xmlNode *policy = strict_child_xades(
		strict_child_xades(signed_signature_properties(x), "SignaturePolicyIdentifier"),
		"SignaturePolicyId");
	if (policy != NULL)
		signature_message(
			l, s, NOTE, "SIGNATURE_POLICY",
			format_text(
				l,
				"EN 319 132-1 5.2.9: signed under the policy %.200s; its own rules were not "
				"looked "
				"at",
				strict_text(l, strict_child_xades(strict_child_xades(policy, "SigPolicyId"),
								  "Identifier"))));
	char *claimed = read_time(l, strict_child_xades(signed_signature_properties(x), "SigningTime"));
	if (claimed != NULL)
		s->claimed_time = claimed;
	read_evidence(x, q, m);
}

char *xades_media_type(const void *mem, const struct xml_signature *x, const struct xml_reference *r)
{
	char *id = strict_attribute(mem, r->node, "Id");
	xmlNode *data = strict_child_xades(x->signed_properties, "SignedDataObjectProperties");
	xmlNode *f = id != NULL ? strict_child_xades(data, "DataObjectFormat") : NULL;
	for (; f != NULL; f = strict_next(f)) {
		char *of = strict_attribute(mem, f, "ObjectReference");
		xmlNode *type = strict_child_xades(f, "MimeType");
		if (of != NULL && of[0] == '#' && text_same(of + 1, id) && type != NULL)
			return strict_text(mem, type);
	}
	return NULL;
}

/* SigningCertificate --------------------------------------------------------------------------------------
 */

static bool read_digest(const void *mem, const xmlNode *digest, struct xades_certificate *c)
{
	xmlNode *method = strict_child(digest, NS_DSIG, "DigestMethod"),
		*value = strict_child(digest, NS_DSIG, "DigestValue");
	if (method == NULL) { /* v1.1.1 had its own namespace for these */
		method = strict_child_xades(digest, "DigestMethod");
		value = strict_child_xades(digest, "DigestValue");
	}
	c->digest = xml_digest_method(strict_attribute(mem, method, "Algorithm"), NULL);
	return strict_base64(mem, value, &c->value);
}

bool xades_fits(const struct xades_certificate *c, X509 *x)
{
	unsigned char have[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	return c->digest != NULL && X509_digest(x, c->digest, have, &len) == 1 && len == c->value.len &&
	       memcmp(have, c->value.at, len) == 0;
}

bool xades_names(const struct xml_signature *x, X509 *signer)
{
	static const char *const versions[] = { "SigningCertificate", "SigningCertificateV2" };
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		xmlNode *list = strict_child_xades(signed_signature_properties(x), versions[i]);
		bool named = list == NULL;
		struct xades_certificate c = { 0 };
		for (xmlNode *n = strict_child_xades(list, "Cert"); n != NULL && !named; n = strict_next(n))
			named = read_digest(x, strict_child_xades(n, "CertDigest"), &c) &&
				xades_fits(&c, signer);
		if (!named)
			return false;
	}
	return true;
}

bool xades_signing_certificate(const struct xml_signature *x, struct xades_certificate *c)
{
	xmlNode *p = signed_signature_properties(x);
	xmlNode *v1 = strict_child_xades(p, "SigningCertificate"),
		*v2 = strict_child_xades(p, "SigningCertificateV2");
	xmlNode *cert = strict_child_xades(v2 != NULL ? v2 : v1, "Cert");
	xmlNode *digest = strict_child_xades(cert, "CertDigest"),
		*serial = strict_child_xades(cert, "IssuerSerial");
	*c = (struct xades_certificate){ 0 };
	if (!read_digest(x, digest, c))
		return false;
	xmlNode *number = strict_child(serial, NS_DSIG, "X509SerialNumber");
	if (number != NULL)
		c->serial = strict_text(x, number);
	xmlNode *v2_serial = strict_child_xades(cert, "IssuerSerialV2");
	if (v2_serial != NULL && !strict_base64(x, v2_serial, &c->issuer_serial))
		c->issuer_serial = (struct bytes){ (const uint8_t *)"", 0 };
	return true;
}

/* IssuerSerial ::= SEQUENCE { GeneralNames, CertificateSerialNumber } */
static bool issuer_serial_v2_fits(struct bytes der, X509 *x)
{
	const unsigned char *p = der.at, *end = der.at + der.len;
	long len;
	int tag, class;
	if ((ASN1_get_object(&p, &len, &tag, &class, end - p) & 0x80) != 0 || tag != V_ASN1_SEQUENCE)
		return false;
	GENERAL_NAMES *names = d2i_GENERAL_NAMES(NULL, &p, end - p);
	ASN1_INTEGER *serial = names != NULL ? d2i_ASN1_INTEGER(NULL, &p, end - p) : NULL;
	bool fits = serial != NULL && ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(x)) == 0;
	for (int i = 0; fits && i < sk_GENERAL_NAME_num(names); i++) {
		const GENERAL_NAME *g = sk_GENERAL_NAME_value(names, i);
		fits = g->type != GEN_DIRNAME ||
		       X509_NAME_cmp(g->d.directoryName, X509_get_issuer_name(x)) == 0;
	}
	ASN1_INTEGER_free(serial);
	GENERAL_NAMES_free(names);
	ERR_clear_error();
	return fits;
}

/* The issuer's name as text has too many spellings to compare; the serial and, in version 2, the DER name
 * are. */
bool xades_issuer_serial_fits(const struct xades_certificate *c, X509 *x)
{
	if (c->serial != NULL && !xml_serial_fits(c->serial, x))
		return false;
	return c->issuer_serial.at == NULL || issuer_serial_v2_fits(c->issuer_serial, x);
}

/* Time-stamps ----------------------------------------------------------------------------------------------
 */

enum { MAX_STAMPS = 64 };

struct imprint { /* what a time-stamp was made over, piece by piece */
	void *mem;
	xmlNode *method; /* CanonicalizationMethod of the time-stamp, or NULL */
	const struct xml_signature *x;
	const struct xml_members *members;
	struct bytes *pieces;
	int n, room;
	bool broken;
};

static void add_octets(struct imprint *p, struct bytes b)
{
	p->pieces = own_grow(p->mem, p->pieces, p->n, &p->room, sizeof *p->pieces);
	p->pieces[p->n++] = b;
}

static void add_element(struct imprint *p, xmlNode *n)
{
	struct bytes b;
	if (n == NULL)
		return;
	if (xml_canonical(p->mem, n, p->method, &b))
		add_octets(p, b);
	else
		p->broken = true;
}

static void add_reference(struct imprint *p, const struct xml_reference *r)
{
	struct bytes b;
	if (xml_reference_octets(p->mem, p->x, r, p->members, p->method, &b))
		add_octets(p, b);
	else
		p->broken = true;
}

static bool is_signed_properties(const struct xml_reference *r)
{
	return r->type != NULL && text_ends(r->type, "#SignedProperties");
}

static void add_references(struct imprint *p, bool properties_too)
{
	for (int i = 0; i < p->x->references_n; i++)
		if (!p->x->references[i].in_manifest &&
		    (properties_too || !is_signed_properties(&p->x->references[i])))
			add_reference(p, &p->x->references[i]);
}

/* IndividualDataObjectsTimeStamp: the References its Includes name. */
static void add_included(struct imprint *p, xmlNode *stamp)
{
	for (xmlNode *i = strict_child_xades(stamp, "Include"); i != NULL; i = strict_next(i)) {
		char *uri = strict_attribute(p->mem, i, "URI");
		bool found = false;
		for (int k = 0; uri != NULL && uri[0] == '#' && k < p->x->references_n && !found; k++) {
			found = text_same(strict_attribute(p->mem, p->x->references[k].node, "Id"), uri + 1);
			if (found)
				add_reference(p, &p->x->references[k]);
		}
		p->broken = p->broken || !found;
	}
}

static bool is_named(const xmlNode *n, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strict_is_xades(n, *names))
			return true;
	return false;
}

static const char *const stamps_of_value[] = { "SignatureTimeStamp", NULL };
static const char *const stamps_and_refs[] = { "SignatureTimeStamp",	    "CompleteCertificateRefsV2",
					       "CompleteCertificateRefs",    "CompleteRevocationRefs",
					       "AttributeCertificateRefsV2", "AttributeCertificateRefs",
					       "AttributeRevocationRefs",    NULL };
static const char *const names_of_refs[] = { "CompleteCertificateRefs",
					     "CompleteCertificateRefsV2",
					     "CompleteRevocationRefs",
					     "AttributeCertificateRefs",
					     "AttributeCertificateRefsV2",
					     "AttributeRevocationRefs",
					     NULL };

static void add_before(struct imprint *p, xmlNode *stamp, const char *const *names)
{
	for (xmlNode *n = strict_first_element(stamp->parent); n != NULL && n != stamp;
	     n = strict_next_element(n))
		if (names == NULL || is_named(n, names))
			add_element(p, n);
}

static bool is_referenced(const struct xml_signature *x, const xmlNode *object)
{
	for (int i = 0; i < x->references_n; i++)
		if (x->references[i].target == object && !x->references[i].in_manifest)
			return true;
	return false;
}

/* EN 319 132-1 5.5.2.2. TS 101 903 v1.3.2 (7.7.1) takes the same pieces, but of the Objects only those that
 * no Reference signs already. */
static void add_archive(struct imprint *p, xmlNode *stamp)
{
	add_references(p, true);
	add_element(p, p->x->signed_info);
	add_element(p, p->x->value);
	add_element(p, p->x->key_info);
	add_before(p, stamp, NULL);
	for (xmlNode *o = strict_child(p->x->node, NS_DSIG, "Object"); o != NULL; o = strict_next(o))
		if (!strict_holds(o, stamp) &&
		    !(strict_is(stamp, NS_XADES, "ArchiveTimeStamp") && is_referenced(p->x, o)))
			add_element(p, o);
}

enum stamp_kind { NO_STAMP, OF_VALUE, OF_REFS, OF_VALUE_AND_REFS, OF_ARCHIVE, OF_ALL_DATA, OF_SOME_DATA };

static enum stamp_kind kind_of(const xmlNode *n)
{
	static const struct {
		const char *name;
		enum stamp_kind kind;
	} kinds[] = { { "SignatureTimeStamp", OF_VALUE },
		      { "RefsOnlyTimeStamp", OF_REFS },
		      { "RefsOnlyTimeStampV2", OF_REFS },
		      { "SigAndRefsTimeStamp", OF_VALUE_AND_REFS },
		      { "SigAndRefsTimeStampV2", OF_VALUE_AND_REFS },
		      { "ArchiveTimeStamp", OF_ARCHIVE },
		      { "ArchiveTimeStampV2", OF_ARCHIVE },
		      { "AllDataObjectsTimeStamp", OF_ALL_DATA },
		      { "IndividualDataObjectsTimeStamp", OF_SOME_DATA } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strict_is_xades(n, kinds[i].name))
			return kinds[i].kind;
	return NO_STAMP;
}

static void compute(struct imprint *p, xmlNode *stamp, enum stamp_kind kind)
{
	p->method = strict_child(stamp, NS_DSIG, "CanonicalizationMethod");
	if (kind == OF_VALUE || kind == OF_VALUE_AND_REFS)
		add_element(p, p->x->value);
	/* TS 101 903 7.5.1 has the time-stamps first, EN 319 132-1 A.1.5.1 all as they stand. */
	bool as_they_stand = strict_is_xades(stamp, "SigAndRefsTimeStampV2");
	if (as_they_stand)
		add_before(p, stamp, stamps_and_refs);
	else if (kind == OF_VALUE_AND_REFS)
		add_before(p, stamp, stamps_of_value);
	if (kind == OF_REFS || (kind == OF_VALUE_AND_REFS && !as_they_stand))
		add_before(p, stamp, names_of_refs);
	if (kind == OF_ARCHIVE)
		add_archive(p, stamp);
	if (kind == OF_ALL_DATA)
		add_references(p, false);
	if (kind == OF_SOME_DATA)
		add_included(p, stamp);
}

struct stamping {
	struct letter *l;
	struct signature *s;
	const struct xml_signature *x;
	const struct xml_members *members;
	struct material *m;
	struct proof *proof;
	struct stamp archive[MAX_STAMPS];
	bool of_all[MAX_STAMPS]; /* it covers the other time-stamps too */
	int archive_n, tokens, room, content_room;
	bool of_value;
};

static void keep(struct stamping *g, enum stamp_kind kind, const struct stamp *stamp)
{
	if (kind == OF_VALUE) {
		g->proof->stamps =
			own_grow(g->l, g->proof->stamps, g->proof->stamps_n, &g->room, sizeof *stamp);
		g->proof->stamps[g->proof->stamps_n++] = *stamp;
		return;
	}
	bool holds = stamp->intact == YES && stamp->valid == YES;
	if ((kind == OF_ALL_DATA || kind == OF_SOME_DATA) && holds) {
		g->proof->content = own_grow(g->l, g->proof->content, g->proof->content_n, &g->content_room,
					     sizeof *stamp);
		g->proof->content[g->proof->content_n++] = *stamp;
	} else if ((kind == OF_ARCHIVE || kind == OF_VALUE_AND_REFS) && g->archive_n < MAX_STAMPS) {
		g->of_all[g->archive_n] = kind == OF_ARCHIVE;
		g->archive[g->archive_n++] = *stamp;
	}
}

static void check_stamp(struct stamping *g, xmlNode *node, enum stamp_kind kind)
{
	struct imprint p = { .mem = talloc_new(g->l), .x = g->x, .members = g->members };
	xmlNode *token = strict_child_xades(node, "EncapsulatedTimeStamp");
	compute(&p, node, kind);
	if (p.broken || token == NULL) {
		xml_fault(g->l, g->s, "SIG_CONSTRAINTS_FAILURE", "TIMESTAMP_UNREADABLE",
			  format_text(g->l,
				      "EN 319 132-1 5.5: the %s holds no RFC 3161 token, or what it covers "
				      "is missing",
				      (const char *)node->name));
		token = NULL;
	}
	if (token != NULL && strict_next(token) != NULL)
		xml_fault(g->l, g->s, "SIG_CONSTRAINTS_FAILURE", "TIMESTAMP_SEVERAL",
			  format_text(g->l, "EN 319 132-1 6.3: the %s holds more than one token",
				      (const char *)node->name));
	for (; token != NULL && g->tokens < MAX_STAMPS; token = strict_next(token)) {
		struct bytes der;
		struct stamp stamp = { 0 };
		const char *why = "not base64";
		g->tokens++;
		bool read = strict_base64(p.mem, token, &der) &&
			    stamp_check(g->l, copy_bytes(g->l, der.at, der.len), p.pieces, p.n, g->m, &stamp,
					&why);
		if (read)
			keep(g, kind, &stamp);
		bool holds = read && stamp.intact == YES && stamp.valid == YES;
		if (!holds && g->s->sub_indication == NULL)
			g->s->sub_indication = copy_text(g->l, "SIG_CONSTRAINTS_FAILURE");
		if (!holds && (!read || kind != OF_VALUE)) /* conclude() tells of those over the value */
			xml_fault(g->l, g->s, "SIG_CONSTRAINTS_FAILURE", "TIMESTAMP_WRONG",
				  format_text(g->l, "EN 319 132-1 5.5: the %s does not hold%s%s",
					      (const char *)node->name, read ? "" : ": ", read ? "" : why));
	}
	talloc_free(p.mem);
}

/* Later proofs protect earlier ones: from the newest archive time-stamp back. */
static void prove_back(struct stamping *g, time_t *proven)
{
	for (int i = g->archive_n - 1; i >= 0; i--) {
		struct stamp *a = &g->archive[i];
		if (a->intact != YES || a->valid != YES || a->tsa == NULL || a->at > *proven)
			continue;
		if (conclude_stamp(g->l, g->s, a, g->m, *proven).trusted != YES)
			continue;
		*proven = a->at;
		if (g->of_all[i] && a->at > g->proof->covered)
			g->proof->covered = a->at;
	}
}

/* XAdES-C (TS 101 903 7.4): references to certificates and to revocation stand together. */
static void check_form(struct letter *l, struct signature *s, const xmlNode *properties)
{
	bool certificates = strict_child_xades(properties, "CompleteCertificateRefs") != NULL ||
			    strict_child_xades(properties, "CompleteCertificateRefsV2") != NULL;
	bool revocation = strict_child_xades(properties, "CompleteRevocationRefs") != NULL;
	if (certificates == revocation)
		return;
	s->valid = s->valid == YES ? NO : s->valid;
	xml_fault(
		l, s, "FORMAT_FAILURE", "XADES_C_INCOMPLETE",
		"TS 101 903 7.4: complete references to certificates and to revocation must stand together");
}

static bool is_named_in(const void *mem, xmlNode *refs, X509 *c)
{
	struct xades_certificate named = { 0 };
	for (xmlNode *n = strict_child_xades(strict_child_xades(refs, "CertRefs"), "Cert"); n != NULL;
	     n = strict_next(n))
		if (read_digest(mem, strict_child_xades(n, "CertDigest"), &named) && xades_fits(&named, c))
			return true;
	return false;
}

/* The certificate that issued x; one that the references name before others. *any: there is one at all. */
static X509 *find_issuer(const void *mem, X509 *x, const STACK_OF(X509) *among, xmlNode *refs, X509 **any)
{
	for (int i = 0; i < sk_X509_num(among); i++) {
		X509 *c = sk_X509_value(among, i);
		if (X509_check_issued(c, x) != X509_V_OK || X509_verify(x, X509_get0_pubkey(c)) != 1)
			continue;
		*any = *any != NULL ? *any : c;
		if (is_named_in(mem, refs, c))
			return c;
	}
	return NULL;
}

/* EN 319 132-1 A.1.1: the references are to the full set of certificates up to the anchor. What of the path
 * is at hand must be among them. */
static void check_certificate_refs(struct letter *l, struct signature *s, const struct xml_signature *x,
				   const xmlNode *properties, const struct material *m)
{
	xmlNode *refs = strict_child_xades(properties, "CompleteCertificateRefs");
	refs = refs != NULL ? refs : strict_child_xades(properties, "CompleteCertificateRefsV2");
	void *mem = talloc_new(l);
	X509 *at = refs != NULL ? x->signer : NULL;
	for (int depth = 0; at != NULL && depth < 16; depth++) {
		X509 *any = NULL, *named = find_issuer(mem, at, m->certificates, refs, &any);
		if (named == NULL)
			named = find_issuer(mem, at, trust_intermediates()->certificates, refs, &any);
		if (named == NULL && any != NULL && !certificate_is_self_signed(any)) {
			s->valid = s->valid == YES ? NO : s->valid;
			xml_fault(l, s, "FORMAT_FAILURE", "XADES_C_INCOMPLETE",
				  format_text(l,
					      "EN 319 132-1 A.1.1: the complete references leave out a "
					      "certificate of "
					      "the path: %s",
					      certificate_name(mem, X509_get_subject_name(any))));
		}
		at = named != NULL && !certificate_is_self_signed(named) ? named : NULL;
	}
	ERR_clear_error();
	talloc_free(mem);
}

static bool holds_text(const struct texts *list, const char *text)
{
	for (int i = 0; i < list->n; i++)
		if (strcmp(list->at[i], text) == 0)
			return true;
	return false;
}

static void add_once(const void *mem, struct texts *list, const char *text)
{
	if (text != NULL && text[0] != '\0' && !holds_text(list, text))
		texts_add(mem, list, text);
}

/* The same, when none of the path is at hand: each authority whose CRL is referred to has a certificate of
 * its own, so where the references name fewer certificates than authorities, one is left out. */
static void check_authorities(struct letter *l, struct signature *s, const xmlNode *properties)
{
	enum { AT_MOST = 64 };
	xmlNode *refs = strict_child_xades(properties, "CompleteCertificateRefs");
	refs = refs != NULL ? refs : strict_child_xades(properties, "CompleteCertificateRefsV2");
	xmlNode *crls =
		strict_child_xades(strict_child_xades(properties, "CompleteRevocationRefs"), "CRLRefs");
	void *mem = talloc_new(l);
	struct texts certificates = { 0 }, authorities = { 0 };
	for (xmlNode *n = strict_child_xades(strict_child_xades(refs, "CertRefs"), "Cert");
	     n != NULL && certificates.n < AT_MOST; n = strict_next(n)) {
		struct xades_certificate named = { 0 };
		bool read = read_digest(mem, strict_child_xades(n, "CertDigest"), &named);
		add_once(mem, &certificates, read ? text_hex(mem, named.value.at, named.value.len) : "?");
	}
	for (xmlNode *n = strict_child_xades(crls, "CRLRef"); n != NULL && authorities.n < AT_MOST;
	     n = strict_next(n)) {
		xmlNode *issuer = strict_child_xades(strict_child_xades(n, "CRLIdentifier"), "Issuer");
		add_once(mem, &authorities, xml_name_key(mem, strict_text(mem, issuer)));
	}
	if (refs != NULL && authorities.n > certificates.n) {
		s->valid = s->valid == YES ? NO : s->valid;
		xml_fault(l, s, "FORMAT_FAILURE", "XADES_C_INCOMPLETE",
			  "EN 319 132-1 A.1.1: the complete references name fewer certificates than "
			  "authorities "
			  "whose CRLs they refer to");
	}
	talloc_free(mem);
}

static const char *level_of(const struct xml_signature *x, xmlNode *properties)
{
	struct xades_certificate named;
	if (!xades_signing_certificate(x, &named))
		return NULL;
	bool stamped = false, values = false, archived = false;
	for (xmlNode *n = strict_first_element(properties); n != NULL; n = strict_next_element(n)) {
		stamped = stamped || kind_of(n) == OF_VALUE;
		values = values || strict_is_xades(n, "RevocationValues") ||
			 strict_is_xades(n, "TimeStampValidationData") ||
			 strict_is_xades(n, "AnyValidationData");
		archived = archived || kind_of(n) == OF_ARCHIVE;
	}
	if (archived)
		return "B-LTA";
	return !stamped ? "B-B" : values ? "B-LT" : "B-T";
}

void xades_stamps(struct letter *l, struct signature *s, const struct xml_signature *x,
		  const struct xml_members *members, struct material *m, struct proof *proof, time_t *proven)
{
	struct stamping g = { .l = l, .s = s, .x = x, .members = members, .m = m, .proof = proof };
	xmlNode *u = unsigned_properties(x);
	for (xmlNode *n = strict_first_element(u); n != NULL && g.tokens < MAX_STAMPS;
	     n = strict_next_element(n))
		if (kind_of(n) != NO_STAMP)
			check_stamp(&g, n, kind_of(n));
	xmlNode *data = strict_child_xades(x->signed_properties, "SignedDataObjectProperties");
	for (xmlNode *n = strict_first_element(data); n != NULL && g.tokens < MAX_STAMPS;
	     n = strict_next_element(n))
		if (kind_of(n) != NO_STAMP)
			check_stamp(&g, n, kind_of(n));
	check_form(l, s, u);
	if (s->valid != NO)
		check_certificate_refs(l, s, x, u, m);
	if (s->valid != NO)
		check_authorities(l, s, u);
	prove_back(&g, proven);
	const char *level = level_of(x, u);
	s->level = level != NULL ? copy_text(l, level) : s->level;
}

int xades_counter_signatures(const struct xml_signature *x, xmlNode **out, int room)
{
	xmlNode *u = unsigned_properties(x);
	int n = 0;
	for (xmlNode *c = strict_child_xades(u, "CounterSignature"); c != NULL && n < room;
	     c = strict_next(c)) {
		xmlNode *signature = strict_child(c, NS_DSIG, "Signature");
		if (signature != NULL)
			out[n++] = signature;
	}
	return n;
}
