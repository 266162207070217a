/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * outbox.h - outputs of 5_emit become files, whole or not at all.
 *
 * Everything is built below outbox/.tmp, synced as a whole, and renamed into its place; only then may the ledger
 * name it. A unit is what one rename moves: a bag's folder (the one that holds bagit.txt), or a file that is in
 * no bag. A unit that is there already with the same bytes was put there by a run that was cut off: it is taken
 * as it is. One that is there with other bytes is a sealed paper of an earlier run: it stays, and the new one
 * goes beside it as NAME-2.
 */
#pragma once
#include "command.h"
#include "store.h"

struct placed {                                /* one file as it now stands */
	char *path, *unit;                     /* below the outbox */
	char sha256[65];
	int64_t size;
	bool is_bag;
};

struct outbox {                                /* set the first two */
	const char *folder;
	const struct store *store;
	LIST(struct placed) placed;
};

/* EXIT_DONE; or why not, said on stderr, and nothing the ledger may name was changed. Paths that are not plain
 * are our bug (EXIT_BUG): they are refused before anything is written. */
int outbox_place(struct outbox *, const struct batch *, const void *mem);
int outbox_sweep(const char *folder);          /* what a killed run left below .tmp */

/* A file of the supervisor's own (the night's report), replaced as a whole. */
bool outbox_replace(const char *folder, const char *path, struct bytes);
