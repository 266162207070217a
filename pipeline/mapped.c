/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mapped.c - see mapped.h.
 */
#include "mapped.h"
#include <sys/mman.h>

struct mapped { void *at; size_t len; };

static int unmap(struct mapped *m) { return munmap(m->at, m->len); }

bool mapped_bytes(const void *mem, int fd, off_t size, struct bytes *bytes)
{
	*bytes = (struct bytes){ (const uint8_t *)"", 0 };
	if (size <= 0)
		return true;
	void *at = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return false;
	struct mapped *m = new_zero(mem, struct mapped);
	*m = (struct mapped){ at, (size_t)size };
	talloc_set_destructor(m, unmap);
	*bytes = (struct bytes){ at, m->len };
	return true;
}
