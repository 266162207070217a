/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_doctor.c - will a night go well on this machine? A table of questions; each answers good, or what to do.
 */
#include "command.h"
#include "ledger.h"
#include "pages.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

int cmd_doctor(struct options *);

struct answer_text { bool good; char says[700]; };

static struct answer_text tell(bool good, const char *format, const char *a, long long n)
{
	struct answer_text t = { .good = good };
	snprintf(t.says, sizeof t.says, format, a, n);
	return t;
}

static struct answer_text ask_walls(struct options *o)
{
	struct nursery_wish wish = { .settings = &o->settings, .limits = { 5, 256, 1 } };
	struct nursery *n = nursery_new(NULL, &wish);
	int code;
	char *why = NULL;
	bool good = nursery_ready(n, &code, &why);
	struct answer_text t = tell(good, "%.200s", good ? nursery_walls(n) : why, 0);
	talloc_free(n);
	return t;
}

/* Every stage's own prepare: OCR model, rules, forms, trust. */
static struct answer_text ask_stages(struct options *o)
{
	struct nursery_wish wish = { .settings = &o->settings, .stages = stages, .unsealed = true };
	struct nursery *n = nursery_new(NULL, &wish);
	int code;
	char *why = NULL;
	bool good = nursery_ready(n, &code, &why);
	struct answer_text t = tell(good, "%.250s", good ? said("all five prepare") : why, 0);
	talloc_free(n);
	return t;
}

static struct answer_text ask_data(struct options *o)
{
	char *path = format_text(NULL, "%s/schemas/ledger.sql", o->settings.data);
	bool good = access(path, R_OK) == 0;
	talloc_free(path);
	return tell(good, good ? "%s" : said("%s has no schemas/ledger.sql: install congvan again"), o->settings.data, 0);
}

/* NĐ 30/2020 wants Times New Roman; what fontconfig gives for it must have Vietnamese letters. */
static struct answer_text ask_fonts(struct options *o)
{
	(void)o;
	char *why = NULL, found[FONT_NAME];
	const struct pages *pages = pages_load(&why);
	if (pages == NULL)
		return tell(false, said("%s: install congvan again"), why, 0);
	bool good = pages->has_letters("Times New Roman", found);
	return tell(good, good ? "Times New Roman: %s"
		    : said("no font with Vietnamese letters for Times New Roman (%s): apt install fonts-liberation"), found, 0);
}

static struct answer_text ask_space(struct options *o)
{
	char path[4096];
	struct statvfs fs;
	snprintf(path, sizeof path, "%s", o->state);
	while (statvfs(path, &fs) != 0 && strrchr(path, '/') != NULL && strlen(path) > 1) {
		char *slash = strrchr(path, '/');
		slash[slash == path] = 0;
	}
	if (statvfs(path, &fs) != 0)
		return tell(false, said("%.200s: cannot be asked"), o->state, 0);
	long long megabytes = (long long)fs.f_bavail * (long long)fs.f_frsize >> 20;
	bool good = megabytes >= 1024 && (fs.f_files == 0 || fs.f_favail > 10000);
	return tell(good, good ? said("%.200s: %lld MB free") : said("%.200s: only %lld MB (or too few inodes) free"), o->state, megabytes);
}

static struct answer_text ask_ledger(struct options *o)
{
	int code;
	char *why = NULL;
	struct ledger *l = ledger_open(NULL, o->state, o->settings.data, LEDGER_READ, &code, &why);
	if (l == NULL)
		return tell(code == EXIT_NO_INPUT, "%.600s", code == EXIT_NO_INPUT ? said("none yet; the first run makes it") : why, 0);
	const char *failed;
	char *sound = ledger_integrity(l, l);
	int64_t letters = ledger_count(l, "SELECT count(*) FROM letter", "");
	bool good = *sound == 0 && !ledger_failed(l, &code, &failed);
	struct answer_text t = good ? tell(true, said("%s%lld letters"), "", (long long)letters)
		: tell(false, "%.600s", ledger_failed(l, &code, &failed) ? failed : sound, 0);
	talloc_free(l);
	return t;
}

/* Verdicts depend on the time; a machine that woke in 1970 must not judge. */
static struct answer_text ask_clock(struct options *o)
{
	(void)o;
	char *now = time_text(NULL, time(NULL));
	bool good = time(NULL) > 1735689600;   /* 2025-01-01 */
	struct answer_text t = tell(good, good ? "%s" : said("%s: set the clock"), now, 0);
	talloc_free(now);
	return t;
}

static const struct { const char *what; struct answer_text (*ask)(struct options *); } questions[] = {
	{ "sandbox", ask_walls }, { "data", ask_data }, { "stages", ask_stages }, { "fonts", ask_fonts },
	{ "space", ask_space }, { "ledger", ask_ledger }, { "clock", ask_clock },
};

int cmd_doctor(struct options *o)
{
	int code = EXIT_DONE;
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct answer_text t = questions[i].ask(o);
		printf("%-8s %-8s %s\n", questions[i].what, t.good ? "ok" : "PROBLEM", t.says);
		code = t.good ? code : EXIT_MISSING;
	}
	return code;
}
