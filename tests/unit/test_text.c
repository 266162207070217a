/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_text.c - normal forms and keys: the short way that nearly all text takes gives what the long one gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

/* Taken apart, a text goes the long way. */
static char *apart(const char *text)
{
	size_t n;
	uint8_t *nfd = u8_normalize(UNINORM_NFD, (const uint8_t *)text, strlen(text) + 1, NULL, &n);
	char *copy = copy_text(NULL, (char *)nfd);
	free(nfd);
	return copy;
}

static void expect_same(const char *text)
{
	void *mem = talloc_new(NULL);
	char *nfd = apart(text);
	assert_string_equal(text_nfc(mem, nfd), text_nfc(mem, text));
	assert_string_equal(text_strong(mem, nfd), text_strong(mem, text));
	assert_string_equal(text_weak(mem, nfd), text_weak(mem, text));
	talloc_free(nfd);
	talloc_free(mem);
}

static void test_every_letter(void **state)
{
	(void)state;
	for (ucs4_t c = 0x20; c < 0x2100; c++) {
		uint8_t text[16] = "x";
		int n = u8_uctomb(text + 1, c, 6);
		if (n <= 0)
			continue;
		strcpy((char *)text + 1 + n, "yz");
		expect_same((char *)text);
	}
}

static void test_composed_stays(void **state)
{
	(void)state;
	for (ucs4_t c = 0x20; c < 0x2100; c++) {
		uint8_t text[16] = "a";
		size_t n;
		int len = u8_uctomb(text + 1, c, 6);
		uint8_t *nfc = len > 0 ? u8_normalize(UNINORM_NFC, text, (size_t)len + 1, NULL, &n) : NULL;
		if (nfc == NULL)
			continue;
		char *ours = text_nfc_part(NULL, (char *)text, (size_t)len + 1);
		assert_int_equal(strlen(ours), n);
		assert_memory_equal(ours, nfc, n);
		talloc_free(ours);
		free(nfc);
	}
}

static void test_keys(void **state)
{
	static const char *const same[][2] = {
		{ "Ủy ban nhân dân", "UỶ  BAN NHÂN DÂN" }, { "hòa bình", "hoà bình" }, { "thủy", "thuỷ" },
		{ "số 12–QĐ", "SỐ 12-qđ" }, { "“Điều 1”", "\"điều 1\"" },
	};
	void *mem = talloc_new(NULL);
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_string_equal(text_strong(mem, same[i][0]), text_strong(mem, same[i][1]));
	assert_string_not_equal(text_strong(mem, "Bình Chương"), text_strong(mem, "Bình Chượng"));
	assert_string_equal(text_weak(mem, "Đặng Thị Hường"), "dang thi huong");
	assert_string_equal(text_line(mem, "  a\t\n b\xC2\xA0 c "), "a b c");
	talloc_free(mem);
}

static void test_bad_bytes(void **state)
{
	void *mem = talloc_new(NULL);
	(void)state;
	assert_string_equal(text_nfc(mem, "a\xFF" "b"), "a\xEF\xBF\xBD" "b");
	assert_string_equal(text_nfc_part(mem, "a\0b", 3), "a\xEF\xBF\xBD" "b");
	assert_string_equal(text_nfc(mem, "a\xE1\xBA"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_string_equal(text_nfc(mem, "e\xCC\x82\xCC\x81"), "ế");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_letter), cmocka_unit_test(test_composed_stays), cmocka_unit_test(test_keys),
		cmocka_unit_test(test_bad_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
