/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * durable.c - the order of writes. See durable.h.
 */
#include "durable.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool durable_write(int fd, const void *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		ssize_t n = write(fd, (const char *)bytes + at, len - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n == 0 ? ENOSPC : errno;
			return false;
		}
		at += (size_t)n;
	}
	return true;
}

bool durable_sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

bool durable_mkdirs(const char *path)
{
	char part[PATH_MAX], parent[PATH_MAX];
	if (snprintf(part, sizeof part, "%s", path) >= (int)sizeof part) {
		errno = ENAMETOOLONG;
		return false;
	}
	for (char *p = part + 1;; p++) {
		if (*p != '/' && *p != 0)
			continue;
		char had = *p;
		*p = 0;
		if (mkdir(part, 0755) == 0) {
			snprintf(parent, sizeof parent, "%s", part);
			char *slash = strrchr(parent, '/');
			if (slash == NULL)
				strcpy(parent, ".");
			else
				slash[slash == parent] = 0;
			if (!durable_sync_folder(parent))
				return false;
		} else if (errno != EEXIST)
			return false;
		*p = had;
		if (had == 0)
			return true;
	}
}

bool durable_private(const char *path)
{
	struct stat st;
	bool new = stat(path, &st) != 0 && errno == ENOENT;
	return durable_mkdirs(path) && (!new || chmod(path, 0750) == 0);
}

bool durable_rename(int from, const char *name, int to, const char *new_name)
{
	if (renameat2(from, name, to, new_name, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	/* A file system without it; the run lock leaves nobody to slip in between. */
	if (faccessat(to, new_name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return false;
	}
	return renameat(from, name, to, new_name) == 0;
}

bool durable_replace(const char *new, const char *path)
{
	char folder[PATH_MAX];
	int fd = open(new, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0 && rename(new, path) == 0
		&& snprintf(folder, sizeof folder, "%s", path) < (int)sizeof folder;
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	if (!good)
		return false;
	char *slash = strrchr(folder, '/');
	if (slash == NULL)
		strcpy(folder, ".");
	else
		slash[slash == folder] = 0;
	return durable_sync_folder(folder);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)where;
	return kind == FTW_DP ? rmdir(path) : unlink(path);
}

bool durable_remove(const char *path)
{
	return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT;
}

enum exit_code durable_code(int error)
{
	switch (error) {
	case ENOSPC: case EDQUOT: case EMFILE: case ENFILE: case ENOMEM: case EAGAIN: case EINTR: return EXIT_TRY_LATER;
	case EACCES: case EPERM: return EXIT_NO_PERMISSION;
	case EIO: return EXIT_IO;
	default: return EXIT_CANNOT_WRITE;
	}
}
