/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_decide.c - what waits for a person: the worksheet out, the answers in.
 *
 *     decide --out FILE.xlsx|csv       a row a question: what is asked, the choices, our proposal, room to answer
 *     decide --in FILE.xlsx|csv        the same file filled in: checked, and recorded as events
 *
 * A question is a decision of the ledger that says choose-one or needs-person and that nobody has answered; or one that
 * asks for a form and is in no package, because something of its row is missing or contradicted. An answer bears a name and a reason; it is an event, never overwritten, and the last one counts. Of a group that
 * must choose one, exactly one certificate is chosen, or none of its rows is taken. What was taken is printed as
 * a list of requests (form decision-list) for `audit --requests`; the next `congvan run` judges with it (recall.h).
 * A worksheet dropped in the inbox is taken by the same checks (answers.h).
 *
 * The sheet that comes back is read in a sealed child, as anything from outside is.
 */
#include "5_emit/worksheet_book.h"
#include "answers.h"
#include "command.h"
#include "durable.h"
#include "ledger.h"
#include "say.h"
#include "sheet.h"
#include "text.h"
#include "worker.h"
#include "worksheet.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_decide(struct options *);

static const char open_questions[] =
	"SELECT d.id, d.serial, d.action, d.grp, d.successor_body, d.suggested, d.says || "
	"coalesce(' ' || (SELECT f.vi FROM finding f WHERE f.rule = '5_emit/incomplete-row' AND d.form IS NOT NULL "
	"AND instr(f.vi, d.serial) > 0 ORDER BY f.id DESC LIMIT 1), ''), d.law FROM decision d "
	"WHERE " DECISION_WAITS " AND d.id = (SELECT max(e.id) FROM decision e WHERE e.serial = d.serial) "
	"AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.decision = d.id) ORDER BY d.grp, d.id";

/* Out ------------------------------------------------------------------------------------------------ */

static void question_cells(const struct row *r, const char *cells[WORKSHEET_COLUMNS], char id[24])
{
	snprintf(id, 24, "%lld", (long long)row_int(r, 0));
	for (int i = 0; i < WORKSHEET_COLUMNS; i++)
		cells[i] = NULL;
	cells[WORKSHEET_ID] = id;
	cells[WORKSHEET_SERIAL] = row_text(r, 1);
	cells[WORKSHEET_GROUP] = row_text(r, 3);
	cells[WORKSHEET_BODY] = row_text(r, 4);
	cells[WORKSHEET_SAYS] = row_text(r, 6);
	cells[WORKSHEET_LAW] = row_text(r, 7);
}

/* The questions as a book; NULL cells are empty ones. */
static struct book *question_book(const void *mem, const struct options *o, struct ledger *l, int *n)
{
	struct book *b = book_new(mem, "Việc chờ người có thẩm quyền", o->settings.at);
	struct book_sheet *s = worksheet_sheet(b);
	for (struct row *r = ledger_ask(l, open_questions, ""); row_next(r); ++*n) {
		const char *cells[WORKSHEET_COLUMNS];
		char id[24];
		question_cells(r, cells, id);
		worksheet_add(b, s, cells, row_text(r, 2), row_text(r, 5));
	}
	return b;
}

static void put_quoted(FILE *to, const char *text, char after)
{
	fputc('"', to);
	for (; *text != 0; text++) {
		if (*text == '"')
			fputc('"', to);
		fputc(*text, to);
	}
	fputc('"', to);
	fputc(after, to);
}

/* With the mark of UTF-8: Excel takes a CSV without one for the letters of its country. */
static void put_csv(const struct book *b, FILE *to)
{
	const struct book_sheet *s = &b->sheets.at[0];
	fputs("\xEF\xBB\xBF", to);
	for (int i = 0; i < WORKSHEET_COLUMNS; i++)
		fprintf(to, "%s%c", worksheet_headings[i].name, i + 1 < WORKSHEET_COLUMNS ? ',' : '\n');
	for (int i = 1; i < s->rows.n; i++)
		for (int c = 0; c < WORKSHEET_COLUMNS; c++)
			put_quoted(to, s->rows.at[i].cells[c] != NULL ? s->rows.at[i].cells[c] : "", c + 1 < WORKSHEET_COLUMNS ? ',' : '\n');
}

static bool put_book(const struct book *b, const char *path)
{
	FILE *to = fopen(path, "we");
	if (to == NULL)
		return false;
	if (text_ends(path, ".csv.new"))
		put_csv(b, to);
	else {
		struct bytes xlsx = write_xlsx(b, b);
		fwrite(xlsx.at, 1, xlsx.len, to);
	}
	bool good = ferror(to) == 0;
	return fclose(to) == 0 && good;
}

static int questions_out(struct options *o, struct ledger *l)
{
	int n = 0;
	char *new = format_text(l, "%s.new", o->out);
	errno = 0;
	if (!put_book(question_book(l, o, l, &n), new) || !durable_replace(new, o->out)) {
		int error = errno;
		say("%s: %s", o->out, error != 0 ? say_error(error) : said("cannot be written"));
		unlink(new);
		return error != 0 ? (int)durable_code(error) : EXIT_CANNOT_WRITE;
	}
	say(o->lang == LANG_VI ? "%s: %d câu hỏi chờ trả lời" : "%s: %d questions wait", o->out, n);
	return n > 0 ? EXIT_PERSON : EXIT_DONE;
}

/* In ------------------------------------------------------------------------------------------------- */

struct reading { const struct options *o; struct batch *back; struct bytes in; int at[WORKSHEET_COLUMNS]; bool headed; };

static bool take_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (!r->headed) {
		r->headed = worksheet_find_heading(row, r->at);
		return true;
	}
	const char *cells[WORKSHEET_COLUMNS];
	for (enum worksheet_column c = 0; c < WORKSHEET_COLUMNS; c++)
		cells[c] = text_line(r->back, worksheet_cell(row, r->at, c));
	if (*cells[WORKSHEET_ANSWER] == 0)
		return true;                   /* left open */
	struct decision *d = batch_add_decision(r->back);
	d->rule = copy_text(r->back, cells[WORKSHEET_ID]);
	d->serial = copy_text(r->back, cells[WORKSHEET_SERIAL]);
	d->action = copy_text(r->back, cells[WORKSHEET_ANSWER]);
	d->successor_body = copy_text(r->back, cells[WORKSHEET_PERSON]);
	d->reason = copy_text(r->back, cells[WORKSHEET_REASON]);
	d->deadline = format_text(r->back, "%d", row->number);
	return true;
}

static int read_sheet(void *arg, struct batch *back)
{
	struct reading *r = arg;
	struct sheet_trouble why = { 0 };
	bool vi = r->o->lang == LANG_VI;
	r->back = back;
	if (!sheet_read(back, r->in, take_row, r, &why)) {
		say("%s: %s", r->o->in, vi ? why.vi : why.en);
		return EXIT_INPUT;
	}
	if (!r->headed) {
		say(vi ? "%s: không có dòng tiêu đề với các cột Mã câu hỏi, Số hiệu CTS, Trả lời, Họ tên người quyết định, Lý do quyết định; hãy "
		    "dùng phiếu do 'congvan decide --out' làm ra và giữ nguyên dòng tiêu đề"
		    : "%s: no row names the columns id, serial, answer, person, reason; use the worksheet of 'congvan decide --out' and "
		    "leave its heading as it is", r->o->in);
		return EXIT_INPUT;
	}
	return EXIT_DONE;
}

static int answers_in(struct options *o, struct ledger *l)
{
	struct reading r = { .o = o };
	int fd = open(o->in, O_RDONLY | O_CLOEXEC), code = EXIT_DONE;
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		say(o->lang == LANG_VI ? "%s: không có tệp, tệp rỗng hoặc không đọc được" : "%s: not there, empty or not readable", o->in);
		return EXIT_NO_INPUT;
	}
	r.in = (struct bytes){ mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0), (size_t)st.st_size };
	close(fd);
	struct batch *back = batch_new(l, &o->settings);
	struct nursery_wish wish = { .settings = &o->settings, .unsealed = o->unsealed, .work = read_sheet, .arg = &r,
		.limits = { 60, 512, 64 } };
	if (r.in.at == MAP_FAILED || (code = worker_call(&wish, back)) != EXIT_DONE)
		return code != EXIT_DONE ? code : EXIT_IO;
	int n = back->decisions.n;
	struct answered *a = new_array(back, struct answered, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const struct decision *d = &back->decisions.at[i];
		a[i] = (struct answered){ d->rule, d->serial, d->action, d->successor_body, d->reason, atoi(d->deadline),
					  NULL, NULL, NULL, NULL };
	}
	int refused = answers_check(l, back, a, n);
	bool vi = o->lang == LANG_VI;
	for (int i = 0; i < n; i++)
		if (a[i].vi != NULL)
			say(vi ? "dòng %d: %s" : "row %d: %s", a[i].row, vi ? a[i].vi : a[i].en);
	char *now = time_text(l, o->settings.at);
	ledger_begin(l);
	answers_put(l, a, n, now);
	if (!ledger_commit(l)) {
		const char *why = "";
		ledger_failed(l, &code, &why);
		say("%s", why);
		return code;
	}
	puts("form,serial,choice,name,reason,time");
	for (int i = 0; i < n; i++)
		if (a[i].vi == NULL) {
			printf("decision-list,%s,%s,", a[i].serial, a[i].answer);
			put_quoted(stdout, a[i].person, ',');
			put_quoted(stdout, a[i].reason, ',');
			printf("%s\n", now);
		}
	say(vi ? "đã ghi %d câu trả lời, không nhận %d dòng" : "%d answers recorded, %d rows refused", n - refused, refused);
	return refused > 0 ? EXIT_PERSON : EXIT_DONE;
}

int cmd_decide(struct options *o)
{
	int code = EXIT_DONE;
	char *why = NULL;
	if ((o->out == NULL) == (o->in == NULL)) {
		say(o->lang == LANG_VI ? "decide cần --out TỆP (xuất phiếu hỏi) hoặc --in TỆP (đọc phiếu đã trả lời)"
		    : "decide wants --out FILE or --in FILE");
		return EXIT_USE;
	}
	struct ledger *l = ledger_open(NULL, o->state, o->settings.data, o->out != NULL ? LEDGER_READ : LEDGER_WRITE, &code, &why);
	if (l == NULL) {
		say("%s", why);
		return code;
	}
	code = o->out != NULL ? questions_out(o, l) : answers_in(o, l);
	talloc_free(l);
	return code;
}
