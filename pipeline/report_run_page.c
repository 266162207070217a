/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_run_page.c - the page of runs: first what is to be done, then why, then all that was seen.
 *
 *     what to do ─ a person must look (by sender) ─ rows of lists to mend ─ packages ─ those under way ─ deadlines
 *     ─ certificates ─ accepted letters ─ duplicates ─ other papers ─ the machine
 *
 * A section without rows is left out. MOST rows a section; the rest is told with the command that lists it. A
 * letter's text never becomes markup (report_html.h).
 */
#include "report_html.h"
#include "report_run_words.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

enum { MOST = 500 };

struct view {
	struct ledger *l;
	struct runs run;
	enum lang lang;
	bool vi;
	const char *outbox;
	FILE *out;
};

static const char *either(const struct view *v, const char *vi, const char *en) { return v->vi ? vi : en; }
static void put(const struct view *v, const char *text) { report_html_text(text, v->out); }

static void put_cell(const struct view *v, const char *text)
{
	fputs("<td>", v->out);
	put(v, text);
	fputs("</td>", v->out);
}

static void section(const struct view *v, const char *id, const char *vi, const char *en)
{
	fprintf(v->out, "<h2 id=\"%s\">%s</h2>\n", id, either(v, vi, en));
}

/* heads: Vietnamese, English, ... NULL */
static void table(const struct view *v, const char *const *heads)
{
	fputs("<table>\n<thead><tr>", v->out);
	for (; heads[0] != NULL; heads += 2)
		fprintf(v->out, "<th>%s</th>", either(v, heads[0], heads[1]));
	fputs("</tr></thead>\n", v->out);
}

static void table_end(const struct view *v, int64_t rows, int64_t shown, const char *command)
{
	fputs("</table>\n", v->out);
	if (rows <= shown)
		return;
	fprintf(v->out, either(v, "<p>Còn %lld dòng nữa: <code>%s</code></p>\n", "<p>%lld rows more: <code>%s</code></p>\n"),
		(long long)(rows - shown), command);
}

/* A file of the outbox; its path is plain ASCII (outbox.h). */
static void link_to(const struct view *v, const char *path, const char *text)
{
	fputs("<a href=\"", v->out);
	put(v, v->outbox);
	put(v, path);
	fputs("\">", v->out);
	put(v, text);
	fputs("</a>", v->out);
}

static int64_t count(const struct view *v, const char *sql) { return ledger_count(v->l, sql, "ii", RUNS(v->run)); }
static struct row *ask(const struct view *v, const char *sql) { return ledger_ask(v->l, sql, "ii", RUNS(v->run)); }

/* What to do ----------------------------------------------------------------------------------------- */

#define LOOK " FROM mine JOIN letter l USING (id) WHERE " OUTCOME " IN ('hold', 'reject', 'quarantined') "
#define ROWS " FROM finding f WHERE f.letter IS NULL AND f.batch IN (SELECT id FROM batches) " \
	"AND f.severity IN ('warn', 'hold', 'reject') "
#define DECIDED " FROM decision d WHERE d.batch IN (SELECT id FROM batches) "
#define PAPERS " FROM output o WHERE o.batch IN (SELECT id FROM batches) AND o.unit NOT IN (SELECT path FROM package) "

static void lead(const struct view *v)
{
	int64_t arrivals = count(v, "SELECT count(*) FROM arrival WHERE run BETWEEN ?1 AND ?2");
	fprintf(v->out, either(v, "<p class=\"lead\"><b>%lld</b> tệp đến", "<p class=\"lead\"><b>%lld</b> files came"), (long long)arrivals);
	for (struct row *r = ask(v, OF_RUNS "SELECT " OUTCOME ", count(*) FROM letter l JOIN mine USING (id) GROUP BY 1 ORDER BY 2 DESC");
	     row_next(r);)
		fprintf(v->out, ", <b>%lld</b> %s", (long long)row_int(r, 1), phrase_of(run_outcomes, row_text(r, 0), v->lang));
	int64_t decided = count(v, OF_RUNS "SELECT count(*)" DECIDED);
	if (decided > 0)
		fprintf(v->out, either(v, "; <b>%lld</b> chứng thư số được xét", "; <b>%lld</b> certificates decided on"), (long long)decided);
	fputs(".</p>\n", v->out);
}

static void to_do(const struct view *v)
{
	const struct { const char *sql, *vi, *en, *at; } duties[] = {
		{ OF_RUNS "SELECT count(*) FROM package p WHERE p.batch IN (SELECT id FROM batches)",
		  "Trình lãnh đạo ký và gửi %lld gói hồ sơ", "Have %lld packages signed, and send them", "packages" },
		{ OF_RUNS "SELECT count(*)" DECIDED "AND d.action IN ('choose-one', 'needs-person') AND NOT EXISTS "
		  "(SELECT 1 FROM answer a WHERE a.decision = d.id)",
		  "Trả lời %lld câu hỏi về chứng thư số trong worksheet.xlsx, rồi thả tệp ấy vào hộp thư đến",
		  "Answer %lld questions on certificates in worksheet.xlsx, then drop that file in the inbox", "papers" },
		{ OF_RUNS "SELECT count(*)" PAPERS "AND o.path LIKE '%/refusals/%.pdf'",
		  "Ký và gửi %lld thông báo không tiếp nhận cho nơi gửi", "Sign and send %lld notices of refusal", "papers" },
		{ OF_RUNS "SELECT count(*)" LOOK "AND " OUTCOME " = 'hold'",
		  "Xem %lld văn bản đang chờ", "Look at %lld letters that wait", "look" },
		{ OF_RUNS "SELECT count(*)" LOOK "AND " OUTCOME " = 'quarantined'",
		  "Chuyển người quản trị %lld tệp bị cách ly", "Show the administrator %lld files in quarantine", "look" },
		{ UNDER_WAY "SELECT coalesce(sum(wrong), 0) FROM way",
		  "Hỏi lại Cục %lld dòng hồ sơ được giải quyết khác đề nghị", "Ask the authority about %lld lines done otherwise than asked",
		  "under-way" },
		{ OF_RUNS "SELECT count(*)" ROWS, "Bổ sung hoặc hỏi lại %lld điểm của danh sách, hồ sơ",
		  "Add to, or ask about, %lld points of lists and packages", "rows" },
	};
	bool any = false;
	for (size_t i = 0; i < sizeof duties / sizeof *duties; i++) {
		int64_t n = count(v, duties[i].sql);
		if (n == 0)
			continue;
		if (!any)
			fprintf(v->out, "<h2>%s</h2>\n<ol>\n", either(v, "Việc cần làm", "What to do"));
		any = true;
		fprintf(v->out, "<li><a href=\"#%s\">", duties[i].at);
		fprintf(v->out, either(v, duties[i].vi, duties[i].en), (long long)n);
		fputs("</a></li>\n", v->out);
	}
	fputs(any ? "</ol>\n" : either(v, "<p>Không có việc gì cần người làm.</p>\n", "<p>Nothing needs a person.</p>\n"), v->out);
}

/* A person must look --------------------------------------------------------------------------------- */

struct held { int64_t id; char *sha256, *name, *done, *outcome; struct letter_face face; };

static int by_sender(const void *a, const void *b)
{
	const struct held *x = a, *y = b;
	int order = strcmp(x->face.agency, y->face.agency);
	return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static char *bytes_text(const void *mem, struct bytes b) { return text_nfc_part(mem, (const char *)b.at, b.len); }

#define ARRIVED(column) "(SELECT " column " FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1)"

static void reasons(const struct view *v, int64_t letter)
{
	fputs("<td><ul class=\"why\">\n", v->out);
	for (struct row *r = ledger_ask(v->l, "SELECT severity, vi, en, coalesce(law, rule) FROM finding WHERE letter = ? "
		"AND severity IN ('warn', 'hold', 'reject') ORDER BY severity = 'warn', id", "i", letter); row_next(r);) {
		fprintf(v->out, "<li class=\"%s\">", row_text(r, 0));
		put(v, row_text(r, v->vi ? 1 : 2));
		fputs(" <span class=\"law\">", v->out);
		put(v, row_text(r, 3));
		fputs("</span></li>\n", v->out);
	}
	fputs("</ul></td></tr>\n", v->out);
}

static void held_row(const struct view *v, const struct held *h)
{
	fputs("<tr><td class=\"letter\"><b>", v->out);
	put(v, *h->face.code != 0 ? h->face.code : h->name);
	fputs("</b>", v->out);
	if (*h->face.date != 0) {
		char *day = day_vn(NULL, h->face.date);
		fprintf(v->out, "%s %s", either(v, " ngày", " of"), day);
		talloc_free(day);
	}
	if (*h->face.subject != 0) {
		fputs("<br>", v->out);
		put(v, h->face.subject);
	}
	fputs("<br><code>", v->out);
	put(v, h->done != NULL ? h->done : h->name);
	fprintf(v->out, "</code> <code>%.12s</code></td><td class=\"%s\">%s</td>", h->sha256, h->outcome,
		phrase_of(run_outcomes, h->outcome, v->lang));
	reasons(v, h->id);
}

static void look(const struct view *v)
{
	static const char *const heads[] = { "Văn bản", "Letter", "Kết quả", "Outcome", "Vì sao, theo đâu", "Why, by what law", NULL };
	int64_t all = count(v, OF_RUNS "SELECT count(*)" LOOK);
	int n = 0;
	void *mem = talloc_new(NULL);
	struct held *held = new_array(mem, struct held, MOST);
	if (all == 0)
		return;
	for (struct row *r = ask(v, OF_RUNS "SELECT l.id, l.sha256, " OUTCOME ", " ARRIVED("name") ", " ARRIVED("done") ", l.record" LOOK
				 "ORDER BY l.id"); row_next(r);) {
		if (n == MOST) {
			row_stop(r);
			break;
		}
		held[n++] = (struct held){ row_int(r, 0), copy_text(mem, row_text(r, 1)), bytes_text(mem, row_bytes(r, 3)),
					   bytes_text(mem, row_bytes(r, 4)), copy_text(mem, row_text(r, 2)),
					   letter_face(mem, row_text(r, 5)) };
	}
	qsort(held, (size_t)n, sizeof *held, by_sender);
	section(v, "look", "Cần người xem", "A person must look at");
	table(v, heads);
	for (int i = 0; i < n; i++) {
		if (i == 0 || strcmp(held[i].face.agency, held[i - 1].face.agency) != 0) {
			fputs("<tr><th colspan=\"3\" class=\"group\">", v->out);
			put(v, *held[i].face.agency != 0 ? held[i].face.agency
			    : either(v, "Không đọc được nơi gửi", "Sender not read"));
			fputs("</th></tr>\n", v->out);
		}
		held_row(v, &held[i]);
	}
	table_end(v, all, n, "congvan list --only-problems");
	talloc_free(mem);
}

static void incomplete(const struct view *v)
{
	static const char *const heads[] = { "Điều gì", "What", "Căn cứ", "Law", NULL };
	int64_t all = count(v, OF_RUNS "SELECT count(*)" ROWS), n = 0;
	if (all == 0)
		return;
	section(v, "rows", "Danh sách, hồ sơ phải bổ sung hoặc hỏi lại", "Lists and packages to add to or ask about");
	table(v, heads);
	for (struct row *r = ask(v, OF_RUNS "SELECT f.severity, f.vi, f.en, coalesce(f.law, f.rule)" ROWS "ORDER BY f.id LIMIT 500");
	     row_next(r); n++) {
		fprintf(v->out, "<tr><td class=\"%s\">", row_text(r, 0));
		put(v, row_text(r, v->vi ? 1 : 2));
		fputs("</td>", v->out);
		put_cell(v, row_text(r, 3));
		fputs("</tr>\n", v->out);
	}
	table_end(v, all, n, "congvan report --format xlsx");
}

/* What was made -------------------------------------------------------------------------------------- */

static void packages(const struct view *v)
{
	static const char *const heads[] = { "Gói hồ sơ", "Package", "Biểu mẫu", "Form", "Số dòng", "Lines", "Nơi gửi", "Goes to",
					     "Hạn", "By", "Mở", "Open", NULL };
	int64_t all = count(v, OF_RUNS "SELECT count(*) FROM package p WHERE p.batch IN (SELECT id FROM batches)"), n = 0;
	if (all == 0)
		return;
	section(v, "packages", "Gói hồ sơ để lãnh đạo ký và gửi đi", "Packages to be signed and sent");
	table(v, heads);
	for (struct row *r = ask(v, OF_RUNS "SELECT p.path, count(*), coalesce(min(e.form), min(d.form)), min(d.channel), coalesce(min(d.deadline), min(e.deadline)), "
		"EXISTS (SELECT 1 FROM output WHERE path = p.path || '/data/cong-van.pdf') FROM package p "
		"JOIN package_line e ON e.package = p.id LEFT JOIN decision d ON d.id = (SELECT max(id) FROM decision "
		"WHERE serial = e.serial AND batch = p.batch) WHERE p.batch IN (SELECT id FROM batches) "
		"GROUP BY p.id ORDER BY p.path LIMIT 500"); row_next(r); n++) {
		fputs("<tr><td>", v->out);
		link_to(v, row_text(r, 0), row_text(r, 0));
		fputs("</td>", v->out);
		put_cell(v, row_text(r, 2));
		fprintf(v->out, "<td class=\"n\">%lld</td>", (long long)row_int(r, 1));
		put_cell(v, row_text(r, 3));
		char *by = day_vn(NULL, row_text(r, 4));
		put_cell(v, by);
		fputs("<td>", v->out);
		if (row_int(r, 5) != 0) {
			char *cover = format_text(by, "%s/data/cong-van.pdf", row_text(r, 0));
			link_to(v, cover, either(v, "công văn", "cover letter"));
		}
		talloc_free(by);
		fputs("</td></tr>\n", v->out);
	}
	table_end(v, all, n, "congvan package list");
}

/* Packages of earlier runs: how far they are, and each line that was done otherwise than asked. */
static void under_way(const struct view *v)
{
	static const char *const heads[] = { "Gói hồ sơ", "Package", "Trạng thái", "State", "Số dòng", "Lines", "Đã xong", "Done",
					     "Sai", "Wrong", "Còn chờ", "Open", NULL };
	static const char *const wrong_heads[] = { "Gói hồ sơ", "Package", "Dòng", "Line", "Số hiệu CTS", "Serial", "Sai ở đâu", "What is wrong",
						   NULL };
	int64_t all = count(v, UNDER_WAY "SELECT count(*) FROM way"), wrong = count(v, UNDER_WAY "SELECT coalesce(sum(wrong), 0) FROM way");
	int64_t n = 0;
	if (all == 0)
		return;
	section(v, "under-way", "Hồ sơ lập trước đây, chưa xong", "Packages of earlier runs, not finished");
	table(v, heads);
	for (struct row *r = ask(v, UNDER_WAY "SELECT path, state, lines, done, wrong FROM way ORDER BY wrong = 0, step DESC, path LIMIT 500");
	     row_next(r); n++) {
		fputs("<tr><td>", v->out);
		link_to(v, row_text(r, 0), row_text(r, 0));
		fputs("</td>", v->out);
		put_cell(v, phrase_of(package_states, row_text(r, 1), v->lang));
		fprintf(v->out, "<td class=\"n\">%lld</td><td class=\"n\">%lld</td><td class=\"%s n\">%lld</td><td class=\"n\">%lld</td></tr>\n",
			(long long)row_int(r, 2), (long long)row_int(r, 3), row_int(r, 4) > 0 ? "reject" : "", (long long)row_int(r, 4),
			(long long)(row_int(r, 2) - row_int(r, 3) - row_int(r, 4)));
	}
	table_end(v, all, n, "congvan package list");
	if (wrong == 0)
		return;
	n = 0;
	table(v, wrong_heads);
	for (struct row *r = ask(v, UNDER_WAY "SELECT w.path, n.number, coalesce(n.serial, ''), e.vi, e.en FROM way w JOIN package_line n "
		"ON n.package = w.id JOIN line_event e ON e.id = (SELECT max(id) FROM line_event WHERE line = n.id) WHERE e.status = 'wrong' "
		"ORDER BY w.path, n.number LIMIT 500"); row_next(r); n++) {
		fputs("<tr>", v->out);
		put_cell(v, row_text(r, 0));
		fprintf(v->out, "<td class=\"n\">%lld</td>", (long long)row_int(r, 1));
		put_cell(v, row_text(r, 2));
		put_cell(v, row_text(r, v->vi ? 3 : 4));
		fputs("</tr>\n", v->out);
	}
	table_end(v, wrong, n, "congvan reconcile");
}

static void papers(const struct view *v)
{
	int64_t n = 0;
	for (struct row *r = ask(v, OF_RUNS "SELECT o.path" PAPERS "AND o.path NOT LIKE '%.zip' ORDER BY o.path LIMIT 500"); row_next(r); n++) {
		if (n == 0) {
			section(v, "papers", "Thông báo và giấy tờ khác", "Notices and other papers");
			fputs("<ul>\n", v->out);
		}
		fputs("<li>", v->out);
		link_to(v, row_text(r, 0), row_text(r, 0));
		fputs("</li>\n", v->out);
	}
	if (n > 0)
		fputs("</ul>\n", v->out);
}

static void deadlines(const struct view *v)
{
	static const char *const heads[] = { "Hạn", "By", "Việc", "What", "Biểu mẫu", "Form", "Số chứng thư", "Certificates", NULL };
	int64_t n = 0;
	for (struct row *r = ask(v, OF_RUNS "SELECT d.deadline, d.action, d.form, count(*), d.deadline < "
		"(SELECT substr(max(at), 1, 10) FROM run WHERE id BETWEEN ?1 AND ?2)" DECIDED "AND d.deadline IS NOT NULL "
		"AND d.deadline <> '' GROUP BY 1, 2, 3 ORDER BY 1, 2 LIMIT 100"); row_next(r); n++) {
		if (n == 0) {
			section(v, "deadlines", "Thời hạn", "Deadlines");
			table(v, heads);
		}
		char *by = day_vn(NULL, row_text(r, 0));
		fprintf(v->out, "<tr><td class=\"%s\">%s</td>", row_int(r, 4) != 0 ? "reject" : "", by);
		talloc_free(by);
		put_cell(v, phrase_of(run_actions, row_text(r, 1), v->lang));
		put_cell(v, row_text(r, 2) != NULL ? row_text(r, 2) : "");
		fprintf(v->out, "<td class=\"n\">%lld</td></tr>\n", (long long)row_int(r, 3));
	}
	if (n > 0)
		table_end(v, n, n, "");
}

static void certificates(const struct view *v)
{
	static const char *const heads[] = { "Số hiệu", "Serial", "Quyết định", "Decision", "Vì sao, theo đâu", "Why, by what law", NULL };
	int64_t all = count(v, OF_RUNS "SELECT count(*)" DECIDED), n = 0;
	if (all == 0)
		return;
	section(v, "certificates", "Chứng thư số đã xét", "Certificates decided on");
	fputs("<p>", v->out);
	for (struct row *r = ask(v, OF_RUNS "SELECT d.action, count(*)" DECIDED "GROUP BY 1 ORDER BY 2 DESC"); row_next(r); n++)
		fprintf(v->out, "%s%s: <b>%lld</b>", n > 0 ? "; " : "", phrase_of(run_actions, row_text(r, 0), v->lang), (long long)row_int(r, 1));
	fputs(".</p>\n", v->out);
	table(v, heads);
	n = 0;
	for (struct row *r = ask(v, OF_RUNS "SELECT d.serial, d.action, d.says, d.law" DECIDED
				 "ORDER BY d.action IN ('none', 'keep'), d.action = 'revoke', d.grp, d.id LIMIT 500"); row_next(r); n++) {
		fputs("<tr><td class=\"id\"><code>", v->out);
		put(v, row_text(r, 0));
		fputs("</code></td>", v->out);
		put_cell(v, phrase_of(run_actions, row_text(r, 1), v->lang));
		fputs("<td>", v->out);
		put(v, row_text(r, 2));
		fputs(" <span class=\"law\">", v->out);
		put(v, row_text(r, 3));
		fputs("</span></td></tr>\n", v->out);
	}
	table_end(v, all, n, "congvan report --format xlsx");
}

/* What came ------------------------------------------------------------------------------------------ */

static void accepted(const struct view *v)
{
	static const char *const heads[] = { "Nơi gửi", "Sender", "Số, ký hiệu", "Number, symbol", "Ngày", "Date", "Trích yếu", "Subject",
					     "Tệp", "File", NULL };
	int64_t all = count(v, OF_RUNS "SELECT count(*) FROM letter l JOIN mine USING (id) WHERE " OUTCOME " = 'accept'"), n = 0;
	if (all == 0)
		return;
	section(v, "accepted", "Văn bản tiếp nhận được", "Letters accepted");
	table(v, heads);
	for (struct row *r = ask(v, OF_RUNS "SELECT " ARRIVED("name") ", l.record FROM letter l JOIN mine USING (id) WHERE " OUTCOME
				 " = 'accept' ORDER BY l.id LIMIT 500"); row_next(r); n++) {
		void *mem = talloc_new(NULL);
		struct letter_face f = letter_face(mem, row_text(r, 1));
		fputs("<tr>", v->out);
		put_cell(v, f.agency);
		put_cell(v, f.code);
		put_cell(v, day_vn(mem, f.date));
		put_cell(v, f.subject);
		fputs("<td><code>", v->out);
		put(v, bytes_text(mem, row_bytes(r, 0)));
		fputs("</code></td></tr>\n", v->out);
		talloc_free(mem);
	}
	table_end(v, all, n, "congvan list accept");
}

static void duplicates(const struct view *v)
{
	int64_t n = 0;
	for (struct row *r = ask(v, "SELECT a.name, b.name, b.received, 0 FROM arrival a JOIN arrival b ON b.id = (SELECT min(id) FROM arrival "
		"WHERE letter = a.letter) WHERE a.run BETWEEN ?1 AND ?2 AND b.id < a.id UNION ALL SELECT "
		"(SELECT name FROM arrival WHERE letter = l.id LIMIT 1), (SELECT name FROM arrival WHERE letter = l.same_as LIMIT 1), "
		"l.received, EXISTS (SELECT 1 FROM companion WHERE signature = l.id) FROM letter l WHERE l.state = 'linked' AND l.id IN (SELECT letter FROM arrival WHERE run BETWEEN ?1 AND ?2) "
		"LIMIT 500"); row_next(r); n++) {
		void *mem = talloc_new(NULL);
		if (n == 0) {
			section(v, "duplicates", "Cùng một văn bản", "The same letter");
			fputs("<ul>\n", v->out);
		}
		fputs("<li><code>", v->out);
		put(v, bytes_text(mem, row_bytes(r, 0)));
		fprintf(v->out, "</code> %s <code>", row_int(r, 3) != 0 ? either(v, "là chữ ký rời của", "is the detached signature of")
			: either(v, "là bản khác của", "is another copy of"));
		put(v, bytes_text(mem, row_bytes(r, 1)));
		fputs("</code></li>\n", v->out);
		talloc_free(mem);
	}
	if (n > 0)
		fputs("</ul>\n", v->out);
}

/* The machine ---------------------------------------------------------------------------------------- */

/* No times: the same inbox and the same day give the same bytes. */
static void machine(const struct view *v)
{
	static const char *const heads[] = { "Bước", "Stage", "Số lần", "Times", "Dừng giữa chừng", "Died", NULL };
	section(v, "machine", "Máy và lớp bảo vệ", "The machine and its walls");
	for (struct row *r = ask(v, "SELECT id, started, ended, walls FROM run WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1");
	     row_next(r);) {
		fputs("<p>", v->out);
		fprintf(v->out, either(v, "Lớp bảo vệ của phiên %lld: ", "Walls of run %lld: "), (long long)row_int(r, 0));
		put(v, row_text(r, 3));
		fputs(".</p>\n", v->out);
	}
	table(v, heads);
	for (struct row *r = ask(v, "SELECT stage, count(*), sum(outcome LIKE 'worker/%') FROM attempt "
		"WHERE run BETWEEN ?1 AND ?2 GROUP BY stage ORDER BY stage"); row_next(r);)
		fprintf(v->out, "<tr><td>%s</td><td class=\"n\">%lld</td><td class=\"n\">%lld</td></tr>\n", row_text(r, 0),
			(long long)row_int(r, 1), (long long)row_int(r, 2));
	fputs("</table>\n", v->out);
}

void report_run_page(struct ledger *l, struct runs run, enum lang lang, const char *outbox, FILE *out)
{
	const struct view v = { l, run, lang, lang == LANG_VI, outbox, out };
	char *title = report_run_title(NULL, l, run, lang);
	report_html_head(title, lang, out);
	talloc_free(title);
	lead(&v);
	to_do(&v);
	look(&v);
	incomplete(&v);
	packages(&v);
	under_way(&v);
	deadlines(&v);
	certificates(&v);
	accepted(&v);
	duplicates(&v);
	papers(&v);
	machine(&v);
	report_html_foot(out);
}
