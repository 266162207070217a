/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * functions.c - the functions that rules may call. See functions.h.
 */
#include "functions.h"
#include "calendar.h"
#include "name.h"
#include "text.h"
#include "units.h"
#include <string.h>

static const char *arg(sqlite3_value *v)
{
	return (const char *)sqlite3_value_text(v);
}

static bool any_null(int n, sqlite3_value **v)
{
	for (int i = 0; i < n; i++)
		if (sqlite3_value_type(v[i]) == SQLITE_NULL)
			return true;
	return false;
}

static void result(sqlite3_context *c, void *mem, const char *text)
{
	sqlite3_result_text(c, text, -1, SQLITE_TRANSIENT);
	talloc_free(mem);
}

static void days_between(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t a, b;
	if (!any_null(n, v) && date_parse(arg(v[0]), &a) && date_parse(arg(v[1]), &b))
		sqlite3_result_int64(c, b - a);
}

static void add_days(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t a;
	void *mem = talloc_new(NULL);
	if (!any_null(n, v) && date_parse(arg(v[0]), &a))
		result(c, mem, date_text(mem, a + sqlite3_value_int64(v[1])));
	else
		talloc_free(mem);
}

static const struct calendar *calendar_of(sqlite3_context *c)
{
	const struct facts *f = sqlite3_user_data(c);
	return f->book->calendar;
}

static void add_workdays(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t a, days = any_null(n, v) ? 0 : sqlite3_value_int64(v[1]);
	if (any_null(n, v) || !date_parse(arg(v[0]), &a) || days < -5000 || days > 5000)
		return;
	void *mem = talloc_new(NULL);
	result(c, mem, date_text(mem, calendar_add(calendar_of(c), a, days)));
}

static void workdays_known(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t a;
	if (!any_null(n, v) && date_parse(arg(v[0]), &a))
		sqlite3_result_int(c, calendar_covers(calendar_of(c), a));
}

static void fold(sqlite3_context *c, int n, sqlite3_value **v)
{
	if (any_null(n, v))
		return;
	void *mem = talloc_new(NULL);
	result(c, mem, text_strong(mem, arg(v[0])));
}

static void weak(sqlite3_context *c, int n, sqlite3_value **v)
{
	if (any_null(n, v))
		return;
	void *mem = talloc_new(NULL);
	result(c, mem, text_weak(mem, arg(v[0])));
}

static void same_body(sqlite3_context *c, int n, sqlite3_value **v)
{
	static const char *const words[] = { "no", "yes", "ask" };
	if (any_null(n, v))
		return;
	const struct facts *f = sqlite3_user_data(c);
	const char *why;
	sqlite3_result_text(c, words[units_compare(f->registry, arg(v[0]), arg(v[1]), &why)], -1, SQLITE_STATIC);
}

static void same_person(sqlite3_context *c, int n, sqlite3_value **v)
{
	if (any_null(n, v))
		return;
	void *mem = talloc_new(NULL);
	struct keys a = name_keys(mem, arg(v[0])), b = name_keys(mem, arg(v[1]));
	sqlite3_result_int(c, strcmp(a.squash, b.squash) == 0);
	talloc_free(mem);
}

static void is_body(sqlite3_context *c, int n, sqlite3_value **v)
{
	if (!any_null(n, v))
		sqlite3_result_int(c, name_is_body(arg(v[0])));
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static void has_word(sqlite3_context *c, int n, sqlite3_value **v)
{
	if (any_null(n, v))
		return;
	void *mem = talloc_new(NULL);
	const char *text = text_strong(mem, arg(v[0])), *word = text_strong(mem, arg(v[1]));
	size_t len = strlen(word);
	bool has = false;
	for (const char *at = text; len > 0 && !has && (at = strstr(at, word)) != NULL; at++)
		has = (at == text || !is_letter(at[-1])) && !is_letter(at[len]);
	sqlite3_result_int(c, has);
	talloc_free(mem);
}

static void vn_date(sqlite3_context *c, int n, sqlite3_value **v)
{
	int64_t a;
	if (any_null(n, v) || !date_parse(arg(v[0]), &a))
		return;
	void *mem = talloc_new(NULL);
	const char *d = arg(v[0]);
	
	result(c, mem, format_text(mem, "%.2s/%s%c/%.4s", d + 8, d[5] == '1' ? "1" : d[6] <= '2' ? "0" : "", d[6], d));
}

static const struct function {
	const char *name;
	int args;
	void (*call)(sqlite3_context *, int, sqlite3_value **);
} ours[] = {
	{ "days_between", 2, days_between }, { "add_days", 2, add_days }, { "add_workdays", 2, add_workdays },
	{ "workdays_known", 1, workdays_known }, { "fold", 1, fold }, { "weak", 1, weak },
	{ "same_body", 2, same_body }, { "same_person", 2, same_person }, { "is_body", 1, is_body },
	{ "has_word", 2, has_word }, { "vn_date", 1, vn_date },
};

/* SQLite's own that look at nothing but their arguments. */
static const char *const theirs[] = { "count", "min", "max", "sum", "group_concat", "coalesce", "ifnull", "nullif",
	"iif", "length", "substr", "instr", "replace", "trim", "ltrim", "rtrim", "abs", "like", "glob", "row_number",
	"rank", "printf", "format", "lower", "upper" };

bool functions_allowed(const char *name)
{
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (strcmp(ours[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
		if (sqlite3_stricmp(theirs[i], name) == 0)
			return true;
	return false;
}

bool functions_add(struct facts *f)
{
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (sqlite3_create_function(f->db, ours[i].name, ours[i].args, SQLITE_UTF8 | SQLITE_DETERMINISTIC, f,
					    ours[i].call, NULL, NULL) != SQLITE_OK)
			return false;
	return true;
}
