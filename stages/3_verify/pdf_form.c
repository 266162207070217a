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
			(struct pdf_page){ ref->type == PDF_REFERENCE ? ref->ref.num : 0, node, height };
		return;
	}
	if (!is_new(v, ref)) /* a page may stand twice, a node only once */
		return;
	for (int i = 0; i < kids->items.n; i++)
		read_pages(v, &kids->items.at[i], height, depth + 1);
}

static void set_role(struct pdf_form *f, const struct pdf_value *ref, enum pdf_role role, int page)
{
	if (ref != NULL && ref->type == PDF_REFERENCE && ref->ref.num > 0 && ref->ref.num < f->numbers) {
		f->role[ref->ref.num] = (uint8_t)role;
		f->page[ref->ref.num] = page;
	}
}

static void set_page_roles(struct pdf_form *f)
{
	const struct pdf_value *above = NULL;
	for (int i = 0; i < f->pages_n; i++) {
		const struct pdf_page *p = &f->pages[i];
		const struct pdf_value *annots = pdf_find(f->view, p->value, "Annots"),
				       *up = pdf_raw(p->value, "Parent");
		if (p->num > 0 && p->num < f->numbers) {
			f->role[p->num] = ROLE_PAGE;
			f->page[p->num] = i + 1;
		}
		bool known = up != NULL && above != NULL && up->type == PDF_REFERENCE &&
			     above->type == PDF_REFERENCE && up->ref.num == above->ref.num;
		above = up;
		for (int n = 0; !known && n < PDF_TREE_DEPTH && up != NULL && up->type == PDF_REFERENCE;
		     n++) {
			set_role(f, up, ROLE_PAGES, 0);
			up = pdf_raw(pdf_resolve(f->view, up), "Parent");
		}
		for (int k = 0; annots->type == PDF_ARRAY && k < annots->items.n; k++)
			set_role(f, &annots->items.at[k], ROLE_ANNOTATION, i + 1);
	}
}

/* The page that lists a widget, or else the one it names. */
static int find_page(const struct pdf_form *f, const struct pdf_value *ref, const struct pdf_value *widget)
{
	const struct pdf_value *p = pdf_raw(widget, "P");
	int num = ref->type == PDF_REFERENCE ? ref->ref.num : 0;
	if (pdf_form_role(f, num) == ROLE_ANNOTATION)
		return pdf_form_page(f, num);
	return p != NULL && p->type == PDF_REFERENCE && pdf_form_role(f, p->ref.num) == ROLE_PAGE
		       ? pdf_form_page(f, p->ref.num)
		       : 0;
}

struct inherited { /* from the nodes above */
	const char *name;
	const struct pdf_value *kind, *value;
	int64_t flags;
};

static void add_field(struct pdf_form *f, const struct pdf_value *ref, const struct pdf_value *d,
		      const struct inherited *from)
{
	const struct pdf_value *kids = pdf_find(f->view, d, "Kids"), *widget = d, *at = ref;
	if (kids->type == PDF_ARRAY && kids->items.n > 0) {
		at = &kids->items.at[0];
		widget = pdf_resolve(f->view, at);
	}
	if (pdf_raw(widget, "Rect") == NULL)
		widget = NULL;
	f->at = own_grow(f->view, f->at, f->n, &f->room, sizeof *f->at);
	struct pdf_field *field = &f->at[f->n++];
	*field = (struct pdf_field){ .name = copy_text(f->view, from->name),
				     .place = f->n - 1,
				     .num = ref->type == PDF_REFERENCE ? ref->ref.num : 0,
				     .field = d,
				     .widget = widget,
				     .value = from->value,
				     .kind = from->kind,
				     .flags = from->flags,
				     .is_signature = pdf_is_name(from->kind, "Sig") };
	if (field->is_signature && widget != NULL)
		field->page = find_page(f, at, widget);
	if (field->page > 0)
		field->page_height = f->pages[field->page - 1].height;
}

static void add_group(struct pdf_form *f, const struct pdf_value *ref, const struct pdf_value *d,
		      const char *name)
{
	f->groups = own_grow(f->view, f->groups, f->groups_n, &f->groups_room, sizeof *f->groups);
	f->groups[f->groups_n++] = (struct pdf_field){ .name = copy_text(f->view, name),
						       .num = ref->type == PDF_REFERENCE ? ref->ref.num : 0,
						       .field = d };
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

static void set_field_roles(struct pdf_form *f)
{
	for (int i = 0; i < f->groups_n; i++)
		if (f->groups[i].num > 0 && f->groups[i].num < f->numbers &&
		    f->role[f->groups[i].num] == ROLE_NONE)
			f->role[f->groups[i].num] = ROLE_FIELD;
	for (int i = 0; i < f->n; i++) {
		const struct pdf_value *kids = pdf_find(f->view, f->at[i].field, "Kids");
		int num = f->at[i].num;
		if (num > 0 && num < f->numbers && f->role[num] == ROLE_NONE)
			f->role[num] = ROLE_FIELD;
		for (int k = 0; kids->type == PDF_ARRAY && k < kids->items.n; k++)
			if (kids->items.at[k].type == PDF_REFERENCE && kids->items.at[k].ref.num < f->numbers)
				f->owner[kids->items.at[k].ref.num] = i + 1;
	}
}

const struct pdf_form *pdf_form_read(struct pdf *view)
{
	if (view->form != NULL)
		return view->form;
	struct pdf_form *f = view->form = new_zero(view, struct pdf_form);
	f->view = view;
	struct visit pages = { f, new_array(view, uint8_t, (size_t)view->entries_n + 1) };
	struct visit fields = { f, new_array(view, uint8_t, (size_t)view->entries_n + 1) };
	const struct pdf_value *root = pdf_find(view, view->trailer, "Root"), *kids = pdf_raw(root, "Pages");
	f->numbers = view->entries_n;
	f->role = new_array(view, uint8_t, (size_t)f->numbers + 1);
	f->page = new_array(view, int, (size_t)f->numbers + 1);
	f->owner = new_array(view, int, (size_t)f->numbers + 1);
	if (kids != NULL)
		read_pages(&pages, kids, 842, 0);
	set_role(f, pdf_raw(view->trailer, "Root"), ROLE_CATALOG, 0);
	set_page_roles(f);
	const struct pdf_value *all = pdf_find(view, pdf_find(view, root, "AcroForm"), "Fields");
	for (int i = 0; all->type == PDF_ARRAY && i < all->items.n; i++)
		read_fields(&fields, &all->items.at[i], (struct inherited){ "", &pdf_null, &pdf_null, 0 }, 0);
	f->by_num = new_array(view, int, (size_t)view->entries_n + 1);
	for (int i = f->n; i-- > 0;)
		if (f->at[i].num > 0 && f->at[i].num < view->entries_n)
			f->by_num[f->at[i].num] = i + 1;
	set_field_roles(f);
	return f;
}

enum pdf_role pdf_form_role(const struct pdf_form *f, int num)
{
	return num > 0 && num < f->numbers ? f->role[num] : ROLE_NONE;
}

int pdf_form_owner(const struct pdf_form *f, int num)
{
	return num > 0 && num < f->numbers ? f->owner[num] - 1 : -1;
}

int pdf_form_page(const struct pdf_form *f, int num)
{
	return num > 0 && num < f->numbers ? f->page[num] : 0;
}

const struct pdf_field *pdf_form_find(const struct pdf_form *f, int num)
{
	return num > 0 && num < f->view->entries_n && f->by_num[num] > 0 ? &f->at[f->by_num[num] - 1] : NULL;
}

const struct pdf_field *pdf_form_same(const struct pdf_form *f, const struct pdf_field *other)
{
	if (other->num > 0)
		return pdf_form_find(f, other->num);
	for (int i = 0; i < f->n; i++) { /* mostly in the same place, or one behind */
		const struct pdf_field *field = &f->at[(other->place + i) % f->n];
		if (field->num == 0 && text_same(field->name, other->name))
			return field;
	}
	return NULL;
}
