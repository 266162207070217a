/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * own.h - memory with owners.
 *
 * Everything known about a letter hangs below its talloc context and goes with it. A handle of a foreign
 * library (xmlDoc, PopplerDocument, CMS_ContentInfo) is given an owner on the line that makes it, so that a
 * function may return from anywhere:
 *
 *	xmlDoc *doc = own(mem, xmlReadMemory(...), drop_doc);
 *	if (doc == NULL)
 *		return finding(...);
 *
 * None of the functions here returns NULL for want of memory: a letter too big for its budget ends the
 * process, and the supervisor tells why (DESIGN, "we are bad"). Nothing outside own.c calls free() on what
 * was made here.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <talloc.h>

/* A run of bytes that somebody else owns; not terminated. */
struct bytes {
	const uint8_t *at;
	size_t len;
};

#define new_zero(mem, type) ((type *)own_zero((mem), sizeof(type), 1, #type))
#define new_array(mem, type, n) ((type *)own_zero((mem), sizeof(type), (n), #type "[]"))

void *own_zero(const void *mem, size_t size, size_t n, const char *name);

/* Room for one more element in a growing array: at may move, so keep indices, not pointers. */
void *own_grow(const void *mem, void *at, int n, int *room, size_t size);

/* Gives a foreign handle to mem: drop(handle) runs when mem is freed, in reverse order of owning.
 * NULL stays NULL. Returns the handle. */
void *own_handle(const void *mem, void *handle, void (*drop)(void *));
#define own(mem, handle, drop) own_handle((mem), (handle), (drop))

char *copy_text(const void *mem, const char *text);                     /* NULL stays NULL */
char *copy_part(const void *mem, const char *text, size_t len);
struct bytes copy_bytes(const void *mem, const void *at, size_t len);  /* copies end in an uncounted NUL */
char *format_text(const void *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Text that grows; text is always terminated. Make it with {.mem = mem}. */
struct buffer {
	const void *mem;
	char *text;
	size_t len, room;
};
void buffer_add(struct buffer *, const void *bytes, size_t len);
void buffer_text(struct buffer *, const char *text);
void buffer_format(struct buffer *, const char *format, ...) __attribute__((format(printf, 2, 3)));
