/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_package.c - package: prove that packages are sound, say how far each has come.
 *
 *     package check PATH...            bags (folders, ZIPs) or folders that hold some
 *     package list                     those the ledger knows, with their last state
 *     package mark PATH STATE PERSON [REASON]
 *
 * The life of a package: drafted, signed, submitted, then accepted (and fulfilled) or returned. Every mark is an
 * event with time, person and reason; none is ever changed. A returned package is not reopened: a new one is made.
 */
#include "bag_check.h"
#include "command.h"
#include "ledger.h"
#include "report_run_words.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>

int cmd_package(struct options *);

static const struct { const char *state, *after; } states[] = {        /* after: states it may follow */
	{ "drafted", "" },
	{ "signed", "drafted" },
	{ "submitted", "signed" },
	{ "accepted", "submitted" },
	{ "returned", "submitted accepted" },
	{ "fulfilled", "accepted submitted" },
};
enum { STATES = sizeof states / sizeof *states };

static int state_at(const char *name)
{
	for (int i = 0; i < STATES; i++)
		if (strcmp(states[i].state, name) == 0)
			return i;
	return -1;
}

static void print_report(const struct options *o, const struct bag_report *r)
{
	if (o->format == FORMAT_JSON) {
		json_t *faults = json_array();
		for (int i = 0; i < r->faults.n; i++)
			json_array_append_new(faults, json_string(r->faults.at[i]));
		json_t *j = json_pack("{s:s,s:b,s:i,s:I,s:b,s:b,s:o}", "package", r->path, "ok", r->faults.n == 0, "files",
				      r->files, "octets", (json_int_t)r->octets, "zip", r->zip_too, "asice", r->sealed_too, "faults", faults);
		json_dumpf(j, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(j);
		return;
	}
	printf("%s: %s, %d %s, %lld %s%s%s\n", r->path,
	       r->faults.n > 0 ? (o->lang == LANG_VI ? "CÓ LỖI" : "FAULTY") : (o->lang == LANG_VI ? "tốt" : "sound"),
	       r->files, o->lang == LANG_VI ? "tệp" : "files", (long long)r->octets,
	       o->lang == LANG_VI ? "byte" : "octets",
	       r->zip_too ? (o->lang == LANG_VI ? ", ZIP giống thư mục" : ", ZIP compared") : "",
	       r->sealed_too ? (o->lang == LANG_VI ? ", bản niêm phong giống thư mục" : ", sealed whole compared") : "");
	for (int i = 0; i < r->faults.n; i++)
		printf("  - %s\n", r->faults.at[i]);
}

struct checking { struct options *o; const char *path; };

/* Sealed: a package may be anybody's. Its lines are relayed. */
static int check_work(void *arg, struct batch *back)
{
	struct checking *c = arg;
	struct texts found = { 0 };
	char *schema = format_text(back, "%s/schemas/package.xsd", c->o->settings.data);
	int code = EXIT_DONE;
	if (!bag_find(back, c->path, &found) || found.n == 0) {
		say(c->o->lang == LANG_VI ? "%s: không có gói hồ sơ nào ở đây" : "%s: no package there", c->path);
		return EXIT_NO_INPUT;
	}
	for (int i = 0; i < found.n; i++) {
		struct bag_report r;
		void *work = talloc_new(back);
		if (!bag_check(work, found.at[i], schema, &r)) {
			say(c->o->lang == LANG_VI ? "%s: không đọc được" : "%s: cannot be read", found.at[i]);
			code = EXIT_NO_INPUT;
		} else {
			print_report(c->o, &r);
			code = r.faults.n > 0 && code == EXIT_DONE ? EXIT_PERSON : code;
		}
		talloc_free(work);
	}
	return code;
}

static int check(struct options *o)
{
	static const struct stage *const none[] = { NULL };
	int code = EXIT_DONE;
	for (int i = 1; i < o->words_n; i++) {
		struct batch *back = batch_new(NULL, &o->settings);
		size_t len = strlen(o->words[i]);
		while (len > 1 && o->words[i][len - 1] == '/')
			len--;
		const char *readable[] = { o->words[i], format_text(back, "%.*s.zip", (int)len, o->words[i]),
					   format_text(back, "%.*s.asice", (int)len, o->words[i]), NULL };
		struct checking c = { o, o->words[i] };
		struct nursery_wish wish = { .settings = &o->settings, .stages = none, .unsealed = o->unsealed,
					     .readable = readable, .work = check_work, .arg = &c, .limits = { 600, 2048, 64 } };
		int one = worker_call(&wish, back);
		code = one == EXIT_DONE || (one == EXIT_PERSON && code != EXIT_DONE) ? code : one;
		talloc_free(back);
	}
	return code;
}

static struct ledger *open_ledger(const void *mem, struct options *o, enum ledger_use use, int *code)
{
	char *why = NULL;
	struct ledger *l = ledger_open(mem, o->state, o->settings.data, use, code, &why);
	if (l == NULL)
		say("%s", why);
	else
		*code = EXIT_DONE;
	return l;
}

static int list(struct options *o)
{
	void *mem = talloc_new(NULL);
	int code = EXIT_DONE;
	struct ledger *l = open_ledger(mem, o, LEDGER_READ, &code);
	if (l == NULL) {
		talloc_free(mem);
		return code;
	}
	struct row *q = ledger_ask(l, "SELECT p.path, coalesce(e.status, 'drafted'), e.happened, e.person, e.reason, "
				   "(SELECT count(*) FROM package_line n WHERE n.package = p.id), "
				   "(SELECT count(*) FROM package_line n WHERE n.package = p.id AND (SELECT status FROM line_event v "
				   "WHERE v.line = n.id ORDER BY v.id DESC LIMIT 1) = 'done'), "
				   "(SELECT count(*) FROM package_line n WHERE n.package = p.id AND (SELECT status FROM line_event v "
				   "WHERE v.line = n.id ORDER BY v.id DESC LIMIT 1) = 'wrong') FROM package p LEFT JOIN package_event e ON e.id = "
				   "(SELECT max(id) FROM package_event WHERE package = p.id) ORDER BY p.path", "");
	while (row_next(q)) {
		if (o->format == FORMAT_JSON) {
			json_t *j = json_pack("{s:s,s:s,s:s?,s:s?,s:s?,s:I,s:I,s:I}", "package", row_text(q, 0), "state", row_text(q, 1),
					      "at", row_text(q, 2), "person", row_text(q, 3), "reason", row_text(q, 4), "lines",
					      (json_int_t)row_int(q, 5), "done", (json_int_t)row_int(q, 6), "wrong",
					      (json_int_t)row_int(q, 7));
			json_dumpf(j, stdout, JSON_COMPACT);
			putchar('\n');
			json_decref(j);
			continue;
		}
		const char *reason = row_text(q, 4);
		bool vi = o->lang == LANG_VI;
		const char *state = phrase_of(package_states, row_text(q, 1), o->lang);
		printf("%s%*s %s (%lld %s", state, 18 - text_codepoints(state), "", row_text(q, 0), (long long)row_int(q, 5),
		       vi ? "dòng" : "lines");
		if (row_int(q, 6) > 0)
			printf(vi ? ", %lld đã có kết quả" : ", %lld done", (long long)row_int(q, 6));
		if (row_int(q, 7) > 0)
			printf(vi ? ", %lld chưa đúng" : ", %lld wrong", (long long)row_int(q, 7));
		printf(")%s%s\n", reason != NULL ? ": " : "", reason != NULL ? reason : "");
	}
	const char *why = NULL;
	if (ledger_failed(l, &code, &why))
		say("%s", why);
	talloc_free(mem);
	return code;
}

static int mark(struct options *o)
{
	int to = o->words_n >= 4 ? state_at(o->words[2]) : -1;
	if (to < 1 || (strcmp(o->words[2], "returned") == 0 && o->words_n < 5)) {
		say(o->lang == LANG_VI ? "package mark GÓI signed|submitted|accepted|returned|fulfilled NGƯỜI [LÝ DO]; bị trả lại (returned) phải "
		    "ghi lý do" : "package mark PATH signed|submitted|accepted|returned|fulfilled PERSON [REASON]; returned needs a reason");
		return EXIT_USE;
	}
	void *mem = talloc_new(NULL);
	int code = EXIT_DONE;
	struct ledger *l = open_ledger(mem, o, LEDGER_WRITE, &code);
	if (l == NULL || !ledger_begin(l)) {
		talloc_free(mem);
		return code != EXIT_DONE ? code : EXIT_TRY_LATER;
	}
	int64_t id = 0;
	char *now = NULL;
	struct row *q = ledger_ask(l, "SELECT p.id, coalesce((SELECT status FROM package_event WHERE package = p.id "
				   "ORDER BY id DESC LIMIT 1), 'drafted') FROM package p WHERE p.path = ?", "t", o->words[1]);
	while (row_next(q)) {
		id = row_int(q, 0);
		now = copy_text(mem, row_text(q, 1));
	}
	if (id == 0) {
		say(o->lang == LANG_VI ? "%s: sổ không có gói hồ sơ này; xem tên ở 'congvan package list'"
		    : "%s: the ledger knows no such package ('congvan package list')", o->words[1]);
		code = EXIT_NO_INPUT;
	} else if (strstr(states[to].after, now) == NULL) {
		say(o->lang == LANG_VI ? "%s %s nên không thể ghi là \"%s\"; thứ tự: đã ký, đã gửi, đã được tiếp nhận, rồi có kết quả hoặc bị trả lại"
		    : "%s is %s; it cannot become %s (signed, submitted, accepted, then fulfilled or returned)", o->words[1],
		    phrase_of(package_states, now, o->lang), phrase_of(package_states, states[to].state, o->lang));
		code = EXIT_INPUT;
	} else {
		ledger_put(l, "INSERT INTO package_event (package, status, happened, person, reason) VALUES (?, ?, ?, ?, ?)",
			   "itttt", id, states[to].state, time_text(mem, o->settings.at), o->words[3],
			   o->words_n > 4 ? o->words[4] : NULL);
		const char *why = NULL;
		if (!ledger_commit(l) && ledger_failed(l, &code, &why))
			say("%s", why);
	}
	talloc_free(mem);
	return code;
}

int cmd_package(struct options *o)
{
	const char *what = o->words_n > 0 ? o->words[0] : "";
	if (strcmp(what, "check") == 0 && o->words_n > 1)
		return check(o);
	if (strcmp(what, "list") == 0)
		return list(o);
	if (strcmp(what, "mark") == 0)
		return mark(o);
	say(o->lang == LANG_VI ? "package check GÓI..., package list, package write DANH-SÁCH, package sign GÓI, hoặc package mark GÓI TRẠNG-THÁI NGƯỜI [LÝ DO]"
	    : "package check PATH..., package list, or package mark PATH STATE PERSON [REASON]");
	return EXIT_USE;
}
