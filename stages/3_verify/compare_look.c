/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare_look.c - what an annotation puts on the page (ISO 32000-1 12.5.5, 8, 9). See compare.h.
 *
 * Nothing is rendered. An appearance is read as words: whether anything is drawn, whether letters or pictures
 * are, and which letters as far as one byte is one letter. What cannot be decoded counts as drawn.
 */
#include "compare.h"
#include "pdf_parse.h"
#include "text.h"
#include <math.h>
#include <string.h>

enum { MAX_FORMS = 8, MAX_OPERANDS = 64, MAX_STATES = 64 };

struct look {
	struct pdf *view;
	bool draws, writes;
	struct buffer *letters; /* NULL: not wanted */
	int depth;
};

static void read_stream(struct look *, const struct pdf_value *stream);

static void read_object(struct look *k, const struct pdf_value *resources, const struct pdf_value *name)
{
	char *key = name->type == PDF_NAME ? pdf_text(k->view, name) : NULL;
	const struct pdf_value *x =
		key != NULL ? pdf_find(k->view, pdf_find(k->view, resources, "XObject"), key) : &pdf_null;
	if (pdf_is_name(pdf_find(k->view, x, "Subtype"), "Form") && k->depth < MAX_FORMS) {
		k->depth++;
		read_stream(k, x);
		k->depth--;
	} else if (x->type == PDF_STREAM)
		k->draws = k->writes = true;
}

static void add_letters(struct look *k, const struct pdf_value *v)
{
	char *text = v->type == PDF_STRING && k->letters != NULL ? pdf_text(k->view, v) : NULL;
	for (; text != NULL && *text != 0; text++)
		if (!pdf_is_space((uint8_t)*text))
			buffer_add(k->letters, text, 1);
	for (int i = 0; v->type == PDF_ARRAY && i < v->items.n; i++)
		if (v->items.at[i].type == PDF_STRING)
			add_letters(k, &v->items.at[i]);
}

static void read_operator(struct look *k, const struct pdf_value *resources, struct bytes word,
			  const struct pdf_value *operands, int n)
{
	static const struct {
		const char *word;
		bool writes;
	} drawing[] = { { "Tj", true },  { "TJ", true }, { "'", true },   { "\"", true }, { "BI", true },
			{ "sh", true },  { "S", false }, { "s", false },  { "f", false }, { "F", false },
			{ "f*", false }, { "B", false }, { "B*", false }, { "b", false }, { "b*", false } };
	for (size_t i = 0; i < sizeof drawing / sizeof *drawing; i++)
		if (word.len == strlen(drawing[i].word) && memcmp(word.at, drawing[i].word, word.len) == 0) {
			k->draws = true;
			k->writes = k->writes || drawing[i].writes;
			if (drawing[i].writes && n > 0)
				add_letters(k, &operands[n - 1]);
		}
	if (word.len == 2 && memcmp(word.at, "Do", 2) == 0 && n > 0)
		read_object(k, resources, &operands[n - 1]);
}

static void read_stream(struct look *k, const struct pdf_value *stream)
{
	struct bytes in = pdf_decode(k->view, stream);
	const struct pdf_value *resources = pdf_find(k->view, stream, "Resources");
	struct pdf_pool *pool = pdf_pool_new(k->view);
	struct pdf_parser p = { .in = in, .pool = pool, .in_stream = true };
	struct pdf_value operands[MAX_OPERANDS];
	int n = 0;
	if (in.at == NULL && stream->raw.len > 0)
		k->draws = k->writes = true;
	if (pdf_find(k->view, resources, "Pattern")->type == PDF_DICTIONARY)
		k->writes = true; /* a pattern may draw anything */
	for (pdf_skip_space(&p); in.at != NULL && p.pos < in.len; pdf_skip_space(&p)) {
		size_t start = p.pos;
		if (pdf_value(&p, &operands[n < MAX_OPERANDS ? n : MAX_OPERANDS - 1])) {
			n += n < MAX_OPERANDS;
			continue;
		}
		for (p.pos = start; p.pos < in.len && pdf_is_regular(in.at[p.pos]);)
			p.pos++;
		read_operator(k, resources, (struct bytes){ in.at + start, p.pos - start }, operands, n);
		p.pos += p.pos == start;
		n = 0;
	}
	talloc_free(pool);
	pdf_drop(k->view, stream, in);
}

static void read_look(struct look *k, const struct pdf_value *annotation)
{
	const struct pdf_value *normal = pdf_find(k->view, pdf_find(k->view, annotation, "AP"), "N");
	if (normal->type == PDF_STREAM)
		read_stream(k, normal);
	for (int i = 0; normal->type == PDF_DICTIONARY && i < normal->items.n && i < MAX_STATES; i++) {
		const struct pdf_value *state = pdf_resolve(k->view, &normal->items.at[2 * i + 1]);
		if (state->type == PDF_STREAM)
			read_stream(k, state);
	}
}

bool compare_rect(struct pdf *view, const struct pdf_value *x, double r[4])
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

double compare_area(struct pdf *view, const struct pdf_value *rect)
{
	double n[4] = { 0 };
	for (int i = 0; rect->type == PDF_ARRAY && rect->items.n == 4 && i < 4; i++) {
		const struct pdf_value *v = pdf_resolve(view, &rect->items.at[i]);
		n[i] = v->type == PDF_REAL ? v->real : (double)pdf_integer(v, 0);
	}
	return fabs((n[2] - n[0]) * (n[3] - n[1]));
}

bool compare_draws(struct pdf *view, const struct pdf_value *annotation)
{
	struct look k = { .view = view };
	if (compare_area(view, pdf_find(view, annotation, "Rect")) < 1)
		return false;
	read_look(&k, annotation);
	return k.draws;
}

bool compare_writes(struct pdf *view, const struct pdf_value *annotation)
{
	struct look k = { .view = view };
	read_look(&k, annotation);
	return k.writes;
}

bool compare_reads_as(struct pdf *view, const struct pdf_value *widget, const char *text)
{
	struct buffer shown = { .mem = view }, said = { .mem = view };
	struct look k = { .view = view, .letters = &shown };
	read_look(&k, widget);
	for (; *text != 0; text++)
		if (!pdf_is_space((uint8_t)*text))
			buffer_add(&said, text, 1);
	return !k.draws ||
	       (shown.len == said.len && (said.len == 0 || memcmp(shown.text, said.text, said.len) == 0));
}
