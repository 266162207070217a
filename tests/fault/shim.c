/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shim.c - the world going wrong at the N-th operation (LD_PRELOAD).
 *
 * Counts the calls of one process that change what is on disk: creating, writing, syncing, renaming, linking,
 * removing. At call FAULT_AT, counted from 1, it does what FAULT says:
 *
 *     kill    dies before the call              torn    writes half, then dies; otherwise as kill
 *     eio     fails with EIO, once              full    fails with ENOSPC, this and every later write or creation
 *     eintr   fails with EINTR, once            short   writes half and says so
 *
 * FAULT_COUNT names a file that gets the number of calls when the process ends by itself. Children are left
 * alone: what they may do is another test's business (tests/unit/test_sandbox.c). Standard streams, pipes and
 * memory files do not count.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pid_t self;
static long calls, at;
static const char *fault = "";

__attribute__((constructor)) static void begin(void)
{
	const char *n = getenv("FAULT_AT"), *f = getenv("FAULT");
	self = getpid();
	at = n != NULL ? atol(n) : 0;
	fault = f != NULL ? f : "";
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *f = path != NULL && getpid() == self ? fopen(path, "we") : NULL;
	if (f != NULL) {
		fprintf(f, "%ld\n", calls);
		fclose(f);
	}
}

static void *next(const char *name)
{
	void *f = dlsym(RTLD_NEXT, name);
	if (f == NULL)
		abort();
	return f;
}

static bool is(const char *word) { return strcmp(fault, word) == 0; }

/* True: the call fails, errno is set. makes: it takes room on the disk. */
static bool fails(bool makes)
{
	if (getpid() != self)
		return false;
	calls++;
	if (at == 0 || calls < at)
		return false;
	if (is("full") && makes) {
		errno = ENOSPC;
		return true;
	}
	if (calls != at)
		return false;
	if (is("kill") || is("torn"))
		raise(SIGKILL);
	errno = is("eio") ? EIO : EINTR;
	return is("eio") || is("eintr");
}

static bool on_disk(int fd)
{
	struct stat st;
	return fd > 2 && fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) && st.st_nlink > 0;
}

/* Half of a write that is torn or short; the whole otherwise. */
static size_t part(int fd, size_t len)
{
	bool here = getpid() == self && at != 0 && calls + 1 == at && on_disk(fd) && len > 1;
	return here && (is("torn") || is("short")) ? len / 2 : len;
}

#define WRITE(name, params, args) \
	ssize_t name params \
	{ \
		ssize_t (*real) params = next(#name); \
		size_t whole = len; \
		len = part(fd, len); \
		if (len < whole) { \
			ssize_t n = real args; \
			if (is("torn")) \
				raise(SIGKILL); \
			calls++; \
			return n; \
		} \
		return on_disk(fd) && fails(true) ? -1 : real args; \
	}
WRITE(write, (int fd, const void *bytes, size_t len), (fd, bytes, len))
WRITE(pwrite, (int fd, const void *bytes, size_t len, off_t where), (fd, bytes, len, where))
WRITE(pwrite64, (int fd, const void *bytes, size_t len, off64_t where), (fd, bytes, len, where))

#define SYNC(name) \
	int name(int fd) \
	{ \
		int (*real)(int) = next(#name); \
		return on_disk(fd) && fails(false) ? -1 : real(fd); \
	}
SYNC(fsync)
SYNC(fdatasync)

#define PLAIN(name, makes, params, args) \
	int name params \
	{ \
		int (*real) params = next(#name); \
		return fails(makes) ? -1 : real args; \
	}
PLAIN(rename, true, (const char *a, const char *b), (a, b))
PLAIN(renameat, true, (int d, const char *a, int e, const char *b), (d, a, e, b))
PLAIN(renameat2, true, (int d, const char *a, int e, const char *b, unsigned int f), (d, a, e, b, f))
PLAIN(link, true, (const char *a, const char *b), (a, b))
PLAIN(linkat, true, (int d, const char *a, int e, const char *b, int f), (d, a, e, b, f))
PLAIN(unlink, false, (const char *a), (a))
PLAIN(unlinkat, false, (int d, const char *a, int f), (d, a, f))
PLAIN(mkdir, true, (const char *a, mode_t m), (a, m))
PLAIN(mkdirat, true, (int d, const char *a, mode_t m), (d, a, m))
PLAIN(ftruncate, false, (int fd, off_t n), (fd, n))
PLAIN(ftruncate64, false, (int fd, off64_t n), (fd, n))

/* Only opening that may create or change is an operation. */
#define MODE(flags, from) \
	mode_t mode = 0; \
	if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
		va_list list; \
		va_start(list, from); \
		mode = va_arg(list, mode_t); \
		va_end(list); \
	} \
	if (((flags) & O_CREAT) != 0 && fails(true)) \
		return -1;

#define OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		int (*real)(const char *, int, ...) = next(#name); \
		MODE(flags, flags) \
		return real(path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
	int name(int d, const char *path, int flags, ...) \
	{ \
		int (*real)(int, const char *, int, ...) = next(#name); \
		MODE(flags, flags) \
		return real(d, path, flags, mode); \
	}
OPENAT(openat)
OPENAT(openat64)
