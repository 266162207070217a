/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_asic.c - the manifest, and a ZIP of stored entries (APPNOTE 4.3). See write_asic.h.
 */
#include "write_asic.h"
#include "markup.h"
#include "text.h"
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MANIFEST "META-INF/ASiCManifest001.xml"
#define SIGNATURE "META-INF/signature001.p7s"

static const char *media_of(const char *name)
{
	static const struct {
		const char *ending, *media;
	} known[] = {
		{ ".pdf", "application/pdf" },
		{ ".xml", "application/xml" },
		{ ".edxml", "application/xml" },
		{ ".json", "application/json" },
		{ ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
		{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
		{ 0 },
	};
	for (int i = 0; known[i].ending != NULL; i++)
		if (text_ends(name, known[i].ending))
			return known[i].media;
	return "application/octet-stream";
}

static char *digest(const void *mem, struct bytes b)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	if (EVP_Digest(b.at, b.len, md, &n, EVP_sha256(), NULL) != 1)
		abort();
	return text_base64(mem, (struct bytes){ md, n });
}

struct bytes asic_manifest(const void *mem, const struct packed *files, int n)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\""
			" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n"
			" <asic:SigReference URI=\"" SIGNATURE
			"\" MimeType=\"application/x-pkcs7-signature\"/>\n");
	for (int i = 0; i < n; i++) {
		buffer_text(&b, " <asic:DataObjectReference URI=\"");
		markup_text(&b, files[i].name);
		buffer_format(&b,
			      "\" MimeType=\"%s\">\n  <ds:DigestMethod "
			      "Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\n"
			      "  <ds:DigestValue>%s</ds:DigestValue>\n </asic:DataObjectReference>\n",
			      media_of(files[i].name), digest(mem, files[i].bytes));
	}
	buffer_text(&b, "</asic:ASiCManifest>\n");
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}

static void little(struct buffer *b, uint64_t value, int width)
{
	for (int i = 0; i < width; i++, value >>= 8) {
		uint8_t byte = (uint8_t)value;
		buffer_add(b, &byte, 1);
	}
}

struct zipping {
	struct buffer out, directory;
	int n;
};

/* The fields that local header and directory share: version 2.0, UTF-8 names, stored, 1980-01-01. */
static void shared(struct buffer *b, const char *name, struct bytes content)
{
	little(b, 20, 2);
	little(b, 1 << 11, 2);
	little(b, 0, 2);
	little(b, 0, 2);
	little(b, 0x21, 2);
	little(b, crc32_z(crc32_z(0, NULL, 0), content.at, content.len), 4);
	little(b, content.len, 4);
	little(b, content.len, 4);
	little(b, strlen(name), 2);
	little(b, 0, 2);
}

static void put(struct zipping *z, const char *name, struct bytes content)
{
	size_t at = z->out.len;
	if (at + content.len > UINT32_MAX - 65536 || z->n == UINT16_MAX - 1)
		abort(); /* the caller keeps packages below the limit of edXML and the portal */
	buffer_text(&z->out, "PK\3\4");
	shared(&z->out, name, content);
	buffer_text(&z->out, name);
	buffer_add(&z->out, content.at, content.len);
	buffer_text(&z->directory, "PK\1\2");
	little(&z->directory, 3 << 8 | 20, 2);
	shared(&z->directory, name, content);
	little(&z->directory, 0, 2);
	little(&z->directory, 0, 2);
	little(&z->directory, 0, 2);
	little(&z->directory, (uint64_t)0100644 << 16, 4);
	little(&z->directory, at, 4);
	buffer_text(&z->directory, name);
	z->n++;
}

struct bytes write_asic(const void *mem, const struct packed *files, int n, struct bytes manifest,
			struct bytes signature)
{
	static const char type[] = "application/vnd.etsi.asic-e+zip";
	struct zipping z = { .out.mem = mem, .directory.mem = mem };
	put(&z, "mimetype", (struct bytes){ (const uint8_t *)type, sizeof type - 1 });
	put(&z, MANIFEST, manifest);
	put(&z, SIGNATURE, signature);
	for (int i = 0; i < n; i++)
		put(&z, files[i].name, files[i].bytes);
	size_t at = z.out.len;
	buffer_add(&z.out, z.directory.text, z.directory.len);
	buffer_text(&z.out, "PK\5\6");
	little(&z.out, 0, 4);
	little(&z.out, (uint64_t)z.n, 2);
	little(&z.out, (uint64_t)z.n, 2);
	little(&z.out, z.directory.len, 4);
	little(&z.out, at, 4);
	little(&z.out, 0, 2);
	return (struct bytes){ (const uint8_t *)z.out.text, z.out.len };
}
