/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * own.c - memory with owners, over talloc. See own.h.
 */
#include "own.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Row three of the table of errors: the process ends, its supervisor writes the finding. */
static _Noreturn void out_of_memory(void)
{
	static const char says[] = "out of memory\n";
	ssize_t written = write(STDERR_FILENO, says, sizeof says - 1);
	(void)written;
	abort();
}

static void *or_die(void *p)
{
	if (p == NULL)
		out_of_memory();
	return p;
}

void *own_zero(const void *mem, size_t size, size_t n, const char *name)
{
	size_t total;
	if (__builtin_mul_overflow(size, n, &total))
		out_of_memory();
	void *p = or_die(talloc_named_const(mem, total, name));
	memset(p, 0, total);
	return p;
}

void *own_grow(const void *mem, void *at, int n, int *room, size_t size)
{
	if (n < *room)
		return at;
	size_t more = *room == 0 ? 8 : (size_t)*room * 2;
	if (more > INT32_MAX / 2 || more * size > SIZE_MAX / 2)
		out_of_memory();
	at = or_die(talloc_realloc_size(mem, at, more * size));
	memset((char *)at + (size_t)*room * size, 0, (more - (size_t)*room) * size);
	*room = (int)more;
	return at;
}

struct owned {
	void *handle;
	void (*drop)(void *);
};

static int owned_end(struct owned *o)
{
	if (o->handle != NULL)
		o->drop(o->handle);
	o->handle = NULL;
	return 0;
}

void *own_handle(const void *mem, void *handle, void (*drop)(void *))
{
	if (handle == NULL)
		return NULL;
	struct owned *o = new_zero(mem, struct owned);
	o->handle = handle;
	o->drop = drop;
	talloc_set_destructor(o, owned_end);
	return handle;
}

char *copy_text(const void *mem, const char *text)
{
	return text == NULL ? NULL : or_die(talloc_strdup(mem, text));
}

char *copy_part(const void *mem, const char *text, size_t len)
{
	return or_die(talloc_strndup(mem, text, len));
}

struct bytes copy_bytes(const void *mem, const void *at, size_t len)
{
	uint8_t *p = or_die(talloc_size(mem, len + 1));
	if (len > 0)
		memcpy(p, at, len);
	p[len] = 0;
	return (struct bytes){ p, len };
}

char *format_text(const void *mem, const char *format, ...)
{
	va_list more;
	va_start(more, format);
	char *text = talloc_vasprintf(mem, format, more);
	va_end(more);
	return or_die(text);
}

void buffer_add(struct buffer *b, const void *bytes, size_t len)
{
	if (b->len + len + 1 > b->room) {
		size_t room = b->room < 128 ? 256 : b->room * 2;
		while (room < b->len + len + 1)
			room *= 2;
		b->text = or_die(talloc_realloc_size(b->mem, b->text, room));
		b->room = room;
	}
	if (len > 0)
		memcpy(b->text + b->len, bytes, len);
	b->len += len;
	b->text[b->len] = 0;
}

void buffer_text(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void buffer_format(struct buffer *b, const char *format, ...)
{
	char small[512];
	va_list more;
	va_start(more, format);
	int n = vsnprintf(small, sizeof small, format, more);
	va_end(more);
	if (n < 0)
		out_of_memory();
	if ((size_t)n < sizeof small) {
		buffer_add(b, small, (size_t)n);
		return;
	}
	char *big = or_die(talloc_size(NULL, (size_t)n + 1));
	va_start(more, format);
	vsnprintf(big, (size_t)n + 1, format, more);
	va_end(more);
	buffer_add(b, big, (size_t)n);
	talloc_free(big);
}
