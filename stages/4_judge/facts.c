/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * facts.c - the database that rules see. See facts.h.
 */
#include "facts.h"
#include "functions.h"
#include "text.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	STEPS_A_RULE = 50000000,               /* of SQLite's machine, for any rule */
	STEPS_A_ROW = 4000,                    /* and for each row of facts beyond */
	STEPS_BETWEEN = 100000,
	MAX_SQL = 1 << 16, MAX_COLUMNS = 200, MAX_DEPTH = 100, MAX_TERMS = 60,
};

static void drop_db(void *db) { sqlite3_close_v2(db); }
static void drop_statement(void *statement) { sqlite3_finalize(statement); }

static int watch(void *with)
{
	struct facts *f = with;
	f->steps += STEPS_BETWEEN;
	return f->closed && f->steps > f->steps_allowed;
}

/* Names of tables are checked where SQLite resolves them; these come without a schema of ours. */
static bool is_foreign_table(const char *name)
{
	return name != NULL && (strncmp(name, "sqlite_", 7) == 0 || strncmp(name, "json_", 5) == 0
		|| strncmp(name, "pragma_", 7) == 0 || strncmp(name, "fts", 3) == 0 || strcmp(name, "dbstat") == 0
		|| strcmp(name, "generate_series") == 0);
}

static int allow(void *with, int action, const char *a, const char *b, const char *c, const char *d)
{
	const struct facts *f = with;
	(void)c;
	(void)d;
	if (f->filling)                        /* SQLite compiles a statement again when doors close */
		return SQLITE_OK;
	if (action == SQLITE_SELECT || action == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (action == SQLITE_READ)
		return is_foreign_table(a) ? SQLITE_DENY : SQLITE_OK;
	if (action == SQLITE_FUNCTION)
		return functions_allowed(b) ? SQLITE_OK : SQLITE_DENY;
	return SQLITE_DENY;
}

bool facts_insert(struct facts *f, const char *sql, char **why)
{
	if (sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	*why = copy_text(f, sqlite3_errmsg(f->db));
	return false;
}

/* A table of the law goes in under its own name when facts.sql declares one; others are for people or C. */
static bool load_table(struct facts *f, const struct table *t, char **why)
{
	sqlite3_stmt *info;
	void *mem = talloc_new(f);
	char *sql = format_text(mem, "SELECT name FROM pragma_table_info('%s')", t->name);
	struct buffer into = { .mem = mem };
	int columns = 0;
	bool good = sqlite3_prepare_v2(f->db, sql, -1, &info, NULL) == SQLITE_OK;
	buffer_format(&into, "INSERT INTO \"%s\" VALUES (", t->name);
	while (good && sqlite3_step(info) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(info, 0);
		if (columns >= t->columns || strcmp(t->head[columns], name) != 0) {
			*why = format_text(f, "%s.tsv: its head is not that of schemas/facts.sql at '%s'", t->name, name);
			good = false;
		}
		buffer_text(&into, columns++ > 0 ? ",?" : "?");
	}
	sqlite3_finalize(info);
	buffer_text(&into, ")");
	sqlite3_stmt *insert = NULL;
	if (good && columns > 0)
		good = sqlite3_prepare_v2(f->db, into.text, -1, &insert, NULL) == SQLITE_OK;
	for (int i = 0; good && columns > 0 && i < t->n; i++) {
		for (int c = 0; c < columns; c++)
			if (t->rows[i][c][0] == 0)
				sqlite3_bind_null(insert, c + 1);
			else
				sqlite3_bind_text(insert, c + 1, t->rows[i][c], -1, SQLITE_STATIC);
		good = sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
		if (!good)
			*why = format_text(f, "%s.tsv: row %d: %s", t->name, i + 2, sqlite3_errmsg(f->db));
	}
	sqlite3_finalize(insert);
	talloc_free(mem);
	return good;
}

/* facts.sql is in two parts: tables, and what is made faster when they are full. */
static const char indexes[] = "-- Indexes:";

static const char *tables_of(const void *mem, const char *schema)
{
	const char *end = strstr(schema, indexes);
	return end != NULL ? copy_part(mem, schema, (size_t)(end - schema)) : schema;
}

struct facts *facts_open(const void *mem, const struct book *book, char **why)
{
	struct facts *f = new_zero(mem, struct facts);
	f->book = book;
	if (sqlite3_open_v2(":memory:", &f->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
			    | SQLITE_OPEN_MEMORY, NULL) != SQLITE_OK) {
		*why = copy_text(mem, "SQLite cannot open a database in memory");
		return NULL;
	}
	own(f, f->db, drop_db);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(f->db, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL);
	sqlite3_limit(f->db, SQLITE_LIMIT_COLUMN, MAX_COLUMNS);
	sqlite3_limit(f->db, SQLITE_LIMIT_EXPR_DEPTH, MAX_DEPTH);
	sqlite3_limit(f->db, SQLITE_LIMIT_COMPOUND_SELECT, MAX_TERMS);
	sqlite3_limit(f->db, SQLITE_LIMIT_ATTACHED, 0);
	if (!functions_add(f) || !facts_insert(f, "PRAGMA temp_store=MEMORY; PRAGMA journal_mode=OFF", why)
	    || !facts_insert(f, tables_of(f, book->schema), why) || !facts_insert(f, "BEGIN", why)) {
		*why = format_text((void *)(uintptr_t)mem, "schemas/facts.sql: %s", sqlite3_errmsg(f->db));
		return NULL;
	}
	for (int i = 0; i < book->tables.n; i++)
		if (!load_table(f, &book->tables.at[i], why))
			return NULL;
	return f;
}

void facts_close_doors(struct facts *f)
{
	char *why = NULL;
	const char *at = strstr(f->book->schema, indexes);
	if (!facts_insert(f, at != NULL ? at : "", &why) || !facts_insert(f, "COMMIT", &why))
		abort();                       /* tests/rules prove the schema */
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);     /* the views are ours */
	sqlite3_set_authorizer(f->db, allow, f);
	sqlite3_progress_handler(f->db, STEPS_BETWEEN, watch, f);
	f->steps_allowed = STEPS_A_RULE + STEPS_A_ROW * f->rows;
	f->closed = true;
}

struct filler {
	struct facts *facts;
	sqlite3_stmt *insert;
	char kinds[64];                        /* s i l r, a column each */
};

static char kind_of(const char *type)
{
	return strcmp(type, "TEXT") == 0 ? 's' : strcmp(type, "REAL") == 0 ? 'r' : strcmp(type, "INT") == 0 ? 'l' : 'i';
}

struct filler *filler_new(const void *mem, struct facts *f, const char *table)
{
	struct filler *w = new_zero(mem, struct filler);
	w->facts = f;
	struct buffer sql = { .mem = w };
	sqlite3_stmt *info;
	size_t n = 0;
	buffer_format(&sql, "SELECT type FROM pragma_table_info('%s')", table);
	if (sqlite3_prepare_v2(f->db, sql.text, -1, &info, NULL) != SQLITE_OK)
		abort();                       /* our own statement over our own schema */
	sql.len = 0;
	buffer_format(&sql, "INSERT INTO %s VALUES (", table);
	while (sqlite3_step(info) == SQLITE_ROW && n + 1 < sizeof w->kinds) {
		buffer_text(&sql, n > 0 ? ",?" : "?");
		w->kinds[n++] = kind_of((const char *)sqlite3_column_text(info, 0));
	}
	sqlite3_finalize(info);
	buffer_text(&sql, ")");
	if (sqlite3_prepare_v2(f->db, sql.text, -1, &w->insert, NULL) != SQLITE_OK)
		abort();
	own(w, w->insert, drop_statement);
	return w;
}

void filler_add(struct filler *w, ...)
{
	va_list v;
	va_start(v, w);
	for (int i = 0; w->kinds[i] != 0; i++) {
		if (w->kinds[i] == 's') {
			const char *text = va_arg(v, const char *);
			if (text == NULL || *text == 0)
				sqlite3_bind_null(w->insert, i + 1);
			else
				sqlite3_bind_text(w->insert, i + 1, text, -1, SQLITE_STATIC);
		} else if (w->kinds[i] == 'r')
			sqlite3_bind_double(w->insert, i + 1, va_arg(v, double));
		else if (w->kinds[i] == 'l')
			sqlite3_bind_int64(w->insert, i + 1, va_arg(v, int64_t));
		else {
			int number = va_arg(v, int);
			if (number < 0)
				sqlite3_bind_null(w->insert, i + 1);
			else
				sqlite3_bind_int(w->insert, i + 1, number);
		}
	}
	va_end(v);
	w->facts->filling = true;
	if (sqlite3_step(w->insert) != SQLITE_DONE)
		abort();                       /* our own values into our own schema */
	sqlite3_reset(w->insert);
	w->facts->filling = false;
	w->facts->rows++;
}

int facts_column(sqlite3_stmt *s, const char *name)
{
	for (int i = 0; i < sqlite3_column_count(s); i++)
		if (strcmp(sqlite3_column_name(s, i), name) == 0)
			return i;
	return -1;
}

const char *facts_text(sqlite3_stmt *s, const char *name)
{
	int i = facts_column(s, name);
	return i >= 0 ? (const char *)sqlite3_column_text(s, i) : NULL;
}

static sqlite3_stmt *prepare(struct facts *f, const struct rule *r, char **why)
{
	sqlite3_stmt *s = NULL;
	const char *tail = "";
	if (sqlite3_prepare_v2(f->db, r->sql, -1, &s, &tail) != SQLITE_OK) {
		*why = format_text(f, "%s: %s", r->path, sqlite3_errmsg(f->db));
		return NULL;
	}
	if (s == NULL || sqlite3_stmt_readonly(s) == 0) {
		*why = format_text(f, "%s: it is no SELECT", r->path);
		sqlite3_finalize(s);
		return NULL;
	}
	sqlite3_stmt *more = NULL;
	bool good = sqlite3_prepare_v2(f->db, tail, -1, &more, NULL) == SQLITE_OK && more == NULL;
	sqlite3_finalize(more);
	if (good)
		return s;
	*why = format_text(f, "%s: a second statement follows the first", r->path);
	sqlite3_finalize(s);
	return NULL;
}

bool facts_run(struct facts *f, const struct rule *r, bool (*row)(void *with, sqlite3_stmt *), void *with, char **why)
{
	void *mem = talloc_new(NULL);
	sqlite3_stmt *s = own(mem, prepare(f, r, why), drop_statement);
	int code = SQLITE_DONE;
	bool good = s != NULL;
	f->steps = 0;
	while (good && (code = sqlite3_step(s)) == SQLITE_ROW)
		good = row(with, s);
	if (good && code != SQLITE_DONE) {
		good = false;
		*why = format_text(f, "%s: %s", r->path, code == SQLITE_INTERRUPT ? "worked longer than it may"
				   : sqlite3_errmsg(f->db));
	}
	talloc_free(mem);
	return good;
}

/* Columns a rule must give, and those its texts name. */
static bool check_columns(const struct rule *r, sqlite3_stmt *s, char **why)
{
	static const char *const of_letter[] = { "letter", NULL }, *const of_decision[] = { "cert", "action", "reason", NULL };
	static const char *const of_inventory[] = { NULL };
	const char *const *must = r->decides ? of_decision : r->over_inventory ? of_inventory : of_letter;
	for (; *must != NULL; must++)
		if (facts_column(s, *must) < 0) {
			*why = format_text(NULL, "%s: it must select a column '%s'", r->path, *must);
			return false;
		}
	for (const char *at = r->vi, *other = r->en; at != NULL; at = other, other = NULL)
		for (const char *open = at; (open = strchr(open, '{')) != NULL; open++) {
			char name[64] = "";
			size_t n = strcspn(open + 1, "}");
			memcpy(name, open + 1, n < sizeof name ? n : 0);
			if (facts_column(s, name) < 0) {
				*why = format_text(NULL, "%s: its text names a column {%s} that it does not select",
						   r->path, name);
				return false;
			}
		}
	return true;
}

bool facts_check(const struct book *book, char **why)
{
	struct facts *f = facts_open(NULL, book, why);
	if (f == NULL)
		return false;
	facts_close_doors(f);
	bool good = true;
	for (int i = 0; good && i < book->rules.n; i++) {
		sqlite3_stmt *s = prepare(f, &book->rules.at[i], why);
		good = s != NULL && check_columns(&book->rules.at[i], s, why);
		sqlite3_finalize(s);
	}
	if (!good)
		*why = copy_text(book, *why);
	talloc_free(f);
	return good;
}
