/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * record.c - the one text form of a letter. See record.h.
 *
 * One table of members for each kind of fact drives writer and reader. To add a member to a fact: a line in
 * letter.h, a row here, a property in schemas/record.schema.json; nothing else knows the form.
 */
#include "record.h"
#include "text.h"
#include <limits.h>
#include <math.h>
#include <string.h>

enum kind { END, TEXT, INT, INT64, REAL, FLOAT, BOOL, ANSWER, ENUM, BOX, TEXTS, BYTES, OBJECT, MANY };

struct shape;
struct member {
	const char *name;
	enum kind kind;
	size_t at;
	const void *more;                      /* ENUM: its names; OBJECT, MANY: struct shape */
	bool optional;                         /* left out when NULL, empty or zero */
};
struct shape {
	size_t size;
	const struct member *members;
};

static const char *const sources[] = { "text", "ocr", "xml", "appearance", "sheet", "office", "derived", NULL };
static const char *const severities[] = { "note", "warn", "hold", "reject", NULL };
static const char *const indications[] = { "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED", NULL };
static const char *const coverages[] = { "whole-file", "whole-revision", "part", NULL };
static const char *const changes[] = { "none", "permitted", "forbidden", "unknown", NULL };

#define M(type, member, kind) { #member, kind, offsetof(struct type, member), NULL, false }
#define O(type, member, kind) { #member, kind, offsetof(struct type, member), NULL, true }
#define E(type, member, names) { #member, ENUM, offsetof(struct type, member), names, false }
#define S(type, member, shape) { #member, OBJECT, offsetof(struct type, member), &(shape), false }
#define L(type, member, shape) { #member, MANY, offsetof(struct type, member), &(shape), false }
#define LO(type, member, shape) { #member, MANY, offsetof(struct type, member), &(shape), true }
#define SHAPE(type) static const struct shape shape_##type = { sizeof(struct type), type##_members }
#define MEMBERS(type) static const struct member type##_members[]

MEMBERS(attr) = { M(attr, name, TEXT), M(attr, value, TEXT), { .kind = END } };
SHAPE(attr);

/* A value and its place are one flat object: INTERFACE, extract. */
MEMBERS(value) = {
	M(value, value, TEXT), O(value, raw, TEXT), M(value, confidence, REAL),
	{ "part", INT, offsetof(struct value, place.part), NULL, false },
	{ "page", INT, offsetof(struct value, place.page), NULL, false },
	{ "box", BOX, offsetof(struct value, place.box), NULL, false },
	{ "source", ENUM, offsetof(struct value, place.source), sources, false },
	{ "drawn_by", TEXT, offsetof(struct value, place.drawn_by), NULL, true },
	{ "path", TEXT, offsetof(struct value, place.path), NULL, true },
	{ .kind = END },
};
SHAPE(value);

MEMBERS(part) = {
	M(part, name, TEXT), M(part, media, TEXT), M(part, sha256, TEXT), M(part, size, INT64),
	M(part, inside, INT), { .kind = END },
};
SHAPE(part);

MEMBERS(beside) = {
	M(beside, name, TEXT), O(beside, sha256, TEXT), O(beside, along, BOOL), { .kind = END },
};
SHAPE(beside);

MEMBERS(document) = {
	M(document, part, INT), M(document, first_page, INT), M(document, last_page, INT),
	M(document, kind, TEXT), M(document, confidence, REAL), M(document, reason, TEXT),
	M(document, text_source, TEXT), O(document, form, TEXT), { .kind = END },
};
SHAPE(document);

MEMBERS(word) = {
	M(word, text, TEXT), O(word, raw, TEXT), M(word, box, BOX), M(word, confidence, REAL),
	E(word, source, sources), O(word, drawn_by, TEXT), O(word, size, FLOAT), O(word, bold, BOOL),
	O(word, italic, BOOL), O(word, red, BOOL), O(word, pass, INT), { .kind = END },
};
SHAPE(word);

MEMBERS(page) = {
	M(page, part, INT), M(page, number, INT), M(page, width, REAL), M(page, height, REAL),
	E(page, source, sources), M(page, text, TEXT), LO(page, words, shape_word), { .kind = END },
};
SHAPE(page);

MEMBERS(field) = {
	M(field, document, INT), M(field, name, TEXT), S(field, read, shape_value),
	LO(field, attrs, shape_attr), { .kind = END },
};
SHAPE(field);

MEMBERS(cell) = { M(cell, name, TEXT), S(cell, read, shape_value), { .kind = END } };
SHAPE(cell);

MEMBERS(request) = {
	M(request, document, INT), M(request, form, TEXT), M(request, row, INT), L(request, cells, shape_cell),
	{ .kind = END },
};
SHAPE(request);

MEMBERS(certificate) = {
	M(certificate, part, INT), M(certificate, role, TEXT), M(certificate, cn, TEXT), M(certificate, o, TEXT),
	M(certificate, ou, TEXTS), M(certificate, l, TEXT), M(certificate, email, TEXT),
	M(certificate, subject, TEXT), M(certificate, issuer, TEXT), M(certificate, serial, TEXT),
	M(certificate, not_before, TEXT), M(certificate, not_after, TEXT), M(certificate, sha256, TEXT),
	{ .kind = END },
};
SHAPE(certificate);

MEMBERS(message) = {
	E(message, severity, severities), M(message, code, TEXT), M(message, text, TEXT), { .kind = END },
};
SHAPE(message);

struct revocation { char *status, *source, *produced_at; };    /* the shape of signature.revocation */
MEMBERS(revocation) = {
	M(revocation, status, TEXT), M(revocation, source, TEXT), M(revocation, produced_at, TEXT),
	{ .kind = END },
};
SHAPE(revocation);

MEMBERS(signature) = {
	M(signature, part, INT), O(signature, over, INT), M(signature, name, TEXT), M(signature, format, TEXT), M(signature, level, TEXT),
	E(signature, indication, indications), M(signature, sub_indication, TEXT),
	M(signature, intact, ANSWER), M(signature, valid, ANSWER), M(signature, trusted, ANSWER),
	E(signature, coverage, coverages), E(signature, changes_after, changes), M(signature, changes, TEXTS),
	M(signature, claimed_time, TEXT), M(signature, timestamp_time, TEXT), M(signature, best_time, TEXT),
	M(signature, validated_at, TEXT), S(signature, signer, shape_certificate),
	M(signature, digest, TEXT), M(signature, algorithm, TEXT), M(signature, key_bits, INT),
	S(signature, revocation, shape_revocation), L(signature, messages, shape_message),
	M(signature, revision, INT), M(signature, revisions, INT), O(signature, covered, INT64), M(signature, page, INT),
	M(signature, box, BOX), { .kind = END },
};
SHAPE(signature);

MEMBERS(region) = { M(region, box, BOX), { .kind = END } };
SHAPE(region);

MEMBERS(picture) = {
	M(picture, part, INT), M(picture, signature, INT), M(picture, page, INT), M(picture, width, INT),
	M(picture, height, INT), LO(picture, changed, shape_region), M(picture, png, BYTES), { .kind = END },
};
SHAPE(picture);

MEMBERS(evidence) = {
	M(evidence, what, TEXT), O(evidence, part, INT), O(evidence, page, INT), O(evidence, box, BOX),
	{ .kind = END },
};
SHAPE(evidence);

MEMBERS(finding) = {
	M(finding, rule, TEXT), E(finding, severity, severities), M(finding, law, TEXT), M(finding, vi, TEXT),
	M(finding, en, TEXT), L(finding, evidence, shape_evidence), { .kind = END },
};
SHAPE(finding);

MEMBERS(decision) = {
	M(decision, serial, TEXT), M(decision, action, TEXT), M(decision, rule, TEXT), O(decision, code, TEXT),
	M(decision, reason, TEXT),
	M(decision, successor_code, TEXT), M(decision, successor_body, TEXT), M(decision, group, TEXT),
	M(decision, suggested, TEXT), M(decision, form, TEXT), M(decision, channel, TEXT),
	M(decision, deadline, TEXT), M(decision, law, TEXT), M(decision, says, TEXT),
	S(decision, evidence, shape_evidence), { .kind = END },
};
SHAPE(decision);

MEMBERS(asked_line) = {
	M(asked_line, serial, TEXT), M(asked_line, form, TEXT), M(asked_line, asks, TEXT), O(asked_line, holder, TEXT), O(asked_line, email, TEXT),
	O(asked_line, device, TEXT), O(asked_line, becomes, TEXT), O(asked_line, deadline, TEXT), O(asked_line, agency, TEXT), { .kind = END },
};
SHAPE(asked_line);

MEMBERS(output) = { M(output, path, TEXT), M(output, object, TEXT), M(output, bytes, BYTES),
	LO(output, lines, shape_asked_line), { .kind = END } };
SHAPE(output);

MEMBERS(step) = {
	M(step, stage, TEXT), M(step, version, INT), M(step, outcome, TEXT), M(step, ms, REAL),
	M(step, walls, TEXT), { .kind = END },
};
SHAPE(step);

MEMBERS(letter) = {
	M(letter, name, TEXT), O(letter, path, TEXT), M(letter, sha256, TEXT), M(letter, received, TEXT),
	O(letter, known, BOOL),
	{ .kind = END },
};
SHAPE(letter);

/* The lists of a letter and of a batch, in the order in which they are written. */
struct facts { const char *fact; size_t at; const struct shape *shape; };
#define F(owner, list, type) { #type, offsetof(struct owner, list), &shape_##type }
static const struct facts letter_facts[] = {
	F(letter, parts, part), F(letter, beside, beside), F(letter, documents, document), F(letter, pages, page), F(letter, fields, field),
	F(letter, requests, request), F(letter, signatures, signature), F(letter, certificates, certificate),
	F(letter, pictures, picture), F(letter, findings, finding), F(letter, steps, step), { 0 },
};
static const struct facts batch_facts[] = {
	F(batch, decisions, decision), F(batch, findings, finding), F(batch, outputs, output),
	F(batch, steps, step), { 0 },
};

/* Every LIST() has this layout. */
struct list { void *at; int n, room; };

static struct list list_of(const void *base, size_t at)
{
	struct list list;
	memcpy(&list, (const char *)base + at, sizeof list);
	return list;
}

/* writing -------------------------------------------------------------------------------------------- */

static json_t *object_of(const struct shape *, const void *, bool with_words);

static json_t *number(double v)
{
	return json_real(isfinite(v) ? round(v * 1000) / 1000 : 0);
}

static json_t *text_or_null(const char *text)
{
	if (text == NULL)
		return json_null();
	json_t *j = json_string(text);
	return j != NULL ? j : json_string("\xEF\xBF\xBD");    /* not UTF-8: a stage forgot text_nfc() */
}

static bool is_empty(const struct member *m, const char *p)
{
	struct list list;
	switch (m->kind) {
	case TEXT: return *(char *const *)(const void *)p == NULL;
	case INT: return *(const int *)(const void *)p == 0;
	case FLOAT: return !(*(const float *)(const void *)p > 0);
	case BOOL: return !*(const bool *)(const void *)p;
	case BOX: {
		const struct box *b = (const void *)p;
		return !(b->x1 > b->x0) && !(b->y1 > b->y0);
	}
	case TEXTS:                            /* laid out as any list */
	case MANY:
		memcpy(&list, p, sizeof list);
		return list.n == 0;
	default: return false;
	}
}

static json_t *json_of(const struct member *m, const void *p, bool with_words)
{
	switch (m->kind) {
	case TEXT: return text_or_null(*(char *const *)p);
	case INT: return json_integer(*(const int *)p);
	case INT64: return json_integer(*(const int64_t *)p);
	case REAL: return number(*(const double *)p);
	case FLOAT: return number((double)*(const float *)p);
	case BOOL: return json_boolean(*(const bool *)p);
	case ANSWER: {
		enum answer a = *(const enum answer *)p;
		return a == CANNOT_TELL ? json_null() : json_boolean(a == YES);
	}
	case ENUM: return json_string(((const char *const *)m->more)[*(const int *)p]);
	case BOX: {
		const struct box *b = p;
		json_t *j = json_array();
		json_array_append_new(j, number(b->x0));
		json_array_append_new(j, number(b->y0));
		json_array_append_new(j, number(b->x1));
		json_array_append_new(j, number(b->y1));
		return j;
	}
	case TEXTS: {
		const struct texts *t = p;
		json_t *j = json_array();
		for (int i = 0; i < t->n; i++)
			json_array_append_new(j, text_or_null(t->at[i]));
		return j;
	}
	case BYTES: {
		char *base64 = text_base64(NULL, *(const struct bytes *)p);
		json_t *j = json_string(base64);
		talloc_free(base64);
		return j;
	}
	case OBJECT: return object_of(m->more, p, with_words);
	case MANY: {
		const struct shape *shape = m->more;
		struct list list = list_of(p, 0);
		json_t *j = json_array();
		for (int i = 0; i < list.n; i++)
			json_array_append_new(j, object_of(shape, (char *)list.at + (size_t)i * shape->size, with_words));
		return j;
	}
	case END: break;
	}
	return json_null();
}

static json_t *object_of(const struct shape *shape, const void *p, bool with_words)
{
	json_t *j = json_object();
	for (const struct member *m = shape->members; m->kind != END; m++) {
		const char *at = (const char *)p + m->at;
		if (m->optional && is_empty(m, at))
			continue;
		if (m->more == &shape_word && !with_words)
			continue;
		json_object_set_new(j, m->name, json_of(m, at, with_words));
	}
	return j;
}

static int put(const char *bytes, size_t len, void *to)
{
	buffer_add(to, bytes, len);
	return 0;
}

static void write_line(struct buffer *out, const char *fact, const struct shape *shape, const void *p, bool with_words)
{
	json_t *j = object_of(shape, p, with_words), *line = json_object();
	json_object_set_new(line, "fact", json_string(fact));
	json_object_update(line, j);
	json_dump_callback(line, put, out, JSON_COMPACT | JSON_REAL_PRECISION(9));
	buffer_text(out, "\n");
	json_decref(j);
	json_decref(line);
}

static void write_new(const struct facts *facts, const void *base, struct record_mark *mark, bool with_words,
		      struct buffer *out)
{
	for (int k = 0; facts[k].fact != NULL; k++) {
		struct list list = list_of(base, facts[k].at);
		for (; mark->n[k] < list.n; mark->n[k]++)
			write_line(out, facts[k].fact, facts[k].shape,
				   (char *)list.at + (size_t)mark->n[k] * facts[k].shape->size, with_words);
	}
}

void record_write(const struct letter *l, struct record_mark *mark, bool with_words, struct buffer *out)
{
	if (!mark->head)
		write_line(out, "letter", &shape_letter, l, false);
	mark->head = true;
	write_new(letter_facts, l, mark, with_words, out);
}

void record_skip(const struct letter *l, struct record_mark *mark)
{
	mark->head = true;
	for (int k = 0; letter_facts[k].fact != NULL; k++)
		mark->n[k] = list_of(l, letter_facts[k].at).n;
}

void record_write_batch(const struct batch *b, struct record_mark *mark, struct buffer *out)
{
	write_new(batch_facts, b, mark, false, out);
}

json_t *record_signature(const struct signature *s) { return object_of(&shape_signature, s, false); }
json_t *record_finding(const struct finding *f) { return object_of(&shape_finding, f, false); }
json_t *record_value(const struct value *v) { return object_of(&shape_value, v, false); }

/* reading -------------------------------------------------------------------------------------------- */

static bool refuse(const void *mem, char **why, const char *key, const char *what)
{
	*why = format_text(mem, "\"%.60s\" %s", key, what);
	return false;
}

static bool read_object(const void *mem, const struct shape *, const json_t *, void *, int known, char **why);

static bool read_number(const void *mem, const struct member *m, const json_t *j, double *v, char **why)
{
	if (!json_is_number(j))
		return refuse(mem, why, m->name, "is not a number");
	*v = json_number_value(j);
	return isfinite(*v) ? true : refuse(mem, why, m->name, "is not finite");
}

static bool read_member(const void *mem, const struct member *m, const json_t *j, void *p, char **why)
{
	double v;
	switch (m->kind) {
	case TEXT:
		if (json_is_null(j)) {
			*(char **)p = NULL;
			return true;
		}
		if (!json_is_string(j))
			return refuse(mem, why, m->name, "is not text");
		*(char **)p = copy_text(mem, json_string_value(j));
		return true;
	case INT:
		if (!json_is_integer(j) || json_integer_value(j) < INT_MIN || json_integer_value(j) > INT_MAX)
			return refuse(mem, why, m->name, "is not a whole number in range");
		*(int *)p = (int)json_integer_value(j);
		return true;
	case INT64:
		if (!json_is_integer(j))
			return refuse(mem, why, m->name, "is not a whole number");
		*(int64_t *)p = json_integer_value(j);
		return true;
	case REAL:
		if (!read_number(mem, m, j, &v, why))
			return false;
		*(double *)p = v;
		return true;
	case FLOAT:
		if (!read_number(mem, m, j, &v, why))
			return false;
		*(float *)p = (float)v;
		return true;
	case BOOL:
		if (!json_is_boolean(j))
			return refuse(mem, why, m->name, "is not true or false");
		*(bool *)p = json_is_true(j);
		return true;
	case ANSWER:
		if (!json_is_boolean(j) && !json_is_null(j))
			return refuse(mem, why, m->name, "is not true, false or null");
		*(enum answer *)p = json_is_null(j) ? CANNOT_TELL : json_is_true(j) ? YES : NO;
		return true;
	case ENUM: {
		const char *const *names = m->more;
		for (int i = 0; json_is_string(j) && names[i] != NULL; i++)
			if (strcmp(names[i], json_string_value(j)) == 0) {
				*(int *)p = i;
				return true;
			}
		return refuse(mem, why, m->name, "is not one of its words");
	}
	case BOX: {
		double *to = p;
		if (!json_is_array(j) || json_array_size(j) != 4)
			return refuse(mem, why, m->name, "is not four numbers");
		for (size_t i = 0; i < 4; i++)
			if (!read_number(mem, m, json_array_get(j, i), &to[i], why))
				return false;
		return true;
	}
	case TEXTS:
		if (!json_is_array(j))
			return refuse(mem, why, m->name, "is not a list");
		for (size_t i = 0; i < json_array_size(j); i++) {
			const json_t *item = json_array_get(j, i);
			if (!json_is_string(item))
				return refuse(mem, why, m->name, "holds something that is not text");
			texts_add(mem, p, json_string_value(item));
		}
		return true;
	case BYTES:
		if (!json_is_string(j) || !text_from_base64(mem, json_string_value(j), json_string_length(j), p))
			return refuse(mem, why, m->name, "is not base64");
		return true;
	case OBJECT: return read_object(mem, m->more, j, p, 0, why);
	case MANY: {
		const struct shape *shape = m->more;
		struct list list = { 0 };
		if (!json_is_array(j))
			return refuse(mem, why, m->name, "is not a list");
		for (size_t i = 0; i < json_array_size(j); i++) {
			list.at = own_grow(mem, list.at, list.n, &list.room, shape->size);
			if (!read_object(mem, shape, json_array_get(j, i), (char *)list.at + i * shape->size, 0, why))
				return false;
			list.n++;
		}
		memcpy(p, &list, sizeof list);
		return true;
	}
	case END: break;
	}
	return false;
}

/* known: keys of the object that are the line's own and not the shape's. */
static bool read_object(const void *mem, const struct shape *shape, const json_t *j, void *p, int known, char **why)
{
	if (!json_is_object(j))
		return refuse(mem, why, "", "is not an object");
	size_t used = (size_t)known;
	for (const struct member *m = shape->members; m->kind != END; m++) {
		const json_t *item = json_object_get(j, m->name);
		if (item == NULL && m->optional)
			continue;
		if (item == NULL)
			return refuse(mem, why, m->name, "is missing");
		if (!read_member(mem, m, item, (char *)p + m->at, why))
			return false;
		used++;
	}
	return used == json_object_size(j) ? true : refuse(mem, why, "", "holds a key that is not known");
}

static bool read_fact(const void *mem, const struct facts *facts, void *base, const json_t *j, char **why)
{
	const char *fact = json_string_value(json_object_get(j, "fact"));
	if (fact == NULL)
		return refuse(mem, why, "fact", "is missing");
	if (facts == letter_facts && strcmp(fact, "letter") == 0)
		return read_object(mem, &shape_letter, j, base, 1, why);
	for (; facts->fact != NULL; facts++) {
		if (strcmp(facts->fact, fact) != 0)
			continue;
		struct list list = list_of(base, facts->at);
		if (list.n >= RECORD_MAX_FACTS)
			return refuse(mem, why, fact, "comes too often");
		list.at = own_grow(mem, list.at, list.n, &list.room, facts->shape->size);
		char *room = (char *)list.at + (size_t)list.n * facts->shape->size;
		bool good = read_object(mem, facts->shape, j, room, 1, why);
		if (good)
			list.n++;
		else
			memset(room, 0, facts->shape->size);
		memcpy((char *)base + facts->at, &list, sizeof list);
		return good;
	}
	return refuse(mem, why, fact, "is not a fact");
}

static bool read_line(const void *mem, const struct facts *facts, void *base, const char *line, size_t len,
		      char **why)
{
	json_error_t error;
	if (len > RECORD_MAX_LINE)
		return refuse(mem, why, "", "line too long");
	json_t *j = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
	if (j == NULL)
		return refuse(mem, why, error.text, "(not JSON)");
	bool good = read_fact(mem, facts, base, j, why);
	json_decref(j);
	return good;
}

static bool read_lines(const void *mem, const struct facts *facts, void *base, const char *text, size_t len,
		       char **why)
{
	int number = 0;
	for (const char *at = text, *end = text + len; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		number++;
		if (stop == NULL)
			return refuse(mem, why, "", "last line is cut off");
		char *reason = NULL;
		if (!read_line(mem, facts, base, at, (size_t)(stop - at), &reason)) {
			*why = format_text(mem, "line %d: %s", number, reason);
			return false;
		}
		at = stop + 1;
	}
	return true;
}

bool record_read(struct letter *l, const char *text, size_t len, char **why)
{
	return read_lines(l, letter_facts, l, text, len, why);
}

bool record_read_line(struct letter *l, const char *line, size_t len, char **why)
{
	return read_line(l, letter_facts, l, line, len, why);
}

bool record_read_batch(struct batch *b, const char *text, size_t len, char **why)
{
	return read_lines(b, batch_facts, b, text, len, why);
}

/* the table as text ---------------------------------------------------------------------------------- */

static const char *const kind_names[] = {
	"end", "string|null", "integer", "integer", "number", "number", "boolean", "boolean|null", "string", "box",
	"strings", "base64", "object", "array",
};

static void list_members(struct buffer *b, const char *fact, const struct shape *shape)
{
	for (const struct member *m = shape->members; m->kind != END; m++) {
		buffer_format(b, "%s\t%s\t%s\t%s\n", fact, m->name, kind_names[m->kind],
			      m->optional ? "optional" : "required");
		if (m->kind == OBJECT || m->kind == MANY) {
			char *inner = format_text(b->mem, "%s.%s", fact, m->name);
			list_members(b, inner, m->more);
			talloc_free(inner);
		}
	}
}

char *record_members(const void *mem)
{
	struct buffer b = { .mem = mem };
	list_members(&b, "letter", &shape_letter);
	for (const struct facts *f = letter_facts; f->fact != NULL; f++)
		list_members(&b, f->fact, f->shape);
	for (const struct facts *f = batch_facts; f->fact != NULL; f++)
		if (strcmp(f->fact, "decision") == 0 || strcmp(f->fact, "output") == 0)
			list_members(&b, f->fact, f->shape);
	return b.text;
}
