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
	for (int n = 0; n < PDF_TREE_DEPTH && page->type == PDF_DICTIONARY; n++) {
		const struct pdf_value *v = pdf_raw(page, key);
		if (v != NULL)
			return v;
		page = pdf_find(view, page, "Parent");
	}
	return NULL;
}

/* 7.7.3.3: a stream, or a list of streams; a list of one is that one. */
static const struct pdf_value *unlisted(struct pdf *view, const struct pdf_value *contents)
{
	const struct pdf_value *list = contents != NULL ? pdf_resolve(view, contents) : &pdf_null;
	return list->type == PDF_ARRAY && list->items.n == 1 ? &list->items.at[0] : contents;
}

static void compare_page_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	static const char *const harmless[] = { "Tabs",		"LastModified", "PieceInfo", "Metadata",
						"StructParents", "Type",		NULL };
	const int *page = with;
	for (int i = 0; harmless[i] != NULL; i++)
		if (strcmp(harmless[i], key) == 0)
			return;
	bool content = strcmp(key, "Contents") == 0;
	if (content) {
		a = unlisted(c->a, a);
		b = unlisted(c->b, b);
	}
	bool drawn = content || strcmp(key, "Resources") == 0;
	if (!(drawn ? compare_same_drawn(c, a, b) : compare_same(c, a, b)))
		compare_note(c, NEEDS_MIRACLE,
			     content ? "content changed" : format_text(c->mem, "page changed, /%s", key),
			     NULL, *page, c->culprit);
}

static const char *const heritable[] = { "Resources", "MediaBox", "CropBox", "Rotate" };

struct heritage { /* of the page looked at last: most pages in a row hang on one node */
	const struct pdf_value *a, *b;
	bool same;
};

static void compare_node_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	enum pdf_type is = b != NULL ? pdf_resolve(c->b, b)->type : PDF_NULL;
	(void)with;
	if (is != PDF_STRING && !compare_same_drawn(c, a, b)) /* programs write their name there */
		compare_note(c, NEEDS_MIRACLE, format_text(c->mem, "node of the page tree changed, /%s", key),
			     NULL, 0, c->culprit);
}

/* Do both nodes above hand down the same? What else stands in them is no page's, but may be drawn with. */
static bool same_heritage(struct compare *c, struct heritage *known, const struct pdf_value *a,
			  const struct pdf_value *b)
{
	static const char *const skip[] = { "Parent",   "Kids",	  "Count",  "Type", "Resources",
					    "MediaBox", "CropBox", "Rotate", NULL };
	const struct pdf_value *pa = pdf_find(c->a, a, "Parent"), *pb = pdf_find(c->b, b, "Parent");
	if (known->a == pa && known->b == pb)
		return known->same;
	*known = (struct heritage){ pa, pb, true };
	for (int i = 0; i < 4 && known->same; i++)
		known->same = compare_same_drawn(c, inherited(c->a, pa, heritable[i]),
						 inherited(c->b, pb, heritable[i]));
	for (int n = 0; n < PDF_TREE_DEPTH && pa->type == PDF_DICTIONARY && pb->type == PDF_DICTIONARY; n++) {
		if (pa->num == pb->num)
			compare_keys(c, pa, pb, skip, compare_node_entry, NULL);
		pa = pdf_find(c->a, pa, "Parent");
		pb = pdf_find(c->b, pb, "Parent");
	}
	return known->same;
}

static void compare_pages(struct compare *c)
{
	static const char *const skip[] = { "Parent",  "Annots", "Resources", "MediaBox",
					    "CropBox", "Rotate", NULL };
	if (c->fa->pages_n != c->fb->pages_n) {
		compare_note(c, NEEDS_MIRACLE, "number of pages changed",
			     format_text(c->mem, "%d, now %d", c->fa->pages_n, c->fb->pages_n), 0, 0);
		return;
	}
	struct heritage known = { 0 };
	for (int i = 0; i < c->fa->pages_n; i++) {
		const struct pdf_value *a = c->fa->pages[i].value, *b = c->fb->pages[i].value;
		int page = i + 1;
		if (same_heritage(c, &known, a, b) && a == b && compare_is_untouched(c, c->fa->pages[i].num))
			continue;
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
				: format_text(c->mem, "document changed, /Names /%s", key),
		     NULL, 0, c->culprit);
}

static void compare_root_entry(struct compare *c, const char *key, const struct pdf_value *a,
			       const struct pdf_value *b, void *with)
{
	static const struct {
		const char *key, *what;
		enum needs needs;
	} known[] = {
		{ "DSS", "validation data added", NEEDS_NOTHING },
		{ "Extensions", "extensions declared", NEEDS_NOTHING },
		{ "Version", "version declared", NEEDS_NOTHING },
		{ "Metadata", "metadata changed", NEEDS_NOTHING },
		{ "PieceInfo", "metadata changed", NEEDS_NOTHING },
		{ "LastModified", "metadata changed", NEEDS_NOTHING },
		{ "StructTreeRoot", "structure tree changed", NEEDS_SIGNING },
		{ "MarkInfo", "structure tree changed", NEEDS_SIGNING },
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
	compare_note(c, NEEDS_MIRACLE, format_text(c->mem, "document changed, /%s", key), NULL, 0,
		     c->culprit);
}

static void compare_trailer(struct compare *c)
{
	static const char *const skip[] = { "Pages", "AcroForm", "Type", NULL };
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

/* Two objects under one number, or a number without an object: some readers take the one, some the other,
 * some begin to mend the file. Newer sections than those that were signed may not do that. */
static void compare_numbers(struct compare *c, int newer)
{
	struct pdf *b = c->b;
	if (b->doubled > 0 && b->doubled <= newer)
		compare_note(c, NEEDS_MIRACLE, "a cross-reference names an object twice", NULL, 0, 0);
	for (int num = 1; num < b->entries_n; num++) {
		const struct pdf_entry *e = &b->entries[num];
		if (e->section >= newer || (e->kind != 1 && e->kind != 2))
			continue;
		if (pdf_object(b, num) == &pdf_null)
			compare_note(c, NEEDS_MIRACLE, "a cross-reference names an object that is not there",
				     NULL, 0, num);
		if (e->kind == 2 && pdf_is_doubled(b, pdf_object(b, (int)e->at)))
			compare_note(c, NEEDS_MIRACLE, "an object stands twice in an object stream", NULL, 0,
				     (int)e->at);
	}
}

/* The extents of everything the views from a to b know after a's end; what lies between must hold no object.
 */
static void compare_tail(struct compare *c)
{
	struct pdf *b = c->b;
	LIST(struct pdf_section) own = { 0 };
	int newer = b->sections_n; /* sections that were not there */
	for (int i = 0; i < b->sections_n; i++) {
		own.at = own_grow(c->mem, own.at, own.n, &own.room, sizeof *own.at);
		own.at[own.n++] = b->sections[i];
		if (b->sections[i].at == c->a->sections[0].at && newer == b->sections_n)
			newer = i;
	}
	compare_numbers(c, newer);
	if (newer == b->sections_n)
		compare_note(c, NEEDS_MIRACLE, "the file was not continued but given another beginning", NULL,
			     0, 0);
	for (int i = 0; i < b->known_n; i++) {
		const struct pdf_value *v =
			b->known[i].at >= c->a->end ? pdf_parse_at(b, b->known[i].at) : NULL;
		if (v == NULL || v->num != b->known[i].num)
			continue;
		own.at = own_grow(c->mem, own.at, own.n, &own.room, sizeof *own.at);
		own.at[own.n++] = (struct pdf_section){ v->at, v->end };
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
	struct compare c = { .out = &s->changes, .worst = CHANGES_NONE, .visits = visits };
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
	c.exhausted = c.exhausted || c.fa->incomplete || c.fb->incomplete;
	if (c.level == 1 && c.worst == CHANGES_NONE && before->startxref != after->startxref)
		compare_note(&c, NEEDS_SIGNING, "a revision was added though no change is permitted", NULL, 0,
			     0);
	s->changes_after = c.exhausted && c.worst != CHANGES_FORBIDDEN ? CHANGES_UNKNOWN : c.worst;
	if (c.exhausted) {
		texts_add(l, &s->changes, "the file is too large or too deep to compare its revisions");
		signature_message(l, s, HOLD, "CHANGES_UNKNOWN",
				  "ISO 32000-1 12.8.2: not everything that followed this signature could be "
				  "compared with what was signed");
		s->sub_indication = s->sub_indication != NULL ? s->sub_indication
							      : copy_text(l, "SIG_CONSTRAINTS_FAILURE");
	}
	if (c.worst == CHANGES_FORBIDDEN)
		signature_message(l, s, REJECT, "CHANGED_AFTER",
				  "ISO 32000-1 12.8.2: the document was changed after this signature "
				  "in a way that is not permitted");
	talloc_free((void *)(uintptr_t)c.mem);
}
