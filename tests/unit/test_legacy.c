/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_legacy.c - TCVN3 and VNI to Unicode, run by run.
 */
#include "legacy.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void fonts(void **state)
{
	(void)state;
	assert_int_equal(legacy_of_font("ABCDEF+.VnTime"), LEGACY_TCVN3);
	assert_int_equal(legacy_of_font(".VnTimeH"), LEGACY_TCVN3_CAPITALS);
	assert_int_equal(legacy_of_font("MNHAGI+.VnTimeH-Bold"), LEGACY_TCVN3_CAPITALS);
	assert_int_equal(legacy_of_font(".VnArial,Bold"), LEGACY_TCVN3);
	assert_int_equal(legacy_of_font("VNI-Times"), LEGACY_VNI);
	assert_int_equal(legacy_of_font("TimesNewRoman"), LEGACY_NONE);
	assert_int_equal(legacy_of_font(NULL), LEGACY_NONE);
}

static void tcvn3(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam"),
			    "Cộng hoà xã hội chủ nghĩa Việt Nam");
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3, "§éc lËp - Tù do - H¹nh phóc"), "Độc lập - Tự do - Hạnh phúc");
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3, "\xC2\xADu ®iÓm"), "ưu điểm");           /* ư is the soft hyphen */
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3_CAPITALS, "quyÕt ®Þnh"), "QUYẾT ĐỊNH");
	talloc_free(mem);
}

/* Byte AD comes through WinAnsi as a hyphen: a letter where that makes a syllable. */
static void horns(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3, "Nh-"), "Như");
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3, "ph-\xC3\xAD""c-L-u:"), "phước-Lưu:");
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3_CAPITALS, "tr-\xC3\xAB""ng"), "TRƯỞNG");
	assert_null(legacy_text(mem, LEGACY_TCVN3, "UBND-KGVX"));
	assert_null(legacy_text(mem, LEGACY_TCVN3, "2021-2025"));
	assert_null(legacy_text(mem, LEGACY_TCVN3, "-"));
	assert_string_equal(legacy_text(mem, LEGACY_TCVN3, "Q\xC2\xA7-UBND"), "QĐ-UBND");
	talloc_free(mem);
}

static void vni(void **state)
{
	(void)state;
	void *mem = talloc_new(NULL);
	assert_string_equal(legacy_text(mem, LEGACY_VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
			    "Cộng hòa xã hội chủ nghĩa Việt Nam");
	assert_string_equal(legacy_text(mem, LEGACY_VNI, "QUYEÁT ÑÒNH"), "QUYẾT ĐỊNH");
	assert_string_equal(legacy_text(mem, LEGACY_VNI, "ñöôïc"), "được");
	talloc_free(mem);
}

static void unicode_is_left_alone(void **state)
{
	(void)state;
	assert_null(legacy_text(NULL, LEGACY_TCVN3, "Ủy ban nhân dân tỉnh"));
	assert_null(legacy_text(NULL, LEGACY_TCVN3, "UBND"));
	assert_null(legacy_text(NULL, LEGACY_NONE, "Céng"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(fonts), cmocka_unit_test(tcvn3), cmocka_unit_test(horns), cmocka_unit_test(vni),
		cmocka_unit_test(unicode_is_left_alone) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
