/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_worker.c - a nursery whose letters do everything a letter must not.
 *
 * The stages here are told by the letter's bytes what to do: die, hang, stop, lie, flood. Each must come back
 * as one finding of that letter, named rightly, while the good ones beside it are untouched and in order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "nursery.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *prepared_with;              /* set before the fork: a child sees it */

static bool prepare(const struct settings *s, char **why)
{
	(void)s;
	(void)why;
	prepared_with = "a model";
	return true;
}

static enum outcome first(struct letter *l)
{
	l->parts.at[0].media = copy_text(l, "text/plain");
	letter_add_field(l, "subject", prepared_with);
	return PASS;
}

static void flood(const char *bytes)
{
	for (;;)
		if (write(ANSWER_FD, bytes, strlen(bytes)) < 0)
			_exit(0);
}

static enum outcome second(struct letter *l)
{
	struct bytes b = l->parts.at[0].bytes;
	char what[32] = "";
	memcpy(what, b.at, b.len < sizeof what - 1 ? b.len : sizeof what - 1);
	if (strcmp(what, "crash") == 0)
		raise(SIGSEGV);
	if (strcmp(what, "abort") == 0)
		abort();
	if (strcmp(what, "hang") == 0)
		for (;;)
			usleep(1000);
	if (strcmp(what, "stop") == 0)
		raise(SIGSTOP);
	if (strcmp(what, "spin") == 0)
		for (volatile unsigned i = 0;; i++)
			;
	if (strcmp(what, "exit") == 0)
		_exit(3);
	if (strcmp(what, "socket") == 0)
		return socket(AF_INET, SOCK_STREAM, 0) < 0 ? STOP : PASS;
	if (strcmp(what, "garbage") == 0)
		flood("{\"fact\":\"field\",\"oh\":\"no\"}\n");
	if (strcmp(what, "not json") == 0)
		flood("\xff\n");
	if (strcmp(what, "flood") == 0)
		flood("{\"fact\":\"finding\",\"rule\":\"x\",\"severity\":\"note\",\"law\":null,\"vi\":\"x\",\"en\":\"x\","
		      "\"evidence\":[]}\n");
	if (strcmp(what, "steps") == 0)
		flood("{\"fact\":\"step\",\"stage\":\"x\",\"version\":1,\"outcome\":\"pass\",\"ms\":1,\"walls\":\"\"}\n");
	if (strcmp(what, "one line") == 0)
		flood("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	if (strcmp(what, "memory") == 0)
		for (int i = 0; i < 1 << 20; i++)
			memset(new_array(l, char, 1 << 20), 1, 1 << 20);
	if (strcmp(what, "retry") == 0)
		return RETRY;
	if (strcmp(what, "slow") == 0)
		usleep(200000);
	if (strncmp(what, "wish", 4) == 0) {
		letter_add_field(l, "count", format_text(l, "%d", l->beside.n));
		for (int i = 0; i < l->beside.n; i++)
			letter_add_field(l, l->beside.at[i].name,
					 copy_part(l, (const char *)l->beside.at[i].bytes.at, l->beside.at[i].bytes.len));
		if (l->beside.n == 0 || strcmp(what, "wish for more") == 0)
			letter_add_beside(l, "another");
	}
	letter_add_field(l, "number", what);
	return strcmp(what, "person") == 0 ? STOP : PASS;
}

static const struct stage stage_first = { .name = "first", .adds = "field", .version = 7, .limits = { 2, 256, 1 },
					  .prepare = prepare, .run = first };
static const struct stage stage_second = { .name = "second", .adds = "field", .version = 8, .limits = { 2, 256, 1 },
					   .run = second };
static const struct stage *const both[] = { &stage_first, &stage_second, NULL };
static const struct settings settings = { .at = 1750000000 };

struct try {
	const char *const *bytes;
	int n, next, done, again;
	struct letter *letters[512];
	enum end ends[512];
};

static int file_of(const char *bytes)
{
	int fd = memfd_create("letter", MFD_CLOEXEC);
	assert_true(write(fd, bytes, strlen(bytes)) == (ssize_t)strlen(bytes));
	return fd;
}

static bool next(void *with, struct task *task)
{
	struct try *t = with;
	if (t->next == t->n)
		return false;
	task->letter = letter_new(NULL, &settings, "x");
	task->fd = file_of(t->bytes[t->next]);
	task->with = (void *)(uintptr_t)&t->bytes[t->next++];
	return true;
}

static void done(void *with, struct task *task)
{
	struct try *t = with;
	assert_ptr_equal(task->with, &t->bytes[t->done]);      /* in order, each once */
	t->letters[t->done] = task->letter;
	t->ends[t->done++] = task->end;
}

/* What is wished for is brought once, as two files whose text is their name. */
static bool bring(void *with, struct task *task)
{
	static const char *const names[] = { "one", "two" };
	struct try *t = with;
	if (task->letter->beside.n == 0)
		return false;
	t->again++;
	talloc_free(task->letter);
	task->letter = letter_new(NULL, &settings, "x");
	for (int i = 0; i < 2; i++) {
		letter_add_beside(task->letter, names[i]);
		task->beside[task->beside_n++] = file_of(names[i]);
	}
	task->fd = file_of(t->bytes[t->done]);
	return true;
}

static void run(struct try *t, int jobs, double deadline)
{
	struct nursery_wish wish = { .settings = &settings, .stages = both, .deadline = deadline };
	struct nursery *n = nursery_new(NULL, &wish);
	int code;
	char *why;
	assert_true(nursery_ready(n, &code, &why));
	assert_non_null(strstr(nursery_walls(n), "seccomp"));
	assert_true(worker_letters(n, &(struct feed){ next, done, t, jobs, bring }));
	assert_int_equal(t->done, t->n);
	talloc_free(n);
}

static void drop(struct try *t)
{
	for (int i = 0; i < t->done; i++)
		talloc_free(t->letters[i]);
}

static void expect_good(const struct letter *l, const char *number)
{
	assert_int_equal(l->findings.n, 0);
	assert_int_equal(l->steps.n, 2);
	assert_string_equal(l->steps.at[1].stage, "second");
	assert_int_equal(l->steps.at[1].version, 8);
	assert_string_equal(letter_find_field(l, "number")->read.value, number);
	assert_string_equal(letter_find_field(l, "subject")->read.value, "a model");
}

struct death { const char *bytes, *rule, *says; };

/* Each death between two good letters. */
static void expect_deaths(const struct death *deaths, int n, double deadline)
{
	const char *bytes[64];
	for (int i = 0; i < n; i++) {
		bytes[2 * i] = "good";
		bytes[2 * i + 1] = deaths[i].bytes;
	}
	struct try t = { .bytes = bytes, .n = 2 * n };
	run(&t, 3, deadline);
	for (int i = 0; i < n; i++) {
		const struct letter *bad = t.letters[2 * i + 1];
		const struct finding *f = &bad->findings.at[bad->findings.n - 1];
		expect_good(t.letters[2 * i], "good");
		if (t.ends[2 * i + 1] != END_DIED || strcmp(f->rule, deaths[i].rule) != 0)
			print_message("%s: %s, %s\n", deaths[i].bytes, f->rule, f->en);
		assert_int_equal(t.ends[2 * i + 1], END_DIED);
		assert_string_equal(f->rule, deaths[i].rule);
		assert_int_equal(f->severity, HOLD);
		assert_non_null(strstr(f->en, deaths[i].says));
		/* what the stage before found is kept */
		assert_string_equal(letter_find_field(bad, "subject")->read.value, "a model");
	}
	drop(&t);
}

/* The wall clock also runs while a busy machine lets us wait: only what never ends by itself may meet it. */
enum { FAR = 60 };

static void test_deaths(void **state)
{
	static const struct death deaths[] = {
		{ "crash", "worker/crashed", "SIGSEGV" },
		{ "abort", "worker/crashed", "SIGABRT" },
		{ "exit", "worker/exited", "code 3" },
		{ "socket", "worker/forbidden-call", "socket" },
		{ "garbage", "worker/bad-answer", "second" },
		{ "not json", "worker/bad-answer", "second" },
		{ "flood", "worker/too-much-output", "second" },
		{ "steps", "worker/bad-answer", "more steps" },
		{ "one line", "worker/too-much-output", "second" },
#ifndef __SANITIZE_ADDRESS__
		{ "memory", "worker/out-of-memory", "second" },
#endif
	};
	(void)state;
	expect_deaths(deaths, (int)(sizeof deaths / sizeof *deaths), FAR);
}

static void test_deadline(void **state)
{
	static const struct death deaths[] = {
		{ "hang", "worker/deadline", "second" },
		{ "stop", "worker/deadline", "second" },
	};
	(void)state;
	expect_deaths(deaths, 2, 1.5);
}

static void test_cpu_limit(void **state)
{
	static const char *const bytes[] = { "spin", "good" };
	(void)state;
	struct try t = { .bytes = bytes, .n = 2 };
	run(&t, 1, FAR);
	assert_string_equal(t.letters[0]->findings.at[0].rule, "worker/cpu-limit");
	expect_good(t.letters[1], "good");
	drop(&t);
}

static void test_answers(void **state)
{
	static const char *const bytes[] = { "person", "retry", "", "slow", "good" };
	(void)state;
	struct try t = { .bytes = bytes, .n = 5 };
	run(&t, 2, 0);
	assert_string_equal(t.letters[0]->steps.at[1].outcome, "stop");
	assert_int_equal(t.ends[0], END_DONE);
	assert_int_equal(t.ends[1], END_RETRY);
	assert_int_equal(t.letters[1]->findings.n, 0);
	expect_good(t.letters[2], "");
	expect_good(t.letters[3], "slow");
	expect_good(t.letters[4], "good");
	assert_string_equal(t.letters[4]->name, "x");  /* it knew its name: facts went in */
	drop(&t);
}

static void test_many_in_order(void **state)
{
	static const char *bytes[400];
	static char texts[400][16];
	(void)state;
	for (int i = 0; i < 400; i++) {
		snprintf(texts[i], sizeof texts[i], i == 3 ? "slow" : "letter %d", i);
		bytes[i] = texts[i];
	}
	struct try t = { .bytes = bytes, .n = 400 };
	run(&t, 4, 0);
	for (int i = 0; i < 400; i++)
		expect_good(t.letters[i], bytes[i]);
	drop(&t);
}

/* a batch -------------------------------------------------------------------------------------------- */

static enum outcome judge(struct batch *b)
{
	for (int i = 0; i < b->letters.n; i++) {
		const struct field *f = letter_find_field(b->letters.at[i], "number");
		if (strcmp(f->read.value, "crash") == 0)
			raise(SIGSEGV);
		letter_finding(b->letters.at[i], "test/seen", WARN, "Luật", f->read.value, f->read.value);
	}
	batch_add_decision(b)->serial = copy_text(b, "AB");
	batch_add_output(b, "a/b", (struct bytes){ (const uint8_t *)"x\0y", 3 });
	batch_finding(b, "test/batch", NOTE, NULL, "vi", b->settings->at == 42 ? "its own time" : "wrong time");
	return PASS;
}

static const struct stage stage_test_judge = { .name = "judge", .adds = "finding", .version = 1,
					       .limits = { 5, 256, 8 }, .run_batch = judge };
static const struct stage *const judging[] = { &stage_test_judge, NULL };

static enum end judge_two(struct batch *b, const char *second_number)
{
	struct nursery_wish wish = { .settings = &settings, .stages = judging };
	struct nursery *n = nursery_new(NULL, &wish);
	char *why = NULL;
	int code;
	assert_true(nursery_ready(n, &code, &why));
	struct letter *one = batch_add_letter(b, letter_new(b, &settings, "1"));
	struct letter *two = batch_add_letter(b, letter_new(b, &settings, "2"));
	letter_add_field(one, "number", "first");
	letter_add_field(two, "number", second_number);
	letter_finding(two, "test/old", NOTE, NULL, "cũ", "old");
	enum end end = worker_batch(n, b, &why);
	if (end != END_DONE)
		assert_non_null(strstr(why, "SIGSEGV"));
	talloc_free(n);
	return end;
}

static void test_batch(void **state)
{
	struct settings its_own = settings;
	(void)state;
	its_own.at = 42;
	struct batch *b = batch_new(NULL, &its_own);
	assert_int_equal(judge_two(b, "second"), END_DONE);
	assert_int_equal(b->letters.at[0]->findings.n, 1);
	assert_int_equal(b->letters.at[1]->findings.n, 2);
	assert_string_equal(b->letters.at[1]->findings.at[1].vi, "second");
	assert_int_equal(b->letters.at[1]->fields.n, 1);
	assert_int_equal(b->decisions.n, 1);
	assert_int_equal(b->outputs.at[0].bytes.len, 3);
	assert_string_equal(b->findings.at[0].en, "its own time");
	assert_string_equal(b->steps.at[0].stage, "judge");
	talloc_free(b);
	b = batch_new(NULL, &settings);
	assert_int_equal(judge_two(b, "crash"), END_DIED);
	talloc_free(b);
}

/* a call --------------------------------------------------------------------------------------------- */

static int work(void *arg, struct batch *back)
{
	printf("relayed %s\n", (const char *)arg);
	batch_add_output(back, "out", (struct bytes){ (const uint8_t *)"1", 1 });
	return open("/etc/passwd", O_RDONLY) < 0 ? 5 : 1;
}

static int die(void *arg, struct batch *back)
{
	(void)arg;
	(void)back;
	return socket(AF_INET, SOCK_STREAM, 0);
}

static void test_call(void **state)
{
	char arg[] = "text";
	(void)state;
	struct nursery_wish wish = { .settings = &settings, .work = work, .arg = arg, .limits = { 5, 256, 1 } };
	struct batch *back = batch_new(NULL, &settings);
	assert_int_equal(worker_call(&wish, back), 5);
	assert_int_equal(back->outputs.n, 1);
	wish.work = die;
	assert_int_equal(worker_call(&wish, back), 70);
	talloc_free(back);
}

static bool prepare_in_vain(const struct settings *s, char **why)
{
	(void)s;
	*why = copy_text(NULL, "no model");
	return false;
}

static void test_missing(void **state)
{
	static const struct stage stage_vain = { .name = "vain", .prepare = prepare_in_vain, .run = first };
	static const struct stage *const vain[] = { &stage_vain, NULL };
	struct nursery_wish wish = { .settings = &settings, .stages = vain };
	int code;
	char *why = NULL;
	(void)state;
	struct nursery *n = nursery_new(NULL, &wish);
	assert_false(nursery_ready(n, &code, &why));
	assert_int_equal(code, 69);
	assert_string_equal(why, "vain: no model");
	talloc_free(n);
}

/* A machine that gives no seccomp: 0 when told --unsealed it goes on and says so, and otherwise refuses with 69. */
static int without_seccomp(void)
{
	static const char *const bytes[] = { "good" };
	struct nursery_wish wish = { .settings = &settings, .stages = both };
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
	int code;
	char *why = NULL;
	if (seccomp_rule_add(c, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0) != 0 || seccomp_load(c) != 0)
		return 1;
	if (nursery_ready(nursery_new(NULL, &wish), &code, &why) || code != 69 || strstr(why, "--unsealed") == NULL)
		return 2;
	wish.unsealed = true;
	struct nursery *n = nursery_new(NULL, &wish);
	if (!nursery_ready(n, &code, &why) || strstr(nursery_walls(n), "seccomp") != NULL)
		return 3;
	struct try t = { .bytes = bytes, .n = 1 };
	if (!worker_letters(n, &(struct feed){ next, done, &t, 1, NULL }) || t.ends[0] != END_DONE)
		return 4;
	return strstr(t.letters[0]->steps.at[0].walls, "seccomp") == NULL ? 0 : 5;
}

static void test_unsealed(void **state)
{
	int status;
	(void)state;
	pid_t pid = fork();
	if (pid == 0)
		_exit(without_seccomp());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static const char *value(const struct letter *l, const char *name)
{
	const char *found = NULL;
	for (int i = 0; i < l->fields.n; i++)
		if (strcmp(l->fields.at[i].name, name) == 0) {
			assert_null(found);    /* said once: nothing is left of the first time */
			found = l->fields.at[i].read.value;
		}
	return found;
}

static void test_again(void **state)
{
	static const char *const bytes[] = { "good", "wish", "wish for more", "crash", "slow" };
	struct try t = { .bytes = bytes, .n = 5 };
	(void)state;
	run(&t, 3, 5);
	assert_int_equal(t.again, 2);
	for (int i = 1; i <= 2; i++) {
		assert_int_equal(t.ends[i], END_DONE);
		assert_string_equal(value(t.letters[i], "count"), "2");
		assert_string_equal(value(t.letters[i], "one"), "one");
		assert_string_equal(value(t.letters[i], "two"), "two");
		assert_int_equal(t.letters[i]->steps.n, 2);
		assert_int_equal(t.letters[i]->parts.n, 1);
		assert_int_equal(t.letters[i]->beside.n, i == 1 ? 2 : 3);
	}
	assert_int_equal(t.ends[3], END_DIED);
	assert_int_equal(t.ends[4], END_DONE);
	drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers), cmocka_unit_test(test_deaths), cmocka_unit_test(test_deadline),
		cmocka_unit_test(test_cpu_limit),
		cmocka_unit_test(test_many_in_order), cmocka_unit_test(test_batch), cmocka_unit_test(test_call),
		cmocka_unit_test(test_again), cmocka_unit_test(test_missing), cmocka_unit_test(test_unsealed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
