/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_show.c - show, list, search, report: what is known, from the ledger. Reads only.
 */
#include "find.h"
#include "record.h"
#include "report_json.h"
#include "report_run.h"
#include "report_text.h"
#include "say.h"
#include "store.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_show(struct options *);
int cmd_list(struct options *);
int cmd_search(struct options *);
int cmd_report(struct options *);
int cmd_extract(struct options *);

static struct ledger *open_ledger(const struct options *o, int *code)
{
	char *why = NULL;
	struct ledger *l = ledger_open(NULL, o->state, o->settings.data, LEDGER_READ, code, &why);
	if (l == NULL)
		say("%s", why);
	return l;
}

/* show ----------------------------------------------------------------------------------------------- */

static void show_arrivals(struct ledger *l, int64_t id, bool vi)
{
	for (struct row *r = ledger_ask(l, "SELECT name, received, done FROM arrival WHERE letter = ? ORDER BY id", "i", id);
	     row_next(r);) {
		struct bytes name = row_bytes(r, 0), done = row_bytes(r, 2);
		char *shown = text_nfc_part(NULL, (const char *)name.at, name.len);
		char *where = text_nfc_part(NULL, (const char *)done.at, done.len);
		printf(vi ? "  đến lúc %s: " : "  came at %s: ", row_text(r, 1));
		report_text_clean(shown, stdout);
		fputs(" → ", stdout);
		report_text_clean(where, stdout);
		putchar('\n');
		talloc_free(shown);
		talloc_free(where);
	}
	for (struct row *r = ledger_ask(l, "SELECT run, stage, version, outcome, ms, walls FROM attempt WHERE letter = ? ORDER BY id",
					"i", id); row_next(r);)
		printf(vi ? "  phiên %lld: %s bản %lld %s %.0f ms (%s)\n" : "  run %lld: %s version %lld %s %.0f ms (%s)\n",
		       (long long)row_int(r, 0), row_text(r, 1), (long long)row_int(r, 2), row_text(r, 3), row_real(r, 4),
		       row_text(r, 5));
}

/* A letter and its detached signature, each told of the other. */
static void show_companions(struct ledger *l, int64_t id, bool vi)
{
	for (struct row *r = ledger_ask(l, "SELECT c.signature = ?1, (SELECT name FROM arrival WHERE letter = "
		"CASE WHEN c.signature = ?1 THEN c.letter ELSE c.signature END ORDER BY id LIMIT 1) FROM companion c "
		"WHERE ?1 IN (c.letter, c.signature) ORDER BY c.letter, c.signature", "i", id); row_next(r);) {
		struct bytes name = row_bytes(r, 1);
		char *called = text_line(NULL, text_nfc_part(l, (const char *)name.at, name.len));
		printf(row_int(r, 0) != 0 ? (vi ? "  là chữ ký rời của %s\n" : "  is the detached signature of %s\n")
		       : (vi ? "  đọc cùng chữ ký rời %s\n" : "  read with its detached signature %s\n"), called);
		talloc_free(called);
	}
}

static int show_one(struct options *o, struct ledger *l, const char *word)
{
	int64_t id = find_letter(l, word);
	if (id <= 0) {
		say("%s: %s", word, id < 0 ? said("several letters begin so") : said("no such letter in the ledger"));
		return EXIT_NO_INPUT;
	}
	struct row *r = ledger_ask(l, "SELECT record, state, sha256 FROM letter WHERE id = ?", "i", id);
	if (!row_next(r))
		return EXIT_IO;
	const char *record = row_text(r, 0);
	struct letter *letter = letter_new(NULL, &o->settings, "-");
	char *why = NULL;
	int code = EXIT_DONE;
	if (o->format == FORMAT_JSON)
		fputs(record != NULL ? record : "", stdout);
	else if (record != NULL && !record_read(letter, record, strlen(record), &why)) {
		say("%s: %s", word, why);
		code = EXIT_IO;
	} else {
		if (letter->sha256 != NULL)
			report_text_check(letter, letter->name, o->lang, o->with_text, stdout);
		printf("  sha256 %s, %s\n", row_text(r, 2), row_text(r, 1));
		show_companions(l, id, o->lang == LANG_VI);
		show_arrivals(l, id, o->lang == LANG_VI);
	}
	row_stop(r);
	talloc_free(letter);
	return code;
}

/* The pages with their boxes: the letter is read anew, from the store, as `extract` reads it. */
static int show_pages(struct options *o, struct ledger *l)
{
	struct options as = *o;
	int code = EXIT_DONE;
	struct store *store = store_open(l, o->state);
	as.words = new_array(l, char *, (size_t)o->words_n + 1);
	as.called = new_array(l, char *, (size_t)o->words_n + 1);
	as.words_n = 0;
	if (store == NULL) {
		say("%s: %s", o->state, say_error(errno));
		return EXIT_IO;
	}
	for (int i = 0; i < o->words_n; i++) {
		int64_t id = find_letter(l, o->words[i]);
		struct row *r = id > 0 ? ledger_ask(l, "SELECT letter.sha256, arrival.name FROM letter JOIN arrival "
						    "ON arrival.letter = letter.id WHERE letter.id = ? ORDER BY arrival.id",
						    "i", id) : NULL;
		if (r == NULL || !row_next(r)) {
			say("%s: %s", o->words[i], id < 0 ? said("several letters begin so") : said("no such letter in the ledger"));
			code = EXIT_NO_INPUT;
			continue;
		}
		struct bytes name = row_bytes(r, 1);
		as.called[as.words_n] = text_nfc_part(l, (const char *)name.at, name.len);
		as.words[as.words_n++] = store_path(store, l, row_text(r, 0));
		row_stop(r);
	}
	if (as.words_n == 0)
		return code;
	int read = cmd_extract(&as);
	return code != EXIT_DONE ? code : read == EXIT_PERSON ? EXIT_DONE : read;
}

int cmd_show(struct options *o)
{
	int code;
	if (o->words_n == 0) {
		say("show wants a file, its name, its number and symbol, or the first characters of its hash");
		return EXIT_USE;
	}
	struct ledger *l = open_ledger(o, &code);
	if (l == NULL)
		return code;
	if (o->format == FORMAT_HTML) {
		code = show_pages(o, l);
		talloc_free(l);
		return code;
	}
	code = EXIT_DONE;
	for (int i = 0; i < o->words_n; i++) {
		int one = show_one(o, l, o->words[i]);
		code = one != EXIT_DONE ? one : code;
	}
	talloc_free(l);
	return code;
}

/* list and search ------------------------------------------------------------------------------------ */

static void csv_field(const char *text)
{
	bool quote = text != NULL && strpbrk(text, ",\"\r\n") != NULL;
	bool formula = text != NULL && strchr("=+-@\t", text[0]) != NULL && text[0] != 0;
	if (quote || formula)
		putchar('"');
	if (formula)
		putchar('\'');                 /* a spreadsheet must not run what a sender wrote */
	for (const char *p = text; p != NULL && *p != 0; p++) {
		if (*p == '"')
			putchar('"');
		putchar(*p);
	}
	if (quote || formula)
		putchar('"');
}

enum { LIST_COLUMNS = 8 };
static const char *const columns[LIST_COLUMNS] = { "id", "name", "received", "kind", "state", "verdict", "disposition",
						   "same_as" };

static void put_padded(const char *text, int width)
{
	printf("%s%*s", text, text_codepoints(text) < width ? width - text_codepoints(text) + 1 : 1, "");
}

/* For a person, where it stands and what became of it are one word. */
static const char *state_of(const struct row *r)
{
	const char *disposition = row_text(r, 6), *state = row_text(r, 4);
	return strcmp(state, "5_emit") == 0 && disposition != NULL ? disposition : state;
}

/* One letter: sha256, name (bytes), received, kind, state, verdict, disposition, same_as. */
static void list_row(const struct options *o, const struct row *r)
{
	struct bytes bytes = row_bytes(r, 1);
	char *name = text_nfc_part(NULL, (const char *)bytes.at, bytes.len);
	if (o->format == FORMAT_JSON) {
		json_t *j = json_object();
		for (int i = 0; i < LIST_COLUMNS; i++) {
			const char *text = i == 1 ? name : row_text(r, i);
			json_object_set_new(j, columns[i], text != NULL ? json_string(text) : json_null());
		}
		json_dumpf(j, stdout, JSON_COMPACT);
		json_decref(j);
	} else if (o->format == FORMAT_CSV)
		for (int i = 0; i < LIST_COLUMNS; i++) {
			csv_field(i == 1 ? name : row_text(r, i));
			if (i + 1 < LIST_COLUMNS)
				putchar(',');
		}
	else {
		printf("%.12s  ", row_text(r, 0));
		put_padded(report_text_word(state_of(r), o->lang), 15);
		put_padded(report_text_word(row_text(r, 5), o->lang), 18);
		report_text_clean(name, stdout);
	}
	putchar('\n');
	talloc_free(name);
}

#define LIST_SELECT "SELECT l.sha256, (SELECT name FROM arrival WHERE letter = l.id ORDER BY id LIMIT 1), l.received, l.kind, " \
	"l.state, l.verdict, l.disposition, (SELECT sha256 FROM letter s WHERE s.id = l.same_as) FROM letter l "

static void list_head(const struct options *o)
{
	for (int i = 0; o->format == FORMAT_CSV && i < LIST_COLUMNS; i++)
		printf("%s%s", columns[i], i + 1 < LIST_COLUMNS ? "," : "\n");
}

static bool wanted(const struct options *o, const struct row *r)
{
	if (o->only_problems && strcmp(row_text(r, 4), "quarantined") != 0
	    && (row_text(r, 6) == NULL || strcmp(row_text(r, 6), "accept") == 0))
		return false;
	for (int i = 0; i < o->words_n; i++) {
		bool met = false;
		for (int c = 3; c <= 6; c++)
			met = met || (row_text(r, c) != NULL && (strcmp(row_text(r, c), o->words[i]) == 0
				      || strcmp(report_text_word(row_text(r, c), o->lang), o->words[i]) == 0));
		if (!met)
			return false;
	}
	return true;
}

int cmd_list(struct options *o)
{
	int code;
	struct ledger *l = open_ledger(o, &code);
	if (l == NULL)
		return code;
	list_head(o);
	for (struct row *r = ledger_ask(l, LIST_SELECT "ORDER BY l.id", ""); row_next(r);)
		if (wanted(o, r))
			list_row(o, r);
	const char *why;
	code = EXIT_DONE;
	if (ledger_failed(l, &code, &why))
		say("%s", why);
	talloc_free(l);
	return code;
}

/* Letters and tones of a word with a diacritic count; a word without matches either way. */
static void fts_word(struct buffer *b, const void *mem, const char *word)
{
	bool plain = true;
	for (const char *p = word; *p != 0; p++)
		plain = plain && (unsigned char)*p < 128;
	char *key = plain ? text_weak(mem, word) : text_strong(mem, word), *save = NULL;
	for (char *one = strtok_r(key, " \"", &save); one != NULL; one = strtok_r(NULL, " \"", &save))
		buffer_format(b, "%s%s : \"%s\"", b->len > 0 ? " AND " : "", plain ? "weak" : "strong", one);
}

/* All words must be there. NULL: there is none. */
static char *fts_query(const void *mem, const struct options *o)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < o->words_n; i++) {
		char *save = NULL, *words = text_nfc_part(mem, o->words[i], strlen(o->words[i]));
		for (char *word = strtok_r(words, " \t\n", &save); word != NULL; word = strtok_r(NULL, " \t\n", &save))
			fts_word(&b, mem, word);
	}
	return b.text;
}

int cmd_search(struct options *o)
{
	int code;
	struct ledger *l = open_ledger(o, &code);
	if (l == NULL)
		return code;
	char *query = o->words_n > 0 ? fts_query(l, o) : NULL;
	if (query == NULL) {
		say("search wants words");
		talloc_free(l);
		return EXIT_USE;
	}
	list_head(o);
	int found = 0;
	for (struct row *r = ledger_ask(l, LIST_SELECT "JOIN letter_text t ON t.rowid = l.id WHERE letter_text MATCH ? "
					"ORDER BY rank, l.id", "t", query); row_next(r); found++)
		list_row(o, r);
	const char *why;
	code = EXIT_DONE;
	if (ledger_failed(l, &code, &why))
		say("%s", why);
	else if (found == 0)
		say(o->lang == LANG_VI ? "không tìm thấy văn bản nào" : "no letter found");
	talloc_free(l);
	return code;
}

/* report --------------------------------------------------------------------------------------------- */

/* Where the outbox of the last of these runs is, for the links of a page that may be saved anywhere. */
static char *outbox_url(const void *mem, struct ledger *l, struct runs runs)
{
	struct buffer url = { .mem = mem };
	struct row *r = ledger_ask(l, "SELECT outbox FROM run WHERE id = ?", "i", runs.last);
	buffer_text(&url, "file://");
	if (row_next(r)) {
		struct bytes path = row_bytes(r, 0);
		for (size_t i = 0; i < path.len; i++)
			if (path.at[i] > ' ' && path.at[i] < 127 && strchr("%?#\"<>\\", path.at[i]) == NULL)
				buffer_add(&url, path.at + i, 1);
			else
				buffer_format(&url, "%%%02X", path.at[i]);
		row_stop(r);
	}
	buffer_text(&url, "/");
	return url.text;
}

/* Which runs: the one named; all since a time; else the last that had something to do. False: there is none. */
static bool choose_runs(struct options *o, struct ledger *l, struct runs *runs)
{
	if (o->since != 0) {
		char *since = time_text(NULL, o->since);
		runs->first = ledger_count(l, "SELECT min(id) FROM run WHERE at >= ?", "t", since);
		runs->last = ledger_count(l, "SELECT max(id) FROM run", "");
		talloc_free(since);
	} else {
		runs->first = o->words_n > 0 ? atoll(o->words[0])
			: ledger_count(l, "SELECT max(run) FROM (SELECT run FROM arrival UNION SELECT run FROM attempt)", "");
		runs->last = runs->first;
	}
	if (ledger_count(l, "SELECT count(*) FROM run WHERE id = ?", "i", runs->first) > 0)
		return true;
	say(o->since != 0 ? "there is no run since then" : "there is no such run");
	return false;
}

int cmd_report(struct options *o)
{
	int code;
	struct ledger *l = open_ledger(o, &code);
	if (l == NULL)
		return code;
	struct runs runs = { 0 };
	code = EXIT_DONE;
	if (!choose_runs(o, l, &runs))
		code = EXIT_NO_INPUT;
	else if (o->format == FORMAT_HTML)
		report_run_page(l, runs, o->lang, outbox_url(l, l, runs), stdout);
	else if (o->format == FORMAT_TEXT)
		report_run_text(l, runs, o->lang, o->only_problems, 0, stdout);
	else if (isatty(STDOUT_FILENO)) {
		say("a workbook is no text; send it to a file");
		code = EXIT_USE;
	} else if (!report_run_book(l, runs, o->lang, stdout)) {
		say("report: %s", say_error(errno));
		code = EXIT_IO;
	}
	talloc_free(l);
	return code;
}
