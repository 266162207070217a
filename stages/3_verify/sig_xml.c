/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_xml.c - XMLDSig and XAdES in documents of their own, edXML among them.
 *
 * What is shown of such a document is its root; so a signature must cover all of it but the signatures
 * themselves, else its coverage is "part" and the message names the first element nobody signed.
 */
#include "sig_xml.h"
#include "beside.h"
#include "stage.h"
#include "text.h"
#include "verify.h"
#include "xml.h"
#include "xml_coverage.h"
#include <string.h>

static void check_one(struct letter *l, int part, xmlNode *node, const char *name,
		      const struct xml_members *members, struct material *m,
		      struct xml_signature *countersigned,
		      void (*done)(void *, struct letter *, struct xml_found *), void *arg);

/* A counter-signature is apart: it covers the value of the signature it stands in, and nothing else. */
static void check_counter_signatures(struct letter *l, int part, struct xml_signature *x, const char *name,
				     const struct xml_members *members, struct material *m,
				     void (*done)(void *, struct letter *, struct xml_found *), void *arg)
{
	xmlNode *nodes[16];
	int n = xades_counter_signatures(x, nodes, 16);
	for (int i = 0; i < n && l->signatures.n < XML_MAX_SIGNATURES; i++)
		check_one(l, part, nodes[i], format_text(l, "%s/countersignature-%d", name, i + 1), members,
			  m, x, done, arg);
}

static void check_one(struct letter *l, int part, xmlNode *node, const char *name,
		      const struct xml_members *members, struct material *m,
		      struct xml_signature *countersigned,
		      void (*done)(void *, struct letter *, struct xml_found *), void *arg)
{
	int index = l->signatures.n;
	struct signature *s = letter_add_signature(l);
	s->part = part;
	s->name = copy_text(l, name);
	s->coverage = COVERS_WHOLE_FILE;
	struct xml_found found = { .index = index, .countersigned = countersigned };
	found.x = xml_signature_check(l, s, node, members, m);
	struct proof proof = { .signer = found.x->signer };
	time_t proven = l->settings->at;
	if (found.x->references_n > 0)
		xades_stamps(l, s, found.x, members, m, &proof, &proven);
	found.s = s;
	done(arg, l, &found);
	conclude(l, s, &proof, m, proven);
	check_counter_signatures(l, part, found.x, name, members, m, done, arg);
}

/* What is not read may not pass as unsigned. */
static void refuse(struct letter *l, int part, const char *name, const char *why)
{
	struct signature *s = letter_add_signature(l);
	s->part = part;
	s->name = copy_text(l, name);
	s->format = copy_text(l, "XMLDSig");
	s->coverage = COVERS_WHOLE_FILE;
	xml_fault(l, s, text_same(why, "XML_MALFORMED") ? "FORMAT_FAILURE" : "SIG_CONSTRAINTS_FAILURE", why,
		  xml_reason(why));
	struct proof proof = { 0 };
	conclude(l, s, &proof, material_new(l), l->settings->at);
}

void sig_xml_document(struct letter *l, int part, xmlDoc *doc, const char *name,
		      const struct xml_members *members, struct material *m,
		      void (*done)(void *, struct letter *, struct xml_found *), void *arg)
{
	xmlNode *nodes[XML_MAX_SIGNATURES + 1];
	int n = xml_find_signatures(doc, nodes, XML_MAX_SIGNATURES + 1);
	for (int i = 0; i < n; i++) {
		if (i == XML_MAX_SIGNATURES || !strict_pass(doc)) {
			refuse(l, part, "Signatures", "XML_TOO_COMPLEX");
			return;
		}
		char *id = strict_attribute(l, nodes[i], "Id");
		char *own_name = id != NULL ? id : format_text(l, "Signature%d", i + 1);
		check_one(l, part, nodes[i],
			  name != NULL && n > 1 ? format_text(l, "%s#%s", name, own_name)
			  : name != NULL	? name
						: own_name,
			  members, m, NULL, done, arg);
	}
}

static bool signs_value_of(const struct xml_signature *x, const struct xml_signature *other)
{
	for (int i = 0; i < x->references_n; i++)
		if (xml_reference_signs(&x->references[i], other->value))
			return true;
	return false;
}

bool sig_xml_is_counter(struct letter *l, struct xml_found *f)
{
	if (f->countersigned == NULL)
		return false;
	if (!signs_value_of(f->x, f->countersigned)) {
		f->s->coverage = COVERS_PART;
		signature_message(
			l, f->s, REJECT, "COUNTERSIGNATURE_ELSEWHERE",
			"EN 319 132-1 5.2.7: the counter-signature does not sign the signature it stands in");
	}
	return true;
}

/* Where the signature is over neither the root nor an Object of its own: what it is over. */
static void tell_signed(struct letter *l, struct signature *s, const struct xml_signature *x)
{
	const xmlNode *root = xmlDocGetRootElement(x->node->doc);
	struct buffer b = { .mem = l };
	int n = 0;
	for (int i = 0; i < x->references_n; i++) {
		const struct xml_reference *r = &x->references[i];
		if (r->member < 0 && r->target == NULL)
			return;
		if (r->target == NULL || r->target == root || r->target == x->signed_properties ||
		    (root == x->node && r->target->parent == root) || r->intact != YES)
			continue;
		if (n++ < 8)
			buffer_format(&b, "%s%s", n > 1 ? ", " : "", xml_path(l, r->target));
	}
	if (n > 0)
		signature_message(l, s, NOTE, "SIGNED_ELEMENT",
				  format_text(l, "what is signed is %s%s", b.text, n > 8 ? ", ..." : ""));
}

/* Which files beside it the signature is over; those of which a filter takes only a part are not vouched for.
 */
static void tell_files(struct letter *l, struct signature *s, const struct xml_signature *x)
{
	for (int i = 0, n = 0; i < x->references_n && n < 16; i++) {
		const struct xml_reference *r = &x->references[i];
		if (r->member < 0 || r->intact != YES)
			continue;
		n++;
		signature_message(
			l, s, NOTE, "SIGNED_BESIDE",
			format_text(l, "what is signed is the file beside it: %s", beside_name(l, r->uri)));
		if (!r->partial)
			continue;
		s->coverage = COVERS_PART;
		signature_message(
			l, s, REJECT, "UNSIGNED_CONTENT",
			format_text(l, "a filter of the signature leaves out some of the file beside it: %s",
				    beside_name(l, r->uri)));
	}
}

static const char *place_of(const void *mem, const xmlNode *n)
{
	return xml_path(mem, n->type == XML_ELEMENT_NODE ? n : n->parent);
}

static const char *tell_left(const void *mem, const xmlNode *left)
{
	if (left->type == XML_PI_NODE)
		return "not all of the document is signed: an xml-stylesheet instruction can change what is "
		       "shown";
	return format_text(mem, "not all of the document is signed; outside of the signature stands %s",
			   place_of(mem, left));
}

static void judge_coverage(void *arg, struct letter *l, struct xml_found *f)
{
	(void)arg;
	if (sig_xml_is_counter(l, f))
		return;
	if (f->s->intact != YES) /* what does not hold covers nothing; no need to say so twice */
		return;
	tell_files(l, f->s, f->x);
	tell_signed(l, f->s, f->x);
	const xmlNode *left = xml_uncovered(f->x->node->doc, f->x);
	const xmlNode *object = left == NULL ? xml_unsigned_object(f->x) : NULL;
	if (object != NULL)
		signature_message(l, f->s, WARN, "UNSIGNED_OBJECT",
				  format_text(l, "an Object of the signature holds what nobody signed: %s",
					      place_of(l, object)));
	if (left == NULL && !xml_signs_nothing(f->x))
		return;
	f->s->coverage = COVERS_PART;
	if (left != NULL)
		signature_message(l, f->s, REJECT, "UNSIGNED_CONTENT", tell_left(l, left));
	else
		signature_message(
			l, f->s, REJECT, "SIGNS_NOTHING",
			"the signature holds, but nothing is left of what it names: it signs no content");
}

struct place_of_part {
	struct letter *l;
	int part;
};

static bool serve(void *arg, const char *uri, struct bytes *octets, int *member)
{
	const struct place_of_part *p = arg;
	*member = beside_find(p->l, p->part, beside_name(p->l, uri), octets) ? 0 : -1;
	return *member >= 0;
}

void sig_xml(struct letter *l, int part)
{
	const struct part *p = letter_find_part(l, part);
	struct bytes b = p->bytes;
	if (memmem(b.at, b.len, "Signature", 9) == NULL &&
	    memmem(b.at, b.len, "S\0i\0g\0n\0a\0t\0", 12) == NULL)
		return;
	const char *why;
	void *mem = talloc_new(l);
	xmlDoc *doc = strict_read(mem, b, &why);
	if (doc != NULL)
		sig_xml_document(
			l, part, doc, NULL,
			&(struct xml_members){ .find = serve, .arg = &(struct place_of_part){ l, part } },
			material_new(mem), judge_coverage, NULL);
	else if (strict_mentions_signature(b))
		refuse(l, part, "Signature1", why);
	talloc_free(mem);
}
