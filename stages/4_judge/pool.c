/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pool.c - many small texts with one owner. See pool.h.
 */
#include "pool.h"
#include "index.h"
#include <string.h>

enum { CHUNK = 1 << 20 };

struct pool {
	char *chunk;
	size_t left;
	struct index *words;
	struct { char **at; int n, room; } kept;
};

struct pool *pool_new(const void *mem)
{
	struct pool *p = new_zero(mem, struct pool);
	p->words = index_new(p);
	return p;
}

char *pool_store(struct pool *p, const char *text)
{
	size_t n = strlen(text) + 1;
	if (n > p->left) {
		p->left = n > CHUNK ? n : CHUNK;
		p->chunk = new_array(p, char, p->left);
	}
	char *to = p->chunk;
	memcpy(to, text, n);
	p->chunk += n;
	p->left -= n;
	return to;
}

char *pool_keep(struct pool *p, const char *text)
{
	if (text == NULL)
		return NULL;
	int at, i = index_first(p->words, text, &at);
	if (i >= 0)
		return p->kept.at[i];
	p->kept.at = own_grow(p, p->kept.at, p->kept.n, &p->kept.room, sizeof *p->kept.at);
	p->kept.at[p->kept.n] = pool_store(p, text);
	index_add(p->words, p->kept.at[p->kept.n], p->kept.n);
	return p->kept.at[p->kept.n++];
}
