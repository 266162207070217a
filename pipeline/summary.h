/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * summary.h - what a night did, for a clerk: on the terminal, and as the page outbox/<date>/report.html.
 */
#pragma once
#include "batch.h"
#include <stdio.h>

/* The text on standard output and the page in the outbox. Returns EXIT_DONE, EXIT_PERSON when something waits
 * for a person, EXIT_BUG when a letter is unaccounted for. */
int summary_of_night(struct night *, int code);

/* The same text of any run, from the ledger alone; only_problems leaves out what needs nobody. */
void summary_text(struct ledger *, int64_t run, enum lang, bool only_problems, FILE *);
/* A page that needs nothing beside itself: no script, no picture, no address; prints on A4. */
void summary_html(struct ledger *, int64_t run, enum lang, FILE *);
