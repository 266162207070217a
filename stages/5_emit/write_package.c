/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_package.c - every value of a package with where it was read, every decision with its rule and law.
 */
#include "write_package.h"
#include "markup.h"
#include "record.h"
#include "text.h"
#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

#define NAMESPACE "urn:congvan:package:1"

struct out { xmlTextWriter *w; const void *mem; };

static void open_element(struct out *o, const char *name)
{
	if (xmlTextWriterStartElement(o->w, (const xmlChar *)name) < 0)
		abort();
}

static void close_element(struct out *o)
{
	if (xmlTextWriterEndElement(o->w) < 0)
		abort();
}

static void attribute(struct out *o, const char *name, const char *value)
{
	if (value == NULL || *value == 0)
		return;
	if (xmlTextWriterWriteAttribute(o->w, (const xmlChar *)name, (const xmlChar *)markup_clean(o->mem, value)) < 0)
		abort();
}

static void number(struct out *o, const char *name, int value)
{
	attribute(o, name, format_text(o->mem, "%d", value));
}

static void text(struct out *o, const char *value)
{
	if (value != NULL && xmlTextWriterWriteString(o->w, (const xmlChar *)markup_clean(o->mem, value)) < 0)
		abort();
}

static void element(struct out *o, const char *name, const char *value)
{
	open_element(o, name);
	text(o, value);
	close_element(o);
}

/* Tenths of a point, written so that no locale can put a comma. */
static char *box_text(const void *mem, const struct box *b)
{
	const double edges[] = { b->x0, b->y0, b->x1, b->y1 };
	struct buffer t = { .mem = mem };
	for (int i = 0; i < 4; i++) {
		long tenths = (long)(edges[i] * 10 + (edges[i] < 0 ? -0.5 : 0.5));
		buffer_format(&t, "%s%s%ld.%ld", i > 0 ? " " : "", tenths < 0 ? "-" : "", labs(tenths) / 10,
			      labs(tenths) % 10);
	}
	return t.text;
}

static const char *source_name(enum source s)
{
	static const char *const names[] = { "text", "ocr", "xml", "appearance", "sheet", "office", "derived" };
	return (size_t)s < sizeof names / sizeof *names ? names[s] : "derived";
}

/* Names of the signatures over the part where something was read. */
static char *signed_by(const void *mem, const struct letter *l, int part)
{
	struct buffer b = { .mem = mem };
	for (int i = 0; i < l->signatures.n; i++)
		if (l->signatures.at[i].part == part && l->signatures.at[i].name != NULL)
			buffer_format(&b, "%s%s", b.len > 0 ? " " : "", l->signatures.at[i].name);
	return b.text;
}

static void place(struct out *o, const struct letter *l, const struct value *v)
{
	const struct place *p = &v->place;
	open_element(o, "evidence");
	attribute(o, "source", l->sha256);
	if (p->part > 0)
		number(o, "part", p->part);
	if (p->page > 0) {
		number(o, "page", p->page);
		attribute(o, "box", box_text(o->mem, &p->box));
	}
	attribute(o, "path", p->path);
	attribute(o, "read-from", source_name(p->source));
	attribute(o, "confidence", format_text(o->mem, "%d", (int)(v->confidence * 100 + 0.5)));
	attribute(o, "signatures", signed_by(o->mem, l, p->part));
	close_element(o);
}

static void decision(struct out *o, const struct decision *d)
{
	open_element(o, "decision");
	attribute(o, "action", d->action);
	attribute(o, "rule", d->rule);
	attribute(o, "reason", d->reason);
	attribute(o, "successor-code", d->successor_code);
	attribute(o, "successor-body", d->successor_body);
	attribute(o, "group", d->group);
	attribute(o, "deadline", d->deadline);
	element(o, "law", d->law);
	element(o, "says", d->says);
	close_element(o);
}

static void lines(struct out *o, const struct package *k)
{
	open_element(o, "lines");
	number(o, "count", k->lines.n);
	for (int i = 0; i < k->lines.n; i++) {
		const struct line *l = k->lines.at[i];
		open_element(o, "line");
		number(o, "number", i + 1);
		attribute(o, "serial", l->serial);
		for (int j = 0; j < k->form->columns.n; j++) {
			const struct line_value *v = &l->values[j];
			if (v->value == NULL)
				continue;
			open_element(o, "value");
			attribute(o, "name", k->form->columns.at[j].name);
			attribute(o, "label", k->form->columns.at[j].label);
			attribute(o, "from", v->how);
			element(o, "text", v->value);
			if (v->letter != NULL && v->read != NULL)
				place(o, v->letter, v->read);
			close_element(o);
		}
		if (l->decision != NULL)
			decision(o, l->decision);
		close_element(o);
	}
	close_element(o);
}

static void contact(struct out *o, const struct package *k)
{
	if (k->form->contact.n == 0)
		return;
	open_element(o, "contact");
	for (int i = 0; i < k->form->contact.n; i++) {
		const struct form_column *c = &k->form->contact.at[i];
		open_element(o, "value");
		attribute(o, "name", c->name);
		attribute(o, "label", c->label);
		for (int j = 0; k->contact != NULL && j < k->contact->cells.n; j++) {
			const struct cell *cell = &k->contact->cells.at[j];
			if (strcmp(cell->name, c->name) != 0 || cell->read.value == NULL)
				continue;
			attribute(o, "from", "read");
			element(o, "text", cell->read.value);
			place(o, k->contact_letter, &cell->read);
			break;
		}
		close_element(o);
	}
	close_element(o);
}

static const char *indication(enum indication i)
{
	static const char *const names[] = { "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED" };
	return names[i];
}

static const char *answer(enum answer a)
{
	return a == YES ? "yes" : a == NO ? "no" : "unknown";
}

static void sources(struct out *o, const struct evidence_file *files, int n)
{
	open_element(o, "sources");
	for (int i = 0; i < n; i++) {
		const struct letter *l = files[i].letter;
		open_element(o, "source");
		attribute(o, "sha256", l->sha256);
		attribute(o, "file", files[i].name);
		attribute(o, "received", l->received);
		if (l->parts.n > 0)
			attribute(o, "media", l->parts.at[0].media);
		for (int j = 0; j < l->signatures.n; j++) {
			const struct signature *s = &l->signatures.at[j];
			open_element(o, "signature");
			attribute(o, "name", s->name);
			attribute(o, "format", s->format);
			attribute(o, "indication", indication(s->indication));
			attribute(o, "sub-indication", s->sub_indication);
			attribute(o, "intact", answer(s->intact));
			attribute(o, "valid", answer(s->valid));
			attribute(o, "trusted", answer(s->trusted));
			attribute(o, "signer", s->signer.cn);
			attribute(o, "time", s->best_time);
			close_element(o);
		}
		close_element(o);
	}
	close_element(o);
}

static void drop_writer(void *w) { xmlFreeTextWriter(w); }
static void drop_buffer(void *b) { xmlBufferFree(b); }

struct bytes write_package(const void *mem, const struct plan *p, const struct package *k,
			   const struct evidence_file *files, int n)
{
	void *work = talloc_new(mem);
	xmlBuffer *made = own(work, xmlBufferCreate(), drop_buffer);
	struct out o = { own(work, xmlNewTextWriterMemory(made, 0), drop_writer), work };
	if (o.w == NULL)
		abort();
	xmlTextWriterSetIndent(o.w, 1);
	xmlTextWriterStartDocument(o.w, "1.0", "UTF-8", NULL);
	open_element(&o, "package");
	attribute(&o, "xmlns", NAMESPACE);
	attribute(&o, "name", k->name);
	attribute(&o, "form", k->form->id);
	attribute(&o, "created", time_text(work, p->batch->settings->at));
	attribute(&o, "channel", k->channel);
	attribute(&o, "deadline", k->deadline);
	element(&o, "agency", k->agency);
	element(&o, "recipient", k->to);
	element(&o, "title", k->form->title);
	element(&o, "subject", k->form->subject);
	element(&o, "law", k->form->law);
	contact(&o, k);
	lines(&o, k);
	sources(&o, files, n);
	close_element(&o);
	xmlTextWriterEndDocument(o.w);
	xmlTextWriterFlush(o.w);
	struct bytes copy = copy_bytes(mem, xmlBufferContent(made), (size_t)xmlBufferLength(made));
	talloc_free(work);
	return copy;
}

bool is_list(const struct letter *l)
{
	for (int i = 0; i < l->requests.n; i++)
		if (text_same(l->requests.at[i].form, "certificate-list") || text_same(l->requests.at[i].form, "no-certificate")
		    || text_same(l->requests.at[i].form, "assignment-list")
		    || text_same(l->requests.at[i].form, "decision-list"))
			return true;
	return false;
}

static json_t *row_json(const struct line *l, int number)
{
	json_t *row = json_object();
	for (int i = 0; i < l->request->cells.n; i++) {
		const struct cell *c = &l->request->cells.at[i];
		json_object_set_new(row, c->name, record_value(&c->read));
	}
	return json_pack("{s:i,s:o}", "line", number, "values", row);
}

struct bytes write_evidence_report(const void *mem, const struct package *k, const struct letter *l)
{
	json_t *signatures = json_array(), *rows = json_array();
	for (int i = 0; i < l->signatures.n; i++)
		json_array_append_new(signatures, record_signature(&l->signatures.at[i]));
	for (int i = 0; i < k->lines.n; i++)
		if (k->lines.at[i]->letter == l)
			json_array_append_new(rows, row_json(k->lines.at[i], i + 1));
	json_t *report = json_pack("{s:s?,s:s?,s:o,s:o}", "sha256", l->sha256, "received", l->received, "signatures",
				   signatures, "rows", rows);
	char *made = report != NULL ? json_dumps(report, JSON_INDENT(1) | JSON_REAL_PRECISION(6)) : NULL;
	if (made == NULL)
		abort();
	struct bytes copy = copy_bytes(mem, made, strlen(made));
	free(made);
	json_decref(report);
	return copy;
}
