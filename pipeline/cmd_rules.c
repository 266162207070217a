/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_rules.c - the book of rules of a day, and its cases.
 *
 * What the seeds ask stands in three places, and all are listed: rules, rows of tables that name a seed's row
 * (severity "table"), and what extraction must read off the seeds, held by golden tests (severity "golden").
 */
#include "4_judge/judge.h"
#include "4_judge/trial.h"
#include "command.h"
#include "say.h"
#include "text.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>

int cmd_rules(struct options *);

static const char *const severities[] = { "note", "warn", "hold", "reject" };
static const char *const dates[] = { "issued", "received", "signed", "merged" };

struct told { int passed, failed; };

static void tell_case(void *with, const struct rule *r, const char *name, bool ok, const char *why)
{
	struct told *t = with;
	t->passed += ok;
	t->failed += !ok;
	if (!ok)
		printf("%s: %s: %s\n", r->id, name, why);
}

static int test_rules(const struct judge *j)
{
	struct told t = { 0, 0 };
	for (int i = 0; i < j->book->rules.n; i++)
		trial_run(j->book, j->registry, &j->book->rules.at[i], tell_case, &t);
	printf("rules: %d passed, %d failed\n", t.passed, t.failed);
	return t.failed == 0 ? EXIT_DONE : EXIT_PERSON;
}

static json_t *rule_json(const struct rule *r)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "rule", r->id, "law", r->law,
		"date", dates[r->date], "from", r->from, "until", r->until, "scope", r->over_inventory ? "inventory" : "letter",
		"gives", r->decides ? "decision" : "finding", "severity", r->decides ? "" : severities[r->severity],
		"seed", r->seed, "sure", (char[]){ r->sure, 0 }, "vi", r->vi, "en", r->en);
}

struct entry { const char *id, *law, *date, *from, *until, *severity, *seed, *sure, *says; };

static void put_entry(const struct options *o, const struct entry *e)
{
	if (o->format == FORMAT_JSON) {
		json_t *line = json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s, s:s, s:s, s:s}", "rule", e->id, "law", e->law, "date",
			e->date, "from", e->from, "until", *e->until != 0 ? e->until : NULL, "severity", e->severity, "seed", e->seed,
			"sure", e->sure, "vi", e->says);
		json_dumpf(line, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(line);
	} else if (o->format == FORMAT_CSV)
		printf("%s,\"%s\",%s,%s,%s,%s,%s,%s\n", e->id, e->law, e->date, e->from, e->until, e->severity, e->seed, e->sure);
	else
		printf("%s\n  %s\n  %s %s%s%s, %s, %s %s\n  %s\n", e->id, e->law, e->date, e->from, *e->until != 0 ? " – " : "",
		       e->until, e->severity, e->seed, e->sure, e->says);
}

/* A table's rows that encode a row of a seed; those of the list of seeds itself that only reading can meet. */
static void put_table(const struct options *o, const struct table *t, const char *day)
{
	bool seeds = strcmp(t->name, "seed_rules") == 0;
	for (int i = 0; i < t->n && (seeds || table_find(t, "seed") >= 0); i++) {
		const char *seed = table_cell(t, i, seeds ? "id" : "seed"), *first = t->rows[i][0];
		const char *from = table_cell(t, i, "from"), *until = table_cell(t, i, "until"), *sure = table_cell(t, i, "sure");
		if (*seed == 0 || (seeds && (!o->list || strcmp(t->rows[i][t->columns - 1], "X") != 0))
		    || (!o->list && (strcmp(from, day) > 0 || (*until != 0 && strcmp(until, day) < 0))))
			continue;
		char *id = seeds ? format_text(NULL, "golden/%s", seed) : format_text(NULL, "%s.tsv/%s", t->name, first);
		for (char *c = id; !seeds && *c != 0 && *c != '.'; c++)
			*c = *c == '_' ? '-' : *c;     /* as the file is named */
		const char *says = table_cell(t, i, "vi");
		says = *says != 0 ? says : seeds ? t->rows[i][t->columns - 3] : t->columns > 1 ? t->rows[i][1] : first;
		const char *law = seeds ? table_cell(t, i, "document") : table_cell(t, i, "law");
		put_entry(o, &(struct entry){ id, *law != 0 ? law : seeds ? t->rows[i][1] : "-", "issued", from, until,
			seeds ? "golden" : "table", seed, *sure != 0 ? sure : seeds ? "X" : "S", says });
		talloc_free(id);
	}
}

int cmd_rules(struct options *o)
{
	char *why = NULL;
	const struct book *book = judge_book(&o->settings, &why);
	const struct judge *j = book != NULL && o->test ? judge_prepare(&o->settings, &why) : NULL;
	if (book == NULL || (o->test && j == NULL)) {
		say("%s", why);
		return EXIT_MISSING;
	}
	if (o->test)
		return test_rules(j);
	char *day = date_text(NULL, time_vn_day(o->settings.at));
	if (o->format == FORMAT_CSV)
		puts("rule,law,date,from,until,severity,seed,sure");
	for (int i = 0; i < book->rules.n; i++) {
		const struct rule *r = &book->rules.at[i];
		if (!o->list && !rule_applies(r, day))
			continue;
		if (o->format == FORMAT_JSON) {
			json_t *line = rule_json(r);
			json_dumpf(line, stdout, JSON_COMPACT);
			putchar('\n');
			json_decref(line);
		} else
			put_entry(o, &(struct entry){ r->id, r->law, dates[r->date], r->from, r->until != NULL ? r->until : "",
				r->decides ? "decision" : severities[r->severity], r->seed, (char[]){ r->sure, 0 },
				o->lang == LANG_EN ? r->en : r->vi });
	}
	for (int i = 0; i < book->tables.n; i++)
		put_table(o, &book->tables.at[i], day);
	talloc_free(day);
	return EXIT_DONE;
}
