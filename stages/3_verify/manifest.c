/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * manifest.c - manifests of signed packages: manifest.h.
 */
#include "manifest.h"
#include "text.h"
#include <openssl/evp.h>
#include <string.h>
#include <strings.h>

enum { MAX_REFERENCES = 4096 };

static void check_reference(struct container *c, struct asic_reference *r, xmlNode *n)
{
	struct bytes want, octets;
	unsigned char have[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	char *method = strict_attribute(c, strict_child(n, NS_DSIG, "DigestMethod"), "Algorithm");
	const EVP_MD *md = xml_digest_method(method, &r->digest);
	r->uri = strict_attribute(c, n, "URI");
	r->media = strict_attribute(c, n, "MimeType");
	r->member = r->uri != NULL ? container_find_uri(c, r->uri) : -1;
	r->code = "REFERENCE_NOT_FOUND";
	if (r->member < 0 || !container_read(c, r->member, &octets))
		return;
	r->code = md == NULL ? "DIGEST_UNKNOWN" : "REFERENCE_BROKEN";
	if (md == NULL)
		return;
	if (!strict_base64(c, strict_child(n, NS_DSIG, "DigestValue"), &want) ||
	    EVP_Digest(octets.at, octets.len, have, &len, md, NULL) != 1) {
		r->intact = NO;
		return;
	}
	r->intact = want.len == len && memcmp(want.at, have, len) == 0 ? YES : NO;
	r->code = r->intact == YES ? NULL : "DIGEST_WRONG";
}

static bool read_manifest(struct container *c, int entry, struct asic_manifest *m)
{
	const char *why;
	xmlDoc *doc = container_read_xml(c, entry, &why);
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	int room = 0;
	if (!strict_is(root, NULL, "ASiCManifest"))
		return false;
	char *uri = strict_attribute(c, strict_child(root, NULL, "SigReference"), "URI");
	*m = (struct asic_manifest){ .entry = entry,
				     .signature = uri != NULL ? container_find_uri(c, uri) : -1 };
	xmlNode *first = strict_child(root, NULL, "DataObjectReference");
	if (first == NULL) /* some signers nest them one level too deep */
		first = strict_child(strict_child(root, NULL, "SigReference"), NULL, "DataObjectReference");
	for (xmlNode *n = first; n != NULL && m->n < MAX_REFERENCES; n = strict_next(n)) {
		m->references = own_grow(c, m->references, m->n, &room, sizeof *m->references);
		struct asic_reference *r = &m->references[m->n++];
		*r = (struct asic_reference){ .member = -1 };
		check_reference(c, r, n);
	}
	return m->n > 0;
}

struct asic_manifest *manifest_read_all(struct container *c, int *n, int *broken)
{
	struct asic_manifest *all = new_array(c, struct asic_manifest, (size_t)c->zip->n + 1);
	*n = *broken = 0;
	for (int i = 0; i < c->zip->n; i++) {
		const char *name = container_name(c, i);
		if (strncasecmp(name, "META-INF/ASiC", 13) != 0 || strcasestr(name, "manifest") == NULL ||
		    !text_ends(name, ".xml"))
			continue;
		if (read_manifest(c, i, &all[*n]))
			(*n)++;
		else
			(*broken)++;
	}
	return all;
}

const struct asic_manifest *manifest_of(const struct asic_manifest *all, int n, int signature)
{
	for (int i = 0; i < n; i++)
		if (all[i].signature == signature)
			return &all[i];
	return NULL;
}

struct odf_manifest manifest_read_odf(struct container *c)
{
	struct odf_manifest m = { 0 };
	int room = 0, entry = container_find(c, "META-INF/manifest.xml");
	m.there = entry >= 0;
	if (!m.there)
		return m;
	const char *why;
	xmlDoc *doc = container_read_xml(c, entry, &why);
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	m.broken = !strict_is(root, NULL, "manifest");
	for (xmlNode *n = m.broken ? NULL : strict_child(root, NULL, "file-entry"); n != NULL;
	     n = strict_next(n)) {
		m.entries = own_grow(c, m.entries, m.n, &room, sizeof *m.entries);
		m.entries[m.n++] = n;
		m.encrypted = m.encrypted || strict_child(n, NULL, "encryption-data") != NULL;
	}
	return m;
}

/* The manifest's attributes stand in its namespace. */
static char *attribute(const void *mem, const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, name) == 0) {
			xmlChar *value = xmlNodeListGetString(n->doc, a->children, 1);
			char *out = text_nfc(mem, value != NULL ? (const char *)value : "");
			xmlFree(value);
			return out;
		}
	return NULL;
}

const char *manifest_media(struct container *c, const struct odf_manifest *m, const char *name)
{
	for (int i = 0; i < m->n; i++)
		if (text_same(attribute(c, m->entries[i], "full-path"), name))
			return attribute(c, m->entries[i], "media-type");
	return NULL;
}

bool manifest_lists_all(struct container *c, const struct odf_manifest *m, const char **missing)
{
	for (int i = 0; i < m->n; i++) {
		char *path = attribute(c, m->entries[i], "full-path");
		if (path == NULL || path[0] == '\0' || text_ends(path, "/"))
			continue;
		if (container_find(c, path) < 0) {
			*missing = path;
			return false;
		}
		for (int k = 0; k < i; k++)
			if (text_same(attribute(c, m->entries[k], "full-path"), path)) {
				*missing = path;
				return false;
			}
	}
	return true;
}
