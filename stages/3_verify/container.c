/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * container.c - members of a signed package and the faults of its archive: container.h.
 */
#include "container.h"
#include "beside.h"
#include "text.h"
#include <string.h>

static bool serve(void *arg, const char *uri, struct bytes *octets, int *member)
{
	struct container *c = arg;
	*member = container_find_uri(c, uri);
	return *member >= 0 && container_read(c, *member, octets);
}

struct container *container_open(struct letter *l, int part)
{
	struct container *c = new_zero(l, struct container);
	c->l = l;
	c->part = part;
	c->zip = zip_open(c, letter_find_part(l, part)->bytes);
	c->members = new_array(c, struct member, (size_t)c->zip->n + 1);
	c->covered = new_array(c, bool, (size_t)c->zip->n + 1);
	c->material = material_new(c);
	c->serve = (struct xml_members){ .find = serve, .arg = c };
	return c;
}

const char *container_name(const struct container *c, int entry)
{
	return c->zip->entries[entry].name;
}

bool container_read(struct container *c, int entry, struct bytes *out)
{
	struct member *m = &c->members[entry];
	if (!m->tried) {
		m->tried = true;
		m->read = zip_read(c, c->zip, entry, ZIP_MAX_ENTRY, &m->bytes);
	}
	*out = m->bytes;
	return m->read;
}

xmlDoc *container_read_xml(struct container *c, int entry, const char **why)
{
	struct bytes b;
	*why = "MEMBER_UNREADABLE";
	return container_read(c, entry, &b) ? strict_read(c, b, why) : NULL;
}

int container_find(const struct container *c, const char *name)
{
	return zip_find(c->zip, name);
}

int container_find_uri(const struct container *c, const char *uri)
{
	char *name = beside_name(c, uri);
	int entry = name[0] != '\0' ? zip_find(c->zip, name) : -1;
	talloc_free(name);
	return entry;
}

void container_uncover(struct container *c)
{
	memset(c->covered, 0, (size_t)c->zip->n * sizeof *c->covered);
}

void container_cover(struct container *c, const struct xml_signature *x)
{
	for (int i = 0; i < x->references_n; i++) {
		const struct xml_reference *r = &x->references[i];
		if (r->member >= 0 && r->intact == YES && !r->partial)
			c->covered[r->member] = true;
	}
}

static const char *const fault_texts[ZIP_FAULTS] = {
	[ZIP_NO_DIRECTORY] = "its directory is missing",
	[ZIP_TWO_DIRECTORIES] = "it has two directories",
	[ZIP_CUT_OFF] = "it is cut off",
	[ZIP_TOO_MANY] = "it has more than 1,000 entries",
	[ZIP_NAME_TOO_LONG] = "the name of an entry is too long",
	[ZIP_NAME_ABSOLUTE] = "the name of an entry is an absolute path",
	[ZIP_NAME_UPWARDS] = "the name of an entry holds \"..\"",
	[ZIP_NAME_CONTROL] = "the name of an entry holds control characters",
	[ZIP_DOUBLE_NAME] = "two entries have the same name",
	[ZIP_OVERLAP] = "entries overlap",
	[ZIP_HEADERS_DIFFER] = "an entry's own header and the directory disagree",
	[ZIP_ENCRYPTED] = "an entry is encrypted",
	[ZIP_METHOD] = "an entry is packed by a method that is not supported",
	[ZIP_TOO_BIG] = "an entry is too big",
	[ZIP_TOTAL_TOO_BIG] = "it is too big in all",
	[ZIP_RATIO] = "an entry inflates to more than 100 times its size",
	[ZIP_BAD_DATA] = "the content of an entry does not fit its size or checksum",
};

/* A local header in a gap between entries is a member that only readers from the front see. */
static bool has_hidden_entry(const struct zip *z)
{
	static const uint8_t local[] = { 'P', 'K', 3, 4 };
	uint64_t at = 0;
	while (at < z->directory && z->directory <= z->bytes.len) {
		const struct zip_entry *next = NULL;
		for (int i = 0; i < z->n; i++)
			if (z->entries[i].at >= at && (next == NULL || z->entries[i].at < next->at))
				next = &z->entries[i];
		uint64_t end = next != NULL ? next->at : z->directory;
		if (end > z->directory)
			return false;
		if (memmem(z->bytes.at + at, (size_t)(end - at), local, sizeof local) != NULL)
			return true;
		if (next == NULL || next->data + next->packed <= at)
			return false;
		at = next->data + next->packed;
	}
	return false;
}

static void fault(struct container *c, struct signature *s, const char *code, const char *text)
{
	s->coverage = COVERS_PART;
	xml_fault(c->l, s, "FORMAT_FAILURE", code, text);
}

void container_tell_faults(struct container *c, struct signature *s)
{
	bool told[ZIP_FAULTS] = { false };
	struct bytes unused;
	for (int i = 0; i < c->zip->n; i++) /* damage shows when a member is read, and not every one was */
		container_read(c, i, &unused);
	for (int i = 0; i < c->zip->n_faults; i++) {
		const struct zip_fault *f = &c->zip->faults[i];
		if (told[f->kind])
			continue;
		told[f->kind] = true;
		const char *name = f->entry >= 0 ? container_name(c, f->entry) : NULL;
		fault(c, s, "CONTAINER_ARCHIVE",
		      format_text(c->l,
				  "EN 319 162-1 A: programs would not all see the same package: %s%s%.200s%s",
				  fault_texts[f->kind], name != NULL ? " (" : "", name != NULL ? name : "",
				  name != NULL ? ")" : ""));
	}
	if (c->zip->end > 0 && c->zip->end < c->zip->bytes.len)
		container_hold(c, s, "CONTAINER_TRAILING",
			       format_text(c->l,
					   "%llu bytes follow the end of the archive; nobody signed them",
					   (unsigned long long)(c->zip->bytes.len - c->zip->end)));
	if (c->zip->loose)
		container_hold(c, s, "CONTAINER_LOOSE",
			       "the archive's lengths or flags disagree; strict programs would refuse it");
	if (has_hidden_entry(c->zip))
		fault(c, s, "CONTAINER_HIDDEN_ENTRY",
		      "the archive holds an entry that its directory does not name; some programs would show "
		      "it");
}

void container_hold(struct container *c, struct signature *s, const char *code, const char *text)
{
	xml_fault(c->l, s, "SIG_CONSTRAINTS_FAILURE", code, text);
}

void container_judge_signers(struct container *c, struct xml_found *f)
{
	if (f->s->valid == NO || xml_certificates_chain(f->x->keys->certificates))
		return;
	f->s->valid = NO;
	xml_fault(c->l, f->s, "FORMAT_FAILURE", "KEYINFO_SEVERAL_SIGNERS",
		  "XMLDSig 4.5.4: the certificates of KeyInfo are not one chain; they may show another signer");
}

void container_unreadable(struct container *c, int entry, const char *format, const char *why)
{
	struct letter *l = c->l;
	struct signature *s = letter_add_signature(l);
	s->part = c->part;
	s->name = copy_text(l, container_name(c, entry));
	s->format = copy_text(l, format);
	s->coverage = COVERS_WHOLE_FILE;
	xml_fault(l, s, "FORMAT_FAILURE", why, xml_reason(why));
	struct proof proof = { 0 };
	conclude(l, s, &proof, c->material, l->settings->at);
}
