/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * batch.h - the two loops of a night: every letter through stages 1 to 3, then all of them through 4 and 5.
 * The invariants stand at the head of cmd_run.c.
 */
#pragma once
#include "intake.h"
#include "worker.h"
#include <time.h>

struct night {                                 /* one run */
	struct options *o;
	struct settings judge_settings;        /* as o->settings, with the store */
	struct store *store;
	struct nursery *readers, *judges;
	struct ledger *ledger;
	int64_t run;
	struct timespec started;
	struct intake intake;
	int64_t waiting_before;                /* letters that an earlier run left unfinished */
	int64_t looked_at;                     /* letters whose child came to an end */
};

/* EXIT_DONE; EXIT_BUDGET: letters were left for the next run; EXIT_TRY_LATER and the like: said on stderr. */
int batch_read_letters(struct night *);
int batch_judge(struct night *);

bool night_commit(struct night *, int *code);  /* false: said why */
double night_seconds(const struct night *);    /* since it started */
