/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * index.c - a hash table with open addressing over chains of numbers. See index.h.
 */
#include "index.h"
#include <string.h>

struct entry { const char *key; uint32_t hash; int first, last; };
struct link { int number, next; };

struct index {
	struct entry *slots;
	size_t size, used;
	struct link *links;
	int n, room;
};

static uint64_t hash(const char *key)          /* FNV-1a */
{
	uint64_t h = 14695981039346656037u;
	for (; *key != 0; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return h;
}

static struct entry *slot_of(struct entry *slots, size_t size, const char *key, uint64_t h)
{
	size_t i = h & (size - 1);
	while (slots[i].key != NULL && (slots[i].hash != (uint32_t)(h >> 32) || strcmp(slots[i].key, key) != 0))
		i = (i + 1) & (size - 1);
	return &slots[i];
}

struct index *index_new(const void *mem)
{
	struct index *x = new_zero(mem, struct index);
	x->size = 1024;
	x->slots = new_array(x, struct entry, x->size);
	return x;
}

static void widen(struct index *x)
{
	size_t size = x->size * 2;
	struct entry *slots = new_array(x, struct entry, size);
	for (size_t i = 0; i < x->size; i++)
		if (x->slots[i].key != NULL)
			*slot_of(slots, size, x->slots[i].key, hash(x->slots[i].key)) = x->slots[i];
	talloc_free(x->slots);
	x->slots = slots;
	x->size = size;
}

void index_add(struct index *x, const char *key, int number)
{
	if (x->used * 2 >= x->size)
		widen(x);
	x->links = own_grow(x, x->links, x->n, &x->room, sizeof *x->links);
	x->links[x->n] = (struct link){ number, -1 };
	uint64_t h = hash(key);
	struct entry *e = slot_of(x->slots, x->size, key, h);
	if (e->key == NULL) {
		*e = (struct entry){ key, (uint32_t)(h >> 32), x->n, x->n };
		x->used++;
	} else {
		x->links[e->last].next = x->n;
		e->last = x->n;
	}
	x->n++;
}

int index_first(const struct index *x, const char *key, int *at)
{
	const struct entry *e = slot_of(x->slots, x->size, key, hash(key));
	*at = e->key != NULL ? e->first : -1;
	return *at >= 0 ? x->links[*at].number : -1;
}

int index_next(const struct index *x, int *at)
{
	*at = *at >= 0 ? x->links[*at].next : -1;
	return *at >= 0 ? x->links[*at].number : -1;
}
