/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_say.c - a message in Vietnamese takes the same values in the same order as in English: else a conversion would read
 * what is not there. And each message has one Vietnamese.
 */
#include "say.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* "%.100s %lld" -> "s;lld;" */
static void conversions(const char *format, char out[200])
{
	size_t n = 0;
	for (const char *p = format; *p != 0; p++) {
		if (*p != '%')
			continue;
		if (*++p == '%')
			continue;
		p += strspn(p, "-+ #0123456789.");
		size_t len = strspn(p, "hlz") + 1;
		assert_true(n + len + 1 < 200);
		memcpy(out + n, p, len);
		n += len;
		out[n++] = ';';
		p += len - 1;
	}
	out[n] = 0;
}

static void test_conversions(void **state)
{
	(void)state;
	int rows = 0;
	for (const struct said *s = said_table; s->english != NULL; s++, rows++) {
		char en[200], vi[200];
		conversions(s->english, en);
		conversions(s->vietnamese, vi);
		if (strcmp(en, vi) != 0)
			print_error("%s\n", s->english);
		assert_string_equal(en, vi);
		for (const struct said *other = said_table; other != s; other++)
			assert_string_not_equal(other->english, s->english);
		size_t e = strlen(s->english), v = strlen(s->vietnamese);     /* the end of a line stays one */
		assert_true(e > 0 && v > 0 && (s->english[e - 1] == '\n') == (s->vietnamese[v - 1] == '\n'));
	}
	assert_true(rows > 150);
}

static void test_languages(void **state)
{
	(void)state;
	say_in_vietnamese(true);
	assert_string_equal(said("yes or no"), "phải là yes hoặc no");
	assert_string_equal(said("no row for this"), "no row for this");
	assert_string_equal(say_error(ENOSPC), "đĩa đã đầy");
	say_in_vietnamese(false);
	assert_string_equal(said("yes or no"), "yes or no");
	assert_string_equal(say_error(ENOSPC), strerror(ENOSPC));
	say_in_vietnamese(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_conversions), cmocka_unit_test(test_languages) };
	return cmocka_run_group_tests_name("say", tests, NULL, NULL);
}
