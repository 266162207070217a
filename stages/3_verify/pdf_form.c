/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_form.c - pages and form fields of one view. See pdf_form.h.
 */
#include "pdf_form.h"
#include "text.h"
#include <string.h>

enum { MAX_PAGES = 100000, MAX_FIELDS = 100000 };

struct visit {
	struct pdf_form *form;
	uint8_t *been;
}; /* been: by object number */

static bool is_new(struct visit *v, const struct pdf_value *ref)
{
	if (ref->type != PDF_REFERENCE)
		return true;
	int num = ref->ref.num;
	if (num <= 0 || num >= v->form->view->entries_n || v->been[num])
		return false;
	v->been[num] = 1;
	return true;
}

static double height_of(struct pdf *view, const struct pdf_value *box, double otherwise)
{
	if (box->type != PDF_ARRAY || box->items.n != 4)
		return otherwise;
	const struct pdf_value *a = pdf_resolve(view, &box->items.at[1]),
			       *b = pdf_resolve(view, &box->items.at[3]);
	double low = a->type == PDF_REAL ? a->real : (double)pdf_integer(a, 0);
	double high = b->type == PDF_REAL ? b->real : (double)pdf_integer(b, 0);
	return high > low ? high : low;
}

static void read_pages(struct visit *v, const struct pdf_value *ref, double height, int depth)
{
	struct pdf_form *f = v->form;
	if (depth > PDF_TREE_DEPTH || f->pages_n >= MAX_PAGES || pdf_is_unreadable(f->view, ref)) {
		f->incomplete = true;
		return;
	}
	const struct pdf_value *node = pdf_resolve(f->view, ref), *kids = pdf_find(f->view, node, "Kids");
	if (node->type != PDF_DICTIONARY)
		return;
	height = height_of(f->view, pdf_find(f->view, node, "MediaBox"), height);
	if (kids->type != PDF_ARRAY || pdf_is_name(pdf_find(f->view, node, "Type"), "Page")) {
		f->pages = own_grow(f->view, f->pages, f->pages_n, &f->pages_room, sizeof *f->pages);
		f->pages[f->pages_n++] =
			(struct pdf_page){ref->type == PDF_REFERENCE ? ref->ref.num : 0, node, height};
		return;
	}
	if (!is_new(v, ref)) /* a page may stand twice, a node only once */
		return;
	for (int i = 0; i < kids->items.n; i++)
		read_pages(v, &kids->items.at[i], height, depth + 1);
}

static int find_page(const struct pdf_form *f, const struct pdf_value *widget, double *height)
{
	const struct pdf_value *p = pdf_raw(widget, "P");
	for (int i = 0; i < f->pages_n; i++) {
		bool here = p != NULL && p->type == PDF_REFERENCE && p->ref.num == f->pages[i].num &&
			    f->pages[i].num != 0;
		const struct pdf_value *annots =
			p != NULL ? &pdf_null : pdf_find(f->view, f->pages[i].value, "Annots");
		for (int k = 0; !here && annots->type == PDF_ARRAY && k < annots->items.n; k++)
			here = pdf_resolve(f->view, &annots->items.at[k]) == widget;
		if (here) {
			*height = f->pages[i].height;
			return i + 1;
		}
	}
	return 0;
}

struct inherited { /* from the nodes above */
	const char *name;
	const struct pdf_value *kind, *value;
	int64_t flags;
};

static void add_field(struct pdf_form *f, const struct pdf_value *ref, const struct pdf_value *d,
		      const struct inherited *from)
{
	const struct pdf_value *kids = pdf_find(f->view, d, "Kids"), *widget = d;
	if (kids->type == PDF_ARRAY && kids->items.n > 0)
		widget = pdf_resolve(f->view, &kids->items.at[0]);
	if (pdf_raw(widget, "Rect") == NULL)
		widget = NULL;
	f->at = own_grow(f->view, f->at, f->n, &f->room, sizeof *f->at);
	struct pdf_field *field = &f->at[f->n++];
	*field = (struct pdf_field){.name = copy_text(f->view, from->name),
				    .num = ref->type == PDF_REFERENCE ? ref->ref.num : 0,
				    .field = d,
				    .widget = widget,
				    .value = from->value,
				    .kind = from->kind,
				    .flags = from->flags,
				    .is_signature = pdf_is_name(from->kind, "Sig")};
	if (field->is_signature && widget != NULL)
		field->page = find_page(f, widget, &field->page_height);
}

static void add_group(struct pdf_form *f, const struct pdf_value *ref, const struct pdf_value *d,
		      const char *name)
{
	f->groups = own_grow(f->view, f->groups, f->groups_n, &f->groups_room, sizeof *f->groups);
	f->groups[f->groups_n++] = (struct pdf_field){.name = copy_text(f->view, name),
						      .num = ref->type == PDF_REFERENCE ? ref->ref.num : 0,
						      .field = d};
}

static void read_fields(struct visit *v, const struct pdf_value *ref, struct inherited from, int depth)
{
	struct pdf_form *f = v->form;
	if (!is_new(v, ref))
		return;
	if (depth > PDF_TREE_DEPTH || f->n >= MAX_FIELDS || pdf_is_unreadable(f->view, ref)) {
		f->incomplete = true;
		return;
	}
	const struct pdf_value *d = pdf_resolve(f->view, ref), *kids = pdf_find(f->view, d, "Kids");
	if (d->type != PDF_DICTIONARY)
		return;
	char *part = pdf_text(f->view, pdf_find(f->view, d, "T"));
	if (part != NULL)
		from.name = *from.name == 0 ? part : format_text(f->view, "%s.%s", from.name, part);
	if (pdf_raw(d, "FT") != NULL)
		from.kind = pdf_find(f->view, d, "FT");
	if (pdf_raw(d, "V") != NULL)
		from.value = pdf_find(f->view, d, "V");
	from.flags = pdf_integer(pdf_find(f->view, d, "Ff"), from.flags);
	bool inner = false; /* kids that have a name are fields, the others widgets */
	for (int i = 0; kids->type == PDF_ARRAY && i < kids->items.n; i++)
		inner = inner || pdf_raw(pdf_resolve(f->view, &kids->items.at[i]), "T") != NULL;
	if (!inner) {
		add_field(f, ref, d, &from);
		return;
	}
	add_group(f, ref, d, from.name);
	for (int i = 0; i < kids->items.n; i++)
		read_fields(v, &kids->items.at[i], from, depth + 1);
}

const struct pdf_form *pdf_form_read(struct pdf *view)
{
	if (view->form != NULL)
		return view->form;
	struct pdf_form *f = view->form = new_zero(view, struct pdf_form);
	f->view = view;
	struct visit pages = {f, new_array(view, uint8_t, (size_t)view->entries_n + 1)};
	struct visit fields = {f, new_array(view, uint8_t, (size_t)view->entries_n + 1)};
	const struct pdf_value *root = pdf_find(view, view->trailer, "Root"), *kids = pdf_raw(root, "Pages");
	if (kids != NULL)
		read_pages(&pages, kids, 842, 0);
	const struct pdf_value *all = pdf_find(view, pdf_find(view, root, "AcroForm"), "Fields");
	for (int i = 0; all->type == PDF_ARRAY && i < all->items.n; i++)
		read_fields(&fields, &all->items.at[i], (struct inherited){"", &pdf_null, &pdf_null, 0}, 0);
	f->by_num = new_array(view, int, (size_t)view->entries_n + 1);
	for (int i = f->n; i-- > 0;)
		if (f->at[i].num > 0 && f->at[i].num < view->entries_n)
			f->by_num[f->at[i].num] = i + 1;
	return f;
}

const struct pdf_field *pdf_form_find(const struct pdf_form *f, int num)
{
	return num > 0 && num < f->view->entries_n && f->by_num[num] > 0 ? &f->at[f->by_num[num] - 1] : NULL;
}

const struct pdf_field *pdf_form_same(const struct pdf_form *f, const struct pdf_field *other)
{
	if (other->num > 0)
		return pdf_form_find(f, other->num);
	for (int i = 0; i < f->n; i++)
		if (f->at[i].num == 0 && text_same(f->at[i].name, other->name))
			return &f->at[i];
	return NULL;
}
