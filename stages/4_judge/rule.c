/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rule.c - the head of a rule file, checked; the folder of rules, read. See rule.h.
 */
#include "rule.h"
#include "calendar.h"
#include "facts.h"
#include "text.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum key { RULE, LAW, APPLIES, SCOPE, GIVES, SEVERITY, ORDER, SAYS_VI, SAYS_EN, SEED, SURE, KEYS };
static const char *const keys[KEYS] = { "rule", "law", "applies", "scope", "gives", "severity", "order", "says vi",
	"says en", "seed", "sure" };

static bool one_of(const char *word, const char *const *words, int *which)
{
	for (*which = 0; words[*which] != NULL; ++*which)
		if (strcmp(words[*which], word) == 0)
			return true;
	return false;
}

/* Reads the head into values; *body is what follows. */
static bool read_head(const void *mem, const char *text, char *values[KEYS], const char **body, char **why)
{
	int line = 0, last = -1;
	for (const char *at = text; *at != 0;) {
		size_t len = strcspn(at, "\n");
		line++;
		if (strncmp(at, "--", 2) != 0) {
			*why = format_text(mem, "line %d: the head ends with a line '--'", line);
			return false;
		}
		const char *in = at + 2, *end = at + len;
		const char *next = at[len] == '\n' ? end + 1 : end;
		if (in == end) {
			*body = next;
			return true;
		}
		size_t blanks = strspn(in, " ");
		if (blanks > 3 && last >= 0) {
			char *more = copy_part(mem, in + blanks, (size_t)(end - in) - blanks);
			values[last] = format_text(mem, "%s %s", values[last], more);
			at = next;
			continue;
		}
		const char *colon = memchr(in, ':', (size_t)(end - in));
		char *key = colon != NULL ? copy_part(mem, in + blanks, (size_t)(colon - in) - blanks) : NULL;
		for (last = 0; key != NULL && last < KEYS; last++)
			if (strcmp(keys[last], key) == 0)
				break;
		if (key == NULL || last == KEYS) {
			*why = format_text(mem, "line %d: '%s' is no key of a rule's head", line,
					   key != NULL ? key : copy_part(mem, in, (size_t)(end - in)));
			return false;
		}
		if (values[last] != NULL) {
			*why = format_text(mem, "line %d: the key '%s' stands twice", line, key);
			return false;
		}
		values[last] = text_line(mem, copy_part(mem, colon + 1, (size_t)(end - colon) - 1));
		at = next;
	}
	*why = copy_text(mem, "there is nothing but a head");
	return false;
}

static bool read_applies(const void *mem, char *text, struct rule *r, char **why)
{
	static const char *const dates[] = { "issued", "received", "signed", "merged", NULL };
	char *save = NULL, *words[6] = { NULL };
	int n = 0, which;
	int64_t day;
	for (char *w = strtok_r(text, " ", &save); w != NULL && n < 6; w = strtok_r(NULL, " ", &save))
		words[n++] = w;
	bool good = (n == 3 || n == 5) && one_of(words[0], dates, &which) && strcmp(words[1], "from") == 0
		&& date_parse(words[2], &day) && (n == 3 || (strcmp(words[3], "until") == 0 && date_parse(words[4], &day)));
	if (!good || (n == 5 && strcmp(words[4], words[2]) < 0)) {
		*why = copy_text(mem, "applies: wants 'issued|received|signed|merged from YYYY-MM-DD [until YYYY-MM-DD]'");
		return false;
	}
	r->date = (enum rule_date)which;
	r->from = copy_text(mem, words[2]);
	r->until = n == 5 ? copy_text(mem, words[4]) : NULL;
	return true;
}

static bool word_of(const void *mem, enum key key, char *values[KEYS], const char *const *words, int *which, char **why)
{
	if (one_of(values[key], words, which))
		return true;
	*why = format_text(mem, "%s: '%s' is none of its words", keys[key], values[key]);
	return false;
}

bool rule_parse(const void *mem, const char *id, const char *text, struct rule *r, char **why)
{
	static const char *const scopes[] = { "letter", "inventory", NULL }, *const gives[] = { "finding", "decision", NULL };
	static const char *const severities[] = { "note", "warn", "hold", "reject", NULL };
	static const char *const sure[] = { "S", "D", "B", "K", NULL };
	char *v[KEYS] = { NULL };
	const char *body = "";
	int which = 0;
	*r = (struct rule){ .id = copy_text(mem, id) };
	if (!read_head(mem, text, v, &body, why))
		return false;
	bool decides = v[GIVES] != NULL && strcmp(v[GIVES], "decision") == 0;
	for (int k = 0; k < KEYS; k++) {
		bool wanted = k == SEVERITY ? !decides : k == ORDER ? decides : true;
		if (wanted == (v[k] != NULL && *v[k] != 0))
			continue;
		*why = format_text(mem, wanted ? "the key '%s' is missing" : "the key '%s' has no place here", keys[k]);
		return false;
	}
	if (strcmp(v[RULE], id) != 0) {
		*why = format_text(mem, "rule: '%s' is not the file's name", v[RULE]);
		return false;
	}
	if (!read_applies(mem, v[APPLIES], r, why) || !word_of(mem, SCOPE, v, scopes, &which, why))
		return false;
	r->over_inventory = which == 1;
	if (!word_of(mem, GIVES, v, gives, &which, why) || !word_of(mem, SURE, v, sure, &which, why))
		return false;
	r->decides = decides;
	r->sure = v[SURE][0];
	if (!decides && !word_of(mem, SEVERITY, v, severities, &which, why))
		return false;
	r->severity = decides ? NOTE : (enum severity)which;
	r->order = decides ? atoi(v[ORDER]) : 0;
	if (decides && (r->order <= 0 || !r->over_inventory)) {
		*why = copy_text(mem, "a decision has an order above 0 and the scope inventory");
		return false;
	}
	if (r->sure == 'K' && r->severity > WARN) {
		*why = copy_text(mem, "what is not confirmed (sure: K) may warn, not hold or reject");
		return false;
	}
	r->law = v[LAW];
	r->vi = v[SAYS_VI];
	r->en = v[SAYS_EN];
	r->seed = v[SEED];
	const char *sql = body;
	while (strncmp(sql, "--", 2) == 0)
		sql += strcspn(sql, "\n") + (sql[strcspn(sql, "\n")] == '\n');
	r->about = copy_part(mem, body, (size_t)(sql - body));
	r->sql = copy_text(mem, sql);
	return true;
}

char *rule_fill(const void *mem, const char *text, const char *(*value)(void *with, const char *name), void *with)
{
	struct buffer b = { .mem = mem };
	for (const char *at = text; *at != 0;) {
		const char *open = strchr(at, '{'), *close = open != NULL ? strchr(open, '}') : NULL;
		if (close == NULL) {
			buffer_text(&b, at);
			break;
		}
		char name[64] = "";
		buffer_add(&b, at, (size_t)(open - at));
		if ((size_t)(close - open) <= sizeof name)
			memcpy(name, open + 1, (size_t)(close - open) - 1);
		const char *is = value(with, name);
		buffer_text(&b, is != NULL ? is : "…");
		at = close + 1;
	}
	return b.text != NULL ? b.text : copy_text(mem, "");
}

bool rule_applies(const struct rule *r, const char *date)
{
	if (date == NULL)
		return true;
	return strcmp(date, r->from) >= 0 && (r->until == NULL || strcmp(date, r->until) <= 0);
}

const struct table *book_table(const struct book *b, const char *name)
{
	for (int i = 0; i < b->tables.n; i++)
		if (strcmp(b->tables.at[i].name, name) == 0)
			return &b->tables.at[i];
	return NULL;
}

static bool add_rule(struct book *b, const char *path, const char *id, char **why)
{
	size_t len;
	char *inner = NULL, *text = file_read(b, path, &len, why);
	if (text == NULL)
		return false;
	struct rule r;
	if (!rule_parse(b, id, text, &r, &inner)) {
		*why = format_text(b, "%s: %s", path, inner);
		return false;
	}
	r.path = copy_text(b, path);
	char *test = format_text(b, "%.*s.test.sql", (int)(strlen(path) - 4), path);
	r.test = file_read(b, test, &len, why);
	if (r.test == NULL || strstr(r.test, "-- fires:") == NULL || strstr(r.test, "-- silent:") == NULL) {
		*why = format_text(b, "%s: no test beside it with a case '-- fires:' and a case '-- silent:'", path);
		return false;
	}
	b->rules.at = own_grow(b, b->rules.at, b->rules.n, &b->rules.room, sizeof *b->rules.at);
	b->rules.at[b->rules.n++] = r;
	return true;
}

static int not_hidden(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* Rules stand one folder down; tables at the top of rules/. */
static bool read_folder(struct book *b, const char *folder, const char *regime, char **why)
{
	struct dirent **names;
	int n = scandir(folder, &names, not_hidden, alphasort);
	bool good = n >= 0;
	if (!good)
		*why = format_text(b, "%s: no such folder of rules", folder);
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;
		char *path = format_text(b, "%s/%s", folder, name);
		struct stat st;
		if (good && stat(path, &st) == 0 && S_ISDIR(st.st_mode) && regime == NULL && strcmp(name, "mergers") != 0)
			good = read_folder(b, path, name, why);
		else if (good && regime != NULL && text_ends(name, ".sql") && !text_ends(name, ".test.sql"))
			good = add_rule(b, path, format_text(b, "%s/%.*s", regime, (int)strlen(name) - 4, name), why);
		else if (good && regime == NULL && text_ends(name, ".tsv")) {
			b->tables.at = own_grow(b, b->tables.at, b->tables.n, &b->tables.room, sizeof *b->tables.at);
			good = table_read(b, path, &b->tables.at[b->tables.n++], why);
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return good;
}

static int by_order(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	return x->order != y->order ? (x->order > y->order) - (x->order < y->order) : strcmp(x->id, y->id);
}

struct book *book_read(const void *mem, const char *data, char **why)
{
	struct book *b = new_zero(mem, struct book);
	size_t len;
	char *folder = format_text(b, "%s/rules", data), *path = format_text(b, "%s/schemas/facts.sql", data);
	b->folder = folder;
	b->schema = file_read(b, path, &len, why);
	if (b->schema == NULL || !read_folder(b, folder, NULL, why))
		return NULL;
	qsort(b->rules.at, (size_t)b->rules.n, sizeof *b->rules.at, by_order);
	for (int i = 1; i < b->rules.n; i++)
		if (b->rules.at[i].decides && b->rules.at[i].order == b->rules.at[i - 1].order
		    && (b->rules.at[i].until == NULL || strcmp(b->rules.at[i].until, b->rules.at[i - 1].from) >= 0)
		    && (b->rules.at[i - 1].until == NULL
			|| strcmp(b->rules.at[i - 1].until, b->rules.at[i].from) >= 0)) {
			*why = format_text(b, "%s: its order is that of %s", b->rules.at[i].path, b->rules.at[i - 1].id);
			return NULL;
		}
	const struct table *days = book_table(b, "nonworking_days");
	if (days == NULL) {
		*why = format_text(b, "%s/nonworking-days.tsv: missing", folder);
		return NULL;
	}
	b->calendar = calendar_new(b, days, why);
	return b->calendar != NULL && facts_check(b, why) ? b : NULL;
}
