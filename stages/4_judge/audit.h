/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit.h - a whole inventory judged at once: certificates x mergers x requests -> decisions.
 *
 * The same facts and rules as in a batch of letters; only the lists come as files. A bad row (no serial, a day
 * that is none, a serial that stood above) is told with its line and the others go on.
 */
#pragma once
#include "inventory.h"
#include "judge.h"

struct audit_input {
	struct bytes inventory, assignments, requests;         /* at NULL: none */
};

struct bad_row { int line; const char *file, *vi, *en; };

struct audit {
	struct inventory *inventory;
	struct decision *decisions;            /* one a certificate, in the inventory's order */
	struct batch *batch;                   /* findings about requests */
	struct { struct bad_row *at; int n, room; } bad;
};

/* NULL: the inventory cannot be read, why says where. */
struct audit *audit_run(const void *mem, const struct settings *, const struct judge *, const struct audit_input *,
			char **why);
