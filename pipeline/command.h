/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * command.h - what a subcommand is, and the options that commands share.
 *
 * A command is a function in a file cmd_NAME.c and a row in main.c's table. It gets its words after the
 * command's name, prints data on standard output and messages on standard error, and returns an exit code of
 * INTERFACE.md.
 */
#pragma once
#include "stage.h"

enum exit_code {
	EXIT_DONE = 0, EXIT_PERSON = 1, EXIT_BUDGET = 2, EXIT_USE = 64, EXIT_INPUT = 65, EXIT_NO_INPUT = 66,
	EXIT_MISSING = 69, EXIT_BUG = 70, EXIT_CANNOT_WRITE = 73, EXIT_IO = 74, EXIT_TRY_LATER = 75,
	EXIT_NO_PERMISSION = 77, EXIT_CONFIG = 78,
};

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML, FORMAT_XLSX };
enum lang { LANG_VI, LANG_EN };
enum sign_as { AS_AGENCY, AS_PERSON };

struct options {                               /* everything a command line and the configuration say */
	struct settings settings;
	const char *state, *config, *inbox, *outbox;
	const char *inventory, *assignments, *requests;
	const char *out, *in;                  /* decide: the worksheet */
	enum format format;
	enum lang lang;
	int jobs;                              /* 0: by the cores (options_jobs) */
	bool with_text, with_words, unsealed, dry_run, test, list, only_problems;
	long max_seconds, max_letters;         /* 0: no budget */
	long settle;                           /* seconds since the last change of a file that may be taken */
	time_t since;                          /* report: runs since then; 0: the last */
	struct {                               /* package sign */
		enum sign_as as;
		const char *p12, *pkcs11, *pin_file, *picture, *box, *number, *tsq, *tsr, *taken;
		bool pss, asic;
	} sign;
	const char *save_revision;             /* verify --save-signed-revision N */
	struct texts pins;                     /* trust: SHA-256 of certificates to import beside those of rules/ */
	const char *purpose;                   /* trust --for: signer, time-stamp, or NULL: both */
	char **words;                          /* what is not an option */
	char **called;                         /* how answers call the files that words name; NULL: as words do */
	int words_n;
};

struct command {
	const char *name;
	const char *words;                     /* "FILE..." in its usage line */
	const char *does;                      /* one line for --help */
	const char *options;                   /* names of those it takes, space separated; "format=text,json": which formats */
	const char *more;                      /* further lines of its --help, or NULL */
	int (*run)(struct options *);
};

extern const struct command commands[];        /* ends with a NULL name */

/* Reads argv after the command's name. False: said why on stderr, *code is the exit code. */
bool options_read(struct options *, const struct command *, int argc, char **argv, int *code);
void options_help(const struct command *);
enum lang options_locale(void);                /* what the environment wants */
enum lang options_lang(int argc, char **argv, enum lang otherwise);    /* what --lang among them wants */

/* --jobs, or as many as there are cores and some to spare: short jobs leave a core idle while they are answered. */
int options_jobs(const struct options *, int spare);
