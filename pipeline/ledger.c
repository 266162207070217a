/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ledger.c - the database. See ledger.h.
 *
 * Statements are prepared once and kept by their text's address: every caller writes its SQL as a literal. The
 * handle must not cross a fork, so nurseries are made before the ledger is opened (worker.h).
 */
#include "ledger.h"
#include "command.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { APPLICATION_ID = 1131376231, USER_VERSION = 6, BUSY_MS = 10000, STATEMENTS = 128 };

struct row { sqlite3_stmt *s; struct ledger *of; bool in_use; };

struct ledger {
	sqlite3 *db;
	struct { const char *sql; struct row row; } kept[STATEMENTS];
	int kept_n;
	bool failed, open_transaction;
	int code;
	char why[1024];
};

static bool fail(struct ledger *l, const char *doing)
{
	if (l->failed)
		return false;
	int error = sqlite3_extended_errcode(l->db), kind = error & 0xff;
	l->failed = true;
	l->code = kind == SQLITE_FULL || kind == SQLITE_BUSY || kind == SQLITE_LOCKED ? EXIT_TRY_LATER
		: kind == SQLITE_IOERR ? EXIT_IO
		: kind == SQLITE_READONLY || kind == SQLITE_PERM || kind == SQLITE_AUTH ? EXIT_NO_PERMISSION
		: kind == SQLITE_CANTOPEN ? EXIT_CANNOT_WRITE
		: kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT ? EXIT_IO : EXIT_BUG;
	/* A full disk shows as an I/O error where the shared memory file cannot grow. */
	if (kind == SQLITE_IOERR && (error == SQLITE_IOERR_SHMSIZE || sqlite3_system_errno(l->db) == ENOSPC
				     || sqlite3_system_errno(l->db) == EDQUOT))
		l->code = EXIT_TRY_LATER;
	/* ... and as a read-only database where it cannot be made; the file itself may be written. */
	const char *file = sqlite3_db_filename(l->db, "main");
	if (kind == SQLITE_READONLY && file != NULL && access(file, W_OK) == 0)
		l->code = EXIT_TRY_LATER;
	const char *says = sqlite3_errmsg(l->db);
	if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
		snprintf(l->why, sizeof l->why, said("ledger: another program has held it for %d seconds; try later"), BUSY_MS / 1000);
	else if (kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT)
		snprintf(l->why, sizeof l->why, said("ledger: it is damaged (%s). Put the folder aside, 'congvan restore' a backup into "
			 "an empty one, drop what stands in done/ since that day into the inbox again, and run"), says);
	else if (kind == SQLITE_FULL)
		snprintf(l->why, sizeof l->why, "%s", said("ledger: the disk is full; make room and run again"));
	else
		snprintf(l->why, sizeof l->why, said("ledger: %.100s: %.300s"), doing, says);
	return false;
}

bool ledger_failed(const struct ledger *l, int *code, const char **why)
{
	if (l->failed) {
		*code = l->code;
		*why = l->why;
	}
	return l->failed;
}

/* statements ----------------------------------------------------------------------------------------- */

static struct row *prepared(struct ledger *l, const char *sql)
{
	for (int i = 0; i < l->kept_n; i++)
		if (l->kept[i].sql == sql && !l->kept[i].row.in_use)
			return &l->kept[i].row;
	if (l->kept_n == STATEMENTS)
		return NULL;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
		fail(l, sql);
		return NULL;
	}
	l->kept[l->kept_n].sql = sql;
	l->kept[l->kept_n].row = (struct row){ .s = s, .of = l };
	return &l->kept[l->kept_n++].row;
}

static void bind(sqlite3_stmt *s, const char *types, va_list values)
{
	if (sqlite3_bind_parameter_count(s) > (int)strlen(types))
		abort();                       /* our bug: a value is missing */
	for (int i = 1; *types != 0; i++, types++) {
		if (*types == 't')
			sqlite3_bind_text(s, i, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
		else if (*types == 'i')
			sqlite3_bind_int64(s, i, va_arg(values, int64_t));
		else if (*types == 'r')
			sqlite3_bind_double(s, i, va_arg(values, double));
		else {
			const struct bytes *b = va_arg(values, const struct bytes *);
			sqlite3_bind_blob64(s, i, b->len > 0 ? (const void *)b->at : "", b->len, SQLITE_TRANSIENT);
		}
	}
}

bool ledger_put(struct ledger *l, const char *sql, const char *types, ...)
{
	if (l->failed)
		return false;
	struct row *r = prepared(l, sql);
	if (r == NULL)
		return fail(l, sql);
	va_list values;
	va_start(values, types);
	bind(r->s, types, values);
	va_end(values);
	int end = sqlite3_step(r->s);
	bool good = end == SQLITE_DONE || end == SQLITE_ROW;
	if (!good)
		fail(l, sql);
	sqlite3_reset(r->s);
	return good;
}

int64_t ledger_last_id(const struct ledger *l) { return sqlite3_last_insert_rowid(l->db); }

bool ledger_begin(struct ledger *l)
{
	if (l->open_transaction)
		return !l->failed;
	l->failed = false;
	l->open_transaction = ledger_put(l, "BEGIN IMMEDIATE", "");
	return l->open_transaction;
}

bool ledger_commit(struct ledger *l)
{
	bool good = !l->failed && ledger_put(l, "COMMIT", "");
	if (!good && sqlite3_get_autocommit(l->db) == 0)
		sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
	l->open_transaction = false;
	return good;
}

static struct row *ask(struct ledger *l, const char *sql, const char *types, va_list values)
{
	struct row *r = prepared(l, sql);
	if (r == NULL)
		return NULL;
	r->in_use = true;
	bind(r->s, types, values);
	return r;
}

struct row *ledger_ask(struct ledger *l, const char *sql, const char *types, ...)
{
	va_list values;
	va_start(values, types);
	struct row *r = ask(l, sql, types, values);
	va_end(values);
	return r;
}

bool row_next(struct row *r)
{
	if (r == NULL)
		return false;
	int step = sqlite3_step(r->s);
	if (step == SQLITE_ROW)
		return true;
	if (step != SQLITE_DONE)
		fail(r->of, sqlite3_sql(r->s));
	row_stop(r);
	return false;
}

void row_stop(struct row *r)
{
	if (r == NULL)
		return;
	sqlite3_reset(r->s);
	r->in_use = false;
}

const char *row_text(const struct row *r, int column)
{
	return (const char *)sqlite3_column_text(r->s, column);
}

struct bytes row_bytes(const struct row *r, int column)
{
	const void *at = sqlite3_column_blob(r->s, column);
	return (struct bytes){ at, (size_t)sqlite3_column_bytes(r->s, column) };
}

int64_t row_int(const struct row *r, int column) { return sqlite3_column_int64(r->s, column); }
double row_real(const struct row *r, int column) { return sqlite3_column_double(r->s, column); }

int64_t ledger_count(struct ledger *l, const char *sql, const char *types, ...)
{
	va_list values;
	va_start(values, types);
	struct row *r = ask(l, sql, types, values);
	va_end(values);
	int64_t n = 0;
	if (row_next(r)) {
		n = row_int(r, 0);
		row_stop(r);
	}
	return n;
}

/* opening -------------------------------------------------------------------------------------------- */

static int ledger_end(struct ledger *l)
{
	for (int i = 0; i < l->kept_n; i++)
		sqlite3_finalize(l->kept[i].row.s);
	sqlite3_close(l->db);
	return 0;
}

static char *read_schema(const void *mem, const char *data)
{
	char path[PATH_MAX], chunk[4096];
	snprintf(path, sizeof path, "%s/schemas/ledger.sql", data);
	FILE *f = fopen(path, "re");
	if (f == NULL)
		return NULL;
	struct buffer b = { .mem = mem };
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buffer_add(&b, chunk, n);
	fclose(f);
	return b.text;
}

/* WAL needs memory shared between processes, which a network share does not give. */
static bool on_network(const char *state)
{
	static const unsigned kinds[] = { 0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x01021997, 0x5346414F };
	struct statfs fs;
	for (size_t i = 0; statfs(state, &fs) == 0 && i < sizeof kinds / sizeof *kinds; i++)
		if ((unsigned)fs.f_type == kinds[i])
			return true;
	return false;
}

/* What the next version has more: from 1 to 2, from 2 to 3 ... Each is one transaction; nothing is lost. */
static const char *const raises[USER_VERSION - 1] = {
	"BEGIN IMMEDIATE;"
	"ALTER TABLE batch ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE batch_known (batch INTEGER NOT NULL REFERENCES batch, letter INTEGER NOT NULL REFERENCES letter, "
	"PRIMARY KEY (batch, letter)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE package_line (package INTEGER NOT NULL REFERENCES package, serial TEXT NOT NULL, "
	"PRIMARY KEY (package, serial)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX answer_decision ON answer (decision);"
	"CREATE INDEX finding_of_batch ON finding (vi) WHERE letter IS NULL;"
	"PRAGMA user_version = 2; COMMIT;",
	/* Lines get a number and what they ask. Of those there are, the path of the package tells the form. */
	"BEGIN IMMEDIATE;"
	"ALTER TABLE package_line RENAME TO package_line_2;"
	"CREATE TABLE package_line (id INTEGER PRIMARY KEY, package INTEGER NOT NULL REFERENCES package, number INTEGER NOT NULL, "
	"serial TEXT, form TEXT NOT NULL, asks TEXT NOT NULL, holder TEXT, email TEXT, device TEXT, becomes TEXT, deadline TEXT, "
	"UNIQUE (package, number)) STRICT;"
	"INSERT INTO package_line (package, number, serial, form, asks) SELECT l.package, "
	"row_number() OVER (PARTITION BY l.package ORDER BY l.serial), l.serial, "
	"CASE WHEN instr(p.path, '/tt185-2019-mau-') > 0 THEN 'tt185-2019/' ELSE 'nd68-2024/' END || "
	"substr(p.path, instr(p.path, '-mau-') + 1, 6), CASE substr(p.path, instr(p.path, '-mau-') + 5, 2) "
	"WHEN '05' THEN 'revoke' WHEN '06' THEN 'recover' WHEN '04' THEN 'unknown' ELSE 'issue' END "
	"FROM package_line_2 l JOIN package p ON p.id = l.package;"
	"DROP TABLE package_line_2;"
	"CREATE INDEX package_line_serial ON package_line (serial);"
	"CREATE TABLE line_event (id INTEGER PRIMARY KEY, line INTEGER NOT NULL REFERENCES package_line, "
	"status TEXT NOT NULL CHECK (status IN ('done', 'wrong')), happened TEXT NOT NULL, source TEXT REFERENCES object, "
	"serial TEXT, vi TEXT NOT NULL, en TEXT NOT NULL) STRICT;"
	"CREATE INDEX line_event_line ON line_event (line);"
	"CREATE TABLE certificate (sha256 TEXT PRIMARY KEY, serial TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL, "
	"issuer TEXT NOT NULL, not_before TEXT NOT NULL, not_after TEXT NOT NULL, source TEXT NOT NULL REFERENCES object) "
	"STRICT, WITHOUT ROWID;"
	"CREATE INDEX certificate_serial ON certificate (serial);"
	"PRAGMA user_version = 3; COMMIT;",

	"BEGIN IMMEDIATE;"
	"ALTER TABLE batch ADD COLUMN options TEXT;"
	"CREATE TABLE mention (serial TEXT NOT NULL, form TEXT NOT NULL, letter INTEGER NOT NULL REFERENCES letter, "
	"PRIMARY KEY (serial, form, letter)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX mention_letter ON mention (letter);"
	"CREATE TEMP TABLE line AS SELECT l.id AS letter, f.value AS fact FROM letter l, "
	"json_each('[' || replace(rtrim(l.record, char(10)), char(10), ',') || ']') f WHERE l.record IS NOT NULL;"
	"INSERT OR IGNORE INTO mention SELECT upper(ltrim(replace(replace(json_extract(c.value, '$.read.value'), ' ', ''), ':', ''), '0')), "
	"json_extract(fact, '$.form'), letter FROM line, json_each(fact, '$.cells') c "
	"WHERE json_extract(fact, '$.fact') = 'request' AND json_extract(c.value, '$.name') = 'serial';"
	"INSERT OR IGNORE INTO mention SELECT '', 'assignment-list', letter FROM line "
	"WHERE json_extract(fact, '$.fact') = 'request' AND json_extract(fact, '$.form') = 'assignment-list';"
	"INSERT OR IGNORE INTO mention SELECT upper(ltrim(json_extract(fact, '$.signer.serial'), '0')), 'signature', letter FROM line "
	"WHERE json_extract(fact, '$.fact') = 'signature' AND json_extract(fact, '$.signer.serial') IS NOT NULL;"
	"DROP TABLE line;"
	"PRAGMA user_version = 4; COMMIT;",
	"BEGIN IMMEDIATE; ALTER TABLE package_line ADD COLUMN agency TEXT; PRAGMA user_version = 5; COMMIT;",
	"BEGIN IMMEDIATE;"
	"CREATE TABLE companion (letter INTEGER NOT NULL REFERENCES letter, signature INTEGER NOT NULL REFERENCES letter, "
	"PRIMARY KEY (letter, signature)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE wish (sha256 TEXT NOT NULL, letter INTEGER NOT NULL REFERENCES letter, PRIMARY KEY (sha256, letter)) "
	"STRICT, WITHOUT ROWID;"
	"PRAGMA user_version = 6; COMMIT;",
};

/* As it is, beside it, before a newer version touches it: ledger.db.version-4. */
static bool keep_a_copy(struct ledger *l, int64_t version)
{
	char *path = format_text(l, "%s.version-%lld", sqlite3_db_filename(l->db, "main"), (long long)version);
	bool good = ledger_copy_to(l, path);
	talloc_free(path);
	return good;
}

/* serial_key(TEXT): text_serial() in SQL. */
static void sql_serial_key(sqlite3_context *c, int n, sqlite3_value **values)
{
	(void)n;
	const char *text = (const char *)sqlite3_value_text(values[0]);
	char *key = text_serial(NULL, text);
	sqlite3_result_text(c, key, -1, SQLITE_TRANSIENT);     /* NULL gives NULL */
	talloc_free(key);
}

static bool set_up(struct ledger *l, const char *data, enum ledger_use use)
{
	static const char pragmas[] = "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;";
	sqlite3_busy_timeout(l->db, BUSY_MS);
	if (sqlite3_create_function(l->db, "serial_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
				    sql_serial_key, NULL, NULL) != SQLITE_OK)
		return fail(l, "serial_key");
	if (sqlite3_exec(l->db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
		return fail(l, "opening");
	if (use != LEDGER_READ
	    && sqlite3_exec(l->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
			    "PRAGMA journal_size_limit = 0", NULL, NULL, NULL) != SQLITE_OK)
		return fail(l, "write-ahead log");
	/* Its log stays beside it when nobody has it open: who may only read the folder cannot make one, and a database with
	 * a log cannot be read without. */
	int stays = 1;
	if (use != LEDGER_READ)
		sqlite3_file_control(l->db, "main", SQLITE_FCNTL_PERSIST_WAL, &stays);
	int64_t application = ledger_count(l, "PRAGMA application_id", "");
	int64_t version = ledger_count(l, "PRAGMA user_version", "");
	if (l->failed)
		return false;
	if (application == 0 && version == 0 && use == LEDGER_MAKE
	    && ledger_count(l, "SELECT count(*) FROM sqlite_schema", "") == 0) {
		char *schema = read_schema(l, data);
		if (schema == NULL) {
			l->failed = true;
			l->code = EXIT_MISSING;
			snprintf(l->why, sizeof l->why, said("%s/schemas/ledger.sql cannot be read"), data);
			return false;
		}
		/* One transaction: a ledger is there as a whole or not at all. */
		char *all = format_text(l, "BEGIN IMMEDIATE;\n%s\nCOMMIT;", schema);
		return sqlite3_exec(l->db, all, NULL, NULL, NULL) == SQLITE_OK || fail(l, "making it");
	}
	if (application == APPLICATION_ID && version >= 1 && version < USER_VERSION && use != LEDGER_READ
	    && !keep_a_copy(l, version))
		return fail(l, "keeping a copy before raising it");
	for (; application == APPLICATION_ID && version >= 1 && version < USER_VERSION && use != LEDGER_READ; version++)
		if (sqlite3_exec(l->db, raises[version - 1], NULL, NULL, NULL) != SQLITE_OK)
			return fail(l, "raising it to a newer version");
	if (application == APPLICATION_ID && version == USER_VERSION)
		return true;
	l->failed = true;
	l->code = EXIT_CONFIG;
	snprintf(l->why, sizeof l->why, application != APPLICATION_ID ? said("ledger.db is not a ledger of congvan")
		 : version < USER_VERSION ? said("ledger.db has version %d, this program wants %d; 'congvan run' raises it")
		 : said("ledger.db has version %d, this program knows %d; a newer congvan wrote it: install that one"), (int)version,
		 USER_VERSION);
	return false;
}

struct ledger *ledger_open(const void *mem, const char *state, const char *data, enum ledger_use use, int *code,
			   char **why)
{
	struct ledger *l = new_zero(mem, struct ledger);
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/ledger.db", state);
	*code = EXIT_NO_INPUT;
	if (use != LEDGER_MAKE && access(path, F_OK) != 0) {
		*why = format_text(mem, said("%s: no ledger here; --state names its folder, 'congvan run' makes it"), path);
		return NULL;
	}
	*code = EXIT_CONFIG;
	if (on_network(state)) {
		*why = format_text(mem, said("%s is on a network share; the ledger needs a local disk"), state);
		return NULL;
	}
	int flags = use == LEDGER_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	talloc_set_destructor(l, ledger_end);
	if (sqlite3_open_v2(path, &l->db, flags | (use == LEDGER_MAKE ? SQLITE_OPEN_CREATE : 0), NULL) != SQLITE_OK)
		fail(l, path);
	if (l->failed || !set_up(l, data, use)) {
		*code = l->code;
		*why = copy_text(mem, l->why);
		talloc_free(l);
		return NULL;
	}
	return l;
}

/* care ----------------------------------------------------------------------------------------------- */

char *ledger_integrity(struct ledger *l, const void *mem)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, "");
	for (struct row *r = ledger_ask(l, "PRAGMA integrity_check", ""); row_next(r);)
		if (strcmp(row_text(r, 0), "ok") != 0)
			buffer_format(&b, "%s\n", row_text(r, 0));
	for (struct row *r = ledger_ask(l, "PRAGMA foreign_key_check", ""); row_next(r);)
		buffer_format(&b, "%s: row %lld refers to nothing in %s\n", row_text(r, 0), (long long)row_int(r, 1),
			      row_text(r, 2));
	if (l->failed)
		buffer_format(&b, "%s\n", l->why);
	return b.text;
}

bool ledger_copy_to(struct ledger *l, const char *path)
{
	sqlite3 *to = NULL;
	bool good = sqlite3_open(path, &to) == SQLITE_OK;
	sqlite3_backup *b = good ? sqlite3_backup_init(to, "main", l->db, "main") : NULL;
	good = b != NULL && sqlite3_backup_step(b, -1) == SQLITE_DONE;
	if (b != NULL)
		good = sqlite3_backup_finish(b) == SQLITE_OK && good;
	/* A copy that opens without a log beside it. */
	good = good && sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK;
	int error = to != NULL ? sqlite3_errcode(to) : SQLITE_NOMEM, system = to != NULL ? sqlite3_system_errno(to) : 0;
	sqlite3_close(to);
	errno = error == SQLITE_FULL ? ENOSPC : error == SQLITE_BUSY ? EAGAIN : system != 0 ? system : EIO;
	return good;
}
