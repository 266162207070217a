/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_package_write.c - package write: the lists beside the packages, of all that the ledger knows.
 *
 *     package write LIST... --outbox DIR       reminders dossiers agencies devices handed, or all
 *
 * The ledger's rows (papers.h) go to 5_emit in a sealed child as at night; what it makes is placed in the outbox below
 * <day>/lists/, whole or not at all. Nothing in the ledger changes.
 */
#include "command.h"
#include "ledger.h"
#include "outbox.h"
#include "papers.h"
#include "say.h"
#include "text.h"
#include "worker.h"
#include <stdio.h>
#include <string.h>

int cmd_package_write(struct options *);

/* False: said why, *code. */
static bool gather(struct options *o, struct ledger *l, struct letter *to, int *code)
{
	char *why = NULL;
	struct papers_wish wish = { l, o->settings.data, o->settings.at, to };
	for (int i = 0; i < o->words_n; i++) {
		bool all = strcmp(o->words[i], "all") == 0;
		int known = 0;
		for (const char *const *name = papers_names; *name != NULL; name++) {
			if (!all && strcmp(o->words[i], *name) != 0)
				continue;
			known++;
			if (!papers_add(&wish, *name, &why)) {
				say("%s", why);
				*code = EXIT_MISSING;
				return false;
			}
		}
		if (known == 0) {
			say(o->lang == LANG_VI ? "%s: không có danh sách này; có: reminders (nhắc hạn), dossiers (bàn giao hồ sơ), agencies (cơ quan), "
			    "devices (thu hồi thiết bị), handed (Mẫu 07), all (tất cả)"
			    : "%s: no such list; there are reminders, dossiers, agencies, devices, handed, all", o->words[i]);
			*code = EXIT_USE;
			return false;
		}
	}
	return true;
}

int cmd_package_write(struct options *o)
{
	static const struct stage *const stages_[] = { &stage_emit, NULL };
	void *mem = talloc_new(NULL);
	char *why = NULL;
	int code = EXIT_DONE;
	if (o->words_n == 0 || o->outbox == NULL) {
		say(o->lang == LANG_VI ? "package write DANH-SÁCH... --outbox THƯ-MỤC; DANH-SÁCH: reminders (nhắc hạn), dossiers (bàn giao hồ sơ), agencies "
		    "(cơ quan), devices (thu hồi thiết bị), handed (Mẫu 07), all (tất cả)"
		    : "package write LIST... --outbox DIR; LIST: reminders, dossiers, agencies, devices, handed, all");
		return EXIT_USE;
	}
	/* The ledger's handle must not cross the fork. */
	struct nursery_wish wish = { .settings = &o->settings, .stages = stages_, .unsealed = o->unsealed };
	struct nursery *n = nursery_new(mem, &wish);
	struct ledger *l = nursery_ready(n, &code, &why) ? ledger_open(mem, o->state, o->settings.data, LEDGER_READ, &code, &why) : NULL;
	if (l == NULL) {
		say("%s", why);
		talloc_free(mem);
		return code;
	}
	code = EXIT_DONE;
	struct batch *b = batch_new(mem, &o->settings);
	struct letter *word = batch_add_letter(b, letter_new(b, &o->settings, "ledger.db"));
	word->known = true;
	struct outbox to = { .folder = o->outbox };
	if (gather(o, l, word, &code) && worker_batch(n, b, &why) != END_DONE) {
		say("%s", why);
		code = EXIT_BUG;
	}
	if (code == EXIT_DONE)
		code = outbox_place(&to, b, b);
	for (int i = 0; code == EXIT_DONE && i < to.placed.n; i++)
		printf("%s/%s\n", o->outbox, to.placed.at[i].path);
	if (code == EXIT_DONE && to.placed.n == 0)
		say(o->lang == LANG_VI ? "không có gì để lập" : "nothing to write");
	talloc_free(mem);
	return code;
}
