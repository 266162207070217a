/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_audit.c - a certificate inventory, the mergers, the requests: decisions. No ledger needed.
 *
 * The lists are read and judged in a sealed child; what it prints is relayed. Exit 1 when a person must look.
 */
#include "4_judge/audit.h"
#include "audit_outbox.h"
#include "command.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_audit(struct options *);

struct auditing {
	struct options *o;
	const struct judge *judge;
	struct audit_input in;
};

static bool map_file(const char *path, struct bytes *b)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	bool good = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (!good)
		say("%s: %s", path, fd < 0 ? say_error(errno) : said("not a file"));
	else if (st.st_size == 0)
		*b = (struct bytes){ (const uint8_t *)"", 0 };
	else {
		void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		good = at != MAP_FAILED;
		*b = (struct bytes){ at, (size_t)st.st_size };
	}
	if (fd >= 0)
		close(fd);
	return good;
}

static void put_cell(const char *text, char after)
{
	if (text != NULL && strpbrk(text, ",\"\n\r;") != NULL) {
		putchar_unlocked('"');
		for (; *text != 0; text++) {
			if (*text == '"')
				putchar_unlocked('"');
			putchar_unlocked(*text);
		}
		putchar_unlocked('"');
	} else if (text != NULL)
		fputs_unlocked(text, stdout);
	putchar_unlocked(after);
}

static void put_csv(const struct audit *a)
{
	puts("serial,action,rule,reason,successor_code,successor_body,group,suggested,form,channel,deadline,law,says");
	for (int i = 0; i < inventory_count(a->inventory); i++) {
		const struct decision *d = &a->decisions[i];
		const char *cells[] = { d->serial, d->action, d->code != NULL ? d->code : d->rule, d->reason,
			d->successor_code, d->successor_body, d->group, d->suggested, d->form, d->channel, d->deadline,
			d->law, d->says };
		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
			put_cell(cells[k], k + 1 < sizeof cells / sizeof *cells ? ',' : '\n');
	}
}

static void put_json(const struct audit *a)
{
	for (int i = 0; i < inventory_count(a->inventory); i++) {
		const struct decision *d = &a->decisions[i];
		json_t *j = json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?}",
			"serial", d->serial, "action", d->action, "rule", d->code, "reason", d->reason, "successor_code",
			d->successor_code, "successor_body", d->successor_body, "group", d->group, "suggested", d->suggested,
			"form", d->form, "channel", d->channel, "deadline", d->deadline, "law", d->law, "says", d->says);
		json_dumpf(j, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(j);
	}
}

static const char *const actions[] = { "keep", "change-info", "revoke", "choose-one", "needs-person", "none" };
enum { ACTIONS = sizeof actions / sizeof *actions };

static void count_actions(const struct audit *a, int counts[ACTIONS])
{
	for (int i = 0; i < inventory_count(a->inventory); i++)
		for (int k = 0; k < ACTIONS; k++)
			counts[k] += text_starts(a->decisions[i].action, actions[k]);  /* revoke+issue-new */
}

static void put_text(const struct audit *a, enum lang lang)
{
	static const char *const words[2][ACTIONS] = {
		{ "giữ nguyên", "thay đổi thông tin", "thu hồi", "chọn một trong nhóm", "người có thẩm quyền quyết định",
		  "không phải làm gì" },
		{ "keep", "change information", "revoke", "choose one of a group", "a person decides", "nothing to do" },
	};
	int counts[ACTIONS] = { 0 };
	count_actions(a, counts);
	for (int k = 0; k < ACTIONS; k++)
		printf("%8d  %s\n", counts[k], words[lang][k]);
	printf("%8d  %s\n", inventory_count(a->inventory), lang == LANG_VI ? "tổng số chứng thư số" : "certificates in all");
}

/* What a draft would ask of persons: the worksheet, before there is one. */
static void put_questions(const struct audit *a, enum lang lang)
{
	bool headed = false;
	for (int i = 0; i < inventory_count(a->inventory); i++) {
		const struct decision *d = &a->decisions[i];
		if (!text_same(d->action, "choose-one") && !text_same(d->action, "needs-person"))
			continue;
		if (!headed)
			puts(lang == LANG_VI ? "\nSố hiệu\tViệc\tLý do\tNhóm\tĐơn vị mới\tĐề xuất" : "\nserial\taction\treason\tgroup\tnew body\tproposal");
		headed = true;
		printf("%s\t%s\t%s\t%s\t%s\t%s\n", d->serial, d->action, d->reason, d->group != NULL ? d->group : "",
		       d->successor_body != NULL ? d->successor_body : "", d->suggested != NULL ? d->suggested : "");
	}
}

static const char *path_of(const struct options *o, const char *file)
{
	return text_same(file, "assignments") ? o->assignments : text_same(file, "requests") ? o->requests : o->inventory;
}

static int work(void *arg, struct batch *back)
{
	struct auditing *t = arg;
	struct sheet_trouble why = { 0 };
	const char *file = NULL;
	struct audit *a = audit_run(NULL, &t->o->settings, t->judge, &t->in, &file, &why);
	if (a == NULL) {
		say("%s: %s", path_of(t->o, file), t->o->lang == LANG_EN ? why.en : why.vi);
		return EXIT_INPUT;
	}
	int bad = 0;
	for (int i = 0; i < a->bad.n; i++) {
		const struct bad_row *b = &a->bad.at[i];
		say("%s:%d: %s", path_of(t->o, b->file), b->line, t->o->lang == LANG_EN ? b->en : b->vi);
		bad += !b->counts;
	}
	if (bad > 0)
		say(t->o->lang == LANG_EN ? "%d rows cannot be used; %d certificates were judged"
		    : "%d dòng không dùng được; đã xét %d chứng thư số", bad, inventory_count(a->inventory));
	for (int l = 0; l < a->batch->letters.n; l++)
		for (int i = 0; i < a->batch->letters.at[l]->findings.n; i++) {
			const struct finding *f = &a->batch->letters.at[l]->findings.at[i];
			say("%s: %s", f->rule, t->o->lang == LANG_EN ? f->en : f->vi);
		}
	if (t->o->format == FORMAT_CSV)
		put_csv(a);
	else if (t->o->format == FORMAT_JSON)
		put_json(a);
	else {
		put_text(a, t->o->lang);
		if (t->o->settings.mergers != NULL)
			put_questions(a, t->o->lang);
	}
	if (t->o->outbox != NULL)
		audit_emit(a, t->o, t->in.inventory, back);
	int counts[ACTIONS] = { 0 };
	count_actions(a, counts);
	return counts[3] + counts[4] > 0 || bad > 0 ? EXIT_PERSON : EXIT_DONE;
}

int cmd_audit(struct options *o)
{
	struct auditing t = { .o = o };
	char *why = NULL;
	if (o->inventory == NULL) {
		say(o->lang == LANG_VI ? "audit cần --inventory TỆP: danh sách chứng thư số (CSV hoặc XLSX)" : "audit wants --inventory FILE");
		return EXIT_USE;
	}
	if (!map_file(o->inventory, &t.in.inventory)
	    || (o->assignments != NULL && !map_file(o->assignments, &t.in.assignments))
	    || (o->requests != NULL && !map_file(o->requests, &t.in.requests)))
		return EXIT_NO_INPUT;
	t.judge = judge_prepare(&o->settings, &why);
	if (t.judge == NULL) {
		say("%s", why);
		return EXIT_MISSING;
	}
	if (o->outbox != NULL && !stage_emit.prepare(&o->settings, &why)) {
		say("%s", why);
		return EXIT_MISSING;
	}
	static const struct stage *const no_stages[] = { NULL };
	struct nursery_wish wish = { .settings = &o->settings, .stages = no_stages, .unsealed = o->unsealed, .work = work,
		.arg = &t, .limits = { 300, 3072, 4096 } };
	struct batch *back = batch_new(NULL, &o->settings);
	int code = worker_call(&wish, back);
	if (o->outbox == NULL || (code != EXIT_DONE && code != EXIT_PERSON))
		return code;
	int placed = audit_place(o, back);
	return placed != EXIT_DONE ? placed : code;
}
