/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_bag.c - build beside, sync, exchange. See sign_bag.h.
 */
#include "sign_bag.h"
#include "5_emit/write_zip.h"
#include "durable.h"
#include "mapped.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 30 };

static const char oxum[] = "Payload-Oxum: ";

static int gave_up(const char *path, int error)
{
	say("%s: %s", path, say_error(error));
	return (int)durable_code(error);
}

/* Reading --------------------------------------------------------------------------------------------------
 */

bool map_whole(const void *mem, const char *path, struct bytes *b)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool good = fd >= 0 && fstat(fd, &st) == 0;
	if (good && (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : S_ISREG(st.st_mode) ? EFBIG : EINVAL;
		good = false;
	}
	*b = (struct bytes){ (const uint8_t *)"", 0 };
	good = good && mapped_bytes(mem, fd, st.st_size, b);
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

bool tree_read(const struct bag_tree *t, const char *name, struct bytes *b)
{
	return map_whole(t, format_text(t, "%s/%s", t->path, name), b);
}

/* "HASH  data/NAME" a line. The package was checked before: what is odd here is somebody at work on it. */
static bool read_manifest(struct bag_tree *t)
{
	struct bytes b;
	if (!tree_read(t, "manifest-sha256.txt", &b) || !tree_read(t, "bag-info.txt", &t->info))
		return false;
	char *text = copy_part(t, (const char *)b.at, b.len), *rest = text;
	for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
		char *name = line + strcspn(line, " ");
		name += strspn(name, " *");
		if (*line != 0 && (!text_starts(name, "data/") || strstr(name, "..") != NULL)) {
			errno = EINVAL;
			return false;
		}
		if (*line != 0)
			texts_add(t, &t->files, name);
	}
	return t->files.n > 0;
}

bool tree_has_line(const struct bag_tree *t, const char *start)
{
	char *with = format_text(NULL, "\n%s", start);
	bool there = (t->info.len >= strlen(start) && memcmp(t->info.at, start, strlen(start)) == 0) ||
		     memmem(t->info.at, t->info.len, with, strlen(with)) != NULL;
	talloc_free(with);
	return there;
}

char *tree_label(const struct bag_tree *t, const void *mem, const char *name)
{
	char *text = copy_part(mem, (const char *)t->info.at, t->info.len), *rest = text;
	for (char *line; (line = strsep(&rest, "\n")) != NULL;)
		if (text_starts(line, name) && text_starts(line + strlen(name), ": "))
			return copy_text(mem, line + strlen(name) + 2);
	return NULL;
}

/* Building -------------------------------------------------------------------------------------------------
 */

struct building {
	struct bag_tree *t;
	char *root;
	struct packed *files;
	int n;
}; /* files: names below the folder */

static char *hash(const void *mem, const char *kind, struct bytes b)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	if (EVP_Digest(b.at, b.len, md, &n, EVP_get_digestbyname(kind), NULL) != 1)
		abort();
	return text_lower(mem, text_hex(mem, md, n));
}

static struct bytes manifest(const void *mem, const char *kind, const struct packed *files, int n)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < n; i++)
		buffer_format(&b, "%s  %s\n", hash(mem, kind, files[i].bytes), files[i].name);
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}

static struct bytes new_info(const struct building *w, const char *line)
{
	struct buffer b = { .mem = w->t };
	char *text = copy_part(w->t, (const char *)w->t->info.at, w->t->info.len), *rest = text;
	size_t octets = 0;
	for (char *old; (old = strsep(&rest, "\n")) != NULL;)
		if (*old != 0 && !text_starts(old, oxum))
			buffer_format(&b, "%s\n", old);
	for (int i = 0; i < w->t->files.n; i++)
		octets += w->files[i].bytes.len;
	buffer_format(&b, "%s\n%s%zu.%d\n", line, oxum, octets, w->t->files.n);
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}

static bool write_file(const char *path, struct bytes b)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	bool good = fd >= 0 && durable_write(fd, b.at, b.len) && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0 && close(fd) != 0 && good) {
		good = false;
		error = errno;
	}
	errno = error;
	return good;
}

static bool write_below(const char *root, const char *name, struct bytes b)
{
	char *path = format_text(NULL, "%s/%s", root, name), *folder = copy_text(path, path);
	*strrchr(folder, '/') = 0;
	bool good = durable_mkdirs(folder) && write_file(path, b) && durable_sync_folder(folder);
	int error = errno;
	talloc_free(path);
	errno = error;
	return good;
}

static struct bytes make_zip(const struct building *w)
{
	struct packed *all = new_array(w->t, struct packed, (size_t)w->n);
	for (int i = 0; i < w->n; i++)
		all[i] = (struct packed){ format_text(w->t, "%s/%s", w->t->name, w->files[i].name),
					  w->files[i].bytes };
	return write_zip(w->t, all, w->n);
}

/* Payload, then the tag files in the order in which 5_emit wrote them. False: errno. */
static bool gather(struct building *w, const struct sign_made *changed, int n, const char *line)
{
	static const char *const tags[] = {
		"bagit.txt",	       "bag-info.txt",		 "manifest-sha256.txt",
		"manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt" };
	int payload = w->t->files.n;
	w->files = new_array(w->t, struct packed, (size_t)payload + 6);
	for (int i = 0; i < payload; i++) {
		w->files[i].name = w->t->files.at[i];
		if (!tree_read(w->t, w->files[i].name, &w->files[i].bytes))
			return false;
		for (int k = 0; k < n; k++)
			if (strcmp(changed[k].name, w->files[i].name) == 0)
				w->files[i].bytes = changed[k].bytes;
	}
	struct packed *tag = w->files + payload;
	for (int i = 0; i < 6; i++) {
		tag[i].name = tags[i];
		if (line == NULL && !tree_read(w->t, tags[i], &tag[i].bytes))
			return false;
	}
	w->n = payload + 6;
	if (line == NULL)
		return true;
	if (!tree_read(w->t, tags[0], &tag[0].bytes))
		return false;
	tag[1].bytes = new_info(w, line);
	tag[2].bytes = manifest(w->t, "SHA256", w->files, payload);
	tag[3].bytes = manifest(w->t, "SHA512", w->files, payload);
	tag[4].bytes = manifest(w->t, "SHA256", tag, 4);
	tag[5].bytes = manifest(w->t, "SHA512", tag, 4);
	return true;
}

static bool build(const struct building *w)
{
	char *folder = format_text(w->t, "%s/%s", w->root, w->t->name);
	for (int i = 0; i < w->n; i++)
		if (!write_below(folder, w->files[i].name, w->files[i].bytes))
			return false;
	return !w->t->zipped || write_below(w->root, format_text(w->t, "%s.zip", w->t->name), make_zip(w));
}

/* Renaming -------------------------------------------------------------------------------------------------
 */

static char *new_root(const struct bag_tree *t)
{
	return format_text(t, "%s/.%s.new", t->parent, t->name);
}

/* Where the file system cannot exchange, the old folder steps aside first; tree_open() puts it back if we die
 * here. */
static bool exchange(const char *new, const char *old, const char *aside)
{
	if (renameat2(AT_FDCWD, new, AT_FDCWD, old, RENAME_EXCHANGE) == 0)
		return true;
	return (errno == EINVAL || errno == ENOSYS) && rename(old, aside) == 0 && rename(new, old) == 0;
}

static bool move_in(const struct building *w)
{
	const struct bag_tree *t = w->t;
	char *zip = format_text(t, "%s.zip", t->path),
	     *new_zip = format_text(t, "%s/%s.zip", w->root, t->name);
	char *new = format_text(t, "%s/%s", w->root, t->name), *old = format_text(t, "%s/old", w->root);
	char *old_zip = format_text(t, "%s/old.zip", w->root);
	if (rename(zip, old_zip) != 0 && errno != ENOENT)
		return false;
	if (exchange(new, t->path, old))
		return (!t->zipped || rename(new_zip, zip) == 0) && durable_sync_folder(t->parent);
	int error = errno;
	rename(old_zip, zip);
	errno = error;
	return false;
}

/* A call that was cut off left .NAME.new: the folder is the old one or the new one, its ZIP may be missing.
 */
static bool mend(struct bag_tree *t)
{
	struct stat st;
	char *root = new_root(t), *aside = format_text(t, "%s/old", root),
	     *zip = format_text(t, "%s.zip", t->path);
	if (lstat(root, &st) != 0)
		return errno == ENOENT;
	if (lstat(t->path, &st) != 0 && rename(aside, t->path) != 0)
		return false;
	if (!durable_remove(root) || !read_manifest(t))
		return false;
	struct building w = { .t = t, .root = root };
	bool missing = lstat(zip, &st) != 0;
	t->zipped = true;
	char *made = format_text(t, "%s/%s.zip", root, t->name);
	bool good = !missing ||
		    (gather(&w, NULL, 0, NULL) && write_below(root, made + strlen(root) + 1, make_zip(&w)) &&
		     rename(made, zip) == 0 && durable_sync_folder(t->parent) && durable_remove(root));
	t->files.n = 0;
	return good;
}

/* Outside --------------------------------------------------------------------------------------------------
 */

static int unlock(struct bag_tree *t)
{
	if (t->lock >= 0)
		close(t->lock);
	return 0;
}

struct bag_tree *tree_open(const void *mem, const char *path, int *code)
{
	struct bag_tree *t = new_zero(mem, struct bag_tree);
	struct stat st;
	char real[PATH_MAX], *plain = copy_text(t, path);
	t->lock = -1;
	talloc_set_destructor(t, unlock);
	for (size_t n = strlen(plain); n > 1 && plain[n - 1] == '/'; n--)
		plain[n - 1] = 0;
	char *slash = strrchr(plain, '/'),
	     *parent = slash == NULL ? copy_text(t, ".") : copy_part(t, plain, (size_t)(slash - plain));
	t->name = copy_text(t, slash != NULL ? slash + 1 : plain);
	*code = EXIT_NO_INPUT;
	if (realpath(*parent != 0 ? parent : "/", real) == NULL) {
		say("%s: %s", path, say_error(errno));
		return NULL;
	}
	t->parent = copy_text(t, real);
	t->path = format_text(t, "%s/%s", t->parent, t->name);
	t->lock = open(t->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->lock < 0 || flock(t->lock, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			*code = gave_up(t->parent, errno);
		else {
			say("%s: another signing is at work here; try later", t->parent);
			*code = EXIT_TRY_LATER;
		}
		return NULL;
	}
	if (!mend(t)) {
		*code = gave_up(t->path, errno);
		return NULL;
	}
	char *zip = format_text(t, "%s.zip", t->path), *declared = format_text(t, "%s/bagit.txt", t->path);
	if (lstat(t->path, &st) != 0 || !S_ISDIR(st.st_mode) || access(declared, R_OK) != 0 ||
	    !read_manifest(t)) {
		say("%s: no package there", path);
		return NULL;
	}
	t->zipped = lstat(zip, &st) == 0;
	*code = EXIT_DONE;
	return t;
}

int tree_write(struct bag_tree *t, const struct sign_made *changed, int n, const char *line)
{
	struct building w = { .t = t, .root = new_root(t) };
	bool good = gather(&w, changed, n, line) && build(&w) && durable_sync_folder(w.root) && move_in(&w);
	int error = errno;
	if (good) {
		durable_remove(w.root);
		return EXIT_DONE;
	}
	struct stat st;
	char *zip = format_text(t, "%s.zip", t->path);
	if (lstat(t->path, &st) == 0 && (!t->zipped || lstat(zip, &st) == 0))
		durable_remove(w.root); /* else tree_open() finds in there what is missing */
	return gave_up(t->path, error);
}

int tree_put_beside(const struct bag_tree *t, const char *ending, struct bytes b)
{
	char *root = new_root(t), *to = format_text(t, "%s%s", t->path, ending),
	     *new = format_text(t, "%s/new", root);
	bool good = write_below(root, "new", b) && rename(new, to) == 0 && durable_sync_folder(t->parent);
	int error = errno;
	durable_remove(root);
	return good ? EXIT_DONE : gave_up(to, error);
}

int put_new_file(const char *path, struct bytes b)
{
	char *new = format_text(NULL, "%s.XXXXXX", path), *slash = strrchr(new, '/');
	char *folder = slash == NULL  ? copy_text(new, ".")
		       : slash == new ? copy_text(new, "/")
				      : copy_part(new, new, (size_t)(slash - new));
	int fd = mkostemp(new, O_CLOEXEC), error = errno;
	bool made = fd >= 0;
	bool good = made && durable_write(fd, b.at, b.len) && fchmod(fd, 0644) == 0 && fsync(fd) == 0 &&
		    durable_rename(AT_FDCWD, new, AT_FDCWD, path) && durable_sync_folder(folder);
	error = errno;
	if (made)
		close(fd);
	if (made && !good)
		unlink(new);
	talloc_free(new);
	return good ? EXIT_DONE : gave_up(path, error);
}
