/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * summary.h - how a night ends: its report (report_run.h) for a clerk on the terminal and as the page
 * outbox/<date>/report.html, the count of letters, and the exit code.
 */
#pragma once
#include "batch.h"
#include <stdio.h>

/* The text on standard output and the page in the outbox. Returns EXIT_DONE, EXIT_PERSON when something waits
 * for a person, EXIT_BUG when a letter is unaccounted for. */
int summary_of_night(struct night *, int code);

/* What the intake left where it is, and why. */
void summary_of_inbox(const struct intake *, FILE *);
