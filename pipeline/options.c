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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct option {
	const char *name, *value, *does;       /* value NULL: a switch */
} table[] = {
	{ "at", "TIME", "verdicts as of then: a date or RFC 3339 (default: now)" },
	{ "trust", "PATH", "anchors, intermediates, CRLs, OCSP answers; repeatable" },
	{ "format", "F", "text, json, csv or html (default: text)" },
	{ "lang", "L", "vi or en (default: by LC_MESSAGES, Vietnamese first)" },
	{ "jobs", "N", "letters at a time (default: cores)" },
	{ "text", NULL, "with the text of every page" },
	{ "words", NULL, "with every word and its box" },
	{ "tessdata", "DIR", "folder of vie.traineddata" },
	{ "ocr", "HOW", "fields or full (default: full)" },
	{ "province", "NAME", "whose routing and rules apply" },
	{ "state", "DIR", "ledger and store (default: /var/lib/congvan)" },
	{ "config", "FILE", "options as INI (/etc/congvan/congvan.conf)" },
	{ "inbox", "DIR", "where letters come in; what was taken moves to its done/" },
	{ "outbox", "DIR", "where packages, notices and reports go" },
	{ "max-time", "TIME", "start no letter after 90s, 30m, 4h" },
	{ "max-letters", "N", "look at no more than N letters" },
	{ "settle", "TIME", "leave files changed less than TIME ago (default: 0s)" },
	{ "dry-run", NULL, "say what would be taken, write nothing" },
	{ "inventory", "FILE", "certificates: CSV or XLSX" },
	{ "assignments", "FILE", "who works where from now on: CSV or XLSX" },
	{ "requests", "FILE", "filed requests: CSV or XLSX" },
	{ "mergers", "PATH", "another table of mergers, a draft (default: rules/mergers)" },
	{ "ruleset", "YEAR", "2024 or 2025 (default: by the day of the merger)" },
	{ "effective", "DATE", "the day the mergers take effect (default: the table's)" },
	{ "save-signed-revision", "N", "write to standard output what signature N signed" },
	{ "test", NULL, "run the cases beside each rule" },
	{ "list", NULL, "all of them" },
	{ "only-problems", NULL, "what needs a person, nothing else" },
	{ "unsealed", NULL, "go on where the sandbox cannot stand" },
	{ 0 },
};

static bool takes(const struct command *c, const char *name)
{
	size_t n = strlen(name);
	if (strcmp(name, "config") == 0)       /* every command's */
		return true;
	for (const char *at = c->options; (at = strstr(at, name)) != NULL; at += n)
		if ((at == c->options || at[-1] == ' ') && (at[n] == 0 || at[n] == ' '))
			return true;
	return false;
}

void options_help(const struct command *c)
{
	bool wide = strlen(c->name) + strlen(c->words) > 80 - strlen("usage: congvan  [OPTION...] ");
	printf("usage: congvan %s [OPTION...]%s%s\n%s\n\n", c->name, wide ? "\n           " : " ", c->words, c->does);
	for (const struct option *o = table; o->name != NULL; o++)
		if (takes(c, o->name)) {
			char left[40];
			snprintf(left, sizeof left, "--%s%s%s", o->name, o->value != NULL ? " " : "",
				 o->value != NULL ? o->value : "");
			printf("  %-18s %s\n", left, o->does);
		}
	if (c->more != NULL)
		printf("\n%s\n", c->more);
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

static bool put(struct options *o, const char *name, const char *value)
{
	static const char *const formats[] = { "text", "json", "csv", "html", NULL };
	static const char *const langs[] = { "vi", "en", NULL };
	static const char *const ocrs[] = { "fields", "full", NULL };
	int which;
	if (strcmp(name, "at") == 0)
		return time_parse(value, &o->settings.at);
	if (strcmp(name, "trust") == 0)
		texts_add(NULL, &o->settings.trust, value);
	else if (strcmp(name, "format") == 0) {
		if (!one_of(value, formats, &which))
			return false;
		o->format = (enum format)which;
	} else if (strcmp(name, "lang") == 0) {
		if (!one_of(value, langs, &which))
			return false;
		o->lang = (enum lang)which;
	} else if (strcmp(name, "ocr") == 0) {
		if (!one_of(value, ocrs, &which))
			return false;
		o->settings.ocr = (enum ocr)which;
	} else if (strcmp(name, "jobs") == 0) {
		o->jobs = atoi(value);
		return o->jobs >= 1 && o->jobs <= 256;
	} else if (strcmp(name, "tessdata") == 0)
		o->settings.tessdata = value;
	else if (strcmp(name, "province") == 0)
		o->settings.province = value;
	else if (strcmp(name, "text") == 0)
		o->with_text = true;
	else if (strcmp(name, "words") == 0)
		o->with_words = true;
	else if (strcmp(name, "unsealed") == 0)
		o->unsealed = true;
	else if (strcmp(name, "test") == 0)
		o->test = true;
	else if (strcmp(name, "list") == 0)
		o->list = true;
	else if (strcmp(name, "inventory") == 0)
		o->inventory = value;
	else if (strcmp(name, "assignments") == 0)
		o->assignments = value;
	else if (strcmp(name, "requests") == 0)
		o->requests = value;
	else if (strcmp(name, "mergers") == 0)
		o->settings.mergers = value;
	else if (strcmp(name, "ruleset") == 0) {
		o->settings.ruleset = value;
		return strcmp(value, "2024") == 0 || strcmp(value, "2025") == 0;
	} else if (strcmp(name, "effective") == 0) {
		int64_t day;
		o->settings.effective = value;
		return date_parse(value, &day);
	} else if (strcmp(name, "save-signed-revision") == 0) {
		o->save_revision = value;
		return atoi(value) >= 1;
	} else if (strcmp(name, "dry-run") == 0)
		o->dry_run = true;
	else if (strcmp(name, "only-problems") == 0)
		o->only_problems = true;
	else if (strcmp(name, "state") == 0)
		o->state = value;
	else if (strcmp(name, "config") == 0)
		o->config = value;
	else if (strcmp(name, "inbox") == 0)
		o->inbox = value;
	else if (strcmp(name, "outbox") == 0)
		o->outbox = value;
	else if (strcmp(name, "max-time") == 0)
		return seconds(value, &o->max_seconds) && o->max_seconds > 0;
	else if (strcmp(name, "settle") == 0)
		return seconds(value, &o->settle);
	else if (strcmp(name, "max-letters") == 0) {
		o->max_letters = atol(value);
		return o->max_letters >= 1;
	}
	return true;
}

static bool put_config(void *with, const char *key, const char *value, const char **why)
{
	for (const struct option *t = table; t->name != NULL; t++) {
		if (strcmp(t->name, key) != 0 || strcmp(key, "config") == 0)
			continue;
		bool yes = strcmp(value, "yes") == 0;
		*why = t->value != NULL ? "not a value of this key" : "yes or no";
		if (t->value == NULL && !yes)
			return strcmp(value, "no") == 0;
		return put(with, key, value);
	}
	return false;
}

/* The file named by --config, else the system's where there is one. Options of the command line come after it
 * and win. */
static bool read_config(struct options *o, int argc, char **argv)
{
	static const char system_file[] = "/etc/congvan/congvan.conf";
	const char *path = access(system_file, R_OK) == 0 ? system_file : NULL;
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

bool options_read(struct options *o, const struct command *c, int argc, char **argv, int *code)
{
	*code = EXIT_USE;
	o->settings.at = time(NULL);
	o->settings.ocr = OCR_FULL;
	o->settings.data = find_data();
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	o->jobs = cores > 0 && cores <= 256 ? (int)cores : 1;
	const char *locale = getenv("LC_ALL");
	if (locale == NULL || *locale == 0)
		locale = getenv("LC_MESSAGES");
	o->lang = locale != NULL && strncmp(locale, "en", 2) == 0 ? LANG_EN : LANG_VI;
	o->state = find_state();
	if (!read_config(o, argc, argv)) {
		*code = EXIT_CONFIG;
		return false;
	}
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
		if (!put(o, name, value != NULL ? value : "")) {
			say("--%s: '%s' is not %s", name, value, option->value);
			return false;
		}
	}
	struct stat st;
	char *imported = format_text(NULL, "%s/trust", o->state);      /* congvan trust import */
	if (takes(c, "trust") && o->settings.trust.n == 0 && stat(imported, &st) == 0)
		texts_add(NULL, &o->settings.trust, imported);
	talloc_free(imported);
	return true;
}
