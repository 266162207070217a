/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * form.c - forms as data. See form.h.
 */
#include "form.h"
#include "text.h"
#include <dirent.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

static void drop_doc(void *doc) { xmlFreeDoc(doc); }

static bool is_named(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

static char *attribute(const void *mem, xmlNode *n, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(n, (const xmlChar *)name);
	char *text = value == NULL ? NULL : text_line(mem, (const char *)value);
	xmlFree(value);
	return text;
}

static char *content(const void *mem, xmlNode *n)
{
	xmlChar *value = xmlNodeGetContent(n);
	char *text = value == NULL ? NULL : text_line(mem, (const char *)value);
	xmlFree(value);
	return text;
}

/* Position of value in a list that a NULL ends; a missing value is the first. -1: none of them. */
static int one_of(const char *value, const char *const *names)
{
	if (value == NULL)
		return 0;
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], value) == 0)
			return i;
	return -1;
}

static bool read_column(struct form *f, struct form_column *c, xmlNode *n, const char *group, char **why)
{
	static const char *const types[] = { "text", "row", "date", "identity", "email", "phone", "serial", "device",
		"tax", "budget", "mark", "sim", NULL };
	static const char *const needs[] = { "no", "wanted", "yes", NULL };
	static const char *const whens[] = { "", "agency", "person", "change", NULL };
	char *type = attribute(f, n, "type"), *need = attribute(f, n, "required"), *width = attribute(f, n, "width");
	c->name = attribute(f, n, "name");
	c->label = attribute(f, n, "label");
	c->when = attribute(f, n, "when");
	c->group = copy_text(f, group);
	int t = one_of(type, types), r = one_of(need, needs);
	if (c->label == NULL || c->name == NULL || t < 0 || r < 0 || one_of(c->when, whens) < 0) {
		*why = format_text(f, "line %ld: a column needs name and label, a known type, required and when",
				   xmlGetLineNo(n));
		return false;
	}
	c->type = copy_text(f, types[t]);
	c->need = (enum form_need)r;
	c->width = width == NULL ? 0 : strtod(width, NULL);
	for (xmlNode *k = n->children; k != NULL; k = k->next)
		if (is_named(k, "also"))
			texts_add(f, &c->also, content(f, k));
	return true;
}

static bool read_columns(struct form *f, xmlNode *n, bool contact, const char *group, char **why)
{
	for (xmlNode *k = n->children; k != NULL; k = k->next) {
		if (is_named(k, "column")) {
			struct form_column *c = contact ? ADD(f, &f->contact) : ADD(f, &f->columns);
			if (!read_column(f, c, k, group, why))
				return false;
		} else if (is_named(k, "group")) {
			if (!read_columns(f, k, contact, attribute(f, k, "label"), why))
				return false;
		}
	}
	return true;
}

static bool has_sense(struct form *f, char **why)
{
	double width = 0;
	for (int i = 0; i < f->columns.n; i++) {
		width += f->columns.at[i].width;
		for (int j = 0; j < i; j++)
			if (strcmp(f->columns.at[i].name, f->columns.at[j].name) == 0) {
				*why = format_text(f, "column %s stands twice", f->columns.at[i].name);
				return false;
			}
	}
	if (f->columns.n > 0 && fabs(width - 100) > 0.01) {
		*why = format_text(f, "widths sum to %g, not 100", width);
		return false;
	}
	if (f->title == NULL || f->subject == NULL || f->from == NULL || f->to == NULL || f->law == NULL) {
		*why = copy_text(f, "title, subject, from, to and law are needed");
		return false;
	}
	return true;
}

static bool read_form(struct form *f, xmlNode *root, char **why)
{
	static const char *const kinds[] = { "request", "notice", "minutes", NULL };
	char *confirmed = attribute(f, root, "confirmed"), *page = attribute(f, root, "page");
	int kind = one_of(attribute(f, root, "kind"), kinds);
	if (!is_named(root, "form") || kind < 0) {
		*why = copy_text(f, "not a form of a known kind");
		return false;
	}
	f->kind = (enum form_kind)kind;
	f->confirmed = text_same(confirmed, "yes");
	f->landscape = text_same(page, "landscape");
	f->replaced_by = attribute(f, root, "replaced-by");
	const struct { const char *name; char **to; } texts[] = {
		{ "title", &f->title }, { "subject", &f->subject }, { "from", &f->from }, { "to", &f->to },
		{ "law", &f->law }, { "opening", &f->opening }, { "closing", &f->closing },
	};
	for (xmlNode *n = root->children; n != NULL; n = n->next) {
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			if (is_named(n, texts[i].name))
				*texts[i].to = content(f, n);
		if (is_named(n, "variant"))
			texts_add(f, &f->variants, content(f, n));
		bool contact = is_named(n, "contact");
		if (!contact && !is_named(n, "list"))
			continue;
		*(contact ? &f->contact_title : &f->list_title) = attribute(f, n, "label");
		if (!read_columns(f, n, contact, NULL, why))
			return false;
	}
	return has_sense(f, why);
}

static bool load_file(struct forms *forms, const void *mem, const char *folder, const char *regime, const char *file,
		      char **why)
{
	struct form *f = new_zero(mem, struct form);
	f->regime = copy_text(f, regime);
	f->number = copy_part(f, file + strlen("mau-"), strlen(file) - strlen("mau-.xml"));
	f->id = format_text(f, "%s/mau-%s", regime, f->number);
	char *path = format_text(f, "%s/%s/%s", folder, regime, file), *says = NULL;
	void *work = talloc_new(f);
	xmlDoc *doc = own(work, xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
			  drop_doc);
	bool good = doc != NULL && xmlDocGetRootElement(doc) != NULL;
	if (!good)
		says = copy_text(f, "cannot be read as XML");
	else
		good = read_form(f, xmlDocGetRootElement(doc), &says);
	if (!good)
		*why = format_text(mem, "%s: %s", path, says);
	else
		*ADD(mem, forms) = f;
	talloc_free(work);
	return good;
}

static int is_regime(const struct dirent *e) { return e->d_name[0] != '.' && strchr(e->d_name, '-') != NULL; }

static int is_form(const struct dirent *e)
{
	return text_starts(e->d_name, "mau-") && text_ends(e->d_name, ".xml");
}

static bool load_regime(struct forms *forms, const void *mem, const char *folder, const char *regime, char **why)
{
	struct dirent **names;
	int n = scandir(format_text(mem, "%s/%s", folder, regime), &names, is_form, versionsort);
	bool good = true;
	for (int i = 0; i < n; i++) {
		good = good && load_file(forms, mem, folder, regime, names[i]->d_name, why);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return good;
}

bool forms_load(const void *mem, const char *data, struct forms *forms, char **why)
{
	char *folder = format_text(mem, "%s/schemas/forms", data);
	struct dirent **regimes;
	int n = scandir(folder, &regimes, is_regime, versionsort);
	if (n < 0) {
		*why = format_text(mem, "%s: no such folder", folder);
		return false;
	}
	bool good = true;
	for (int i = 0; i < n; i++) {
		good = good && load_regime(forms, mem, folder, regimes[i]->d_name, why);
		free(regimes[i]);
	}
	free(regimes);
	if (good && forms->n == 0)
		*why = format_text(mem, "%s: no form there", folder);
	return good && forms->n > 0;
}

const struct form *forms_find(const struct forms *forms, const char *id)
{
	for (int i = 0; i < forms->n; i++)
		if (text_same(forms->at[i]->id, id))
			return forms->at[i];
	return NULL;
}

const struct form_column *form_column(const struct form *f, const char *name)
{
	for (int i = 0; i < f->columns.n; i++)
		if (strcmp(f->columns.at[i].name, name) == 0)
			return &f->columns.at[i];
	for (int i = 0; i < f->contact.n; i++)
		if (strcmp(f->contact.at[i].name, name) == 0)
			return &f->contact.at[i];
	return NULL;
}

static bool is_labelled(const struct form_column *c, const char *key, void *work)
{
	if (strcmp(text_strong(work, c->label), key) == 0)
		return true;
	if (c->group != NULL && strcmp(text_strong(work, format_text(work, "%s %s", c->group, c->label)), key) == 0)
		return true;
	for (int i = 0; i < c->also.n; i++)
		if (strcmp(text_strong(work, c->also.at[i]), key) == 0)
			return true;
	return false;
}

const struct form_column *form_column_labelled(const struct form *f, const char *label)
{
	void *work = talloc_new(NULL);
	const char *key = text_strong(work, label);
	const struct form_column *found = NULL;
	for (int i = 0; i < f->columns.n && found == NULL; i++)
		if (is_labelled(&f->columns.at[i], key, work))
			found = &f->columns.at[i];
	for (int i = 0; i < f->contact.n && found == NULL; i++)
		if (is_labelled(&f->contact.at[i], key, work))
			found = &f->contact.at[i];
	talloc_free(work);
	return found;
}
