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
	int64_t effective;                     /* the day from which validity is counted */
	enum date_order dates;
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
	v->dates = DAY_FIRST;
	return v;
}

void inventory_today(struct inventory *v, time_t at)
{
	int64_t today = time_vn_day(at);
	v->effective = today > v->effective ? today : v->effective;
}

void inventory_dates(struct inventory *v, enum date_order order) { v->dates = order; }

static char *store(struct inventory *v, const char *text) { return pool_store(v->pool, text); }
static char *keep(struct inventory *v, const char *text) { return pool_keep(v->pool, text); }

enum { SERIAL_ROOM = 80 };

/* The form to compare by (text_serial). grammar_serial says what a serial is; half a million plain ones need not pay. */
static bool clean_serial(const char *text, char *out)
{
	size_t n = strlen(text);
	out[0] = 0;
	if (n < SERIAL_ROOM && text[strspn(text, "0123456789ABCDEFabcdef")] == 0)
		text_serial_into(text, out);
	else {
		char *key = grammar_serial(NULL, text);
		if (key != NULL)
			text_serial_into(key, out);
		talloc_free(key);
	}
	return out[0] != 0 && strlen(out) <= 40;
}

static bool clean_date(const char *text, char out[11], enum date_order order)
{
	int64_t day;
	bool plain = strlen(text) == 10 && date_parse(text, &day);
	char *made = plain ? NULL : grammar_date_listed(NULL, text, order);
	snprintf(out, 11, "%s", plain ? text : made != NULL ? made : "");
	talloc_free(made);
	return out[0] != 0;
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

enum { SERIAL, SUBJECT, ORG_NAME, ORG_CODE, HOLDER, TITLE, EMAIL, KIND, FROM, TO, DEVICE, RENEWALS, COLUMNS };
static const char *const names[COLUMNS] = { "serial", "subject_dn", "org_name", "org_code", "holder_name", "title", "email",
	"cert_kind", "valid_from", "valid_to", "device_serial", "renewals" };

/* Says what is wrong with a cell; the texts hold its value where a %s asks for it. */
static bool fault(struct inventory *v, struct row_fault *f, int column, const char *value, const char *vi, const char *en)
{
	size_t n = strlen(value);
	for (n = n > 60 ? 60 : n; n > 0 && (value[n] & 0xC0) == 0x80;)
		n--;
	char *short_one = format_text(v, "%.*s%s", (int)n, value, value[n] != 0 ? "…" : "");
	*f = (struct row_fault){ names[column], format_text(v, vi, short_one), format_text(v, en, short_one) };
	return false;
}

static bool is_power(const char *text)         /* 1.2E+15, 1,2E+15 */
{
	const char *e = strpbrk(text, "eE");
	return e != NULL && e > text && (e[1] == '+' || strpbrk(text, ".,") != NULL)
		&& strspn(text, "0123456789.,") == (size_t)(e - text);
}

static bool bad_serial(struct inventory *v, const char *text, struct row_fault *f)
{
	if (is_power(text))
		return fault(v, f, SERIAL, text,
			     "số hiệu \"%s\" đã bị bảng tính đổi thành số lũy thừa, các chữ số sau không còn; lấy lại số hiệu từ chứng thư, "
			     "đặt cột ở dạng Văn bản (Text) rồi mới dán vào",
			     "the serial \"%s\" was turned into a power of ten by a spreadsheet and its digits are lost; take it from the "
			     "certificate again and format the column as Text before");
	return fault(v, f, SERIAL, text,
		     "số hiệu chứng thư số \"%s\" không phải số thập lục phân (0-9, A-F, không quá 40 ký tự); ghi đúng như trong chứng thư",
		     "the serial \"%s\" is no hexadecimal number (0-9, A-F, at most 40 digits); write it as the certificate has it");
}

static bool bad_date(struct inventory *v, int column, const char *text, struct row_fault *f)
{
	const char *vi_name = column == TO ? "ngày hết hạn" : "ngày hiệu lực";
	if (*text == 0)
		return fault(v, f, column, text, "không ghi ngày hết hạn; thiếu ngày này thì không biết chứng thư còn dùng được không",
			     "no day valid_to; without it nobody knows whether the certificate can still be used");
	if (grammar_date_order(text) == MONTH_FIRST)
		return fault(v, f, column, text, format_text(v, "%s \"%%s\" viết tháng trước ngày sau; ghi ngày/tháng/năm hoặc năm-tháng-ngày",
			     vi_name), format_text(v, "the day %s \"%%s\" has the month first; write D/M/YYYY or YYYY-MM-DD", names[column]));
	return fault(v, f, column, text, format_text(v, "%s \"%%s\" không phải là một ngày có thật; ghi ngày/tháng/năm (năm đủ 4 chữ số)",
		     vi_name), format_text(v, "the day %s \"%%s\" is no real day; write D/M/YYYY, the year with 4 digits", names[column]));
}

/* The serial stood above: the same row again, or one that says something else. */
static bool doubled(struct inventory *v, const struct cert *had, const char *const cells[COLUMNS], const char *to,
		    struct row_fault *f)
{
	const char *vi = "hai dòng giống nhau, dòng này bỏ qua", *en = "the rows are alike, this one is passed over";
	if (*to != 0 && strcmp(to, had->valid_to) != 0)
		vi = "nhưng khác ngày hết hạn; đang dùng dòng trên, hãy giữ dòng đúng",
		en = "but valid_to differs; the row above is used, keep the right one";
	else if (strcmp(cells[ORG_NAME], had->org_name) != 0 || strcmp(cells[HOLDER], had->holder_name) != 0)
		vi = "nhưng khác tên cơ quan hoặc tên chủ thể; đang dùng dòng trên, hãy giữ dòng đúng",
		en = "but the body or the holder differs; the row above is used, keep the right one";
	return fault(v, f, SERIAL, cells[SERIAL], format_text(v, "số hiệu \"%%s\" trùng với dòng %d: %s", had->line, vi),
		     format_text(v, "the serial \"%%s\" stands in row %d too: %s", had->line, en));
}

/* A number, or words with one in them ("1 lần"); -1: not known. */
static int renewals_of(struct inventory *v, const char *text, struct row_fault *f)
{
	if (*text == 0)
		return 0;
	size_t n = strcspn(text, "0123456789");
	size_t digits = strspn(text + n, "0123456789");
	if (digits >= 1 && digits <= 2 && strpbrk(text + n + digits, "0123456789") == NULL && strpbrk(text, "-./") == NULL)
		return atoi(text + n);
	fault(v, f, RENEWALS, text, "số lần gia hạn \"%s\" không phải là số; coi là chưa biết",
	      "the number of renewals \"%s\" is no number; taken as not known");
	return -1;
}

bool inventory_add(struct inventory *v, const char *(*cell)(void *with, const char *column), void *with, int line,
		   int letter, int request, struct row_fault *f)
{
	char serial[SERIAL_ROOM], from[11] = "", to[11] = "";
	struct cert c = { .line = line, .letter = letter, .request = request };
	const char *cells[COLUMNS];
	int at;
	*f = (struct row_fault){ 0 };
	for (int i = 0; i < COLUMNS; i++) {
		cells[i] = cell(with, names[i]);
		cells[i] = cells[i] != NULL ? cells[i] + strspn(cells[i], " \t") : "";
	}
	if (*cells[SERIAL] == 0 || strcmp(cells[SERIAL], "-") == 0)
		return fault(v, f, SERIAL, "", "không có số hiệu chứng thư số; ghi số hiệu như trong chứng thư (Mẫu 04, 05 của Nghị định "
			     "68/2024/NĐ-CP hỏi đến)", "no certificate serial; write it as the certificate has it (forms 04 and 05 of "
			     "Decree 68/2024 ask for it)");
	if (!clean_serial(cells[SERIAL], serial))
		return bad_serial(v, cells[SERIAL], f);
	bool ends = clean_date(cells[TO], to, v->dates);
	int had = index_first(v->serials, serial, &at);
	if (had >= 0 && v->certs.at[had].letter != letter)
		return false;
	if (had >= 0)
		return doubled(v, &v->certs.at[had], cells, to, f);
	if (!ends)
		return bad_date(v, TO, cells[TO], f);
	if (*cells[FROM] != 0 && !clean_date(cells[FROM], from, v->dates))
		return bad_date(v, FROM, cells[FROM], f);
	if (*from != 0 && strcmp(from, to) > 0)
		return fault(v, f, FROM, cells[FROM], "ngày hiệu lực \"%s\" sau ngày hết hạn; kiểm tra xem hai cột có bị đổi chỗ không",
			     "valid_from \"%s\" is later than valid_to; look whether the columns have changed places");
	const char *kind = kind_of(cells[KIND], cells[HOLDER]);
	if (kind == NULL)
		return fault(v, f, KIND, cells[KIND], "loại chứng thư số \"%s\" không phải tổ chức (agency), cá nhân (person) hay thiết bị (device)",
			     "cert_kind \"%s\" is none of agency, person, device");
	int64_t end;
	date_parse(to, &end);
	c.days_left = end - v->effective;
	c.key = store(v, serial);
	c.serial = c.key;
	if (strcmp(serial, cells[SERIAL]) != 0) {
		char *printed = text_line(NULL, cells[SERIAL]);
		c.serial = store(v, printed);
		talloc_free(printed);
	}
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
	c.renewals = renewals_of(v, cells[RENEWALS], f);
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
	char serial[SERIAL_ROOM], none[] = "";
	int at;
	int64_t end;
	if (s->cn == NULL || s->subject == NULL || s->serial == NULL || !clean_serial(s->serial, serial)
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

bool inventory_assign(struct inventory *v, const char *(*cell)(void *with, const char *column), void *with, int letter)
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
	int at, first = *a->email != 0 ? index_first(v->by_mail, a->email, &at) : -1;
	struct assignment *other = first >= 0 ? v->assignments.at[first] : NULL;
	a->letter = letter;
	a->disputed = other != NULL && other->letter == letter && (!text_same(other->status, a->status) || !text_same(other->new_body, a->new_body));
	if (a->disputed)
		other->disputed = true;
	if (*a->email != 0)
		index_add(v->by_mail, a->email, v->assignments.n);
	if (*a->holder_name != 0)
		index_add(v->by_name, a->holder_name, v->assignments.n);
	v->assignments.at[v->assignments.n++] = a;
	return !a->disputed;
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
		return v->assignments.at[i]->disputed ? NULL : v->assignments.at[i];
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

const struct registry *inventory_registry(const struct inventory *v) { return v->registry; }
int inventory_count(const struct inventory *v) { return v->certs.n; }
const struct cert *inventory_at(const struct inventory *v, int i) { return &v->certs.at[i]; }

int inventory_find(const struct inventory *v, const char *serial)
{
	char clean[SERIAL_ROOM];
	int at;
	return serial != NULL && clean_serial(serial, clean) ? index_first(v->serials, clean, &at) : -1;
}
