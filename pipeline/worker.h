/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worker.h - a prepared parent, and a sealed child for each job.
 *
 *     supervisor ── clock, ledger, files; reads answers as hostile
 *        └─ nursery ── prepare() of the wanted stages, once; never sees a letter
 *             └─ child ── one job; sealed (sandbox.h); ends by _exit
 *
 * There are three kinds of job: a letter through its stages (1 to 3, or one filter), a batch through 4_judge
 * and 5_emit, and any function of a command (audit). All three get their input as memory or as an open
 * read-only descriptor and answer over a pipe in JSON Lines (record.h), which the supervisor reads with a size
 * cap and the strict reader. A child writes what a stage found, and a step, after each stage: a child that
 * dies in stage 3 leaves what stages 1 and 2 found. Its death becomes a finding of the letter:
 *
 *     worker/crashed          a signal, named              worker/deadline          wall clock, by the supervisor
 *     worker/forbidden-call   the call, named              worker/cpu-limit         RLIMIT_CPU of the stage
 *     worker/out-of-memory    RLIMIT_AS                    worker/too-much-output   more than its limits
 *     worker/exited           ended without an answer      worker/bad-answer        the strict reader's reason
 *
 * Invariants: nothing is opened between nursery_new() and the fork that could not cross it (no SQLite handle);
 * no thread exists in a nursery; a task that next() gave comes back through done() exactly once, in order.
 */
#pragma once
#include "stage.h"

struct nursery;

struct nursery_wish {
	const struct settings *settings;       /* settings->store is readable to children when not NULL */
	const struct stage *const *stages;     /* in order, NULL ends; may be NULL */
	bool unsealed;                         /* go on where a wall cannot stand */
	bool with_words;                       /* answers carry the words of pages */
	double deadline;                       /* seconds of wall clock for a stage; 0: three times its CPU limit */
	const char *const *readable;           /* more folders and files a child may read, or NULL */
	int (*work)(void *arg, struct batch *back);    /* for worker_call */
	void *arg;
	struct limits limits;                  /* for worker_call; zero: those of the largest stage */
};

/* Forks a nursery; it prepares while the caller goes on. Freed with mem: its children end with it. */
struct nursery *nursery_new(const void *mem, const struct nursery_wish *);

/* Waits until it is prepared. False: *code is EXIT_MISSING or EXIT_BUG and *why says what is missing (a tool,
 * a wall that does not stand). */
bool nursery_ready(struct nursery *, int *code, char **why);
const char *nursery_walls(const struct nursery *);             /* "landlock7,seccomp"; after nursery_ready() */

/* How a job came to its end. */
enum end {
	END_DONE,                              /* all stages ran; STOP is one of the answers */
	END_RETRY,                             /* a stage said so: not the letter's fault */
	END_DIED,                              /* we are bad: the finding says how */
	END_LOST,                              /* the nursery went away; nothing is known of the job */
};

enum { BESIDE_MAX = 8 };                       /* files beside a letter that a child is given */

struct task {
	struct letter *letter;                 /* from next(): name, path, sha256, received may be set; facts arrive here */
	int beside[BESIDE_MAX];                /* files for letter->beside, in its order, open for reading; closed too */
	int beside_n;
	int fd;                                /* the file, open for reading; the worker closes it. -1: no job, only its turn */
	enum end end;
	double ms;                             /* from its start to its end */
	char last_words[200];                  /* of a child that died, printable ASCII; for a developer */
	void *with;                            /* the caller's */
};

struct feed {
	bool (*next)(void *with, struct task *);       /* false: no more for now */
	void (*done)(void *with, struct task *);       /* in the order of next(); frees the letter if it is his */
	void *with;
	int jobs;                              /* children at a time */
	/* NULL, or asked of a task that went well before done() is: true sends it in a second time, with what again()
	 * put into it: a fresh letter (the old one freed), fd, beside. */
	bool (*again)(void *with, struct task *);
};

/* Letters through the nursery's stages until next() says false. A letter that carries documents, pages, fields
 * or signatures already (a filter's input) keeps them. False: the nursery was lost. */
bool worker_letters(struct nursery *, const struct feed *);

/* The batch through the nursery's stages in one child: its letters' facts go in, new findings of letters,
 * decisions, findings and outputs of the batch come back. The child's time is the batch's own settings->at. */
enum end worker_batch(struct nursery *, struct batch *, char **why);

/* The same for many: the letters' facts stand in an open file (records, in the form of nursery.h; the worker closes
 * it), and the batch's letters are empty ones that only take what is new. */
enum end worker_batch_records(struct nursery *, struct batch *, int records, char **why);
int worker_records_new(void);                  /* such a file, in memory; -1 and errno */
bool worker_records_add(int records, int number, const char *record);  /* number from 1, in order */

/* wish.work(arg, back) in a sealed child of this process, which may hold whatever memory it likes, prepared or
 * read before. What work prints on standard output and error is relayed to ours; facts it adds to `back`
 * (outputs, findings, decisions) come back. Returns what work returned, or EXIT_BUG after saying why. */
int worker_call(const struct nursery_wish *, struct batch *back);
