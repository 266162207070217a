/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verdict.c - the book of rules run over filled facts. See verdict.h.
 */
#include "verdict.h"
#include "fill.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

struct speaking { sqlite3_stmt *row; const char *serial; };     /* serial: as the list prints it, or NULL */

static const char *column_text(void *with, const char *name)
{
	const struct speaking *s = with;
	return s->serial != NULL && strcmp(name, "serial") == 0 ? s->serial : facts_text(s->row, name);
}

/* What is derived, or not confirmed, says so to whoever reads it. */
static char *text_of(const void *mem, const struct rule *r, const char *template, const char *derived,
		     const char *unsure, struct speaking *row)
{
	char *text = rule_fill(mem, template, column_text, row);
	const char *more = r->sure == 'D' ? derived : r->sure == 'K' ? unsure : "";
	return *more != 0 ? format_text(mem, "%s %s", text, more) : text;
}

static char *say_vi(const void *mem, const struct rule *r, struct speaking *row)
{
	return text_of(mem, r, r->vi, "(Suy luận từ căn cứ đã dẫn, văn bản không nêu nguyên văn.)",
		       "(Quy định này chưa được xác nhận trong văn bản, chỉ nêu để lưu ý.)", row);
}

static char *say_en(const void *mem, const struct rule *r, struct speaking *row)
{
	return text_of(mem, r, r->en, "(Derived from what is cited; no text says it in these words.)",
		       "(Not confirmed in a text; for attention only.)", row);
}

/* Decisions ------------------------------------------------------------------------------------------ */

struct deciding {
	struct pool *pool;
	const struct registry *registry;
	const struct inventory *inventory;
	const struct rule *rule;
	struct decision *at;
	sqlite3_stmt *route;
	struct { struct route { char *key, *channel, *deadline; } *at; int n, room; } routes;
};

static void drop_statement(void *s) { sqlite3_finalize(s); }

/* Where a form goes from that province on that day: rules/routing.tsv. */
static const struct route *find_route(struct deciding *d, const char *province, bool elsewhere, const char *form)
{
	void *mem = talloc_new(d->pool);
	char *key = format_text(mem, "%s|%s|%d", province, form, elsewhere);
	for (int i = 0; i < d->routes.n; i++)
		if (strcmp(d->routes.at[i].key, key) == 0) {
			talloc_free(mem);
			return &d->routes.at[i];
		}
	d->routes.at = own_grow(d->pool, d->routes.at, d->routes.n, &d->routes.room, sizeof *d->routes.at);
	struct route *r = &d->routes.at[d->routes.n++];
	*r = (struct route){ .key = pool_keep(d->pool, key) };
	sqlite3_bind_text(d->route, 1, form, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(d->route, 2, province, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(d->route, 3, elsewhere);
	if (sqlite3_step(d->route) == SQLITE_ROW) {
		r->channel = pool_keep(d->pool, (const char *)sqlite3_column_text(d->route, 0));
		r->deadline = pool_keep(d->pool, (const char *)sqlite3_column_text(d->route, 1));
	}
	sqlite3_reset(d->route);
	talloc_free(mem);
	return r;
}

/* "Thành phố Đà Nẵng", "TP Đà Nẵng", "Đà Nẵng": one. */
static bool same_province(const void *mem, const char *a, const char *b)
{
	static const char *const kinds[] = { "tinh ", "thanh pho ", "tp. ", "tp " };
	char *key[2] = { text_weak(mem, text_line(mem, a)), text_weak(mem, text_line(mem, b)) };
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (text_starts(key[i], kinds[k])) {
				key[i] += strlen(kinds[k]);
				break;
			}
	return strcmp(key[0], key[1]) == 0;
}

static bool take_decision(void *with, sqlite3_stmt *row)
{
	struct deciding *d = with;
	int i = sqlite3_column_int(row, facts_column(row, "cert")) - 1;
	if (i < 0 || i >= inventory_count(d->inventory) || d->at[i].action != NULL)
		return true;
	const struct cert *c = inventory_at(d->inventory, i);
	struct decision *to = &d->at[i];
	void *mem = talloc_new(d->pool);
#define KEEP(column) pool_keep(d->pool, facts_text(row, column))
	to->serial = c->serial;
	to->action = KEEP("action");
	to->reason = KEEP("reason");
	to->rule = d->rule->id;
	to->code = KEEP("code");
	to->successor_code = KEEP("successor");
	to->successor_body = KEEP("successor_body");
	to->group = KEEP("grp");
	to->suggested = KEEP("suggested");
	to->form = KEEP("form");
#undef KEEP
	if (to->form != NULL) {
		int p = c->standing->province;
		const char *province = p >= 0 ? units_province(d->registry, units_province(d->registry, p)->successor)->name : "";
		/* The receiving body files for whoever moves: in another province by that one's ways. */
		const char *moved = c->assignment != NULL && strcmp(c->kind, "person") == 0 && text_same(c->assignment->status, "assigned")
			&& *c->assignment->new_province != 0 && *province != 0
			&& !same_province(mem, c->assignment->new_province, province) ? c->assignment->new_province : NULL;
		const struct route *route = find_route(d, moved != NULL ? moved : province, moved != NULL, to->form);
		to->channel = route->channel;
		to->deadline = route->deadline;
	}
	struct speaking speaking = { row, c->serial };
	to->law = pool_keep(d->pool, rule_fill(mem, d->rule->law, column_text, &speaking));
	to->says = pool_store(d->pool, say_vi(mem, d->rule, &speaking));
	if (c->letter > 0)
		to->evidence.what = pool_store(d->pool, c->signature > 0
			? format_text(mem, "letter:%d signature:%d", c->letter, c->signature)
			: format_text(mem, "letter:%d request:%d", c->letter, c->request));
	talloc_free(mem);
	return true;
}

static void leave_to_a_person(struct deciding *d, int i)
{
	const struct cert *c = inventory_at(d->inventory, i);
	struct decision *to = &d->at[i];
	to->serial = c->serial;
	to->action = pool_keep(d->pool, "needs-person");
	to->reason = pool_keep(d->pool, "NO_RULE");
	to->rule = pool_keep(d->pool, "4_judge/no-rule");
	to->code = pool_keep(d->pool, "GAP");
	to->says = pool_keep(d->pool, "Không có quy tắc nào áp dụng được cho chứng thư số này; đề nghị người có thẩm quyền "
			     "xem xét, quyết định.");
}

struct decision *verdict_decide(struct facts *f, struct pool *pool, const struct registry *registry,
				const struct inventory *inventory, const char *day, char **why)
{
	int n = inventory_count(inventory);
	struct deciding d = { .pool = pool, .registry = registry, .inventory = inventory,
		.at = new_array(pool, struct decision, (size_t)n) };
	static const char ask[] = "SELECT channel, deadline FROM routing, context WHERE form = ?1"
		" AND \"from\" <= today AND (until IS NULL OR until >= today)"
		" AND (routing.province IS NULL OR has_word(iif(?3, ?2, coalesce(context.province, ?2)), routing.province))"
		" ORDER BY routing.province IS NULL LIMIT 1";
	if (sqlite3_prepare_v2(f->db, ask, -1, &d.route, NULL) != SQLITE_OK)
		abort();
	own(pool, d.route, drop_statement);
	for (int i = 0; i < f->book->rules.n; i++) {
		d.rule = &f->book->rules.at[i];
		if (d.rule->decides && rule_applies(d.rule, day) && !facts_run(f, d.rule, take_decision, &d, why))
			return NULL;
	}
	for (int i = 0; i < n; i++)
		if (d.at[i].action == NULL)
			leave_to_a_person(&d, i);
	return d.at;
}

struct filler *verdict_table(const void *mem, struct facts *f)
{
	return filler_new(mem, f, "decision");
}

void verdict_tell(struct filler *w, const struct decision *d, const char *serial, int cert)
{
	filler_add(w, cert, serial, d->action, d->rule, d->reason, d->successor_code, d->group);
}

/* Findings ------------------------------------------------------------------------------------------- */

struct finding_of { struct batch *batch; const struct rule *rule; };

/* "field:number", "signature:2", "request:1", "part:1": where in the letter that stands. */
static bool place_of(const struct letter *l, const char *what, struct place *place)
{
	const char *colon = strchr(what, ':');
	int n = colon != NULL ? atoi(colon + 1) : 0;
	*place = (struct place){ 0 };
	if (text_starts(what, "field:")) {
		const struct field *f = letter_find_field(l, what + 6);
		if (f != NULL)
			*place = f->read.place;
		return f != NULL;
	}
	if (text_starts(what, "signature:") && n >= 1 && n <= l->signatures.n) {
		const struct signature *s = &l->signatures.at[n - 1];
		*place = (struct place){ .part = s->part, .page = s->page, .box = s->box };
		return true;
	}
	if (text_starts(what, "request:") && n >= 1 && n <= l->requests.n) {
		const struct request *r = &l->requests.at[n - 1];
		if (r->cells.n > 0)
			*place = r->cells.at[0].read.place;
		return r->cells.n > 0;
	}
	if (text_starts(what, "part:"))
		place->part = n;
	return text_starts(what, "part:");
}

static void add_evidence(const void *mem, struct finding *f, const struct letter *l, const char *what)
{
	struct place place;
	if (what == NULL)
		return;
	bool found = l != NULL && place_of(l, what, &place);
	finding_evidence(mem, f, what, found ? &place : NULL);
}

static enum severity severity_of(const struct rule *r, const char *word)
{
	static const char *const words[] = { "note", "warn", "hold", "reject" };
	for (int i = 0; word != NULL && i < 4; i++)
		if (strcmp(words[i], word) == 0)
			return (enum severity)i;
	return r->severity;
}

static bool take_finding(void *with, sqlite3_stmt *row)
{
	struct finding_of *t = with;
	int column = facts_column(row, "letter");
	int i = column >= 0 && sqlite3_column_type(row, column) != SQLITE_NULL ? sqlite3_column_int(row, column) : 0;
	struct letter *l = i >= 1 && i <= t->batch->letters.n ? t->batch->letters.at[i - 1] : NULL;
	if (l != NULL && l->known)             /* told when it was judged */
		return true;
	void *mem = talloc_new(NULL);
	const char *law = facts_text(row, "law");
	struct speaking speaking = { row, NULL };
	law = law != NULL ? law : rule_fill(mem, t->rule->law, column_text, &speaking);
	enum severity severity = severity_of(t->rule, facts_text(row, "severity"));
	char *vi = say_vi(mem, t->rule, &speaking), *en = say_en(mem, t->rule, &speaking);
	if (l == NULL) {
		struct finding *f = batch_finding(t->batch, t->rule->id, severity, law, vi, en);
		add_evidence(t->batch, f, NULL, facts_text(row, "evidence"));
	} else if (t->rule->over_inventory || rule_applies(t->rule, fill_day(mem, l, t->rule->date))) {
		struct finding *f = letter_finding(l, t->rule->id, severity, law, vi, en);
		add_evidence(l, f, l, facts_text(row, "evidence"));
	}
	talloc_free(mem);
	return true;
}

/* A rule that could not be run to its end (it worked too long): what it asks was not asked, and that is told. The night
 * goes on: tried again it would only fail again. */
static void not_asked(struct batch *b, const struct rule *r, const char *why)
{
	batch_finding(b, "4_judge/rule-failed", HOLD, NULL,
		      format_text(b, "Quy tắc %s không chạy xong với %d văn bản của đợt này nên chưa kiểm tra được điều quy tắc "
				     "ấy hỏi; báo người quản trị (%s).", r->id, b->letters.n, why),
		      format_text(b, "Rule %s did not come to its end over the %d letters of this batch: what it asks was not "
				     "asked. Tell the administrator (%s).", r->id, b->letters.n, why));
}

void verdict_find(struct facts *f, struct batch *b, const char *day)
{
	struct finding_of t = { .batch = b };
	for (int i = 0; i < f->book->rules.n; i++) {
		t.rule = &f->book->rules.at[i];
		if (t.rule->decides || (t.rule->over_inventory && !rule_applies(t.rule, day)))
			continue;
		char *why = NULL;
		if (!facts_run(f, t.rule, take_finding, &t, &why))
			not_asked(b, t.rule, why);
	}
}
