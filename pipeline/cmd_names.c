/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_names.c - do two written names mean the same body? Prints yes, no or ask, a tab, and why.
 */
#include "4_judge/judge.h"
#include "command.h"
#include "say.h"
#include <stdio.h>

int cmd_names(struct options *);

int cmd_names(struct options *o)
{
	static const char *const words[] = { "no", "yes", "ask" };
	char *why = NULL;
	const char *reason;
	if (o->words_n != 2) {
		say("names wants two names");
		return EXIT_USE;
	}
	const struct judge *j = judge_prepare(&o->settings, &why);
	if (j == NULL) {
		say("%s", why);
		return EXIT_MISSING;
	}
	enum same same = units_compare(j->registry, o->words[0], o->words[1], &reason);
	printf("%s\t%s\n", words[same], reason);
	return EXIT_DONE;
}
