/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_run.h - what runs did, from the ledger alone: on a terminal, as a page, as a workbook.
 *
 * Everything is asked of the ledger, so a report can be made again of any run, or of all since a day, and is the
 * same then. The letters of runs are those that came in them, those their stages looked at, and those their
 * batches judged. Reports stream: one letter's record is in memory at a time, and a page that would grow without
 * end is cut with a line that says where the rest is.
 */
#pragma once
#include "command.h"
#include "ledger.h"
#include <stdio.h>

struct runs { int64_t first, last; };          /* ids, both counted; one run: the same twice */

/* only_problems leaves out what needs nobody. Of letters that need a person it tells `most`, then how many more there
 * are; 0: all. */
void report_run_text(struct ledger *, struct runs, enum lang, bool only_problems, int most, FILE *);

/* A page that needs nothing beside itself: no script, no picture, no address; prints on A4. outbox: what leads
 * from the page to the files of the outbox ("../", "file:///srv/out/"), already escaped for a URL. */
void report_run_page(struct ledger *, struct runs, enum lang, const char *outbox, FILE *);

/* The same as lists, a sheet a kind: letters, findings, decisions, packages. Every cell is text. False: errno. */
bool report_run_book(struct ledger *, struct runs, enum lang, FILE *);
