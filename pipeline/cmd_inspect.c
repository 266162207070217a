/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_inspect.c - verify, extract, check: what is in these files? No ledger, nothing written.
 */
#include "command.h"
#include "report_json.h"
#include "say.h"
#include "text.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_verify(struct options *);
int cmd_extract(struct options *);
int cmd_check(struct options *);

static struct letter *run_stages(struct options *o, const char *file, const char *const *names)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	struct letter *l = letter_new(NULL, &o->settings, file);
	const void *at = st.st_size > 0 ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : "";
	close(fd);
	letter_add_part(l, 0, file, (struct bytes){ at, (size_t)st.st_size });
	l->sha256 = l->parts.at[0].sha256;
	for (; *names != NULL; names++) {
		const struct stage *s = stage_find(*names);
		if (s->run != NULL)
			s->run(l);
		else {
			struct batch *b = batch_new(l, &o->settings);
			batch_add_letter(b, l);
			s->run_batch(b);
		}
	}
	return l;
}

static int inspect(struct options *o, const char *const *names,
		   json_t *(*report)(const struct letter *, const char *, bool))
{
	int code = EXIT_DONE;
	for (const char *const *n = names; *n != NULL; n++) {
		char *why = NULL;
		const struct stage *s = stage_find(*n);
		if (s->prepare != NULL && !s->prepare(&o->settings, &why)) {
			say("%s: %s", *n, why);
			return EXIT_MISSING;
		}
	}
	for (int i = 0; i < o->words_n; i++) {
		struct letter *l = run_stages(o, o->words[i], names);
		if (l == NULL) {
			say("%s: cannot be read", o->words[i]);
			code = EXIT_NO_INPUT;
			continue;
		}
		json_t *j = report(l, o->words[i], o->with_text);
		json_dumpf(j, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
		putchar('\n');
		json_decref(j);
		talloc_free(l);
	}
	return code;
}

static json_t *verify_report(const struct letter *l, const char *file, bool with_text)
{
	(void)with_text;
	return report_verify(l, file);
}

int cmd_verify(struct options *o)
{
	static const char *const names[] = { "1_ingest", "3_verify", NULL };
	return inspect(o, names, verify_report);
}

int cmd_extract(struct options *o)
{
	static const char *const names[] = { "1_ingest", "2_extract", NULL };
	return inspect(o, names, report_extract);
}

int cmd_check(struct options *o)
{
	static const char *const names[] = { "1_ingest", "2_extract", "3_verify", "4_judge", NULL };
	return inspect(o, names, report_check);
}
