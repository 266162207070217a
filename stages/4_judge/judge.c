/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * judge.c - the stage: what the law says of a batch of letters and of the certificates listed in them.
 *
 * prepare() reads the book of rules and the registry of units; run_batch() fills a fresh database with the
 * batch's facts, lets the rules decide on certificates, makes those decisions facts too, and asks for findings.
 */
#include "judge.h"
#include "fill.h"
#include "functions.h"
#include "gather.h"
#include "stage.h"
#include "text.h"
#include "verdict.h"
#include <string.h>

static struct judge judge;

/* --ruleset names a year: its rules are those in force at the end of it. */
static const char *merger_day(const struct settings *s, const char *effective)
{
	if (s->ruleset == NULL)
		return effective;
	return strcmp(s->ruleset, "2024") == 0 ? "2024-12-31" : "2025-12-31";
}

const struct book *judge_book(const struct settings *s, char **why)
{
	if (judge.book == NULL)
		judge.book = book_read(NULL, s->data, why);
	return judge.book;
}

const struct judge *judge_prepare(const struct settings *s, char **why)
{
	const struct book *book = judge_book(s, why);
	if (judge.registry == NULL && book != NULL) {
		judge.registry = units_read(NULL, book->folder, s->mergers, s->effective, why);
		if (judge.registry != NULL)
			judge.day = copy_text(judge.registry, merger_day(s, units_effective(judge.registry)));
	}
	return judge.registry != NULL ? &judge : NULL;
}

static bool prepare(const struct settings *s, char **why)
{
	return judge_prepare(s, why) != NULL;
}

/* What a list of an earlier night says of a certificate stands, unless the ledger names it as open. */
static bool *find_settled(const void *mem, const struct batch *b, const struct inventory *v)
{
	bool *settled = new_array(mem, bool, (size_t)inventory_count(v) + 1);
	for (int i = 0; i < inventory_count(v); i++) {
		int letter = inventory_at(v, i)->letter;
		settled[i] = letter > 0 && b->letters.at[letter - 1]->known;
	}
	for (int i = 0; i < b->letters.n; i++) {
		const struct letter *l = b->letters.at[i];
		for (int k = 0; l->known && k < l->requests.n; k++) {
			bool open = strcmp(l->requests.at[k].form, "open-list") == 0;
			int at = open ? inventory_find(v, request_cell(&l->requests.at[k], "serial")) : -1;
			if (at >= 0)
				settled[at] = false;
		}
	}
	return settled;
}

/* The book, or a rule that decides and worked too long: not the letters' fault. */
static enum outcome cannot(struct batch *b, const char *why)
{
	batch_finding(b, "4_judge/rules-failed", HOLD, NULL,
		      format_text(b, "Không chạy được bộ quy tắc: %s", why),
		      format_text(b, "The rules could not be run: %s", why));
	return RETRY;
}

static enum outcome run(struct batch *b)
{
	char *why = NULL;
	const struct judge *j = judge_prepare(b->settings, &why);
	struct facts *f = j != NULL ? facts_open(b, j->book, &why) : NULL;
	if (f == NULL)
		return cannot(b, why);
	struct inventory *v = inventory_new(f, j->registry);
	inventory_today(v, b->settings->at);
	struct pool *pool = pool_new(b);       /* the decisions' texts stay with the batch */
	f->registry = j->registry;
	struct heard *heard = heard_new(f, j->registry);
	gather(b, v, heard);
	fill_context(f, b->settings, units_effective(j->registry), j->day);
	fill_letters(f, b);
	fill_certificates(f, j->registry, v, heard);
	struct filler *told = verdict_table(f, f);
	facts_close_doors(f);
	struct decision *decisions = verdict_decide(f, pool, j->registry, v, j->day, &why);
	bool *settled = find_settled(f, b, v);
	for (int i = 0; decisions != NULL && i < inventory_count(v); i++) {
		verdict_tell(told, &decisions[i], inventory_at(v, i)->key, i + 1);
		if (settled[i])
			continue;
		struct decision *d = batch_add_decision(b);
		*d = decisions[i];
		d->serial = pool_store(pool, d->serial);
	}
	if (decisions != NULL)
		verdict_find(f, b, j->day);
	enum outcome outcome = decisions != NULL ? PASS : cannot(b, why);
	talloc_free(f);
	return outcome;
}

const struct stage stage_judge = { .name = "4_judge", .adds = "finding,decision", .version = 1,
	.limits = { 600, 2048, 512 }, .prepare = prepare, .run_batch = run };
