/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_explain.c - explain SERIAL|LETTER: the way from facts to decision, in sentences.
 *
 * A certificate's serial tells every decision on it, newest last: the sentence, the article, the rule with its
 * reasons and the seed rows it encodes, where the form goes, what persons answered, and the letters and lists
 * that speak of the certificate, with the place where each names it. A letter (its SHA-256 or
 * the beginning of it) tells its findings likewise, a rule's id what the rule asks and of whom it was said. From the
 * ledger; reads only.
 */
#include "4_judge/judge.h"
#include "command.h"
#include "find.h"
#include "record.h"
#include "report_run_words.h"
#include "report_text.h"
#include "say.h"
#include "text.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

int cmd_explain(struct options *);

static void put_rule(const struct book *book, const char *id, bool vi)
{
	for (int i = 0; book != NULL && id != NULL && i < book->rules.n; i++) {
		const struct rule *r = &book->rules.at[i];
		if (strcmp(r->id, id) != 0)
			continue;
		static const struct { char sure; const char *vi, *en; } words[] = {
			{ 'S', "nêu trong văn bản", "stated in a text" }, { 'D', "suy luận từ văn bản", "derived from the texts" },
			{ 'B', "theo nguồn thứ cấp", "from a secondary source" }, { 'K', "chưa xác nhận", "not confirmed" },
		};
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (words[k].sure == r->sure)
				printf("  %s: %s (%s; %s %s%s%s)\n", vi ? "Quy tắc" : "Rule", r->id, vi ? words[k].vi : words[k].en,
				       vi ? "từ" : "from", r->from, r->until != NULL ? (vi ? " đến " : " until ") : "",
				       r->until != NULL ? r->until : "");
		if (strcmp(r->seed, "-") != 0)
			printf("  %s: %s\n", vi ? "Văn bản gốc" : "Seeds", r->seed);
		return;
	}
	if (id != NULL)
		printf("  %s: %s\n", vi ? "Quy tắc" : "Rule", id);
}

static void put_line(const char *head, const char *text)
{
	if (text != NULL && *text != 0)
		printf("  %s: %s\n", head, text);
}

static int explain_serial(struct ledger *l, const struct book *book, const char *serial, bool vi)
{
	int n = 0;
	for (struct row *r = ledger_ask(l, "SELECT d.id, b.at, d.action, d.reason, d.says, d.law, d.rule, d.form, d.channel, d.deadline, d.grp, "
		"(SELECT group_concat(a.given || ' ' || a.person || ': ' || a.answer || ' (' || a.reason || ')', '; ') FROM answer a WHERE a.decision = d.id) "
		"FROM decision d JOIN batch b ON b.id = d.batch WHERE serial_key(d.serial) = serial_key(?1) ORDER BY d.id",
		"t", serial); row_next(r); n++) {
		printf("%s%s %s (%s)\n", n > 0 ? "\n" : "", row_text(r, 1), phrase_of(run_actions, row_text(r, 2), vi ? LANG_VI : LANG_EN),
		       row_text(r, 3));
		printf("  %s\n", row_text(r, 4));
		put_line(vi ? "Căn cứ" : "Law", row_text(r, 5));
		put_rule(book, row_text(r, 6), vi);
		put_line(vi ? "Biểu mẫu" : "Form", row_text(r, 7));
		put_line(vi ? "Nơi gửi" : "Channel", row_text(r, 8));
		put_line(vi ? "Hạn" : "Deadline", row_text(r, 9));
		put_line(vi ? "Nhóm" : "Group", row_text(r, 10));
		put_line(vi ? "Đã trả lời" : "Answered", row_text(r, 11));
	}
	return n;
}

/* Where its lines stand: the package, its state, what the authority's answers showed. */
static int put_packages(struct ledger *l, const char *serial, bool vi)
{
	int n = 0;
	for (struct row *r = ledger_ask(l, "SELECT p.path, e.number, e.asks, coalesce((SELECT status FROM package_event v WHERE "
		"v.package = p.id ORDER BY v.id DESC LIMIT 1), 'drafted'), (SELECT happened || coalesce(' ' || person, '') || "
		"coalesce(': ' || reason, '') FROM package_event v WHERE v.package = p.id ORDER BY v.id DESC LIMIT 1), "
		"(SELECT group_concat(v.happened || ' ' || v.status || ': ' || CASE WHEN ?2 THEN v.vi ELSE v.en END, '; ') FROM line_event v "
		"WHERE v.line = e.id) FROM package_line e JOIN package p ON p.id = e.package WHERE serial_key(e.serial) = "
		"serial_key(?1) OR EXISTS (SELECT 1 FROM line_event v WHERE v.line = e.id AND v.serial = serial_key(?1)) "
		"ORDER BY p.id", "ti", serial, (int64_t)vi); row_next(r); n++) {
		printf("  %s: %s, %s %lld (%s), %s %s\n", vi ? "Hồ sơ" : "Package", row_text(r, 0), vi ? "dòng" : "line",
		       (long long)row_int(r, 1), row_text(r, 2), row_text(r, 3), row_text(r, 4));
		put_line(vi ? "Kết quả" : "Result", row_text(r, 5));
	}
	return n;
}

static bool is_serial(const char *a, const char *b)
{
	char *x = text_serial(NULL, a), *y = text_serial(NULL, b);
	bool same = text_same(x, y);
	talloc_free(x);
	talloc_free(y);
	return a != NULL && same;
}

static void put_place(const char *name, const char *hash, const char *what, const struct place *p, bool vi)
{
	printf("  %s: %s (%.12s), %s", vi ? "Bằng chứng" : "Evidence", name, hash, what);
	if (p->page > 0)
		printf(vi ? ", trang %d" : ", page %d", p->page);
	if (p->box.x1 > p->box.x0)
		printf(vi ? ", ô [%.0f %.0f %.0f %.0f]" : ", box [%.0f %.0f %.0f %.0f]", p->box.x0, p->box.y0, p->box.x1,
		       p->box.y1);
	printf("%s%s\n", p->path != NULL ? ", " : "", p->path != NULL ? p->path : "");
}

/* Where the ledger's letters name the certificate: a row of a list or a form, a signature made with it. */
static void put_evidence(struct ledger *ledger, const char *serial, bool vi)
{
	for (struct row *r = ledger_ask(ledger, "SELECT l.record, l.sha256 FROM letter l WHERE l.id IN (SELECT letter FROM mention "
		"WHERE serial = ?1) ORDER BY l.id", "t", text_serial(ledger, serial)); row_next(r);) {
		char *why = NULL;
		const char *record = row_text(r, 0), *hash = row_text(r, 1);
		struct letter *l = letter_new(NULL, NULL, NULL);
		if (record_read(l, record, strlen(record), &why)) {
			for (int i = 0; i < l->requests.n; i++)
				for (int c = 0; c < l->requests.at[i].cells.n; c++) {
					const struct request *q = &l->requests.at[i];
					if (strcmp(q->cells.at[c].name, "serial") == 0 && is_serial(q->cells.at[c].read.value, serial))
						put_place(l->name, hash, format_text(l, vi ? "%s dòng %d" : "%s row %d", q->form, q->row),
							  &q->cells.at[c].read.place, vi);
				}
			for (int i = 0; i < l->signatures.n; i++)
				if (is_serial(l->signatures.at[i].signer.serial, serial))
					put_place(l->name, hash, vi ? "chữ ký số của chứng thư này" : "a signature made with it",
						  &(struct place){ .page = l->signatures.at[i].page, .box = l->signatures.at[i].box }, vi);
		}
		talloc_free(l);
	}
}

static int explain_letter(struct ledger *l, const struct book *book, const char *word, bool vi)
{
	int64_t id = find_letter(l, word);
	int n = 0;
	if (id < 0)
		say("%s: %s", word, said("several letters begin so"));
	for (struct row *r = ledger_ask(l, "SELECT f.severity, f.vi, f.en, f.law, f.rule, l.sha256 FROM finding f JOIN letter l ON l.id = f.letter "
		"WHERE l.id = ? ORDER BY f.id", "i", id); row_next(r); n++) {
		printf("%s%s\n  %s\n", n > 0 ? "\n" : "", report_text_word(row_text(r, 0), vi ? LANG_VI : LANG_EN), row_text(r, vi ? 1 : 2));
		put_line(vi ? "Căn cứ" : "Law", row_text(r, 3));
		put_rule(book, row_text(r, 4), vi);
	}
	if (id > 0 && n == 0)
		n += puts(vi ? "Văn bản này không có nhận xét nào." : "There is no finding on this letter.") >= 0;
	return n;
}

/* "nd68-2024/late": the rule, then each finding it gave. */
static int explain_rule(struct ledger *l, const struct book *book, const char *id, bool vi)
{
	int n = 0;
	for (int i = 0; book != NULL && i < book->rules.n; i++) {
		const struct rule *r = &book->rules.at[i];
		if (strcmp(r->id, id) != 0)
			continue;
		printf("%s\n", vi ? r->vi : r->en);
		put_line(vi ? "Căn cứ" : "Law", r->law);
		put_rule(book, id, vi);
		n++;
	}
	for (struct row *r = ledger_ask(l, "SELECT f.severity, f.vi, f.en, f.law, substr(l.sha256, 1, 12), (SELECT CAST(name AS TEXT) FROM arrival "
		"WHERE letter = l.id ORDER BY id LIMIT 1) FROM finding f LEFT JOIN letter l ON l.id = f.letter WHERE f.rule = ? ORDER BY f.id", "t", id);
	     row_next(r); n++) {
		printf("\n%s%s%s%s%s\n  %s\n", report_text_word(row_text(r, 0), vi ? LANG_VI : LANG_EN), row_text(r, 4) != NULL ? " " : "", row_text(r, 4) != NULL ? row_text(r, 4) : "",
		       row_text(r, 5) != NULL ? " " : "", row_text(r, 5) != NULL ? row_text(r, 5) : "", row_text(r, vi ? 1 : 2));
		put_line(vi ? "Căn cứ" : "Law", row_text(r, 3));
	}
	return n;
}

int cmd_explain(struct options *o)
{
	int code = EXIT_DONE;
	char *why = NULL;
	if (o->words_n != 1) {
		say("explain wants one serial, a letter (its file, name, number or SHA-256), or a rule");
		return EXIT_USE;
	}
	struct ledger *l = ledger_open(NULL, o->state, o->settings.data, LEDGER_READ, &code, &why);
	if (l == NULL) {
		say("%s", why);
		return code;
	}
	const struct book *book = judge_book(&o->settings, &why);
	const char *word = text_starts(o->words[0], "sha256:") ? o->words[0] + 7 : o->words[0];
	int n = explain_serial(l, book, word, o->lang == LANG_VI);
	n += put_packages(l, word, o->lang == LANG_VI);
	if (n > 0)
		put_evidence(l, word, o->lang == LANG_VI);
	if (n == 0 && strchr(word, '/') != NULL)
		n = explain_rule(l, book, word, o->lang == LANG_VI);
	if (n == 0)
		n = explain_letter(l, book, word, o->lang == LANG_VI);
	talloc_free(l);
	if (n == 0) {
		say(o->lang == LANG_VI ? "%s: sổ không có quyết định hay ghi nhận nào" : "%s: the ledger knows no decision and no finding", word);
		return EXIT_NO_INPUT;
	}
	return EXIT_DONE;
}
