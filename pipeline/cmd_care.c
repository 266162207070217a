/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_care.c - check-ledger, backup, restore: is all there that ever came, and would it be after a fire?
 */
#include "durable.h"
#include "ledger.h"
#include "say.h"
#include "store.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_check_ledger(struct options *);
int cmd_backup(struct options *);
int cmd_restore(struct options *);

struct check { struct ledger *ledger; struct store *store; int64_t bad, hidden, objects, arrivals, outputs; };

static void bad(struct check *c, const char *what, struct bytes name, const char *why)
{
	char *shown = text_nfc_part(NULL, (const char *)name.at, name.len), *line = text_line(NULL, shown);
	if (c->bad++ < 100)
		printf("%s %s: %s\n", said(what), line, said(why));
	talloc_free(shown);
	talloc_free(line);
}

static struct bytes bytes_of(const char *text) { return (struct bytes){ (const uint8_t *)text, strlen(text) }; }

/* With the file it came by: the letter, or nothing for an answer of the authority. */
static void bad_object(struct check *c, const char *sha256, struct bytes done, const char *why)
{
	char *name = done.len > 0 ? format_text(NULL, "%s %.*s", sha256, (int)done.len, (const char *)done.at) : copy_text(NULL, sha256);
	bad(c, "object", bytes_of(name), why);
	talloc_free(name);
}

static void check_objects(struct check *c)
{
	for (struct row *r = ledger_ask(c->ledger, "SELECT sha256, (SELECT done FROM arrival a JOIN letter l ON l.id = a.letter "
					"WHERE l.sha256 = object.sha256 ORDER BY a.id LIMIT 1) FROM object ORDER BY sha256", "");
	     row_next(r); c->objects++)
		if (!store_sound(c->store, row_text(r, 0)))
			bad_object(c, row_text(r, 0), row_bytes(r, 1), errno == EACCES ? "may not be read by this user"
			    : errno == 0 ? "its bytes have changed; drop the letter's file into the inbox again, or take it from a backup"
			    : "is gone; drop the letter's file into the inbox again, or take it from a backup");
}

/* inbox and done are everything ever seen; a quarantined letter's file is in done and its bytes in the store. */
static void check_arrivals(struct check *c)
{
	for (struct row *r = ledger_ask(c->ledger, "SELECT run.inbox, arrival.done, arrival.name, arrival.size FROM arrival "
					"JOIN run ON run.id = arrival.run ORDER BY arrival.id", ""); row_next(r); c->arrivals++) {
		struct bytes inbox = row_bytes(r, 0), done = row_bytes(r, 1), name = row_bytes(r, 2);
		struct stat st;
		char *path = format_text(NULL, "%.*s/%.*s", (int)inbox.len, (const char *)inbox.at, (int)done.len,
					 (const char *)done.at);
		bool there = lstat(path, &st) == 0, hidden = errno == EACCES;
		talloc_free(path);
		if (!there && hidden) {
			c->hidden++;
			continue;
		}
		if (!there) {          /* cut off before its move: still in the inbox */
			path = format_text(NULL, "%.*s/%.*s", (int)inbox.len, (const char *)inbox.at, (int)name.len,
					   (const char *)name.at);
			there = lstat(path, &st) == 0;
			talloc_free(path);
		}
		if (!there)
			bad(c, "arrival", name, "is neither in the inbox nor in done; its bytes are checked with the objects");
		else if (st.st_size != row_int(r, 3))
			bad(c, "arrival", done, "has another size than when it came");
	}
}

static void check_letters(struct check *c)
{
	for (struct row *r = ledger_ask(c->ledger, "SELECT sha256 FROM letter WHERE sha256 NOT IN (SELECT sha256 FROM object) "
					"OR id NOT IN (SELECT letter FROM arrival)", ""); row_next(r);)
		bad(c, "letter", bytes_of(row_text(r, 0)), "has no object or no arrival");
	for (struct row *r = ledger_ask(c->ledger, "SELECT sha256 FROM letter WHERE state IN ('3_verify', '5_emit', 'quarantined') "
					"AND record IS NULL", ""); row_next(r);)
		bad(c, "letter", bytes_of(row_text(r, 0)), "has no record");
}

/* People move packages on; one that is not there is told, one that was changed is bad. A signed one has grown since, and
 * its own manifests speak for it ('package check'). */
static void check_outputs(struct check *c)
{
	int64_t gone = 0;
	for (struct row *r = ledger_ask(c->ledger, "SELECT run.outbox, o.path, o.size, EXISTS (SELECT 1 FROM package p "
					"JOIN package_event e ON e.package = p.id WHERE e.status = 'signed' AND (p.path = o.unit "
					"OR p.path || '.zip' = o.path)) FROM output o JOIN batch ON batch.id = o.batch "
					"JOIN run ON run.id = batch.run ORDER BY o.id", ""); row_next(r); c->outputs++) {
		struct bytes outbox = row_bytes(r, 0);
		struct stat st;
		char *path = format_text(NULL, "%.*s/%s", (int)outbox.len, (const char *)outbox.at, row_text(r, 1));
		if (lstat(path, &st) != 0)
			gone++;
		else if (st.st_size != row_int(r, 2) && !row_int(r, 3))
			bad(c, "output", bytes_of(row_text(r, 1)), "has another size than when it was sealed");
		talloc_free(path);
	}
	if (gone > 0)
		printf(said("outputs that people moved on, no longer in the outbox: %lld\n"), (long long)gone);
}

int cmd_check_ledger(struct options *o)
{
	int code;
	char *why = NULL;
	struct check c = { .ledger = ledger_open(NULL, o->state, o->settings.data, LEDGER_READ, &code, &why) };
	if (c.ledger == NULL) {
		say("%s", why);
		return code;
	}
	c.store = store_open(c.ledger, o->state);
	if (c.store == NULL) {
		say("%s/store: %s", o->state, say_error(errno));
		talloc_free(c.ledger);
		return EXIT_IO;
	}
	char *sound = ledger_integrity(c.ledger, c.ledger);
	fputs(sound, stdout);
	c.bad += *sound != 0;
	check_objects(&c);
	check_arrivals(&c);
	check_letters(&c);
	check_outputs(&c);
	const char *text;
	code = EXIT_IO;
	if (ledger_failed(c.ledger, &code, &text))
		say("%s", text);
	else
		code = c.bad > 0 ? EXIT_PERSON : EXIT_DONE;
	if (c.hidden > 0)
		printf(said("%lld arrivals stand in folders that this user may not look into; ask as the user of the runs\n"),
		       (long long)c.hidden);
	if (c.hidden > 0 && code == EXIT_DONE)
		code = EXIT_NO_PERMISSION;
	printf(o->lang == LANG_VI ? "%lld tệp đã nhận, %lld nội dung trong kho, %lld tệp đã phát hành: %s\n"
				  : "%lld arrivals, %lld objects, %lld outputs: %s\n",
	       (long long)c.arrivals, (long long)c.objects, (long long)c.outputs,
	       c.bad > 0 ? (o->lang == LANG_VI ? "CÓ SAI LỆCH" : "NOT WHOLE")
	       : c.hidden > 0 ? (o->lang == LANG_VI ? "chưa xem được hết" : "not all could be looked at")
	       : (o->lang == LANG_VI ? "đầy đủ" : "whole"));
	talloc_free(c.ledger);
	return code;
}

/* backup and restore --------------------------------------------------------------------------------- */

static int gave_up(const char *path)
{
	int error = errno;
	say("%s: %s", path, say_error(error));
	return durable_code(error);
}

/* Copies with a hash on the way; a copy that is there with the right bytes is kept. False and errno 0: its own bytes
 * have changed. */
static bool copy_object(struct store *from, struct store *to, const char *sha256)
{
	struct stored stored;
	if (store_sound(to, sha256))
		return true;
	int fd = store_read(from, sha256);
	bool taken = fd >= 0 && store_take(to, fd, &stored), good = taken && strcmp(stored.sha256, sha256) == 0;
	int error = taken ? 0 : errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

static int copy_objects(struct ledger *l, struct store *from, struct store *to, int64_t *n)
{
	for (struct row *r = ledger_ask(l, "SELECT sha256 FROM object ORDER BY sha256", ""); row_next(r); ++*n)
		if (!copy_object(from, to, row_text(r, 0))) {
			int error = errno;
			say("object %s: %s", row_text(r, 0), error != 0 ? say_error(error) : said("its bytes have changed"));
			row_stop(r);
			return error != 0 ? (int)durable_code(error) : EXIT_IO;
		}
	return store_sync(to) ? EXIT_DONE : EXIT_IO;
}

static bool sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

/* state -> folder, or folder -> state: both are a ledger and a store. The ledger gets its name last. */
static int copy_all(struct options *o, const char *from, const char *to)
{
	int code;
	char *why = NULL;
	int64_t n = 0;
	struct ledger *l = ledger_open(NULL, from, o->settings.data, LEDGER_READ, &code, &why);
	if (l == NULL) {
		say("%s", why);
		return code;
	}
	char *new = format_text(l, "%s/ledger.db.new", to), *final = format_text(l, "%s/ledger.db", to);
	struct store *a = store_open(l, from), *b = a != NULL && durable_private(to) ? store_open(l, to) : NULL;
	if (a == NULL || b == NULL)
		code = gave_up(a == NULL ? from : to);
	else {
		store_sweep(b);
		unlink(new);
		code = ledger_copy_to(l, new) ? copy_objects(l, a, b, &n) : gave_up(new);
		if (code == EXIT_DONE && (!sync_file(new) || rename(new, final) != 0 || !durable_sync_folder(to)))
			code = gave_up(final);
	}
	talloc_free(l);
	if (code != EXIT_DONE)
		return code;
	l = ledger_open(NULL, to, o->settings.data, LEDGER_READ, &code, &why);
	char *sound = l != NULL ? ledger_integrity(l, l) : why;
	code = *sound == 0 ? EXIT_DONE : EXIT_IO;
	printf(*sound == 0 ? said("%s: ledger and %lld objects, sound\n") : said("%s: ledger and %lld objects: %s\n"), to, (long long)n, sound);
	talloc_free(l);
	return code;
}

int cmd_backup(struct options *o)
{
	if (o->words_n != 1) {
		say("backup wants one folder");
		return EXIT_USE;
	}
	return copy_all(o, o->state, o->words[0]);
}

int cmd_restore(struct options *o)
{
	if (o->words_n != 1) {
		say("restore wants the folder of a backup");
		return EXIT_USE;
	}
	char *ledger = format_text(NULL, "%s/ledger.db", o->state);
	bool there = access(ledger, F_OK) == 0;
	talloc_free(ledger);
	if (there) {
		say("%s holds a ledger; restore writes only into an empty state", o->state);
		return EXIT_CANNOT_WRITE;
	}
	return copy_all(o, o->words[0], o->state);
}
