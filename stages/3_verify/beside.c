/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beside.c - the file that a detached signature signs: beside.h.
 */
#include "beside.h"
#include "text.h"
#include <string.h>

enum { NAME_MAX_BYTES = 255, MAX_WISHES = 16 };

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

char *beside_name(const void *mem, const char *uri)
{
	struct buffer b = { .mem = mem };
	while (text_starts(uri, "./"))
		uri += 2;
	uri += uri[0] == '/';
	for (const char *p = uri; *p != '\0'; p++) {
		if (*p == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0) {
			char byte = (char)(hex(p[1]) << 4 | hex(p[2]));
			buffer_add(&b, &byte, 1);
			p += 2;
		} else
			buffer_add(&b, p, 1);
	}
	return text_nfc_part(mem, b.text != NULL ? b.text : "", b.len);
}

static bool is_plain(const char *name)
{
	size_t len = strlen(name);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F || strchr("/\\:", name[i]) != NULL)
			return false;
	return len > 0 && len <= NAME_MAX_BYTES && name[0] != '.';
}

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

/* Is the other part that file beside this one? The envelope's name may be a path, and what came along has none. */
static bool is_called(const struct part *p, const struct part *other, const char *name)
{
	if (other->inside != p->inside || p->name == NULL || other->name == NULL)
		return false;
	size_t folder = (size_t)(last_name(p->name) - p->name);
	return strcmp(last_name(other->name), name) == 0 &&
	       (p->inside == 0 || ((size_t)(last_name(other->name) - other->name) == folder &&
				   strncmp(other->name, p->name, folder) == 0));
}

bool beside_find(struct letter *l, int part, const char *name, struct bytes *bytes)
{
	const struct part *p = letter_find_part(l, part);
	if (!is_plain(name))
		return false;
	for (int i = 0; i < l->parts.n; i++)
		if (i + 1 != part && is_called(p, &l->parts.at[i], name)) {
			*bytes = l->parts.at[i].bytes;
			return true;
		}
	if (p->inside != 0 || part != 1)
		return false;
	for (int i = 0; i < l->beside.n; i++)
		if (text_same(l->beside.at[i].name, name)) {
			*bytes = l->beside.at[i].bytes;
			return bytes->at != NULL;
		}
	if (l->beside.n < MAX_WISHES)
		letter_add_beside(l, name);
	return false;
}

void beside_wish(struct letter *l, int part, const char *name, const char *sha256)
{
	if (part != 1)
		return;
	struct beside *wish = NULL;
	for (int i = 0; i < l->beside.n && wish == NULL; i++)
		if (text_same(l->beside.at[i].name, name))
			wish = &l->beside.at[i];
	if (wish == NULL && l->beside.n < MAX_WISHES)
		wish = letter_add_beside(l, name);
	if (wish != NULL && wish->bytes.at == NULL)
		wish->sha256 = copy_text(l, sha256);
}
