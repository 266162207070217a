/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_sandbox.c - each forbidden thing, tried from inside.
 *
 * A child seals itself, tries one thing and tells by its end what came of it: its own code, or SIGSYS with the
 * call's name on its standard error.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "sandbox.h"
#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <poppler.h>
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct end { int status; char words[512]; };

enum { ENOUGH_MB = 512 };

/* Runs try() in a sealed child; its return value is the child's exit code. */
static struct end sealed(int (*try)(void))
{
	static const char *const readable[] = { "rules", NULL };
	struct sandbox *s = sandbox_new(NULL, readable);
	struct limits limits = { 20, ENOUGH_MB, 1 };
	struct end end = { 0 };
	char walls[SANDBOX_WALLS];
	int words[2];
	pid_t self = getpid();
	assert_int_equal(pipe(words), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(words[1], 2);
		dup2(words[1], 1);
		if (!sandbox_seal(s, &limits, 3, self, walls))
			_exit(99);
		_exit(try());
	}
	close(words[1]);
	size_t len = 0;
	for (ssize_t n; len < sizeof end.words - 1 && (n = read(words[0], end.words + len, sizeof end.words - 1 - len)) > 0;)
		len += (size_t)n;
	close(words[0]);
	waitpid(pid, &end.status, 0);
	talloc_free(s);
	return end;
}

static void expect_code(int (*try)(void), int code)
{
	struct end e = sealed(try);
	if (!WIFEXITED(e.status) || WEXITSTATUS(e.status) != code)
		print_message("status %x: %s\n", e.status, e.words);
	assert_true(WIFEXITED(e.status));
	assert_int_equal(WEXITSTATUS(e.status), code);
}

static void expect_forbidden(int (*try)(void), const char *call)
{
	char name[32];
	struct end e = sealed(try);
	assert_true(WIFSIGNALED(e.status));
	assert_int_equal(WTERMSIG(e.status), SIGSYS);
	assert_non_null(sandbox_forbidden_call(e.words, name));
	assert_string_equal(name, call);
}

static int error_of(int result) { return result < 0 ? errno : 0; }

static int compute(void) { return 7; }
static int read_outside(void) { return error_of(open("/etc/passwd", O_RDONLY)); }
static int read_store(void) { return error_of(open("/var/lib", O_RDONLY | O_DIRECTORY)); }
static int write_file(void) { return error_of(open("build/sandbox-was-here", O_WRONLY | O_CREAT, 0600)); }
static int truncate_file(void) { return error_of(open("Makefile", O_RDWR)); }
static int remove_file(void) { return error_of(unlink("Makefile")); }
static int rename_file(void) { return error_of(rename("Makefile", "Makefile.new")); }
static int make_folder(void) { return error_of(mkdir("build/sandbox-folder", 0700)); }
static int fork_again(void) { return error_of(fork()); }
static int open_socket(void) { return error_of(socket(AF_INET, SOCK_STREAM, 0)); }
static int open_local_socket(void) { return error_of(socket(AF_UNIX, SOCK_DGRAM, 0)); }
static int trace(void) { return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); }
static int kill_parent(void) { return error_of(kill(getppid(), SIGTERM)); }

static int execute(void)
{
	char *const argv[] = { (char[]){ "true" }, NULL };
	execv("/bin/true", argv);
	return errno;
}

static int inherited_descriptor(void) { return fcntl(3, F_GETFD) < 0 ? 7 : 1; }

static int read_fonts(void)
{
	int fd = open("/usr/share/fonts", O_RDONLY | O_DIRECTORY);
	return fd >= 0 ? 7 : 1;
}

static int abort_itself(void) { abort(); }

#ifndef __SANITIZE_ADDRESS__
static int eat_memory(void)
{
	size_t size = (size_t)2 * ENOUGH_MB << 20;
	char *p = malloc(size);
	if (p == NULL)
		return 7;
	memset(p, 1, size);
	return p[size / 2];
}
#endif

static int raise_limit(void)
{
	struct rlimit r = { RLIM_INFINITY, RLIM_INFINITY };
	return setrlimit(RLIMIT_FSIZE, &r) == 0 && geteuid() != 0 ? 1 : 7;
}

static void test_allowed(void **state)
{
	(void)state;
	expect_code(compute, 7);
	expect_code(read_fonts, 7);
	expect_code(inherited_descriptor, 7);
}

static void test_files(void **state)
{
	(void)state;
	expect_code(read_outside, EACCES);
	expect_code(read_store, EACCES);
	expect_code(write_file, EACCES);
	expect_code(truncate_file, EACCES);
	expect_code(remove_file, EACCES);
	expect_code(rename_file, EACCES);
	expect_code(make_folder, EACCES);
	assert_int_not_equal(access("build/sandbox-was-here", F_OK), 0);
}

static void test_processes(void **state)
{
	(void)state;
	expect_code(fork_again, EACCES);
	expect_forbidden(execute, "execve");
	expect_forbidden(trace, "ptrace");
	expect_forbidden(kill_parent, "kill");
	expect_forbidden(open_socket, "socket");
	expect_forbidden(open_local_socket, "socket");
}

static void test_ends(void **state)
{
	(void)state;
	struct end e = sealed(abort_itself);
	assert_true(WIFSIGNALED(e.status));
	assert_int_equal(WTERMSIG(e.status), SIGABRT);        /* its own signal, not SIGSYS for tgkill */
#ifndef __SANITIZE_ADDRESS__
	expect_code(eat_memory, 7);
#endif
	expect_code(raise_limit, 7);
}

static void test_words_are_hostile(void **state)
{
	char name[32];
	(void)state;
	assert_null(sandbox_forbidden_call("", name));
	assert_null(sandbox_forbidden_call("forbidden call: \x1b[31m", name));
	assert_null(sandbox_forbidden_call("forbidden call: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", name));
	assert_non_null(sandbox_forbidden_call("forbidden call: socket\n", name));
	assert_string_equal(name, "socket");
}

/* A page with a standard font that is not in the file: without the system's fonts it would come out blank, and
 * nobody would know. */
static const char page[] =
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R"
	"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
	"4 0 obj<</Length 47>>stream\nBT /F1 40 Tf 20 30 Td (CONG VAN 2025) Tj ET   \nendstream endobj\n"
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n"
	"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

static int draw(void)
{
	GBytes *bytes = g_bytes_new_static(page, sizeof page - 1);
	PopplerDocument *d = poppler_document_new_from_bytes(bytes, NULL, NULL);
	PopplerPage *p = d != NULL ? poppler_document_get_page(d, 0) : NULL;
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 300, 100);
	cairo_t *c = cairo_create(s);
	if (p == NULL)
		return 1;
	cairo_set_source_rgb(c, 1, 1, 1);
	cairo_paint(c);
	poppler_page_render(p, c);
	cairo_surface_flush(s);
	int ink = 0, stride = cairo_image_surface_get_stride(s);
	const unsigned char *at = cairo_image_surface_get_data(s);
	for (int y = 0; y < 100; y++)
		for (int x = 0; x < 300; x++)
			ink += at[y * stride + 4 * x] < 128;
	return ink > 300 ? 7 : 2;
}

static void test_fonts_are_drawn(void **state)
{
	(void)state;
	expect_code(draw, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_allowed), cmocka_unit_test(test_files), cmocka_unit_test(test_processes),
		cmocka_unit_test(test_ends), cmocka_unit_test(test_words_are_hostile),
		cmocka_unit_test(test_fonts_are_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
