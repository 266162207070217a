/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * trial.c - the cases beside a rule, run. See trial.h.
 */
#include "trial.h"
#include "facts.h"
#include "text.h"
#include <string.h>

struct trial_case { bool fires; char *name, *sql; };

static bool count_row(void *with, sqlite3_stmt *row)
{
	int *n = with;
	(void)row;
	++*n;
	return true;
}

static bool run_case(const struct book *book, const struct registry *registry, const struct rule *r,
		     const struct trial_case *c, char **why)
{
	struct facts *f = facts_open(NULL, book, why);
	if (f == NULL)
		return false;
	int n = 0;
	f->registry = registry;
	bool ran = facts_insert(f, c->sql, why);
	if (ran) {
		facts_close_doors(f);
		ran = facts_run(f, r, count_row, &n, why);
	}
	*why = copy_text(book, !ran ? *why : c->fires ? "it gave no row" : "it gave a row");
	talloc_free(f);
	return ran && c->fires == (n > 0);
}

static const char *case_at(const char *line, bool *fires)
{
	*fires = strncmp(line, "-- fires:", 9) == 0;
	return *fires ? line + 9 : strncmp(line, "-- silent:", 10) == 0 ? line + 10 : NULL;
}

int trial_run(const struct book *book, const struct registry *registry, const struct rule *r,
	      void (*told)(void *with, const struct rule *, const char *name, bool ok, const char *why), void *with)
{
	void *mem = talloc_new(NULL);
	struct buffer common = { .mem = mem }, own_sql = { .mem = mem };
	struct trial_case c = { 0 };
	int failed = 0;
	buffer_text(&common, "");
	for (const char *at = r->test;;) {
		size_t len = strcspn(at, "\n");
		bool fires;
		const char *name = *at != 0 ? case_at(at, &fires) : NULL;
		if ((name != NULL || *at == 0) && c.name != NULL) {
			char *why = NULL;
			c.sql = format_text(mem, "%s\n%s", common.text, own_sql.text);
			bool ok = run_case(book, registry, r, &c, &why);
			failed += !ok;
			told(with, r, c.name, ok, ok ? "" : why);
		}
		if (*at == 0)
			break;
		if (name != NULL) {
			char *title = text_line(mem, copy_part(mem, name, len - (size_t)(name - at)));
			c = (struct trial_case){ fires, format_text(mem, "%s: %s", fires ? "fires" : "silent", title), NULL };
			own_sql = (struct buffer){ .mem = mem };
			buffer_text(&own_sql, "");
		} else
			buffer_format(c.name != NULL ? &own_sql : &common, "%.*s\n", (int)len, at);
		at += len + (at[len] == '\n');
	}
	talloc_free(mem);
	return failed;
}
