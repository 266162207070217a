/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_form.c - every form of the law loads, and its columns are found by name and by what people write.
 */
#include "form.h"
#include "text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

static void *mem;
static struct forms forms;

static int load(void **state)
{
	(void)state;
	char *why = NULL;
	mem = talloc_new(NULL);
	if (forms_load(mem, ".", &forms, &why))
		return 0;
	print_error("%s\n", why);
	return 1;
}

static int drop(void **state)
{
	(void)state;
	talloc_free(mem);
	return 0;
}

static void both_regimes_are_whole(void **state)
{
	(void)state;
	assert_int_equal(forms.n, 9 + 15);
	for (int i = 0; i < forms.n; i++) {
		const struct form *f = forms.at[i];
		assert_true(f->columns.n > 0);
		assert_string_equal(f->columns.at[0].type, "row");
		if (f->replaced_by != NULL)
			assert_non_null(forms_find(&forms, f->replaced_by));
	}
}

static void has(const char *id, const char *names, const char *contact_end)
{
	const struct form *f = forms_find(&forms, id);
	struct buffer b = { .mem = mem };
	assert_non_null(f);
	assert_true(f->confirmed);
	for (int i = 1; i < f->columns.n; i++)
		buffer_format(&b, "%s%s", i > 1 ? " " : "", f->columns.at[i].name);
	assert_string_equal(b.text, names);
	assert_string_equal(f->contact.at[f->contact.n - 1].name, contact_end);
}

static void confirmed_forms_have_the_columns_of_the_law(void **state)
{
	(void)state;
	has("nd68-2024/mau-01", "holder_name birth_date identity email workplace province title phone old_serial sim_pki",
	    "contact_address");
	has("nd68-2024/mau-02", "org_name address tax_code budget_code province email", "contact_address");
	has("nd68-2024/mau-04", "holder_name serial email info_old info_new renew change", "contact_address");
	has("nd68-2024/mau-05", "holder_name identity tax_code budget_code email serial device_serial reason",
	    "contact_address");
	has("nd68-2024/mau-06", "device_serial holder_name workplace email", "contact_phone");
}

static void labels_are_found_as_people_write_them(void **state)
{
	(void)state;
	const struct form *f = forms_find(&forms, "nd68-2024/mau-05");
	assert_string_equal(form_column_labelled(f, "SỐ HIỆU  CTS")->name, "serial");
	assert_string_equal(form_column_labelled(f, "Số hiệu thiết bị lưu khoá bí mật")->name, "device_serial");
	assert_string_equal(form_column_labelled(f, "Địa chỉ thu hồi")->name, "contact_address");
	assert_null(form_column_labelled(f, "Ghi chú"));
	const struct form *two = forms_find(&forms, "nd68-2024/mau-06");
	assert_string_equal(form_column(two, "email")->group, "Thông tin thuê bao");
	assert_string_equal(form_column_labelled(two, "Thông tin thuê bao Tên CTS")->name, "holder_name");
}

static void a_broken_description_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"<form kind='request'><list label='x'><column name='a' label='A' width='50'/></list></form>",
		"<form kind='poem'/>", "<form", "<form kind='request'><list><column label='no name'/></list></form>",
		"<form kind='request'/>",
	};
	mkdir("build/form-test", 0777);
	mkdir("build/form-test/schemas", 0777);
	mkdir("build/form-test/schemas/forms", 0777);
	mkdir("build/form-test/schemas/forms/x-1", 0777);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		FILE *to = fopen("build/form-test/schemas/forms/x-1/mau-01.xml", "w");
		assert_non_null(to);
		fputs(bad[i], to);
		fclose(to);
		struct forms none = { 0 };
		char *why = NULL;
		assert_false(forms_load(mem, "build/form-test", &none, &why));
		assert_non_null(strstr(why, "mau-01.xml"));
	}
	char *why = NULL;
	struct forms none = { 0 };
	assert_false(forms_load(mem, "build/nowhere", &none, &why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_regimes_are_whole),
		cmocka_unit_test(confirmed_forms_have_the_columns_of_the_law),
		cmocka_unit_test(labels_are_found_as_people_write_them),
		cmocka_unit_test(a_broken_description_is_refused),
	};
	return cmocka_run_group_tests(tests, load, drop);
}
