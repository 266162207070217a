/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * units.c - the registry of administrative units. See units.h.
 *
 * Two kinds of tables are read: that of 2025-07-01 (names without their kind, a row an edge of the graph) and
 * that of 2023-2025 (names with their kind). Edges of the day in question make the graph; edges of earlier days
 * tell which units had ended. Keys are made once; a name is looked up under its iy key (marks count) and, for
 * texts without any mark, under its weak key.
 */
#include "units.h"
#include "letter.h"
#include "index.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct registry {
	char *effective;
	struct { struct unit *at; int n, room; } units;        /* predecessors, then units that ended */
	int alive;                                             /* how many of them are predecessors */
	struct { struct successor *at; int n, room; } successors;
	struct { struct district *at; int n, room; } districts;
	struct { struct province *at; int n, room; } provinces;
	struct { struct birth *at; int n, room; } births;
	struct index *codes, *successor_codes, *names, *weak_names, *ended, *weak_ended, *district_names, *births_by_name,
		     *body_names;
	struct texts bodies;
};

#define ADD(r, list) \
	((list)->at = own_grow((r), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), &(list)->at[(list)->n++])

const char *fate_text(enum fate f)
{
	static const char *const texts[] = { "", "alone-kept", "alone-renamed", "kept", "other-kept",
		"namesake-other-kind", "new", "near", "near-in-group", "disputed", "disputed-in-group", "split",
		"special-zone", "untouched" };
	return texts[f];
}

/* "Thành phố Hồ Chí Minh" -> THANH_PHO and "Hồ Chí Minh"; kind NONE when none stands in front. */
static const char *cut_kind(const void *mem, const char *full, enum place_kind *kind)
{
	static const enum place_kind kinds[] = { THI_TRAN, DAC_KHU, THI_XA, THANH_PHO, XA, PHUONG, HUYEN, QUAN, TINH };
	char *low = text_lower(mem, full);
	*kind = KIND_NONE;
	const char *name = full;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && *kind == KIND_NONE; i++) {
		const char *word = kind_text(kinds[i]);
		size_t n = strlen(word);
		if (strncmp(low, word, n) == 0 && low[n] == ' ') {
			*kind = kinds[i];
			name = full + n + 1;   /* case never changes the length of these */
		}
	}
	talloc_free(low);
	return name;
}

static int find_province(struct registry *r, const char *full)
{
	enum place_kind kind;
	const char *name = cut_kind(r, full, &kind);
	struct keys key = name_keys(r, name);
	for (int i = 0; i < r->provinces.n; i++)
		if (r->provinces.at[i].kind == kind && name_same(&r->provinces.at[i].key, &key) == SAME_YES)
			return i;
	struct province *p = ADD(r, &r->provinces);
	*p = (struct province){ .name = full, .code = "", .resolution = "", .kind = kind, .key = key, .kept = true };
	p->successor = r->provinces.n - 1;
	return r->provinces.n - 1;
}

static int find_district(struct registry *r, const char *full, const char *code, int province)
{
	if (*full == 0)
		return -1;
	enum place_kind kind;
	const char *name = cut_kind(r, full, &kind);
	struct keys key = name_keys(r, name);
	int at;
	for (int i = index_first(r->district_names, key.iy, &at); i >= 0; i = index_next(r->district_names, &at))
		if (r->districts.at[i].province == province && r->districts.at[i].kind == kind)
			return i;
	struct district *d = ADD(r, &r->districts);
	*d = (struct district){ .name = full, .code = code, .kind = kind, .key = key, .province = province, .zone = -1 };
	index_add(r->district_names, d->key.iy, r->districts.n - 1);
	index_add(r->district_names, format_text(r, "~%s", d->key.weak), r->districts.n - 1);
	return r->districts.n - 1;
}

struct edge {                                  /* one row of either table, cells as they stand */
	const char *to_code, *to_name, *to_kind, *to_district, *to_province;
	const char *code, *name, *alt, *kind, *district, *district_code, *province, *whole, *transfer, *resolution, *date;
	bool kinds_in_names;                   /* the table of 2023-2025 writes "Phường Trúc Bạch" */
};

/* "{one of 1237,1239}/NQ-UBTVQH15": the sources tell not which of them it is. */
static const char *resolution_text(const void *mem, const char *written)
{
	const char *from = strstr(written, "{one of "), *end = from != NULL ? strchr(from, '}') : NULL;
	if (end == NULL)
		return written;
	from += strlen("{one of ");
	return format_text(mem, "một trong các số %.*s%s", (int)(end - from), from, end + 1);
}

static struct edge edge_of(const struct table *t, int i)
{
#define CELL(name) table_cell(t, i, name)
	return (struct edge){ CELL("successor_code"), CELL("successor_name"), CELL("successor_kind"),
		CELL("successor_district"), CELL("successor_province"), CELL("predecessor_code"),
		CELL("predecessor_name"), CELL("predecessor_name_alt"), CELL("predecessor_kind"),
		CELL("predecessor_district"), CELL("predecessor_district_code"), CELL("predecessor_province"),
		CELL("whole_or_part"), CELL("transfer"), CELL("resolution"), CELL("effective_date"),
		table_find(t, "transfer") < 0 };
#undef CELL
}

static int add_unit(struct registry *r, const struct edge *e)
{
	int at, first = index_first(r->codes, e->code, &at);
	if (first >= 0)
		return first;
	struct unit *u = ADD(r, &r->units);
	enum place_kind kind;
	int i = r->units.n - 1;
	*u = (struct unit){ .code = e->code, .name = cut_kind(r, e->name, &kind), .kind_text = e->kind, .alt = e->alt,
		.kind = kind_find(e->kind), .successor = -1, .keeper = -1 };
	if (!e->kinds_in_names)                /* "Phường Đúc" is all name */
		u->name = e->name;
	u->key = name_keys(r, u->name);
	int province = find_province(r, e->province), district = find_district(r, e->district, e->district_code, province);
	u = &r->units.at[i];
	u->province = province;
	u->district = district;
	u->district_weak = district >= 0 ? r->districts.at[district].key.weak : NULL;
	if (strcmp(e->transfer, "district-to-special-zone") != 0)
		index_add(r->codes, u->code, i);
	return i;
}

static int add_successor(struct registry *r, const struct edge *e)
{
	int at, first = index_first(r->successor_codes, e->to_code, &at);
	if (first >= 0)
		return first;
	enum place_kind kind;
	struct successor *s = ADD(r, &r->successors);
	*s = (struct successor){ .code = e->to_code, .name = cut_kind(r, e->to_name, &kind), .kind_text = e->to_kind,
		.district = e->to_district, .resolution = e->resolution, .effective = e->date,
		.kind = kind_find(e->to_kind) };
	if (!e->kinds_in_names)
		s->name = e->to_name;
	s->key = name_keys(r, s->name);
	int i = r->successors.n - 1;
	int province = find_province(r, e->to_province);
	r->successors.at[i].province = province;
	index_add(r->successor_codes, e->to_code, i);
	return i;
}

static void add_edge(struct registry *r, const struct edge *e)
{
	int to = add_successor(r, e);
	if (strcmp(e->transfer, "district-to-special-zone") == 0) {
		int province = find_province(r, e->province), d = find_district(r, e->district, e->district_code, province);
		if (d >= 0)
			r->districts.at[d].zone = to;
		return;
	}
	int from = add_unit(r, e);
	struct unit *u = &r->units.at[from];
	struct successor *s = &r->successors.at[to];
	if (u->n_successors < (int)(sizeof u->successors / sizeof *u->successors))
		u->successors[u->n_successors++] = to;
	u->part = u->part || strcmp(e->whole, "part") == 0;
	u->disputed = u->disputed || strcmp(e->whole, "disputed") == 0;
	s->from = own_grow(r, s->from, s->n, &s->room, sizeof *s->from);
	s->from[s->n++] = from;
}

/* By its name, or by another spelling that an official register has for it. */
static bool keeps(const struct unit *u, const struct successor *s)
{
	if (name_same(&u->key, &s->key) == SAME_YES)
		return true;
	for (int i = 0; i < u->aliases.n; i++)
		if (name_same(&u->aliases.at[i], &s->key) == SAME_YES)
			return true;
	for (int i = 0; i < s->aliases.n; i++)  /* but a register that gives the new unit another word errs */
		if (name_same(&u->key, &s->aliases.at[i]) == SAME_YES && strcmp(s->aliases.at[i].weak, s->key.weak) == 0)
			return true;
	return false;
}

static bool nearly_keeps(const struct unit *u, const struct successor *s)
{
	return !keeps(u, s) && name_same(&u->key, &s->key) == SAME_ASK;
}

/* A split unit goes where its name goes, if that is one place. */
static void choose_successor(struct registry *r, struct unit *u)
{
	int kept = 0, where = -1;
	for (int i = 0; i < u->n_successors; i++)
		if (keeps(u, &r->successors.at[u->successors[i]])) {
			kept++;
			where = u->successors[i];
		}
	u->successor = u->n_successors == 1 ? u->successors[0] : kept == 1 ? where : -1;
}

static bool untouched(const struct unit *u, const struct successor *s)
{
	return s->n == 1 && keeps(u, s) && u->kind == s->kind && u->n_successors == 1;
}

struct holders { int n, last, exact, last_exact; };

/* The predecessors that bear the successor's name; by another spelling only if none has the very name. */
static struct holders find_holders(const struct registry *r, const struct successor *s)
{
	struct holders h = { 0, -1, 0, -1 };
	for (int pass = 0; pass < 2 && h.n == 0; pass++)
		for (int k = 0; k < s->n; k++) {
			const struct unit *v = &r->units.at[s->from[k]];
			if (pass == 0 ? name_same(&v->key, &s->key) != SAME_YES : !keeps(v, s))
				continue;
			h.n++;
			h.last = s->from[k];
			if (v->kind == s->kind) {
				h.exact++;
				h.last_exact = s->from[k];
			}
		}
	return h;
}

static void tell_fate(struct registry *r, int i)
{
	struct unit *u = &r->units.at[i];
	if (u->disputed || u->successor < 0) {
		u->fate = u->disputed ? DISPUTED : SPLIT;
		return;
	}
	struct successor *s = &r->successors.at[u->successor];
	struct holders h = find_holders(r, s);
	int near = 0;
	for (int k = 0; k < s->n; k++)
		near += nearly_keeps(&r->units.at[s->from[k]], s);
	int holder = h.n == 1 ? h.last : h.exact == 1 ? h.last_exact : -1;
	u->keeper = holder;
	if (h.n > 1 && holder < 0)
		u->fate = NEAR_IN_GROUP;       /* two of one name and none fits better */
	else if (h.n == 0 && near > 0)
		u->fate = nearly_keeps(u, s) ? NEAR : NEAR_IN_GROUP;
	else if (h.n == 0)
		u->fate = s->n == 1 ? ALONE_RENAMED : NEW;
	else if (i == holder)
		u->fate = untouched(u, s) ? UNTOUCHED : s->n == 1 ? ALONE_KEPT : KEPT;
	else if (r->units.at[holder].disputed)
		u->fate = DISPUTED_IN_GROUP;
	else
		u->fate = name_same(&u->key, &s->key) == SAME_YES ? NAMESAKE_OTHER_KIND : OTHER_KEPT;
}

/* A unit of an earlier wave that is no predecessor any more. */
static void add_ended(struct registry *r, const struct edge *e)
{
	enum place_kind kind, to_kind, district_kind;
	const char *name = cut_kind(r, e->name, &kind), *to_name = cut_kind(r, e->to_name, &to_kind);
	struct keys key = name_keys(r, name), to_key = name_keys(r, to_name);
	if (kind == to_kind && name_same(&key, &to_key) == SAME_YES)
		return;                        /* its name goes on; only its district is another, or others joined it */
	int at, province = find_province(r, e->province);
	for (int i = index_first(r->names, key.iy, &at); i >= 0; i = index_next(r->names, &at)) {
		const struct unit *u = &r->units.at[i];
		const char *district = u->district >= 0 ? r->districts.at[u->district].name : "";
		if (u->kind == kind && u->province == province && text_same(district, e->district))
			return;
	}
	int district = find_district(r, e->district, "", province);
	struct unit *u = ADD(r, &r->units);
	*u = (struct unit){ .code = e->code, .name = name, .kind_text = e->kind, .alt = "", .kind = kind, .key = key,
		.district = district, .province = province, .successor = -1, .keeper = -1,
		.district_weak = name_keys(r, cut_kind(r, e->district, &district_kind)).weak,
		.followed_by = format_text(r, "%s %s (%s, %s)", e->to_kind, to_name, resolution_text(r, e->resolution), e->date) };
	index_add(r->ended, u->key.iy, r->units.n - 1);
	index_add(r->weak_ended, u->key.weak, r->units.n - 1);
}

static void add_birth(struct registry *r, const struct edge *e)
{
	struct birth *last = r->births.n > 0 ? &r->births.at[r->births.n - 1] : NULL;
	if (last == NULL || strcmp(last->code, e->to_code) != 0 || strcmp(last->since, e->date) != 0) {
		enum place_kind kind;
		last = ADD(r, &r->births);
		*last = (struct birth){ .code = e->to_code, .name = e->to_name, .kind_text = e->to_kind,
			.district = e->to_district, .province = e->to_province, .since = e->date,
			.resolution = resolution_text(r, e->resolution), .kind = kind_find(e->to_kind) };
		if (e->kinds_in_names)
			last->name = cut_kind(r, e->to_name, &kind);
		last->key = name_keys(r, last->name);
		index_add(r->births_by_name, last->key.iy, r->births.n - 1);
	}
	enum place_kind kind;
	struct keys from = name_keys(r, e->kinds_in_names ? cut_kind(r, e->name, &kind) : e->name);
	last->kept = last->kept || name_same(&from, &last->key) == SAME_YES;
	last->predecessors++;
}

static bool of_day(const struct edge *e, const char *day)
{
	return strstr(e->date, day) != NULL;   /* some rows name two days */
}

static bool read_provinces(struct registry *r, const char *folder, char **why)
{
	struct table t;
	char *path = format_text(r, "%s/mergers/provinces-2025-07-01.csv", folder);
	if (!table_read(r, path, &t, why))
		return false;
	for (int i = 0; i < t.n; i++) {
		int from = find_province(r, table_cell(&t, i, "predecessor_name"));
		int to = find_province(r, table_cell(&t, i, "successor_name"));
		struct province *p = &r->provinces.at[from];
		p->code = table_cell(&t, i, "predecessor_code");
		const char *day = table_cell(&t, i, "effective_date");
		p->resolution = table_cell(&t, i, "resolution");
		if (*day == 0 || strcmp(day, r->effective) > 0)
			continue;
		p->merged = true;
		p->successor = to;
		p->kept = strcmp(table_cell(&t, i, "name_kept"), "Y") == 0;
	}
	return true;
}

/* How the bodies of a province are written; lists have them in capitals and without marks. */
static bool read_bodies(struct registry *r, const char *folder, char **why)
{
	struct table t;
	if (!table_read(r, format_text(r, "%s/mergers/provincial-bodies.tsv", folder), &t, why))
		return false;
	for (int i = 0; i < t.n; i++) {
		const char *name = table_cell(&t, i, "name");
		struct keys key = name_keys(r, name);
		texts_add(r, &r->bodies, name);
		index_add(r->body_names, key.weak, i);
	}
	return true;
}

const char *units_body_name(const struct registry *r, const char *weak)
{
	int at, i = index_first(r->body_names, weak, &at);
	return i >= 0 && index_next(r->body_names, &at) < 0 ? r->bodies.at[i] : NULL;
}

static void add_alias(struct registry *r, struct aliases *a, const char *name)
{
	enum place_kind kind;
	a->at = own_grow(r, a->at, a->n, &a->room, sizeof *a->at);
	a->at[a->n++] = name_keys(r, cut_kind(r, name, &kind));
}

/* Other spellings of one code, by official registers; those with other letters too. */
static bool read_aliases(struct registry *r, const char *folder, char **why)
{
	struct table t;
	char *path = format_text(r, "%s/mergers/name-variants.tsv", folder);
	if (!table_read(r, path, &t, why))
		return false;
	for (int i = 0; i < t.n; i++) {
		const char *code = table_cell(&t, i, "code"), *other = table_cell(&t, i, "other_name");
		int at, pre = strcmp(table_cell(&t, i, "era"), "pre") == 0;
		int found = index_first(pre ? r->codes : r->successor_codes, code, &at);
		enum place_kind kind;          /* a code bears other names on other days: the list says which it means */
		struct keys meant = name_keys(r, cut_kind(r, table_cell(&t, i, "reference_name"), &kind));
		if (found >= 0 && name_same(&meant, pre ? &r->units.at[found].key : &r->successors.at[found].key) == SAME_YES)
			add_alias(r, pre ? &r->units.at[found].aliases : &r->successors.at[found].aliases, other);
	}
	for (int i = 0; i < r->alive; i++) {
		struct unit *u = &r->units.at[i];
		enum place_kind kind;
		if (*u->alt != 0)
			add_alias(r, &u->aliases, u->alt);
		if (cut_kind(r, u->name, &kind) != u->name && kind == u->kind)
			add_alias(r, &u->aliases, u->name);    /* written once: "phường Đúc" */
	}
	return true;
}

static void file_names(struct registry *r)
{
	for (int i = 0; i < r->units.n; i++) {
		struct unit *u = &r->units.at[i];
		index_add(r->names, u->key.iy, i);
		index_add(r->weak_names, u->key.weak, i);
		for (int k = 0; k < u->aliases.n; k++) {
			struct keys *alias = &u->aliases.at[k];
			if (strcmp(alias->iy, u->key.iy) != 0)
				index_add(r->names, alias->iy, i);
			if (strcmp(alias->weak, u->key.weak) != 0)
				index_add(r->weak_names, alias->weak, i);
		}
	}
}

static const char *latest_day(const struct table *t)
{
	const char *latest = "";
	for (int i = 0; i < t->n; i++) {
		const char *day = table_cell(t, i, "effective_date");
		latest = strcmp(day, latest) > 0 ? day : latest;
	}
	return latest;
}

struct registry *units_read(const void *mem, const char *folder, const char *draft, const char *effective, char **why)
{
	struct registry *r = new_zero(mem, struct registry);
	struct table *now = new_zero(r, struct table), *before = new_zero(r, struct table);
	r->codes = index_new(r);
	r->successor_codes = index_new(r);
	r->names = index_new(r);
	r->weak_names = index_new(r);
	r->ended = index_new(r);
	r->weak_ended = index_new(r);
	r->district_names = index_new(r);
	r->births_by_name = index_new(r);
	r->body_names = index_new(r);
	struct stat st;
	bool in_folder = draft != NULL && stat(draft, &st) == 0 && S_ISDIR(st.st_mode);
	const char *path = draft == NULL ? format_text(r, "%s/mergers/2025-07-01.csv", folder)
		: in_folder ? format_text(r, "%s/2025-07-01.csv", draft) : draft;
	if (!table_read(r, path, now, why)
	    || !table_read(r, format_text(r, "%s/mergers/2023-2025.csv", folder), before, why))
		return NULL;
	if (table_find(now, "predecessor_code") < 0 || table_find(now, "effective_date") < 0) {
		*why = format_text(r, "%s: no table of mergers: it wants successor_code … effective_date", path);
		return NULL;
	}
	r->effective = copy_text(r, effective != NULL ? effective : latest_day(now));
	if (!read_provinces(r, folder, why) || !read_bodies(r, folder, why))
		return NULL;
	const struct table *tables[] = { now, before };
	for (int t = 0; t < 2; t++)
		for (int i = 0; i < tables[t]->n; i++) {
			struct edge e = edge_of(tables[t], i);
			if (of_day(&e, r->effective))
				add_edge(r, &e);
		}
	for (int t = 1; t >= 0; t--)           /* the earlier wave first */
		for (int i = 0; i < tables[t]->n; i++) {
			struct edge e = edge_of(tables[t], i);
			add_birth(r, &e);
		}
	if (r->units.n == 0)                   /* no table has that day: the latest wave before it */
		for (int i = 0; i < now->n; i++) {
			struct edge e = edge_of(now, i);
			if (strcmp(e.date, r->effective) <= 0)
				add_edge(r, &e);
		}
	r->alive = r->units.n;
	if (!read_aliases(r, folder, why))
		return NULL;
	for (int i = 0; i < r->alive; i++)
		choose_successor(r, &r->units.at[i]);
	for (int i = 0; i < r->alive; i++)
		tell_fate(r, i);
	file_names(r);
	for (int i = 0; i < before->n; i++) {
		struct edge e = edge_of(before, i);
		if (strcmp(e.date, r->effective) < 0 && !of_day(&e, r->effective))
			add_ended(r, &e);
	}
	return r;
}

const char *units_effective(const struct registry *r) { return r->effective; }
const struct unit *units_at(const struct registry *r, int i) { return &r->units.at[i]; }
const struct successor *units_successor(const struct registry *r, int i) { return &r->successors.at[i]; }
const struct district *units_district(const struct registry *r, int i) { return &r->districts.at[i]; }
const struct province *units_province(const struct registry *r, int i) { return &r->provinces.at[i]; }
int units_count(const struct registry *r) { return r->alive; }
int units_successors(const struct registry *r) { return r->successors.n; }
int units_districts(const struct registry *r) { return r->districts.n; }
int units_provinces(const struct registry *r) { return r->provinces.n; }

int units_find_code(const struct registry *r, const char *code)
{
	int at;
	return index_first(r->codes, code, &at);
}

int units_find_province(const struct registry *r, const struct site *step)
{
	int found = -1, n = 0;
	for (int i = 0; i < r->provinces.n; i++) {
		const struct province *p = &r->provinces.at[i];
		if (strcmp(p->key.iy, step->name.iy) == 0 && (step->kind == KIND_NONE || step->kind == p->kind)) {
			found = i;
			n++;
		}
	}
	for (int i = 0; n == 0 && i < r->provinces.n; i++)     /* without marks: only if there is but one */
		if (strcmp(step->name.iy, step->name.weak) == 0
		    && strcmp(r->provinces.at[i].key.weak, step->name.weak) == 0
		    && (step->kind == KIND_NONE || step->kind == r->provinces.at[i].kind)) {
			found = found < 0 ? i : -2;
		}
	return n <= 1 && found >= 0 ? found : -1;
}

int units_find_district(const struct registry *r, const struct site *step, bool bare, int province)
{
	void *mem = talloc_new(NULL);
	const char *key = bare ? format_text(mem, "~%s", step->name.weak) : step->name.iy;
	int at, found = -1, n = 0;
	for (int i = index_first(r->district_names, key, &at); i >= 0; i = index_next(r->district_names, &at)) {
		const struct district *d = &r->districts.at[i];
		if ((province >= 0 && d->province != province) || (step->kind != KIND_NONE && d->kind != step->kind))
			continue;
		found = i;
		n++;
	}
	talloc_free(mem);
	return n == 1 ? found : -1;
}

/* The official list has two wards of a quận as xã, which a quận has not: both words mean them. */
static bool is_kind(const struct registry *r, const struct unit *u, enum place_kind kind)
{
	return kind == KIND_NONE || kind == u->kind
	       || (kind == PHUONG && u->kind == XA && u->district >= 0 && r->districts.at[u->district].kind == QUAN);
}

static bool in_scope(const struct registry *r, const struct unit *u, const struct site *step, int district, int province)
{
	return (district < 0 || u->district == district) && (province < 0 || u->province == province)
	       && is_kind(r, u, step->kind);
}

/* How many units of that name lie in the scope; the last of them. */
static int count_in(const struct registry *r, const struct index *names, const char *key, const struct site *step,
		    int district, int province, int *unit)
{
	int at, n = 0;
	*unit = -1;
	for (int i = index_first(names, key, &at); i >= 0; i = index_next(names, &at)) {
		if (!in_scope(r, &r->units.at[i], step, district, province) || i == *unit)
			continue;
		*unit = i;
		n++;
	}
	return n;
}

/* Does the name, by its key or an alias, mean unit u? */
static bool means(const struct index *names, const char *key, int u)
{
	int at;
	for (int i = index_first(names, key, &at); i >= 0; i = index_next(names, &at))
		if (i == u)
			return true;
	return false;
}

enum found units_find(const struct registry *r, const struct site *step, bool bare, int district, int province,
		      const char *code, int *unit)
{
	const struct index *names = bare ? r->weak_names : r->names, *ended = bare ? r->weak_ended : r->ended;
	const char *key = bare ? step->name.weak : step->name.iy;
	int named, coded = code != NULL ? units_find_code(r, code) : -1;
	int n = count_in(r, names, key, step, district, province, &named);
	*unit = coded >= 0 ? coded : named;
	if (code != NULL && coded < 0)
		return n == 0 ? FOUND_NOT : FOUND_CONFLICT;    /* no unit has that code */
	if (coded >= 0) {
		if (means(names, key, coded) && in_scope(r, &r->units.at[coded], step, -1, province))
			return FOUND_CLEAR;
		const struct unit *u = &r->units.at[coded];
		return strcmp(u->key.weak, step->name.weak) == 0 && n == 0 ? FOUND_AMBIGUOUS : FOUND_CONFLICT;
	}
	if (n == 1)
		return FOUND_CLEAR;
	if (n > 1)
		return FOUND_AMBIGUOUS;
	n = count_in(r, ended, key, step, district, province, unit);
	if (n == 0 && district >= 0)           /* its district may have had another kind or name then */
		n = count_in(r, ended, key, step, -1, province, unit);
	return n > 0 ? FOUND_ENDED : FOUND_NOT;
}

const struct birth *units_next_birth(const struct registry *r, const struct site *site, bool bare, int *at)
{
	if (bare)                              /* a name without marks tells no unit among all */
		return NULL;
	int i = *at == -1 ? index_first(r->births_by_name, site->name.iy, at) : index_next(r->births_by_name, at);
	for (; i >= 0; i = index_next(r->births_by_name, at))
		if (site->kind == KIND_NONE || site->kind == r->births.at[i].kind)
			return &r->births.at[i];
	*at = -2;
	return NULL;
}

static int next_of(const struct registry *r, const struct index *names, const char *key, const struct site *site,
		   int district, int province, int after)
{
	int at, best = -1;
	for (int i = index_first(names, key, &at); i >= 0; i = index_next(names, &at))
		if (i > after && (best < 0 || i < best) && in_scope(r, &r->units.at[i], site, district, province))
			best = i;
	return best;
}

int units_next(const struct registry *r, const struct site *site, bool bare, int district, int province, int after)
{
	return next_of(r, bare ? r->weak_names : r->names, bare ? site->name.weak : site->name.iy, site, district, province, after);
}

int units_next_ended(const struct registry *r, const struct site *site, bool bare, int province, int after)
{
	return next_of(r, bare ? r->weak_ended : r->ended, bare ? site->name.weak : site->name.iy, site, -1, province, after);
}

static int homonyms(const void *registry, const struct site *step)
{
	int unit;
	return registry == NULL ? 0 : count_in(registry, ((const struct registry *)registry)->names, step->name.iy, step,
					       -1, -1, &unit);
}

enum same units_compare(const struct registry *r, const char *a, const char *b, const char **why)
{
	void *mem = talloc_new(NULL);
	struct name x, y;
	name_parse(mem, a, &x);
	name_parse(mem, b, &y);
	enum same same = name_compare(&x, &y, homonyms, r, why);
	talloc_free(mem);
	return same;
}
