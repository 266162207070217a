/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bag_check.c - is a package still what was made? See bag_check.h.
 */
#include "bag_check.h"
#include "mapped.h"
#include "text.h"
#include "zip.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct item { char *name; struct bytes bytes; };

struct view {                                  /* a bag's files, wherever they lie */
	const void *mem;
	struct bag_report *report;
	LIST(struct item) items;
};

static void fault(struct view *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void fault(struct view *v, const char *format, ...)
{
	va_list more;
	va_start(more, format);
	char *text = talloc_vasprintf(v->mem, format, more);
	va_end(more);
	texts_add(v->mem, &v->report->faults, text);
}

static const struct item *find(const struct view *v, const char *name)
{
	for (int i = 0; i < v->items.n; i++)
		if (strcmp(v->items.at[i].name, name) == 0)
			return &v->items.at[i];
	return NULL;
}

static bool map_file(const void *mem, const char *path, struct bytes *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	bool good = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	good = good && mapped_bytes(mem, fd, st.st_size, bytes);
	if (fd >= 0)
		close(fd);
	return good;
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static bool view_folder(struct view *v, const char *path)
{
	char *const paths[] = { copy_text(v->mem, path), NULL };
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	if (walk == NULL)
		return false;
	size_t skip = strlen(path) + 1;
	for (FTSENT *e; (e = fts_read(walk)) != NULL;) {
		if (e->fts_info == FTS_D || e->fts_info == FTS_DP)
			continue;
		const char *name = e->fts_path + skip;
		struct bytes bytes;
		if (e->fts_info != FTS_F || !map_file(v->mem, e->fts_path, &bytes))
			fault(v, "%s: not a regular file that can be read", name);
		else
			*ADD(v->mem, &v->items) = (struct item){ copy_text(v->mem, name), bytes };
	}
	fts_close(walk);
	return true;
}

static bool view_zip(struct view *v, const char *path)
{
	struct bytes bytes, content;
	if (!map_file(v->mem, path, &bytes))
		return false;
	struct zip *z = zip_open(v->mem, bytes);
	size_t top = z->n > 0 ? strcspn(z->entries[0].name, "/") + 1 : 0;
	if (z->n == 0 || z->n_faults > 0)
		fault(v, "the ZIP is damaged or made to mislead (%d faults)", z->n_faults);
	for (int i = 0; i < z->n; i++) {
		const char *name = z->entries[i].name;
		if (z->entries[i].folder)
			continue;
		if (strncmp(name, z->entries[0].name, top) != 0 || name[top] == 0)
			fault(v, "%s: outside the ZIP's one top folder", name);
		else if (!zip_read(v->mem, z, i, ZIP_MAX_ENTRY, &content))
			fault(v, "%s: cannot be unpacked", name + top);
		else
			*ADD(v->mem, &v->items) = (struct item){ copy_text(v->mem, name + top), content };
	}
	return true;
}

static char *hash_of(const void *mem, const char *kind, struct bytes bytes)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	if (EVP_Digest(bytes.at, bytes.len, md, &n, EVP_get_digestbyname(kind), NULL) != 1)
		abort();
	return text_lower(mem, text_hex(mem, md, n));
}

/* Lines "HASH  NAME": each holds; payload: of data/, else of the tag files. */
static void check_manifest(struct view *v, const char *manifest, const char *kind, bool payload)
{
	const struct item *m = find(v, manifest);
	if (m == NULL) {
		fault(v, "%s is missing", manifest);
		return;
	}
	bool *seen = new_array(v->mem, bool, (size_t)v->items.n + 1);
	char *text = copy_part(v->mem, (const char *)m->bytes.at, m->bytes.len), *rest = text;
	for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
		size_t n = strcspn(line, " \t");
		if (*line == 0)
			continue;
		char *name = line + n + strspn(line + n, " \t*");
		const struct item *file = find(v, name);
		line[n] = 0;
		if (file == NULL)
			fault(v, "%s names %s, which is not there", manifest, name);
		else if (seen[file - v->items.at])
			fault(v, "%s names %s twice", manifest, name);
		else if (strcmp(text_lower(v->mem, line), hash_of(v->mem, kind, file->bytes)) != 0)
			fault(v, "%s: %s does not have its hash", manifest, name);
		if (file != NULL)
			seen[file - v->items.at] = true;
	}
	for (int i = 0; i < v->items.n; i++) {
		const char *name = v->items.at[i].name;
		bool is_payload = text_starts(name, "data/"), is_tag_list = text_starts(name, "tagmanifest-");
		if (!seen[i] && (payload ? is_payload : !is_payload && !is_tag_list))
			fault(v, "%s does not name %s", manifest, name);
	}
}

static void check_tags(struct view *v)
{
	static const char says[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
	const struct item *declaration = find(v, "bagit.txt"), *tags = find(v, "bag-info.txt");
	if (declaration == NULL || declaration->bytes.len != strlen(says)
	    || memcmp(declaration->bytes.at, says, strlen(says)) != 0)
		fault(v, "bagit.txt does not say BagIt 1.0, UTF-8");
	for (int i = 0; i < v->items.n; i++)
		if (text_starts(v->items.at[i].name, "data/")) {
			v->report->files++;
			v->report->octets += (int64_t)v->items.at[i].bytes.len;
		}
	char *sum = format_text(v->mem, "Payload-Oxum: %lld.%d\n", (long long)v->report->octets, v->report->files);
	if (tags == NULL || memmem(tags->bytes.at, tags->bytes.len, sum, strlen(sum)) == NULL)
		fault(v, "bag-info.txt does not say %.*s", (int)strlen(sum) - 1, sum);
}

static void drop_doc(void *d) { xmlFreeDoc(d); }
static void drop_schema_reader(void *p) { xmlSchemaFreeParserCtxt(p); }
static void drop_schema(void *s) { xmlSchemaFree(s); }
static void drop_validator(void *c) { xmlSchemaFreeValidCtxt(c); }

struct judged { struct view *view; const char *name; };        /* the document being validated */

static void on_fault(void *with, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void on_fault(void *with, const char *format, ...)
{
	struct judged *j = with;
	va_list more;
	va_start(more, format);
	char *text = talloc_vasprintf(j->view->mem, format, more);
	va_end(more);
	fault(j->view, "%s: %s", j->name, text_line(j->view->mem, text));
}

static char *attribute(const void *mem, xmlNode *n, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(n, (const xmlChar *)name);
	char *text = copy_text(mem, (const char *)value);
	xmlFree(value);
	return text;
}

/* Each source that goes along does so unaltered: its file has the hash it is called by. */
static void check_sources(struct view *v, xmlNode *n)
{
	for (; n != NULL; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (strcmp((const char *)n->name, "source") == 0) {
			char *hash = attribute(v->mem, n, "sha256"), *file = attribute(v->mem, n, "file");
			const struct item *item = file != NULL ? find(v, format_text(v->mem, "data/%s", file)) : NULL;
			if (file != NULL && item == NULL)
				fault(v, "package.xml names %s, which is not there", file);
			else if (item != NULL && strcmp(hash_of(v->mem, "SHA256", item->bytes), hash) != 0)
				fault(v, "%s is not the source that package.xml names", file);
		}
		check_sources(v, n->children);
	}
}

/* Well-formed, without a DTD, and as its schema wants it. NULL: no tree to look at. */
static xmlNode *check_xml(struct view *v, const struct item *p, const char *name, const char *schema)
{
	xmlDoc *doc = p->bytes.len < 1 << 30
		? own(v->mem, xmlReadMemory((const char *)p->bytes.at, (int)p->bytes.len, NULL, NULL,
					    XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING), drop_doc) : NULL;
	if (doc == NULL || doc->intSubset != NULL) {
		fault(v, "data/%s is not well-formed XML without a DTD", name);
		return NULL;
	}
	xmlSchemaParserCtxt *reader = own(v->mem, xmlSchemaNewParserCtxt(schema), drop_schema_reader);
	xmlSchema *rules = reader != NULL ? own(v->mem, xmlSchemaParse(reader), drop_schema) : NULL;
	xmlSchemaValidCtxt *validator = rules != NULL ? own(v->mem, xmlSchemaNewValidCtxt(rules), drop_validator) : NULL;
	if (validator == NULL) {
		fault(v, "%s cannot be used", schema);
		return NULL;
	}
	struct judged j = { v, name };
	xmlSchemaSetValidErrors(validator, on_fault, on_fault, &j);
	xmlSchemaValidateDoc(validator, doc);
	return xmlDocGetRootElement(doc);
}

/* Lines are numbered from 1 without a gap, as many as it says, and no certificate stands on two. */
static void check_lines(struct view *v, xmlNode *lines)
{
	struct texts serials = { 0 };
	int n = 0;
	for (xmlNode *l = lines->children; l != NULL; l = l->next) {
		if (l->type != XML_ELEMENT_NODE || strcmp((const char *)l->name, "line") != 0)
			continue;
		char *number = attribute(v->mem, l, "number"), *serial = attribute(v->mem, l, "serial");
		if (number == NULL || atoi(number) != ++n)
			fault(v, "package.xml: line %d is numbered %s", n, number != NULL ? number : "not at all");
		for (int i = 0; serial != NULL && i < serials.n; i++)
			if (strcmp(serials.at[i], serial) == 0)
				fault(v, "package.xml: certificate %s stands on two lines", serial);
		if (serial != NULL)
			texts_add(v->mem, &serials, serial);
	}
	char *count = attribute(v->mem, lines, "count");
	if (count == NULL || atoi(count) != n)
		fault(v, "package.xml says %s lines and has %d", count != NULL ? count : "no", n);
}

static void check_package(struct view *v, const char *schema)
{
	const struct item *p = find(v, "data/package.xml");
	if (p == NULL) {
		fault(v, "data/package.xml is missing");
		return;
	}
	xmlNode *root = check_xml(v, p, "package.xml", schema);
	if (root == NULL)
		return;
	check_sources(v, root);
	for (xmlNode *n = root->children; n != NULL; n = n->next)
		if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "lines") == 0)
			check_lines(v, n);
}

/* The envelope for the axis, where there is one: its schema stands beside the package's. */
static void check_envelope(struct view *v, const char *schema)
{
	const struct item *e = find(v, "data/package.edxml");
	const char *slash = strrchr(schema, '/');
	if (e != NULL)
		check_xml(v, e, "package.edxml", format_text(v->mem, "%.*s/edxml.xsd", slash != NULL ? (int)(slash - schema) : 1,
							       slash != NULL ? schema : "."));
}

static void check_twin(struct view *v, const char *path)
{
	struct view other = { v->mem, v->report, { 0 } };
	char *twin = format_text(v->mem, "%s.zip", path);
	if (access(twin, F_OK) != 0 || !view_zip(&other, twin))
		return;
	v->report->zip_too = true;
	if (other.items.n != v->items.n)
		fault(v, "the ZIP has %d files, the folder %d", other.items.n, v->items.n);
	for (int i = 0; i < v->items.n; i++) {
		const struct item *mine = &v->items.at[i], *its = find(&other, mine->name);
		if (its == NULL || its->bytes.len != mine->bytes.len
		    || memcmp(its->bytes.at, mine->bytes.at, mine->bytes.len) != 0)
			fault(v, "%s differs between the folder and the ZIP", mine->name);
	}
}

/* The package sealed as a whole (ASiC-E, 'package sign --asic'): the same payload; what its signature is worth, 'verify'
 * says. */
static void check_sealed(struct view *v, const char *path)
{
	struct bytes bytes, content;
	char *sealed = format_text(v->mem, "%s.asice", path);
	if (access(sealed, F_OK) != 0 || !map_file(v->mem, sealed, &bytes))
		return;
	struct zip *z = zip_open(v->mem, bytes);
	int held = 0;
	v->report->sealed_too = true;
	for (int i = 0; i < z->n; i++) {
		const char *name = z->entries[i].name;
		if (z->entries[i].folder || strcmp(name, "mimetype") == 0 || text_starts(name, "META-INF/"))
			continue;
		const struct item *mine = find(v, format_text(v->mem, "data/%s", name));
		held++;
		if (mine == NULL || !zip_read(v->mem, z, i, ZIP_MAX_ENTRY, &content) || content.len != mine->bytes.len
		    || memcmp(content.at, mine->bytes.at, content.len) != 0)
			fault(v, "%s differs between the folder and the sealed whole (.asice)", name);
	}
	if (z->n_faults > 0 || held != v->report->files)
		fault(v, "the sealed whole (.asice) has %d files, the payload %d", held, v->report->files);
}

bool bag_check(const void *mem, const char *path, const char *schema, struct bag_report *report)
{
	*report = (struct bag_report){ .path = copy_text(mem, path) };
	void *work = talloc_new(mem);
	struct view v = { work, report, { 0 } };
	bool is_zip = text_ends(path, ".zip");
	if (is_zip ? !view_zip(&v, path) : !view_folder(&v, path))
		return false;
	check_tags(&v);
	check_manifest(&v, "manifest-sha256.txt", "SHA256", true);
	check_manifest(&v, "manifest-sha512.txt", "SHA512", true);
	check_manifest(&v, "tagmanifest-sha256.txt", "SHA256", false);
	check_manifest(&v, "tagmanifest-sha512.txt", "SHA512", false);
	check_package(&v, schema);
	check_envelope(&v, schema);
	if (!is_zip) {
		check_twin(&v, path);
		check_sealed(&v, path);
	}
	for (int i = 0; i < report->faults.n; i++)
		report->faults.at[i] = copy_text(mem, report->faults.at[i]);
	talloc_steal(mem, report->faults.at);
	talloc_free(work);
	return true;
}

bool bag_find(const void *mem, const char *path, struct texts *found)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return false;
	char *plain = copy_text(mem, path);
	for (size_t n = strlen(plain); n > 1 && plain[n - 1] == '/'; n--)
		plain[n - 1] = 0;
	if (!S_ISDIR(st.st_mode)) {
		texts_add(mem, found, plain);
		return true;
	}
	char *const paths[] = { plain, NULL };
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	for (FTSENT *e; walk != NULL && (e = fts_read(walk)) != NULL;) {
		if (e->fts_info == FTS_D && e->fts_level > 0 && e->fts_name[0] == '.') {
			fts_set(walk, e, FTS_SKIP);    /* what is being built */
			continue;
		}
		if (e->fts_info != FTS_D || access(format_text(mem, "%s/bagit.txt", e->fts_path), F_OK) != 0)
			continue;
		texts_add(mem, found, e->fts_path);
		fts_set(walk, e, FTS_SKIP);
	}
	if (walk != NULL)
		fts_close(walk);
	return true;
}
