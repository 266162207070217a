/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * xml_signature.c - one ds:Signature, checked Reference by Reference: xml_signature.h.
 */
#include "xml_signature.h"
#include "algorithm.h"
#include "public_key.h"
#include "text.h"
#include "xades.h"
#include "xml_transform.h"
#include <openssl/err.h>
#include <string.h>

/* What cannot be computed is not broken: EN 319 102-1 has this for algorithms that are not accepted. */
#define CRYPTO_CONSTRAINTS "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"

void xml_fault(struct letter *l, struct signature *s, const char *sub_indication, const char *code,
	       const char *text)
{
	if (s->sub_indication == NULL)
		s->sub_indication = copy_text(l, sub_indication);
	signature_message(l, s, REJECT, code, text);
}

static const struct {
	const char *code, *text;
} reasons[] = {
	{ "XML_DOCTYPE",
	  "the document has a DOCTYPE; signed letters have none, and it can change what is read" },
	{ "XML_TOO_DEEP", "elements are nested deeper than 256" },
	{ "XML_TOO_MANY_ATTRIBUTES", "an element has more than 1000 attributes" },
	{ "XML_TOO_BIG", "the document is larger than 20 MB" },
	{ "XML_TOO_COMPLEX",
	  "the document has more nodes, namespaces or signatures than can be checked in time" },
	{ "XML_ENCODING", "the document's encoding is not one we read" },
	{ "XML_MALFORMED", "the document is not well-formed XML" },
	{ "XML_TRANSFORM_REFUSED", "XMLDSig 4.4.3.4: a transform that is not run (XSLT, or unknown)" },
	{ "XML_TRANSFORM_FAILED", "XMLDSig 4.4.3.4: a transform could not be applied" },
	{ "XML_TOO_MANY_TRANSFORMS", "a Reference has more than 5 transforms" },
	{ "REFERENCE_DUPLICATE_ID", "XMLDSig 4.4.3.2: the id a Reference names stands twice in the document" },
	{ "REFERENCE_NOT_FOUND", "EN 319 102-1: what a Reference names is not there" },
	{ "REFERENCE_UNSUPPORTED", "XMLDSig 4.4.3.1: a Reference whose URI is not followed" },
	{ "DIGEST_UNKNOWN", "XMLDSig 6.2: the digest algorithm of a Reference is unknown" },
	{ "DIGEST_WRONG", "XMLDSig 4.4.3.6: a digest does not fit; what was signed has been changed" },
	{ "MEMBER_UNREADABLE", "a file of the package cannot be read from the archive" },
	{ "REFERENCE_BROKEN", "XMLDSig 4.4.3: a Reference lacks its digest" },
};

const char *xml_reason(const char *code)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(code, reasons[i].code) == 0)
			return reasons[i].text;
	return code;
}

int xml_find_signatures(xmlDoc *doc, xmlNode **out, int room)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *inside = NULL;
	int n = 0;
	for (xmlNode *at = root; at != NULL && n < room; at = strict_walk(at, root)) {
		if (inside != NULL && strict_holds(inside, at))
			continue;
		inside = NULL;
		if (strict_is(at, NS_DSIG, "Signature")) {
			out[n++] = at;
			inside = at;
		}
	}
	return n;
}

/* References -------------------------------------------------------------------------------------------- */

/* XMLDSig 4.4.3.1: a Reference without URI is to what the receiver knows of. Taking the signature out of it
 * only makes sense of its own document. */
static bool is_enveloped(const void *mem, const xmlNode *reference)
{
	const xmlNode *list = strict_child(reference, NS_DSIG, "Transforms");
	xmlNode *t = strict_child(list, NS_DSIG, "Transform");
	while (t != NULL && !text_same(strict_attribute(mem, t, "Algorithm"), NS_DSIG "enveloped-signature"))
		t = strict_next(t);
	return t != NULL;
}

/* Begins the way from a Reference to octets. */
static bool dereference(const void *mem, const struct xml_signature *x, struct xml_reference *r,
			const struct xml_members *members, struct xml_view *v)
{
	const char *uri = r->uri != NULL ? r->uri : is_enveloped(mem, r->node) ? "" : NULL;
	r->code = "REFERENCE_UNSUPPORTED";
	r->member = -1;
	if (uri == NULL)
		return false;
	if (uri[0] != '\0' && uri[0] != '#') {
		*v = (struct xml_view){ 0 };
		r->code = "REFERENCE_NOT_FOUND";
		bool found = members != NULL && members->find(members->arg, uri, &v->octets, &r->member);
		return found && strict_spend(x->node->doc, v->octets.len / 4);
	}
	struct xml_pointed p = xml_point(mem, r->node, uri);
	r->code = p.code;
	r->target = p.n == 1 ? p.at[0] : NULL;
	if (p.doc != NULL)
		xml_view_pointed(v, &p);
	return p.doc != NULL;
}

static bool follow(const void *mem, const struct xml_signature *x, struct xml_reference *r,
		   const struct xml_members *members, xmlNode *method, struct xml_view *v,
		   struct bytes *octets)
{
	if (!dereference(mem, x, r, members, v))
		return false;
	int n = 0;
	xmlNode *transforms = strict_child(r->node, NS_DSIG, "Transforms");
	for (xmlNode *t = strict_child(transforms, NS_DSIG, "Transform"); t != NULL; t = strict_next(t)) {
		r->code = "XML_TOO_MANY_TRANSFORMS";
		if (++n > XML_MAX_TRANSFORMS || !xml_transform(mem, v, t, x->node, &r->code))
			return false;
	}
	r->code = "XML_TRANSFORM_FAILED";
	return xml_octets(mem, v, method, octets);
}

bool xml_reference_octets(const void *mem, const struct xml_signature *x, const struct xml_reference *r,
			  const struct xml_members *members, xmlNode *method, struct bytes *octets)
{
	struct xml_view v;
	struct xml_reference again = *r;
	return follow(mem, x, &again, members, method, &v, octets);
}

/* What a held Reference saw stays covered, attributes with their element unless a filter chose among them. A
 * re-parsed and filtered view is not told apart, so covers nothing. */
static void mark_covered(xmlDoc *doc, const struct xml_view *v)
{
	if (v->reparsed && v->partial)
		return;
	for (xmlNode *top = doc->children; top != NULL; top = top->next)
		for (xmlNode *n = top; n != NULL; n = strict_walk(n, top)) {
			bool seen = (node_marks(n) & NODE_VISIBLE) != 0 &&
				    (!v->text_only || n->type != XML_ELEMENT_NODE || n == v->apex);
			if (seen)
				node_mark(n, NODE_COVERED, 0);
			for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a != NULL;
			     a = a->next)
				if (v->marked ? (node_marks((xmlNode *)a) & NODE_VISIBLE) != 0 : seen)
					node_mark((xmlNode *)a, NODE_COVERED, 0);
		}
}

static void check_reference(const struct letter *l, const struct xml_signature *x, struct xml_reference *r,
			    const struct xml_members *members)
{
	r->intact = CANNOT_TELL;
	r->code = "XML_TOO_COMPLEX";
	if (!strict_spend(x->node->doc, 0))
		return;
	void *scratch = talloc_new(l);
	r->code = "DIGEST_UNKNOWN";
	char *method = strict_attribute(scratch, strict_child(r->node, NS_DSIG, "DigestMethod"), "Algorithm");
	const EVP_MD *md = xml_digest_method(method, &r->digest);
	struct bytes want, octets;
	struct xml_view v;
	unsigned char have[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	bool same_document = r->uri == NULL || r->uri[0] == '\0' || r->uri[0] == '#';
	if (same_document)
		node_mark_all(x->node->doc, 0, NODE_VISIBLE);
	if (!strict_base64(scratch, strict_child(r->node, NS_DSIG, "DigestValue"), &want)) {
		r->intact = NO;
		r->code = "REFERENCE_BROKEN";
	} else if (md != NULL && follow(scratch, x, r, members, NULL, &v, &octets) &&
		   EVP_Digest(octets.at, octets.len, have, &len, md, NULL) == 1) {
		r->partial = v.partial || v.text_only;
		r->intact = want.len == len && memcmp(want.at, have, len) == 0 ? YES : NO;
		r->code = r->intact == YES ? NULL : "DIGEST_WRONG";
		if (r->intact == YES && same_document)
			mark_covered(x->node->doc, &v);
	}
	ERR_clear_error();
	talloc_free(scratch);
}

bool xml_reference_signs(const struct xml_reference *r, const xmlNode *n)
{
	return n != NULL && r->target == n && r->intact == YES && !r->partial;
}

struct reading {
	struct letter *l;
	struct signature *s;
	struct xml_signature *x;
	const struct xml_members *members;
	int room, same_document;
};

/* False: more of them than we follow. */
static bool read_references(struct reading *r, xmlNode *list, bool manifest)
{
	struct xml_signature *x = r->x;
	for (xmlNode *n = strict_child(list, NS_DSIG, "Reference"); n != NULL; n = strict_next(n)) {
		x->references = own_grow(x, x->references, x->references_n, &r->room, sizeof *x->references);
		struct xml_reference *ref = &x->references[x->references_n++];
		*ref = (struct xml_reference){ .node = n,
					       .uri = strict_attribute(x, n, "URI"),
					       .type = strict_attribute(x, n, "Type"),
					       .in_manifest = manifest,
					       .member = -1 };
		r->same_document += ref->uri == NULL || ref->uri[0] == '\0' || ref->uri[0] == '#';
		if (x->references_n > XML_MAX_MEMBERS || r->same_document > XML_MAX_REFERENCES ||
		    !strict_pass(x->node->doc)) {
			x->references_n--;
			return false;
		}
		check_reference(r->l, x, ref, r->members);
	}
	return true;
}

/* The Manifests that a held Reference leads to, directly or as the Object around one. */
static bool read_manifests(struct reading *r)
{
	int upto = r->x->references_n;
	for (int i = 0; i < upto; i++) {
		const struct xml_reference ref = r->x->references[i]; /* a copy: the list grows below */
		xmlNode *t = ref.target;
		if (!xml_reference_signs(&ref, t) || ref.in_manifest)
			continue;
		if (strict_is(t, NS_DSIG, "Object"))
			t = strict_child(t, NS_DSIG, "Manifest");
		for (; strict_is(t, NS_DSIG, "Manifest"); t = t == ref.target ? NULL : strict_next(t))
			if (!read_references(r, t, true))
				return false;
	}
	return true;
}

static const char *of_reference(const struct letter *l, const struct xml_reference *r)
{
	return format_text(l, "%s (Reference %s)", xml_reason(r->code),
			   r->uri == NULL      ? "without URI"
			   : r->uri[0] == '\0' ? "to the document"
					       : r->uri);
}

/* Of two digests the one to be told: that which is weak, when one is. */
static void tell_digest(struct letter *l, struct signature *s, const char *digest)
{
	const char *until;
	if (digest != NULL &&
	    (s->digest == NULL || (algorithm_digest_is_good(s->digest, l->settings->at, &until) &&
				   !algorithm_digest_is_good(digest, l->settings->at, &until))))
		s->digest = copy_text(l, digest);
}

/* All References together: what the signature says of intact. */
static void conclude_references(struct letter *l, struct signature *s, const struct xml_signature *x)
{
	s->intact = YES;
	for (int i = 0; i < x->references_n; i++) {
		const struct xml_reference *r = &x->references[i];
		tell_digest(l, s, r->digest);
		if (r->intact == YES)
			continue;
		if (r->intact == NO) {
			s->intact = NO;
			xml_fault(l, s, "HASH_FAILURE", r->code, of_reference(l, r));
		} else if (text_same(r->code, "REFERENCE_DUPLICATE_ID")) {
			s->intact = s->intact == YES ? CANNOT_TELL : s->intact;
			s->valid = NO;
			xml_fault(l, s, "FORMAT_FAILURE", r->code, of_reference(l, r));
		} else {
			s->intact = s->intact == YES ? CANNOT_TELL : s->intact;
			bool missing = text_same(r->code, "REFERENCE_NOT_FOUND");
			if (s->sub_indication == NULL && missing)
				s->sub_indication = copy_text(l, "SIGNED_DATA_NOT_FOUND");
			signature_message(l, s, HOLD, r->code, of_reference(l, r));
		}
	}
}

/* The key and the value ---------------------------------------------------------------------------------- */

static X509 *find_named(const STACK_OF(X509) *among, const struct xades_certificate *c)
{
	for (int i = 0; i < sk_X509_num(among); i++)
		if (xades_fits(c, sk_X509_value(among, i)))
			return sk_X509_value(among, i);
	return NULL;
}

static void drop_stack(void *stack)
{
	sk_X509_free(stack);
}

static bool fits_any(const struct xml_key_info *k, X509 *x)
{
	for (int i = 0; i < k->hints.n; i++)
		if (xml_hint_fits(&k->hints.at[i], x))
			return true;
	return false;
}

static void add_candidates(struct xml_signature *x, const STACK_OF(X509) *among)
{
	enum { MAX_CANDIDATES = 64 };
	for (int i = 0; i < sk_X509_num(among) && sk_X509_num(x->candidates) < MAX_CANDIDATES; i++) {
		X509 *c = sk_X509_value(among, i);
		bool known = false;
		for (int k = 0; k < sk_X509_num(x->candidates) && !known; k++)
			known = X509_cmp(sk_X509_value(x->candidates, k), c) == 0;
		if (!known && (x->named ? fits_any(x->keys, c) : X509_check_ca(c) == 0))
			sk_X509_push(x->candidates, c);
	}
}

/* XMLDSig 4.5: KeyInfo may only name the signer, or be left out since a receiver knows him. Then it is one of
 * those in the trust data, and the value tells which. */
static void find_candidates(struct xml_signature *x, const struct material *m)
{
	x->candidates = own(x, sk_X509_new_null(), drop_stack);
	x->named = x->keys->hints.n > 0;
	if (x->named) {
		add_candidates(x, m->certificates);
		add_candidates(x, trust_intermediates()->certificates);
	}
	if (sk_X509_num(x->candidates) > 0 || x->keys->bare != NULL)
		return;
	x->named = false;
	for (int i = 0; i < x->keys->hints.n; i++)
		if (x->keys->hints.at[i].kind != HINT_NAME) /* it names a certificate that is not there */
			return;
	add_candidates(x, trust_intermediates()->certificates);
}

/* Whom the signature names: by SigningCertificate(V2) where there is one, else the leaf of KeyInfo. */
static void choose_signer(struct letter *l, struct signature *s, struct xml_signature *x,
			  const struct material *m)
{
	struct xades_certificate named;
	bool signed_name = xades_signing_certificate(x, &named); /* then it is beyond doubt who is meant */
	if ((x->keys->groups > 1 || !signed_name) && !xml_certificates_chain(x->keys->certificates)) {
		s->valid = NO;
		xml_fault(
			l, s, "FORMAT_FAILURE", "KEYINFO_SEVERAL_SIGNERS",
			"XMLDSig 4.5.4: the certificates of KeyInfo are not one chain; they may show another "
			"signer");
		return;
	}
	if (!signed_name) {
		x->signer = xml_certificates_leaf(x->keys->certificates);
		if (x->signer == NULL)
			find_candidates(x, m);
		return;
	}
	const STACK_OF(X509) *
		sources[] = { x->keys->certificates, m->certificates, trust_intermediates()->certificates };
	for (size_t i = 0; i < sizeof sources / sizeof *sources && x->signer == NULL; i++)
		x->signer = find_named(sources[i], &named);
	if (x->signer != NULL &&
	    X509_check_ca(x->signer) != 0) { /* its issuers may be named too, and before it */
		X509 *leaf = xml_certificates_leaf(x->keys->certificates);
		x->signer = leaf != NULL && xades_names(x, leaf) ? leaf : x->signer;
	}
	if (x->signer == NULL && named.digest == NULL)
		signature_message(
			l, s, WARN, "DIGEST_UNKNOWN",
			"EN 319 132-1 5.2.2: the digest algorithm of SigningCertificate is unknown");
	if (x->signer == NULL)
		x->signer = xml_certificates_leaf(x->keys->certificates);
	if (x->signer != NULL && !xades_names(x, x->signer)) {
		x->misnamed = true;
		xml_fault(l, s, "NO_SIGNING_CERTIFICATE_FOUND", "SIGNING_CERTIFICATE_OTHER",
			  "EN 319 132-1 5.2.2: SigningCertificate names another certificate than KeyInfo "
			  "holds");
	}
	if (x->signer != NULL && xades_fits(&named, x->signer) &&
	    !xades_issuer_serial_fits(&named, x->signer))
		signature_message(l, s, WARN, "SIGNING_CERTIFICATE_ISSUER",
				  "EN 319 132-1 5.2.2: issuer and serial in SigningCertificate differ from "
				  "its digest's");
}

static EVP_PKEY *choose_key(struct letter *l, struct signature *s, const struct xml_signature *x)
{
	if (x->signer == NULL && x->keys->bare != NULL && sk_X509_num(x->keys->certificates) == 0)
		return x->keys->bare;
	if (x->signer == NULL)
		return NULL;
	EVP_PKEY *key = X509_get0_pubkey(x->signer);
	if (key != NULL && x->keys->bare != NULL && EVP_PKEY_eq(key, x->keys->bare) != 1)
		signature_message(
			l, s, WARN, "KEYVALUE_OTHER",
			"XMLDSig 4.5: KeyValue is another key than the certificate's; it is ignored");
	ERR_clear_error();
	return key;
}

/* What is signed, and by what: for trying one key after the other. */
struct trial {
	const struct xml_algorithm *algorithm;
	xmlNode *method;
	struct bytes octets, value;
};

static enum answer fits(const struct trial *v, EVP_PKEY *key)
{
	return key != NULL ? xml_value_fits(v->algorithm, v->method, key, v->octets, v->value) : CANNOT_TELL;
}

/* Among certificates at hand, then among bare keys of the trust data. False: none fits. */
static bool try_keys(struct letter *l, struct signature *s, struct xml_signature *x, const struct trial *v)
{
	for (int i = 0; i < sk_X509_num(x->candidates); i++) {
		X509 *c = sk_X509_value(x->candidates, i);
		enum answer a = fits(v, X509_get0_pubkey(c));
		if (a == YES || (a == NO && x->named && sk_X509_num(x->candidates) == 1)) {
			x->signer = c;
			s->valid = a;
			return true;
		}
	}
	int n;
	const struct public_key *keys = public_keys(&n);
	for (int i = 0; i < n && x->candidates != NULL; i++)
		if (fits(v, keys[i].key) == YES) {
			s->valid = YES;
			s->key_bits = EVP_PKEY_get_bits(keys[i].key);
			xml_fault(l, s, "NO_SIGNING_CERTIFICATE_FOUND", "KEY_WITHOUT_CERTIFICATE",
				  format_text(l,
					      "the signature fits a public key of the trust data, which "
					      "names nobody: "
					      "%s",
					      keys[i].file));
			return true;
		}
	return false;
}

static void tell_wanted(struct letter *l, struct signature *s, const struct xml_signature *x)
{
	struct buffer b = { .mem = l };
	if (strict_child(x->key_info, NULL, "PGPData") != NULL) {
		xml_fault(l, s, "NO_SIGNING_CERTIFICATE_FOUND", "OPENPGP_UNSUPPORTED",
			  "the signature is made with an OpenPGP key, which is not verified here");
		return;
	}
	struct xades_certificate named;
	if (xades_signing_certificate(x, &named))
		buffer_format(&b, "; wanted is SigningCertificate %s",
			      text_hex(l, named.value.at, named.value.len));
	for (int i = 0; i < x->keys->hints.n; i++)
		buffer_format(&b, "%s%s", b.text != NULL ? "; " : "; wanted is ",
			      xml_hint_words(l, &x->keys->hints.at[i]));
	xml_fault(l, s, "NO_SIGNING_CERTIFICATE_FOUND", "NO_CERTIFICATE",
		  format_text(l,
			      "no certificate of the signer is in the file or in the trust data (--trust)%s",
			      b.text != NULL ? b.text : "; the signature does not say whose it is"));
}

static void check_arithmetic(struct letter *l, struct signature *s, struct xml_signature *x,
			     const struct trial *v, EVP_PKEY *key)
{
	if (key != NULL) {
		s->valid = fits(v, key);
		for (int i = 0; x->signer == NULL && s->valid == YES && i < sk_X509_num(x->candidates); i++)
			if (EVP_PKEY_eq(X509_get0_pubkey(sk_X509_value(x->candidates, i)), key) == 1)
				x->signer = sk_X509_value(x->candidates, i);
	} else if (!try_keys(l, s, x, v)) {
		tell_wanted(l, s, x);
		return;
	}
	if ((s->valid == NO && x->misnamed) || (s->valid == YES && x->untyped))
		s->valid = CANNOT_TELL; /* misnamed: a value that fits is told, as KeyInfo's own; one that
					   does not was perhaps made with the key of the one that is named */
	if (s->valid == NO)
		xml_fault(l, s, "SIG_CRYPTO_FAILURE", "VALUE_WRONG",
			  "XMLDSig 3.2.2: the signature value does not fit SignedInfo and the signer's key");
	else if (s->valid == CANNOT_TELL && !x->untyped && !x->misnamed)
		xml_fault(l, s, CRYPTO_CONSTRAINTS, "ALGORITHM_UNSUPPORTED",
			  "the key is of another kind than the signature algorithm asks for");
	else if (key != NULL && x->signer == NULL)
		xml_fault(
			l, s, "NO_SIGNING_CERTIFICATE_FOUND", "KEY_WITHOUT_CERTIFICATE",
			"the signature carries a bare key and no certificate: it fits, but nobody is named");
}

static void tell_algorithm(struct letter *l, struct signature *s, const struct xml_algorithm *a)
{
	if (a == NULL)
		xml_fault(l, s, CRYPTO_CONSTRAINTS, "ALGORITHM_UNKNOWN",
			  "RFC 9231: the signature algorithm is unknown");
	else if (a->key == XML_KEY_BEYOND)
		xml_fault(
			l, s, CRYPTO_CONSTRAINTS, "ALGORITHM_UNSUPPORTED",
			format_text(
				l,
				"not computed by the OpenSSL of this system, so neither valid nor broken: %s",
				a->name));
	else
		xml_fault(
			l, s, CRYPTO_CONSTRAINTS, "ALGORITHM_SHARED_KEY",
			"XMLDSig 6.3: an HMAC is no signature of a person; whoever can check it can make it");
}

static void check_value(struct letter *l, struct signature *s, struct xml_signature *x)
{
	xmlNode *method = strict_child(x->signed_info, NS_DSIG, "SignatureMethod");
	xmlNode *c14n = strict_child(x->signed_info, NS_DSIG, "CanonicalizationMethod");
	const struct xml_algorithm *a = xml_algorithm(strict_attribute(x, method, "Algorithm"));
	EVP_PKEY *key = choose_key(l, s, x);
	if (a != NULL) {
		s->algorithm = copy_text(l, a->name);
		tell_digest(l, s, a->digest);
	}
	if (key != NULL)
		s->key_bits = EVP_PKEY_get_bits(key);
	if (s->valid == NO)
		return;
	struct bytes octets, value;
	if (!strict_base64(x, x->value, &value)) {
		s->valid = NO;
		xml_fault(l, s, "FORMAT_FAILURE", "VALUE_BROKEN",
			  "XMLDSig 4.3: SignatureValue is not base64");
	} else if (c14n == NULL || !xml_canonical(x, x->signed_info, c14n, &octets)) {
		xml_fault(l, s, CRYPTO_CONSTRAINTS, "C14N_UNKNOWN",
			  "XMLDSig 4.4.1: SignedInfo cannot be canonicalised as it asks");
	} else if (a == NULL || a->key <= 0) {
		tell_algorithm(l, s, a);
	} else {
		check_arithmetic(l, s, x, &(struct trial){ a, method, octets, value }, key);
	}
}

/* ------------------------------------------------------------------------------------------------------- */

static bool only_child(const xmlNode *parent, const char *name)
{
	xmlNode *n = strict_child(parent, NS_DSIG, name);
	for (xmlNode *c = n != NULL ? strict_next_element(n) : NULL; c != NULL; c = strict_next_element(c))
		if (strict_is(c, NS_DSIG, name))
			return false;
	return n != NULL;
}

static void uncover(xmlDoc *doc)
{
	node_mark_all(doc, 0, NODE_VISIBLE | NODE_COVERED);
	for (xmlNode *root = xmlDocGetRootElement(doc), *n = root; n != NULL; n = strict_walk(n, root))
		for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a != NULL; a = a->next)
			node_mark((xmlNode *)a, 0, NODE_VISIBLE | NODE_COVERED);
}

struct xml_signature *xml_signature_check(struct letter *l, struct signature *s, xmlNode *node,
					  const struct xml_members *members, struct material *m)
{
	struct xml_signature *x = new_zero(l, struct xml_signature);
	x->node = node;
	x->signed_info = strict_child(node, NS_DSIG, "SignedInfo");
	x->value = strict_child(node, NS_DSIG, "SignatureValue");
	x->key_info = strict_child(node, NS_DSIG, "KeyInfo");
	x->keys = xml_key_info_read(x, x->key_info);
	x->plain = members != NULL && members->plain;
	uncover(node->doc);
	s->format = copy_text(l, "XMLDSig");
	if (!only_child(node, "SignedInfo") || !only_child(node, "SignatureValue") ||
	    (x->key_info != NULL && !only_child(node, "KeyInfo")) ||
	    !only_child(x->signed_info, "SignatureMethod") ||
	    strict_child(x->signed_info, NS_DSIG, "Reference") == NULL) {
		s->valid = NO;
		xml_fault(l, s, "FORMAT_FAILURE", "SIGNATURE_BROKEN",
			  "XMLDSig 4: SignedInfo, SignatureValue and KeyInfo must stand once, with a "
			  "Reference");
		return x;
	}
	for (int i = 0; i < sk_X509_num(x->keys->certificates); i++)
		material_add_certificate(m, sk_X509_value(x->keys->certificates, i));
	for (int i = 0; i < x->keys->crls.n; i++)
		material_read_crl(m, x->keys->crls.at[i]);
	struct reading r = { .l = l, .s = s, .x = x, .members = members };
	bool within = read_references(&r, x->signed_info, false) && read_manifests(&r);
	conclude_references(l, s, x);
	if (!within) {
		s->intact = s->intact == YES ? CANNOT_TELL : s->intact;
		xml_fault(l, s, "FORMAT_FAILURE", "TOO_MANY_REFERENCES",
			  "the signature has more References than are followed (64 to its document, 4096 to "
			  "members)");
	}
	xades_read(l, s, x, m);
	choose_signer(l, s, x, m);
	check_value(l, s, x);
	if (x->misnamed)
		x->signer = NULL; /* EN 319 102-1 5.2.3: so nobody is named */
	if (x->signer != NULL) {
		certificate_describe(l, &s->signer, x->signer);
		s->signer.role = copy_text(l, "signer");
		EVP_PKEY *key = X509_get0_pubkey(x->signer);
		s->key_bits = key != NULL ? EVP_PKEY_get_bits(key) : 0;
	}
	return x;
}
