/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare.c - when two values of two views are the same, and how a change is noted. See compare.h.
 *
 * Sameness is coinductive: a pair that is being compared counts as the same, so circles end. When a
 * difference is found the memory of pairs is dropped, since some of them may have leaned on it.
 */
#include "compare.h"
#include "pdf_graph.h"
#include "text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_VISITS = 20000000, MUCH = 200000, MAX_DEPTH = 6000, MAX_NOTES = 60 };

struct pair {
	const struct pdf_value *a, *b;
	bool drawing; /* nothing was taken for the same by its number */
};

void compare_begin(struct compare *c, struct letter *l, struct pdf *a, struct pdf *b)
{
	c->l = l;
	c->mem = talloc_new(l);
	c->a = a;
	c->b = b;
	c->fa = pdf_form_read(a);
	c->fb = pdf_form_read(b);
	c->numbers = (a->entries_n > b->entries_n ? a->entries_n : b->entries_n) + 1;
	c->place_a = new_array(c->mem, int, (size_t)c->numbers);
	c->place_b = new_array(c->mem, int, (size_t)c->numbers);
	if (*c->visits > MUCH) {
		c->stale = new_array(c->mem, uint8_t, (size_t)c->numbers);
		pdf_graph_mark_stale(a, b, c->stale, c->numbers);
	}
}

bool compare_is_untouched(const struct compare *c, int num)
{
	return c->stale != NULL && num > 0 && num < c->numbers && !c->stale[num];
}

/* True: the pair is new and now remembered. */
static bool remember_pair(struct compare *c, const struct pdf_value *a, const struct pdf_value *b,
			  bool drawing)
{
	if (c->pairs_n * 2 >= c->pairs_room) {
		struct pair *old = c->pairs;
		int room = c->pairs_room;
		c->pairs_room = room == 0 ? 1024 : room * 2;
		c->pairs = new_array(c->mem, struct pair, (size_t)c->pairs_room);
		c->pairs_n = 0;
		for (int i = 0; i < room; i++)
			if (old[i].a != NULL)
				remember_pair(c, old[i].a, old[i].b, old[i].drawing);
		talloc_free(old);
	}
	uint64_t i =
		(((uintptr_t)a >> 4) * 0x9E3779B97F4A7C15u ^ ((uintptr_t)b >> 4) * 0xC2B2AE3D27D4EB4Fu) >> 20;
	for (;; i++) {
		struct pair *p = &c->pairs[i & (uint64_t)(c->pairs_room - 1)];
		if (p->a == a && p->b == b && p->drawing == drawing)
			return false;
		if (p->a == NULL) {
			*p = (struct pair){ a, b, drawing };
			c->pairs_n++;
			return true;
		}
	}
}

static bool same_value(struct compare *c, const struct pdf_value *a, const struct pdf_value *b);

static bool is_absent(struct pdf *view, const struct pdf_value *v)
{
	return v == NULL || (pdf_resolve(view, v)->type == PDF_NULL && !pdf_is_unreadable(view, v));
}

/* What cannot be read here may be mended by another reader: then only the same bytes are the same. */
bool compare_same_unreadable(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	bool here = pdf_is_unreadable(c->a, a), there = pdf_is_unreadable(c->b, b);
	if (!here || !there)
		return here == there;
	const struct pdf_entry *x = &c->a->entries[a->ref.num], *y = &c->b->entries[b->ref.num];
	return x->kind == y->kind && x->at == y->at && x->gen == y->gen &&
	       (x->kind == 1 || pdf_object(c->a, (int)x->at) == pdf_object(c->b, (int)y->at));
}

/* As written: no reference is followed. */
static bool is_alike(const struct pdf_value *a, const struct pdf_value *b)
{
	if (a == b || a->type != b->type)
		return a == b;
	int n = a->type == PDF_ARRAY ? a->items.n : 2 * a->items.n;
	switch (a->type) {
	case PDF_NULL:
		return true;
	case PDF_STRING:
	case PDF_NAME:
		return a->text.len == b->text.len && memcmp(a->text.at, b->text.at, a->text.len) == 0;
	case PDF_REFERENCE:
		return a->ref.num == b->ref.num && a->ref.gen == b->ref.gen;
	case PDF_REAL:
		return fabs(a->real - b->real) < 1e-9;
	case PDF_BOOLEAN:
	case PDF_INTEGER:
		return a->integer == b->integer;
	default:
		if (a->items.n != b->items.n)
			return false;
		for (int i = 0; i < n; i++)
			if (!is_alike(&a->items.at[i], &b->items.at[i]))
				return false;
		return a->type != PDF_STREAM || (a->raw.at == b->raw.at && a->raw.len == b->raw.len);
	}
}

static int by_key(const void *a, const void *b)
{
	const struct pdf_value *const *x = a, *const *y = b;
	size_t common = (*x)->text.len < (*y)->text.len ? (*x)->text.len : (*y)->text.len;
	int order = common > 0 ? memcmp((*x)->text.at, (*y)->text.at, common) : 0;
	return order != 0 ? order : ((*x)->text.len > (*y)->text.len) - ((*x)->text.len < (*y)->text.len);
}

/* A key that stands twice with different values: some readers take the first, others the last (7.3.7). */
static bool is_ambiguous(const struct pdf_value *d)
{
	const struct pdf_value *few[32], **keys = few;
	bool found = false;
	if ((d->type != PDF_DICTIONARY && d->type != PDF_STREAM) || d->items.n < 2)
		return false;
	if (d->items.n > 32)
		keys = (const struct pdf_value **)new_array(NULL, const struct pdf_value *,
							    (size_t)d->items.n);
	for (int i = 0; i < d->items.n; i++)
		keys[i] = &d->items.at[2 * i];
	qsort(keys, (size_t)d->items.n, sizeof *keys, by_key);
	for (int i = 1; i < d->items.n && !found; i++)
		found = by_key(&keys[i - 1], &keys[i]) == 0 && !is_alike(keys[i - 1] + 1, keys[i] + 1);
	if (keys != few)
		talloc_free(keys);
	return found;
}

/* Then only the same words in the same order are the same. */
static bool same_in_order(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	if (a->items.n != b->items.n)
		return false;
	for (int i = 0; i < a->items.n; i++)
		if (!is_alike(&a->items.at[2 * i], &b->items.at[2 * i]) ||
		    !same_value(c, &a->items.at[2 * i + 1], &b->items.at[2 * i + 1]))
			return false;
	return true;
}

/* How a stream is packed, not what it holds. */
static const char *const packing[] = { "Length", "Filter", "DecodeParms", "DL", NULL };

static bool is_packing(const struct pdf_value *key)
{
	for (int i = 0; packing[i] != NULL; i++)
		if (pdf_is_name(key, packing[i]))
			return true;
	return false;
}

/* skip: entries that are compared elsewhere, or NULL. */
static bool same_dictionary(struct compare *c, const struct pdf_value *a, const struct pdf_value *b,
			    bool (*skip)(const struct pdf_value *key))
{
	if (a != b && (is_ambiguous(a) || is_ambiguous(b)))
		return same_in_order(c, a, b);
	for (int i = 0; i < a->items.n; i++) {
		const struct pdf_value *key = &a->items.at[2 * i], *other = NULL;
		if (skip != NULL && skip(key))
			continue;
		for (int k = 0; k < b->items.n && other == NULL; k++) {
			int at = (i + k) % b->items.n; /* mostly the same order */
			if (b->items.at[2 * at].text.len == key->text.len &&
			    memcmp(b->items.at[2 * at].text.at, key->text.at, key->text.len) == 0)
				other = &b->items.at[2 * at + 1];
		}
		bool enters = pdf_is_name(key, "AP") || pdf_is_name(key, "Resources");
		c->drawing += enters;
		bool same = other == NULL ? is_absent(c->a, key + 1) : same_value(c, key + 1, other);
		c->drawing -= enters;
		if (!same)
			return false;
	}
	for (int i = 0; i < b->items.n; i++) {
		char name[128];
		const struct pdf_value *key = &b->items.at[2 * i];
		if (skip != NULL && skip(key))
			continue;
		if (key->text.len >= sizeof name || memchr(key->text.at, 0, key->text.len) != NULL)
			return a == b;
		memcpy(name, key->text.at, key->text.len);
		name[key->text.len] = 0;
		if (a != b && pdf_raw(a, name) == NULL && !is_absent(c->b, key + 1))
			return false;
	}
	return true;
}

/* Where the stream ends is beyond doubt: readers differ in what they make of a wrong /Length. */
static bool has_its_length(struct pdf *view, const struct pdf_value *stream)
{
	return pdf_integer(pdf_find(view, stream, "Length"), -1) == (int64_t)stream->raw.len;
}

static void forget_pairs(struct compare *c)
{
	talloc_free(c->pairs);
	c->pairs = NULL;
	c->pairs_n = c->pairs_room = 0;
}

/* A difference found here is not yet one of the stream, so no pair that leaned on it may stay remembered. */
static bool same_packing(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	for (int i = 0; packing[i] != NULL; i++) {
		const struct pdf_value *x = pdf_raw(a, packing[i]), *y = pdf_raw(b, packing[i]);
		if (x == NULL || y == NULL ? is_absent(c->a, x) && is_absent(c->b, y) : same_value(c, x, y))
			continue;
		forget_pairs(c);
		return false;
	}
	return true;
}

static bool same_stream(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	if (!same_dictionary(c, a, b, is_packing))
		return false;
	if (same_packing(c, a, b)) {
		if (a->raw.at == b->raw.at && a->raw.len == b->raw.len)
			return true;
		if (a->raw.len == b->raw.len && c->a->file->crypt == NULL)
			return memcmp(a->raw.at, b->raw.at, a->raw.len) == 0;
	} else if (!has_its_length(c->a, a) || !has_its_length(c->b, b))
		return false;
	struct bytes x = pdf_decode(c->a, a), y = pdf_decode(c->b, b);
	bool same = x.at != NULL && y.at != NULL && x.len == y.len && memcmp(x.at, y.at, x.len) == 0;
	pdf_drop(c->a, a, x);
	pdf_drop(c->b, b, y);
	return same;
}

static bool same_content(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	if (a->type != b->type) {
		double x = a->type == PDF_REAL ? a->real : (double)pdf_integer(a, 0);
		double y = b->type == PDF_REAL ? b->real : (double)pdf_integer(b, 0);
		return (a->type == PDF_REAL || a->type == PDF_INTEGER) &&
		       (b->type == PDF_REAL || b->type == PDF_INTEGER) && fabs(x - y) < 1e-9;
	}
	switch (a->type) {
	case PDF_BOOLEAN:
	case PDF_INTEGER:
		return a->integer == b->integer;
	case PDF_REAL:
		return fabs(a->real - b->real) < 1e-9;
	case PDF_STRING:
	case PDF_NAME:
		return a->text.len == b->text.len && memcmp(a->text.at, b->text.at, a->text.len) == 0;
	case PDF_ARRAY:
		if (a->items.n != b->items.n)
			return false;
		for (int i = 0; i < a->items.n; i++)
			if (!same_value(c, &a->items.at[i], &b->items.at[i]))
				return false;
		return true;
	case PDF_DICTIONARY:
		return same_dictionary(c, a, b, NULL);
	case PDF_STREAM:
		return same_stream(c, a, b);
	default:
		return true;
	}
}

/* Is an object of that role compared on its own, whole, so that its number is enough here? A page and the
 * catalog are; a field, an annotation or a node of the page tree only as far as such a thing goes. */
static bool is_elsewhere(const struct compare *c, enum pdf_role role)
{
	return role == ROLE_PAGE || role == ROLE_CATALOG || (role != ROLE_NONE && c->drawing == 0);
}

static bool same_value(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	bool refer = a->type == PDF_REFERENCE && b->type == PDF_REFERENCE;
	int na = a->type == PDF_REFERENCE ? a->ref.num : 0, nb = b->type == PDF_REFERENCE ? b->ref.num : 0;
	enum pdf_role ra = pdf_form_role(c->fa, na), rb = pdf_form_role(c->fb, nb);
	if (refer && (is_elsewhere(c, ra) || is_elsewhere(c, rb))) {
		bool same = ra == rb && (na == nb || (ra == ROLE_PAGE &&
						      pdf_form_page(c->fa, na) == pdf_form_page(c->fb, nb)));
		if (!same)
			c->culprit = nb;
		return same;
	}
	if (refer && na == nb && compare_is_untouched(c, na))
		return true;
	const struct pdf_value *x = pdf_resolve(c->a, a), *y = pdf_resolve(c->b, b);
	bool deep = x->type == PDF_ARRAY || x->type == PDF_DICTIONARY || x->type == PDF_STREAM;
	if (deep && !remember_pair(c, x, y, c->drawing > 0))
		return true;
	if (++*c->visits > MAX_VISITS || c->depth > MAX_DEPTH) {
		c->exhausted = true;
		return false;
	}
	c->depth++;
	bool same = same_content(c, x, y) && (x->type != PDF_NULL || compare_same_unreadable(c, a, b));
	c->depth--;
	if (!same && c->culprit == 0)
		c->culprit = nb;
	return same;
}

bool compare_same(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	c->culprit = 0;
	if (a == NULL || b == NULL)
		return is_absent(c->a, a) && is_absent(c->b, b);
	if (same_value(c, a, b))
		return true;
	forget_pairs(c);
	return false;
}

bool compare_same_drawn(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	c->drawing++;
	bool same = compare_same(c, a, b);
	c->drawing--;
	return same;
}

void compare_note(struct compare *c, enum needs needs, const char *what, const char *detail, int page,
		  int num)
{
	static const int levels[] = { 1, 2, 2, 3, 4 };
	bool forbidden = levels[needs] > c->level;
	if (c->exhausted)
		return; /* nothing is the same any more, for want of looking */
	if (forbidden)
		c->worst = CHANGES_FORBIDDEN;
	else if (c->worst == CHANGES_NONE)
		c->worst = CHANGES_PERMITTED;
	if (c->out->n >= MAX_NOTES)
		return;
	char *where = page > 0 ? format_text(c->mem, "page %d: ", page) : copy_text(c->mem, "");
	char *object = num > 0 ? format_text(c->mem, " (object %d)", num) : copy_text(c->mem, "");
	char *text =
		format_text(c->mem, "%s%s%s%s%s", where, what, detail != NULL && *detail != 0 ? ": " : "",
			    detail != NULL ? detail : "", object);
	for (int i = 0; i < c->out->n; i++)
		if (text_same(c->out->at[i], text))
			return;
	texts_add(c->l, c->out, text);
}

static bool is_skipped(const char *key, const char *const *skip)
{
	for (; skip != NULL && *skip != NULL; skip++)
		if (strcmp(*skip, key) == 0)
			return true;
	return false;
}

void compare_keys(struct compare *c, const struct pdf_value *a, const struct pdf_value *b,
		  const char *const *skip,
		  void (*each)(struct compare *, const char *, const struct pdf_value *,
			       const struct pdf_value *, void *),
		  void *with)
{
	const struct pdf_value *both[] = { a, b };
	if (a != b && (is_ambiguous(a) || is_ambiguous(b)) && !is_alike(a, b))
		compare_note(c, NEEDS_MIRACLE, "an entry stands twice, with two values", NULL, 0, b->num);
	for (int side = 0; side < 2; side++) {
		const struct pdf_value *d = both[side];
		if (d->type != PDF_DICTIONARY && d->type != PDF_STREAM)
			continue;
		for (int i = 0; i < d->items.n; i++) {
			struct bytes name = d->items.at[2 * i].text;
			char few[64], *key = few;
			if (name.len < sizeof few) {
				if (name.len > 0)
					memcpy(few, name.at, name.len);
				few[name.len] = 0;
			} else
				key = copy_part(c->mem, (const char *)name.at, name.len);
			if (is_skipped(key, skip) || (side == 1 && pdf_raw(a, key) != NULL))
				continue;
			each(c, key, pdf_raw(a, key), pdf_raw(b, key), with);
		}
	}
}
