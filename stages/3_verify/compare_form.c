/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare_form.c - what signatures permit, and what happened to the form (ISO 32000-1 12.7, 12.8.2). See
 * compare.h.
 */
#include "compare.h"
#include "pdf_graph.h"
#include "text.h"
#include <string.h>

/* What is permitted ---------------------------------------------------------------------------------------
 */

static void add_lock(struct compare *c, const struct pdf_value *rules)
{
	const struct pdf_value *action = pdf_find(c->a, rules, "Action");
	if (action->type != PDF_NAME)
		return;
	c->locks.at = own_grow(c->mem, c->locks.at, c->locks.n, &c->locks.room, sizeof *c->locks.at);
	c->locks.at[c->locks.n++] = (struct lock){ pdf_is_name(action, "All"), pdf_is_name(action, "Exclude"),
						   pdf_find(c->a, rules, "Fields") };
}

static void lower(struct compare *c, int64_t p)
{
	if (p >= 1 && p <= 3 && p < c->level)
		c->level = (int)p;
}

static void read_references(struct compare *c, const struct pdf_value *signature)
{
	const struct pdf_value *all = pdf_find(c->a, signature, "Reference");
	for (int i = 0; all->type == PDF_ARRAY && i < all->items.n; i++) {
		const struct pdf_value *r = pdf_resolve(c->a, &all->items.at[i]);
		const struct pdf_value *method = pdf_find(c->a, r, "TransformMethod"),
				       *with = pdf_find(c->a, r, "TransformParams");
		if (pdf_is_name(method, "DocMDP")) {
			c->certified = true;
			lower(c, pdf_integer(pdf_find(c->a, with, "P"), 2));
		} else if (pdf_is_name(method, "FieldMDP"))
			add_lock(c, with);
	}
}

void compare_permissions(struct compare *c)
{
	const struct pdf_value *root = pdf_find(c->a, c->a->trailer, "Root");
	c->level = 3;
	const struct pdf_value *certification = pdf_find(c->a, pdf_find(c->a, root, "Perms"), "DocMDP");
	c->certified = certification->type == PDF_DICTIONARY;
	read_references(c, certification);
	for (int i = 0; i < c->fa->n; i++) {
		const struct pdf_field *f = &c->fa->at[i];
		if (!f->is_signature || f->value->type != PDF_DICTIONARY)
			continue;
		read_references(c, f->value);
		const struct pdf_value *lock = pdf_find(c->a, f->field, "Lock");
		add_lock(c, lock);
		lower(c, pdf_integer(pdf_find(c->a, lock, "P"), 3));
	}
}

static bool is_locked(const struct compare *c, const char *name)
{
	for (int i = 0; i < c->locks.n; i++) {
		const struct lock *lock = &c->locks.at[i];
		bool named = false;
		for (int k = 0; lock->names->type == PDF_ARRAY && k < lock->names->items.n && !named; k++) {
			char *n = pdf_text(c->mem, pdf_resolve(c->a, &lock->names->items.at[k]));
			size_t len = n != NULL ? strlen(n) : 0;
			named = n != NULL && strncmp(n, name, len) == 0 &&
				(name[len] == 0 || name[len] == '.');
		}
		if (lock->all || named != lock->exclude)
			return true;
	}
	return false;
}

/* Fields --------------------------------------------------------------------------------------------------
 */

struct two_fields {
	const struct pdf_field *a, *b;
	bool signing; /* an empty signature field that was signed later */
	bool filled;  /* the value is another one */
};

static bool is_stamp(const struct compare *c, const struct pdf_field *f)
{
	return pdf_is_name(pdf_find(c->b, f->value, "SubFilter"), "ETSI.RFC3161");
}

static int page_of(const struct compare *c, const struct pdf_field *f)
{
	if (f->page > 0)
		return f->page;
	return pdf_form_page(c->fb, f->num);
}

static void note_field(struct compare *c, enum needs needs, const char *what, const struct two_fields *t)
{
	if (needs != NEEDS_NOTHING && needs != NEEDS_MIRACLE && !t->signing && is_locked(c, t->a->name))
		compare_note(c, NEEDS_MIRACLE, "locked form field changed", t->a->name, page_of(c, t->b),
			     t->b->num);
	else
		compare_note(c, needs, what, t->a->name, page_of(c, t->b), t->b->num);
}

/* Signing may replace what an empty field showed. When that object is also used elsewhere in the document,
 * the field is only the excuse for giving it another content (object reuse). */
static bool is_shared(struct compare *c, const struct pdf_value *v)
{
	if (v == NULL || v->type != PDF_REFERENCE)
		return false;
	const struct pdf_graph *g = pdf_graph_read(c->a);
	int num = v->ref.num;
	return num < c->a->entries_n && g->first[num + 1] - g->first[num] > 1;
}

/* Flags of an annotation (12.5.3) that programs set when they fill in: printed, read-only, locked. Whether it
 * is seen on the page is not among them. */
enum { WITH_A_VALUE = 1 << 2 | 1 << 6 | 1 << 7 | 1 << 9 };

/* How each entry of a field or widget may change: with signing, with a new value, or never. */
static void compare_entry(struct compare *c, const char *key, const struct pdf_value *a,
			  const struct pdf_value *b, void *with)
{
	static const char *const with_value[] = { "V",  "AP", "AS", "I",	 "TI",	   "RV", "MK",
						  "DA", "DS", "Q",  "BS", "Border", "TU", NULL };
	static const char *const harmless[] = { "M", "P", "StructParent", "NM", "TM", NULL };
	struct two_fields *t = with;
	if (strcmp(key, "AP") == 0 ? compare_same_drawn(c, a, b) : compare_same(c, a, b))
		return;
	for (int i = 0; harmless[i] != NULL; i++)
		if (strcmp(key, harmless[i]) == 0)
			return;
	if (t->signing) {
		if (strcmp(key, "T") == 0 || strcmp(key, "FT") == 0 || strcmp(key, "Kids") == 0 ||
		    strcmp(key, "Parent") == 0 || strcmp(key, "A") == 0 || strcmp(key, "AA") == 0)
			note_field(c, NEEDS_MIRACLE, format_text(c->mem, "signature field changed, /%s", key),
				   t);
		else if (strcmp(key, "AP") == 0 && is_shared(c, a))
			note_field(c, NEEDS_MIRACLE,
				   "the appearance replaced by signing is used elsewhere too", t);
		return;
	}
	if (t->a->is_signature && t->a->value->type == PDF_DICTIONARY) {
		note_field(c, NEEDS_MIRACLE,
			   format_text(c->mem,
				       strcmp(key, "V") == 0	? "signature replaced or removed"
				       : strcmp(key, "AP") == 0 ? "appearance of a signature changed"
								: "signed field changed, /%s",
				       key),
			   t);
		return;
	}
	int64_t fa = pdf_integer(pdf_resolve(c->a, a), 0), fb = pdf_integer(pdf_resolve(c->b, b), 0);
	if (strcmp(key, "Ff") == 0 && (fa | 1) == (fb | 1)) {
		if (fa != fb)
			note_field(c, NEEDS_SIGNING, "form field made read-only", t);
		return;
	}
	if (strcmp(key, "F") == 0 && t->filled && ((fa ^ fb) & ~WITH_A_VALUE) == 0) {
		note_field(c, NEEDS_FILLING, "form field filled in", t);
		return;
	}
	for (int i = 0; with_value[i] != NULL; i++)
		if (strcmp(key, with_value[i]) == 0) {
			bool fits = t->filled || i == 0;
			note_field(c, fits ? NEEDS_FILLING : NEEDS_MIRACLE,
				   fits ? "form field filled in"
					: "what a form field shows was changed though its value was not",
				   t);
			return;
		}
	note_field(c, NEEDS_MIRACLE, format_text(c->mem, "form field changed, /%s", key), t);
}

/* 12.7.4.2.2: it holds no value, so nothing can be filled in. */
static bool is_push_button(const struct pdf_field *f)
{
	return pdf_is_name(f->kind, "Btn") && (f->flags & 1 << 16) != 0;
}

static int parent_of(const struct pdf_value *field)
{
	const struct pdf_value *parent = pdf_raw(field, "Parent");
	return parent != NULL && parent->type == PDF_REFERENCE ? parent->ref.num : 0;
}

static void compare_widgets(struct compare *c, struct two_fields *t)
{
	const struct pdf_value *ka = pdf_find(c->a, t->a->field, "Kids"),
			       *kb = pdf_find(c->b, t->b->field, "Kids");
	static const char *const skip[] = { "Parent", NULL };
	if (ka->type != PDF_ARRAY && kb->type != PDF_ARRAY)
		return;
	if (ka->type != kb->type || ka->items.n != kb->items.n) {
		note_field(c, NEEDS_MIRACLE, "form field changed, /Kids", t);
		return;
	}
	for (int i = 0; i < ka->items.n; i++) {
		const struct pdf_value *ra = &ka->items.at[i], *rb = &kb->items.at[i];
		if (ra->type == PDF_REFERENCE && rb->type == PDF_REFERENCE && ra->ref.num != rb->ref.num)
			note_field(c, NEEDS_MIRACLE, "form field changed, /Kids", t);
		const struct pdf_value *wa = pdf_resolve(c->a, ra), *wb = pdf_resolve(c->b, rb);
		struct two_fields kid = *t; /* some programs write the value there */
		kid.filled = t->filled || (!t->a->is_signature && !is_push_button(t->a) &&
					   !compare_same(c, pdf_raw(wa, "V"), pdf_raw(wb, "V")));
		if (parent_of(wa) != parent_of(wb) && parent_of(wb) != t->b->num)
			note_field(c, NEEDS_MIRACLE, "form field changed, /Parent", t);
		compare_keys(c, wa, wb, skip, compare_entry, &kid);
	}
}

/* An appearance over much of the page is no signature's but another page (sneaky signature attack). */
static bool hides_page(struct compare *c, const struct pdf_field *f)
{
	int page = page_of(c, f);
	const struct pdf_value *at = page > 0 ? c->fb->pages[page - 1].value : &pdf_null, *box = &pdf_null;
	for (int n = 0; n < PDF_TREE_DEPTH && at->type == PDF_DICTIONARY && box->type != PDF_ARRAY; n++) {
		box = pdf_find(c->b, at, "MediaBox");
		at = pdf_find(c->b, at, "Parent");
	}
	return f->widget != NULL && compare_draws(c->b, f->widget) &&
	       compare_area(c->b, pdf_find(c->b, f->widget, "Rect")) > 0.3 * compare_area(c->b, box);
}

/* Where the fields of a certified document stand was certified (sneaky signature attack). */
static bool is_moved(struct compare *c, const struct pdf_field *a, const struct pdf_field *b)
{
	enum { LEEWAY = 2 }; /* points */
	double was[4], is[4];
	if (a->widget == NULL || b->widget == NULL || !compare_draws(c->b, b->widget) ||
	    !compare_rect(c->a, a->widget, was) || !compare_rect(c->b, b->widget, is))
		return false;
	return is[0] < was[0] - LEEWAY || is[1] < was[1] - LEEWAY || is[2] > was[2] + LEEWAY ||
	       is[3] > was[3] + LEEWAY;
}

static void compare_field(struct compare *c, const struct pdf_field *a, const struct pdf_field *b)
{
	static const char *const skip[] = { "Parent", "Kids", NULL };
	struct two_fields t = { a, b, false, false };
	if (a->field == b->field && a->value == b->value && a->kind == b->kind &&
	    compare_is_untouched(c, a->num) && text_same(a->name, b->name))
		return;
	bool was_empty = a->value->type == PDF_NULL;
	t.signing = a->is_signature && was_empty && b->value->type == PDF_DICTIONARY;
	t.filled = !a->is_signature && !is_push_button(a) && !compare_same(c, a->value, b->value);
	if (!text_same(a->name, b->name) || !compare_same(c, a->kind, b->kind))
		note_field(c, NEEDS_MIRACLE, "form field renamed or of another kind", &t);
	if (parent_of(a->field) != parent_of(b->field))
		note_field(c, NEEDS_MIRACLE, "form field changed, /Parent", &t);
	if (t.signing && c->certified && is_moved(c, a, b))
		note_field(c, NEEDS_MIRACLE, "a signature was put in another place than its field had", &t);
	if (t.signing && hides_page(c, b) &&
	    (a->widget == NULL || !compare_same(c, pdf_raw(a->widget, "Rect"), pdf_raw(b->widget, "Rect"))))
		note_field(c, NEEDS_MIRACLE, "the appearance of a new signature covers the page", &t);
	if (t.signing)
		note_field(c, is_stamp(c, b) ? NEEDS_NOTHING : NEEDS_SIGNING, "signed", &t);
	compare_keys(c, a->field, b->field, skip, compare_entry, &t);
	compare_widgets(c, &t);
}

/* A field that nobody signed vouches for nothing that it shows, nor does the authority of a time-stamp, which
 * anybody may have. */
static void note_new_field(struct compare *c, const struct pdf_field *f)
{
	bool empty = f->value->type != PDF_DICTIONARY;
	if (f->is_signature && (empty || is_stamp(c, f)) && f->widget != NULL &&
	    compare_draws(c->b, f->widget))
		compare_note(c, NEEDS_MIRACLE,
			     empty ? "a signature field without a signature shows something"
				   : "a document time-stamp shows something",
			     f->name, page_of(c, f), f->num);
	else if (f->is_signature && hides_page(c, f))
		compare_note(c, NEEDS_MIRACLE, "the appearance of a new signature covers the page", f->name,
			     page_of(c, f), f->num);
	else if (f->is_signature)
		compare_note(c, is_stamp(c, f) ? NEEDS_NOTHING : NEEDS_SIGNING,
			     is_stamp(c, f)			? "document time-stamp added"
			     : f->value->type == PDF_DICTIONARY ? "signature added"
								: "empty signature field added",
			     f->name, page_of(c, f), f->num);
	else
		compare_note(c, NEEDS_MIRACLE, "form field added", f->name, page_of(c, f), f->num);
}

bool compare_is_new_signature(const struct compare *c, const struct pdf_value *widget, int num)
{
	const struct pdf_field *f = pdf_form_find(c->fb, num);
	if (f == NULL && pdf_form_owner(c->fb, num) >= 0)
		f = &c->fb->at[pdf_form_owner(c->fb, num)];
	return f != NULL && f->is_signature && f->widget == widget && pdf_form_find(c->fa, f->num) == NULL;
}

/* The AcroForm dictionary -----------------------------------------------------------------------------------
 */

/* Default resources may grow, but what is there may not turn into something else. */
static void compare_resource(struct compare *c, const char *key, const struct pdf_value *a,
			     const struct pdf_value *b, void *with)
{
	const char *kind = with; /* what fields are drawn with; the rest is only kept there */
	if (a != NULL && !compare_same_drawn(c, a, b))
		compare_note(c,
			     strcmp(kind, "Font") == 0 || strcmp(kind, "Encoding") == 0 ? NEEDS_MIRACLE
											: NEEDS_SIGNING,
			     "default resource of the form changed", key, 0, c->culprit);
}

static void compare_resource_kind(struct compare *c, const char *key, const struct pdf_value *a,
				  const struct pdf_value *b, void *with)
{
	const struct pdf_value *x = pdf_resolve(c->a, a), *y = pdf_resolve(c->b, b);
	(void)with;
	if (x->type == PDF_DICTIONARY && y->type == PDF_DICTIONARY)
		compare_keys(c, x, y, NULL, compare_resource, (void *)(uintptr_t)key);
	else if (x->type != PDF_NULL && !compare_same(c, a, b))
		compare_note(c, NEEDS_MIRACLE, "default resources of the form changed", key, 0, c->culprit);
}

/* Would drawing the fields anew from their values show what was seen so far? A text that was filled in may
 * look as it likes; one that was not must read as it did. */
static bool looks_like_values(struct compare *c)
{
	bool filled = false, fields = false;
	for (int i = 0; i < c->fa->n; i++) {
		const struct pdf_field *f = &c->fa->at[i], *now = pdf_form_same(c->fb, f);
		char *value = f->value->type == PDF_STRING ? pdf_text(c->mem, f->value) : NULL;
		if (f->is_signature || now == NULL)
			continue;
		fields = true;
		if (!compare_same(c, f->value, now->value))
			filled = true;
		else if (value != NULL && pdf_is_name(f->kind, "Tx") && f->widget != NULL &&
			 !compare_reads_as(c->a, f->widget, value))
			return false;
	}
	return filled || !fields;
}

/* /NeedAppearances makes readers draw fields from their values, whatever the pictures beside them showed. */
static void compare_need(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	const struct pdf_value *x = a != NULL ? pdf_resolve(c->a, a) : &pdf_null,
			       *y = b != NULL ? pdf_resolve(c->b, b) : &pdf_null;
	bool on = y->type == PDF_BOOLEAN && y->integer, harmless = !on || looks_like_values(c);
	if (x->type != PDF_BOOLEAN || !x->integer || !on)
		compare_note(c, harmless ? NEEDS_FILLING : NEEDS_MIRACLE,
			     harmless ? "form filled in"
				      : "fields are to be drawn anew that were not filled in",
			     "NeedAppearances", 0, 0);
}

/* XFA (12.7.8): the packets "datasets" and "form" hold what was filled in, the others are the form itself,
 * which readers that know XFA show instead of the pages. */
static void compare_xfa(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	const struct pdf_value *x = a != NULL ? pdf_resolve(c->a, a) : &pdf_null,
			       *y = b != NULL ? pdf_resolve(c->b, b) : &pdf_null;
	bool only_data = x->type == PDF_ARRAY && y->type == PDF_ARRAY && x->items.n == y->items.n;
	for (int i = 0; only_data && i + 1 < x->items.n; i += 2) {
		char *name = pdf_text(c->mem, pdf_resolve(c->a, &x->items.at[i]));
		bool data = text_same(name, "datasets") || text_same(name, "form");
		only_data = compare_same(c, &x->items.at[i], &y->items.at[i]) &&
			    (data || compare_same(c, &x->items.at[i + 1], &y->items.at[i + 1]));
	}
	only_data = only_data || y->type == PDF_NULL; /* taken away: the pages show */
	compare_note(c, only_data ? NEEDS_FILLING : NEEDS_MIRACLE,
		     only_data ? "form filled in" : "form changed", "XFA", 0, c->culprit);
}

static void compare_form_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	(void)with;
	if (strcmp(key, "DR") == 0)
		compare_keys(c, pdf_resolve(c->a, a), pdf_resolve(c->b, b), NULL, compare_resource_kind,
			     NULL);
	else if (compare_same(c, a, b) || (strcmp(key, "DA") == 0 && a == NULL))
		return;
	else if (strcmp(key, "NeedAppearances") == 0)
		compare_need(c, a, b);
	else if (strcmp(key, "XFA") == 0)
		compare_xfa(c, a, b);
	else
		compare_note(c, NEEDS_MIRACLE, "form changed", key, 0, c->culprit);
}

static void compare_group_entry(struct compare *c, const char *key, const struct pdf_value *a,
				const struct pdf_value *b, void *with)
{
	const struct pdf_field *group = with; /* a value there is the value of the fields below */
	if (strcmp(key, "M") != 0 && strcmp(key, "V") != 0 && !compare_same(c, a, b))
		compare_note(c, NEEDS_MIRACLE, format_text(c->mem, "group of form fields changed, /%s", key),
			     group->name, 0, group->num);
}

/* What a group says holds for its fields. */
static void compare_groups(struct compare *c)
{
	static const char *const skip[] = { "Parent", "Kids", NULL };
	for (int i = 0; i < c->fa->groups_n; i++) {
		struct pdf_field *g = &c->fa->groups[i];
		const struct pdf_value *now = g->num > 0 ? pdf_object(c->b, g->num) : &pdf_null;
		if (now->type == PDF_DICTIONARY)
			compare_keys(c, g->field, now, skip, compare_group_entry, g);
	}
}

void compare_form(struct compare *c)
{
	static const char *const skip[] = { "Fields", "SigFlags", NULL };
	const struct pdf_value *a = pdf_find(c->a, pdf_find(c->a, c->a->trailer, "Root"), "AcroForm");
	const struct pdf_value *b = pdf_find(c->b, pdf_find(c->b, c->b->trailer, "Root"), "AcroForm");
	compare_keys(c, a, b, skip, compare_form_entry, NULL);
	compare_groups(c);
	for (int i = 0; i < c->fa->n; i++) {
		const struct pdf_field *f = &c->fa->at[i], *now = pdf_form_same(c->fb, f);
		if (now != NULL)
			compare_field(c, f, now);
		else
			compare_note(c, NEEDS_MIRACLE, "form field removed", f->name, f->page, f->num);
	}
	for (int i = 0; i < c->fb->n; i++) {
		const struct pdf_field *f = &c->fb->at[i];
		if (pdf_form_same(c->fa, f) == NULL)
			note_new_field(c, f);
	}
}
