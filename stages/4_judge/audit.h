/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit.h - a whole inventory judged at once: certificates x mergers x requests -> decisions.
 *
 * The same facts and rules as in a batch of letters; only the lists come as files. A bad row (no serial, a day
 * that is none, a serial that stood above) is told with its line and the others go on; what stands below a list and is no
 * row of it (remarks, sums, who signs) is told in one line. A list whose dates can only be month/day/year is read so.
 */
#pragma once
#include "inventory.h"
#include "judge.h"
#include "sheet.h"

struct audit_input {
	struct bytes inventory, assignments, requests;         /* at NULL: none */
};

struct bad_row {
	int line;
	const char *file;                      /* "inventory", "assignments" or "requests" */
	const char *vi, *en;
	bool counts;                           /* only told: the row counts all the same, or is no row of the list */
};

struct audit {
	struct inventory *inventory;
	struct decision *decisions;            /* one a certificate, in the inventory's order */
	struct batch *batch;                   /* findings about requests */
	struct { struct bad_row *at; int n, room; } bad;
};

/* NULL: the inventory cannot be read; file (as in struct bad_row) and why say which, what is wrong,
 * what to do. */
struct audit *audit_run(const void *mem, const struct settings *, const struct judge *, const struct audit_input *,
			const char **file, struct sheet_trouble *why);
