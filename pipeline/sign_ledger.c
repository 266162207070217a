/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_ledger.c - packages found by their place. See sign_ledger.h.
 */
#include "sign_ledger.h"
#include "ledger.h"
#include "say.h"
#include "text.h"
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ledger *open_it(struct options *o, const void *mem, enum ledger_use use, int *code)
{
	char *why = NULL, *file = format_text(mem, "%s/ledger.db", o->state);
	*code = EXIT_DONE;
	if (access(file, F_OK) != 0)
		return NULL;
	struct ledger *l = ledger_open(mem, o->state, o->settings.data, use, code, &why);
	if (l == NULL)
		say("%s", why);
	else
		*code = EXIT_DONE;
	return l;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

int entry_find(struct options *o, const void *mem, const char *path, struct entry *e)
{
	int code;
	const char *why = NULL;
	struct ledger *l = open_it(o, mem, LEDGER_READ, &code);
	*e = (struct entry){ .path = copy_text(mem, path) };
	if (l == NULL)
		return code;
	for (struct row *q = ledger_ask(
		     l,
		     "SELECT p.id, coalesce((SELECT status FROM package_event WHERE package = p.id "
		     "ORDER BY id DESC LIMIT 1), 'drafted'), run.outbox, p.path FROM package p "
		     "JOIN batch ON batch.id = p.batch JOIN run ON run.id = batch.run "
		     "WHERE p.path = ?1 OR substr(?1, -length(p.path) - 1) = '/' || p.path",
		     "t", path);
	     row_next(q);) {
		struct bytes outbox = row_bytes(q, 2);
		char *stands =
			format_text(mem, "%.*s/%s", (int)outbox.len, (const char *)outbox.at, row_text(q, 3));
		bool by_name = text_same(path, row_text(q, 3)) && access(path, F_OK) != 0;
		if (!by_name && !same_file(path, stands))
			continue; /* a copy of it elsewhere */
		e->id = row_int(q, 0);
		snprintf(e->state, sizeof e->state, "%s", row_text(q, 1));
		e->path = by_name ? stands : e->path;
	}
	if (ledger_failed(l, &code, &why))
		say("%s", why);
	talloc_free(l);
	return code;
}

int entry_begin(struct options *o, const void *mem, const struct entry *e, struct ledger **l)
{
	int code = EXIT_DONE;
	const char *why = NULL;
	*l = e->id != 0 ? open_it(o, mem, LEDGER_WRITE, &code) : NULL;
	if (*l == NULL || ledger_begin(*l))
		return code;
	code = EXIT_TRY_LATER;
	if (ledger_failed(*l, &code, &why))
		say("%s", why);
	return code;
}

int entry_signed(struct options *o, struct ledger *l, const struct entry *e, const char *person,
		 const char *reason)
{
	int code = EXIT_DONE;
	const char *why = NULL;
	if (l == NULL)
		return EXIT_DONE;
	char *at = time_text(l, o->settings.at);
	ledger_put(l,
		   "INSERT INTO package_event (package, status, happened, person, reason) VALUES (?, "
		   "'signed', ?, ?, ?)",
		   "ittt", e->id, at, person, reason);
	if (!ledger_commit(l) && ledger_failed(l, &code, &why))
		say("%s", why);
	return code;
}
