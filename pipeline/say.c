/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * say.c - messages for people. See say.h.
 */
#include "say.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool vietnamese = true;

void say_in_vietnamese(bool yes) { vietnamese = yes; }

const char *said(const char *english)
{
	for (const struct said *s = said_table; vietnamese && s->english != NULL; s++)
		if (strcmp(s->english, english) == 0)
			return s->vietnamese;
	return english;
}

void say(const char *format, ...)
{
	char line[2048];
	va_list more;
	va_start(more, format);
	vsnprintf(line, sizeof line, said(format), more);
	va_end(more);
	say_clear();
	fprintf(stderr, "congvan: %s\n", line);
}

static bool bar_stands;

void say_clear(void)
{
	if (bar_stands)
		fputs("\r\033[K", stderr);
	bar_stands = false;
}

void say_progress(int64_t done, int64_t all)
{
	enum { WIDE = 30 };
	static double started, last;
	struct timespec t;
	if (all < 2 || isatty(STDERR_FILENO) != 1)
		return;
	clock_gettime(CLOCK_MONOTONIC, &t);
	double now = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
	started = started > 0 ? started : now;
	if (now - last < 0.2 && done < all)    /* five times a second are enough to see it move */
		return;
	last = now;
	double rate = now > started ? (double)done / (now - started) : 0;
	long left = rate > 0 ? (long)((double)(all - done) / rate) : 0;
	int full = (int)(WIDE * done / all);
	say_clear();
	fprintf(stderr, said("[%.*s%*s] %lld/%lld, %.1f a second, %ld:%02ld left"), full, "##############################", WIDE - full, "",
		(long long)done, (long long)all, rate, left / 60, left % 60);
	fflush(stderr);
	bar_stands = true;
}

/* Those that a person meets; the others say their name in English. */
const char *say_error(int error)
{
	static const struct { int error; const char *vietnamese; } known[] = {
		{ EACCES, "không có quyền truy cập" }, { EPERM, "không được phép" }, { ENOENT, "không có tệp hay thư mục này" },
		{ ENOSPC, "đĩa đã đầy" }, { EDQUOT, "đã hết hạn mức đĩa" }, { EROFS, "hệ thống tệp chỉ cho đọc" },
		{ EIO, "lỗi đọc, ghi của thiết bị" }, { EEXIST, "đã có tệp mang tên này" }, { ENOTDIR, "không phải thư mục" },
		{ EISDIR, "là thư mục" }, { ENAMETOOLONG, "tên quá dài" }, { EMFILE, "mở quá nhiều tệp" },
		{ ENFILE, "hệ thống mở quá nhiều tệp" }, { ENOMEM, "không đủ bộ nhớ" }, { ELOOP, "liên kết (symlink)" },
		{ EBUSY, "đang được dùng" }, { EAGAIN, "đang bận, thử lại sau" }, { EINTR, "bị ngắt giữa chừng" },
		{ ETXTBSY, "tệp đang được chạy" }, { EFBIG, "tệp quá lớn" }, { ENOTEMPTY, "thư mục không rỗng" },
		{ EXDEV, "ở hệ thống tệp khác" }, { ENXIO, "không phải tệp thường" }, { EMLINK, "quá nhiều liên kết" },
	};
	for (size_t i = 0; vietnamese && i < sizeof known / sizeof *known; i++)
		if (known[i].error == error)
			return known[i].vietnamese;
	return strerror(error);
}
