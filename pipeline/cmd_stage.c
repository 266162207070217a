/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_stage.c - one stage as a filter: JSON Lines in, JSON Lines out (INTERFACE, Filter).
 *
 * A line names a letter by its path, {"letter":"sha256:...","path":"..."}, or is the answer of the stage before:
 * then its "facts" go in. Each line gives one answer line, in order, with all facts so far, so that filters can
 * be chained, and GNU parallel or Slurm can stand between them. A bad line is answered with "ok":false.
 */
#include "command.h"
#include "record.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_stage(struct options *);

struct filter {
	struct options *o;
	const struct stage *stage;
	char *line;
	size_t room;
};

/* What a line asked, kept with its letter until it is answered. */
struct asked { char *path, *why; };

static bool refuse(struct asked *a, const char *why)
{
	a->why = copy_text(a, why);
	return false;
}

/* The facts of the stage before, each through the strict reader. */
static bool read_facts(struct letter *l, struct asked *a, const json_t *facts)
{
	for (size_t i = 0; i < json_array_size(facts); i++) {
		char *line = json_dumps(json_array_get(facts, i), JSON_COMPACT), *why = NULL;
		bool good = line != NULL && record_read_line(l, line, strlen(line), &why);
		free(line);
		if (!good)
			return refuse(a, why != NULL ? why : "a fact that is not one");
	}
	return true;
}

static bool read_question(struct letter *l, struct asked *a, const json_t *j)
{
	const char *path = json_string_value(json_object_get(j, "path"));
	const json_t *facts = json_object_get(j, "facts");
	if (path == NULL)
		return refuse(a, "no \"path\" in the line");
	a->path = copy_text(a, path);
	if (facts != NULL && !json_is_array(facts))
		return refuse(a, "\"facts\" is not a list");
	if (!read_facts(l, a, facts))
		return false;
	if (l->name == NULL)
		l->name = copy_text(l, strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path);
	return true;
}

static bool next(void *with, struct task *task)
{
	struct filter *f = with;
	ssize_t n;
	do
		n = getline(&f->line, &f->room, stdin);
	while (n > 0 && strspn(f->line, " \t\r\n") == (size_t)n);
	if (n <= 0)
		return false;
	struct letter *l = letter_new(NULL, &f->o->settings, NULL);
	struct asked *a = new_zero(l, struct asked);
	json_error_t error;
	json_t *j = json_loadb(f->line, (size_t)n, JSON_REJECT_DUPLICATES, &error);
	struct stat st;
	task->letter = l;
	task->with = a;
	task->fd = -1;
	if (j == NULL)
		refuse(a, "not JSON");
	else if (read_question(l, a, j)) {
		task->fd = open(a->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (task->fd < 0 || fstat(task->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
			refuse(a, task->fd < 0 ? strerror(errno) : "not a regular file");
			if (task->fd >= 0)
				close(task->fd);
			task->fd = -1;
		}
	}
	json_decref(j);
	return true;
}

static json_t *facts_of(const struct letter *l)
{
	struct buffer b = { .mem = l };
	json_t *facts = json_array();
	record_write(l, &(struct record_mark){ 0 }, false, &b);
	for (char *at = b.text, *stop; at != NULL && (stop = strchr(at, '\n')) != NULL; at = stop + 1)
		json_array_append_new(facts, json_loadb(at, (size_t)(stop - at), 0, NULL));
	return facts;
}

static void done(void *with, struct task *task)
{
	struct filter *f = with;
	struct asked *a = task->with;
	struct letter *l = task->letter;
	json_t *j = json_object();
	const char *why = a->why != NULL ? a->why : task->end == END_RETRY ? "try later"
		: task->end == END_LOST ? "the nursery was lost"
		: task->end == END_DIED ? l->findings.at[l->findings.n - 1].rule : NULL;
	json_object_set_new(j, "ok", json_boolean(why == NULL));
	json_object_set_new(j, "stage", json_string(f->stage->name));
	json_object_set_new(j, "version", json_integer(f->stage->version));
	json_object_set_new(j, "ms", json_real(task->ms));
	if (why != NULL)
		json_object_set_new(j, "why", json_string(why));
	if (l->sha256 != NULL) {
		char *id = format_text(l, "sha256:%s", l->sha256);
		json_object_set_new(j, "letter", json_string(id));
	}
	if (a->path != NULL)
		json_object_set_new(j, "path", json_string(a->path));
	if (l->sha256 != NULL)
		json_object_set_new(j, "facts", facts_of(l));
	json_dumpf(j, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
	putchar('\n');
	fflush(stdout);
	json_decref(j);
	talloc_free(l);
}

int cmd_stage(struct options *o)
{
	struct filter f = { .o = o, .stage = o->words_n == 1 ? stage_find(o->words[0]) : NULL };
	if (f.stage == NULL) {
		say("stage wants one of:");
		for (const struct stage *const *s = stages; *s != NULL; s++)
			say("  %s (version %d, adds %s)", (*s)->name, (*s)->version, (*s)->adds);
		return EXIT_USE;
	}
	const struct stage *const list[] = { f.stage, NULL };
	struct nursery_wish wish = { .settings = &o->settings, .stages = list, .unsealed = o->unsealed };
	struct nursery *n = nursery_new(NULL, &wish);
	int code;
	char *why;
	if (!nursery_ready(n, &code, &why)) {
		say("%s", why);
		talloc_free(n);
		return code;
	}
	struct feed feed = { next, done, &f, options_jobs(o, 0), NULL };
	bool alive = worker_letters(n, &feed);
	talloc_free(n);
	free(f.line);
	return alive ? EXIT_DONE : EXIT_TRY_LATER;
}
