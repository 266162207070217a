/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * outbox.c - outputs become files. See outbox.h.
 */
#include "5_emit/write_zip.h"
#include "outbox.h"
#include "durable.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LONGEST = 1000, DEPTH = 12 };

/* Plain: relative, no empty, dot or hidden parts, no control characters, valid UTF-8. */
static bool is_plain(const char *path)
{
	int depth = 1;
	if (path == NULL || strlen(path) > PATH_LONGEST
	    || !text_is_valid((struct bytes){ (const uint8_t *)path, strlen(path) }))
		return false;
	for (const char *p = path, *part = path;; p++) {
		if (*p == '/' || *p == 0) {
			if (p == part || *part == '.' || p - part > 200)
				return false;
			part = p + 1;
			depth++;
		} else if ((unsigned char)*p < ' ' || *p == 127 || *p == '\\')
			return false;
		if (*p == 0)
			return depth <= DEPTH;
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Folders that hold a bagit.txt. */
static struct texts find_bags(const struct batch *b, const void *mem)
{
	struct texts bags = { 0 };
	for (int i = 0; i < b->outputs.n; i++) {
		const char *path = b->outputs.at[i].path;
		if (text_ends(path, "/bagit.txt"))
			texts_add(mem, &bags, copy_part(mem, path, strlen(path) - strlen("/bagit.txt")));
	}
	if (bags.n > 0)
		qsort(bags.at, (size_t)bags.n, sizeof *bags.at, by_text);
	return bags;
}

static char *unit_of(const struct texts *bags, const char *path, const void *mem)
{
	char *folder = copy_text(mem, path), *slash;
	while ((slash = strrchr(folder, '/')) != NULL) {
		*slash = 0;
		if (bags->n > 0 && bsearch(&folder, bags->at, (size_t)bags->n, sizeof *bags->at, by_text) != NULL)
			return folder;
	}
	return NULL;
}

static void hash_of(struct placed *p, const uint8_t *at, size_t len)
{
	char *hex = text_sha256(NULL, (struct bytes){ at, len });
	snprintf(p->sha256, sizeof p->sha256, "%s", hex);
	p->size = (int64_t)len;
	talloc_free(hex);
}

static bool copy_object(const struct store *store, const char *sha256, int to, int64_t *size)
{
	static char chunk[1 << 16];
	int from = store_read(store, sha256);
	ssize_t n = from >= 0 ? 1 : -1;
	*size = 0;
	while (n > 0) {
		n = read(from, chunk, sizeof chunk);
		if (n > 0 && !durable_write(to, chunk, (size_t)n))
			n = -1;
		*size += n > 0 ? n : 0;
	}
	int error = errno;
	if (from >= 0)
		close(from);
	errno = error;
	return n == 0;
}

static bool is_hash(const char *text)
{
	return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static char *parent_of(const void *mem, const char *path)
{
	char *folder = copy_text(mem, path), *slash = strrchr(folder, '/');
	*slash = 0;
	return folder;
}

/* X.zip without bytes of its own: the files below X, in their order (struct output). */
static bool is_packed(const struct output *out)
{
	return out->object == NULL && out->bytes.len == 0 && text_ends(out->path, ".zip");
}

static bool pack(const struct outbox *o, const struct batch *b, const struct output *out, const void *mem,
		 struct bytes *zip)
{
	char *below = format_text(mem, "%.*s/", (int)strlen(out->path) - 4, out->path);
	size_t skip = strlen(parent_of(mem, out->path)) + 1;
	struct packed *files = new_array(mem, struct packed, (size_t)b->outputs.n);
	int n = 0;
	for (int i = 0; i < b->outputs.n; i++) {
		const struct output *one = &b->outputs.at[i];
		if (!text_starts(one->path, below))
			continue;
		files[n] = (struct packed){ one->path + skip, one->bytes };
		if (one->object != NULL && !store_map(o->store, mem, one->object, &files[n].bytes))
			return false;
		n++;
	}
	*zip = write_zip(mem, files, n);
	return true;
}

static bool build(const struct outbox *o, const struct batch *b, const struct output *out, struct placed *p,
		  const char *tmp)
{
	char *path = format_text(NULL, "%s/%s", tmp, out->path), *folder = parent_of(path, path);
	int fd = durable_mkdirs(folder) ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644) : -1;
	bool good = fd >= 0;
	if (good && out->object != NULL) {
		snprintf(p->sha256, sizeof p->sha256, "%s", out->object);
		good = copy_object(o->store, out->object, fd, &p->size);
	} else if (good) {
		struct bytes bytes = out->bytes;
		good = !is_packed(out) || pack(o, b, out, path, &bytes);
		hash_of(p, bytes.at, good ? bytes.len : 0);
		good = good && durable_write(fd, bytes.at, bytes.len);
	}
	int error = errno;
	if (fd >= 0)
		close(fd);
	talloc_free(path);
	errno = error;
	return good;
}

static bool same_bytes(const char *path, const struct placed *p)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool same = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == p->size;
	if (same) {
		uint8_t *all = talloc_size(NULL, (size_t)st.st_size + 1);
		struct placed now = { 0 };
		same = all != NULL && read(fd, all, (size_t)st.st_size) == st.st_size;
		if (same)
			hash_of(&now, all, (size_t)st.st_size);
		same = same && strcmp(now.sha256, p->sha256) == 0;
		talloc_free(all);
	}
	if (fd >= 0)
		close(fd);
	return same;
}

/* Every file of the unit that was built stands below `at` with the same bytes. */
static bool unit_is_there(const struct outbox *o, const char *unit, const char *at)
{
	for (int i = 0; i < o->placed.n; i++) {
		const struct placed *p = &o->placed.at[i];
		if (strcmp(p->unit, unit) != 0)
			continue;
		char *path = format_text(NULL, "%s/%s%s", o->folder, at, p->path + strlen(unit));
		bool same = same_bytes(path, p);
		talloc_free(path);
		if (!same)
			return false;
	}
	return true;
}

/* NAME-2, NAME-3 ...: before the last dot of a file, at the end of a folder. */
static char *beside(const void *mem, const char *unit, bool is_bag, int n)
{
	const char *slash = strrchr(unit, '/'), *dot = is_bag ? NULL : strrchr(slash != NULL ? slash : unit, '.');
	int len = dot != NULL ? (int)(dot - unit) : (int)strlen(unit);
	return format_text(mem, "%.*s-%d%s", len, unit, n, unit + len);
}

static bool place_unit(struct outbox *o, int first, const char *tmp, const void *mem)
{
	char *unit = o->placed.at[first].unit, *name = unit;
	bool is_bag = o->placed.at[first].is_bag, there = false;
	for (int n = 2;; n++) {
		char *to = format_text(NULL, "%s/%s", o->folder, name), *from = format_text(to, "%s/%s", tmp, unit);
		there = access(to, F_OK) == 0;
		bool same = there && unit_is_there(o, unit, name);
		char *folder = parent_of(to, to);
		bool good = same || (!there && durable_mkdirs(folder) && durable_rename(AT_FDCWD, from, AT_FDCWD, to));
		int error = errno;
		talloc_free(to);
		if (good)
			break;
		if (!there && error != EEXIST) {
			errno = error;
			return false;
		}
		name = beside(mem, unit, is_bag, n);
	}
	for (int i = o->placed.n - 1; i >= 0; i--) {
		struct placed *p = &o->placed.at[i];
		if (p->unit != unit && strcmp(p->unit, unit) != 0)
			continue;
		if (name != unit)
			p->path = format_text(mem, "%s%s", name, p->path + strlen(unit));
		p->unit = name;
	}
	return true;
}

static bool check_paths(const struct batch *b)
{
	for (int i = 0; i < b->outputs.n; i++) {
		const struct output *out = &b->outputs.at[i];
		if (!is_plain(out->path) || (out->object != NULL && !is_hash(out->object))) {
			say("5_emit names an output that is not plain; nothing was written");
			return false;
		}
	}
	return true;
}

int outbox_sweep(const char *folder)
{
	char *tmp = format_text(NULL, "%s/.tmp", folder);
	bool good = durable_mkdirs(folder) && durable_remove(tmp);
	int error = errno;
	talloc_free(tmp);
	if (good)
		return EXIT_DONE;
	say("%s: %s", folder, say_error(error));
	return durable_code(error);
}

static int gave_up(const char *doing)
{
	int error = errno;
	say("outbox: %s: %s", said(doing), say_error(error));
	return durable_code(error);
}

/* All that was written on the outbox's file system, at once: a province is ten thousand files, and waiting for
 * each of them and its folder costs minutes. */
static bool sync_all(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && syncfs(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

int outbox_place(struct outbox *o, const struct batch *b, const void *mem)
{
	if (!check_paths(b))
		return EXIT_BUG;
	struct texts bags = find_bags(b, mem);
	char *tmp = format_text(mem, "%s/.tmp", o->folder);
	for (int i = 0; i < b->outputs.n; i++) {
		const struct output *out = &b->outputs.at[i];
		o->placed.at = own_grow(mem, o->placed.at, o->placed.n, &o->placed.room, sizeof *o->placed.at);
		struct placed *p = &o->placed.at[o->placed.n++];
		p->path = copy_text(mem, out->path);
		char *bag = unit_of(&bags, out->path, mem);
		p->is_bag = bag != NULL;
		p->unit = bag != NULL ? bag : p->path;
		if (!build(o, b, out, p, tmp))
			return gave_up("writing");
	}
	if (b->outputs.n > 0 && !sync_all(o->folder))
		return gave_up("syncing");
	/* All is written and synced: from here on only renames. A unit's members come to their name together. */
	char **moved = new_array(mem, char *, (size_t)o->placed.n + 1);
	for (int i = 0; i < o->placed.n; i++) {
		if (moved[i] != NULL)
			continue;
		char *unit = copy_text(mem, o->placed.at[i].unit);
		for (int k = i; k < o->placed.n; k++)
			if (moved[k] == NULL && strcmp(o->placed.at[k].unit, unit) == 0)
				moved[k] = unit;
		if (!place_unit(o, i, tmp, mem))
			return gave_up("moving into place");
	}
	if (b->outputs.n > 0 && !sync_all(o->folder))
		return gave_up("syncing");
	return outbox_sweep(o->folder);
}

bool outbox_replace(const char *folder, const char *path, struct bytes bytes)
{
	char *to = format_text(NULL, "%s/%s", folder, path), *tmp = format_text(to, "%s/.tmp", folder);
	char *new = format_text(to, "%s/replaces", tmp), *parent = parent_of(to, to);      /* swept when a run is killed here */
	int fd = durable_mkdirs(parent) && durable_mkdirs(tmp) ? open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
	bool good = fd >= 0 && durable_write(fd, bytes.at, bytes.len) && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	good = good && rename(new, to) == 0 && rmdir(tmp) == 0 && durable_sync_folder(parent);
	int error = errno;
	talloc_free(to);
	errno = error;
	return good;
}
