/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store.c - content-addressed objects. See store.h.
 */
#include "store.h"
#include "durable.h"
#include "mapped.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct store {
	char *root;
	int root_fd, tmp_fd;
	bool touched[256], root_touched;       /* folders whose entries are not synced yet */
	bool made[256];
	int last;                              /* number of the last temporary file */
};

static int store_end(struct store *s)
{
	if (s->root_fd >= 0)
		close(s->root_fd);
	if (s->tmp_fd >= 0)
		close(s->tmp_fd);
	return 0;
}

struct store *store_open(const void *mem, const char *state)
{
	struct store *s = new_zero(mem, struct store);
	s->root = format_text(s, "%s/store", state);
	s->root_fd = s->tmp_fd = -1;
	talloc_set_destructor(s, store_end);
	if (!durable_mkdirs(s->root))
		return NULL;
	s->root_fd = open(s->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->root_fd < 0 || (mkdirat(s->root_fd, "tmp", 0700) != 0 && errno != EEXIST))
		return NULL;
	s->tmp_fd = openat(s->root_fd, "tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return s->tmp_fd >= 0 || errno == EACCES ? s : NULL;   /* who may only read needs it not */
}

/* A temporary file is called PID-N.part; before, N.part. */
void store_sweep(struct store *s)
{
	DIR *d = s->tmp_fd >= 0 ? fdopendir(dup(s->tmp_fd)) : NULL;
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
		int maker = 0, n = 0;
		bool lives = sscanf(e->d_name, "%d-%d", &maker, &n) == 2 && maker > 0
			     && (kill(maker, 0) == 0 || errno == EPERM);
		if (e->d_name[0] != '.' && !lives)
			unlinkat(s->tmp_fd, e->d_name, 0);
	}
	if (d != NULL)
		closedir(d);
}

const char *store_root(const struct store *s) { return s->root; }

char *store_path(const struct store *s, const void *mem, const char *sha256)
{
	return format_text(mem, "%s/%.2s/%s", s->root, sha256, sha256);
}

int store_read(const struct store *s, const char *sha256)
{
	char name[80];
	snprintf(name, sizeof name, "%.2s/%.64s", sha256, sha256);
	return openat(s->root_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

static void hex(const unsigned char *hash, char out[65])
{
	for (int i = 0; i < 32; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static void drop_digest(void *c) { EVP_MD_CTX_free(c); }

/* Hashes fd to its end; copies to `to` on the way when that is not -1. */
static bool hash_all(int fd, int to, struct stored *out)
{
	static unsigned char chunk[1 << 17];
	unsigned char hash[32];
	void *mem = talloc_new(NULL);
	EVP_MD_CTX *c = own(mem, EVP_MD_CTX_new(), drop_digest);
	bool good = c != NULL && EVP_DigestInit_ex(c, EVP_sha256(), NULL) == 1;
	out->size = 0;
	for (ssize_t n = 1; good && n != 0;) {
		n = read(fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		good = n >= 0 && EVP_DigestUpdate(c, chunk, n > 0 ? (size_t)n : 0) == 1
		       && (to < 0 || durable_write(to, chunk, n > 0 ? (size_t)n : 0));
		out->size += n > 0 ? n : 0;
	}
	good = good && EVP_DigestFinal_ex(c, hash, NULL) == 1;
	int error = errno;
	talloc_free(mem);
	errno = error;
	if (good)
		hex(hash, out->sha256);
	return good;
}

static unsigned shard(const char *sha256)
{
	unsigned n = 0;
	sscanf(sha256, "%2x", &n);
	return n & 0xff;
}

/* The temporary file gets its name; an object that is there already is as good. */
static bool settle(struct store *s, const char *tmp, int fd, struct stored *out)
{
	char folder[4], name[80];
	unsigned n = shard(out->sha256);
	snprintf(folder, sizeof folder, "%02x", n);
	snprintf(name, sizeof name, "%s/%s", folder, out->sha256);
	if (!s->made[n]) {
		if (mkdirat(s->root_fd, folder, 0750) == 0)
			s->root_touched = true;
		else if (errno != EEXIST)
			return false;
		s->made[n] = true;
	}
	struct stat st;
	s->touched[n] = true;
	out->known = fstatat(s->root_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size == out->size
		     && store_sound(s, out->sha256);
	if (out->known)
		return true;
	if (fchmod(fd, 0444) != 0 || fsync(fd) != 0)
		return false;
	if (linkat(s->tmp_fd, tmp, s->root_fd, name, 0) == 0)
		return true;
	/* One of that name is there and has not its bytes: a disk's fault, mended by what came again. */
	return errno == EEXIST && renameat(s->tmp_fd, tmp, s->root_fd, name) == 0;
}

bool store_take(struct store *s, int fd, struct stored *out)
{
	char tmp[32];
	memset(out, 0, sizeof *out);
	errno = EACCES;
	if (s->tmp_fd < 0)
		return false;
	snprintf(tmp, sizeof tmp, "%d-%d.part", (int)getpid(), ++s->last);
	int to = openat(s->tmp_fd, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to < 0)
		return false;
	bool good = hash_all(fd, to, out) && settle(s, tmp, to, out);
	int error = errno;
	close(to);
	unlinkat(s->tmp_fd, tmp, 0);
	errno = error;
	return good;
}

bool store_sync(struct store *s)
{
	if (s->root_touched && fsync(s->root_fd) != 0)
		return false;
	s->root_touched = false;
	for (unsigned n = 0; n < 256; n++) {
		char folder[4];
		if (!s->touched[n])
			continue;
		snprintf(folder, sizeof folder, "%02x", n);
		int fd = openat(s->root_fd, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		bool good = fd >= 0 && fsync(fd) == 0;
		if (fd >= 0)
			close(fd);
		if (!good)
			return false;
		s->touched[n] = false;
	}
	return true;
}

bool store_sound(const struct store *s, const char *sha256)
{
	struct stored now;
	int fd = store_read(s, sha256);
	bool read = fd >= 0 && hash_all(fd, -1, &now);
	int error = read ? 0 : errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return read && strcmp(now.sha256, sha256) == 0;
}

bool store_map(const struct store *s, const void *mem, const char *sha256, struct bytes *bytes)
{
	int fd = store_read(s, sha256);
	struct stat st;
	bool good = fd >= 0 && fstat(fd, &st) == 0 && mapped_bytes(mem, fd, st.st_size, bytes);
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}
