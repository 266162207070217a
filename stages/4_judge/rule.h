/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rule.h - one rule of the law: a file rules/<regime>/NAME.sql with a head that is a grammar, one SELECT, and
 * its cases beside it in NAME.test.sql.
 *
 * The head is comment lines "-- key: text"; a line that begins with more than three blanks after "--" goes on
 * the key above; the first "--" alone ends it. Each key stands once:
 *
 *     rule       its id, equal to the path: nd30-2020/two-signatures
 *     law        what it applies, with the article
 *     applies    issued|received|signed|merged, then "from DATE", then perhaps "until DATE" (its last day)
 *     scope      letter | inventory
 *     gives      finding | decision
 *     severity   note | warn | hold | reject             (findings)
 *     order      the least wins where several decisions name one certificate, each number once   (decisions)
 *     says vi    the text, with {columns} of the SELECT
 *     says en
 *     seed       rows of rules/seed-rules.tsv it encodes, blank between; "-" for none
 *     sure       S stated, D derived, B from a secondary source, K from knowledge: K may not be above warn
 *
 * A rule of scope letter selects a column letter; one of scope inventory that decides selects cert, action and
 * reason. Optional columns: evidence ("signature:2", "request:1", "field:number"), severity and law (of a row of
 * a table), successor, successor_body, grp, suggested, form.
 */
#pragma once
#include "letter.h"
#include "table.h"

enum rule_date { DATE_ISSUED, DATE_RECEIVED, DATE_SIGNED, DATE_MERGED };

struct rule {
	char *id, *path, *law, *vi, *en, *seed, *sql, *about;
	enum rule_date date;
	char *from, *until;                    /* until: last day, or NULL */
	bool over_inventory, decides;
	enum severity severity;
	int order;
	char sure;
	char *test;                            /* text of its cases */
};

/* Everything that judging needs, read once before the seal. */
struct book {
	struct { struct rule *at; int n, room; } rules;
	struct { struct table *at; int n, room; } tables;
	char *schema;
	struct calendar *calendar;
	const char *folder;
};

/* Reads <data>/rules and <data>/schemas/facts.sql. NULL: why says which file and line is wrong. Every rule is
 * prepared against the empty facts, so that a misspelt column is found here. */
struct book *book_read(const void *mem, const char *data, char **why);
const struct table *book_table(const struct book *, const char *name);

/* One file. */
bool rule_parse(const void *mem, const char *id, const char *text, struct rule *, char **why);

/* The text with each {column} replaced; value() gives a column's text, or NULL where it has none. */
char *rule_fill(const void *mem, const char *text, const char *(*value)(void *with, const char *name), void *with);
bool rule_applies(const struct rule *, const char *date);              /* NULL date: yes */
