/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test_schema.c - schemas/record.schema.json says what record.c does: the same facts, members, types, and which
 * may be left out. Both are brought to one list of lines and compared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "record.h"
#include "text.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *type_of(const json_t *property)
{
	const char *ref = json_string_value(json_object_get(property, "$ref"));
	const json_t *type = json_object_get(property, "type");
	if (ref != NULL && strcmp(ref, "#/$defs/box") == 0)
		return "box";
	if (ref != NULL && strcmp(ref, "#/$defs/strings") == 0)
		return "strings";
	if (ref != NULL && strcmp(ref, "#/$defs/base64") == 0)
		return "base64";
	if (json_object_get(property, "enum") != NULL)
		return "string";
	if (json_is_string(type))
		return json_string_value(type);
	static char both[64];
	snprintf(both, sizeof both, "%s|%s", json_string_value(json_array_get(type, 0)),
		 json_string_value(json_array_get(type, 1)));
	return both;
}

static bool is_required(const json_t *object, const char *name)
{
	const json_t *required = json_object_get(object, "required");
	for (size_t i = 0; i < json_array_size(required); i++)
		if (strcmp(json_string_value(json_array_get(required, i)), name) == 0)
			return true;
	return false;
}

static void list(const json_t *schema, const char *fact, const json_t *object, struct texts *lines)
{
	const char *name;
	const json_t *property;
	assert_true(json_is_false(json_object_get(object, "additionalProperties")));
	json_object_foreach(json_object_get(object, "properties"), name, property) {
		if (strcmp(name, "fact") == 0)
			continue;
		const char *type = type_of(property), *ref = json_string_value(json_object_get(property, "$ref"));
		const json_t *inner = NULL;
		if (ref != NULL && strncmp(ref, "#/$defs/", 8) == 0 && strcmp(type, "box") != 0
		    && strcmp(type, "strings") != 0 && strcmp(type, "base64") != 0)
			inner = json_object_get(json_object_get(schema, "$defs"), ref + 8);
		if (inner != NULL)
			type = "object";
		if (strcmp(type, "array") == 0) {
			ref = json_string_value(json_object_get(json_object_get(property, "items"), "$ref"));
			inner = json_object_get(json_object_get(schema, "$defs"), ref + 8);
		}
		texts_add(NULL, lines, format_text(NULL, "%s\t%s\t%s\t%s", fact, name, type,
						   is_required(object, name) ? "required" : "optional"));
		if (inner != NULL)
			list(schema, format_text(NULL, "%s.%s", fact, name), inner, lines);
	}
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void test_same(void **state)
{
	json_error_t error;
	struct texts said = { 0 }, done = { 0 };
	(void)state;
	json_t *schema = json_load_file("schemas/record.schema.json", 0, &error);
	if (schema == NULL)
		fail_msg("line %d: %s", error.line, error.text);
	const json_t *one = json_object_get(schema, "oneOf");
	for (size_t i = 0; i < json_array_size(one); i++) {
		const char *name = json_string_value(json_object_get(json_array_get(one, i), "$ref")) + strlen("#/$defs/");
		const json_t *object = json_object_get(json_object_get(schema, "$defs"), name);
		const char *constant = json_string_value(json_object_get(json_object_get(json_object_get(object, "properties"),
											  "fact"), "const"));
		assert_string_equal(constant, strncmp(name, "fact_", 5) == 0 ? name + 5 : name);
		list(schema, constant, object, &said);
	}
	char *members = record_members(NULL), *save = NULL;
	for (char *line = strtok_r(members, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
		texts_add(NULL, &done, line);
	qsort(said.at, (size_t)said.n, sizeof *said.at, by_text);
	qsort(done.at, (size_t)done.n, sizeof *done.at, by_text);
	for (int i = 0; i < said.n && i < done.n; i++)
		if (strcmp(said.at[i], done.at[i]) != 0)
			fail_msg("schemas/record.schema.json says '%s', record.c does '%s': add the property there too",
				 said.at[i], done.at[i]);
	assert_int_equal(said.n, done.n);
	assert_true(said.n > 100);
	json_decref(schema);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_same) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
