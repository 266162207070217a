/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sandbox.c - all walls on one page. See sandbox.h.
 *
 * Traps met, each with a test in tests/unit/test_sandbox.c:
 *   1. a sealed child without its fonts draws unembedded fonts as a blank page and says nothing: the font
 *      folders stay readable;
 *   2. RLIMIT_FSIZE 0 kills a child whose standard output or error is a file: children write to pipes only;
 *   3. abort() needs tgkill(2): it is allowed for the process itself only, so the filter, which is compiled
 *      before the child has a number, carries a placeholder that sandbox_seal() replaces;
 *   4. glibc falls back from clone3 to clone only on ENOSYS.
 *
 * Landlock is spoken to by its system calls, because the C library has no wrappers and the kernel's headers may
 * be older than the kernel: the ABI is asked at run time (landlock(7)).
 */
#include "sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OWN_PID = 0x5EA1ED1D, CALLS = 512, FILES = 64, HIGH_FD = 100 };

struct sandbox {
	int ruleset, abi;                      /* -1, 0: the kernel has no Landlock */
	struct sock_filter *filter;            /* NULL: could not be compiled */
	size_t filter_n;
};

static char call_names[CALLS][32];             /* for the signal handler, which may not allocate */

/* What drawing a page, converting a character set or asking for a time zone may read. */
static const char *const system_folders[] = {
	"/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
	"/var/cache/fontconfig", "/usr/share/poppler", "/usr/share/tesseract-ocr", "/usr/share/libthai",
	"/usr/share/zoneinfo", "/etc/localtime", "/usr/lib/locale", "/usr/share/locale",
	"/usr/lib/x86_64-linux-gnu/gconv", "/usr/lib/x86_64-linux-gnu/ossl-modules",
	"/usr/lib/aarch64-linux-gnu/gconv", "/usr/lib/aarch64-linux-gnu/ossl-modules", "/etc/ssl/openssl.cnf",
	"/proc/cpuinfo", "/sys/devices/system/cpu", "/dev/null", "/dev/urandom", NULL,
};

/* Landlock ------------------------------------------------------------------------------------------- */

struct ruleset_attr { uint64_t fs, net, scoped; };     /* landlock_ruleset_attr as of ABI 6 */

/* Every right there is in that ABI is handled, so what no rule gives is refused. */
static int ruleset_new(int *abi)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	*abi = version > 0 ? (int)version : 0;
	if (*abi == 0)
		return -1;
	struct ruleset_attr attr = { .fs = (1u << 13) - 1 };
	if (*abi >= 2)
		attr.fs |= 1u << 13;           /* REFER */
	if (*abi >= 3)
		attr.fs |= 1u << 14;           /* TRUNCATE */
	if (*abi >= 5)
		attr.fs |= 1u << 15;           /* IOCTL_DEV */
	if (*abi >= 4)
		attr.net = 3;                  /* BIND_TCP, CONNECT_TCP */
	if (*abi >= 6)
		attr.scoped = 3;               /* ABSTRACT_UNIX_SOCKET, SIGNAL */
	size_t size = *abi >= 6 ? sizeof attr : *abi >= 4 ? 16 : 8;
	int fd = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
	if (fd < 0)
		return -1;
	int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);        /* out of the way of a child's own descriptors */
	close(fd);
	return high;
}

static void ruleset_readable(int ruleset, const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	struct stat st;
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0) {
		struct landlock_path_beneath_attr rule = {
			.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE
					  | (S_ISDIR(st.st_mode) ? LANDLOCK_ACCESS_FS_READ_DIR : 0u),
			.parent_fd = fd,
		};
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(fd);
}

/* seccomp -------------------------------------------------------------------------------------------- */

static const char *const allowed[] = {
	"read", "readv", "pread64", "preadv", "write", "writev", "lseek", "close", "close_range", "dup", "dup2",
	"dup3", "fcntl", "fstat", "stat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access",
	"faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "mmap", "munmap",
	"mprotect", "mremap", "madvise", "brk", "mincore", "futex", "poll", "ppoll", "select", "pselect6", "pipe",
	"pipe2", "eventfd2", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "rt_sigaction",
	"rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "getpid", "gettid", "getppid", "getuid",
	"geteuid", "getgid", "getegid", "getresuid", "getresgid", "getpgrp", "clock_gettime", "clock_getres",
	"clock_nanosleep", "nanosleep", "gettimeofday", "time", "times", "getrandom", "uname", "sysinfo",
	"getrusage", "getrlimit", "setrlimit", "sched_yield", "sched_getaffinity", "sched_getparam",
	"sched_getscheduler", "getcpu", "getpriority", "set_robust_list", "get_robust_list", "set_tid_address",
	"rseq", "arch_prctl", "exit", "exit_group", "fadvise64", "readahead", "sched_get_priority_max",
	"sched_get_priority_min", NULL,
};

/* Libraries try these and can live with a refusal: caches they would like to write, threads they would like to
 * have, terminals they would like to know. */
static const struct { const char *call; int error; } refused[] = {
	{ "ioctl", ENOTTY }, { "clone", EACCES }, { "fork", EACCES }, { "vfork", EACCES }, { "clone3", ENOSYS },
	{ "mkdir", EACCES }, { "mkdirat", EACCES }, { "unlink", EACCES }, { "unlinkat", EACCES },
	{ "rename", EACCES }, { "renameat", EACCES }, { "renameat2", EACCES }, { "link", EACCES },
	{ "linkat", EACCES }, { "symlink", EACCES }, { "symlinkat", EACCES }, { "rmdir", EACCES },
	{ "chmod", EACCES }, { "fchmod", EACCES }, { "fchmodat", EACCES }, { "chown", EACCES },
	{ "fchown", EACCES }, { "utimensat", EACCES }, { "truncate", EACCES }, { "ftruncate", EACCES },
	{ "fallocate", EACCES }, { "creat", EACCES }, { "flock", EACCES }, { "fsync", EACCES },
	{ "fdatasync", EACCES }, { "chdir", EACCES }, { "memfd_create", EACCES }, { "inotify_init1", ENOSYS },
	{ "inotify_init", ENOSYS }, { "prctl", EINVAL }, { "membarrier", ENOSYS }, { "openat2", ENOSYS },
	{ "sched_setscheduler", EPERM }, { "sched_setaffinity", EPERM }, { "setpriority", EPERM },
	{ "get_mempolicy", ENOSYS }, { "set_mempolicy", ENOSYS }, { "mbind", ENOSYS }, { "mlock", EPERM },
	{ "sigaction", ENOSYS }, { "getxattr", ENOTSUP }, { "fgetxattr", ENOTSUP }, { "umask", EACCES },
};

static int rule(scmp_filter_ctx c, uint32_t action, const char *name)
{
	int number = seccomp_syscall_resolve_name(name);
	return number < 0 ? 0 : seccomp_rule_add(c, action, number, 0);       /* not of this machine: no rule */
}

/* Read-only opens pass to Landlock; any other fails as on a read-only file system. */
static int rules_open(scmp_filter_ctx c)
{
	const uint64_t writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
	const struct { int call; unsigned at; } opens[] = { { SCMP_SYS(open), 1 }, { SCMP_SYS(openat), 2 } };
	for (size_t i = 0; i < 2; i++) {
		if (opens[i].call < 0)
			continue;
		int bad = seccomp_rule_add(c, SCMP_ACT_ALLOW, opens[i].call, 1,
					   SCMP_CMP(opens[i].at, SCMP_CMP_MASKED_EQ, writes, 0));
		for (uint64_t bit = 1; bad == 0 && bit <= writes; bit <<= 1)
			if (writes & bit)
				bad = seccomp_rule_add(c, SCMP_ACT_ERRNO(EACCES), opens[i].call, 1,
						       SCMP_CMP(opens[i].at, SCMP_CMP_MASKED_EQ, bit, bit));
		if (bad != 0)
			return bad;
	}
	return 0;
}

static int rules_all(scmp_filter_ctx c)
{
	int bad = seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (int i = 0; bad == 0 && allowed[i] != NULL; i++)
		bad = rule(c, SCMP_ACT_ALLOW, allowed[i]);
	for (size_t i = 0; bad == 0 && i < sizeof refused / sizeof *refused; i++)
		bad = rule(c, SCMP_ACT_ERRNO((uint32_t)refused[i].error), refused[i].call);
	if (bad == 0)
		bad = rules_open(c);
	if (bad == 0)
		bad = seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0));
	if (bad == 0)
		bad = seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, OWN_PID));
	return bad;
}

static void drop_filter(void *c) { seccomp_release(c); }

static bool filter_new(struct sandbox *s)
{
	scmp_filter_ctx c = own(s, seccomp_init(SCMP_ACT_TRAP), drop_filter);
	int fd = memfd_create("filter", MFD_CLOEXEC);
	if (c == NULL || fd < 0 || rules_all(c) != 0 || seccomp_export_bpf(c, fd) != 0) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	off_t size = lseek(fd, 0, SEEK_END);
	s->filter_n = (size_t)size / sizeof *s->filter;
	s->filter = new_array(s, struct sock_filter, s->filter_n);
	bool good = pread(fd, s->filter, (size_t)size, 0) == size;
	close(fd);
	if (!good)
		s->filter = NULL;
	return good;
}

/* Only what is safe in a handler: the names were looked up before the fork. */
static void on_forbidden(int signal_number, siginfo_t *what, void *context)
{
	(void)signal_number;
	(void)context;
	static const char head[] = "forbidden call: ";
	char line[64];
	memcpy(line, head, sizeof head - 1);
	size_t n = sizeof head - 1;
	const char *name = what->si_syscall >= 0 && what->si_syscall < CALLS ? call_names[what->si_syscall] : "unknown";
	for (; *name != 0 && n < sizeof line - 1; name++)
		line[n++] = *name;
	line[n++] = '\n';
	ssize_t written = write(STDERR_FILENO, line, n);
	(void)written;
	signal(SIGSYS, SIG_DFL);
	raise(SIGSYS);
}

/* ---------------------------------------------------------------------------------------------------- */

static int sandbox_end(struct sandbox *s)
{
	if (s->ruleset >= 0)
		close(s->ruleset);
	return 0;
}

struct sandbox *sandbox_new(const void *mem, const char *const *readable)
{
	struct sandbox *s = new_zero(mem, struct sandbox);
	s->ruleset = ruleset_new(&s->abi);
	talloc_set_destructor(s, sandbox_end);
	for (int i = 0; s->ruleset >= 0 && system_folders[i] != NULL; i++)
		ruleset_readable(s->ruleset, system_folders[i]);
	for (int i = 0; s->ruleset >= 0 && readable != NULL && readable[i] != NULL; i++)
		ruleset_readable(s->ruleset, readable[i]);
	filter_new(s);
	for (int i = 0; i < CALLS; i++) {
		char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, i);
		snprintf(call_names[i], sizeof call_names[i], "%s", name != NULL ? name : "unknown");
		free(name);
	}
	return s;
}

static void limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
	struct rlimit r = { soft, hard };
	setrlimit(what, &r);
}

static void limits_set(const struct limits *limits)
{
#ifndef __SANITIZE_ADDRESS__                   /* its shadow alone is 20 TB of address space */
	long pages = 0;
	char text[64] = "";
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, text, sizeof text - 1) > 0)
		pages = atol(text);
	if (fd >= 0)
		close(fd);
	/* What the nursery holds already is shared; the budget is for what the letter adds. */
	rlim_t room = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + (rlim_t)limits->megabytes * 1024 * 1024;
	limit(RLIMIT_AS, room, room);
#endif
	limit(RLIMIT_CPU, (rlim_t)limits->cpu_seconds, (rlim_t)limits->cpu_seconds + 2);
	limit(RLIMIT_FSIZE, 0, 0);
	limit(RLIMIT_NPROC, 0, 0);
	limit(RLIMIT_CORE, 0, 0);
	limit(RLIMIT_NOFILE, FILES, FILES);
}

bool sandbox_seal(const struct sandbox *s, const struct limits *limits, int keep, pid_t parent,
		  char walls[SANDBOX_WALLS])
{
	strcpy(walls, "none");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);                      /* the nursery went while we were born */
	prctl(PR_SET_DUMPABLE, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
	limits_set(limits);                    /* first: it reads /proc */
	bool landlock = s->ruleset >= 0 && syscall(SYS_landlock_restrict_self, s->ruleset, 0) == 0;
	close_range((unsigned)keep, ~0u, 0);
	if (landlock)
		snprintf(walls, SANDBOX_WALLS, "landlock%d", s->abi);
	if (s->filter == NULL)
		return false;
	struct sigaction on = { .sa_sigaction = on_forbidden, .sa_flags = SA_SIGINFO };
	sigaction(SIGSYS, &on, NULL);
	for (size_t i = 0; i < s->filter_n; i++)       /* our copy: we are past the fork */
		if (s->filter[i].k == OWN_PID)
			s->filter[i].k = (uint32_t)getpid();
	struct sock_fprog program = { (unsigned short)s->filter_n, s->filter };
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
		return false;
	snprintf(walls, SANDBOX_WALLS, landlock ? "landlock%d,seccomp" : "seccomp", s->abi);
	return true;
}

void sandbox_cpu(int seconds)
{
	struct rusage used;
	struct rlimit r;
	if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &r) != 0)
		return;
	rlim_t soft = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + seconds);
	limit(RLIMIT_CPU, soft < r.rlim_max ? soft : r.rlim_max, r.rlim_max);
}

const char *sandbox_forbidden_call(const char *words, char name[32])
{
	static const char head[] = "forbidden call: ";
	const char *at = NULL, *next = words;
	while ((next = strstr(next, head)) != NULL)
		at = next += sizeof head - 1;
	size_t n = at != NULL ? strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;
	if (n == 0 || n > 31)
		return NULL;
	memcpy(name, at, n);
	name[n] = 0;
	return name;
}
