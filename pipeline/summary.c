/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * summary.c - how a night ends. See summary.h.
 */
#include "summary.h"
#include "outbox.h"
#include "report_run_words.h"
#include "report_text.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS_TOLD = 100 };                   /* a summary that a mail can carry; the page and 'report' tell all */

/* This run, and those before it that were killed: nobody was told what they did. */
static struct runs untold_runs(const struct night *n)
{
	return (struct runs){ 1 + ledger_count(n->ledger, "SELECT coalesce(max(id), 0) FROM run WHERE ended IS NOT NULL", ""), n->run };
}

/* Findings of hold and reject, open decisions, quarantine: somebody has to act. */
static bool needs_person(struct ledger *l, struct runs run)
{
	return ledger_count(l, OF_RUNS "SELECT count(*) FROM letter l JOIN mine USING (id) WHERE " OUTCOME
			    " IN ('hold', 'reject', 'quarantined')", "ii", RUNS(run)) > 0
	       || ledger_count(l, OF_RUNS "SELECT count(*) FROM decision d WHERE batch IN (SELECT id FROM batches) AND "
			       "action IN ('choose-one', 'needs-person')", "ii", RUNS(run)) > 0
	       || ledger_count(l, OF_RUNS "SELECT count(*) FROM finding WHERE batch IN (SELECT id FROM batches) AND severity "
			       "IN ('hold', 'reject')", "ii", RUNS(run)) > 0;
}

void summary_of_inbox(const struct intake *in, FILE *out)
{
	bool vi = in->o->lang == LANG_VI;
	if (in->unsettled > 0)
		fprintf(out, vi ? "\n%lld tệp đang được ghi dở, để lại cho phiên sau.\n"
			: "\n%lld files are still being written and were left for the next run.\n", (long long)in->unsettled);
	if (in->skipped > 0)
		fprintf(out, vi ? "\nKhông nhận, vẫn nằm ở hộp thư đến (%lld):\n" : "\nNot taken, still in the inbox (%lld):\n",
			(long long)in->skipped);
	for (int i = 0; i < in->told.n; i++) {
		fputs("  ", out);
		report_text_clean(in->told.at[i], out);
		fputc('\n', out);
	}
	if (in->skipped > in->told.n)
		fprintf(out, vi ? "  … và %lld tệp nữa\n" : "  ... and %lld more\n", (long long)(in->skipped - in->told.n));
}

/* R6 of cmd_run.c: what waited and what came is what was looked at or waits still. */
static bool adds_up(struct night *n)
{
	int64_t unfinished = ledger_count(n->ledger, "SELECT count(*) FROM letter WHERE state IN ('received', '3_verify')", "");
	int64_t finished = ledger_count(n->ledger,
		"SELECT count(*) FROM letter l WHERE state IN ('quarantined', 'linked', '5_emit') AND (EXISTS (SELECT 1 FROM attempt a "
		"WHERE a.run = ?1 AND a.letter = l.id) OR EXISTS (SELECT 1 FROM attempt a WHERE a.run = ?1 AND a.batch = l.batch))",
		"i", n->run);
	if (n->waiting_before + n->intake.fresh == unfinished + finished)
		return true;
	say("LETTERS ARE UNACCOUNTED FOR: %lld waited, %lld came new, but %lld are finished and %lld wait. "
	    "Run 'congvan check-ledger'.", (long long)n->waiting_before, (long long)n->intake.fresh, (long long)finished,
	    (long long)unfinished);
	return false;
}

/* The page of a day tells of all its runs: a second one must not wipe out what the first left to do. */
static struct runs runs_of_day(struct night *n)
{
	time_t begins = (time_t)(time_vn_day(n->o->settings.at) * 86400 - 7 * 3600);
	char *from = time_text(n, begins), *to = time_text(n, begins + 86400);
	int64_t before = ledger_count(n->ledger, "SELECT coalesce(max(id), 0) FROM run WHERE ended IS NOT NULL "
				      "AND (at < ?1 OR at >= ?2)", "tt", from, to);
	return (struct runs){ before + 1, n->run };
}

static void write_page(struct night *n)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	if (f == NULL)
		return;
	report_run_page(n->ledger, runs_of_day(n), n->o->lang, "../", f);
	fclose(f);
	char *day = date_text(n, time_vn_day(n->o->settings.at));
	char *path = format_text(n, "%s/report.html", day);
	if (outbox_replace(n->o->outbox, path, (struct bytes){ (const uint8_t *)text, len }))
		printf(n->o->lang == LANG_VI ? "\nMở để xem: %s/%s\n" : "\nOpen: %s/%s\n", n->o->outbox, path);
	else
		say("%s/%s: %s", n->o->outbox, path, say_error(errno));
	free(text);
}

int summary_of_night(struct night *n, int code)
{
	bool vi = n->o->lang == LANG_VI;
	bool nothing = ledger_count(n->ledger, OF_RUNS "SELECT (SELECT count(*) FROM mine) + (SELECT count(*) FROM batches)",
				    "ii", RUNS(untold_runs(n))) == 0;
	if (nothing)
		puts(vi ? "Không có gì mới." : "Nothing new.");
	else
		report_run_text(n->ledger, untold_runs(n), n->o->lang, false, LETTERS_TOLD, stdout);
	summary_of_inbox(&n->intake, stdout);
	if (code == EXIT_BUDGET)
		puts(vi ? "\nDừng sớm theo hạn mức; phần còn lại chờ phiên sau." : "\nStopped early by its budget; the rest waits.");
	else if (code != EXIT_DONE)
		puts(vi ? "\nPHIÊN DỪNG GIỮA CHỪNG; không mất gì, phiên sau sẽ làm tiếp."
		     : "\nTHE RUN WAS STOPPED; nothing is lost, the next run goes on.");
	if (!nothing) {
		printf(vi ? "\nThời gian: %.1f giây\n" : "\nTime: %.1f seconds\n", night_seconds(n));
		write_page(n);
	}
	if (!adds_up(n))
		return EXIT_BUG;
	return needs_person(n->ledger, untold_runs(n)) || n->intake.skipped > 0 ? EXIT_PERSON : EXIT_DONE;
}
