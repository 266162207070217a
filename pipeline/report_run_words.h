/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_run_words.h - what the three reports of runs share: whose letters they are, what a letter says of itself,
 * and the words for outcomes and actions.
 */
#pragma once
#include "report_run.h"

/* Letters (mine) and batches of the runs ?1 to ?2; the queries of reports start with it and bind RUNS. */
#define OF_RUNS "WITH mine AS (SELECT letter AS id FROM attempt WHERE run BETWEEN ?1 AND ?2 AND letter IS NOT NULL UNION " \
	"SELECT l.id FROM letter l JOIN attempt a ON a.batch = l.batch WHERE a.run BETWEEN ?1 AND ?2 UNION " \
	"SELECT letter FROM arrival WHERE run BETWEEN ?1 AND ?2), " \
	"batches AS (SELECT DISTINCT batch AS id FROM attempt WHERE run BETWEEN ?1 AND ?2 AND batch IS NOT NULL) "
#define RUNS(r) (r).first, (r).last

/* What became of letter l: accept hold reject quarantined linked waiting. */
#define OUTCOME "CASE WHEN l.state IN ('quarantined', 'linked') THEN l.state " \
	"WHEN l.state = '5_emit' THEN l.disposition ELSE 'waiting' END"

/* Packages made before the runs' own batches and neither fulfilled nor returned: way(path, state, step, lines, done, wrong). */
#define LAST_OF_LINE(n) "(SELECT status FROM line_event v WHERE v.line = " n ".id ORDER BY v.id DESC LIMIT 1)"
#define UNDER_WAY "WITH way AS (SELECT p.id, p.path, coalesce(e.status, 'drafted') AS state, coalesce(instr('signed submitted accepted', " \
	"e.status), 0) AS step, count(n.id) AS lines, sum(" LAST_OF_LINE("n") " IS 'done') AS done, sum(" LAST_OF_LINE("n") \
	" IS 'wrong') AS wrong FROM package p JOIN package_line n ON n.package = p.id LEFT JOIN package_event e ON e.id = " \
	"(SELECT max(id) FROM package_event WHERE package = p.id) WHERE p.batch NOT IN (SELECT batch FROM attempt " \
	"WHERE run BETWEEN ?1 AND ?2 AND batch IS NOT NULL) AND coalesce(e.status, '') NOT IN ('fulfilled', 'returned') GROUP BY p.id) "

struct phrase { const char *key, *vi, *en; };
extern const struct phrase run_outcomes[], run_actions[], package_states[];      /* in the order they are told; a NULL key ends */
const char *phrase_of(const struct phrase *, const char *key, enum lang);      /* key when unknown, "-" for NULL */

/* What a person knows a letter by, read from its record; texts are "" where nothing was read. */
struct letter_face { char *agency, *code, *date, *subject; };
struct letter_face letter_face(const void *mem, const char *record);

char *instant_vn(const void *mem, const char *instant);        /* 07/07/2025 08:00, in Vietnam */
char *day_vn(const void *mem, const char *date);               /* 07/07/2025 of a date; as it is when it is none */

char *report_run_title(const void *mem, struct ledger *, struct runs, enum lang);
