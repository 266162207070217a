/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare_annotation.c - what happened to the annotations of a page (ISO 32000-1 12.5). See compare.h.
 *
 * A later reader may comment where the signer allows it. But annotations that stood there when the document
 * was signed are part of what everybody saw: they may be commented on, not made to show something else, and
 * one that hides what lies under it may not go away (shadow attack "hide").
 */
#include "compare.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_LOOKED = 500000000 }; /* pairs of fields of one comparison */

static bool is_among(const struct pdf_value *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (pdf_is_name(name, *names))
			return true;
	return false;
}

static bool has_action(struct pdf *view, const struct pdf_value *annotation)
{
	static const char *const dangerous[] = { "JavaScript", "Launch", "SubmitForm", "ImportData",
						 "Rendition",  "GoToE",	NULL };
	return is_among(pdf_find(view, pdf_find(view, annotation, "A"), "S"), dangerous) ||
	       pdf_raw(annotation, "AA") != NULL;
}

/* Annotations that can lay any picture over the page, or hold a file. A new one on a certified document says
 * what the certified text does not ("evil annotation" attack), so the permission to comment does not stretch
 * to it; one that was there is part of what everybody saw and signed. */
static bool covers_content(const struct pdf_value *kind)
{
	static const char *const kinds[] = { "FreeText",	 "Stamp", "Redact", "Watermark",      "Screen",
					     "RichMedia", "Movie", "3D",	    "FileAttachment", NULL };
	return is_among(kind, kinds);
}

/* Does it put more on the page than the icon of a note? */
static bool marks_page(struct pdf *view, const struct pdf_value *x)
{
	enum { ICON = 40 * 40 };
	static const char *const drawn_by_readers[] = { "Square",   "Circle", "Line", "Polygon",
							"PolyLine", "Ink",    NULL };
	return compare_area(view, pdf_find(view, x, "Rect")) > ICON &&
	       (compare_draws(view, x) || is_among(pdf_find(view, x, "Subtype"), drawn_by_readers));
}

/* A harmless kind of comment can be dressed as any other by its appearance, or filled so that it hides. */
static bool says_something(struct pdf *view, const struct pdf_value *x)
{
	const struct pdf_value *filled = pdf_find(view, x, "IC");
	return marks_page(view, x) &&
	       (compare_writes(view, x) || (filled->type == PDF_ARRAY && filled->items.n > 0));
}

static void note_added_widget(struct compare *c, const struct pdf_value *x, int page, int num)
{
	/* a field's widget is told of with the field (compare_form.c); one without a field is nobody's */
	if (!compare_is_new_signature(c, x, num) && pdf_form_find(c->fb, num) == NULL)
		compare_note(c, NEEDS_MIRACLE,
			     pdf_raw(x, "Parent") == NULL ? "form field added" : "widget added",
			     pdf_raw(x, "Parent") == NULL ? "without a name" : NULL, page, num);
}

static void note_added(struct compare *c, const struct pdf_value *ref, int page)
{
	const struct pdf_value *x = pdf_resolve(c->b, ref), *kind = pdf_find(c->b, x, "Subtype");
	int num = ref->type == PDF_REFERENCE ? ref->ref.num : 0;
	if (pdf_is_unreadable(c->b, ref))
		compare_note(c, NEEDS_MIRACLE, "an annotation that cannot be read was added", NULL, page,
			     num);
	else if (pdf_is_name(kind, "Widget"))
		note_added_widget(c, x, page, num);
	else if (x->type != PDF_NULL)
		compare_note(c,
			     has_action(c->b, x) || (c->certified &&
						     (covers_content(kind) || says_something(c->b, x)))
				     ? NEEDS_MIRACLE
				     : NEEDS_ANNOTATING,
			     "annotation added", pdf_text(c->mem, kind), page, num);
}

static int by_left(const void *a, const void *b)
{
	const struct field_rect *x = a, *y = b;
	return x->r[0] < y->r[0] ? -1 : x->r[0] > y->r[0];
}

static void read_fields_of(struct compare *c, int page)
{
	const struct pdf_value *all = pdf_find(c->b, c->fb->pages[page - 1].value, "Annots");
	c->rects.page = page;
	c->rects.at.n = 0;
	c->rects.widest = 0;
	for (int i = 0; all->type == PDF_ARRAY && i < all->items.n; i++) {
		struct field_rect f = { .widget = pdf_resolve(c->b, &all->items.at[i]) };
		if (!pdf_is_name(pdf_find(c->b, f.widget, "Subtype"), "Widget") ||
		    pdf_is_name(pdf_find(c->b, f.widget, "FT"), "Sig") || !compare_rect(c->b, f.widget, f.r))
			continue;
		c->rects.at.at = own_grow(c->mem, c->rects.at.at, c->rects.at.n, &c->rects.at.room, sizeof f);
		c->rects.at.at[c->rects.at.n++] = f;
		if (f.r[2] - f.r[0] > c->rects.widest)
			c->rects.widest = f.r[2] - f.r[0];
	}
	if (c->rects.at.n > 1)
		qsort(c->rects.at.at, (size_t)c->rects.at.n, sizeof *c->rects.at.at, by_left);
}

/* The first field whose left side is not left of x. */
static int find_left(const struct compare *c, double x)
{
	int low = 0, high = c->rects.at.n;
	while (low < high) {
		int middle = (low + high) / 2;
		if (c->rects.at.at[middle].r[0] < x)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Form fields that lie on each other: which one is seen hangs on the order in which a reader draws them, and
 * writing one of them again, unchanged, is enough to bring another to the top (shadow attack "hide"). */
static bool lies_on_another(struct compare *c, const struct pdf_value *x, int page)
{
	double r[4];
	if (c->rects.page != page)
		read_fields_of(c, page);
	if (!compare_rect(c->b, x, r))
		return false;
	for (int i = find_left(c, r[0] - c->rects.widest); i < c->rects.at.n && c->rects.at.at[i].r[0] < r[2];
	     i++) {
		const double *o = c->rects.at.at[i].r;
		double w = (r[2] < o[2] ? r[2] : o[2]) - (r[0] > o[0] ? r[0] : o[0]);
		double h = (r[3] < o[3] ? r[3] : o[3]) - (r[1] > o[1] ? r[1] : o[1]);
		if (w > 0 && h > 0 && w * h > 0.5 * (r[2] - r[0]) * (r[3] - r[1]) &&
		    c->rects.at.at[i].widget != x)
			return true;
		if (++c->rects.looked > MAX_LOOKED) {
			c->exhausted = true;
			return false;
		}
	}
	return false;
}

/* What is said of an annotation or links it to others, not what it shows or does. */
static void compare_shown(struct compare *c, const char *key, const struct pdf_value *a,
			  const struct pdf_value *b, void *with)
{
	static const char *const silent[] = { "Contents", "M",  "NM",   "T",    "RC",	       "Subj",
					      "Popup",	 "P",  "IRT",  "RT",   "CreationDate", "State",
					      "IT",	 "TM", "Lang", "Open", "StructParent", "StateModel",
					      "Type",	 NULL };
	bool *shown = with;
	for (int i = 0; silent[i] != NULL; i++)
		if (strcmp(key, silent[i]) == 0)
			return;
	if (!(strcmp(key, "AP") == 0 ? compare_same_drawn(c, a, b) : compare_same(c, a, b)))
		*shown = true;
}

/* What the change of an annotation that was there when the document was signed needs. */
static enum needs needs_of(struct compare *c, const struct pdf_value *a, const struct pdf_value *b)
{
	const struct pdf_value *was = pdf_find(c->a, a, "Subtype"), *is = pdf_find(c->b, b, "Subtype");
	bool shown = false;
	if (!compare_same(c, was, is) || pdf_is_name(was, "Widget") || covers_content(was) ||
	    has_action(c->b, b) || !compare_same(c, pdf_raw(a, "A"), pdf_raw(b, "A")) ||
	    !compare_same(c, pdf_raw(a, "Dest"), pdf_raw(b, "Dest")))
		return NEEDS_MIRACLE;
	compare_keys(c, a, b, NULL, compare_shown, &shown);
	return shown && (marks_page(c->a, a) || marks_page(c->b, b)) ? NEEDS_MIRACLE : NEEDS_ANNOTATING;
}

/* Widgets of fields are compared with their field. */
static bool has_a_field(const struct compare *c, int num)
{
	return pdf_form_find(c->fa, num) != NULL ||
	       (pdf_form_owner(c->fa, num) >= 0 && pdf_form_owner(c->fb, num) >= 0);
}

static void compare_annotation(struct compare *c, const struct pdf_value *ra, const struct pdf_value *rb,
			       int page)
{
	const struct pdf_value *a = pdf_resolve(c->a, ra), *b = pdf_resolve(c->b, rb);
	int num = rb->type == PDF_REFERENCE && rb->ref.num < c->b->entries_n ? rb->ref.num : 0;
	bool widget = pdf_is_name(pdf_find(c->a, a, "Subtype"), "Widget") &&
		      pdf_is_name(pdf_find(c->b, b, "Subtype"), "Widget");
	if (widget && a != b && !pdf_is_name(pdf_find(c->b, b, "FT"), "Sig") && lies_on_another(c, b, page))
		compare_note(c, NEEDS_MIRACLE, "a form field that lies on another was written again", NULL,
			     page, num);
	if (widget && has_a_field(c, num))
		return;
	if (a->type == PDF_NULL && b->type == PDF_NULL) {
		if (!compare_same_unreadable(c, ra, rb))
			compare_note(c, NEEDS_MIRACLE, "annotation changed", NULL, page, num);
	} else if (!compare_same(c, a, b)) {
		int culprit = c->culprit > 0 ? c->culprit : num;
		compare_note(c, needs_of(c, a, b), "annotation changed",
			     pdf_text(c->mem, pdf_find(c->a, a, "Subtype")), page, culprit);
	}
}

/* Where each annotation stands in the list of a page, by its number; undone with clear. */
static void set_places(int *place, int room, const struct pdf_value *list, bool clear)
{
	for (int i = list->type == PDF_ARRAY ? list->items.n : 0; i-- > 0;)
		if (list->items.at[i].type == PDF_REFERENCE && list->items.at[i].ref.num < room)
			place[list->items.at[i].ref.num] = clear ? 0 : i + 1;
}

/* Its index in the other list, or -1; a direct annotation has only its place. */
static int find_place(const int *place, int room, const struct pdf_value *list, const struct pdf_value *item,
		      int i)
{
	if (item->type == PDF_REFERENCE)
		return item->ref.num < room ? place[item->ref.num] - 1 : -1;
	return list->type == PDF_ARRAY && i < list->items.n && list->items.at[i].type != PDF_REFERENCE ? i
												       : -1;
}

static bool overlap(const double r[4], const double o[4])
{
	return r[0] < o[2] && o[0] < r[2] && r[1] < o[3] && o[1] < r[3];
}

struct place_of { /* an annotation that stands in both lists */
	int num, then, now;
	double r[4];
};

/* What lies on what is decided by the order of the list: two that lie on each other may not change places. */
static void compare_order(struct compare *c, const struct pdf_value *a, int page)
{
	enum { MANY = 2000 };
	LIST(struct place_of) both = { 0 };
	bool moved = false;
	for (int i = 0; a->type == PDF_ARRAY && i < a->items.n && both.n < MANY; i++) {
		if (a->items.at[i].type != PDF_REFERENCE)
			continue;
		struct place_of one = { .num = a->items.at[i].ref.num, .then = i };
		one.now = find_place(c->place_b, c->numbers, a, &a->items.at[i], i);
		if (one.now < 0 || !compare_rect(c->a, pdf_resolve(c->a, &a->items.at[i]), one.r))
			continue;
		moved = moved || (both.n > 0 && both.at[both.n - 1].now > one.now);
		both.at = own_grow(c->mem, both.at, both.n, &both.room, sizeof *both.at);
		both.at[both.n++] = one;
	}
	for (int i = 0; moved && i < both.n; i++)
		for (int k = 0; k < i; k++)
			if (both.at[k].now > both.at[i].now && overlap(both.at[k].r, both.at[i].r)) {
				compare_note(c, NEEDS_MIRACLE,
					     "annotations that lie on each other changed places", NULL, page,
					     both.at[i].num);
				return;
			}
}

static void note_removed(struct compare *c, const struct pdf_value *ref, int page)
{
	const struct pdf_value *was = pdf_resolve(c->a, ref), *kind = pdf_find(c->a, was, "Subtype");
	bool widget = pdf_is_name(kind, "Widget");
	if (was->type != PDF_NULL || pdf_is_unreadable(c->a, ref))
		compare_note(c,
			     widget || covers_content(kind) || marks_page(c->a, was) ? NEEDS_MIRACLE
										     : NEEDS_ANNOTATING,
			     widget ? "form field taken off the page" : "annotation removed",
			     pdf_text(c->mem, kind), page, ref->type == PDF_REFERENCE ? ref->ref.num : 0);
}

void compare_annotations(struct compare *c, const struct pdf_value *a, const struct pdf_value *b, int page)
{
	set_places(c->place_a, c->numbers, a, false);
	set_places(c->place_b, c->numbers, b, false);
	for (int i = 0; a->type == PDF_ARRAY && i < a->items.n; i++) {
		int now = find_place(c->place_b, c->numbers, b, &a->items.at[i], i);
		if (now >= 0)
			compare_annotation(c, &a->items.at[i], &b->items.at[now], page);
		else
			note_removed(c, &a->items.at[i], page);
	}
	for (int i = 0; b->type == PDF_ARRAY && i < b->items.n; i++)
		if (find_place(c->place_a, c->numbers, a, &b->items.at[i], i) < 0)
			note_added(c, &b->items.at[i], page);
	compare_order(c, a, page);
	set_places(c->place_a, c->numbers, a, true);
	set_places(c->place_b, c->numbers, b, true);
}
