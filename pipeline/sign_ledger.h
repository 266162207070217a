/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_ledger.h - what the ledger knows of a package that is to be signed, and the event it gets.
 */
#pragma once
#include "command.h"

struct ledger;

struct entry {
	int64_t id;
	char state[32];
	char *path;
}; /* id 0: the ledger has no such package, or there is none */

/* path: of the folder, absolute, or as the ledger writes it. The ledger is closed again: it may not cross a
 * fork. */
int entry_find(struct options *, const void *mem, const char *path, struct entry *);

/* Between the two the ledger is locked. *l NULL: there is none to be told. */
int entry_begin(struct options *, const void *mem, const struct entry *, struct ledger **l);
int entry_signed(struct options *, struct ledger *, const struct entry *, const char *person,
		 const char *reason);
