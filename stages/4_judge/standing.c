/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * standing.c - which body a certificate names. See standing.h.
 *
 * The name comes from org_name (a body's own certificate: from CN where that is empty), the scope from the
 * subject: district from OU and O, province from L, ST and O. The name decides, the code locates.
 */
#include "standing.h"
#include "dn.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

static bool is_superior(const char *type)
{
	return strcmp(type, "O") == 0 || strcmp(type, "OU") == 0;
}

static const char *written_body(const struct cert *c, const struct dn *s)
{
	if (*c->org_name != 0)
		return c->org_name;
	const char *body = strcmp(c->kind, "agency") == 0 ? dn_find(s, "CN") : NULL;
	if (body == NULL)
		body = dn_find(s, "OU");
	return body != NULL ? body : dn_find(s, "O") != NULL ? dn_find(s, "O") : "";
}

char *standing_key(const void *mem, const struct cert *c)
{
	struct dn s;
	struct buffer b = { .mem = mem };
	dn_parse(mem, c->subject, &s);
	buffer_format(&b, "%s|%s|%s", c->kind, written_body(c, &s), c->org_code);
	for (int i = 0; i < s.n; i++)
		if (strcmp(s.at[i].type, "CN") != 0 && s.at[i].value[0] != 0)
			buffer_format(&b, "|%s=%s", s.at[i].type, s.at[i].value);
	if (*c->org_code == 0 && strchr(c->email, '@') != NULL)
		buffer_text(&b, strchr(c->email, '@'));
	return b.text;
}

/* The group of five digits in H51.529.21298.S1. */
static const char *unit_code(const void *mem, const char *code)
{
	while (*code != 0) {
		size_t n = strcspn(code, "."), digits = strspn(code, "0123456789");
		if (n == 5 && digits == 5)
			return copy_part(mem, code, 5);
		code += n + (code[n] == '.');
	}
	return NULL;
}

struct scope { int district, province; bool shows_district, shows_province; };

static void look_at(const struct registry *r, const struct name *n, struct scope *at)
{
	for (int i = 0; i < n->n; i++) {
		const struct site *site = &n->chain[i];
		enum place_level level = kind_level(site->kind);
		if (level == LEVEL_PROVINCE || level == LEVEL_CITY) {
			int p = units_find_province(r, site);
			if (p >= 0 && at->province < 0)
				at->province = p;
		}
	}
	for (int i = 0; i < n->n; i++) {
		const struct site *site = &n->chain[i];
		enum place_level level = kind_level(site->kind);
		if (level != LEVEL_DISTRICT && level != LEVEL_CITY)
			continue;
		int d = units_find_district(r, site, n->bare, at->province);
		if (d >= 0 && at->district < 0)
			at->district = d;
	}
}

/* What the subject shows: its own places and those of its superiors. */
static struct scope find_scope(const void *mem, const struct registry *r, const struct dn *s, const struct name *own)
{
	struct scope at = { -1, -1, false, false };
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->at[i].type, "L") == 0 || strcmp(s->at[i].type, "ST") == 0) {
			struct site site = { KIND_NONE, name_keys(mem, s->at[i].value) };
			int p = units_find_province(r, &site);
			at.province = p >= 0 ? p : at.province;
		}
	for (int i = 0; i < s->n; i++)
		if (is_superior(s->at[i].type)) {
			struct name n;
			name_parse(mem, s->at[i].value, &n);
			look_at(r, &n, &at);
			for (int k = 0; k < n.n; k++)          /* also one that had ended before */
				at.shows_district |= kind_level(n.chain[k].kind) == LEVEL_DISTRICT;
		}
	at.shows_district |= at.district >= 0;
	at.shows_province = at.province >= 0;
	look_at(r, own, &at);
	return at;
}

static const char *class_of(const struct registry *r, const struct name *n, struct scope *at)
{
	enum place_level level = n->n > 0 ? kind_level(n->chain[0].kind) : LEVEL_NONE;
	bool committee = n->body != NULL && (strcmp(n->body, "UBND") == 0 || strcmp(n->body, "HDND") == 0);
	if (level == LEVEL_CITY)
		level = units_find_district(r, &n->chain[0], n->bare, at->province) >= 0 ? LEVEL_DISTRICT : LEVEL_PROVINCE;
	if (n->body == NULL && strncmp(n->core.weak, "truong", 6) == 0)
		return "school";
	if (level == LEVEL_COMMUNE)
		return committee ? "commune" : "commune-office";
	if (level == LEVEL_DISTRICT)
		return committee ? "district" : "district-office";
	if (level == LEVEL_PROVINCE)
		return committee ? "province" : "department";
	if (n->body == NULL && at->shows_district)
		return "district-office";
	return n->body == NULL && at->shows_province ? "department" : "other";
}

static const char *const identities[] = { "unknown", "clear", "conflict", "ambiguous", "ended" };

char *standing_unit_name(const void *mem, const struct registry *r, const struct unit *u)
{
	char *kind = text_lower(mem, u->kind_text);
	return u->district >= 0 ? format_text(mem, "%s %s, %s", kind, u->name, units_district(r, u->district)->name)
		: format_text(mem, "%s %s", kind, u->name);
}

static const char *body_words(const char *body)
{
	return body != NULL && strcmp(body, "HDND") == 0 ? "Hội đồng nhân dân" : "Ủy ban nhân dân";
}

static const char *office_words(const char *body)
{
	static const struct { const char *body, *words; } all[] = { { "VP-DDBQH-HDND", "Văn phòng Đoàn ĐBQH và HĐND" },
		{ "VP-HDND-UBND", "Văn phòng HĐND và UBND" }, { "VP-HDND", "Văn phòng Hội đồng nhân dân" } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].body, body) == 0)
			return all[i].words;
	return "Văn phòng Ủy ban nhân dân";
}

static char *name_of_successor(const void *mem, const struct successor *s, const char *body)
{
	char *kind = text_lower(mem, s->kind_text);
	return format_text(mem, "%s %s %s", body_words(body), kind, s->name);
}

/* Does what the subject shows differ from what the new body's subject must show? */
static bool changes(const struct registry *r, const struct scope *at, const struct successor *to)
{
	if (at->shows_district) {
		if (*to->district == 0)
			return true;
		const struct district *d = units_district(r, at->district);
		char *shown = text_strong(NULL, d->name), *now = text_strong(NULL, to->district);
		bool same = strcmp(shown, now) == 0;
		talloc_free(shown);
		talloc_free(now);
		if (!same)
			return true;
	}
	return at->shows_province && to->province != at->province;
}

/* "ubnd.x@huyenthuynguyen.haiphong.gov.vn" lies in Thủy Nguyên: the first label ends in the district's name. */
static bool mailbox_in(const struct registry *r, const char *email, int unit)
{
	const char *key = units_at(r, unit)->district_weak, *host = strchr(email, '@');
	char label[64];
	size_t n = 0, k = key != NULL ? strlen(key) : 0;
	for (const char *c = host != NULL ? host + 1 : ""; *c != 0 && *c != '.' && n < sizeof label; c++)
		if (isalnum((unsigned char)*c))        /* as weak keys are: y is written i */
			label[n++] = *c == 'y' || *c == 'Y' ? 'i' : (char)tolower((unsigned char)*c);
	return k > 0 && n >= k && memcmp(label + n - k, key, k) == 0
	       && !(isdigit((unsigned char)*key) && n > k && isdigit((unsigned char)label[n - k - 1]));
}

/* A unit of that name that had ended, in the district of the mailbox; -1: none. */
static int ended_there(const struct registry *r, const struct cert *c, const struct site *site, bool bare, int province)
{
	for (int i = -1; (i = units_next_ended(r, site, bare, province, i)) >= 0;)
		if (mailbox_in(r, c->email, i))
			return i;
	return -1;
}

/* One live unit has the name, but another of the place had that has ended: nothing in the subject tells them apart,
 * nor marks where none are written. The mailbox never makes a name clear that is not; here it may say which of the
 * two is meant. */
static enum found doubt(const struct registry *r, const struct cert *c, const struct site *site, bool bare,
			const struct scope *at, int *unit)
{
	const struct unit *live = units_at(r, *unit);
	for (int i = -1; bare && (i = units_next_ended(r, site, bare, at->province, i)) >= 0;)
		if (text_same(units_at(r, i)->district_weak, live->district_weak)
		    && name_same(&units_at(r, i)->key, &live->key) != SAME_YES)
			return FOUND_AMBIGUOUS;
	if (at->district >= 0 || mailbox_in(r, c->email, *unit) || units_next_ended(r, site, bare, at->province, -1) < 0)
		return FOUND_CLEAR;
	int ended = ended_there(r, c, site, bare, at->province);
	*unit = ended >= 0 ? ended : *unit;
	return ended >= 0 ? FOUND_ENDED : FOUND_AMBIGUOUS;
}

/* Several live units have the name, and the mailbox is of none of them, but of one that has ended. */
static enum found several(const struct registry *r, const struct cert *c, const struct site *site, bool bare,
			  const struct scope *at, int *unit)
{
	for (int i = -1; (i = units_next(r, site, bare, at->district, at->province, i)) >= 0;)
		if (mailbox_in(r, c->email, i))
			return FOUND_AMBIGUOUS;
	int ended = ended_there(r, c, site, bare, at->province);
	*unit = ended >= 0 ? ended : *unit;
	return ended >= 0 ? FOUND_ENDED : FOUND_AMBIGUOUS;
}

static void place_commune(const void *mem, const struct registry *r, const struct cert *c, const struct name *n,
			  const struct scope *at, struct standing *st)
{
	const struct site *site = &n->chain[0];
	const char *code = unit_code(mem, c->org_code);
	enum found found = units_find(r, site, n->bare, at->district, at->province, code, &st->unit);
	bool by_name = code == NULL && strcmp(c->kind, "agency") == 0;
	if (found == FOUND_CLEAR && by_name)
		found = doubt(r, c, site, n->bare, at, &st->unit);
	else if (found == FOUND_AMBIGUOUS && by_name)
		found = several(r, c, site, n->bare, at, &st->unit);
	st->identity = identities[found];
	if (st->unit >= 0)
		st->unit_name = standing_unit_name(mem, r, units_at(r, st->unit));
	if (found != FOUND_CLEAR)
		return;
	const struct unit *u = units_at(r, st->unit);
	struct buffer group = { .mem = mem };
	for (int i = 0; i < u->n_successors; i++)
		if (u->successor < 0 || u->successor == u->successors[i])
			buffer_format(&group, "%s%s:%s", group.len > 0 ? ";" : "", n->body != NULL ? n->body : "UBND",
				      units_successor(r, u->successors[i])->code);
	st->group = group.text;
	if (u->successor < 0)
		return;
	const struct successor *to = units_successor(r, u->successor);
	st->successor_body = name_of_successor(mem, to, n->body);
	bool renamed = n->bare ? strcmp(site->name.weak, to->key.weak) != 0 : name_same(&site->name, &to->key) != SAME_YES;
	st->subject_changes = changes(r, at, to) || u->kind != to->kind || renamed;
	st->stays = u->fate == UNTOUCHED && !st->subject_changes;
}

/* A school bears its commune's name after its own words, or the code tells. */
static void place_school(const void *mem, const struct registry *r, const struct cert *c, const struct name *n,
			 const struct scope *at, struct standing *st)
{
	const char *code = unit_code(mem, c->org_code);
	st->identity = "unknown";
	st->unit = code != NULL ? units_find_code(r, code) : -1;
	const char *rest = n->core.strong;
	if (st->unit < 0 && n->n > 0 && kind_level(n->chain[0].kind) == LEVEL_COMMUNE
	    && units_find(r, &n->chain[0], n->bare, at->district, at->province, NULL, &st->unit) != FOUND_CLEAR)
		st->unit = -1;
	while (st->unit < 0 && (rest = strchr(rest, ' ')) != NULL) {
		struct site site = { KIND_NONE, name_keys(mem, ++rest) };
		enum found found = units_find(r, &site, n->bare, at->district, at->province, NULL, &st->unit);
		if (found == FOUND_AMBIGUOUS)
			st->identity = "ambiguous";
		if (found != FOUND_CLEAR)
			st->unit = -1;
	}
	if (st->unit < 0)
		return;
	const struct unit *u = units_at(r, st->unit);
	st->identity = "clear";
	st->unit_name = standing_unit_name(mem, r, u);
	if (u->n_successors != 1)
		return;
	const struct successor *to = units_successor(r, u->successors[0]);
	st->successor_body = name_of_successor(mem, to, "UBND");
	st->parent_in_subject = changes(r, at, to);
	st->stays = !st->parent_in_subject;
}

static void place_district(const void *mem, const struct registry *r, const struct name *n, const struct scope *at,
			   struct standing *st)
{
	st->district = at->district;
	st->identity = at->district >= 0 ? "clear" : "unknown";
	if (at->district < 0)
		return;
	const struct district *d = units_district(r, at->district);
	st->unit_name = text_lower(mem, d->name);
	if (d->zone >= 0)
		st->successor_body = name_of_successor(mem, units_successor(r, d->zone), n->body);
}

/* "tỉnh Quảng Ngãi" */
static char *name_of_province(const void *mem, const struct province *p)
{
	const char *kind = kind_text(p->kind);
	return text_starts(text_lower(mem, p->name), kind) ? format_text(mem, "%s%s", kind, p->name + strlen(kind))
		: copy_text(mem, p->name);
}

/* "Sở Tư pháp" + "tỉnh Quảng Ngãi": the body's own words as every province writes them, else as it does. */
static char *department_of(const void *mem, const struct registry *r, const char *written, const struct name *n,
			   const struct province *to)
{
	char *province = name_of_province(mem, to), *line = text_line(mem, written), *core = line;
	const char *known = units_body_name(r, n->core.weak);
	if (n->body != NULL)
		return format_text(mem, "%s %s", strstr(n->body, "VP") == n->body ? office_words(n->body)
				   : body_words(n->body), province);
	if (known != NULL)
		return format_text(mem, "%s %s", known, province);
	size_t words = 1, end = 0;
	for (const char *c = n->core.strong; *c != 0; c++)
		words += *c == ' ';
	for (; core[end] != 0; end++)
		if (core[end] == ' ' && --words == 0)
			break;
	core[end] = 0;
	return format_text(mem, "%s %s", core, province);
}

static void place_province(const void *mem, const struct registry *r, const struct name *n, const char *written,
			   const struct scope *at, struct standing *st)
{
	st->identity = at->province >= 0 ? "clear" : "unknown";
	if (at->province < 0)
		return;
	const struct province *p = units_province(r, at->province), *to = units_province(r, p->successor);
	st->unit_name = copy_text(mem, p->name);
	st->successor_body = department_of(mem, r, written, n, to);
	st->stays = p->kept;
}

struct standing *standing_new(const void *mem, const struct registry *r, const struct cert *c)
{
	struct standing *st = new_zero(mem, struct standing);
	void *scratch = talloc_new(st);
	struct dn s;
	struct name n;
	dn_parse(scratch, c->subject, &s);
	const char *written = written_body(c, &s);
	name_parse(scratch, written, &n);
	struct scope at = find_scope(scratch, r, &s, &n);
	st->unit = st->district = -1;
	st->province = at.province;
	st->body = n.body;
	st->core = text_weak(st, n.core.strong);
	st->class = class_of(r, &n, &at);
	st->identity = "unknown";
	if (strcmp(st->class, "commune") == 0)
		place_commune(st, r, c, &n, &at, st);
	else if (strcmp(st->class, "school") == 0 || strcmp(st->class, "commune-office") == 0)
		place_school(st, r, c, &n, &at, st);
	else if (strcmp(st->class, "district") == 0 || strcmp(st->class, "district-office") == 0)
		place_district(st, r, &n, &at, st);
	else if (strcmp(st->class, "province") == 0 || strcmp(st->class, "department") == 0)
		place_province(st, r, &n, written, &at, st);
	talloc_free(scratch);
	return st;
}

const struct standing *standing_of_subject(const void *mem, const struct registry *r, const char *name, const char *subject)
{
	char empty[] = "", kind[] = "agency";
	struct cert as = { .subject = copy_text(mem, subject), .org_name = copy_text(mem, name), .org_code = empty,
		.email = empty, .holder_name = empty, .kind = kind };
	return standing_new(mem, r, &as);
}

static void add_name(struct buffer *b, const char *type, const char *value)
{
	if (value == NULL || *value == 0)
		return;
	buffer_format(b, "%s%s=", b->len > 0 ? ", " : "", type);
	for (const char *c = value; *c != 0; c++)
		buffer_format(b, strchr(",+\"\\<>;=", *c) != NULL ? "\\%c" : "%c", *c);
}

const struct standing *standing_of_name(const void *mem, const struct registry *r, const char *name, const char *superior,
					const char *province)
{
	struct buffer dn = { .mem = mem };
	add_name(&dn, "CN", name);
	add_name(&dn, "O", superior);
	add_name(&dn, "L", province);
	return standing_of_subject(mem, r, name, dn.text);
}
