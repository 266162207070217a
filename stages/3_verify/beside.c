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
	struct buffer b = {.mem = mem};
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

bool beside_find(struct letter *l, int part, const char *name, struct bytes *bytes)
{
	const struct part *p = letter_find_part(l, part);
	if (!is_plain(name))
		return false;
	const char *slash = p->name != NULL ? strrchr(p->name, '/') : NULL;
	size_t folder = slash != NULL ? (size_t)(slash - p->name) + 1 : 0;
	for (int i = 0; i < l->parts.n && p->inside != 0; i++) {
		const struct part *other = &l->parts.at[i];
		if (i + 1 != part && other->inside == p->inside && other->name != NULL &&
		    strncmp(other->name, p->name, folder) == 0 && strlen(other->name) > folder &&
		    strcmp(other->name + folder, name) == 0) {
			*bytes = other->bytes;
			return true;
		}
	}
	if (p->inside != 0)
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
