/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_decide.c - what waits for a person: the worksheet out, the answers in.
 *
 *     decide --out FILE.xlsx|csv       a row a question: what is asked, the choices, our proposal, room to answer
 *     decide --in FILE.xlsx|csv        the same file filled in: checked, and recorded as events
 *
 * A question is a decision of the ledger that says choose-one or needs-person and that nobody has answered. An
 * answer bears a name and a reason; it is an event, never overwritten, and the last one counts. Of a group that
 * must choose one, exactly one certificate is chosen, or none of its rows is taken. What was taken is printed as
 * a list of requests (form decision-list), which `audit --requests` turns into packages.
 *
 * The sheet that comes back is read in a sealed child, as anything from outside is.
 */
#include "command.h"
#include "ledger.h"
#include "say.h"
#include "sheet.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

int cmd_decide(struct options *);

enum { ID, SERIAL, QUESTION, GROUP, BODY, PROPOSAL, SAYS, LAW, CHOICES, ANSWER, PERSON, REASON, COLUMNS };

static const struct { const char *name, *head; double width; } columns[COLUMNS] = {
	{ "id", "Mã câu hỏi", 10 }, { "serial", "Số hiệu CTS", 20 }, { "question", "Việc cần quyết định", 24 },
	{ "group", "Nhóm", 14 }, { "body", "Cơ quan, tổ chức mới", 34 }, { "proposal", "Đề xuất", 12 },
	{ "says", "Diễn giải", 70 }, { "law", "Căn cứ", 40 }, { "choices", "Các lựa chọn", 40 },
	{ "answer", "Trả lời", 18 }, { "person", "Họ tên người quyết định", 24 }, { "reason", "Lý do quyết định", 40 },
};

static const struct { const char *key, *answer; bool for_group; } answers[] = {
	{ "chon", "choose", true }, { "x", "choose", true }, { "choose", "choose", true },
	{ "khong chon", "not-chosen", true }, { "not chosen", "not-chosen", true },
	{ "giu nguyen", "keep", false }, { "keep", "keep", false },
	{ "thay doi thong tin", "change-info", false }, { "change-info", "change-info", false },
	{ "thu hoi", "revoke", false }, { "revoke", "revoke", false },
	{ "cap moi", "issue", false }, { "issue", "issue", false },
};

static const char open_questions[] =
	"SELECT d.id, d.serial, d.action, d.grp, d.successor_body, d.suggested, d.says, d.law FROM decision d "
	"WHERE d.action IN ('choose-one', 'needs-person') AND d.id = (SELECT max(e.id) FROM decision e WHERE e.serial = d.serial) "
	"AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.decision = d.id) ORDER BY d.grp, d.id";

/* Out ------------------------------------------------------------------------------------------------ */

static void question_cells(const struct row *r, const char *cells[COLUMNS], char id[24])
{
	bool choose = strcmp(row_text(r, 2), "choose-one") == 0;
	const char *suggested = row_text(r, 5);
	snprintf(id, 24, "%lld", (long long)row_int(r, 0));
	for (int i = 0; i < COLUMNS; i++)
		cells[i] = "";
	cells[ID] = id;
	cells[SERIAL] = row_text(r, 1);
	cells[QUESTION] = choose ? "Chọn một chứng thư trong nhóm" : "Quyết định đối với chứng thư này";
	cells[GROUP] = row_text(r, 3);
	cells[BODY] = row_text(r, 4);
	cells[PROPOSAL] = choose ? (suggested != NULL && *suggested == 'Y' ? "chọn" : "không chọn") : "";
	cells[SAYS] = row_text(r, 6);
	cells[LAW] = row_text(r, 7);
	cells[CHOICES] = choose ? "chọn; không chọn (cả nhóm chọn đúng 01)" : "giữ nguyên; thay đổi thông tin; thu hồi; cấp mới";
	for (int i = 0; i < COLUMNS; i++)
		cells[i] = cells[i] != NULL ? cells[i] : "";
}

static bool put_xlsx(struct ledger *l, const char *path, int *n)
{
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "Chờ quyết định");
	lxw_format *head = workbook_add_format(book), *wrap = workbook_add_format(book);
	format_set_bold(head);
	format_set_text_wrap(head);
	format_set_text_wrap(wrap);
	for (int i = 0; i < COLUMNS; i++) {
		worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
		worksheet_write_string(sheet, 0, (lxw_col_t)i, columns[i].head, head);
	}
	worksheet_freeze_panes(sheet, 1, 2);
	for (struct row *r = ledger_ask(l, open_questions, ""); row_next(r);) {
		const char *cells[COLUMNS];
		char id[24];
		question_cells(r, cells, id);
		++*n;
		for (int i = 0; i < COLUMNS; i++)
			worksheet_write_string(sheet, (lxw_row_t)*n, (lxw_col_t)i, cells[i], wrap);
	}
	return workbook_close(book) == LXW_NO_ERROR;
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

static bool put_csv(struct ledger *l, const char *path, int *n)
{
	FILE *to = fopen(path, "we");
	if (to == NULL)
		return false;
	for (int i = 0; i < COLUMNS; i++)
		fprintf(to, "%s%c", columns[i].name, i + 1 < COLUMNS ? ',' : '\n');
	for (struct row *r = ledger_ask(l, open_questions, ""); row_next(r); ++*n) {
		const char *cells[COLUMNS];
		char id[24];
		question_cells(r, cells, id);
		for (int i = 0; i < COLUMNS; i++)
			put_quoted(to, cells[i], i + 1 < COLUMNS ? ',' : '\n');
	}
	return fclose(to) == 0;
}

static int questions_out(struct options *o, struct ledger *l)
{
	int n = 0;
	bool good = text_ends(o->out, ".csv") ? put_csv(l, o->out, &n) : put_xlsx(l, o->out, &n);
	if (!good) {
		say("%s: cannot be written", o->out);
		return EXIT_CANNOT_WRITE;
	}
	say(o->lang == LANG_VI ? "%s: %d câu hỏi chờ trả lời" : "%s: %d questions wait", o->out, n);
	return n > 0 ? EXIT_PERSON : EXIT_DONE;
}

/* In ------------------------------------------------------------------------------------------------- */

struct reading { struct batch *back; struct bytes in; int at[COLUMNS]; bool headed; };

static bool take_row(void *with, const struct sheet_row *row)
{
	struct reading *r = with;
	if (!r->headed) {
		int found = 0;
		for (int c = 0; c < COLUMNS; c++) {
			r->at[c] = -1;
			char *head = text_weak(r->back, columns[c].head);
			for (int i = 0; i < row->n && r->at[c] < 0; i++) {
				char *cell = text_weak(r->back, row->cells[i]);
				if (strcmp(cell, head) == 0 || strcmp(cell, columns[c].name) == 0)
					r->at[c] = i;
			}
			found += r->at[c] >= 0 && (c == ID || c == SERIAL || c == ANSWER || c == PERSON || c == REASON);
		}
		r->headed = found == 5;
		return true;
	}
	const char *cells[COLUMNS];
	for (int c = 0; c < COLUMNS; c++)
		cells[c] = r->at[c] >= 0 && r->at[c] < row->n ? text_line(r->back, row->cells[r->at[c]]) : "";
	if (*cells[ID] == 0 || *cells[ANSWER] == 0)
		return true;                   /* left open */
	struct decision *d = batch_add_decision(r->back);
	d->rule = copy_text(r->back, cells[ID]);
	d->serial = copy_text(r->back, cells[SERIAL]);
	d->action = copy_text(r->back, cells[ANSWER]);
	d->successor_body = copy_text(r->back, cells[PERSON]);
	d->reason = copy_text(r->back, cells[REASON]);
	d->deadline = format_text(r->back, "%d", row->number);
	return true;
}

static int read_sheet(void *arg, struct batch *back)
{
	struct reading *r = arg;
	char *why = NULL;
	r->back = back;
	if (!sheet_read(back, r->in, take_row, r, &why)) {
		say("%s", why);
		return EXIT_INPUT;
	}
	if (!r->headed) {
		say("no row names the columns id, serial, answer, person, reason");
		return EXIT_INPUT;
	}
	return EXIT_DONE;
}

struct answered { const struct decision *row; const char *answer; char *group; bool bad; };

static int refuse(struct answered *a, const char *vi, const char *en, enum lang lang)
{
	say(lang == LANG_VI ? "dòng %s: %s" : "row %s: %s", a->row->deadline, lang == LANG_VI ? vi : en);
	a->bad = true;
	return 1;
}

static int check_row(struct ledger *l, struct answered *a, enum lang lang)
{
	char *key = text_weak(l, a->row->action);
	struct row *q = ledger_ask(l, "SELECT serial, action, grp FROM decision WHERE id = ? AND action IN ('choose-one', 'needs-person')",
				   "i", (int64_t)strtoll(a->row->rule, NULL, 10));
	bool known = row_next(q) && row_text(q, 0) != NULL && strcmp(row_text(q, 0), a->row->serial) == 0, choose = false;
	if (known) {
		choose = strcmp(row_text(q, 1), "choose-one") == 0;
		a->group = copy_text(l, choose ? row_text(q, 2) : NULL);
		row_stop(q);
	}
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (strcmp(answers[i].key, key) == 0 && answers[i].for_group == choose)
			a->answer = answers[i].answer;
	if (!known)
		return refuse(a, "không có câu hỏi này trong sổ, hoặc số hiệu không khớp", "no such question, or another serial", lang);
	if (a->answer == NULL)
		return refuse(a, "câu trả lời không phải một trong các lựa chọn", "the answer is none of the choices", lang);
	if (*a->row->successor_body == 0 || *a->row->reason == 0)
		return refuse(a, "thiếu họ tên người quyết định hoặc lý do", "the name or the reason is missing", lang);
	return 0;
}

/* Exactly one of a group is chosen, or no row of it is taken. */
static int check_groups(struct answered *a, int n, enum lang lang)
{
	int refused = 0;
	for (int i = 0; i < n; i++) {
		int chosen = 0;
		if (a[i].group == NULL || a[i].bad)
			continue;
		for (int k = 0; k < n; k++)
			chosen += text_same(a[k].group, a[i].group) && a[k].answer != NULL && strcmp(a[k].answer, "choose") == 0;
		if (chosen != 1)
			refused += refuse(&a[i], "cả nhóm phải chọn đúng 01 chứng thư số", "of a group exactly one is chosen", lang);
	}
	return refused;
}

static int answers_in(struct options *o, struct ledger *l)
{
	struct reading r = { 0 };
	int fd = open(o->in, O_RDONLY | O_CLOEXEC), code = EXIT_DONE, refused = 0, taken = 0;
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		say("%s: cannot be read", o->in);
		return EXIT_NO_INPUT;
	}
	r.in = (struct bytes){ mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0), (size_t)st.st_size };
	close(fd);
	struct batch *back = batch_new(l, &o->settings);
	struct nursery_wish wish = { .settings = &o->settings, .unsealed = o->unsealed, .work = read_sheet, .arg = &r,
		.limits = { 60, 512, 64 } };
	if (r.in.at == MAP_FAILED || (code = worker_call(&wish, back)) != EXIT_DONE)
		return code != EXIT_DONE ? code : EXIT_IO;
	struct answered *a = new_array(l, struct answered, (size_t)back->decisions.n + 1);
	for (int i = 0; i < back->decisions.n; i++) {
		a[i].row = &back->decisions.at[i];
		refused += check_row(l, &a[i], o->lang);
	}
	refused += check_groups(a, back->decisions.n, o->lang);
	char *now = time_text(l, o->settings.at);
	ledger_begin(l);
	for (int i = 0; i < back->decisions.n; i++) {
		if (a[i].bad)
			continue;
		ledger_put(l, "INSERT INTO answer (decision, answer, person, reason, given) VALUES (?, ?, ?, ?, ?)", "itttt",
			   (int64_t)strtoll(a[i].row->rule, NULL, 10), a[i].answer, a[i].row->successor_body, a[i].row->reason, now);
		taken++;
	}
	if (!ledger_commit(l)) {
		const char *why = "";
		ledger_failed(l, &code, &why);
		say("%s", why);
		return code;
	}
	puts("form,serial,choice,name,reason,time");
	for (int i = 0; i < back->decisions.n; i++)
		if (!a[i].bad) {
			printf("decision-list,%s,%s,", a[i].row->serial, a[i].answer);
			put_quoted(stdout, a[i].row->successor_body, ',');
			put_quoted(stdout, a[i].row->reason, ',');
			printf("%s\n", now);
		}
	say(o->lang == LANG_VI ? "đã ghi %d câu trả lời, không nhận %d dòng" : "%d answers recorded, %d rows refused", taken, refused);
	return refused > 0 ? EXIT_PERSON : EXIT_DONE;
}

int cmd_decide(struct options *o)
{
	int code = EXIT_DONE;
	char *why = NULL;
	if ((o->out == NULL) == (o->in == NULL)) {
		say("decide wants --out FILE or --in FILE");
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
