/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_run.c - the nightly run: inbox to ledger to outbox.
 *
 *     lock ─ nurseries ─ ledger ─ intake ─ letters (1 to 3, sealed) ─ batch (4, 5, sealed) ─ outbox ─ summary
 *
 * R1  One run at a time holds state/lock; a second one ends at once with 75.
 * R2  Each step is safe on disk before the next relies on it: killed anywhere, the next run ends in the state
 *     that this one would have reached.
 * R3  A batch is written down, with its letters and its time, before it is judged: judged again it gives the
 *     same bytes, and outputs that are there already are recognised (outbox.h).
 * R4  A letter whose child dies is tried once more, at the end; then it is quarantined and told.
 * R5  A batch whose child dies is looked at letter by letter; who kills 4_judge alone is quarantined, the
 *     others go on.
 * R6  Letters are counted before and after; one that is unaccounted for is told loudly, as our bug.
 */
#include "batch.h"
#include "durable.h"
#include "intake.h"
#include "outbox.h"
#include "report_json.h"
#include "say.h"
#include "summary.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_run(struct options *);

/* False: *code says which exit. The lock is the open descriptor: it goes with the process. */
static bool take_lock(const struct options *o, int *lock, int *code)
{
	char *path = format_text(NULL, "%s/lock", o->state);
	*lock = durable_private(o->state) ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
	int error = errno;
	talloc_free(path);
	if (*lock < 0) {
		say("%s: %s", o->state, say_error(error));
		*code = durable_code(error);
		return false;
	}
	if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	say("another run is at work here; try later");
	*code = EXIT_TRY_LATER;
	return false;
}

static char *absolute(const void *mem, const char *path)
{
	char *real = realpath(path, NULL), *copy = copy_text(mem, real != NULL ? real : path);
	free(real);
	return copy;
}

/* What is not there yet stands where the last folder of its path that is there does. */
static bool stands_in(const char *path, const char *folder)
{
	char *there = copy_text(NULL, path), *slash, *in = realpath(folder, NULL), *at;
	while ((at = realpath(there, NULL)) == NULL && (slash = strrchr(there, '/')) != NULL && slash != there)
		*slash = 0;
	if (at == NULL)
		at = realpath(*there == '/' ? "/" : ".", NULL);
	size_t n = in != NULL ? strlen(in) : 0;
	bool inside = in != NULL && at != NULL && strncmp(at, in, n) == 0 && (at[n] == 0 || at[n] == '/');
	talloc_free(there);
	free(in);
	free(at);
	return inside;
}

static bool usable(const struct options *o, int *code)
{
	struct stat st;
	*code = EXIT_USE;
	if (o->inbox == NULL || o->outbox == NULL || o->words_n > 0) {
		say("run wants --inbox DIR and --outbox DIR, and no other words");
		return false;
	}
	if (stands_in(o->outbox, o->inbox) || stands_in(o->state, o->inbox)) {
		say("%s: outbox and state must not stand in the inbox; what is written there would come in again", o->inbox);
		return false;
	}
	*code = EXIT_NO_INPUT;
	if (stat(o->inbox, &st) != 0 || !S_ISDIR(st.st_mode)) {
		say("%s: there is no such inbox", o->inbox);
		return false;
	}
	if (access(o->inbox, R_OK | W_OK | X_OK) == 0)
		return true;
	*code = errno == EROFS ? EXIT_CANNOT_WRITE : EXIT_NO_PERMISSION;
	say("%s: the inbox must be readable and writable: what was taken moves to its folder done/ (%s)", o->inbox,
	    say_error(errno));
	return false;
}

/* Both prepare at the same time, before the ledger is opened: its handle must not cross their forks. */
static bool raise_nurseries(struct night *n, int *code)
{
	static const struct stage *const reading[] = { &stage_ingest, &stage_extract, &stage_verify, NULL };
	static const struct stage *const judging[] = { &stage_judge, &stage_emit, NULL };
	char *why = NULL;
	struct nursery_wish wish = { .settings = &n->o->settings, .stages = reading, .unsealed = n->o->unsealed };
	n->readers = nursery_new(n, &wish);
	n->judge_settings = n->o->settings;
	n->judge_settings.store = store_root(n->store);
	wish.settings = &n->judge_settings;
	wish.stages = judging;
	n->judges = nursery_new(n, &wish);
	if (nursery_ready(n->readers, code, &why) && nursery_ready(n->judges, code, &why))
		return true;
	say("%s", why);
	return false;
}

static bool open_run(struct night *n, int *code)
{
	char *why = NULL, *inbox = absolute(n, n->o->inbox), *outbox = absolute(n, n->o->outbox);
	struct bytes in = { (const uint8_t *)inbox, strlen(inbox) }, out = { (const uint8_t *)outbox, strlen(outbox) };
	n->ledger = ledger_open(n, n->o->state, n->o->settings.data, LEDGER_MAKE, code, &why);
	if (n->ledger == NULL) {
		say("%s", why);
		return false;
	}
	char *at = time_text(n, n->o->settings.at), *now = time_text(n, time(NULL));
	ledger_begin(n->ledger);
	ledger_put(n->ledger, "INSERT INTO run (started, at, inbox, outbox, walls) VALUES (?, ?, ?, ?, ?)", "ttbbt", now,
		   at, &in, &out, nursery_walls(n->readers));
	n->run = ledger_last_id(n->ledger);
	return night_commit(n, code);
}

static int work(struct night *n)
{
	int code = EXIT_DONE;
	char *received = time_text(n, n->o->settings.at);
	struct intake *in = &n->intake;
	*in = (struct intake){ .o = n->o, .ledger = n->ledger, .store = n->store, .run = n->run, .received = received };
	n->waiting_before = ledger_count(n->ledger, "SELECT count(*) FROM letter WHERE state IN ('received', '3_verify')", "");
	code = intake_all(in, n);
	if (code == EXIT_DONE)
		code = batch_read_letters(n);
	if (code == EXIT_DONE || code == EXIT_BUDGET) {
		int judged = batch_judge(n);
		code = judged != EXIT_DONE ? judged : code;
	}
	return code;
}

static int dry_run(struct options *o)
{
	struct intake in = { .o = o, .received = time_text(NULL, o->settings.at) };
	void *mem = talloc_new(NULL);
	int code = intake_all(&in, mem);
	if (code == EXIT_DONE)
		printf(o->lang == LANG_VI ? "Sẽ nhận %lld tệp; chưa nhận %lld; không nhận %lld. Không ghi gì.\n"
					  : "Would take %lld files; %lld not settled; %lld left. Nothing written.\n",
		       (long long)in.fresh, (long long)in.unsettled, (long long)in.skipped);
	summary_of_inbox(&in, stdout);
	talloc_free(mem);
	return code;
}

static int end_run(struct night *n, int code)
{
	int why;
	int summed = summary_of_night(n, code);
	code = code == EXIT_DONE ? summed : code;
	char *now = time_text(n, time(NULL));
	ledger_begin(n->ledger);
	ledger_put(n->ledger, "UPDATE run SET ended = ?, exit = ? WHERE id = ?", "tii", now, (int64_t)code, n->run);
	return night_commit(n, &why) ? code : why;
}

int cmd_run(struct options *o)
{
	int code, lock;
	if (!usable(o, &code))
		return code;
	if (o->dry_run)
		return dry_run(o);
	if (!take_lock(o, &lock, &code))
		return code;
	struct night *n = new_zero(NULL, struct night);
	n->o = o;
	clock_gettime(CLOCK_MONOTONIC, &n->started);
	n->store = store_open(n, o->state);
	if (n->store == NULL) {
		say("%s/store: %s", o->state, say_error(errno));
		code = durable_code(errno);
	} else {
		store_sweep(n->store);
		code = outbox_sweep(o->outbox);
		if (code == EXIT_DONE && raise_nurseries(n, &code) && open_run(n, &code))
			code = end_run(n, work(n));
	}
	talloc_free(n);
	close(lock);
	return code;
}
