/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_night.c - store, ledger, outbox, and the loops of a night over letters that kill what looks at them.
 *
 * The stages here are ours: a letter that says "poison" kills its child, one that says "judge" kills 4_judge. The
 * good ones beside them must come to their end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "batch.h"
#include "durable.h"
#include "outbox.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static int make_folder(void **state)
{
	char name[] = "build/night.XXXXXX";
	(void)state;
	folder = copy_text(NULL, mkdtemp(name));
	return folder == NULL;
}

static int remove_folder(void **state)
{
	(void)state;
	return durable_remove(folder) ? 0 : 1;
}

static char *below(const char *name) { return format_text(NULL, "%s/%s", folder, name); }

static void put_file(const char *name, const char *bytes)
{
	FILE *f = fopen(below(name), "w");
	assert_non_null(f);
	fputs(bytes, f);
	fclose(f);
}

static bool has_file(const char *name) { return access(below(name), F_OK) == 0; }

/* store ---------------------------------------------------------------------------------------------- */

static void test_store(void **state)
{
	struct stored a, b;
	(void)state;
	put_file("one", "the same bytes");
	put_file("two", "the same bytes");
	struct store *s = store_open(NULL, below("s"));
	int one = open(below("one"), O_RDONLY), two = open(below("two"), O_RDONLY);
	assert_true(store_take(s, one, &a));
	assert_true(store_sync(s));
	assert_true(store_take(s, two, &b));
	assert_false(a.known);
	assert_true(b.known);
	assert_string_equal(a.sha256, b.sha256);
	assert_int_equal(a.size, 14);
	assert_true(store_sound(s, a.sha256));
	char *path = store_path(s, NULL, a.sha256);
	assert_int_equal(chmod(path, 0600), 0);
	FILE *f = fopen(path, "r+");
	fputc('T', f);
	fclose(f);
	assert_false(store_sound(s, a.sha256));
	assert_int_equal(lseek(one, 0, SEEK_SET), 0);
	assert_true(store_take(s, one, &b));           /* the same size, other bytes: what comes again mends it */
	assert_false(b.known);
	assert_true(store_sound(s, a.sha256));
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(truncate(path, 5), 0);
	assert_int_equal(lseek(two, 0, SEEK_SET), 0);
	assert_true(store_take(s, two, &b));
	assert_true(store_sound(s, a.sha256));
	close(one);
	close(two);
	talloc_free(s);
	char *mine = format_text(NULL, "s/store/tmp/%d-9.part", (int)getpid());
	put_file(mine, "half");                        /* what somebody copies now */
	put_file("s/store/tmp/9.part", "half");        /* what killed runs left */
	put_file("s/store/tmp/4194304-9.part", "half");
	s = store_open(NULL, below("s"));
	assert_true(has_file("s/store/tmp/9.part"));
	store_sweep(s);
	talloc_free(s);
	assert_false(has_file("s/store/tmp/9.part"));
	assert_false(has_file("s/store/tmp/4194304-9.part"));
	assert_true(has_file(mine));
	talloc_free(mine);
}

/* ledger --------------------------------------------------------------------------------------------- */

static void test_ledger(void **state)
{
	int code;
	char *why = NULL;
	const char *text;
	(void)state;
	assert_null(ledger_open(NULL, folder, ".", LEDGER_WRITE, &code, &why));
	assert_int_equal(code, EXIT_NO_INPUT);
	struct ledger *l = ledger_open(NULL, folder, ".", LEDGER_MAKE, &code, &why);
	assert_non_null(l);
	assert_true(ledger_begin(l));
	assert_true(ledger_put(l, "INSERT INTO object VALUES (?, ?)", "ti", "ab", (int64_t)7));
	assert_true(ledger_commit(l));
	/* A failing statement takes its whole transaction along. */
	assert_true(ledger_begin(l));
	assert_true(ledger_put(l, "INSERT INTO object VALUES (?, ?)", "ti", "cd", (int64_t)8));
	assert_false(ledger_put(l, "INSERT INTO object VALUES (?, ?)", "ti", "ab", (int64_t)9));
	assert_false(ledger_put(l, "INSERT INTO object VALUES (?, ?)", "ti", "ef", (int64_t)9));
	assert_false(ledger_commit(l));
	assert_true(ledger_failed(l, &code, &text));
	assert_true(ledger_begin(l));
	assert_true(ledger_commit(l));
	assert_int_equal(ledger_count(l, "SELECT count(*) FROM object", ""), 1);
	assert_string_equal(ledger_integrity(l, l), "");
	/* Readers see it beside the writer. */
	struct ledger *reader = ledger_open(NULL, folder, ".", LEDGER_READ, &code, &why);
	assert_int_equal(ledger_count(reader, "SELECT sum(size) FROM object", ""), 7);
	assert_false(ledger_put(reader, "DELETE FROM object", ""));
	talloc_free(reader);
	talloc_free(l);
	put_file("ledger.db", "not a database, but long enough to be looked at as one, with a head that is wrong ............");
	assert_null(ledger_open(NULL, folder, ".", LEDGER_MAKE, &code, &why));
	unlink(below("ledger.db"));
}

/* outbox --------------------------------------------------------------------------------------------- */

static int place(struct batch *b)
{
	struct outbox o = { .folder = below("out") };
	return outbox_place(&o, b, b);
}

static void add(struct batch *b, const char *path, const char *bytes)
{
	batch_add_output(b, path, (struct bytes){ (const uint8_t *)bytes, strlen(bytes) });
}

static void test_outbox(void **state)
{
	static const char *const odd[] = { "../x", "/x", "a/../b", "a//b", ".hidden", "a/.b", "a\nb", "", "a\\b", "a/" };
	struct settings settings = { 0 };
	struct batch *b = batch_new(NULL, &settings);
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct batch *bad = batch_new(NULL, &settings);
		add(bad, odd[i], "x");
		assert_int_equal(place(bad), EXIT_BUG);
	}
	add(b, "d/bag/bagit.txt", "1");
	add(b, "d/bag/data/a", "2");
	add(b, "d/list.xlsx", "3");
	assert_int_equal(place(b), EXIT_DONE);
	assert_int_equal(place(b), EXIT_DONE);         /* the same again: taken as it is */
	assert_true(has_file("out/d/bag/data/a"));
	assert_false(has_file("out/d/bag-2"));
	assert_false(has_file("out/.tmp"));
	struct batch *other = batch_new(NULL, &settings);
	add(other, "d/bag/bagit.txt", "1");
	add(other, "d/bag/data/a", "not 2");
	add(other, "d/list.xlsx", "not 3");
	assert_int_equal(place(other), EXIT_DONE);     /* never over a sealed one */
	assert_true(has_file("out/d/bag-2/data/a"));
	assert_true(has_file("out/d/list-2.xlsx"));
}

/* a night -------------------------------------------------------------------------------------------- */

static enum outcome read_one(struct letter *l)
{
	char what[16] = "";
	struct bytes b = l->parts.at[0].bytes;
	memcpy(what, b.at, b.len < 15 ? b.len : 15);
	l->parts.at[0].media = copy_text(l, "text/plain");
	if (strcmp(what, "poison") == 0)
		raise(SIGSEGV);
	letter_add_field(l, "subject", what);
	static const char *const identity[][2] = { { "agency", "UBND xã" }, { "number", "5" }, { "symbol", "UBND-VP" },
						   { "date", "2025-06-01" } };
	for (int i = 0; i < 4 && strncmp(what, "same", 4) == 0; i++)
		letter_add_field(l, identity[i][0], identity[i][1]);
	if (strcmp(what, "same, broken") == 0)
		letter_add_signature(l)->indication = TOTAL_FAILED;
	return strcmp(what, "later") == 0 ? RETRY : PASS;
}

static enum outcome judge_all(struct batch *b)
{
	for (int i = 0; i < b->letters.n; i++) {
		const struct field *f = letter_find_field(b->letters.at[i], "subject");
		if (strcmp(f->read.value, "judge") == 0)
			raise(SIGSEGV);
		if (strcmp(f->read.value, "bad") == 0)
			letter_finding(b->letters.at[i], "test/bad", REJECT, NULL, "xấu", "bad");
		batch_add_output(b, f->read.value, (struct bytes){ (const uint8_t *)"x", 1 });
	}
	return PASS;
}

static const struct stage reading_stage = { .name = "1_ingest", .version = 1, .limits = { 5, 256, 1 }, .run = read_one };
static const struct stage judging_stage = { .name = "4_judge", .version = 1, .limits = { 5, 256, 1 },
					    .run_batch = judge_all };
static const struct stage *const reading[] = { &reading_stage, NULL };
static const struct stage *const judging[] = { &judging_stage, NULL };

static struct night *open_night(struct options *o)
{
	int code;
	char *why;
	struct night *n = new_zero(NULL, struct night);
	o->settings.at = 1750000000;
	o->inbox = below("in");
	o->outbox = below("nightout");
	o->state = below("state");
	o->jobs = 2;
	n->o = o;
	n->judge_settings = o->settings;
	assert_true(durable_mkdirs(o->state));
	n->store = store_open(n, o->state);
	n->readers = nursery_new(n, &(struct nursery_wish){ .settings = &o->settings, .stages = reading });
	n->judges = nursery_new(n, &(struct nursery_wish){ .settings = &n->judge_settings, .stages = judging });
	assert_true(nursery_ready(n->readers, &code, &why) && nursery_ready(n->judges, &code, &why));
	n->ledger = ledger_open(n, o->state, ".", LEDGER_MAKE, &code, &why);
	struct bytes path = { (const uint8_t *)"x", 1 };
	assert_non_null(n->ledger);
	ledger_begin(n->ledger);
	ledger_put(n->ledger, "INSERT INTO run (started, at, inbox, outbox, walls) VALUES ('', '', ?, ?, '')", "bb", &path, &path);
	n->run = ledger_last_id(n->ledger);
	assert_true(night_commit(n, &code));
	n->intake = (struct intake){ .o = o, .ledger = n->ledger, .store = n->store, .run = n->run,
				     .received = "2025-06-15T00:00:00Z" };
	return n;
}

static int64_t in_state(struct night *n, const char *state)
{
	return ledger_count(n->ledger, "SELECT count(*) FROM letter WHERE state = ?", "t", state);
}

static void test_night(void **state)
{
	struct options o = { 0 };
	(void)state;
	assert_true(durable_mkdirs(below("in")));
	put_file("in/1", "good");
	put_file("in/2", "poison");
	put_file("in/3", "judge");
	put_file("in/4", "bad");
	put_file("in/5", "good");                      /* the same bytes as 1 */
	put_file("in/6", "later");
	struct night *n = open_night(&o);
	assert_int_equal(intake_all(&n->intake, n), EXIT_DONE);
	assert_int_equal(n->intake.fresh, 5);
	assert_int_equal(n->intake.duplicates, 1);
	assert_false(has_file("in/1"));
	assert_true(has_file("in/done/2025-06-15/1"));
	assert_int_equal(batch_read_letters(n), EXIT_TRY_LATER);      /* one said so */
	assert_int_equal(in_state(n, "3_verify"), 3);
	assert_int_equal(in_state(n, "quarantined"), 1);
	assert_int_equal(in_state(n, "received"), 1);
	assert_int_equal(ledger_count(n->ledger, "SELECT attempts FROM letter WHERE state = 'quarantined'", ""), 2);
	assert_int_equal(batch_judge(n), EXIT_DONE);
	assert_int_equal(in_state(n, "5_emit"), 2);
	assert_int_equal(in_state(n, "quarantined"), 2);
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM letter WHERE disposition = 'reject'", ""), 1);
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM finding WHERE rule = 'worker/crashed'", ""), 2);
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM batch WHERE closed IS NULL", ""), 0);
	assert_true(has_file("nightout/good"));
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM output", ""), 2);
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM letter_text", ""), 4);
	talloc_free(n);
}

/* One letter in three sets of bytes: the second is linked; the one whose signature fails is told to its sender. */
static void test_same_letter(void **state)
{
	struct options o = { 0 };
	(void)state;
	put_file("in/7", "same, scan 1");
	put_file("in/8", "same, scan 2");
	put_file("in/9", "same, broken");
	struct night *n = open_night(&o);
	assert_int_equal(intake_all(&n->intake, n), EXIT_DONE);
	batch_read_letters(n);
	assert_int_equal(batch_judge(n), EXIT_DONE);
	assert_int_equal(in_state(n, "linked"), 1);
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM letter a JOIN letter b ON b.id = a.same_as "
				      "WHERE a.state = 'linked' AND b.state = '5_emit' AND a.identity = b.identity", ""), 1);
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM letter WHERE verdict = 'failed' AND state = '5_emit'", ""), 1);
	assert_false(has_file("nightout/same, scan 2"));
	/* and on another night, in other bytes again */
	put_file("in/7", "same, scan 3");
	n->intake.fresh = 0;
	assert_int_equal(intake_all(&n->intake, n), EXIT_DONE);
	batch_read_letters(n);
	assert_int_equal(batch_judge(n), EXIT_DONE);
	assert_int_equal(in_state(n, "linked"), 2);
	talloc_free(n);
}

/* Killed between the commit and the move: the file is in the inbox still, its arrival in the ledger. */
static void test_cut_off(void **state)
{
	struct options o = { 0 };
	struct stat st;
	(void)state;
	struct night *n = open_night(&o);
	int64_t arrivals = ledger_count(n->ledger, "SELECT count(*) FROM arrival", "");
	assert_int_equal(rename(below("in/done/2025-06-15/4"), below("in/4")), 0);
	assert_int_equal(stat(below("in/4"), &st), 0);
	assert_int_equal(intake_all(&n->intake, n), EXIT_DONE);
	assert_int_equal(n->intake.made_up, 1);
	assert_int_equal(n->intake.fresh + n->intake.duplicates, 0);
	assert_true(has_file("in/done/2025-06-15/4"));
	assert_int_equal(ledger_count(n->ledger, "SELECT count(*) FROM arrival", ""), arrivals);
	talloc_free(n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_store), cmocka_unit_test(test_ledger), cmocka_unit_test(test_outbox),
		cmocka_unit_test(test_night), cmocka_unit_test(test_same_letter), cmocka_unit_test(test_cut_off),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
