/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * intake.c - durable intake. See intake.h.
 *
 * Files are taken in groups: each file is synced by itself, but the folders, the ledger's commit and the
 * folders of inbox and done are synced once a group. The order holds for every file of the group.
 */
#include "intake.h"
#include "durable.h"
#include "say.h"
#include "text.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { GROUP = 64, TOLD_MAX = 200 };

struct arrived {
	const char *name;                      /* in the inbox */
	char *done;                            /* below the inbox */
	struct stat st;
	struct stored stored;
	bool moves_only;                       /* its arrival is in the ledger */
};

struct desk {                                  /* one intake_all() */
	struct intake *in;
	const void *mem;
	int inbox;
	char *day, *folder;                    /* done/<date> */
	struct arrived group[GROUP];
	int group_n;
};

static void tell(struct desk *d, const char *name, const char *vi, const char *en)
{
	d->in->skipped++;
	if (d->in->told.n >= TOLD_MAX)
		return;
	char *line = text_line(d->mem, name);
	texts_add(d->mem, &d->in->told, format_text(d->mem, "%s: %s", line, d->in->o->lang == LANG_VI ? vi : en));
}

static bool is_partial(const char *name)
{
	static const char *const ends[] = { ".part", ".filepart", ".tmp", ".crdownload", ".partial", NULL };
	for (int i = 0; ends[i] != NULL; i++)
		if (text_ends(name, ends[i]))
			return true;
	return text_starts(name, "~$") || name[0] == '.';
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list_inbox(struct desk *d, struct texts *names)
{
	int copy = dup(d->inbox);
	DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	if (dir == NULL)
		return false;
	for (struct dirent *e; (e = readdir(dir)) != NULL;)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && strcmp(e->d_name, "done") != 0)
			texts_add(d->mem, names, e->d_name);
	closedir(dir);
	if (names->n > 0)
		qsort(names->at, (size_t)names->n, sizeof *names->at, by_bytes);
	return true;
}

/* What is no file of a letter's own is never opened. True: told why. */
static bool is_odd(struct desk *d, const char *name, const struct stat *st)
{
	if (S_ISLNK(st->st_mode))
		tell(d, name, "liên kết (symlink), không mở; hãy chép chính tệp ấy vào",
		     "a symbolic link, not followed; copy the file itself here");
	else if (S_ISDIR(st->st_mode))
		tell(d, name, "là thư mục, không mở; hãy chuyển các tệp trong đó ra ngoài",
		     "a folder, not opened; move its files out of it");
	else if (!S_ISREG(st->st_mode))
		tell(d, name, "không phải tệp thường, không mở", "not a regular file, not opened");
	else if (st->st_nlink != 1)
		tell(d, name, "tệp còn tên khác (liên kết cứng) nên có thể bị sửa từ nơi khác; hãy chép thành tệp riêng",
		     "has another name (hard link), so that it may change from elsewhere; make a copy of its own");
	else
		return false;
	return true;
}

/* Changed less than --settle ago. By ctime: no program can set it back as it can mtime. One in the future is from before
 * the clock was set back, for a change of now would bear the time of now. */
static bool is_warm(const struct desk *d, const struct stat *st)
{
	int64_t age = (int64_t)time(NULL) - st->st_ctim.tv_sec;
	return d->in->o->settle > 0 && age < d->in->o->settle && age > -(int64_t)d->in->o->settle;
}

/* -1: told why, or left for the next run, or gone again. */
static int open_settled(struct desk *d, const char *name, struct stat *st)
{
	if (is_partial(name)) {
		d->in->unsettled++;
		return -1;
	}
	if (fstatat(d->inbox, name, st, AT_SYMLINK_NOFOLLOW) != 0 || is_odd(d, name, st))
		return -1;
	int fd = openat(d->inbox, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno != ENOENT)
		tell(d, name, errno == EACCES ? "không có quyền đọc; hãy cấp quyền cho người chạy congvan" : say_error(errno),
		     errno == EACCES ? "may not be read; give the user that runs congvan the right to" : say_error(errno));
	if (fd >= 0 && (fstat(fd, st) != 0 || is_odd(d, name, st))) {
		close(fd);
		return -1;
	}
	if (fd >= 0 && is_warm(d, st)) {
		d->in->unsettled++;
		close(fd);
		return -1;
	}
	return fd;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec
	       && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_ctim.tv_sec == b->st_ctim.tv_sec
	       && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static int64_t nanoseconds(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static bool is_taken(const struct desk *d, const char *done)
{
	for (int i = 0; i < d->group_n; i++)
		if (d->group[i].done != NULL && strcmp(d->group[i].done, done) == 0)
			return true;
	return faccessat(d->inbox, done, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Waits in the group for its move. */
static bool is_taken_by_name(const struct desk *d, const char *name)
{
	for (int i = 0; i < d->group_n; i++)
		if (strcmp(d->group[i].name, name) == 0)
			return true;
	return false;
}

/* A free name below done/<date>; a long name gives way at its end. */
static char *choose_done(struct desk *d, const char *name)
{
	char *done = format_text(d->mem, "%s/%s", d->folder, name);
	for (int n = 2; is_taken(d, done); n++) {
		char suffix[16];
		int len = snprintf(suffix, sizeof suffix, "~%d", n);
		done = format_text(d->mem, "%s/%.*s%s", d->folder, NAME_MAX - len, name, suffix);
	}
	return done;
}

/* I4: an arrival of this very file whose place in done/ is still empty. */
static char *find_cut_off(struct desk *d, const struct arrived *a)
{
	struct bytes name = { (const uint8_t *)a->name, strlen(a->name) };
	char *found = NULL;
	for (struct row *r = ledger_ask(d->in->ledger,
		"SELECT arrival.done FROM arrival JOIN letter ON letter.id = arrival.letter "
		"WHERE name = ? AND inode = ? AND mtime = ? AND size = ? AND sha256 = ? ORDER BY arrival.id DESC",
		"biiit", &name, (int64_t)a->st.st_ino, nanoseconds(&a->st), a->stored.size, a->stored.sha256);
	     row_next(r);) {
		struct bytes done = row_bytes(r, 0);
		char *path = copy_part(d->mem, (const char *)done.at, done.len);
		if (found == NULL && faccessat(d->inbox, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
			found = path;
	}
	return found;
}

/* "x.pdf.p7s" goes with "x.pdf": the length of that, 0: no name of a detached signature. */
static size_t signed_name(const char *name)
{
	size_t len = strlen(name);
	return len > 4 && strcasecmp(name + len - 4, ".p7s") == 0 ? len - 4 : 0;
}

/* I6. The letter of that file, which nobody has read yet; 0: none. */
static int64_t letter_of_signed(struct desk *d, const char *signature)
{
	struct bytes name = { (const uint8_t *)signature, signed_name(signature) };
	return name.len == 0 ? 0 : ledger_count(d->in->ledger,
		"SELECT coalesce(max(l.id), 0) FROM arrival a JOIN letter l ON l.id = a.letter WHERE a.name = ? AND l.state = 'received'",
		"b", &name);
}

/* I6. A signature that came before its file goes with it now, unless it is being judged. */
static void join_wishes(struct desk *d, int64_t letter, const char *sha256)
{
	struct ledger *ledger = d->in->ledger;
	ledger_put(ledger, "INSERT OR IGNORE INTO companion SELECT ?, w.letter FROM wish w JOIN letter l ON l.id = w.letter "
		   "WHERE w.sha256 = ? AND l.state = '5_emit'", "it", letter, sha256);
	ledger_put(ledger, "UPDATE letter SET state = 'linked', same_as = ?1 WHERE id IN (SELECT signature FROM companion WHERE letter = ?1)",
		   "i", letter);
	ledger_put(ledger, "DELETE FROM wish WHERE letter IN (SELECT signature FROM companion WHERE letter = ?)", "i", letter);
}

static bool record_arrival(struct desk *d, struct arrived *a)
{
	struct intake *in = d->in;
	struct bytes name = { (const uint8_t *)a->name, strlen(a->name) };
	struct bytes done = { (const uint8_t *)a->done, strlen(a->done) };
	bool known = ledger_count(in->ledger, "SELECT count(*) FROM letter WHERE sha256 = ?", "t", a->stored.sha256) > 0;
	int64_t whole = letter_of_signed(d, a->name);
	*(known ? &in->duplicates : whole > 0 ? &in->joined : &in->fresh) += 1;
	if (!known) {
		ledger_put(in->ledger, "INSERT OR IGNORE INTO object VALUES (?, ?)", "ti", a->stored.sha256, a->stored.size);
		ledger_put(in->ledger, "INSERT INTO letter (sha256, received, state) VALUES (?, ?, 'received')", "tt",
			   a->stored.sha256, in->received);
		join_wishes(d, ledger_last_id(in->ledger), a->stored.sha256);
	}
	if (whole > 0) {               /* one that was known by itself and waits for nothing goes along too */
		ledger_put(in->ledger, "INSERT OR IGNORE INTO companion SELECT ?, id FROM letter WHERE sha256 = ? AND id <> ?1",
			   "it", whole, a->stored.sha256);
		ledger_put(in->ledger, "UPDATE letter SET state = 'linked', same_as = ?1 WHERE sha256 = ?2 AND id <> ?1 "
			   "AND (state = '5_emit' OR (?3 = 0 AND state = 'received'))", "iti", whole, a->stored.sha256, (int64_t)known);
	}
	return ledger_put(in->ledger,
		"INSERT INTO arrival (letter, run, name, inode, mtime, size, received, done) "
		"SELECT id, ?, ?, ?, ?, ?, ?, ? FROM letter WHERE sha256 = ?", "ibiiitbt", in->run, &name,
		(int64_t)a->st.st_ino, nanoseconds(&a->st), a->stored.size, in->received, &done, a->stored.sha256);
}

/* What stands in the inbox under that name is still what was copied. Else somebody took it away, or put another file
 * there, which comes with the next run: the letter is safe in the store. */
static bool is_there(struct desk *d, const struct arrived *a)
{
	struct stat now;
	if (fstatat(d->inbox, a->name, &now, AT_SYMLINK_NOFOLLOW) == 0) {
		if (now.st_ino == a->st.st_ino && same_file(&now, &a->st))
			return true;
		d->in->unsettled++;
	} else if (errno == ENOENT)
		tell(d, a->name, "đã nhận, nhưng ai đó lấy tệp khỏi hộp thư đến trước khi chuyển vào done/; kho vẫn giữ nội dung",
		     "taken, but somebody removed it from the inbox before it was moved to done/; the store has its bytes");
	return false;
}

static bool move_all(struct desk *d)
{
	bool moved = true;
	char *path = format_text(d->mem, "%s/%s", d->in->o->inbox, d->folder), *last = NULL;
	for (int i = 0; i < d->group_n; i++) {
		struct arrived *a = &d->group[i];
		if (!is_there(d, a))
			continue;
		char *folder = format_text(path, "%s/%s", d->in->o->inbox, a->done);
		*strrchr(folder, '/') = 0;
		if (!durable_mkdirs(folder) || !durable_rename(d->inbox, a->name, d->inbox, a->done)) {
			say("%s: cannot move to done/: %s", d->in->o->inbox, say_error(errno));
			return false;
		}
		if (last != NULL && strcmp(last, folder) != 0)
			moved = durable_sync_folder(last) && moved;
		last = folder;
	}
	moved = (last == NULL || durable_sync_folder(last)) && moved;
	talloc_free(path);
	return d->group_n == 0 || (moved && fsync(d->inbox) == 0);
}

/* The group's commit and moves. */
static int close_group(struct desk *d)
{
	const char *why;
	int code = EXIT_DONE;
	bool any = false;
	for (int i = 0; i < d->group_n; i++)
		any = any || !d->group[i].moves_only;
	if (any && !store_sync(d->in->store)) {
		say("store: cannot sync: %s", say_error(errno));
		return EXIT_IO;
	}
	if (any) {
		ledger_begin(d->in->ledger);
		for (int i = 0; i < d->group_n; i++)
			if (!d->group[i].moves_only)
				record_arrival(d, &d->group[i]);
		if (!ledger_commit(d->in->ledger) && ledger_failed(d->in->ledger, &code, &why)) {
			say("%s", why);
			return code;
		}
	}
	if (!move_all(d))
		return durable_code(errno);
	d->group_n = 0;
	return EXIT_DONE;
}

/* I6. The file that a signature goes with is still being written. */
static bool waits_for_signed(struct desk *d, const char *name)
{
	struct stat st;
	size_t len = signed_name(name);
	char *file = copy_part(d->mem, name, len);
	return len > 0 && !is_taken_by_name(d, file) && fstatat(d->inbox, file, &st, AT_SYMLINK_NOFOLLOW) == 0
		&& S_ISREG(st.st_mode) && st.st_nlink == 1;
}

static int take_one(struct desk *d, const char *name)
{
	struct stat after;
	struct arrived *a = &d->group[d->group_n];
	memset(a, 0, sizeof *a);
	a->name = name;
	if (waits_for_signed(d, name)) {
		d->in->unsettled++;
		return EXIT_DONE;
	}
	int fd = open_settled(d, name, &a->st);
	if (fd < 0)
		return EXIT_DONE;
	if (!store_take(d->in->store, fd, &a->stored)) {
		int error = errno;
		close(fd);
		say("store: cannot take a file of %lld bytes: %s", (long long)a->st.st_size, say_error(error));
		return durable_code(error);
	}
	bool settled = fstat(fd, &after) == 0 && same_file(&a->st, &after) && a->stored.size == after.st_size;
	close(fd);
	if (!settled) {
		d->in->unsettled++;    /* still being written; its orphan object is adopted or harmless */
		return EXIT_DONE;
	}
	a->done = find_cut_off(d, a);
	a->moves_only = a->done != NULL;
	d->in->made_up += a->moves_only;
	if (a->done == NULL)
		a->done = choose_done(d, name);
	d->group_n++;
	return d->group_n == GROUP ? close_group(d) : EXIT_DONE;
}

static int count_only(struct desk *d, const struct texts *names)
{
	for (int i = 0; i < names->n; i++) {
		struct stat st;
		int fd = open_settled(d, names->at[i], &st);
		if (fd < 0)
			continue;
		d->in->fresh++;
		close(fd);
	}
	return EXIT_DONE;
}

int intake_all(struct intake *in, const void *mem)
{
	struct desk *d = new_zero(mem, struct desk);
	struct texts names = { 0 };
	time_t received;
	d->in = in;
	d->mem = mem;
	d->inbox = open(in->o->inbox, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (d->inbox < 0 || !list_inbox(d, &names)) {
		say("%s: %s", in->o->inbox, say_error(errno));
		return errno == EACCES ? EXIT_NO_PERMISSION : EXIT_NO_INPUT;
	}
	time_parse(in->received, &received);
	d->day = date_text(d, time_vn_day(received));
	d->folder = format_text(d, "done/%s", d->day);
	int code = in->o->dry_run ? count_only(d, &names) : EXIT_DONE;
	for (int i = 0; !in->o->dry_run && i < names.n && code == EXIT_DONE; i++)
		code = take_one(d, names.at[i]);
	if (code == EXIT_DONE && d->group_n > 0)
		code = close_group(d);
	close(d->inbox);
	return code;
}
