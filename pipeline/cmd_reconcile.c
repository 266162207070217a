/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_reconcile.c - the authority's answers: what was asked is closed, what differs is told.
 *
 *     reconcile FILE|DIR...            .cer .crt .pem .p7b .crl, an inventory export (CSV, XLSX)
 *
 * Each file is read in a sealed child (3_verify/answer.h), kept in the store, and compared with the lines of the
 * ledger (reconcile.h). What is found is an event; nothing is overwritten, and the same answers again say nothing new.
 * Exit 1: something is not as asked, not there yet, or was done and not asked.
 */
#include "3_verify/answer.h"
#include "command.h"
#include "reconcile.h"
#include "say.h"
#include "store.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_reconcile(struct options *);

struct answered_file { char *path; struct letter *letter; struct stored stored; bool usable; };

struct reconciling {
	struct options *o;
	struct ledger *ledger;
	struct store *store;
	struct reconcile *compared;
	LIST(struct answered_file) files;
	int next, done, code;
};

static void raise_code(struct reconciling *r, int code)
{
	if (r->code == EXIT_DONE || r->code == EXIT_PERSON)
		r->code = code;
}

static void add_file(struct reconciling *r, const char *path)
{
	r->files.at = own_grow(r, r->files.at, r->files.n, &r->files.room, sizeof *r->files.at);
	r->files.at[r->files.n++] = (struct answered_file){ .path = copy_text(r, path) };
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static bool find_files(struct reconciling *r)
{
	for (int i = 0; i < r->o->words_n; i++) {
		struct stat st;
		if (stat(r->o->words[i], &st) != 0) {
			say("%s: %s", r->o->words[i], say_error(errno));
			return false;
		}
		char *const paths[] = { r->o->words[i], NULL };
		FTS *walk = S_ISDIR(st.st_mode) ? fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name) : NULL;
		for (FTSENT *e; walk != NULL && (e = fts_read(walk)) != NULL;)
			if (e->fts_info == FTS_F)
				add_file(r, e->fts_path);
		if (walk != NULL)
			fts_close(walk);
		else
			add_file(r, r->o->words[i]);
	}
	return true;
}

/* Reading, sealed --------------------------------------------------------------------------------------- */

static bool next(void *with, struct task *task)
{
	struct reconciling *r = with;
	if (r->next >= r->files.n)
		return false;
	struct answered_file *f = &r->files.at[r->next++];
	f->letter = task->letter = letter_new(r, &r->o->settings, f->path);
	task->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool good = task->fd >= 0 && fstat(task->fd, &st) == 0 && S_ISREG(st.st_mode);
	if (good && !r->o->dry_run)
		good = store_take(r->store, task->fd, &f->stored) && lseek(task->fd, 0, SEEK_SET) == 0;
	if (!good) {
		int error = errno;
		say("%s: %s", f->path, error != 0 ? say_error(error) : said("not a file"));
		raise_code(r, error == ENOSPC ? EXIT_TRY_LATER : EXIT_NO_INPUT);
		if (task->fd >= 0)
			close(task->fd);
		task->fd = -1;
	}
	f->usable = good;
	return true;
}

static void done(void *with, struct task *task)
{
	struct reconciling *r = with;
	struct answered_file *f = &r->files.at[r->done++];
	if (task->end == END_LOST || task->end == END_RETRY)
		raise_code(r, EXIT_TRY_LATER);
	f->usable = f->usable && task->end == END_DONE;
	for (int i = 0; i < f->letter->findings.n; i++) {
		const struct finding *one = &f->letter->findings.at[i];
		say("%s: %s", f->path, r->o->lang == LANG_EN ? one->en : one->vi);
		f->usable = f->usable && !text_same(one->rule, "3_verify/no-answer")
			&& !text_same(one->rule, "3_verify/form-is-no-answer");
	}
	if (!f->usable)
		raise_code(r, EXIT_INPUT);
}

static bool read_answers(struct reconciling *r, struct nursery *n)
{
	struct feed feed = { .next = next, .done = done, .with = r, .jobs = options_jobs(r->o, 0) };
	if (!worker_letters(n, &feed))
		raise_code(r, EXIT_TRY_LATER);
	int usable = 0;
	for (int i = 0; i < r->files.n; i++)
		usable += r->files.at[i].usable;
	return usable > 0 && r->code != EXIT_TRY_LATER;
}

/* Telling ------------------------------------------------------------------------------------------------ */

static const struct { const char *word, *vi, *en; } kinds[] = {        /* by enum reconciled_kind */
	{ "done", "Đã có kết quả đúng như đề nghị", "Done as asked" },
	{ "wrong", "Không đúng như đề nghị, hoặc chưa chứng minh được", "Not as asked, or not proven" },
	{ "open", "Đã đề nghị, chưa có kết quả", "Asked, no result yet" },
	{ "unasked", "Đã làm mà không có đề nghị", "Done, and not asked" },
	{ "note", "Lưu ý", "Notes" },
};

static void put_json(const struct reconciled *one)
{
	const struct awaited *a = one->line;
	json_t *j = json_pack("{s:s,s:s?,s:o,s:s?,s:s?,s:s?,s:s?,s:s?,s:s?,s:s,s:s}", "kind", kinds[one->kind].word, "package",
		a != NULL ? a->package : NULL, "line", a != NULL ? json_integer(a->number) : json_null(), "asks",
		a != NULL ? a->asks : NULL, "holder", a != NULL ? a->holder : NULL, "serial", one->serial, "new_serial",
		one->new_serial, "source", one->source, "sha256", one->object, "vi", one->vi, "en", one->en);
	json_dumpf(j, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(j);
}

static void put_text(const struct reconciled *one, bool vi)
{
	const struct awaited *a = one->line;
	printf("  %s%s%s%s%s\n", one->serial != NULL ? one->serial : "", one->new_serial != NULL ? " → " : "",
	       one->new_serial != NULL ? one->new_serial : "", a != NULL && a->holder != NULL ? "  " : "",
	       a != NULL && a->holder != NULL ? a->holder : "");
	printf("      %s\n", vi ? one->vi : one->en);
	if (a != NULL)
		printf("      %s, %s %d%s%s\n", a->package, vi ? "dòng" : "line", a->number, one->source != NULL ? "; " : "",
		       one->source != NULL ? one->source : "");
	else if (one->source != NULL)
		printf("      %s\n", one->source);
}

static void report(struct reconciling *r, const struct texts *closed)
{
	int counts[5] = { 0 }, n = reconcile_count(r->compared);
	bool vi = r->o->lang == LANG_VI;
	for (int i = 0; i < n; i++)
		counts[reconcile_at(r->compared, i)->kind]++;
	for (int k = 0; k < 5; k++) {
		if (r->o->format != FORMAT_JSON && (counts[k] > 0 || k < 4))
			printf("%s: %d\n", vi ? kinds[k].vi : kinds[k].en, counts[k]);
		for (int i = 0; i < n; i++) {
			const struct reconciled *one = reconcile_at(r->compared, i);
			if ((int)one->kind == k && r->o->format == FORMAT_JSON)
				put_json(one);
			else if ((int)one->kind == k)
				put_text(one, vi);
		}
	}
	for (int i = 0; i < closed->n; i++)
		if (r->o->format == FORMAT_JSON)
			printf("{\"kind\":\"closed\",\"package\":\"%s\"}\n", closed->at[i]);
		else
			printf(vi ? "Hồ sơ đã có đủ kết quả: %s\n" : "Package fulfilled: %s\n", closed->at[i]);
	if (counts[RECONCILED_WRONG] + counts[RECONCILED_OPEN] + counts[RECONCILED_UNASKED] > 0 && r->code == EXIT_DONE)
		r->code = EXIT_PERSON;
}

/* ------------------------------------------------------------------------------------------------------- */

static bool keep(struct reconciling *r, struct texts *closed)
{
	const char *why = said("ledger: cannot commit");
	if (!store_sync(r->store)) {
		say("store: %s", say_error(errno));
		raise_code(r, EXIT_TRY_LATER);
		return false;
	}
	ledger_begin(r->ledger);
	for (int i = 0; i < r->files.n; i++)
		if (r->files.at[i].usable)
			ledger_put(r->ledger, "INSERT OR IGNORE INTO object (sha256, size) VALUES (?, ?)", "ti",
				   r->files.at[i].stored.sha256, r->files.at[i].stored.size);
	reconcile_put(r->compared, r, closed);
	if (ledger_commit(r->ledger))
		return true;
	int code = EXIT_IO;
	ledger_failed(r->ledger, &code, &why);
	say("%s", why);
	r->code = code;
	return false;
}

static int reconcile(struct reconciling *r)
{
	struct texts closed = { 0 };
	char *why = NULL;
	/* The nursery inherits the serials, never the ledger: it is opened once to learn them, and again to write. */
	r->ledger = ledger_open(r, r->o->state, r->o->settings.data, LEDGER_WRITE, &r->code, &why);
	if (r->ledger == NULL) {
		say("%s", why);
		return r->code;
	}
	struct texts serials = *reconcile_serials(reconcile_new(r, r->ledger, r->o->settings.at));
	talloc_free(r->ledger);
	answer_know(&serials);
	static const struct stage *const stages_[] = { &stage_answer, NULL };
	struct nursery_wish wish = { .settings = &r->o->settings, .stages = stages_, .unsealed = r->o->unsealed };
	struct nursery *n = nursery_new(r, &wish);
	r->code = EXIT_DONE;
	int code;
	if (!nursery_ready(n, &code, &why)) {
		say("%s", why);
		return code;
	}
	r->store = store_open(r, r->o->state);
	if (r->store == NULL) {
		say("%s/store: %s", r->o->state, say_error(errno));
		return EXIT_CANNOT_WRITE;
	}
	if (!read_answers(r, n))
		return r->code;
	r->ledger = ledger_open(r, r->o->state, r->o->settings.data, LEDGER_WRITE, &code, &why);
	if (r->ledger == NULL) {
		say("%s", why);
		return code;
	}
	r->compared = reconcile_new(r, r->ledger, r->o->settings.at);
	for (int i = 0; i < r->files.n; i++)
		if (r->files.at[i].usable)
			reconcile_take(r->compared, r->files.at[i].letter, r->files.at[i].path,
				       r->o->dry_run ? NULL : r->files.at[i].stored.sha256);
	reconcile_compare(r->compared);
	if (!r->o->dry_run && !keep(r, &closed))
		return r->code;
	report(r, &closed);
	return r->code;
}

int cmd_reconcile(struct options *o)
{
	if (o->words_n == 0) {
		say(o->lang == LANG_VI ? "reconcile cần tệp trả lời của Cục: chứng thư (.cer), CRL, danh sách chứng thư (CSV, XLSX), hoặc thư mục chứa chúng"
		    : "reconcile wants the authority's answers: certificates, CRLs, an inventory export");
		return EXIT_USE;
	}
	struct reconciling *r = new_zero(NULL, struct reconciling);
	r->o = o;
	int code = find_files(r) ? reconcile(r) : EXIT_NO_INPUT;
	talloc_free(r);
	return code;
}
