/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * zip_make.h - ZIP archives for tests, sound and unsound, put together byte by byte.
 *
 * Everything is stored, unless the entry brings packed bytes of its own (method 8). What the directory says can
 * differ from what stands before the entry.
 */
#pragma once
#include "own.h"
#include <string.h>
#include <zlib.h>

struct zip_make_entry {
	const char *name, *local_name;         /* local_name NULL: the same */
	const void *bytes;
	size_t len;
	uint32_t size;                         /* stated when inflated; 0: len */
	uint16_t method, flags;
	uint32_t at;                           /* 0: a header of its own; else 1 + the offset of another's */
	uint32_t crc;                          /* of a packed entry; else counted */
};

static void put16(struct buffer *b, unsigned v)
{
	uint8_t p[2] = { (uint8_t)v, (uint8_t)(v >> 8) };
	buffer_add(b, p, 2);
}

static void put32(struct buffer *b, uint32_t v)
{
	put16(b, v & 0xFFFF);
	put16(b, v >> 16);
}

static void put_common(struct buffer *b, const struct zip_make_entry *e, const char *name)
{
	put16(b, e->flags);
	put16(b, e->method);
	put32(b, 0x00210000);                  /* 1980-01-01 */
	put32(b, e->method == 8 ? e->crc : (uint32_t)crc32(0, e->bytes, (uInt)e->len));
	put32(b, (uint32_t)e->len);
	put32(b, e->size != 0 ? e->size : (uint32_t)e->len);
	put16(b, (unsigned)strlen(name));
	put16(b, 0);
}

static inline struct bytes zip_make(const void *mem, const struct zip_make_entry *e, int n)
{
	struct buffer b = { .mem = mem };
	uint32_t *at = new_array(mem, uint32_t, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const char *name = e[i].local_name != NULL ? e[i].local_name : e[i].name;
		at[i] = e[i].at > 0 ? e[i].at - 1 : (uint32_t)b.len;
		if (e[i].at > 0)
			continue;
		put32(&b, 0x04034b50);
		put16(&b, 20);
		put_common(&b, &e[i], name);
		buffer_text(&b, name);
		buffer_add(&b, e[i].bytes, e[i].len);
	}
	uint32_t directory = (uint32_t)b.len;
	for (int i = 0; i < n; i++) {
		put32(&b, 0x02014b50);
		put16(&b, 20);
		put16(&b, 20);
		put_common(&b, &e[i], e[i].name);
		put16(&b, 0);
		put32(&b, 0);
		put32(&b, 0);
		put32(&b, at[i]);
		buffer_text(&b, e[i].name);
	}
	uint32_t len = (uint32_t)b.len - directory;
	put32(&b, 0x06054b50);
	put32(&b, 0);
	put16(&b, (unsigned)n);
	put16(&b, (unsigned)n);
	put32(&b, len);
	put32(&b, directory);
	put16(&b, 0);
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}
