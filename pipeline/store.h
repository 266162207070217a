/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store.h - bytes by their hash: state/store/ab/<sha256>, read-only, never changed, never deleted.
 *
 * The order of DESIGN's durable intake: copy to store/tmp while hashing, fsync, link to its place, and (once
 * for many objects) store_sync() for the folders. Only what came before a store_sync() that said true may be
 * named in a ledger commit. An object that was damaged on the disk is replaced when its bytes come again. A crash
 * leaves at most a stray file in store/tmp, which the next run sweeps away, or an object nobody names yet, which
 * the next intake of the same bytes adopts.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

struct store;

struct stored {
	char sha256[65];
	int64_t size;
	bool known;                            /* the bytes were there before */
};

/* Makes the folders. NULL: errno says why. Several processes may have it open. */
struct store *store_open(const void *mem, const char *state);

/* Removes what processes that are gone left half copied; what one that lives is copying stays. */
void store_sweep(struct store *);

/* Copies everything of an open regular file. False: errno says why (ENOSPC, EIO ...); nothing is left behind. */
bool store_take(struct store *, int fd, struct stored *);
bool store_sync(struct store *);               /* false: treat what was taken since as lost (errno) */

const char *store_root(const struct store *);
char *store_path(const struct store *, const void *mem, const char *sha256);
int store_read(const struct store *, const char *sha256);      /* open for reading, or -1 and errno */
bool store_sound(const struct store *, const char *sha256);    /* its bytes still have its hash; false and errno 0: others */
bool store_map(const struct store *, const void *mem, const char *sha256, struct bytes *);     /* false: errno */
