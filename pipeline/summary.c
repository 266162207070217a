/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * summary.c - the summary of a night. See summary.h.
 *
 * Everything is asked of the ledger, so a report can be made again for any run. A run's letters are those its
 * batches judged and those its stages looked at.
 */
#include "summary.h"
#include "outbox.h"
#include "report_html.h"
#include "report_text.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Letters of run ?1; every query below starts with it. */
#define OF_RUN "WITH mine AS (SELECT letter AS id FROM attempt WHERE run = ?1 AND letter IS NOT NULL UNION " \
	"SELECT l.id FROM letter l JOIN attempt a ON a.batch = l.batch WHERE a.run = ?1 UNION " \
	"SELECT letter FROM arrival WHERE run = ?1), " \
	"batches AS (SELECT DISTINCT batch AS id FROM attempt WHERE run = ?1 AND batch IS NOT NULL) "

#define OUTCOME "CASE WHEN l.state IN ('quarantined', 'linked') THEN l.state " \
	"WHEN l.state = '5_emit' THEN l.disposition ELSE 'waiting' END"

struct phrase { const char *key, *vi, *en; };

static const struct phrase outcomes[] = {
	{ "accept", "tiếp nhận được", "accepted" },
	{ "hold", "chờ người xem", "held for a person" },
	{ "reject", "không tiếp nhận, có nêu lý do", "refused, with the reason" },
	{ "quarantined", "cách ly (xử lý dừng hai lần)", "quarantined (processing stopped twice)" },
	{ "linked", "bản khác của văn bản đã có", "other copies of letters known already" },
	{ "waiting", "còn chờ phiên sau", "waiting for the next run" },
	{ 0 },
};

static const struct phrase actions[] = {
	{ "keep", "giữ nguyên", "keep" },
	{ "change-info", "thay đổi nội dung thông tin", "change information" },
	{ "revoke", "thu hồi", "revoke" },
	{ "revoke+issue-new", "thu hồi và cấp mới", "revoke and issue a new one" },
	{ "issue", "cấp mới", "issue" },
	{ "renew", "gia hạn", "renew" },
	{ "choose-one", "chọn một chứng thư trong nhóm", "choose one of a group" },
	{ "needs-person", "cần người quyết định", "a person must decide" },
	{ "none", "không cần làm gì", "nothing to do" },
	{ 0 },
};

static const char *phrase(const struct phrase *of, const char *key, enum lang lang)
{
	for (; key != NULL && of->key != NULL; of++)
		if (strcmp(of->key, key) == 0)
			return lang == LANG_VI ? of->vi : of->en;
	return key != NULL ? key : "-";
}

static void count_line(FILE *out, const char *label, int64_t n)
{
	int width = text_codepoints(label);
	fprintf(out, "  %s%*s%6lld\n", label, width < 42 ? 42 - width : 1, "", (long long)n);
}

static void local_time(const char *instant, char to[32])
{
	time_t t = 0;
	struct tm tm;
	time_parse(instant != NULL ? instant : "", &t);
	t += 7 * 3600;                         /* Asia/Ho_Chi_Minh; text.h says why a constant is right */
	gmtime_r(&t, &tm);
	strftime(to, 32, "%d/%m/%Y %H:%M", &tm);
}

static void text_counts(struct ledger *l, int64_t run, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI;
	int64_t arrivals = ledger_count(l, "SELECT count(*) FROM arrival WHERE run = ?", "i", run);
	int64_t again = ledger_count(l, "SELECT count(*) FROM arrival a WHERE run = ?1 AND EXISTS (SELECT 1 FROM arrival b "
				     "WHERE b.letter = a.letter AND b.id < a.id)", "i", run);
	int64_t letters = ledger_count(l, OF_RUN "SELECT count(*) FROM mine", "i", run);
	count_line(out, vi ? "Tệp đến" : "Files that came", arrivals);
	count_line(out, vi ? "  trong đó đã nhận trước đây (trùng)" : "  of these, received before (duplicates)", again);
	count_line(out, vi ? "Văn bản của phiên này" : "Letters of this run", letters);
	for (const struct phrase *o = outcomes; o->key != NULL; o++) {
		int64_t n = ledger_count(l, OF_RUN "SELECT count(*) FROM letter l JOIN mine USING (id) WHERE " OUTCOME " = ?2",
					 "it", run, o->key);
		char *label = format_text(NULL, "  %s", vi ? o->vi : o->en);
		if (n > 0)
			count_line(out, label, n);
		talloc_free(label);
	}
}

static void text_problems(struct ledger *l, int64_t run, enum lang lang, FILE *out)
{
	char id[16] = "";
	bool any = false;
	for (struct row *r = ledger_ask(l, OF_RUN
		"SELECT l.id, l.sha256, (SELECT name FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1), " OUTCOME
		", f.severity, f.vi, f.en, f.law, f.rule FROM mine JOIN letter l USING (id) JOIN finding f ON f.letter = l.id "
		"WHERE f.severity IN ('hold', 'reject') AND " OUTCOME " IN ('hold', 'reject', 'quarantined') "
		"ORDER BY l.id, f.id", "i", run); row_next(r);) {
		if (!any)
			fputs(lang == LANG_VI ? "\nCần người xem:\n" : "\nA person must look at:\n", out);
		any = true;
		if (strncmp(id, row_text(r, 1), 12) != 0) {
			snprintf(id, sizeof id, "%.12s", row_text(r, 1));
			struct bytes name = row_bytes(r, 2);
			char *shown = text_nfc_part(NULL, (const char *)name.at, name.len);
			fprintf(out, "  %.6s  ", row_text(r, 1));
			report_text_clean(shown, out);
			fprintf(out, ": %s\n", phrase(outcomes, row_text(r, 3), lang));
			talloc_free(shown);
		}
		fputs("          - ", out);
		report_text_clean(row_text(r, lang == LANG_VI ? 5 : 6), out);
		if (row_text(r, 7) != NULL)
			fprintf(out, " (%s)", row_text(r, 7));
		fputc('\n', out);
	}
}

static void text_made(struct ledger *l, int64_t run, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI, any = false;
	for (struct row *r = ledger_ask(l, OF_RUN "SELECT action, count(*) FROM decision WHERE batch IN (SELECT id FROM batches) "
					"GROUP BY action ORDER BY action", "i", run); row_next(r); any = true) {
		if (!any)
			fputs(vi ? "\nChứng thư số phải quyết định:\n" : "\nCertificates decided on:\n", out);
		count_line(out, phrase(actions, row_text(r, 0), lang), row_int(r, 1));
	}
	any = false;
	for (struct row *r = ledger_ask(l, OF_RUN "SELECT path FROM package WHERE batch IN (SELECT id FROM batches) ORDER BY path",
					"i", run); row_next(r); any = true) {
		if (!any)
			fputs(vi ? "\nGói hồ sơ để lãnh đạo ký và gửi đi:\n" : "\nPackages to be signed and sent:\n", out);
		fprintf(out, "  %s\n", row_text(r, 0));
	}
	any = false;
	for (struct row *r = ledger_ask(l, OF_RUN "SELECT path FROM output o WHERE batch IN (SELECT id FROM batches) "
		"AND unit NOT IN (SELECT path FROM package) AND path NOT LIKE '%.zip' ORDER BY path", "i", run);
	     row_next(r); any = true) {
		if (!any)
			fputs(vi ? "\nThông báo và giấy tờ khác:\n" : "\nNotices and other papers:\n", out);
		fprintf(out, "  %s\n", row_text(r, 0));
	}
}

void summary_text(struct ledger *l, int64_t run, enum lang lang, bool only_problems, FILE *out)
{
	char started[32] = "-";
	bool vi = lang == LANG_VI;
	struct row *r = ledger_ask(l, "SELECT at FROM run WHERE id = ?", "i", run);
	if (row_next(r)) {
		local_time(row_text(r, 0), started);
		row_stop(r);
	}
	fprintf(out, vi ? "Phiên %lld, xét theo thời điểm %s (giờ Việt Nam)\n" : "Run %lld, as of %s (Vietnam time)\n",
		(long long)run, started);
	if (!only_problems)
		text_counts(l, run, lang, out);
	text_problems(l, run, lang, out);
	if (!only_problems)
		text_made(l, run, lang, out);
}

/* the page ------------------------------------------------------------------------------------------- */

static void html_row(FILE *out, const char *label, int64_t n)
{
	fputs("<tr><td>", out);
	report_html_text(label, out);
	fprintf(out, "</td><td class=\"n\">%lld</td></tr>\n", (long long)n);
}

static void html_counts(struct ledger *l, int64_t run, enum lang lang, FILE *out)
{
	fputs("<table>\n", out);
	html_row(out, lang == LANG_VI ? "Tệp đến" : "Files that came",
		 ledger_count(l, "SELECT count(*) FROM arrival WHERE run = ?", "i", run));
	for (struct row *r = ledger_ask(l, OF_RUN "SELECT " OUTCOME ", count(*) FROM letter l JOIN mine USING (id) GROUP BY 1",
					"i", run); row_next(r);)
		html_row(out, phrase(outcomes, row_text(r, 0), lang), row_int(r, 1));
	for (struct row *r = ledger_ask(l, OF_RUN "SELECT action, count(*) FROM decision WHERE batch IN (SELECT id FROM batches) "
					"GROUP BY action ORDER BY action", "i", run); row_next(r);) {
		char *label = format_text(NULL, lang == LANG_VI ? "Chứng thư: %s" : "Certificates: %s",
					  phrase(actions, row_text(r, 0), lang));
		html_row(out, label, row_int(r, 1));
		talloc_free(label);
	}
	fputs("</table>\n", out);
}

static void html_problems(struct ledger *l, int64_t run, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI, any = false;
	char id[16] = "";
	for (struct row *r = ledger_ask(l, OF_RUN
		"SELECT l.sha256, (SELECT name FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1), " OUTCOME
		", f.vi, f.en, f.law, f.rule FROM mine JOIN letter l USING (id) JOIN finding f ON f.letter = l.id "
		"WHERE f.severity IN ('hold', 'reject') AND " OUTCOME " IN ('hold', 'reject', 'quarantined') "
		"ORDER BY l.id, f.id", "i", run); row_next(r);) {
		if (!any)
			fprintf(out, "<h2>%s</h2>\n<table>\n<tr><th>%s</th><th>%s</th><th>%s</th></tr>\n",
				vi ? "Cần người xem" : "A person must look at", vi ? "Văn bản" : "Letter",
				vi ? "Kết quả" : "Outcome", vi ? "Vì sao, theo đâu" : "Why, by what law");
		bool same = strncmp(id, row_text(r, 0), 12) == 0;
		fputs("<tr><td>", out);
		if (!same) {
			struct bytes name = row_bytes(r, 1);
			char *shown = text_nfc_part(NULL, (const char *)name.at, name.len);
			snprintf(id, sizeof id, "%.12s", row_text(r, 0));
			report_html_text(shown, out);
			fprintf(out, "<br><code>%.12s</code>", id);
			talloc_free(shown);
		}
		fputs("</td><td>", out);
		report_html_text(same ? "" : phrase(outcomes, row_text(r, 2), lang), out);
		fputs("</td><td>", out);
		report_html_text(row_text(r, vi ? 3 : 4), out);
		fputs(" <span class=\"law\">(", out);
		report_html_text(row_text(r, 5) != NULL ? row_text(r, 5) : row_text(r, 6), out);
		fputs(")</span></td></tr>\n", out);
		any = true;
	}
	if (any)
		fputs("</table>\n", out);
}

static void html_paths(struct row *r, const char *title, FILE *out)
{
	bool any = false;
	for (; row_next(r); any = true) {
		if (!any)
			fprintf(out, "<h2>%s</h2>\n<ul>\n", title);
		fputs("<li><code>", out);
		report_html_text(row_text(r, 0), out);
		fputs("</code></li>\n", out);
	}
	if (any)
		fputs("</ul>\n", out);
}

void summary_html(struct ledger *l, int64_t run, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI;
	char when[32] = "-";
	struct row *r = ledger_ask(l, "SELECT at FROM run WHERE id = ?", "i", run);
	if (row_next(r)) {
		local_time(row_text(r, 0), when);
		row_stop(r);
	}
	char *title = format_text(NULL, vi ? "Báo cáo phiên %lld, %s" : "Report of run %lld, %s", (long long)run, when);
	report_html_head(title, lang, out);
	talloc_free(title);
	html_counts(l, run, lang, out);
	html_problems(l, run, lang, out);
	html_paths(ledger_ask(l, OF_RUN "SELECT path FROM package WHERE batch IN (SELECT id FROM batches) ORDER BY path", "i", run),
		   vi ? "Gói hồ sơ để lãnh đạo ký và gửi đi" : "Packages to be signed and sent", out);
	html_paths(ledger_ask(l, OF_RUN "SELECT path FROM output o WHERE batch IN (SELECT id FROM batches) "
			      "AND unit NOT IN (SELECT path FROM package) ORDER BY path", "i", run),
		   vi ? "Thông báo và giấy tờ khác" : "Notices and other papers", out);
	report_html_foot(out);
}

/* Findings of hold and reject, open decisions, quarantine: somebody has to act. */
static bool needs_person(struct ledger *l, int64_t run)
{
	return ledger_count(l, OF_RUN "SELECT count(*) FROM letter l JOIN mine USING (id) WHERE " OUTCOME
			    " IN ('hold', 'reject', 'quarantined')", "i", run) > 0
	       || ledger_count(l, OF_RUN "SELECT count(*) FROM decision d WHERE batch IN (SELECT id FROM batches) AND "
			       "action IN ('choose-one', 'needs-person')", "i", run) > 0
	       || ledger_count(l, OF_RUN "SELECT count(*) FROM finding WHERE batch IN (SELECT id FROM batches) AND severity "
			       "IN ('hold', 'reject')", "i", run) > 0;
}

static void left_in_inbox(const struct night *n, FILE *out)
{
	bool vi = n->o->lang == LANG_VI;
	const struct intake *in = &n->intake;
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

static void write_page(struct night *n)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	if (f == NULL)
		return;
	summary_html(n->ledger, n->run, n->o->lang, f);
	fclose(f);
	char *day = date_text(n, time_vn_day(n->o->settings.at));
	char *path = format_text(n, "%s/report.html", day);
	if (outbox_replace(n->o->outbox, path, (struct bytes){ (const uint8_t *)text, len }))
		printf(n->o->lang == LANG_VI ? "\nMở để xem: %s/%s\n" : "\nOpen: %s/%s\n", n->o->outbox, path);
	else
		say("%s/%s: %s", n->o->outbox, path, strerror(errno));
	free(text);
}

int summary_of_night(struct night *n, int code)
{
	bool vi = n->o->lang == LANG_VI;
	bool nothing = ledger_count(n->ledger, OF_RUN "SELECT (SELECT count(*) FROM mine) + (SELECT count(*) FROM batches)",
				    "i", n->run) == 0;
	if (nothing)
		puts(vi ? "Không có gì mới." : "Nothing new.");
	else
		summary_text(n->ledger, n->run, n->o->lang, false, stdout);
	left_in_inbox(n, stdout);
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
	return needs_person(n->ledger, n->run) || n->intake.skipped > 0 ? EXIT_PERSON : EXIT_DONE;
}
