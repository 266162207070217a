/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * intake.h - from the inbox into store and ledger; nothing that came is ever lost.
 *
 *     file in inbox ─copy─▶ store/tmp ─fsync, link─▶ store/ab/… ─ledger commit─▶ inbox/done/<date>/name
 *
 * I1  A file leaves the inbox only after its bytes and its arrival are safe.
 * I2  It goes to done/, under its own name (or name~N); it is never deleted and never written over another.
 * I3  The same bytes are one letter; each time they come is an arrival.
 * I4  Cut off after the commit and before the move, the arrival is recognised by name, inode, time and size,
 *     and only the move is made up for.
 * I5  Links, folders, devices are never followed; they stay where they are and are told.
 * I6  A detached signature (x.pdf.p7s) is taken after its file (x.pdf), and is one letter with it while that waits to
 *     be read; one whose file is not there yet is a letter of its own until the file comes (table wish).
 */
#pragma once
#include "command.h"
#include "ledger.h"
#include "store.h"

struct intake {                                /* set the first five; the rest is counted */
	const struct options *o;
	struct ledger *ledger;
	struct store *store;
	int64_t run;
	const char *received;                  /* instant of this run */
	int64_t fresh, joined, duplicates, made_up, unsettled, skipped; /* joined: signatures read with another file */
	struct texts told;                     /* "name: why", of what was left where it is */
};

/* Everything that is settled in the inbox. EXIT_DONE, or why it stopped (said on stderr). With o->dry_run it
 * counts only and writes nothing. mem owns `told`. */
int intake_all(struct intake *, const void *mem);
