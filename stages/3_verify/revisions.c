/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revisions.c - what changed after signing: the catalog, the pages, and bytes that no revision owns. See
 * revisions.h.
 *
 * Shadow attacks, replaced pages, hidden content that a new cross-reference brings to light: all show as
 * differences of the trees, however they were made. What a tree cannot show are bytes that no cross-reference
 * knows and that a repairing reader would pick up (incremental saving attacks): those are looked for after
 * the signed bytes.
 */
#include "revisions.h"
#include "compare.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

/* Pages ---------------------------------------------------------------------------------------------------
 */

static const struct pdf_value *inherited(struct pdf *view, const struct pdf_value *page, const char *key)
{
	for (int n = 0; n < 50 && page->type == PDF_DICTIONARY; n++) {
		const struct pdf_value *v = pdf_raw(page, key);
		if (v != NULL)
			return v;
		page = pdf_find(view, page, "Parent");
	}
	return NULL;
}

static void compare_page_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	static const char *const harmless[] = {"Tabs",		"LastModified", "PieceInfo", "Metadata",
					       "StructParents", "Type",		NULL};
	const int *page = with;
	for (int i = 0; harmless[i] != NULL; i++)
		if (strcmp(harmless[i], key) == 0)
			return;
	if (!compare_same(c, a, b))
		compare_note(c, NEEDS_MIRACLE,
			     strcmp(key, "Contents") == 0 ? "content changed"
							  : format_text(c->l, "page changed, /%s", key),
			     NULL, *page, c->culprit);
}

static bool has_action(struct pdf *view, const struct pdf_value *annotation)
{
	static const char *const dangerous[] = {"JavaScript", "Launch", "SubmitForm", "ImportData",
						"Rendition",  "GoToE",	NULL};
	const struct pdf_value *kind = pdf_find(view, pdf_find(view, annotation, "A"), "S");
	for (int i = 0; dangerous[i] != NULL; i++)
		if (pdf_is_name(kind, dangerous[i]))
			return true;
	return pdf_raw(annotation, "AA") != NULL;
}

/* Annotations that can lay any picture over the page, or hold a file. A new one on a certified document says
 * what the certified text does not ("evil annotation" attack), so the permission to comment does not stretch
 * to it; one that was there is part of what everybody saw and signed. */
static bool covers_content(const struct pdf_value *kind)
{
	static const char *const kinds[] = {"FreeText",	 "Stamp", "Redact", "Watermark",      "Screen",
					    "RichMedia", "Movie", "3D",	    "FileAttachment", NULL};
	for (int i = 0; kinds[i] != NULL; i++)
		if (pdf_is_name(kind, kinds[i]))
			return true;
	return false;
}

static void note_added(struct compare *c, const struct pdf_value *ref, int page)
{
	const struct pdf_value *x = pdf_resolve(c->b, ref), *kind = pdf_find(c->b, x, "Subtype");
	int num = ref->type == PDF_REFERENCE ? ref->ref.num : 0;
	char *name = pdf_text(c->l, kind);
	if (x->type == PDF_NULL)
		return;
	if (pdf_is_name(kind, "Widget")) {
		/* a field's widget is told of with the field (compare_form.c); one without a field is
		 * nobody's */
		if (!compare_is_new_signature(c, x, num) && pdf_form_find(c->fb, num) == NULL &&
		    pdf_raw(x, "Parent") == NULL)
			compare_note(c, NEEDS_MIRACLE, "form field added", "without a name", page, num);
		else if (pdf_raw(x, "Parent") != NULL && pdf_form_find(c->fb, num) == NULL &&
			 !compare_is_new_signature(c, x, num))
			compare_note(c, NEEDS_MIRACLE, "widget added", NULL, page, num);
		return;
	}
	compare_note(c,
		     has_action(c->b, x) || (c->certified && covers_content(kind)) ? NEEDS_MIRACLE
										   : NEEDS_ANNOTATING,
		     "annotation added", name, page, num);
}

static bool read_rect(struct pdf *view, const struct pdf_value *x, double r[4])
{
	const struct pdf_value *rect = pdf_find(view, x, "Rect");
	for (int i = 0; i < 4; i++) {
		const struct pdf_value *v = rect->type == PDF_ARRAY && rect->items.n == 4
						    ? pdf_resolve(view, &rect->items.at[i])
						    : &pdf_null;
		if (v->type != PDF_REAL && v->type != PDF_INTEGER)
			return false;
		r[i] = v->type == PDF_REAL ? v->real : (double)v->integer;
	}
	return true;
}

static void read_fields_of(struct compare *c, int page)
{
	const struct pdf_value *all = pdf_find(c->b, c->fb->pages[page - 1].value, "Annots");
	c->rects.page = page;
	c->rects.at.n = 0;
	for (int i = 0; all->type == PDF_ARRAY && i < all->items.n; i++) {
		struct field_rect f = {.widget = pdf_resolve(c->b, &all->items.at[i])};
		if (!pdf_is_name(pdf_find(c->b, f.widget, "Subtype"), "Widget") ||
		    pdf_is_name(pdf_find(c->b, f.widget, "FT"), "Sig") || !read_rect(c->b, f.widget, f.r))
			continue;
		c->rects.at.at = own_grow(c->b, c->rects.at.at, c->rects.at.n, &c->rects.at.room, sizeof f);
		c->rects.at.at[c->rects.at.n++] = f;
	}
}

/* Form fields that lie on each other: which one is seen hangs on the order in which a reader draws them, and
 * writing one of them again, unchanged, is enough to bring another to the top (shadow attack "hide"). */
static bool lies_on_another(struct compare *c, const struct pdf_value *x, int page)
{
	double r[4];
	if (c->rects.page != page)
		read_fields_of(c, page);
	if (!read_rect(c->b, x, r))
		return false;
	for (int i = 0; i < c->rects.at.n; i++) {
		const double *o = c->rects.at.at[i].r;
		double w = (r[2] < o[2] ? r[2] : o[2]) - (r[0] > o[0] ? r[0] : o[0]);
		double h = (r[3] < o[3] ? r[3] : o[3]) - (r[1] > o[1] ? r[1] : o[1]);
		if (w > 0 && h > 0 && w * h > 0.5 * (r[2] - r[0]) * (r[3] - r[1]) &&
		    c->rects.at.at[i].widget != x)
			return true;
	}
	return false;
}

static void compare_annotation(struct compare *c, const struct pdf_value *ra, const struct pdf_value *rb,
			       int page)
{
	const struct pdf_value *a = pdf_resolve(c->a, ra), *b = pdf_resolve(c->b, rb),
			       *kind = pdf_find(c->a, a, "Subtype");
	int num = rb->type == PDF_REFERENCE ? rb->ref.num : 0;
	bool widget = pdf_is_name(kind, "Widget") && pdf_is_name(pdf_find(c->b, b, "Subtype"), "Widget");
	if (widget && a != b && !pdf_is_name(pdf_find(c->b, b, "FT"), "Sig") && lies_on_another(c, b, page))
		compare_note(c, NEEDS_MIRACLE, "a form field that lies on another was written again", NULL,
			     page, num);
	if (widget && (pdf_form_find(c->fa, num) != NULL || pdf_raw(a, "Parent") != NULL))
		return; /* compared with its field */
	if (!compare_same(c, a, b))
		compare_note(c,
			     widget || has_action(c->b, b) || covers_content(kind) ? NEEDS_MIRACLE
										   : NEEDS_ANNOTATING,
			     "annotation changed", pdf_text(c->l, kind), page, num);
}

static const struct pdf_value *find_reference(const struct pdf_value *array, const struct pdf_value *ref,
					      int i)
{
	if (array->type != PDF_ARRAY)
		return NULL;
	if (ref->type != PDF_REFERENCE) /* a direct annotation has only its place in the list */
		return i < array->items.n && array->items.at[i].type != PDF_REFERENCE ? &array->items.at[i]
										      : NULL;
	for (int n = 0; n < array->items.n; n++) { /* mostly in the same order, or one behind */
		const struct pdf_value *item = &array->items.at[(i + n) % array->items.n];
		if (item->type == PDF_REFERENCE && item->ref.num == ref->ref.num)
			return item;
	}
	return NULL;
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
static void compare_order(struct compare *c, const struct pdf_value *a, const struct pdf_value *b, int page)
{
	enum { MANY = 2000 };
	LIST(struct place_of) both = {0};
	bool moved = false;
	for (int i = 0, k = 0;
	     a->type == PDF_ARRAY && b->type == PDF_ARRAY && i < a->items.n && both.n < MANY; i++) {
		if (a->items.at[i].type != PDF_REFERENCE)
			continue;
		struct place_of one = {.num = a->items.at[i].ref.num, .then = i, .now = -1};
		for (int n = 0; n < b->items.n && one.now < 0; n++, k++) /* mostly the same order */
			if (b->items.at[k % b->items.n].type == PDF_REFERENCE &&
			    b->items.at[k % b->items.n].ref.num == one.num)
				one.now = k % b->items.n;
		if (one.now < 0 || !read_rect(c->a, pdf_resolve(c->a, &a->items.at[i]), one.r))
			continue;
		moved = moved || (both.n > 0 && both.at[both.n - 1].now > one.now);
		both.at = own_grow(c->a, both.at, both.n, &both.room, sizeof *both.at);
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

static void compare_annotations(struct compare *c, const struct pdf_value *a, const struct pdf_value *b,
				int page)
{
	for (int i = 0; a->type == PDF_ARRAY && i < a->items.n; i++) {
		const struct pdf_value *now = find_reference(b, &a->items.at[i], i),
				       *was = pdf_resolve(c->a, &a->items.at[i]);
		bool widget = pdf_is_name(pdf_find(c->a, was, "Subtype"), "Widget");
		if (now != NULL)
			compare_annotation(c, &a->items.at[i], now, page);
		else if (was->type != PDF_NULL)
			compare_note(c,
				     widget || covers_content(pdf_find(c->a, was, "Subtype"))
					     ? NEEDS_MIRACLE
					     : NEEDS_ANNOTATING,
				     widget ? "form field taken off the page" : "annotation removed",
				     pdf_text(c->l, pdf_find(c->a, was, "Subtype")), page,
				     a->items.at[i].type == PDF_REFERENCE ? a->items.at[i].ref.num : 0);
	}
	for (int i = 0; b->type == PDF_ARRAY && i < b->items.n; i++)
		if (find_reference(a, &b->items.at[i], i) == NULL)
			note_added(c, &b->items.at[i], page);
	compare_order(c, a, b, page);
}

static void compare_pages(struct compare *c)
{
	static const char *const heritable[] = {"Resources", "MediaBox", "CropBox", "Rotate"};
	static const char *const skip[] = {"Parent",  "Annots", "Resources", "MediaBox",
					   "CropBox", "Rotate", NULL};
	if (c->fa->pages_n != c->fb->pages_n) {
		compare_note(c, NEEDS_MIRACLE, "number of pages changed",
			     format_text(c->l, "%d, now %d", c->fa->pages_n, c->fb->pages_n), 0, 0);
		return;
	}
	for (int i = 0; i < c->fa->pages_n; i++) {
		const struct pdf_value *a = c->fa->pages[i].value, *b = c->fb->pages[i].value;
		int page = i + 1;
		for (int k = 0; k < 4; k++)
			compare_page_entry(c, heritable[k], inherited(c->a, a, heritable[k]),
					   inherited(c->b, b, heritable[k]), &page);
		compare_keys(c, a, b, skip, compare_page_entry, &page);
		compare_annotations(c, pdf_find(c->a, a, "Annots"), pdf_find(c->b, b, "Annots"), page);
	}
}

/* The catalog ---------------------------------------------------------------------------------------------
 */

static void compare_permission_entry(struct compare *c, const char *key, const struct pdf_value *a,
				     const struct pdf_value *b, void *with)
{
	(void)with;
	if (strcmp(key, "DocMDP") != 0 || compare_same(c, a, b))
		return;
	compare_note(c, a == NULL ? NEEDS_SIGNING : NEEDS_MIRACLE,
		     a == NULL ? "certification added" : "certification changed", NULL, 0, c->culprit);
}

/* 7.7.4: names of destinations, scripts, attached files. Appearances kept by name belong to annotations. */
static void compare_name_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	(void)with;
	if (compare_same(c, a, b))
		return;
	bool appearance = strcmp(key, "AP") == 0;
	compare_note(c, appearance ? NEEDS_ANNOTATING : NEEDS_MIRACLE,
		     appearance ? "named appearances changed"
				: format_text(c->l, "document changed, /Names /%s", key),
		     NULL, 0, c->culprit);
}

static void compare_root_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	static const struct {
		const char *key, *what;
		enum needs needs;
	} known[] = {
		{"DSS", "validation data added", NEEDS_NOTHING},
		{"Extensions", "extensions declared", NEEDS_NOTHING},
		{"Version", "version declared", NEEDS_NOTHING},
		{"Metadata", "metadata changed", NEEDS_NOTHING},
		{"PieceInfo", "metadata changed", NEEDS_NOTHING},
		{"LastModified", "metadata changed", NEEDS_NOTHING},
		{"StructTreeRoot", "structure tree changed", NEEDS_SIGNING},
		{"MarkInfo", "structure tree changed", NEEDS_SIGNING},
	};
	(void)with;
	if (strcmp(key, "Perms") == 0) {
		compare_keys(c, pdf_resolve(c->a, a), pdf_resolve(c->b, b), NULL, compare_permission_entry,
			     NULL);
		return;
	}
	if (strcmp(key, "Names") == 0) {
		compare_keys(c, pdf_resolve(c->a, a), pdf_resolve(c->b, b), NULL, compare_name_entry, NULL);
		return;
	}
	if (compare_same(c, a, b))
		return;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i].key, key) == 0) {
			compare_note(c, known[i].needs, known[i].what, NULL, 0, 0);
			return;
		}
	compare_note(c, NEEDS_MIRACLE, format_text(c->l, "document changed, /%s", key), NULL, 0, c->culprit);
}

static void compare_trailer(struct compare *c)
{
	static const char *const skip[] = {"Pages", "AcroForm", "Type", NULL};
	if (!compare_same(c, pdf_raw(c->a->trailer, "Encrypt"), pdf_raw(c->b->trailer, "Encrypt")))
		compare_note(c, NEEDS_MIRACLE, "encryption changed", NULL, 0, 0);
	if (!compare_same(c, pdf_raw(c->a->trailer, "Info"), pdf_raw(c->b->trailer, "Info")))
		compare_note(c, NEEDS_NOTHING, "metadata changed", NULL, 0, 0);
	compare_keys(c, pdf_find(c->a, c->a->trailer, "Root"), pdf_find(c->b, c->b->trailer, "Root"), skip,
		     compare_root_entry, NULL);
}

/* Bytes that no revision owns ------------------------------------------------------------------------------
 */

static int by_start(const void *a, const void *b)
{
	const struct pdf_section *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Between objects and cross-references stand white space, comments (%%EOF too) and "startxref N", nothing
 * else. */
static bool holds_more(struct bytes b, size_t from, size_t to)
{
	static const char word[] = "startxref";
	while (from < to) {
		uint8_t c = b.at[from];
		if (c == '%')
			while (from < to && b.at[from] != '\n' && b.at[from] != '\r')
				from++;
		else if (to - from >= sizeof word - 1 && memcmp(b.at + from, word, sizeof word - 1) == 0)
			from += sizeof word - 1;
		else if (pdf_is_space(c) || (c >= '0' && c <= '9'))
			from++;
		else
			return true;
	}
	return false;
}

/* The extents of everything the views from a to b know after a's end; what lies between must hold no object.
 */
static void compare_tail(struct compare *c)
{
	struct pdf *b = c->b;
	LIST(struct pdf_section) own = {0};
	bool chained = false;
	for (int i = 0; i < b->sections_n; i++) {
		own.at = own_grow(b, own.at, own.n, &own.room, sizeof *own.at);
		own.at[own.n++] = b->sections[i];
		chained = chained || b->sections[i].at == c->a->sections[0].at;
	}
	if (!chained)
		compare_note(c, NEEDS_MIRACLE, "the file was not continued but given another beginning", NULL,
			     0, 0);
	for (int i = 0; i < b->known_n; i++) {
		const struct pdf_value *v =
			b->known[i].at >= c->a->end ? pdf_parse_at(b, b->known[i].at) : NULL;
		if (v == NULL || v->num != b->known[i].num)
			continue;
		own.at = own_grow(b, own.at, own.n, &own.room, sizeof *own.at);
		own.at[own.n++] = (struct pdf_section){v->at, v->end};
	}
	qsort(own.at, (size_t)own.n, sizeof *own.at, by_start);
	size_t at = c->a->end;
	for (int i = 0; i <= own.n; i++) {
		size_t stop = i < own.n ? own.at[i].at : b->end;
		if (stop > at && holds_more(b->file->bytes, at, stop)) {
			compare_note(c, NEEDS_MIRACLE,
				     "bytes that belong to no revision stand after the signed ones", NULL, 0,
				     0);
			return;
		}
		if (i < own.n && own.at[i].end > at)
			at = own.at[i].end;
	}
}

void revisions_compare(struct letter *l, struct signature *s, struct pdf *before, struct pdf *after,
		       long *visits)
{
	if (s->coverage == COVERS_WHOLE_FILE) {
		s->changes_after = CHANGES_NONE;
		return;
	}
	if (before == NULL)
		return; /* unknown, and the coverage says why */
	struct compare c = {.out = &s->changes, .worst = CHANGES_NONE, .visits = visits};
	if (after == NULL) {
		s->changes_after = CHANGES_FORBIDDEN;
		texts_add(l, &s->changes,
			  "what stands after the signed bytes is no sound revision of the file");
		return;
	}
	compare_begin(&c, l, before, after);
	compare_permissions(&c);
	compare_trailer(&c);
	compare_pages(&c);
	compare_form(&c);
	compare_tail(&c);
	if (c.level == 1 && c.worst == CHANGES_NONE && before->startxref != after->startxref)
		compare_note(&c, NEEDS_SIGNING, "a revision was added though no change is permitted", NULL, 0,
			     0);
	s->changes_after = c.exhausted && c.worst != CHANGES_FORBIDDEN ? CHANGES_UNKNOWN : c.worst;
	if (c.exhausted)
		texts_add(l, &s->changes, "the file is too large or too deep to compare its revisions");
	if (c.worst == CHANGES_FORBIDDEN)
		signature_message(l, s, REJECT, "CHANGED_AFTER",
				  "ISO 32000-1 12.8.2: the document was changed after this signature "
				  "in a way that is not permitted");
}
