/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_run.c - the text of runs, and what the page and the workbook share with it. See report_run.h.
 */
#include "report_run_words.h"
#include "record.h"
#include "report_text.h"
#include "text.h"
#include <string.h>
#include <time.h>

const struct phrase run_outcomes[] = {
	{ "accept", "tiếp nhận được", "accepted" },
	{ "hold", "chờ người xem", "held for a person" },
	{ "reject", "không tiếp nhận, có nêu lý do", "refused, with the reason" },
	{ "quarantined", "cách ly (xử lý dừng hai lần)", "quarantined (processing stopped twice)" },
	{ "linked", "bản khác, hoặc chữ ký rời, của văn bản đã có", "other copies of letters known already, or their signatures" },
	{ "waiting", "còn chờ phiên sau", "waiting for the next run" },
	{ 0 },
};

const struct phrase run_actions[] = {
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

const struct phrase package_states[] = {
	{ "drafted", "đã lập", "drafted" },
	{ "signed", "đã ký", "signed" },
	{ "submitted", "đã gửi", "submitted" },
	{ "accepted", "đã được tiếp nhận", "accepted" },
	{ "returned", "bị trả lại", "returned" },
	{ "fulfilled", "đã có kết quả", "fulfilled" },
	{ 0 },
};

const char *phrase_of(const struct phrase *of, const char *key, enum lang lang)
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

char *instant_vn(const void *mem, const char *instant)
{
	time_t t = 0;
	struct tm tm;
	char at[32];
	if (instant == NULL || !time_parse(instant, &t))
		return copy_text(mem, "-");
	t += 7 * 3600;                         /* Asia/Ho_Chi_Minh; text.h says why a constant is right */
	gmtime_r(&t, &tm);
	strftime(at, sizeof at, "%d/%m/%Y %H:%M", &tm);
	return copy_text(mem, at);
}

char *day_vn(const void *mem, const char *date)
{
	int64_t day;
	if (date != NULL && strlen(date) == 7 && date[4] == '-')       /* the day was left blank */
		return format_text(mem, "%.2s/%.4s", date + 5, date);
	if (date == NULL || !date_parse(date, &day))
		return copy_text(mem, date != NULL ? date : "");
	return format_text(mem, "%.2s/%.2s/%.4s", date + 8, date + 5, date);
}

static char *field_text(const void *mem, const struct letter *l, const char *name)
{
	const struct field *f = letter_find_field(l, name);
	return copy_text(mem, f != NULL ? f->read.value : "");
}

struct letter_face letter_face(const void *mem, const char *record)
{
	struct letter *l = letter_new(NULL, NULL, "-");
	char *why;
	if (record != NULL)
		record_read(l, record, strlen(record), &why);          /* what was read before a bad line stays */
	struct letter_face f = { field_text(mem, l, "agency"), NULL, field_text(mem, l, "date"), field_text(mem, l, "subject") };
	char *number = field_text(l, l, "number"), *symbol = field_text(l, l, "symbol");
	bool none = *number == 0 && *symbol == 0;
	f.code = none ? copy_text(mem, "") : format_text(mem, "%s/%s", *number != 0 ? number : "…", *symbol != 0 ? symbol : "…");
	talloc_free(l);
	return f;
}

static void text_counts(struct ledger *l, struct runs run, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI;
	int64_t arrivals = ledger_count(l, "SELECT count(*) FROM arrival WHERE run BETWEEN ?1 AND ?2", "ii", RUNS(run));
	int64_t again = ledger_count(l, "SELECT count(*) FROM arrival a WHERE run BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM arrival b "
				     "WHERE b.letter = a.letter AND b.id < a.id)", "ii", RUNS(run));
	int64_t letters = ledger_count(l, OF_RUNS "SELECT count(*) FROM mine", "ii", RUNS(run));
	count_line(out, vi ? "Tệp đến" : "Files that came", arrivals);
	count_line(out, vi ? "  trong đó đã nhận trước đây (trùng)" : "  of these, received before (duplicates)", again);
	count_line(out, vi ? "Văn bản của phiên này" : "Letters of this run", letters);
	for (const struct phrase *o = run_outcomes; o->key != NULL; o++) {
		int64_t n = ledger_count(l, OF_RUNS "SELECT count(*) FROM letter l JOIN mine USING (id) WHERE " OUTCOME " = ?3",
					 "iit", RUNS(run), o->key);
		char *label = format_text(NULL, "  %s", vi ? o->vi : o->en);
		if (n > 0)
			count_line(out, label, n);
		talloc_free(label);
	}
}

#define PROBLEM OUTCOME " IN ('hold', 'reject', 'quarantined') "

static void text_problems(struct ledger *l, struct runs run, enum lang lang, int most, FILE *out)
{
	char id[16] = "";
	bool any = false;
	int letters = 0;
	for (struct row *r = ledger_ask(l, OF_RUNS
		"SELECT l.id, l.sha256, (SELECT name FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1), " OUTCOME
		", f.severity, f.vi, f.en, f.law, f.rule FROM mine JOIN letter l USING (id) JOIN finding f ON f.letter = l.id "
		"WHERE f.severity IN ('hold', 'reject') AND " PROBLEM "ORDER BY l.id, f.id", "ii", RUNS(run)); row_next(r);) {
		if (!any)
			fputs(lang == LANG_VI ? "\nCần người xem:\n" : "\nA person must look at:\n", out);
		any = true;
		if (strncmp(id, row_text(r, 1), 12) != 0) {
			if (most > 0 && letters++ == most) {
				row_stop(r);
				break;
			}
			snprintf(id, sizeof id, "%.12s", row_text(r, 1));
			struct bytes name = row_bytes(r, 2);
			char *shown = text_nfc_part(NULL, (const char *)name.at, name.len);
			fprintf(out, "  %.6s  ", row_text(r, 1));
			report_text_clean(shown, out);
			fprintf(out, ": %s\n", phrase_of(run_outcomes, row_text(r, 3), lang));
			talloc_free(shown);
		}
		fputs("          - ", out);
		report_text_clean(row_text(r, lang == LANG_VI ? 5 : 6), out);
		if (row_text(r, 7) != NULL)
			fprintf(out, " (%s)", row_text(r, 7));
		fputc('\n', out);
	}
	int64_t all = most > 0 ? ledger_count(l, OF_RUNS "SELECT count(*) FROM letter l JOIN mine USING (id) WHERE " PROBLEM,
					      "ii", RUNS(run)) : 0;
	if (letters > most && all > most)
		fprintf(out, lang == LANG_VI ? "  … và %lld văn bản nữa: 'congvan report --only-problems' kể hết\n"
			: "  ... and %lld more letters: 'congvan report --only-problems' tells them all\n", (long long)(all - most));
}

static void text_incomplete(struct ledger *l, struct runs run, enum lang lang, FILE *out)
{
	enum { OF_A_KIND = 3 };                /* the page tells them all */
	bool any = false;
	for (struct row *r = ledger_ask(l, OF_RUNS "SELECT vi, en, coalesce(law, rule), k, n FROM (SELECT id, vi, en, law, rule, "
		"row_number() OVER (PARTITION BY rule ORDER BY id) AS k, count(*) OVER (PARTITION BY rule) AS n FROM finding "
		"WHERE letter IS NULL AND batch IN (SELECT id FROM batches) AND severity IN ('warn', 'hold', 'reject')) "
		"WHERE k <= ?3 ORDER BY id LIMIT 200", "iii", RUNS(run), (int64_t)OF_A_KIND + 1);
	     row_next(r); any = true) {
		if (!any)
			fputs(lang == LANG_VI ? "\nDanh sách, hồ sơ phải bổ sung hoặc hỏi lại:\n"
			      : "\nLists and packages to add to or ask about:\n", out);
		if (row_int(r, 3) > OF_A_KIND) {
			fprintf(out, lang == LANG_VI ? "  - … và %lld điểm nữa cùng loại (%s); đủ trong report.html\n"
				: "  - ... and %lld more of that kind (%s); all in report.html\n", (long long)row_int(r, 4) - OF_A_KIND,
				row_text(r, 2));
			continue;
		}
		fputs("  - ", out);
		report_text_clean(row_text(r, lang == LANG_VI ? 0 : 1), out);
		fprintf(out, " (%s)\n", row_text(r, 2));
	}
}

/* Packages of earlier runs that have no result yet, and what the authority's answers showed of their lines. */
static void text_under_way(struct ledger *l, struct runs run, enum lang lang, FILE *out)
{
	bool any = false;
	for (struct row *r = ledger_ask(l, UNDER_WAY "SELECT state, count(*), sum(lines), sum(done), sum(wrong) FROM way GROUP BY state "
					"ORDER BY min(step)", "ii", RUNS(run)); row_next(r); any = true) {
		if (!any)
			fputs(lang == LANG_VI ? "\nHồ sơ lập trước đây, chưa xong:\n" : "\nPackages of earlier runs, not finished:\n", out);
		fprintf(out, lang == LANG_VI ? "  %s: %lld hồ sơ, %lld dòng; %lld dòng đã xong, %lld dòng sai\n"
			: "  %s: %lld packages, %lld lines; %lld done, %lld wrong\n", phrase_of(package_states, row_text(r, 0), lang),
			(long long)row_int(r, 1), (long long)row_int(r, 2), (long long)row_int(r, 3), (long long)row_int(r, 4));
	}
}

static void text_made(struct ledger *l, struct runs run, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI, any = false;
	for (struct row *r = ledger_ask(l, OF_RUNS "SELECT action, count(*) FROM decision WHERE batch IN (SELECT id FROM batches) "
					"GROUP BY action ORDER BY action", "ii", RUNS(run)); row_next(r); any = true) {
		if (!any)
			fputs(vi ? "\nChứng thư số phải quyết định:\n" : "\nCertificates decided on:\n", out);
		count_line(out, phrase_of(run_actions, row_text(r, 0), lang), row_int(r, 1));
	}
	any = false;
	for (struct row *r = ledger_ask(l, OF_RUNS "SELECT path FROM package WHERE batch IN (SELECT id FROM batches) ORDER BY path",
					"ii", RUNS(run)); row_next(r); any = true) {
		if (!any)
			fputs(vi ? "\nGói hồ sơ để lãnh đạo ký và gửi đi:\n" : "\nPackages to be signed and sent:\n", out);
		fprintf(out, "  %s\n", row_text(r, 0));
	}
	any = false;
	for (struct row *r = ledger_ask(l, OF_RUNS "SELECT path FROM output o WHERE batch IN (SELECT id FROM batches) "
		"AND unit NOT IN (SELECT path FROM package) AND path NOT LIKE '%.zip' ORDER BY path", "ii", RUNS(run));
	     row_next(r); any = true) {
		if (!any)
			fputs(vi ? "\nThông báo và giấy tờ khác:\n" : "\nNotices and other papers:\n", out);
		fprintf(out, "  %s\n", row_text(r, 0));
	}
}

char *report_run_title(const void *mem, struct ledger *l, struct runs run, enum lang lang)
{
	bool vi = lang == LANG_VI;
	char *at = NULL, *to = NULL;
	for (struct row *r = ledger_ask(l, "SELECT at FROM run WHERE id IN (?1, ?2) ORDER BY id", "ii", RUNS(run)); row_next(r);) {
		at = at == NULL ? instant_vn(mem, row_text(r, 0)) : at;
		to = instant_vn(mem, row_text(r, 0));
	}
	if (run.first == run.last)
		return format_text(mem, vi ? "Phiên %lld, xét theo thời điểm %s (giờ Việt Nam)" : "Run %lld, as of %s (Vietnam time)",
				   (long long)run.first, at != NULL ? at : "-");
	return format_text(mem, vi ? "Các phiên %lld đến %lld, từ %s đến %s (giờ Việt Nam)"
			   : "Runs %lld to %lld, from %s to %s (Vietnam time)", (long long)run.first, (long long)run.last,
			   at != NULL ? at : "-", to != NULL ? to : "-");
}

void report_run_text(struct ledger *l, struct runs run, enum lang lang, bool only_problems, int most, FILE *out)
{
	char *title = report_run_title(NULL, l, run, lang);
	fprintf(out, "%s\n", title);
	talloc_free(title);
	if (!only_problems)
		text_counts(l, run, lang, out);
	text_problems(l, run, lang, most, out);
	text_incomplete(l, run, lang, out);
	text_under_way(l, run, lang, out);
	if (!only_problems)
		text_made(l, run, lang, out);
}

