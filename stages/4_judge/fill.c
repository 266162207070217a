/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fill.c - letters and certificates into the tables that rules read. See fill.h and schemas/facts.sql.
 */
#include "fill.h"
#include "standing.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

static char *vn_day(const void *mem, const char *instant)
{
	time_t t;
	return instant != NULL && time_parse(instant, &t) ? date_text(mem, time_vn_day(t)) : NULL;
}

const char *fill_day(const void *mem, const struct letter *l, enum rule_date which)
{
	const struct field *date = letter_find_field(l, "date");
	int64_t day;
	const char *issued = date != NULL && date_parse(date->read.value, &day) ? date->read.value : NULL;
	const char *received = vn_day(mem, l->received);
	if (received == NULL)
		received = date_text(mem, time_vn_day(l->settings->at));
	if (which == DATE_RECEIVED)
		return received;
	if (which == DATE_SIGNED && l->signatures.n > 0 && l->signatures.at[0].best_time != NULL)
		return vn_day(mem, l->signatures.at[0].best_time);
	return issued != NULL ? issued : received;
}

void fill_context(struct facts *f, const struct settings *s, const char *effective, const char *ruleset)
{
	struct filler *w = filler_new(f, f, "context");
	filler_add(w, date_text(w, time_vn_day(s->at)), effective, ruleset, s->province);
}

static int yes_no(enum answer a)
{
	return a == CANNOT_TELL ? -1 : a == YES;
}

static const char *value_of(const struct letter *l, const char *name)
{
	const struct field *f = letter_find_field(l, name);
	return f != NULL ? f->read.value : NULL;
}

static const char *level_of(const void *mem, const char *agency)
{
	static const char *const levels[] = { "other", "commune", "district", "district", "province" };
	if (agency == NULL)
		return NULL;
	struct name n;
	name_parse(mem, agency, &n);
	if (n.body != NULL && strncmp(n.body, "VP", 2) == 0)
		return "office";
	if (n.body == NULL && strncmp(n.core.weak, "so", 2) == 0 && (n.core.strong[3] == ' ' || strchr(n.core.strong, ' ')))
		return "department";
	return n.body != NULL && n.n > 0 ? levels[kind_level(n.chain[0].kind)] : "other";
}

/* The province a sender names in its own, its superior's or its signing certificate's words. */
static const char *province_of(const void *mem, const struct letter *l)
{
	const char *names[] = { value_of(l, "agency"), value_of(l, "parent_agency"), NULL, NULL };
	if (l->signatures.n > 0) {
		names[2] = l->signatures.at[0].signer.o;
		if (l->signatures.at[0].signer.l != NULL)
			return l->signatures.at[0].signer.l;
	}
	for (int i = 0; i < 3; i++) {
		struct name n = { 0 };
		if (names[i] != NULL)
			name_parse(mem, names[i], &n);
		for (int k = 0; k < n.n; k++)
			if (n.chain[k].kind == TINH || (n.chain[k].kind == THANH_PHO && k == n.n - 1 && k > 0))
				return n.chain[k].name.strong;
	}
	return value_of(l, "place");
}

/* What becomes of the body whose certificate signed; NULL for a person's. */
static const struct standing *standing_of(const void *mem, const struct registry *r, const struct certificate *c)
{
	char empty[] = "", kind[] = "agency";
	struct cert as = { .subject = c->subject != NULL ? c->subject : empty, .org_name = empty, .org_code = empty,
		.email = c->email != NULL ? c->email : empty, .holder_name = empty, .kind = kind };
	return r != NULL && c->cn != NULL && name_is_body(c->cn) ? standing_new(mem, r, &as) : NULL;
}

static void fill_signatures(const struct registry *r, const struct letter *l, int letter, struct filler *w)
{
	static const char *const indications[] = { "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED" };
	static const char *const coverages[] = { "whole-file", "whole-revision", "part" };
	static const char *const changes[] = { "none", "permitted", "forbidden", "unknown" };
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		const struct certificate *c = &s->signer;
		const struct standing *st = standing_of(w, r, c);
		bool placed = st != NULL && st->unit >= 0 && strcmp(st->identity, "clear") == 0;
		filler_add(w, letter, i + 1, s->part, s->name, s->format, s->level, indications[s->indication],
			   s->sub_indication, yes_no(s->intact), yes_no(s->valid), yes_no(s->trusted),
			   coverages[s->coverage], changes[s->changes_after], s->claimed_time,
			   s->timestamp_time, s->best_time, vn_day(w, s->best_time), s->revocation.status, s->digest,
			   s->algorithm, s->key_bits, s->page, c->cn, c->o, c->ou.n > 0 ? c->ou.at[0] : NULL,
			   c->ou.n > 1 ? c->ou.at[1] : NULL, c->l,
			   c->email, c->subject, text_serial(w, c->serial), vn_day(w, c->not_before), vn_day(w, c->not_after),
			   c->cn != NULL ? (int)name_is_body(c->cn) : -1,
			   st != NULL && strcmp(st->identity, "clear") == 0 ? st->class : NULL,
			   placed ? fate_text(units_at(r, st->unit)->fate) : st != NULL && st->district >= 0
			   && units_district(r, st->district)->zone >= 0 ? "special-zone" : NULL,
			   st != NULL ? st->successor_body : NULL);
	}
}

static void fill_fields(const struct letter *l, int letter, struct filler *field, struct filler *signer,
			struct filler *recipient, struct filler *citation)
{
	static const char *const sources[] = { "text", "ocr", "xml", "appearance", "sheet", "office", "derived" };
	for (int i = 0; i < l->fields.n; i++) {
		const struct field *f = &l->fields.at[i];
		const struct value *v = &f->read;
		int n = 1;
		for (int k = 0; k < i; k++)
			n += l->fields.at[k].document == f->document && strcmp(l->fields.at[k].name, f->name) == 0;
		filler_add(field, letter, f->document, f->name, n, v->value, v->raw, v->confidence,
			   sources[v->place.source], v->place.drawn_by, v->place.part, v->place.page);
		if (strcmp(f->name, "signers") == 0)
			filler_add(signer, letter, f->document, n, v->value, field_attr(f, "authority"),
				   field_attr(f, "for_title"), field_attr(f, "title"));
		else if (strcmp(f->name, "recipients") == 0)
			filler_add(recipient, letter, n, v->value);
		else if (strcmp(f->name, "citations") == 0)
			filler_add(citation, letter, n, v->value, field_attr(f, "type"), field_attr(f, "code"),
				   field_attr(f, "date"), field_attr(f, "issuer"), field_attr(f, "article"));
	}
}

/* A box is ticked when anything but a no stands in it. */
static int ticked(const struct request *r, const char *name)
{
	const char *value = request_cell(r, name);
	if (value == NULL || *value == 0)
		return 0;
	char *key = text_weak(NULL, value);
	bool no = strcmp(key, "khong") == 0 || strcmp(key, "no") == 0 || strcmp(key, "0") == 0 || strcmp(key, "n") == 0
		|| strcmp(key, "-") == 0;
	talloc_free(key);
	return !no;
}

static int for_body(const struct request *r)
{
	if (request_cell(r, "org_name") != NULL || strcmp(r->form, "nd68-2024/mau-02") == 0
	    || strcmp(r->form, "tt185-2019/mau-04") == 0)
		return 1;
	const char *holder = request_cell(r, "holder_name");
	return holder != NULL ? (int)name_is_body(holder) : -1;
}

static void fill_requests(const struct letter *l, int letter, struct filler *request, struct filler *cell,
			  struct filler *choice, int *choices)
{
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *r = &l->requests.at[i];
		if (strcmp(r->form, "certificate-list") == 0 || strcmp(r->form, "assignment-list") == 0
		    || strcmp(r->form, "no-certificate") == 0)
			continue;
#define C(name) request_cell(r, name)
		if (strcmp(r->form, "decision-list") == 0) {
			if (C("name") != NULL && C("reason") != NULL)  /* who decides says so, and why */
				filler_add(choice, ++*choices, text_serial(choice, C("serial")), C("choice"), C("name"), C("time"), C("reason"), letter);
			continue;
		}
		if (l->known && strchr(r->form, '/') == NULL)
			continue;              /* the ledger's own lists */
		filler_add(request, letter, i + 1, r->document, r->form, r->row, C("holder_name"), C("org_name"), text_serial(request, C("serial")),
			   C("email"), C("info_old"), C("info_new"), ticked(r, "renew"), ticked(r, "change"), C("reason"),
			   C("device_serial"), text_serial(request, C("old_serial")), C("identity"), C("birth_date"), C("workplace"), C("title"),
			   C("province"), C("phone"), C("address"), C("tax_code"), C("budget_code"), for_body(r));
#undef C
		for (int k = 0; k < r->cells.n; k++)
			filler_add(cell, letter, i + 1, r->cells.at[k].name, r->cells.at[k].read.value,
				   r->cells.at[k].read.place.part, r->cells.at[k].read.place.page);
	}
}

/* Units that a resolution made and that a request names; whether they lie in the sender's province. */
static void fill_units(const struct registry *r, const struct letter *l, int letter, const char *province,
		       struct filler *w)
{
	static const char *const cells[] = { "org_name", "info_new", "holder_name", "workplace" };
	for (int i = 0; i < l->requests.n && r != NULL; i++)
		for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
			const char *text = request_cell(&l->requests.at[i], cells[c]);
			struct name n = { 0 };
			if (text == NULL || strchr(l->requests.at[i].form, '/') == NULL)
				continue;
			void *mem = talloc_new(NULL);
			name_parse(mem, text, &n);
			const struct birth *b;
			int at = -1;
			while (n.body != NULL && n.n > 0 && kind_level(n.chain[0].kind) == LEVEL_COMMUNE
			       && (b = units_next_birth(r, &n.chain[0], n.bare, &at)) != NULL) {
				char *there = text_strong(mem, b->province);
				char *here = text_strong(mem, province != NULL ? province : "");
				filler_add(w, letter, i + 1, cells[c], b->code,
					   format_text(mem, "%s %s", text_lower(mem, b->kind_text), b->name), b->province, b->since,
					   b->resolution, (int)b->kept, b->predecessors, (int)(strstr(there, here) != NULL));
			}
			talloc_free(mem);
		}
}

static bool is_unreadable(const struct letter *l)
{
	for (int i = 0; i < l->findings.n; i++)
		if (text_ends(l->findings.at[i].rule, "/unreadable"))
			return true;
	return false;
}

/* Which commune sends, as far as its head says; a unit made since then may bear the name again. */
static const struct standing *sender_of(const void *mem, const struct registry *r, const struct letter *l)
{
	const char *agency = value_of(l, "agency");
	if (r == NULL || agency == NULL)
		return NULL;
	const struct standing *st = standing_of_name(mem, r, agency, value_of(l, "parent_agency"),
						     province_of(mem, l));
	struct name n;
	name_parse(mem, agency, &n);
	int at = -1;
	for (const struct birth *b; n.n > 0 && (b = units_next_birth(r, &n.chain[0], n.bare, &at)) != NULL;)
		if (strcmp(b->since, units_effective(r)) >= 0)
			return NULL;
	return strcmp(st->class, "commune") == 0 && strcmp(st->identity, "clear") == 0 && st->unit >= 0 ? st : NULL;
}

static void fill_letter(const struct registry *r, const struct letter *l, int letter, struct filler *w)
{
	const struct standing *st = sender_of(w, r, l);
	int sender = st != NULL ? st->unit : -1;
	const struct document *d = l->documents.n > 0 ? &l->documents.at[0] : NULL;
	const char *date = value_of(l, "date"), *form = d != NULL ? d->form : NULL, *agency = value_of(l, "agency");
	int64_t day;
	int signatures = 0;
	for (int i = 0; i < l->signatures.n; i++)
		signatures += strcmp(l->signatures.at[i].format != NULL ? l->signatures.at[i].format : "", "DocTimeStamp") != 0;
	for (int i = 0; form == NULL && i < l->requests.n; i++)
		if (strchr(l->requests.at[i].form, '/') != NULL)
			form = l->requests.at[i].form;
	filler_add(w, letter, l->name, l->sha256, d != NULL ? d->kind : NULL, form,
		   date_parse(date, &day) ? date : NULL, date, fill_day(w, l, DATE_RECEIVED), fill_day(w, l, DATE_ISSUED),
		   agency, value_of(l, "parent_agency"), value_of(l, "number"), value_of(l, "symbol"), value_of(l, "place"),
		   value_of(l, "document_type"), value_of(l, "subject"), province_of(w, l), level_of(w, agency),
		   l->pages.n, d != NULL ? d->text_source : NULL, (int)is_unreadable(l), signatures,
		   sender >= 0 ? fate_text(units_at(r, sender)->fate) : NULL, sender >= 0 ? st->successor_body : NULL);
}

void fill_letters(struct facts *f, const struct batch *b)
{
	void *mem = talloc_new(f);
	struct filler *letter = filler_new(mem, f, "letter"), *part = filler_new(mem, f, "part");
	struct filler *document = filler_new(mem, f, "document"), *field = filler_new(mem, f, "field");
	struct filler *signer = filler_new(mem, f, "signer"), *recipient = filler_new(mem, f, "recipient");
	struct filler *citation = filler_new(mem, f, "citation"), *text = filler_new(mem, f, "page_text");
	struct filler *signature = filler_new(mem, f, "signature"), *request = filler_new(mem, f, "request");
	struct filler *cell = filler_new(mem, f, "cell"), *choice = filler_new(mem, f, "choice");
	struct filler *unit = filler_new(mem, f, "request_unit");
	int choices = 0;
	for (int i = 0; i < b->letters.n; i++) {
		const struct letter *l = b->letters.at[i];
		int n = i + 1;
		if (l->known) {
			fill_requests(l, n, request, cell, choice, &choices);
			continue;
		}
		fill_letter(f->registry, l, n, letter);
		for (int k = 0; k < l->parts.n; k++)
			filler_add(part, n, k + 1, l->parts.at[k].inside, l->parts.at[k].name, l->parts.at[k].media,
				   l->parts.at[k].sha256, l->parts.at[k].size);
		for (int k = 0; k < l->documents.n; k++)
			filler_add(document, n, k, l->documents.at[k].part, l->documents.at[k].kind,
				   l->documents.at[k].form, l->documents.at[k].text_source);
		for (int k = 0; k < l->pages.n; k++)
			filler_add(text, n, l->pages.at[k].number, l->pages.at[k].text,
				   l->pages.at[k].text != NULL ? text_strong(text, l->pages.at[k].text) : NULL);
		fill_fields(l, n, field, signer, recipient, citation);
		fill_signatures(f->registry, l, n, signature);
		fill_requests(l, n, request, cell, choice, &choices);
		fill_units(f->registry, l, n, province_of(unit, l), unit);
	}
	talloc_free(mem);
}

static const char *group_units(const void *mem, const struct registry *r, int successor)
{
	const struct successor *s = units_successor(r, successor);
	struct buffer b = { .mem = mem };
	for (int i = 0; i < s->n; i++) {
		const struct unit *u = units_at(r, s->from[i]);
		char *kind = text_lower(mem, u->kind_text);
		buffer_format(&b, "%s%s %s", i > 0 ? ", " : "", kind, u->name);
		talloc_free(kind);
	}
	return b.text;
}

static void fill_certificate(struct filler *w, const struct registry *r, const struct cert *c, int number,
			     const char **groups)
{
	const struct standing *st = c->standing;
	const struct assignment *a = c->assignment;
	const struct unit *u = st->unit >= 0 && strcmp(st->identity, "clear") == 0 ? units_at(r, st->unit) : NULL;
	const struct province *p = st->province >= 0 ? units_province(r, st->province) : NULL;
	const struct district *d = st->district >= 0 ? units_district(r, st->district) : NULL;
	int zone = d != NULL ? d->zone : -1;
	int succ = u == NULL ? zone : u->successor;
	const struct successor *to = succ >= 0 ? units_successor(r, succ) : NULL;
	if (succ >= 0 && groups[succ] == NULL)
		groups[succ] = group_units(r, r, succ);
	filler_add(w, number, c->letter > 0 ? c->letter : -1, c->request > 0 ? c->request : -1, c->key, c->subject,
		   c->org_name, c->org_code, c->holder_name, c->title, c->email, c->kind, c->valid_from, c->valid_to,
		   c->device_serial, c->renewals, c->days_left, st->body, st->class, st->core, st->identity,
		   st->unit >= 0 ? units_at(r, st->unit)->code : NULL, st->unit_name,
		   u != NULL ? fate_text(u->fate == ALONE_RENAMED ? NEW : u->fate) : NULL, u != NULL ? u->n_successors : -1,
		   to != NULL ? to->code : NULL, st->successor_body, to != NULL ? to->n == 1 : -1,
		   to != NULL ? to->resolution : p != NULL && p->merged ? p->resolution : NULL,
		   to != NULL ? to->effective : NULL, strcmp(c->kind, "agency") == 0 ? st->group : NULL, succ >= 0 ? groups[succ] : NULL,
		   u != NULL && u->keeper >= 0 ? units_at(r, u->keeper)->code : NULL, (int)st->subject_changes,
		   (int)st->parent_in_subject, (int)st->stays, p != NULL ? p->name : NULL, p != NULL ? p->merged : -1,
		   p != NULL ? p->kept : -1, p != NULL ? units_province(r, p->successor)->name : NULL, zone >= 0 ? units_successor(r, zone)->code : NULL,
		   st->unit >= 0 ? units_at(r, st->unit)->followed_by : NULL, a != NULL ? a->status : NULL,
		   a != NULL ? a->new_unit : NULL, a != NULL ? a->new_body : NULL, a != NULL ? a->new_province : NULL,
		   (int)c->same_body, c->signature > 0 ? 1 : -1);
}

/* The predecessors of the certificate's group that matter to it and whose lists have not come; each group once. */
static void fill_unheard(struct filler *w, const struct registry *r, const struct cert *c, const struct heard *h,
			 unsigned char *told)
{
	const struct standing *st = c->standing;
	bool placed = strcmp(c->kind, "agency") == 0 && strcmp(st->class, "commune") == 0 && strcmp(st->identity, "clear") == 0;
	int succ = placed ? units_at(r, st->unit)->successor : -1;
	unsigned char bit = st->body != NULL && strcmp(st->body, "HDND") == 0 ? 2 : 1;
	if (succ < 0 || (told[succ] & bit))
		return;
	told[succ] |= bit;
	const struct successor *to = units_successor(r, succ);
	for (int i = 0; i < to->n; i++) {
		const struct unit *u = units_at(r, to->from[i]);
		bool matters = u->n_successors == 1 && (u->fate == NEW || u->keeper == to->from[i]);
		if (!matters || heard_of(h, st->body, to->from[i]))
			continue;
		char *name = standing_unit_name(w, r, u);
		filler_add(w, st->group, u->code, name);
		talloc_free(name);
	}
}

void fill_certificates(struct facts *f, const struct registry *r, const struct inventory *v, const struct heard *h)
{
	struct filler *w = filler_new(f, f, "cert"), *unheard = filler_new(f, f, "unheard");
	size_t successors = (size_t)units_successors(r) + 1;
	const char **groups = new_array(w, const char *, successors);
	unsigned char *told = new_array(w, unsigned char, successors);
	for (int i = 0; i < inventory_count(v); i++) {
		fill_certificate(w, r, inventory_at(v, i), i + 1, groups);
		if (!heard_everything(h))
			fill_unheard(unheard, r, inventory_at(v, i), h, told);
	}
	talloc_free(w);
	talloc_free(unheard);
}
