/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pool.h - many small texts with one owner: laid together, and kept once where they come again and again.
 */
#pragma once
#include "own.h"

struct pool;
struct pool *pool_new(const void *mem);
char *pool_store(struct pool *, const char *text);     /* a copy of its own */
char *pool_keep(struct pool *, const char *text);      /* the one copy of that text; NULL stays NULL */
