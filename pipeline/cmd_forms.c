/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd_forms.c - forms: the forms the law asks for, as the program knows them.
 *
 * Without a word it lists all; with the id of a form ("nd68-2024/mau-04") it shows its columns.
 */
#include "command.h"
#include "form.h"
#include "say.h"
#include "text.h"
#include <jansson.h>
#include <stdio.h>

int cmd_forms(struct options *);

static const char *const needs[] = { "no", "wanted", "yes" };

static json_t *column_json(const struct form_column *c)
{
	return json_pack("{s:s,s:s,s:s?,s:s,s:s,s:s?}", "name", c->name, "label", c->label, "group", c->group,
			 "type", c->type, "required", needs[c->need], "when", c->when);
}

static json_t *form_json(const struct form *f)
{
	json_t *columns = json_array(), *contact = json_array();
	for (int i = 0; i < f->columns.n; i++)
		json_array_append_new(columns, column_json(&f->columns.at[i]));
	for (int i = 0; i < f->contact.n; i++)
		json_array_append_new(contact, column_json(&f->contact.at[i]));
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:s?,s:o,s:o}", "form", f->id, "title", f->title, "subject",
			 f->subject, "from", f->from, "to", f->to, "law", f->law, "confirmed", f->confirmed,
			 "replaced_by", f->replaced_by, "contact", contact, "columns", columns);
}

static void print_columns(const struct form *f)
{
	printf("%s\n%s\nGửi: %s -> %s\nTrích yếu: V/v %s\n\n", f->title, f->law, f->from, f->to, f->subject);
	for (int i = 0; i < f->columns.n; i++) {
		const struct form_column *c = &f->columns.at[i];
		printf("%2d  %-14s %-7s %s%s%s\n", i + 1, c->name, needs[c->need], c->group != NULL ? c->group : "",
		       c->group != NULL ? ": " : "", c->label);
	}
	for (int i = 0; i < f->contact.n; i++)
		printf("    %-24s %s\n", f->contact.at[i].name, f->contact.at[i].label);
}

int cmd_forms(struct options *o)
{
	void *mem = talloc_new(NULL);
	struct forms forms = { 0 };
	char *why = NULL;
	if (!forms_load(mem, o->settings.data, &forms, &why)) {
		say("forms: %s", why);
		talloc_free(mem);
		return EXIT_MISSING;
	}
	const struct form *one = o->words_n > 0 ? forms_find(&forms, o->words[0]) : NULL;
	if (o->words_n > 0 && one == NULL) {
		say("no form '%s'; 'congvan forms' lists them", o->words[0]);
		talloc_free(mem);
		return EXIT_NO_INPUT;
	}
	for (int i = 0; i < forms.n; i++) {
		const struct form *f = forms.at[i];
		if (one != NULL && f != one)
			continue;
		if (o->format == FORMAT_JSON) {
			json_t *j = form_json(f);
			json_dumpf(j, stdout, JSON_COMPACT);
			putchar('\n');
			json_decref(j);
		} else if (one != NULL) {
			print_columns(f);
		} else {
			printf("%-20s %s %s\n", f->id, f->confirmed ? " " : "?", f->title);
		}
	}
	talloc_free(mem);
	return EXIT_DONE;
}
