/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * facts.h - the database that rules see: in memory, fresh for each batch, holding facts and the law's tables.
 *
 * Filled through plain statements, then facts_close_doors(): from there on only SELECT over the tables of
 * schemas/facts.sql passes, with the functions of functions.h and a short list of SQLite's own. No clock, no
 * random, no file, double quotes are names only. A rule that works longer than its facts allow is stopped.
 */
#pragma once
#include "rule.h"
#include <sqlite3.h>

struct registry;

struct facts {
	sqlite3 *db;
	const struct book *book;
	const struct registry *registry;       /* of units, for same_body(); or NULL */
	int64_t rows;                          /* filled so far: how long a rule may work follows from it */
	int64_t steps, steps_allowed;
	bool closed;
	bool filling;                          /* an insert of our own runs, not a rule */
};

struct facts *facts_open(const void *mem, const struct book *, char **why);
void facts_close_doors(struct facts *);

/* One row into a table, a value for each of its columns in their order: TEXT takes const char * (NULL and ""
 * are NULL), INTEGER int (-1 is NULL), INT int64_t, REAL double. */
struct filler;
struct filler *filler_new(const void *mem, struct facts *, const char *table);
void filler_add(struct filler *, ...);

/* Runs a rule's SELECT; row() is called for each row and may stop it. False: why. */
bool facts_run(struct facts *, const struct rule *, bool (*row)(void *with, sqlite3_stmt *), void *with, char **why);
int facts_column(sqlite3_stmt *, const char *name);    /* -1: not selected */
const char *facts_text(sqlite3_stmt *, const char *name);      /* NULL: not selected, or NULL */

/* Does every rule of the book prepare, with the columns it must have? */
bool facts_check(const struct book *, char **why);

/* Runs cases of INSERTs for tests: any statement, before the doors close. */
bool facts_insert(struct facts *, const char *sql, char **why);
