/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_rules.c - the book of rules of a day, and its cases.
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
		} else if (o->format == FORMAT_CSV)
			printf("%s,\"%s\",%s,%s,%s,%s,%s,%c\n", r->id, r->law, dates[r->date], r->from,
			       r->until != NULL ? r->until : "", r->decides ? "decision" : severities[r->severity], r->seed,
			       r->sure);
		else
			printf("%s\n  %s\n  %s %s%s%s, %s, %s %c\n  %s\n", r->id, r->law, dates[r->date], r->from,
			       r->until != NULL ? " – " : "", r->until != NULL ? r->until : "",
			       r->decides ? "decision" : severities[r->severity], r->seed, r->sure,
			       o->lang == LANG_EN ? r->en : r->vi);
	}
	talloc_free(day);
	return EXIT_DONE;
}
