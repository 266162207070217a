/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answers.h - what persons answer, checked against the questions of the ledger and kept there as events.
 *
 * Answers come by `congvan decide --in` and by a worksheet in the inbox; both go through here, so that both are
 * held to the same: a question of the ledger, one of its choices, a name and a reason; and of a group that must
 * choose one, exactly one certificate is chosen or none of its rows is taken. Nothing is overwritten: the later
 * answer counts and the earlier one stays.
 */
#pragma once
#include "ledger.h"

struct answered {                              /* set the first six; texts may be "" but not NULL; id "": by serial */
	const char *id, *serial, *choice, *person, *reason;
	int row;                               /* of the sheet, for people */
	const char *answer;                    /* as the ledger has it: choose revoke ... */
	char *group;                           /* of choose-one, else NULL */
	const char *vi, *en;                   /* why it is not taken; NULL: it is */
};

int answers_check(struct ledger *, const void *mem, struct answered *, int n);        /* how many are not taken */
void answers_put(struct ledger *, const struct answered *, int n, const char *given);  /* inside a transaction */
