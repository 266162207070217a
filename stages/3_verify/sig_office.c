/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_office.c - signatures of Office Open XML packages (ISO/IEC 29500-2 clause 13, MS-OFFCRYPTO 2.5).
 *
 * SignedInfo signs an Object whose Manifest names the parts; a part's content type stands in the Reference's
 * query, since [Content_Types].xml itself is never signed; of a relationships part the transform picks what
 * is signed. So: every part must be named, with the type the package gives it, and what the transform leaves
 * out of the relationships may only be the signature itself and properties of the document.
 */
#include "container.h"
#include "stage.h"
#include "text.h"
#include "verify.h"
#include <string.h>
#include <strings.h>

#define NS_TYPES "http://schemas.openxmlformats.org/package/2006/content-types"
#define NS_OPC_SIGNATURE "http://schemas.openxmlformats.org/package/2006/digital-signature"
#define TYPE_SIGNATURE "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
#define TYPE_PRESENTATION "application/vnd.openxmlformats-officedocument.presentationml."

struct office {
	struct container *c;
	xmlNode *types; /* root of [Content_Types].xml; NULL: unreadable */
};

static bool serve(void *arg, const char *uri, struct bytes *octets, int *member)
{
	struct container *c = arg;
	char *name = copy_part(c, uri, strcspn(uri, "?"));
	*member = container_find_uri(c, name);
	return *member >= 0 && container_read(c, *member, octets);
}

/* 10.1.2.4: an Override by name comes before a Default by extension; both ignore case. */
static char *content_type(const struct office *o, const char *name)
{
	const char *dot = strrchr(name, '.');
	for (xmlNode *n = strict_child(o->types, NS_TYPES, "Override"); n != NULL; n = strict_next(n)) {
		char *part = strict_attribute(o->c, n, "PartName");
		if (part != NULL && part[0] == '/' && strcasecmp(part + 1, name) == 0)
			return strict_attribute(o->c, n, "ContentType");
	}
	for (xmlNode *n = strict_child(o->types, NS_TYPES, "Default"); n != NULL && dot != NULL;
	     n = strict_next(n)) {
		char *extension = strict_attribute(o->c, n, "Extension");
		if (extension != NULL && strcasecmp(extension, dot + 1) == 0)
			return strict_attribute(o->c, n, "ContentType");
	}
	return NULL;
}

static bool says_of_itself(const char *name)
{
	return strcmp(name, "[Content_Types].xml") == 0 || text_starts(name, "_xmlsignatures/") ||
	       text_starts(name, "docProps/");
}

/* How a program last showed a presentation: Office 2007 does not sign it. */
static bool is_view(const struct office *o, const char *name)
{
	char *type = content_type(o, name);
	return text_same(type, TYPE_PRESENTATION "presProps+xml") ||
	       text_same(type, TYPE_PRESENTATION "viewProps+xml");
}

/* Custom XML is shown only where a signed part binds a field to it. */
static bool binds_data(struct office *o)
{
	struct bytes b;
	for (int i = 0; i < o->c->zip->n; i++)
		if (o->c->covered[i] && container_read(o->c, i, &b) &&
		    memmem(b.at, b.len, "dataBinding", 11) != NULL)
			return true;
	return false;
}

static void judge_cover(struct office *o, struct signature *s)
{
	struct letter *l = o->c->l;
	bool binds = binds_data(o), custom = false, view = false;
	for (int i = 0; i < o->c->zip->n; i++) {
		const char *name = container_name(o->c, i);
		if (o->c->covered[i] || o->c->zip->entries[i].folder || says_of_itself(name))
			continue;
		if (text_starts(name, "customXml/") && !binds) {
			custom = true;
			continue;
		}
		if (is_view(o, name)) {
			view = true;
			continue;
		}
		s->coverage = COVERS_PART;
		signature_message(
			l, s, REJECT, "UNSIGNED_MEMBER",
			format_text(l,
				    "ISO 29500-2 13: the signature does not cover a part of the package: %s",
				    name));
		return;
	}
	if (view)
		signature_message(l, s, NOTE, "UNSIGNED_VIEW",
				  "how a program last showed the presentation is not signed; its slides are");
	if (custom)
		signature_message(l, s, NOTE, "UNSIGNED_CUSTOM_XML",
				  "custom XML parts are not signed; nothing that is shown is bound to them");
}

static void judge_types(struct office *o, struct xml_found *f)
{
	for (int i = 0; i < f->x->references_n; i++) {
		const struct xml_reference *r = &f->x->references[i];
		const char *said = r->member >= 0 && r->uri != NULL ? strstr(r->uri, "?ContentType=") : NULL;
		char *real = r->member >= 0 ? content_type(o, container_name(o->c, r->member)) : NULL;
		if (r->member < 0 || (said != NULL && real != NULL && strcasecmp(said + 13, real) == 0))
			continue;
		f->s->coverage = COVERS_PART;
		signature_message(
			o->c->l, f->s, REJECT, "CONTENT_TYPE",
			format_text(o->c->l,
				    "ISO 29500-2 13.2.4.2: another content type than was signed: %s",
				    container_name(o->c, r->member)));
		return;
	}
}

static void read_time(struct letter *l, struct signature *s, xmlNode *signature)
{
	time_t at;
	for (xmlNode *n = signature; n != NULL && s->claimed_time == NULL; n = strict_walk(n, signature))
		if (strict_is(n, NS_OPC_SIGNATURE, "SignatureTime") &&
		    time_parse(strict_text(l, strict_child(n, NS_OPC_SIGNATURE, "Value")), &at))
			s->claimed_time = time_text(l, at);
}

static void judge(void *arg, struct letter *l, struct xml_found *f)
{
	struct office *o = arg;
	read_time(l, f->s, f->x->node);
	if (sig_xml_is_counter(l, f))
		return;
	container_uncover(o->c);
	container_cover(o->c, f->x);
	container_tell_faults(o->c, f->s);
	container_judge_signers(o->c, f);
	if (o->types == NULL)
		container_hold(o->c, f->s, "CONTENT_TYPES_BROKEN",
			       "ISO 29500-2 10.1.2: [Content_Types].xml cannot be read");
	else
		judge_types(o, f);
	if (f->s->intact == YES)
		judge_cover(o, f->s);
}

void sig_office(struct letter *l, int part)
{
	struct office o = { .c = container_open(l, part) };
	const char *why;
	int entry = container_find(o.c, "[Content_Types].xml");
	xmlDoc *types = entry >= 0 ? container_read_xml(o.c, entry, &why) : NULL;
	o.types = types != NULL ? xmlDocGetRootElement(types) : NULL;
	o.c->serve = (struct xml_members){ .find = serve, .arg = o.c };
	for (int i = 0; i < o.c->zip->n; i++) {
		const char *name = container_name(o.c, i);
		char *type = content_type(&o, name);
		bool placed = text_starts(name, "_xmlsignatures/") && strstr(name, "/_rels/") == NULL &&
			      text_ends(name, ".xml");
		if (!placed && !text_same(type, TYPE_SIGNATURE))
			continue;
		xmlDoc *doc = container_read_xml(o.c, i, &why);
		if (doc == NULL)
			container_unreadable(o.c, i, "XMLDSig", why);
		else
			sig_xml_document(l, part, doc, name, &o.c->serve, o.c->material, judge, &o);
	}
	talloc_free(o.c);
}
