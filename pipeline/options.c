/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * options.c - the command line. One table of options; a command names those it takes.
 */
#include "command.h"
#include "config.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What an option's value is, and so how it is read. */
enum kind { SWITCH, WORD, WORD_OF, ONE_OF, LIST_OF, TIME_OF, SINCE, DAY, SPAN, BUDGET, COUNT, NUMBER, JOBS };

static const char *const formats[] = { "text", "json", "csv", "html", "xlsx", NULL };     /* enum format */
static const char *const langs[] = { "vi", "en", NULL };
static const char *const ocrs[] = { "fields", "full", NULL };
static const char *const purposes[] = { "signer", "time-stamp", NULL };
static const char *const signs_as[] = { "agency", "person", NULL };
static const char *const rulesets[] = { "2024", "2025", NULL };

#define AT(member) offsetof(struct options, member)
static const struct option {
	const char *name, *value, *does;       /* value NULL: a switch */
	enum kind kind;
	size_t at;                             /* in struct options */
	const char *const *words;              /* of WORD_OF and ONE_OF */
} table[] = {
	{ "at", "TIME", "verdicts as of then: a date or RFC 3339 (default: now)",
	  TIME_OF, AT(settings.at), NULL },
	{ "trust", "PATH", "anchors, intermediates, CRLs, OCSP answers; repeatable",
	  LIST_OF, AT(settings.trust), NULL },
	{ "pin", "SHA256", "import this certificate too: a person compared its print",
	  LIST_OF, AT(pins), NULL },
	{ "for", "PURPOSE", "signer or time-stamp: what the anchors are believed for",
	  WORD_OF, AT(purpose), purposes },
	{ "format", "F", NULL,                 /* the command's own: formats_of() */
	  ONE_OF, AT(format), formats },
	{ "lang", "L", "vi or en (default: by LC_MESSAGES, Vietnamese first)",
	  ONE_OF, AT(lang), langs },
	{ "jobs", "N", "letters at a time (default: cores)",
	  JOBS, AT(jobs), NULL },
	{ "text", NULL, "with the text of every page",
	  SWITCH, AT(with_text), NULL },
	{ "words", NULL, "with every word and its box",
	  SWITCH, AT(with_words), NULL },
	{ "tessdata", "DIR", "folder of vie.traineddata",
	  WORD, AT(settings.tessdata), NULL },
	{ "ocr", "HOW", "fields or full (default: full)",
	  ONE_OF, AT(settings.ocr), ocrs },
	{ "province", "NAME", "whose routing and rules apply",
	  WORD, AT(settings.province), NULL },
	{ "state", "DIR", "ledger and store (default: /var/lib/congvan)",
	  WORD, AT(state), NULL },
	{ "config", "FILE", "options as INI (/etc/congvan/congvan.conf)",
	  WORD, AT(config), NULL },
	{ "inbox", "DIR", "where letters come in; what was taken moves to its done/",
	  WORD, AT(inbox), NULL },
	{ "outbox", "DIR", "where packages, notices and reports go",
	  WORD, AT(outbox), NULL },
	{ "max-time", "TIME", "start no letter after 90s, 30m, 4h",
	  BUDGET, AT(max_seconds), NULL },
	{ "max-letters", "N", "look at no more than N letters",
	  COUNT, AT(max_letters), NULL },
	{ "package-lines", "N", "lines a package may have (default: 500)",
	  COUNT, AT(settings.package_lines), NULL },
	{ "settle", "TIME", "leave files changed less than TIME ago (default: 0s)",
	  SPAN, AT(settle), NULL },
	{ "dry-run", NULL, "say what would be taken, write nothing",
	  SWITCH, AT(dry_run), NULL },
	{ "as", "WHO", "agency or person (default: agency)",
	  ONE_OF, AT(sign.as), signs_as },
	{ "signed", "PDF", "one signed elsewhere, by a person's own tool: take it in",
	  WORD, AT(sign.taken), NULL },
	{ "p12", "FILE", "the key: PKCS#12",
	  WORD, AT(sign.p12), NULL },
	{ "pkcs11", "URI", "the key in a token: pkcs11:token=T;object=K",
	  WORD, AT(sign.pkcs11), NULL },
	{ "pin-file", "FILE", "PIN or password, first line (default: asked for)",
	  WORD, AT(sign.pin_file), NULL },
	{ "picture", "PNG", "signature in blue, or seal in red; transparent",
	  WORD, AT(sign.picture), NULL },
	{ "box", "P,X,Y,X,Y", "page and corners, points from the top left",
	  WORD, AT(sign.box), NULL },
	{ "number", "TEXT", "of the letter: 12/UBND-NC; stands on attachments",
	  WORD, AT(sign.number), NULL },
	{ "pss", NULL, "RSA: RSASSA-PSS instead of PKCS #1 v1.5",
	  SWITCH, AT(sign.pss), NULL },
	{ "asic", NULL, "the whole payload as one sealed file: NAME.asice",
	  SWITCH, AT(sign.asic), NULL },
	{ "tsq", "PATH", "write time-stamp requests: a folder; one PDF: a file",
	  WORD, AT(sign.tsq), NULL },
	{ "tsr", "PATH", "put the authority's replies in, from there",
	  WORD, AT(sign.tsr), NULL },
	{ "out", "FILE", "write there what is made (decide: .xlsx or .csv)",
	  WORD, AT(out), NULL },
	{ "in", "FILE", "read the same file, filled in",
	  WORD, AT(in), NULL },
	{ "inventory", "FILE", "certificates: CSV or XLSX",
	  WORD, AT(inventory), NULL },
	{ "assignments", "FILE", "who works where from now on: CSV or XLSX",
	  WORD, AT(assignments), NULL },
	{ "requests", "FILE", "filed requests: CSV or XLSX",
	  WORD, AT(requests), NULL },
	{ "mergers", "PATH", "another table of mergers, a draft (default: rules/mergers)",
	  WORD, AT(settings.mergers), NULL },
	{ "whole-list", "NAME", "lists named so (with * ?) are whole inventories; repeatable",
	  LIST_OF, AT(settings.whole_lists), NULL },
	{ "ruleset", "YEAR", "2024 or 2025 (default: by the day of the merger)",
	  WORD_OF, AT(settings.ruleset), rulesets },
	{ "effective", "DATE", "the day the mergers take effect (default: the table's)",
	  DAY, AT(settings.effective), NULL },
	{ "save-signed-revision", "N", "write to standard output what signature N signed",
	  NUMBER, AT(save_revision), NULL },
	{ "since", "TIME", "all runs since then: a date or RFC 3339",
	  SINCE, AT(since), NULL },
	{ "test", NULL, "run the cases beside each rule",
	  SWITCH, AT(test), NULL },
	{ "list", NULL, "all of them",
	  SWITCH, AT(list), NULL },
	{ "only-problems", NULL, "what needs a person, nothing else",
	  SWITCH, AT(only_problems), NULL },
	{ "unsealed", NULL, "go on where the sandbox cannot stand",
	  SWITCH, AT(unsealed), NULL },
	{ 0 },
};

/* Where the command names that option: behind its name, or NULL. */
static const char *taken(const struct command *c, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = c->options; (at = strstr(at, name)) != NULL; at += n)
		if ((at == c->options || at[-1] == ' ') && (at[n] == 0 || at[n] == ' ' || at[n] == '='))
			return at + n;
	return NULL;
}

static bool takes(const struct command *c, const char *name)
{
	/* These are every command's. */
	return strcmp(name, "config") == 0 || strcmp(name, "lang") == 0 || taken(c, name) != NULL;
}

/* The formats it makes, in words: "text, json or csv". The first is its default. */
static const char *formats_of(const struct command *c, char words[64])
{
	const char *at = taken(c, "format");
	size_t n = 0;
	for (at = at != NULL && *at == '=' ? at + 1 : ""; *at != 0 && *at != ' ' && n < 56; at++) {
		bool last = memchr(at + 1, ',', strcspn(at + 1, " ")) == NULL;
		if (*at == ',')
			n += (size_t)sprintf(words + n, "%s", last ? said(" or ") : ", ");
		else
			words[n++] = *at;
	}
	words[n] = 0;
	return words;
}

static bool makes(const struct command *c, enum format f)
{
	const char *at = taken(c, "format");
	size_t n = strlen(formats[f]);
	for (bool more = at != NULL; more; more = *at == ',') {
		at++;
		if (strncmp(at, formats[f], n) == 0 && (at[n] == 0 || at[n] == ' ' || at[n] == ','))
			return true;
		at += strcspn(at, ", ");
	}
	return at == NULL;
}

void options_help(const struct command *c)
{
	bool wide = strlen(c->name) + strlen(c->words) > 80 - strlen("usage: congvan  [OPTION...] ");
	printf(said("usage: congvan %s [OPTION...]%s%s\n%s\n\n"), c->name, wide ? "\n           " : *c->words != 0 ? " " : "",
	       c->words, said(c->does));
	for (const struct option *o = table; o->name != NULL; o++)
		if (takes(c, o->name)) {
			char left[40];
			snprintf(left, sizeof left, "--%s%s%s", o->name, o->value != NULL ? " " : "",
				 o->value != NULL ? o->value : "");
			if (o->does != NULL)
				printf("  %-18s %s\n", left, said(o->does));
			else
				printf(said("  %-18s %s (default: text)\n"), left, formats_of(c, (char[64]){ 0 }));
		}
	if (c->more != NULL)
		printf("\n%s\n", said(c->more));
}

static bool one_of(const char *value, const char *const *names, int *which)
{
	for (*which = 0; names[*which] != NULL; ++*which)
		if (strcmp(names[*which], value) == 0)
			return true;
	return false;
}

/* 90s 30m 4h, or plain seconds. */
static bool seconds(const char *value, long *to)
{
	char *end;
	errno = 0;
	long n = strtol(value, &end, 10), unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : 1;
	if (end == value || errno != 0 || n < 0 || n > 1000000 || (*end != 0 && strchr("smh", *end) == NULL)
	    || (*end != 0 && end[1] != 0))
		return false;
	*to = n * unit;
	return true;
}

/* 1 to most, nothing behind. */
static bool whole(const char *value, long most, long *to)
{
	char *end;
	errno = 0;
	*to = strtol(value, &end, 10);
	return end != value && *end == 0 && errno == 0 && *to >= 1 && *to <= most;
}

/* False: the value is not one. */
static bool put(struct options *o, const struct option *option, const char *value)
{
	void *to = (char *)o + option->at;
	int which = 0;
	long number = 0;
	int64_t day;
	switch (option->kind) {
	case SWITCH:
		*(bool *)to = true;
		return true;
	case WORD:
	case WORD_OF:
	case DAY:
	case NUMBER:
		*(const char **)to = value;
		return option->kind == WORD || (option->kind == WORD_OF && one_of(value, option->words, &which))
		       || (option->kind == DAY && date_parse(value, &day))
		       || (option->kind == NUMBER && whole(value, 1000000, &number));
	case ONE_OF:                           /* enumerators stand in the order of their words */
		if (!one_of(value, option->words, &which))
			return false;
		memcpy(to, &which, sizeof which);
		return true;
	case LIST_OF:
		texts_add(NULL, to, value);
		return true;
	case TIME_OF:
		return time_parse(value, to);
	case SINCE:                            /* a date counts from its beginning in Vietnam */
		if (!time_parse(value, to))
			return false;
		*(time_t *)to -= date_parse(value, &day) ? 86400 - 1 : 0;
		return true;
	case SPAN:
		return seconds(value, to);
	case BUDGET:                           /* none at all would be none */
		return seconds(value, to) && *(long *)to > 0;
	case COUNT:
		return whole(value, 1000000000, to);
	case JOBS:
		if (!whole(value, 256, &number))
			return false;
		*(int *)to = (int)number;
		return true;
	}
	return false;
}

static bool put_config(void *with, const char *key, const char *value, const char **why)
{
	for (const struct option *t = table; t->name != NULL; t++) {
		if (strcmp(t->name, key) != 0 || strcmp(key, "config") == 0)
			continue;
		bool yes = strcmp(value, "yes") == 0;
		*why = t->value != NULL ? said("not a value of this key") : said("yes or no");
		if (t->value == NULL && !yes)
			return strcmp(value, "no") == 0;
		return put(with, t, value);
	}
	return false;
}

/* The file named by --config, else the system's where there is one. Options of the command line come after it
 * and win. */
static bool read_config(struct options *o, int argc, char **argv)
{
	static const char system_file[] = "/etc/congvan/congvan.conf";
	const char *path = access(system_file, F_OK) == 0 ? system_file : NULL;
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strncmp(argv[i], "--config=", 9) == 0)
			path = argv[i] + 9;
		else if (strcmp(argv[i], "--config") == 0 && i + 1 < argc)
			path = argv[i + 1];
	return path == NULL || config_read(path, put_config, o);
}

static const char *find_state(void)
{
	static char path[PATH_MAX];
	const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	if (geteuid() == 0 || access("/var/lib/congvan", W_OK) == 0)
		return "/var/lib/congvan";
	if (base != NULL && *base == '/')
		snprintf(path, sizeof path, "%s/congvan", base);
	else
		snprintf(path, sizeof path, "%s/.local/state/congvan", home != NULL ? home : "");
	return path;
}

/* rules/ and schemas/ stand beside build/ in a checkout, below share/congvan of the prefix when installed. */
static const char *find_data(void)
{
	static const char *const at[] = { "", "/share/congvan" };
	static char path[PATH_MAX], file[PATH_MAX + 64];
	struct stat st;
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
	path[n > 0 ? n : 0] = 0;
	for (char *slash; (slash = strrchr(path, '/')) != NULL;) {
		*slash = 0;
		for (int i = 0; i < 2; i++) {
			snprintf(file, sizeof file, "%s%s/schemas/ledger.sql", path, at[i]);
			if (stat(file, &st) == 0) {
				strcat(path, at[i]);
				return path;
			}
		}
	}
	return "/usr/share/congvan";
}

int options_jobs(const struct options *o, int spare)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return o->jobs > 0 ? o->jobs : cores > 0 && cores <= 256 ? (int)cores + spare : 1;
}

enum lang options_locale(void)
{
	const char *lang = getenv("LC_ALL");
	if (lang == NULL || *lang == 0)
		lang = getenv("LC_MESSAGES");
	return lang != NULL && strncmp(lang, "en", 2) == 0 ? LANG_EN : LANG_VI;
}

enum lang options_lang(int argc, char **argv, enum lang otherwise)
{
	const char *lang = NULL;
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strncmp(argv[i], "--lang=", 7) == 0)
			lang = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			lang = argv[i + 1];
	return lang == NULL ? otherwise : strcmp(lang, "en") == 0 ? LANG_EN : LANG_VI;
}

bool options_read(struct options *o, const struct command *c, int argc, char **argv, int *code)
{
	*code = EXIT_USE;
	o->settings.at = time(NULL);
	o->settings.ocr = OCR_FULL;
	o->settings.data = find_data();
	o->lang = options_locale();
	o->state = find_state();
	if (!read_config(o, argc, argv)) {
		*code = EXIT_CONFIG;
		return false;
	}
	say_in_vietnamese(options_lang(argc, argv, o->lang) == LANG_VI);       /* for what is wrong with the options */
	o->words = calloc((size_t)argc + 1, sizeof *o->words);
	if (o->words == NULL)
		return false;
	for (int i = 0; i < argc; i++) {
		if (argv[i][0] != '-' || argv[i][1] == 0) {
			o->words[o->words_n++] = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--") == 0) {
			while (++i < argc)
				o->words[o->words_n++] = argv[i];
			break;
		}
		if (strcmp(argv[i], "--help") == 0) {
			options_help(c);
			*code = EXIT_DONE;
			return false;
		}
		char name[64] = "";
		const char *value = strchr(argv[i], '=');
		size_t n = value != NULL ? (size_t)(value - argv[i]) : strlen(argv[i]);
		const struct option *option = NULL;
		if (strncmp(argv[i], "--", 2) == 0 && n - 2 < sizeof name) {
			memcpy(name, argv[i] + 2, n - 2);
			for (const struct option *t = table; t->name != NULL; t++)
				if (strcmp(t->name, name) == 0 && takes(c, name))
					option = t;
		}
		if (option == NULL) {
			say("%s takes no option '%s'; 'congvan %s --help' lists them", c->name, argv[i], c->name);
			return false;
		}
		if (option->value != NULL && value == NULL && i + 1 >= argc) {
			say("--%s wants %s", name, option->value);
			return false;
		}
		if (option->value != NULL)
			value = value != NULL ? value + 1 : argv[++i];
		if (!put(o, option, value != NULL ? value : "")) {
			say("--%s: '%s' is not %s", name, value, option->value);
			return false;
		}
	}
	if (!makes(c, o->format)) {
		say("%s makes %s", c->name, formats_of(c, (char[64]){ 0 }));
		return false;
	}
	say_in_vietnamese(o->lang == LANG_VI);
	struct stat st;
	char *imported = format_text(NULL, "%s/trust", o->state);      /* congvan trust import */
	if (takes(c, "trust") && o->settings.trust.n == 0 && stat(imported, &st) == 0)
		texts_add(NULL, &o->settings.trust, imported);
	talloc_free(imported);
	return true;
}
