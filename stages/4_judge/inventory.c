/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * inventory.c - rows of an inventory, and assignments. See inventory.h; what a name means is in standing.c.
 */
#include "inventory.h"
#include "index.h"
#include "pool.h"
#include "standing.h"
#include "text.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct inventory {
	const struct registry *registry;
	int64_t effective;
	struct { struct cert *at; int n, room; } certs;
	struct { struct assignment **at; int n, room; } assignments;
	struct index *serials, *raw, *standings, *by_mail, *by_name;
	struct { struct standing **at; int n, room; } known;
	struct pool *pool;                     /* texts: a block of its own for each would double them */
};

struct inventory *inventory_new(const void *mem, const struct registry *r)
{
	struct inventory *v = new_zero(mem, struct inventory);
	v->registry = r;
	date_parse(units_effective(r), &v->effective);
	v->serials = index_new(v);
	v->standings = index_new(v);
	v->raw = index_new(v);
	v->by_mail = index_new(v);
	v->by_name = index_new(v);
	v->pool = pool_new(v);
	return v;
}

static char *store(struct inventory *v, const char *text) { return pool_store(v->pool, text); }
static char *keep(struct inventory *v, const char *text) { return pool_keep(v->pool, text); }

/* Upper-case hex without leading zeros and without the blanks and colons that people put in. */
static bool clean_serial(const char *text, char *out, size_t room)
{
	size_t n = 0;
	for (; *text != 0; text++) {
		if (*text == ' ' || *text == ':')
			continue;
		if (!isxdigit((unsigned char)*text) || n + 1 >= room)
			return false;
		if (*text == '0' && n == 0)
			continue;
		out[n++] = (char)toupper((unsigned char)*text);
	}
	out[n] = 0;
	return n > 0;
}

/* YYYY-MM-DD, also with a time behind it, or D/M/YYYY as offices write. */
static bool clean_date(const char *text, char out[11])
{
	int64_t day;
	int d, m, y, n = 0;
	memcpy(out, "0000-00-00", 11);
	if (strlen(text) >= 10 && text[4] == '-') {
		memcpy(out, text, 10);
		return (text[10] == 0 || text[10] == ' ' || text[10] == 'T') && date_parse(out, &day);
	}
	if (sscanf(text, "%2d/%2d/%4d%n", &d, &m, &y, &n) != 3 || text[n] != 0 || !date_is_real(y, m, d))
		return false;
	char *made = format_text(NULL, "%04d-%02d-%02d", y, m, d);
	memcpy(out, made, 10);
	talloc_free(made);
	return true;
}

/* The row's words that tell where its body stands, as they are written: the subject without its CN for a person.
 * Rows that write the same are found by this at no cost; 0 when it is too long. */
static size_t raw_key(const struct cert *c, char *key, size_t room)
{
	const char *from = c->subject, *to = from + strlen(from);
	if (strcmp(c->kind, "person") == 0 && strncmp(from, "CN=", 3) == 0) {
		for (from += 3; *from != 0 && *from != ','; from++)
			from += *from == '\\' && from[1] != 0;
	} else if (strcmp(c->kind, "person") == 0) {
		for (const char *at = from; (at = strstr(at, ",CN=")) != NULL; at++)
			to = at;
	}
	const char *host = *c->org_code == 0 ? strchr(c->email, '@') : NULL;
	int n = snprintf(key, room, "%s\x1f%s\x1f%s\x1f%s\x1f%.*s", c->kind, c->org_name, c->org_code,
			 host != NULL ? host : "", (int)(to - from), from);
	if (n <= 0 || (size_t)n >= room)
		key[0] = 0;
	return strlen(key);
}

static const struct standing *find_standing(struct inventory *v, const struct cert *c)
{
	char raw[2048];
	int at, i = raw_key(c, raw, sizeof raw) > 0 ? index_first(v->raw, raw, &at) : -1;
	if (i >= 0)
		return v->known.at[i];
	void *mem = talloc_new(v);
	char *key = standing_key(mem, c);
	i = index_first(v->standings, key, &at);
	if (i < 0) {
		v->known.at = own_grow(v, v->known.at, v->known.n, &v->known.room, sizeof *v->known.at);
		i = v->known.n++;
		v->known.at[i] = standing_new(v, v->registry, c);
		index_add(v->standings, store(v, key), i);
	}
	if (raw[0] != 0 && index_first(v->raw, raw, &at) < 0)
		index_add(v->raw, store(v, raw), i);
	talloc_free(mem);
	return v->known.at[i];
}

static const char *kind_of(const char *text, const char *holder)
{
	static const struct { const char *word, *kind; } words[] = { { "agency", "agency" }, { "person", "person" },
		{ "device", "device" }, { "to chuc", "agency" }, { "co quan", "agency" }, { "ca nhan", "person" },
		{ "thiet bi", "device" }, { "dich vu", "device" }, { "phan mem", "device" } };
	for (int i = 0; i < 3; i++)            /* INTERFACE's own words */
		if (strcmp(words[i].word, text) == 0)
			return words[i].kind;
	char *weak = text_weak(NULL, text);
	const char *kind = NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words && kind == NULL; i++)
		if (strstr(weak, words[i].word) != NULL)
			kind = words[i].kind;
	talloc_free(weak);
	return kind != NULL ? kind : *text != 0 ? NULL : name_is_body(holder) ? "agency" : "person";
}

#define BAD(v_text, e_text) do { *vi = (v_text); *en = (e_text); return false; } while (0)

enum { SERIAL, SUBJECT, ORG_NAME, ORG_CODE, HOLDER, TITLE, EMAIL, KIND, FROM, TO, DEVICE, RENEWALS, COLUMNS };

bool inventory_add(struct inventory *v, const char *(*cell)(void *with, const char *column), void *with, int line,
		   int letter, int request, const char **vi, const char **en)
{
	static const char *const names[COLUMNS] = { "serial", "subject_dn", "org_name", "org_code", "holder_name", "title",
		"email", "cert_kind", "valid_from", "valid_to", "device_serial", "renewals" };
	char serial[80], from[11] = "", to[11] = "";
	struct cert c = { .line = line, .letter = letter, .request = request };
	const char *cells[COLUMNS];
	int at;
	for (int i = 0; i < COLUMNS; i++) {
		cells[i] = cell(with, names[i]);
		cells[i] = cells[i] != NULL ? cells[i] : "";
	}
	if (*cells[SERIAL] == 0)
		BAD("không có số hiệu chứng thư số", "no certificate serial");
	if (!clean_serial(cells[SERIAL], serial, sizeof serial))
		BAD("số hiệu chứng thư số không phải số thập lục phân", "the serial is no hexadecimal number");
	int had = index_first(v->serials, serial, &at);
	if (had >= 0 && v->certs.at[had].letter != letter)
		BAD(NULL, NULL);
	if (had >= 0)
		BAD("số hiệu chứng thư số trùng với một dòng ở trên", "the serial stands in a row above");
	if (!clean_date(cells[TO], to))
		BAD("ngày hết hạn không phải là một ngày có thật", "the day valid_to is no real day");
	if (*cells[FROM] != 0 && !clean_date(cells[FROM], from))
		BAD("ngày hiệu lực không phải là một ngày có thật", "the day valid_from is no real day");
	const char *kind = kind_of(cells[KIND], cells[HOLDER]);
	if (kind == NULL)
		BAD("loại chứng thư số không phải agency, person hay device", "cert_kind is none of agency, person, device");
	int64_t end;
	date_parse(to, &end);
	c.days_left = end - v->effective;
	c.key = store(v, serial);
	c.serial = strcmp(serial, cells[SERIAL]) == 0 ? c.key : store(v, cells[SERIAL]);
	c.subject = store(v, cells[SUBJECT]);
	c.org_name = keep(v, cells[ORG_NAME]);
	c.org_code = keep(v, cells[ORG_CODE]);
	c.holder_name = strcmp(cells[HOLDER], cells[ORG_NAME]) == 0 ? c.org_name : store(v, cells[HOLDER]);
	c.title = keep(v, cells[TITLE]);
	c.email = store(v, cells[EMAIL]);
	c.kind = keep(v, kind);
	c.valid_from = keep(v, from);
	c.valid_to = keep(v, to);
	c.device_serial = store(v, cells[DEVICE]);
	c.renewals = atoi(cells[RENEWALS]);
	c.standing = find_standing(v, &c);
	v->certs.at = own_grow(v, v->certs.at, v->certs.n, &v->certs.room, sizeof *v->certs.at);
	v->certs.at[v->certs.n] = c;
	index_add(v->serials, c.key, v->certs.n++);
	return true;
}

static char *vn_date_of(const void *mem, const char *instant)
{
	time_t t;
	return instant != NULL && time_parse(instant, &t) ? date_text(mem, time_vn_day(t)) : NULL;
}

bool inventory_add_seen(struct inventory *v, const struct certificate *s, int letter, int signature)
{
	char serial[80], none[] = "";
	int at;
	int64_t end;
	if (s->cn == NULL || s->subject == NULL || s->serial == NULL || !clean_serial(s->serial, serial, sizeof serial)
	    || index_first(v->serials, serial, &at) >= 0)
		return false;
	void *mem = talloc_new(v);
	const char *from = vn_date_of(mem, s->not_before), *to = vn_date_of(mem, s->not_after);
	if (from == NULL || !date_parse(to, &end) || end < v->effective) {
		talloc_free(mem);
		return false;
	}
	bool body = name_is_body(s->cn);
	struct cert c = { .letter = letter, .signature = signature, .renewals = -1, .days_left = end - v->effective,
		.key = store(v, serial), .subject = store(v, s->subject), .org_code = none, .title = none, .device_serial = none,
		.org_name = keep(v, body ? s->cn : s->ou.n > 0 ? s->ou.at[0] : s->o != NULL ? s->o : ""),
		.holder_name = store(v, s->cn), .email = store(v, s->email != NULL ? s->email : ""),
		.kind = keep(v, body ? "agency" : "person"), .valid_from = keep(v, from), .valid_to = keep(v, to) };
	c.serial = c.key;
	c.standing = find_standing(v, &c);
	talloc_free(mem);
	const struct standing *st = c.standing;
	bool province = st->province >= 0 && units_province(v->registry, st->province)->merged
		&& !units_province(v->registry, st->province)->kept;
	bool touched = strcmp(st->class, "province") == 0 || strcmp(st->class, "department") == 0 ? province
		: strcmp(st->class, "other") != 0 && strcmp(st->identity, "unknown") != 0 && !st->stays;
	if (!touched)
		return false;
	v->certs.at = own_grow(v, v->certs.at, v->certs.n, &v->certs.room, sizeof *v->certs.at);
	v->certs.at[v->certs.n] = c;
	index_add(v->serials, c.key, v->certs.n++);
	return true;
}

#define CELL(name) (cell(with, name) != NULL ? cell(with, name) : "")

void inventory_assign(struct inventory *v, const char *(*cell)(void *with, const char *column), void *with)
{
	struct assignment *a = new_zero(v, struct assignment);
	v->assignments.at = own_grow(v, v->assignments.at, v->assignments.n, &v->assignments.room,
				     sizeof *v->assignments.at);
	a->email = text_lower(a, CELL("email"));
	a->holder_name = text_strong(a, CELL("holder_name"));
	a->status = store(v, CELL("status"));
	a->new_unit = store(v, CELL("new_unit_code"));
	a->new_body = keep(v, CELL("new_body"));
	a->new_province = keep(v, CELL("new_province"));
	if (*a->email != 0)
		index_add(v->by_mail, a->email, v->assignments.n);
	if (*a->holder_name != 0)
		index_add(v->by_name, a->holder_name, v->assignments.n);
	v->assignments.at[v->assignments.n++] = a;
}
#undef CELL

/* Mail addresses are ASCII but for a few; half a million of them should not pay for the others. */
static char *lower(const void *mem, const char *text)
{
	char *low = copy_text(mem, text);
	for (char *c = low; *c != 0; c++) {
		if ((unsigned char)*c >= 0x80) {
			talloc_free(low);
			return text_lower(mem, text);
		}
		*c = (char)tolower((unsigned char)*c);
	}
	return low;
}

/* By e-mail, then by name where the list holds that name once. */
static const struct assignment *find_assignment(const struct inventory *v, const struct cert *c)
{
	char *email = lower(NULL, c->email);
	int at, i = *email != 0 ? index_first(v->by_mail, email, &at) : -1;
	talloc_free(email);
	if (i >= 0)
		return v->assignments.at[i];
	char *name = text_strong(NULL, c->holder_name);
	i = *name != 0 ? index_first(v->by_name, name, &at) : -1;
	bool once = i >= 0 && index_next(v->by_name, &at) < 0;
	talloc_free(name);
	return once && (*c->email == 0 || *v->assignments.at[i]->email == 0) ? v->assignments.at[i] : NULL;
}

void inventory_link(struct inventory *v)
{
	struct index *same = index_new(v);     /* body | new body, compared once */
	struct { char *at; int n, room; } answers = { 0 };
	for (int i = 0; i < v->certs.n; i++) {
		struct cert *c = &v->certs.at[i];
		if (strcmp(c->kind, "person") != 0)
			continue;
		c->assignment = find_assignment(v, c);
		if (c->assignment == NULL || *c->assignment->new_body == 0)
			continue;
		void *mem = talloc_new(v);
		const char *why;
		char *pair = format_text(mem, "%s|%s", c->org_name, c->assignment->new_body);
		int at, k = index_first(same, pair, &at);
		if (k < 0) {
			answers.at = own_grow(v, answers.at, answers.n, &answers.room, 1);
			answers.at[answers.n] = units_compare(v->registry, c->org_name, c->assignment->new_body, &why) == SAME_YES;
			index_add(same, store(v, pair), k = answers.n++);
		}
		c->same_body = answers.at[k] && c->standing->stays;
		talloc_free(mem);
	}
}

int inventory_count(const struct inventory *v) { return v->certs.n; }
const struct cert *inventory_at(const struct inventory *v, int i) { return &v->certs.at[i]; }

int inventory_find(const struct inventory *v, const char *serial)
{
	char clean[80];
	int at;
	return serial != NULL && clean_serial(serial, clean, sizeof clean) ? index_first(v->serials, clean, &at) : -1;
}
