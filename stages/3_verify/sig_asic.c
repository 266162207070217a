/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sig_asic.c - ASiC-E and ASiC-S (ETSI EN 319 162-1) with XAdES, CAdES or time-stamps alone.
 *
 * A signature in a package speaks for the files it names. What a person sees is every file of the package; so
 * a signature that leaves one out never passes. In ASiC-E it may do so (4.4: each is applicable to its own set of
 * files): it is whole, and held back until a person has seen which file it does not vouch for. ASiC-S has one data
 * file, and a signature that does not cover it covers "part". Rules of the container that touch nothing signed
 * (mimetype, the OpenDocument manifest) hold the signature back too: INDETERMINATE with SIG_CONSTRAINTS_FAILURE.
 */
#include "algorithm.h"
#include "manifest.h"
#include "sig_cms.h"
#include "stage.h"
#include "text.h"
#include "verify.h"
#include <string.h>
#include <strings.h>

enum { MAX_STAMP_FILES = 64 };

struct asic {
	struct container *c;
	bool simple;	     /* ASiC-S: one data file */
	int *files, files_n; /* data files */
	struct asic_manifest *manifests;
	int manifests_n, manifests_broken;
	struct odf_manifest listed;
	const struct asic_manifest *manifest; /* of the signature that is looked at, or NULL */
	time_t proven;
};

static bool in_meta(const char *name)
{
	return strncasecmp(name, "META-INF/", 9) == 0;
}

static bool ends_as(const char *name, const char *ending)
{
	size_t n = strlen(name), e = strlen(ending);
	return n >= e && strcasecmp(name + n - e, ending) == 0;
}

/* What macOS adds when it packs: resource forks (AppleDouble, RFC 1740), which no reader shows as files. */
static bool is_resource_fork(struct container *c, int i)
{
	static const uint8_t magic[] = { 0, 5, 0x16, 7 };
	struct bytes b;
	return text_starts(container_name(c, i), "__MACOSX/") && container_read(c, i, &b) &&
	       b.len >= sizeof magic && memcmp(b.at, magic, sizeof magic) == 0;
}

static void find_files(struct asic *a)
{
	a->files = new_array(a->c, int, (size_t)a->c->zip->n + 1);
	for (int i = 0; i < a->c->zip->n; i++) {
		const char *name = container_name(a->c, i);
		if (!a->c->zip->entries[i].folder && !in_meta(name) && strcmp(name, "mimetype") != 0 &&
		    !is_resource_fork(a->c, i))
			a->files[a->files_n++] = i;
	}
}

/* Container rules --------------------------------------------------------------------------------------- */

/* EN 319 162-1 A.1: "mimetype" is the first entry, stored, without extra field, so that it stands at
 * offset 38. */
static void judge_mimetype(struct asic *a, struct signature *s)
{
	static const char *const kinds[] = { "application/vnd.etsi.asic-e+zip",
					     "application/vnd.etsi.asic-s+zip" };
	struct container *c = a->c;
	int entry = container_find(c, "mimetype");
	struct bytes said;
	if (entry < 0) {
		signature_message(c->l, s, WARN, "ASIC_NO_MIMETYPE",
				  "EN 319 162-1 A.1: the container does not name its type in \"mimetype\"");
		return;
	}
	const struct zip_entry *e = &c->zip->entries[entry];
	if (e->at != 0 || e->method != 0 || e->data != 30 + strlen("mimetype"))
		container_hold(
			c, s, "ASIC_MIMETYPE_PLACE",
			"EN 319 162-1 A.1: \"mimetype\" must stand first, stored, without extra fields");
	const char *want = kinds[a->simple];
	if (!container_read(c, entry, &said) || said.len != strlen(want) ||
	    memcmp(said.at, want, said.len) != 0)
		container_hold(c, s, "ASIC_MIMETYPE",
			       "EN 319 162-1 A.1: \"mimetype\" does not hold exactly the container's type");
}

static void judge_listing(struct asic *a, struct signature *s)
{
	struct container *c = a->c;
	const char *name;
	if (!a->listed.there)
		return;
	if (a->listed.broken)
		container_hold(c, s, "MANIFEST_BROKEN",
			       "EN 319 162-1 4.4.3.2: META-INF/manifest.xml cannot be read");
	else if (!manifest_lists_all(c, &a->listed, &name))
		container_hold(
			c, s, "MANIFEST_FILE_MISSING",
			format_text(c->l,
				    "META-INF/manifest.xml names a file that is not there, or twice: %s",
				    name));
	for (int i = 0; i < a->files_n && !a->listed.broken; i++)
		if (manifest_media(c, &a->listed, container_name(c, a->files[i])) == NULL) {
			container_hold(
				c, s, "MANIFEST_FILE_UNLISTED",
				format_text(c->l,
					    "META-INF/manifest.xml does not name a file of the package: %s",
					    container_name(c, a->files[i])));
			return;
		}
}

/* EN 319 162-1 4.3.3.1 allows files of applications there; but who unpacks the package sees them, and no
 * signature covers them. */
static void tell_strange_meta(struct asic *a, struct signature *s)
{
	static const char *const known[] = { ".xml", ".p7s", ".tst", ".ers" };
	for (int i = 0; i < a->c->zip->n; i++) {
		const char *name = container_name(a->c, i);
		bool strange = in_meta(name) && !a->c->zip->entries[i].folder && name[9] != '.';
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			strange = strange && !ends_as(name, known[k]);
		if (strange) {
			signature_message(
				a->c->l, s, WARN, "ASIC_META_OTHER",
				format_text(a->c->l, "META-INF holds a file that nobody signed: %s", name));
			return;
		}
	}
}

static bool is_evidence_record(const char *name)
{
	return in_meta(name) && strcasestr(name, "evidencerecord") != NULL &&
	       (ends_as(name, ".ers") || ends_as(name, ".xml"));
}

/* EN 319 162-1 4.3.3.2, RFC 4998, RFC 6283: it proves when, not who; without it the signatures are as good as they
 * are. */
static void tell_evidence_record(struct asic *a, struct signature *s, const char *name)
{
	signature_message(a->c->l, s, NOTE, "EVIDENCE_RECORD",
			  format_text(a->c->l, "an evidence record of the package is not verified here: %s", name));
}

static void judge_container(struct asic *a, struct signature *s)
{
	struct container *c = a->c;
	container_tell_faults(c, s);
	tell_strange_meta(a, s);
	for (int i = 0; i < c->zip->n; i++)
		if (is_evidence_record(container_name(c, i)))
			tell_evidence_record(a, s, container_name(c, i));
	judge_mimetype(a, s);
	judge_listing(a, s);
	if (a->files_n == 0)
		xml_fault(c->l, s, "FORMAT_FAILURE", "ASIC_NO_DATA",
			  "EN 319 162-1 4: the container holds no data file");
	if (a->simple && a->files_n > 1)
		container_hold(c, s, "ASIC_S_SEVERAL_FILES",
			       "EN 319 162-1 4.3: an ASiC-S container holds exactly one data file");
	else if (a->simple && a->files_n == 1 && strchr(container_name(c, a->files[0]), '/') != NULL)
		container_hold(c, s, "ASIC_S_FOLDER",
			       "EN 319 162-1 4.3: the data file of an ASiC-S container stands at its root");
	if (a->manifests_broken > 0)
		xml_fault(c->l, s, "FORMAT_FAILURE", "MANIFEST_BROKEN",
			  "EN 319 162-1 A.4: an ASiC manifest cannot be read, or names nothing");
}

static void tell_files(struct asic *a, struct signature *s)
{
	enum { AT_MOST = 20 };
	struct buffer b = { .mem = a->c->l };
	int n = 0;
	for (int i = 0; i < a->files_n; i++)
		if (a->c->covered[a->files[i]] && n++ < AT_MOST)
			buffer_format(&b, "%s%s", n > 1 ? ", " : "", container_name(a->c, a->files[i]));
	if (n > 0)
		signature_message(a->c->l, s, NOTE, "SIGNED_FILES",
				  format_text(a->c->l, "it is over these files: %s%s", b.text,
					      n > AT_MOST ? ", ..." : ""));
}

/* The part that a package of one data file holds: what is read there is what the signature is over. */
static int only_part(const struct asic *a)
{
	const struct letter *l = a->c->l;
	for (int i = 0; a->files_n == 1 && i < l->parts.n; i++)
		if (l->parts.at[i].inside == a->c->part && text_same(l->parts.at[i].name, container_name(a->c, a->files[0])))
			return i + 1;
	return 0;
}

/* Does the signature that was just checked cover every data file? */
static void judge_cover(struct asic *a, struct signature *s)
{
	struct container *c = a->c;
	tell_files(a, s);
	s->over = a->files_n == 1 && c->covered[a->files[0]] ? only_part(a) : 0;
	for (int i = 0; i < a->files_n; i++)
		if (!c->covered[a->files[i]]) {
			const char *name = container_name(c, a->files[i]);
			if (!a->simple) {
				container_hold(c, s, "UNSIGNED_MEMBER",
					       format_text(c->l,
							   "EN 319 162-1 4.4: the files that the signature "
							   "names are whole, but it says nothing of another "
							   "one of the package: %s",
							   name));
				return;
			}
			s->coverage = COVERS_PART;
			signature_message(
				c->l, s, REJECT, "UNSIGNED_MEMBER",
				format_text(c->l, "the signature does not cover a file of the package: %s",
					    name));
			return;
		}
}

/* XAdES -------------------------------------------------------------------------------------------------- */

/* type/subtype, perhaps with parameters (RFC 2045 5.1). */
static bool is_media_type(const char *text)
{
	const char *slash = strchr(text, '/');
	return slash != NULL && slash != text && slash[1] != '\0' && strchr(slash + 1, '/') == NULL &&
	       strpbrk(text, "\\<>@,:?[]()") == NULL;
}

/* The media type a signature gives a file is what its reader opens it as: the manifest must say the same. False:
 * it does not, and no more is looked for. */
static bool judge_type(struct asic *a, struct signature *s, int member, const char *said)
{
	const char *name = container_name(a->c, member);
	const char *listed = a->listed.there ? manifest_media(a->c, &a->listed, name) : NULL;
	if (listed == NULL || said == NULL)
		return true;
	if (strcasecmp(said, listed) != 0) {
		container_hold(a->c, s, "MANIFEST_TYPE",
			       format_text(a->c->l,
					   "the manifest and the signature give different media types: %s",
					   name));
		return false;
	}
	if (said[0] != '\0' && !is_media_type(said))
		signature_message(a->c->l, s, WARN, "MANIFEST_TYPE",
				  format_text(a->c->l, "what is written as a media type is none: %s", name));
	return true;
}

static void judge_xades(void *arg, struct letter *l, struct xml_found *f)
{
	struct asic *a = arg;
	if (sig_xml_is_counter(l, f))
		return;
	container_uncover(a->c);
	container_cover(a->c, f->x);
	judge_container(a, f->s);
	if (f->s->intact == YES)
		judge_cover(a, f->s);
	bool fits = true;
	for (int i = 0; fits && i < f->x->references_n; i++) {
		const struct xml_reference *r = &f->x->references[i];
		fits = r->member < 0 || judge_type(a, f->s, r->member, xades_media_type(a->c, f->x, r));
	}
}

static void check_xades(struct asic *a, int entry)
{
	const char *why;
	xmlDoc *doc = container_read_xml(a->c, entry, &why);
	if (doc == NULL)
		container_unreadable(a->c, entry, "XAdES", why);
	else
		sig_xml_document(a->c->l, a->c->part, doc, container_name(a->c, entry), &a->c->serve,
				 a->c->material, judge_xades, a);
}

/* CAdES and time-stamps ------------------------------------------------------------------------------------
 */

/* The references of a manifest are part of what its signature signs. */
static void apply_manifest(struct asic *a, struct signature *s)
{
	struct letter *l = a->c->l;
	const struct asic_manifest *m = a->manifest;
	for (int i = 0; m != NULL && i < m->n; i++) {
		const struct asic_reference *r = &m->references[i];
		if (r->intact == YES) {
			a->c->covered[r->member] = true;
			s->digest = copy_text(l, algorithm_weaker_digest(s->digest, r->digest));
			continue;
		}
		const char *text = format_text(l, "%s (ASiC manifest: %s)", xml_reason(r->code),
					       r->uri != NULL ? r->uri : "-");
		if (r->intact == NO) {
			s->intact = NO;
			xml_fault(l, s, "HASH_FAILURE", r->code, text);
		} else {
			s->intact = s->intact == NO ? NO : CANNOT_TELL;
			if (s->sub_indication == NULL)
				s->sub_indication = copy_text(l, "SIGNED_DATA_NOT_FOUND");
			signature_message(l, s, HOLD, r->code, text);
		}
	}
}

/* What a signature or token file is over: its manifest, or the one file of an ASiC-S. False: nothing is
 * named. */
static bool find_signed(struct asic *a, int entry, struct bytes *octets)
{
	container_uncover(a->c);
	a->manifest = manifest_of(a->manifests, a->manifests_n, entry);
	if (a->manifest != NULL)
		return container_read(a->c, a->manifest->entry, octets);
	if (!a->simple || a->files_n != 1 || !container_read(a->c, a->files[0], octets))
		return false;
	a->c->covered[a->files[0]] = true;
	return true;
}

static void judge_cades(void *arg, struct letter *l, struct signature *s)
{
	struct asic *a = arg;
	int manifests = 0;
	for (int i = 0; a->manifest != NULL && i < a->manifests_n; i++)
		manifests += a->manifests[i].signature == a->manifest->signature;
	if (manifests > 1)
		xml_fault(l, s, "FORMAT_FAILURE", "MANIFEST_DOUBLE",
			  "EN 319 162-1 A.4: more than one ASiC manifest names this signature; programs "
			  "would not all "
			  "take the same");
	apply_manifest(a, s);
	judge_container(a, s);
	if (s->intact == YES)
		judge_cover(a, s);
	bool fits = true;
	for (int i = 0; fits && a->manifest != NULL && i < a->manifest->n; i++) {
		const struct asic_reference *r = &a->manifest->references[i];
		fits = r->member < 0 || judge_type(a, s, r->member, r->media);
	}
}

static void check_cades(struct asic *a, int entry)
{
	struct bytes blob, octets;
	if (!container_read(a->c, entry, &blob)) {
		container_unreadable(a->c, entry, "CAdES", "MEMBER_UNREADABLE");
		return;
	}
	bool found = find_signed(a, entry, &octets);
	struct cms_data d = { .pieces = &octets, .pieces_n = found, .missing = !found };
	sig_cms_check(a->c->l, a->c->part, container_name(a->c, entry), sig_cms_der(a->c, blob), &d,
		      a->c->material, a->proven, judge_cades, a);
}

struct stamp_file {
	int entry;
	bool read, whole; /* whole: it holds, and so does all that it names, which is every file */
	struct stamp stamp;
	const char *why;
	time_t judged; /* a newer one that is believed proves that it was there then */
};

static bool covers_all(struct asic *a)
{
	bool all = true;
	for (int i = 0; a->manifest != NULL && i < a->manifest->n; i++) {
		const struct asic_reference *r = &a->manifest->references[i];
		all = all && r->intact == YES;
		if (r->intact == YES)
			a->c->covered[r->member] = true;
	}
	for (int i = 0; i < a->files_n; i++)
		all = all && a->c->covered[a->files[i]];
	return all;
}

static void check_stamp(struct asic *a, struct stamp_file *f)
{
	struct bytes token, octets;
	f->why = "it cannot be read";
	bool found = find_signed(a, f->entry, &octets);
	if (container_read(a->c, f->entry, &token))
		f->read = stamp_check(a->c->l, token, &octets, found, a->c->material, &f->stamp, &f->why);
	if (!found)
		f->stamp.intact = CANNOT_TELL;
	f->whole = found && f->stamp.intact == YES && f->stamp.valid == YES && covers_all(a);
}

/* From the newest back, what a trusted token covers existed before it. */
static void prove(struct asic *a, struct stamp_file *files, int n)
{
	struct signature *unused = new_zero(a->c->l, struct signature);
	for (int i = n - 1; i >= 0; i--) {
		struct stamp *t = &files[i].stamp;
		files[i].judged = a->proven;
		if (t->intact == YES && t->valid == YES && t->tsa != NULL && t->at < a->proven &&
		    conclude_stamp(a->c->l, unused, t, a->c->material, a->proven).trusted == YES)
			a->proven = t->at;
	}
}

/* A token that proves nothing harms nothing either, once a newer one holds over every file: whoever could put
 * the newer one there could as well have left the older one out. */
static bool is_superseded(const struct stamp_file *f, const struct stamp_file *newer)
{
	return newer->whole && newer->stamp.at > f->stamp.at && f->read && !f->whole &&
	       f->stamp.intact != CANNOT_TELL && f->stamp.valid != CANNOT_TELL;
}

static void add_stamp(struct asic *a, const struct stamp_file *older, struct stamp_file *f)
{
	struct letter *l = a->c->l;
	struct signature *s = letter_add_signature(l);
	if (f->stamp.detail != NULL)
		*s = *f->stamp.detail;
	s->part = a->c->part;
	s->name = copy_text(l, container_name(a->c, f->entry));
	s->format = copy_text(l, "DocTimeStamp");
	s->level = s->claimed_time = NULL;
	s->coverage = COVERS_WHOLE_FILE;
	s->intact = f->stamp.intact;
	s->valid = f->stamp.valid;
	if (f->read)
		s->timestamp_time = time_text(l, f->stamp.at);
	else
		xml_fault(l, s, "FORMAT_FAILURE", "TIMESTAMP_UNREADABLE",
			  format_text(l, "RFC 3161: no token: %s", f->why));
	if (f->stamp.intact == NO)
		xml_fault(l, s, "HASH_FAILURE", "DIGEST_WRONG",
			  "RFC 3161 2.4.2: the time-stamp is over other bytes");
	struct bytes octets;
	if (!find_signed(a, f->entry, &octets) && f->read) {
		if (s->sub_indication == NULL)
			s->sub_indication = copy_text(l, "SIGNED_DATA_NOT_FOUND");
		signature_message(l, s, HOLD, "SIGNED_DATA_NOT_FOUND",
				  "EN 319 162-1: what this time-stamp covers is not there, or not one file");
	}
	apply_manifest(a, s);
	judge_container(a, s);
	if (s->intact == YES)
		judge_cover(a, s);
	for (const struct stamp_file *k = older; k < f; k++)
		if (is_superseded(k, f))
			signature_message(
				l, s, WARN, "TIMESTAMP_SUPERSEDED",
				format_text(l,
					    "an older time-stamp of this package does not hold, or not over "
					    "every file; it counts for nothing: %s",
					    container_name(a->c, k->entry)));
	struct proof proof = { .signer = f->stamp.tsa };
	conclude(l, s, &proof, a->c->material, f->judged);
}

/* Older tokens first: those that name a later archive manifest cover them. */
static int by_time(const void *x, const void *y)
{
	const struct stamp_file *p = x, *q = y;
	return p->stamp.at < q->stamp.at ? -1 : p->stamp.at > q->stamp.at ? 1 : p->entry - q->entry;
}

/* A package with an evidence record alone is not signed, and not nothing either. */
static void tell_lone_record(struct asic *a)
{
	struct letter *l = a->c->l;
	for (int i = 0; i < l->signatures.n; i++)
		if (l->signatures.at[i].part == a->c->part)
			return;
	for (int i = 0; i < a->c->zip->n; i++)
		if (is_evidence_record(container_name(a->c, i))) {
			struct signature *s = letter_add_signature(l);
			struct proof proof = { 0 };
			s->part = a->c->part;
			s->name = copy_text(l, container_name(a->c, i));
			s->format = copy_text(l, "DocTimeStamp");
			s->coverage = COVERS_WHOLE_FILE;
			tell_evidence_record(a, s, s->name);
			container_hold(a->c, s, "EVIDENCE_RECORD_ALONE",
				       "EN 319 162-1 4.3.3.2: nothing but an evidence record vouches for this package");
			conclude(l, s, &proof, a->c->material, l->settings->at);
			return;
		}
}

void sig_asic(struct letter *l, int part)
{
	const char *media = letter_find_part(l, part)->media;
	struct asic a = { .c = container_open(l, part), .proven = l->settings->at };
	struct stamp_file stamps[MAX_STAMP_FILES] = { { 0 } };
	int stamps_n = 0;
	a.simple = strstr(media, "asic-s") != NULL;
	find_files(&a);
	a.manifests = manifest_read_all(a.c, &a.manifests_n, &a.manifests_broken);
	a.listed = manifest_read_odf(a.c);
	for (int i = 0; i < a.c->zip->n && stamps_n < MAX_STAMP_FILES; i++)
		if (in_meta(container_name(a.c, i)) && ends_as(container_name(a.c, i), ".tst"))
			stamps[stamps_n++].entry = i;
	for (int i = 0; i < stamps_n; i++)
		check_stamp(&a, &stamps[i]);
	qsort(stamps, (size_t)stamps_n, sizeof *stamps, by_time);
	prove(&a, stamps, stamps_n);
	for (int i = 0; i < a.c->zip->n; i++) {
		const char *name = container_name(a.c, i);
		if (!in_meta(name) || strcasestr(name, "signature") == NULL)
			continue;
		if (ends_as(name, ".xml"))
			check_xades(&a, i);
		else if (ends_as(name, ".p7s"))
			check_cades(&a, i);
	}
	for (int i = 0; i < stamps_n; i++)
		if (i + 1 == stamps_n || !is_superseded(&stamps[i], &stamps[stamps_n - 1]))
			add_stamp(&a, stamps, &stamps[i]);
	tell_lone_record(&a);
	talloc_free(a.c);
}
