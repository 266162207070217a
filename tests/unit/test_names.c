/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_names.c - the pairs of rules/mergers/name-pairs.tsv are told as they stand; the registry counts as the
 * official tables do.
 */
#include "name.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void pairs(void **state)
{
	static const char *const words[] = { "no", "yes", "ask" };
	void *mem = talloc_new(NULL);
	char *why = NULL;
	(void)state;
	struct registry *r = units_read(mem, "rules", NULL, NULL, &why);
	assert_non_null(r);
	struct table t;
	assert_true(table_read(mem, "rules/mergers/name-pairs.tsv", &t, &why));
	int wrong = 0;
	for (int i = 0; i < t.n; i++) {
		const char *reason = NULL, *said = words[units_compare(r, t.rows[i][0], t.rows[i][1], &reason)];
		if (strcmp(said, t.rows[i][2]) == 0)
			continue;
		printf("%s | %s: %s, not %s (%s)\n", t.rows[i][0], t.rows[i][1], t.rows[i][2], said, reason);
		wrong++;
	}
	assert_true(t.n > 70);
	assert_int_equal(wrong, 0);
	talloc_free(mem);
}

static void fates(void **state)
{
	void *mem = talloc_new(NULL);
	char *why = NULL;
	int n[FATE_NONE + UNTOUCHED + 1] = { 0 }, split = 0;
	(void)state;
	struct registry *r = units_read(mem, "rules", NULL, NULL, &why);
	assert_non_null(r);
	for (int i = 0; i < units_count(r); i++) {
		n[units_at(r, i)->fate]++;
		split += units_at(r, i)->n_successors > 1;
	}
	assert_int_equal(units_count(r), 10035);
	assert_int_equal(split - 1, 440);      /* one of them is disputed */
	assert_int_equal(n[SPLIT], 360);
	assert_int_equal(n[NEAR], 4);
	assert_int_equal(n[NAMESAKE_OTHER_KIND], 9);
	talloc_free(mem);
}

/* A holder is a body by the words of bodies, not by a family's name that is such a word. */
static void persons(void **state)
{
	(void)state;
	assert_false(name_is_body("Đoàn Bá Thước"));
	assert_false(name_is_body("VU VAN KHOAT"));
	assert_true(name_is_body("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Quảng Ngãi"));
	assert_true(name_is_body("VỤ TỔ CHỨC CÁN BỘ"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(pairs), cmocka_unit_test(fates), cmocka_unit_test(persons) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
