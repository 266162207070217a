/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * letter.c - adding and finding facts. See letter.h.
 */
#include "letter.h"
#include "text.h"
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct letter *letter_new(const void *mem, const struct settings *settings, const char *name)
{
	struct letter *l = new_zero(mem, struct letter);
	l->settings = settings;
	l->name = copy_text(l, name);
	return l;
}

struct batch *batch_new(const void *mem, const struct settings *settings)
{
	struct batch *b = new_zero(mem, struct batch);
	b->settings = settings;
	return b;
}

struct letter *batch_add_letter(struct batch *b, struct letter *l)
{
	return *ADD(b, &b->letters) = l;
}

struct part *letter_add_part(struct letter *l, int inside, const char *name, struct bytes bytes)
{
	struct part *p = ADD(l, &l->parts);
	p->name = copy_text(l, name);
	p->inside = inside;
	p->bytes = bytes;
	p->size = (int64_t)bytes.len;
	p->sha256 = text_sha256(l, bytes);
	return p;
}

struct part *letter_find_part(const struct letter *l, int number)
{
	return number >= 1 && number <= l->parts.n ? &l->parts.at[number - 1] : NULL;
}

struct beside *letter_add_beside(struct letter *l, const char *name)
{
	struct beside *b = ADD(l, &l->beside);
	b->name = copy_text(l, name);
	return b;
}

struct document *letter_add_document(struct letter *l) { return ADD(l, &l->documents); }

struct page *letter_add_page(struct letter *l)
{
	struct page *p = ADD(l, &l->pages);
	p->kept = new_zero(l, void *);
	return p;
}

struct word *page_add_word(struct letter *l, struct page *p) { return ADD(l, &p->words); }
struct signature *letter_add_signature(struct letter *l) { return ADD(l, &l->signatures); }
struct certificate *letter_add_certificate(struct letter *l) { return ADD(l, &l->certificates); }
struct picture *letter_add_picture(struct letter *l) { return ADD(l, &l->pictures); }
struct decision *batch_add_decision(struct batch *b) { return ADD(b, &b->decisions); }

struct field *letter_add_field(struct letter *l, const char *name, const char *value)
{
	struct field *f = ADD(l, &l->fields);
	f->name = copy_text(l, name);
	f->read.value = copy_text(l, value);
	return f;
}

void field_add_attr(struct letter *l, struct field *f, const char *name, const char *value)
{
	if (value == NULL || *value == 0)
		return;
	struct attr *a = ADD(l, &f->attrs);
	a->name = copy_text(l, name);
	a->value = copy_text(l, value);
}

struct request *letter_add_request(struct letter *l, const char *form, int row)
{
	struct request *r = ADD(l, &l->requests);
	r->form = copy_text(l, form);
	r->row = row;
	return r;
}

struct cell *request_add_cell(struct letter *l, struct request *r, const char *name, const char *value)
{
	struct cell *c = ADD(l, &r->cells);
	c->name = copy_text(l, name);
	c->read.value = copy_text(l, value);
	return c;
}

void signature_message(struct letter *l, struct signature *s, enum severity severity, const char *code,
		       const char *text)
{
	struct message *m = ADD(l, &s->messages);
	m->severity = severity;
	m->code = copy_text(l, code);
	m->text = copy_text(l, text);
}

void texts_add(const void *mem, struct texts *t, const char *text)
{
	*ADD(mem, t) = copy_text(mem, text);
}

static struct finding *say(const void *mem, struct finding *f, const char *rule, enum severity severity,
			   const char *law, const char *vi, const char *en)
{
	f->rule = copy_text(mem, rule);
	f->severity = severity;
	f->law = copy_text(mem, law);
	f->vi = copy_text(mem, vi);
	f->en = copy_text(mem, en);
	return f;
}

struct finding *letter_finding(struct letter *l, const char *rule, enum severity severity, const char *law,
			       const char *vi, const char *en)
{
	return say(l, ADD(l, &l->findings), rule, severity, law, vi, en);
}

struct finding *batch_finding(struct batch *b, const char *rule, enum severity severity, const char *law,
			      const char *vi, const char *en)
{
	return say(b, ADD(b, &b->findings), rule, severity, law, vi, en);
}

void finding_evidence(const void *mem, struct finding *f, const char *what, const struct place *place)
{
	struct evidence *e = ADD(mem, &f->evidence);
	e->what = copy_text(mem, what);
	if (place != NULL) {
		e->part = place->part;
		e->page = place->page;
		e->box = place->box;
	}
}

struct output *batch_add_output(struct batch *b, const char *path, struct bytes bytes)
{
	struct output *o = ADD(b, &b->outputs);
	o->path = copy_text(b, path);
	if (bytes.at != NULL)
		o->bytes = copy_bytes(b, bytes.at, bytes.len);
	return o;
}

static const struct field *find_from(const struct letter *l, int i, const char *name)
{
	for (; i < l->fields.n; i++)
		if (l->fields.at[i].document == 0 && strcmp(l->fields.at[i].name, name) == 0)
			return &l->fields.at[i];
	return NULL;
}

const struct field *letter_find_field(const struct letter *l, const char *name)
{
	return find_from(l, 0, name);
}

const struct field *field_next(const struct letter *l, const struct field *f)
{
	return find_from(l, (int)(f - l->fields.at) + 1, f->name);
}

const char *field_attr(const struct field *f, const char *name)
{
	for (int i = 0; i < f->attrs.n; i++)
		if (strcmp(f->attrs.at[i].name, name) == 0)
			return f->attrs.at[i].value;
	return NULL;
}

const char *request_cell(const struct request *r, const char *name)
{
	for (int i = 0; i < r->cells.n; i++)
		if (strcmp(r->cells.at[i].name, name) == 0)
			return r->cells.at[i].read.value;
	return NULL;
}
