/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * batch.c - letters and batches of a night. See batch.h and cmd_run.c.
 *
 * Results of several letters share one commit: they are pure functions of bytes that are safe, so a crash costs
 * only their work. A death is committed at once, so that it is counted whatever happens next.
 */
#include "batch.h"
#include "answers.h"
#include "recall.h"
#include "outbox.h"
#include "record.h"
#include "report_json.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TOGETHER = 32, TRIES = 2, LETTERS_A_BATCH = 5000 };

bool night_commit(struct night *n, int *code)
{
	const char *why = said("ledger: cannot commit");
	if (ledger_commit(n->ledger))
		return true;
	*code = EXIT_IO;
	ledger_failed(n->ledger, code, &why);
	say("%s", why);
	return false;
}

double night_seconds(const struct night *n)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - n->started.tv_sec) + (double)(now.tv_nsec - n->started.tv_nsec) / 1e9;
}

/* letters through 1 to 3 ----------------------------------------------------------------------------- */

struct reading {
	struct night *n;
	int64_t *ids;
	int ids_n, next, uncommitted, ended;
	bool failed, out_of_budget, try_later;
	int code;
};

static void log_step(const struct letter *l, const struct step *s)
{
	char more[64] = "";
	if (strcmp(s->stage, "1_ingest") == 0)
		snprintf(more, sizeof more, " parts=%d", l->parts.n);
	else if (strcmp(s->stage, "2_extract") == 0)
		snprintf(more, sizeof more, " pages=%d fields=%d", l->pages.n, l->fields.n);
	else if (strcmp(s->stage, "3_verify") == 0)
		snprintf(more, sizeof more, " signatures=%d", l->signatures.n);
	say_clear();
	fprintf(stderr, "%s %.6s %s %.0fms%s walls=%s\n", s->stage, l->sha256, s->outcome, s->ms, more, s->walls);
}

/* What is read with a letter: its detached signatures, or what it signs. Names are as they came. */
static void bring(struct night *n, struct task *task, const char *sha256, struct bytes name)
{
	int fd = task->beside_n < BESIDE_MAX ? store_read(n->store, sha256) : -1;
	if (fd < 0)
		return;
	struct beside *b = letter_add_beside(task->letter, text_nfc_part(task->letter, (const char *)name.at, name.len));
	b->sha256 = copy_text(task->letter, sha256);
	b->along = true;
	task->beside[task->beside_n++] = fd;
}

static void bring_signatures(struct night *n, struct task *task, int64_t id)
{
	for (struct row *row = ledger_ask(n->ledger, "SELECT l.sha256, (SELECT name FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1) "
		"FROM companion c JOIN letter l ON l.id = c.signature WHERE c.letter = ? ORDER BY l.id", "i", id); row_next(row);)
		bring(n, task, row_text(row, 0), row_bytes(row, 1));
}

static bool is_cms(const struct letter *l)
{
	return l->parts.n > 0 && text_same(l->parts.at[0].media, "application/pkcs7-mime");
}

/* A signature came alone and wishes for what it signs: that may have come long ago, under any name, where the digest
 * names it; else this night, with the signature's name, as a file that was known already. */
static bool read_with_signed(void *with, struct task *task)
{
	struct night *n = ((struct reading *)with)->n;
	struct letter *first = task->letter, *l;
	if (!is_cms(first) || first->beside.n == 0 || first->beside.at[0].along)
		return false;
	l = letter_new(NULL, &n->o->settings, NULL);
	l->name = copy_text(l, first->name);
	l->sha256 = copy_text(l, first->sha256);
	l->received = copy_text(l, first->received);
	task->letter = l;
	for (int i = 0; i < first->beside.n && task->beside_n == 0; i++)
		if (first->beside.at[i].sha256 != NULL && !first->beside.at[i].along)
			for (struct row *row = ledger_ask(n->ledger, "SELECT l.sha256, a.name FROM letter l JOIN arrival a ON a.letter = l.id "
				"WHERE l.sha256 = ? ORDER BY a.id LIMIT 1", "t", first->beside.at[i].sha256); row_next(row);)
				bring(n, task, row_text(row, 0), row_bytes(row, 1));
	if (task->beside_n == 0)
		for (struct row *row = ledger_ask(n->ledger, "SELECT l.sha256, a.name FROM arrival s JOIN arrival a ON a.run = s.run "
			"AND a.name = substr(s.name, 1, length(s.name) - 4) JOIN letter l ON l.id = a.letter WHERE s.letter = ? AND s.run = ? "
			"AND length(s.name) > 4 ORDER BY a.id DESC LIMIT 1", "ii", *(int64_t *)task->with, n->run); row_next(row);)
			bring(n, task, row_text(row, 0), row_bytes(row, 1));
	task->fd = task->beside_n > 0 ? store_read(n->store, l->sha256) : -1;
	if (task->fd >= 0) {
		talloc_free(first);
		return true;
	}
	while (task->beside_n > 0)
		close(task->beside[--task->beside_n]);
	task->letter = first;
	talloc_free(l);
	return false;
}

static bool start_letter(struct reading *r, struct task *task, int64_t id)
{
	struct night *n = r->n;
	struct row *row = ledger_ask(n->ledger,
		"SELECT l.sha256, l.received, (SELECT name FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1) "
		"FROM letter l WHERE l.id = ?", "i", id);
	if (!row_next(row))
		return false;
	struct bytes name = row_bytes(row, 2);
	struct letter *l = letter_new(NULL, &n->o->settings, NULL);
	l->name = text_nfc_part(l, (const char *)name.at, name.len);
	l->sha256 = copy_text(l, row_text(row, 0));
	l->received = copy_text(l, row_text(row, 1));
	row_stop(row);
	task->letter = l;
	task->fd = store_read(n->store, l->sha256);
	task->with = &r->ids[r->next - 1];
	if (task->fd < 0)
		letter_finding(l, "worker/unreadable", HOLD, NULL, "Không đọc được tệp trong kho lưu trữ.",
			       "The stored object cannot be read; run 'congvan check-ledger'.");
	else
		bring_signatures(n, task, id);
	return true;
}

static bool next_letter(void *with, struct task *task)
{
	struct reading *r = with;
	struct night *n = r->n;
	if (r->failed || r->next >= r->ids_n)
		return false;
	if ((n->o->max_letters > 0 && n->looked_at + r->next >= n->o->max_letters)
	    || (n->o->max_seconds > 0 && night_seconds(n) >= (double)n->o->max_seconds)) {
		r->out_of_budget = true;
		return false;
	}
	r->next++;
	return start_letter(r, task, r->ids[r->next - 1]);
}

/* "#" and the forms it fills in, sorted: an office may send its cover and two forms under one number, a file each. */
static void add_forms(struct buffer *b, const struct letter *l)
{
	const char *last = "";
	for (;;) {
		const char *next = NULL;
		for (int i = 0; i < l->requests.n; i++) {
			const char *form = l->requests.at[i].form;
			if (strstr(form, "/mau-") != NULL && strcmp(form, last) > 0 && (next == NULL || strcmp(form, next) < 0))
				next = form;
		}
		if (next == NULL)
			return;
		buffer_format(b, "%s%s", *last == 0 ? "#" : ",", next);
		last = next;
	}
}

/* agency, number, symbol and a whole date; NULL when one is missing. Then the forms. */
static char *identity_of(const struct letter *l)
{
	static const char *const names[] = { "agency", "number", "symbol", "date" };
	struct buffer b = { .mem = l };
	for (int i = 0; i < 4; i++) {
		const struct field *f = letter_find_field(l, names[i]);
		if (f == NULL || f->read.value == NULL || *f->read.value == 0
		    || (i == 3 && strlen(f->read.value) != 10))
			return NULL;
		char *key = text_strong(l, f->read.value);
		buffer_format(&b, i > 0 ? "|%s" : "%s", key);
	}
	add_forms(&b, l);
	return b.text;
}

static void index_text(struct night *n, int64_t id, const struct letter *l)
{
	struct buffer all = { .mem = l };
	buffer_text(&all, "");
	for (int i = 0; i < l->pages.n; i++)
		if (l->pages.at[i].text != NULL)
			buffer_format(&all, "%s\n", l->pages.at[i].text);
	for (int i = 0; i < l->requests.n; i++)
		for (int c = 0; c < l->requests.at[i].cells.n; c++)
			if (l->requests.at[i].cells.at[c].read.value != NULL)
				buffer_format(&all, "%s\n", l->requests.at[i].cells.at[c].read.value);
	ledger_put(n->ledger, "DELETE FROM letter_text WHERE rowid = ?", "i", id);
	ledger_put(n->ledger, "INSERT INTO letter_text (rowid, strong, weak) VALUES (?, ?, ?)", "itt", id,
		   text_strong(l, all.text), text_weak(l, all.text));
}

static void put_findings(struct night *n, int64_t id, const struct letter *l, int from)
{
	static const char *const severities[] = { "note", "warn", "hold", "reject" };
	for (int i = from; i < l->findings.n; i++) {
		const struct finding *f = &l->findings.at[i];
		ledger_put(n->ledger, "INSERT INTO finding (letter, rule, severity, law, vi, en) VALUES (?, ?, ?, ?, ?, ?)",
			   "ittttt", id, f->rule, severities[f->severity], f->law, f->vi, f->en);
	}
}

static void put_record(struct night *n, int64_t id, const struct letter *l, const char *state, const char *disposition)
{
	struct buffer record = { .mem = l };
	record_write(l, &(struct record_mark){ 0 }, false, &record);
	ledger_put(n->ledger, "UPDATE letter SET state = ?, verdict = ?, disposition = ?, kind = ?, identity = ?, record = ? "
		   "WHERE id = ?", "tttttti", state, report_verdict(l), disposition,
		   l->documents.n > 0 ? l->documents.at[0].kind : NULL, identity_of(l), record.text, id);
}

static void put_steps(struct night *n, int64_t id, const struct letter *l)
{
	for (int i = 0; i < l->steps.n; i++) {
		const struct step *s = &l->steps.at[i];
		log_step(l, s);
		ledger_put(n->ledger, "INSERT INTO attempt (run, letter, stage, version, outcome, ms, walls) "
			   "VALUES (?, ?, ?, ?, ?, ?, ?)", "iititrt", n->run, id, s->stage, (int64_t)s->version,
			   s->outcome, s->ms, s->walls);
	}
}

/* R4. The stage that died comes after the last step. */
static void put_death(struct night *n, int64_t id, const struct letter *l, const struct task *task)
{
	static const char *const names[] = { "1_ingest", "2_extract", "3_verify", "end" };
	const char *stage = names[l->steps.n < 3 ? l->steps.n : 3];
	const char *rule = l->findings.at[l->findings.n - 1].rule;
	int64_t deaths = ledger_count(n->ledger, "SELECT attempts FROM letter WHERE id = ?", "i", id) + 1;
	say_clear();
	fprintf(stderr, "%s %.6s %s %.0fms walls=%s\n", stage, l->sha256, rule, task->ms, nursery_walls(n->readers));
	ledger_put(n->ledger, "INSERT INTO attempt (run, letter, stage, version, outcome, ms, walls) VALUES (?, ?, ?, 0, ?, ?, ?)",
		   "iittrt", n->run, id, stage, rule, task->ms, nursery_walls(n->readers));
	ledger_put(n->ledger, "UPDATE letter SET attempts = ? WHERE id = ?", "ii", deaths, id);
	if (deaths < TRIES)
		return;
	put_findings(n, id, l, 0);
	index_text(n, id, l);
	put_record(n, id, l, "quarantined", "hold");
}

/* A worksheet that came by the inbox. An answer to no question of the ledger stays a fact of its batch. */
static void take_answers(struct night *n, struct letter *l)
{
	struct answered *a = new_array(l, struct answered, (size_t)l->requests.n + 1);
	int known = 0;
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *r = &l->requests.at[i];
		if (!text_same(r->form, "decision-list"))
			continue;
		const char *cells[] = { request_cell(r, "id"), request_cell(r, "serial"), request_cell(r, "choice"),
					request_cell(r, "name"), request_cell(r, "reason") };
		for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
			cells[c] = cells[c] != NULL ? cells[c] : "";
		a[known++] = (struct answered){ cells[0], cells[1], cells[2], cells[3], cells[4], i + 1, NULL, NULL, NULL, NULL };
	}
	answers_check(n->ledger, l, a, known);
	for (int i = 0; i < known; i++) {
		if (a[i].vi == NULL)
			continue;
		struct finding *f = letter_finding(l, "decide/answer-not-taken", HOLD, NULL,
			format_text(l, "Câu trả lời về chứng thư %s chưa được ghi vào sổ: %s.", a[i].serial, a[i].vi),
			format_text(l, "The answer on certificate %s was not recorded: %s.", a[i].serial, a[i].en));
		const struct request *r = &l->requests.at[a[i].row - 1];
		finding_evidence(l, f, format_text(l, "request:%d", a[i].row),
				 r->cells.n > 0 ? &r->cells.at[0].read.place : NULL);
	}
	answers_put(n->ledger, a, known, l->received);
}

/* A signature that was read with what it signs stands for it, where that alone waited for a person; one without it
 * waits until it comes. */
static void put_wishes(struct night *n, int64_t id, const struct letter *l)
{
	ledger_put(n->ledger, "DELETE FROM wish WHERE letter = ?", "i", id);
	for (int i = 0; i < l->beside.n; i++) {
		const struct beside *b = &l->beside.at[i];
		if (b->sha256 != NULL && b->along)
			ledger_put(n->ledger, "UPDATE letter SET state = 'linked', same_as = ?1 WHERE sha256 = ?2 AND state = '5_emit' "
				   "AND disposition IS NOT 'accept' AND id NOT IN (SELECT signature FROM companion)", "it", id, b->sha256);
		else if (b->sha256 != NULL)
			ledger_put(n->ledger, "INSERT OR IGNORE INTO wish (sha256, letter) VALUES (?, ?)", "ti", b->sha256, id);
	}
}

static void letter_done(void *with, struct task *task)
{
	struct reading *r = with;
	struct night *n = r->n;
	struct letter *l = task->letter;
	int64_t id = *(int64_t *)task->with;
	if (task->end == END_LOST || task->end == END_RETRY || r->failed) {
		r->try_later = true;
		talloc_free(l);
		return;
	}
	struct row *row = ledger_ask(n->ledger, "SELECT sha256, received FROM letter WHERE id = ?", "i", id);
	if (row_next(row)) {           /* what we know of it stands above what its child says */
		l->sha256 = copy_text(l, row_text(row, 0));
		l->received = copy_text(l, row_text(row, 1));
		row_stop(row);
	}
	ledger_begin(n->ledger);
	put_steps(n, id, l);
	if (task->end != END_DIED) {
		recall_mention(n->ledger, id, l);
		take_answers(n, l);
		put_wishes(n, id, l);
	}
	if (task->end == END_DIED)
		put_death(n, id, l, task);
	else {
		put_findings(n, id, l, 0);
		index_text(n, id, l);
		put_record(n, id, l, "3_verify", NULL);
	}
	if (++r->uncommitted >= TOGETHER || task->end == END_DIED) {
		r->failed = !night_commit(n, &r->code);
		r->uncommitted = 0;
	}
	r->ended++;
	say_progress(r->ended, r->ids_n);
	talloc_free(l);
}

static void list_waiting(struct reading *r, int64_t attempts)
{
	int room = 0;
	r->ids_n = r->next = r->ended = 0;
	for (struct row *row = ledger_ask(r->n->ledger,
		"SELECT id FROM letter WHERE state = 'received' AND attempts = ? ORDER BY id", "i", attempts); row_next(row);) {
		r->ids = own_grow(r->n, r->ids, r->ids_n, &room, sizeof *r->ids);
		r->ids[r->ids_n++] = row_int(row, 0);
	}
}

int batch_read_letters(struct night *n)
{
	struct reading r = { .n = n };
	for (int64_t attempts = 0; attempts < TRIES && !r.failed && !r.out_of_budget; attempts++) {
		r.ids = NULL;
		list_waiting(&r, attempts);
		struct feed feed = { next_letter, letter_done, &r, options_jobs(n->o, 0), read_with_signed };
		if (!worker_letters(n->readers, &feed))
			r.try_later = true;
		say_clear();
		if (r.uncommitted > 0 && !r.failed)
			r.failed = !night_commit(n, &r.code);
		r.uncommitted = 0;
		n->looked_at += r.ended;
	}
	return r.failed ? r.code : r.try_later ? EXIT_TRY_LATER : r.out_of_budget ? EXIT_BUDGET : EXIT_DONE;
}

/* batches through 4 and 5 ---------------------------------------------------------------------------- */

struct judging {
	struct night *n;
	int64_t id;                            /* of the batch */
	struct settings settings;              /* with the batch's own time */
	struct batch *batch;
	int64_t *ids;                          /* of its letters, in order; the letters take only what is new */
	int own;                               /* how many; those after them were judged before (recall.h) */
	int records;                           /* their facts, straight from the ledger */
};

/* The same letter in other bytes (scanned again, edXML beside PDF) is recognised by its identity. The one with
 * the best signatures, then the first, is taken; the others are linked to it, but never one whose signatures
 * fail: its sender must be told. */
static void link_same(struct night *n, int64_t batch)
{
	ledger_put(n->ledger,
		"WITH rank AS (SELECT id, substr(identity, 1, instr(identity || '#', '#') - 1) AS same, "
		"substr(identity, instr(identity || '#', '#') + 1) AS forms, kind, batch, CASE WHEN verdict = 'passed' THEN 0 "
		"WHEN verdict = 'indeterminate' THEN 1 WHEN verdict = 'unsigned' THEN 2 ELSE 3 END AS r FROM letter "
		"WHERE identity IS NOT NULL AND (batch = ?1 OR (state = '5_emit' AND disposition = 'accept'))), "
		"best AS (SELECT a.id AS id, (SELECT b.id FROM rank b WHERE b.same = a.same AND b.r <= a.r "
		"AND (a.forms = b.forms OR a.forms <> '' AND b.forms <> '' AND (instr(a.forms, b.forms) > 0 OR instr(b.forms, a.forms) > 0) "
		"OR a.forms = '' AND a.kind IS b.kind) "
		"AND b.id <> a.id AND (b.r < a.r OR b.id < a.id) ORDER BY b.r, b.id LIMIT 1) AS same_as "
		"FROM rank a WHERE a.batch = ?1 AND a.r < 3) "
		"UPDATE letter SET state = 'linked', same_as = (SELECT same_as FROM best WHERE best.id = letter.id) "
		"WHERE id IN (SELECT id FROM best WHERE same_as IS NOT NULL)", "i", batch);
}

/* What was said on the command line that changes a verdict. */
static char *options_text(const struct night *n)
{
	const struct settings *s = &n->o->settings;
	struct buffer b = { .mem = n };
	buffer_format(&b, "province=%s ruleset=%s", s->province != NULL ? s->province : "", s->ruleset != NULL ? s->ruleset : "");
	for (int i = 0; i < s->whole_lists.n; i++)
		buffer_format(&b, " whole-list=%s", s->whole_lists.at[i]);
	return b.text;
}

/* 0: there is nothing to judge. R3: committed before it is used. */
static int64_t open_batch(struct night *n, int *code)
{
	int64_t id = ledger_count(n->ledger, "SELECT id FROM batch WHERE closed IS NULL ORDER BY id LIMIT 1", "");
	*code = EXIT_DONE;
	if (id > 0 || (ledger_count(n->ledger, "SELECT count(*) FROM letter WHERE state = '3_verify'", "") == 0
		       && !recall_is_due(n->ledger)))
		return id;
	char *at = time_text(n, n->o->settings.at);
	ledger_begin(n->ledger);
	ledger_put(n->ledger, "INSERT INTO batch (run, at, options) VALUES (?, ?, ?)", "itt", n->run, at, options_text(n));
	id = ledger_last_id(n->ledger);
	ledger_put(n->ledger, "UPDATE letter SET batch = ? WHERE id IN (SELECT id FROM letter WHERE state = '3_verify' "
		   "ORDER BY id LIMIT ?)", "ii", id, (int64_t)LETTERS_A_BATCH);
	link_same(n, id);
	recall_choose(n->ledger, id);
	return night_commit(n, code) ? id : 0;
}

static bool load_batch(struct judging *j)
{
	struct night *n = j->n;
	int room = 0;
	struct row *row = ledger_ask(n->ledger, "SELECT at, options FROM batch WHERE id = ?", "i", j->id);
	j->settings = n->judge_settings;
	if (!row_next(row) || !time_parse(row_text(row, 0), &j->settings.at))
		return false;
	bool same = row_text(row, 1) == NULL || text_same(row_text(row, 1), options_text(n));
	if (!same)
		say("a batch was begun with the options %s; end it with the same", row_text(row, 1));
	row_stop(row);
	if (!same)
		return false;
	j->batch = batch_new(n, &j->settings);
	j->records = worker_records_new();
	bool good = j->records >= 0;
	for (row = ledger_ask(n->ledger, "SELECT id, record FROM letter WHERE batch = ? AND state = '3_verify' ORDER BY id",
			      "i", j->id); row_next(row);) {
		j->ids = own_grow(j->batch, j->ids, j->batch->letters.n, &room, sizeof *j->ids);
		j->ids[j->batch->letters.n] = row_int(row, 0);
		batch_add_letter(j->batch, letter_new(j->batch, &j->settings, NULL));
		good = good && worker_records_add(j->records, j->batch->letters.n, row_text(row, 1));
	}
	j->own = j->batch->letters.n;
	good = good && recall_load(n->ledger, j->id, j->batch, j->records);
	if (!good)
		say("a batch of %d letters: %s", j->batch->letters.n, say_error(errno));
	return good;
}

static void put_decisions(struct judging *j)
{
	for (int i = 0; i < j->batch->decisions.n; i++) {
		const struct decision *d = &j->batch->decisions.at[i];
		int letter = 0;
		bool known = d->evidence.what != NULL && sscanf(d->evidence.what, "letter:%d", &letter) == 1 && letter > j->own;
		if (recall_is_asked(j->n->ledger, d, known))
			continue;
		ledger_put(j->n->ledger,
			   "INSERT INTO decision (batch, serial, action, rule, reason, successor_code, successor_body, grp, "
			   "suggested, form, channel, deadline, law, says) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			   "ittttttttttttt", j->id, d->serial, d->action != NULL ? d->action : "none", d->rule, d->reason,
			   d->successor_code, d->successor_body, d->group, d->suggested, d->form, d->channel, d->deadline,
			   d->law, d->says);
	}
}

static void put_batch_findings(struct judging *j)
{
	static const char *const severities[] = { "note", "warn", "hold", "reject" };
	for (int i = 0; i < j->batch->findings.n; i++) {
		const struct finding *f = &j->batch->findings.at[i];
		if (j->batch->letters.n > j->own && ledger_count(j->n->ledger, "SELECT count(*) FROM finding "
			    "WHERE letter IS NULL AND rule = ? AND vi = ?", "tt", f->rule, f->vi) > 0)
			continue;              /* a list read again says again what it said */
		ledger_put(j->n->ledger, "INSERT INTO finding (batch, rule, severity, law, vi, en) VALUES (?, ?, ?, ?, ?, ?)",
			   "ittttt", j->id, f->rule, severities[f->severity], f->law, f->vi, f->en);
	}
}

static void put_outputs(struct judging *j, const struct outbox *o)
{
	struct night *n = j->n;
	char *now = time_text(j->batch, j->settings.at);
	for (int i = 0; i < o->placed.n; i++) {
		const struct placed *p = &o->placed.at[i];
		/* A list that says what one of this day says already is the same file (outbox.h): it stands once. */
		ledger_put(n->ledger, "INSERT OR IGNORE INTO output (batch, path, unit, sha256, size) VALUES (?, ?, ?, ?, ?)", "ittti",
			   j->id, p->path, p->unit, p->sha256, p->size);
		if (!p->is_bag || ledger_count(n->ledger, "SELECT count(*) FROM package WHERE path = ?", "t", p->unit) > 0)
			continue;
		ledger_put(n->ledger, "INSERT INTO package (batch, path) VALUES (?, ?)", "it", j->id, p->unit);
		ledger_put(n->ledger, "INSERT INTO package_event (package, status, happened) VALUES (?, 'drafted', ?)", "it",
			   ledger_last_id(n->ledger), now);
	}
	for (int i = 0; i < o->placed.n; i++) {        /* one for each output, in their order */
		const struct output *out = &j->batch->outputs.at[i];
		for (int k = 0; k < out->lines.n; k++) {
			const struct asked_line *l = &out->lines.at[k];
			ledger_put(n->ledger, "INSERT OR IGNORE INTO package_line (package, number, serial, form, asks, holder, email, "
				   "device, becomes, deadline, agency) SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM package WHERE path = ?",
				   "itttttttttt", (int64_t)k + 1, l->serial, l->form != NULL ? l->form : "",
				   l->asks != NULL ? l->asks : "unknown", l->holder, l->email, l->device, l->becomes, l->deadline,
				   l->agency, o->placed.at[i].unit);
		}
	}
}

/* What is new of a letter: its record grows, nothing in it changes. The worst finding decides. */
static void put_judged(struct night *n, int64_t id, const struct letter *l, const char *state)
{
	struct buffer more = { .mem = l };
	struct record_mark mark = { .head = true };
	buffer_text(&more, "");
	record_write(l, &mark, false, &more);
	put_findings(n, id, l, 0);
	ledger_put(n->ledger, "UPDATE letter SET state = ?, record = record || ?, disposition = (SELECT CASE max(CASE severity "
		   "WHEN 'reject' THEN 2 WHEN 'hold' THEN 1 ELSE 0 END) WHEN 2 THEN 'reject' WHEN 1 THEN 'hold' ELSE 'accept' END "
		   "FROM finding WHERE finding.letter = letter.id) WHERE id = ?", "tti", state, more.text, id);
}

/* Outputs stand in the outbox; now the ledger says so, with all that was found. */
static int close_batch(struct judging *j, const struct outbox *o)
{
	struct night *n = j->n;
	int code = EXIT_DONE;
	ledger_begin(n->ledger);
	for (int i = 0; i < j->own; i++)
		put_judged(n, j->ids[i], j->batch->letters.at[i], "5_emit");
	put_decisions(j);
	put_batch_findings(j);
	put_outputs(j, o);
	for (int i = 0; i < j->batch->steps.n; i++) {
		const struct step *s = &j->batch->steps.at[i];
		fprintf(stderr, "%s batch%lld %s %.0fms letters=%d decisions=%d outputs=%d walls=%s\n", s->stage,
			(long long)j->id, s->outcome, s->ms, j->own, j->batch->decisions.n,
			j->batch->outputs.n, s->walls);
		ledger_put(n->ledger, "INSERT INTO attempt (run, batch, stage, version, outcome, ms, walls) "
			   "VALUES (?, ?, ?, ?, ?, ?, ?)", "iititrt", n->run, j->id, s->stage, (int64_t)s->version,
			   s->outcome, s->ms, s->walls);
	}
	char *now = time_text(n, time(NULL));
	ledger_put(n->ledger, "UPDATE batch SET closed = ? WHERE id = ?", "ti", now, j->id);
	return night_commit(n, &code) ? EXIT_DONE : code;
}

/* Does this letter alone kill the child? */
static bool kills(struct judging *j, int i, char **why)
{
	struct batch *alone = batch_new(j->batch, &j->settings);
	int records = worker_records_new();
	bool good = records >= 0;
	struct row *row = ledger_ask(j->n->ledger, "SELECT record FROM letter WHERE id = ?", "i", j->ids[i]);
	if (row_next(row)) {
		good = good && worker_records_add(records, 1, row_text(row, 0));
		row_stop(row);
	}
	batch_add_letter(alone, letter_new(alone, &j->settings, NULL));
	return good && worker_batch_records(j->n->judges, alone, records, why) == END_DIED;
}

/* R5. True: somebody was put aside and the batch can be tried again. */
static bool quarantine_killers(struct judging *j)
{
	struct night *n = j->n;
	int code, found = 0;
	for (int i = 0; i < j->own; i++) {
		char *why = NULL;
		if (!kills(j, i, &why))
			continue;
		struct letter *l = letter_new(j->batch, &j->settings, NULL);
		letter_finding(l, "worker/crashed", HOLD, NULL,
			       format_text(l, "Việc xét công văn này dừng đột ngột (%s). Cần người xem trực tiếp tệp này.", why),
			       format_text(l, "Judging this letter failed (%s). A person must look at the file itself.", why));
		ledger_begin(n->ledger);
		put_judged(n, j->ids[i], l, "quarantined");
		found += night_commit(n, &code);
	}
	return found > 0;
}

static int judge_one_batch(struct night *n, int64_t id)
{
	struct judging j = { .n = n, .id = id };
	char *why = NULL;
	if (!load_batch(&j))
		return EXIT_TRY_LATER;
	enum end end = worker_batch_records(n->judges, j.batch, j.records, &why);
	if (end != END_DONE)
		say("judging: %s", why);
	for (int i = 0; end == END_RETRY && i < j.batch->findings.n; i++)
		say("%s", n->o->lang == LANG_VI ? j.batch->findings.at[i].vi : j.batch->findings.at[i].en);
	if (end == END_RETRY || end == END_LOST)
		return EXIT_TRY_LATER;
	if (end == END_DIED)
		return quarantine_killers(&j) ? judge_one_batch(n, id) : EXIT_BUG;
	struct outbox o = { .folder = n->o->outbox, .store = n->store };
	int code = outbox_place(&o, j.batch, j.batch);
	if (code == EXIT_DONE)
		code = close_batch(&j, &o);
	talloc_free(j.batch);
	return code;
}

int batch_judge(struct night *n)
{
	int code = EXIT_DONE;
	for (int64_t id; code == EXIT_DONE && (id = open_batch(n, &code)) > 0;)
		code = judge_one_batch(n, id);
	return code;
}
