/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bag.c - BagIt 1.0. See bag.h.
 */
#include "bag.h"
#include "text.h"
#include "write_zip.h"
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct bag *bag_new(const void *mem) { return new_zero(mem, struct bag); }

void bag_add(struct bag *b, const char *name, struct bytes bytes, const char *object)
{
	*ADD(b, &b->files) = (struct bag_file){ copy_text(b, name), bytes, copy_text(b, object) };
}

/* RFC 8493 2.2.2: a value is one line. */
void bag_tag(struct bag *b, const char *name, const char *value)
{
	if (value != NULL && *value != 0)
		*ADD(b, &b->tags) = (struct attr){ copy_text(b, name), text_line(b, value) };
}

static char *hash_of(const void *mem, const char *kind, struct bytes bytes)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	if (EVP_Digest(bytes.at, bytes.len, md, &n, EVP_get_digestbyname(kind), NULL) != 1)
		abort();
	return text_lower(mem, text_hex(mem, md, n));
}

static struct bytes manifest(const void *mem, const char *kind, const struct packed *files, int n)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < n; i++)
		buffer_format(&b, "%s  %s\n", hash_of(mem, kind, files[i].bytes), files[i].name);
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}

static struct bytes tags(const void *mem, const struct bag *bag)
{
	struct buffer b = { .mem = mem };
	size_t octets = 0;
	for (int i = 0; i < bag->tags.n; i++)
		buffer_format(&b, "%s: %s\n", bag->tags.at[i].name, bag->tags.at[i].value);
	for (int i = 0; i < bag->files.n; i++)
		octets += bag->files.at[i].bytes.len;
	buffer_format(&b, "Payload-Oxum: %zu.%d\n", octets, bag->files.n);
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}

void bag_write(struct batch *b, const struct bag *bag, const char *folder, const char *name)
{
	static const char declaration[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
	void *work = talloc_new(b);
	int n = bag->files.n, t = 0;
	struct packed *data = new_array(work, struct packed, (size_t)n + 6), *tag = data + n;
	for (int i = 0; i < n; i++)
		data[i] = (struct packed){ format_text(work, "data/%s", bag->files.at[i].name), bag->files.at[i].bytes };
	tag[t++] = (struct packed){ "bagit.txt", { (const uint8_t *)declaration, strlen(declaration) } };
	tag[t++] = (struct packed){ "bag-info.txt", tags(work, bag) };
	tag[t++] = (struct packed){ "manifest-sha256.txt", manifest(work, "SHA256", data, n) };
	tag[t++] = (struct packed){ "manifest-sha512.txt", manifest(work, "SHA512", data, n) };
	struct bytes tags256 = manifest(work, "SHA256", tag, t), tags512 = manifest(work, "SHA512", tag, t);
	tag[t++] = (struct packed){ "tagmanifest-sha256.txt", tags256 };
	tag[t++] = (struct packed){ "tagmanifest-sha512.txt", tags512 };
	for (int i = 0; i < n + t; i++) {
		char *path = format_text(work, "%s/%s/%s", folder, name, data[i].name);
		const char *object = i < n ? bag->files.at[i].object : NULL;
		struct output *o = batch_add_output(b, path, object != NULL ? (struct bytes){ 0 } : data[i].bytes);
		o->object = copy_text(b, object);
	}
	batch_add_output(b, format_text(work, "%s/%s.zip", folder, name), (struct bytes){ 0 });
	talloc_free(work);
}
