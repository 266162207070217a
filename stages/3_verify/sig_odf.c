/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_odf.c - signatures of OpenDocument packages (ODF 1.2 part 3, chapter 5).
 *
 * META-INF/documentsignatures.xml signs the document: every file of the package but the signatures
 * themselves. META-INF/macrosignatures.xml signs the macros only; alone it says nothing of the text, so it
 * never passes.
 */
#include "manifest.h"
#include "stage.h"
#include "text.h"
#include "verify.h"
#include <string.h>

struct odf {
	struct container *c;
	struct odf_manifest listed;
	bool macros_only;
	bool old; /* ODF 1.0 or 1.1 by its content, which is signed */
};

static bool is_signature_file(const char *name)
{
	return text_starts(name, "META-INF/") && strstr(name, "signatures") != NULL &&
	       text_ends(name, ".xml");
}

static bool is_macro(const char *name)
{
	return text_starts(name, "Basic/") || text_starts(name, "Dialogs/") ||
	       text_starts(name, "Scripts/") || strstr(name, "/Basic/") != NULL ||
	       strstr(name, "/Dialogs/") != NULL || strstr(name, "/Scripts/") != NULL;
}

static bool is_old(struct container *c)
{
	static const char *const versions[] = { "office:version=\"1.0\"", "office:version=\"1.1\"" };
	int entry = container_find(c, "content.xml");
	struct bytes b;
	for (size_t i = 0; entry >= 0 && i < sizeof versions / sizeof *versions; i++)
		if (container_read(c, entry, &b) &&
		    memmem(b.at, b.len < 65536 ? b.len : 65536, versions[i], strlen(versions[i])) != NULL)
			return true;
	return false;
}

/* ODF 1.2 part 3, 5.2: every file but the signatures. 1.0 and 1.1 left the manifest and the mimetype out of
 * what is signed; neither shows anything. */
static bool must_be_signed(const struct odf *o, int i)
{
	const char *name = container_name(o->c, i);
	if (o->c->zip->entries[i].folder || is_signature_file(name))
		return false;
	if (o->macros_only)
		return is_macro(name);
	return !o->old || (strcmp(name, "mimetype") != 0 && strcmp(name, "META-INF/manifest.xml") != 0);
}

static void judge_cover(struct odf *o, struct signature *s)
{
	for (int i = 0; i < o->c->zip->n; i++)
		if (must_be_signed(o, i) && !o->c->covered[i]) {
			s->coverage = COVERS_PART;
			signature_message(o->c->l, s, REJECT, "UNSIGNED_MEMBER",
					  format_text(o->c->l,
						      "ODF 1.2-3 5.2: the signature does not cover a file of "
						      "the package: %s",
						      container_name(o->c, i)));
			return;
		}
}

static void judge_listing(struct odf *o, struct signature *s)
{
	struct container *c = o->c;
	const char *name;
	if (!o->listed.there || o->listed.broken)
		container_hold(c, s, "MANIFEST_BROKEN",
			       "ODF 1.2-3 3.2: META-INF/manifest.xml is not there, or cannot be read");
	else if (!manifest_lists_all(c, &o->listed, &name))
		container_hold(
			c, s, "MANIFEST_FILE_MISSING",
			format_text(c->l,
				    "META-INF/manifest.xml names a file that is not there, or twice: %s",
				    name));
	for (int i = 0; i < c->zip->n && !o->listed.broken; i++)
		if (must_be_signed(o, i) && !text_starts(container_name(c, i), "META-INF/") &&
		    strcmp(container_name(c, i), "mimetype") != 0 &&
		    manifest_media(c, &o->listed, container_name(c, i)) == NULL) {
			container_hold(
				c, s, "MANIFEST_FILE_UNLISTED",
				format_text(c->l,
					    "META-INF/manifest.xml does not name a file of the package: %s",
					    container_name(c, i)));
			return;
		}
}

/* LibreOffice writes its local time, with hundredths after a comma, as a SignatureProperty. */
static void read_date(struct letter *l, struct signature *s, xmlNode *signature)
{
	time_t at;
	for (xmlNode *n = signature; n != NULL && s->claimed_time == NULL; n = strict_walk(n, signature))
		if (strict_is(n, "http://purl.org/dc/elements/1.1/", "date")) {
			char *text = strict_text(l, n);
			text[strcspn(text, ",.")] = '\0';
			if (time_parse(format_text(l, "%s+07:00", text), &at))
				s->claimed_time = time_text(l, at);
		}
}

static void judge(void *arg, struct letter *l, struct xml_found *f)
{
	struct odf *o = arg;
	read_date(l, f->s, f->x->node);
	if (sig_xml_is_counter(l, f))
		return;
	container_uncover(o->c);
	container_cover(o->c, f->x);
	container_tell_faults(o->c, f->s);
	container_judge_signers(o->c, f);
	judge_listing(o, f->s);
	if (f->s->intact == YES)
		judge_cover(o, f->s);
	if (!o->macros_only)
		return;
	f->s->coverage = f->s->coverage == COVERS_WHOLE_FILE ? COVERS_WHOLE_REVISION : f->s->coverage;
	container_hold(o->c, f->s, "MACROS_ONLY",
		       "ODF 1.2-3 5: this signature is for the macros of the document, not for its text");
}

void sig_odf(struct letter *l, int part)
{
	struct odf o = { .c = container_open(l, part) };
	o.c->serve.plain = true; /* ODF 1.2-3 5.2 */
	o.listed = manifest_read_odf(o.c);
	o.old = is_old(o.c);
	for (int i = 0; i < o.c->zip->n; i++) {
		const char *name = container_name(o.c, i), *why;
		if (!is_signature_file(name))
			continue;
		xmlDoc *doc = container_read_xml(o.c, i, &why);
		o.macros_only = strstr(name, "macrosignatures") != NULL;
		if (doc == NULL)
			container_unreadable(o.c, i, "XMLDSig", why);
		else
			sig_xml_document(l, part, doc, name, &o.c->serve, o.c->material, judge, &o);
	}
	talloc_free(o.c);
}
