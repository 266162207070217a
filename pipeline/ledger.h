/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ledger.h - the one place that opens the database; schemas/ledger.sql says what stands in it.
 *
 * WAL, synchronous=FULL: what ledger_commit() said true to survives a power cut. One writer (the run lock);
 * readers (list, show, report) open it read-only beside it. A failing statement inside a transaction makes
 * every later one fail until ledger_begin(), so callers ask once, at the commit; the reason and the exit code
 * of INTERFACE (75: full or locked, try later; 74; 78: not our file or from a newer program) are kept.
 *
 * Values are bound by a text of types: t text or NULL, i int64_t, r double, b struct bytes *.
 */
#pragma once
#include "letter.h"

struct ledger;
/* Of decision d: nobody has settled it. It was left to a person, or asks for a form and is in no package. */
#define DECISION_WAITS \
	"(d.action IN ('choose-one', 'needs-person') OR (d.form IS NOT NULL AND NOT EXISTS (SELECT 1 FROM package_line p " \
	"WHERE p.serial = serial_key(d.serial))))"

struct row;                                    /* of a query, valid until the next one */

enum ledger_use { LEDGER_READ, LEDGER_WRITE, LEDGER_MAKE };    /* MAKE: write, and made when not there */

/* NULL: *why and *code say why. data: the folder of schemas/ledger.sql. */
struct ledger *ledger_open(const void *mem, const char *state, const char *data, enum ledger_use, int *code,
			   char **why);

bool ledger_begin(struct ledger *);
bool ledger_commit(struct ledger *);           /* false: rolled back; nothing of it was written */
bool ledger_put(struct ledger *, const char *sql, const char *types, ...);
int64_t ledger_last_id(const struct ledger *);
bool ledger_failed(const struct ledger *, int *code, const char **why);

/* for (q = ledger_ask(l, "SELECT ...", "t", x); row_next(q);) - ends and forgets itself after the last row.
 * Texts and bytes are valid until the next row_next() of the same query. */
struct row *ledger_ask(struct ledger *, const char *sql, const char *types, ...);
bool row_next(struct row *);
void row_stop(struct row *);                   /* before the last row */
const char *row_text(const struct row *, int column);          /* NULL for NULL */
struct bytes row_bytes(const struct row *, int column);
int64_t row_int(const struct row *, int column);
double row_real(const struct row *, int column);
int64_t ledger_count(struct ledger *, const char *sql, const char *types, ...); /* first column of the first row */

/* "" when sound, else what SQLite's integrity_check and foreign_key_check say. */
char *ledger_integrity(struct ledger *, const void *mem);
bool ledger_copy_to(struct ledger *, const char *path);        /* a sound copy while others read (backup API) */
