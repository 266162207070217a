/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_json.c - the objects of INTERFACE.md. See report_json.h.
 */
#include "report_json.h"
#include "covers.h"
#include "record.h"
#include "text.h"
#include <string.h>

/* The name of a list field in the object; single fields keep theirs. */
static const char *const list_fields[] = { "recipients", "signers", "copies", "citations", "deadlines", "phones",
	"emails", "mentions", "response_for", "appendixes", "task_codes", "attachments", "receivers", "replaces", "trace", NULL };

static bool is_list(const char *name)
{
	for (int i = 0; list_fields[i] != NULL; i++)
		if (strcmp(list_fields[i], name) == 0)
			return true;
	return false;
}

static bool is_unreadable(const struct letter *l)
{
	for (int i = 0; i < l->findings.n; i++)
		if (text_ends(l->findings.at[i].rule, "/unreadable") || text_starts(l->findings.at[i].rule, "worker/"))
			return true;
	return l->parts.n == 0 || l->parts.at[0].media == NULL;
}

const char *report_verdict(const struct letter *l)
{
	if (is_unreadable(l))
		return "unreadable";
	if (l->signatures.n == 0)
		return "unsigned";
	bool passed = true;
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		if (s->indication == TOTAL_FAILED || s->intact == NO || s->coverage == COVERS_PART
		    || s->changes_after == CHANGES_FORBIDDEN)
			return "failed";
		passed = passed && s->indication == TOTAL_PASSED;
	}
	return passed ? "passed" : "indeterminate";
}

const char *report_disposition(const struct letter *l)
{
	static const char *const words[] = { "accept", "accept", "hold", "reject" };
	enum severity worst = NOTE;
	for (int i = 0; i < l->findings.n; i++)
		if (l->findings.at[i].severity > worst)
			worst = l->findings.at[i].severity;
	return words[worst];
}

static const char *container_of(const struct letter *l)
{
	static const struct { const char *media, *container; } rows[] = {
		{ "application/pdf", "pdf" },
		{ "application/vnd.edxml+xml", "edxml" },
		{ "application/xml", "xml" },
		{ "application/pkcs7-mime", "cms" },
		{ "application/vnd.etsi.asic-e+zip", "asic-e" },
		{ "application/vnd.etsi.asic-s+zip", "asic-s" },
		{ "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "ooxml" },
		{ "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ooxml" },
		{ "application/vnd.openxmlformats-officedocument", "ooxml" },
		{ "application/vnd.oasis.opendocument", "odf" },
	};
	const char *media = l->parts.n > 0 ? l->parts.at[0].media : NULL;
	for (size_t i = 0; media != NULL && i < sizeof rows / sizeof *rows; i++)
		if (text_starts(media, rows[i].media))
			return rows[i].container;
	return "other";
}

static json_t *text_or_null(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

static json_t *head(const struct letter *l, const char *file)
{
	json_t *j = json_object();
	json_t *name = json_string(file);
	if (name == NULL) {
		char *repaired = text_nfc(NULL, file);
		name = json_string(repaired);
		talloc_free(repaired);
	}
	json_object_set_new(j, "file", name);
	json_object_set_new(j, "sha256", text_or_null(l->sha256));
	return j;
}

json_t *report_messages(const struct letter *l)
{
	static const char *const severities[] = { "note", "warn", "hold", "reject" };
	json_t *messages = json_array();
	for (int i = 0; i < l->findings.n; i++) {
		const struct finding *f = &l->findings.at[i];
		json_array_append_new(messages, json_pack("{s:s,s:s,s:s?}", "severity", severities[f->severity], "code",
							  f->rule, "text", f->en));
	}
	return messages;
}

json_t *report_verify(const struct letter *l, const char *file)
{
	json_t *j = head(l, file), *signatures = json_array();
	json_object_set_new(j, "container", json_string(container_of(l)));
	json_object_set_new(j, "verdict", json_string(report_verdict(l)));
	for (int i = 0; i < l->signatures.n; i++)
		json_array_append_new(signatures, record_signature(&l->signatures.at[i]));
	json_object_set_new(j, "signatures", signatures);
	return j;
}

/* A value with its raw text and, in a signed part, the signatures that cover it. */
static json_t *value_json(const struct letter *l, const struct value *v)
{
	json_t *j = record_value(v), *by = json_array();
	struct texts names = { 0 };
	void *mem = talloc_new(NULL);
	if (json_object_get(j, "raw") == NULL)
		json_object_set_new(j, "raw", text_or_null(v->value));
	bool is_signed = covers_find(mem, l, v, &names);
	for (int i = 0; i < names.n; i++)
		json_array_append_new(by, json_string(names.at[i]));
	if (is_signed)
		json_object_set(j, "covered_by", by);
	json_decref(by);
	talloc_free(mem);
	return j;
}

static json_t *field_json(const struct letter *l, const struct field *f)
{
	json_t *j = value_json(l, &f->read);
	for (int i = 0; i < f->attrs.n; i++)
		json_object_set_new(j, f->attrs.at[i].name, json_string(f->attrs.at[i].value));
	return j;
}

static json_t *fields_json(const struct letter *l, int document)
{
	json_t *fields = json_object();
	for (int i = 0; i < l->fields.n; i++) {
		const struct field *f = &l->fields.at[i];
		if (f->document != document)
			continue;
		if (!is_list(f->name)) {
			if (json_object_get(fields, f->name) == NULL)
				json_object_set_new(fields, f->name, field_json(l, f));
			continue;
		}
		json_t *list = json_object_get(fields, f->name);
		if (list == NULL) {
			list = json_array();
			json_object_set_new(fields, f->name, list);
		}
		json_array_append_new(list, field_json(l, f));
	}
	return fields;
}

/* The documents behind the main one: a second letter in the same file, what an edXML message carries. */
static json_t *documents_json(const struct letter *l)
{
	json_t *list = json_array();
	for (int i = 1; i < l->documents.n; i++) {
		const struct document *d = &l->documents.at[i];
		const struct part *p = letter_find_part(l, d->part);
		json_t *one = json_pack("{s:s,s:i,s:i,s:i}", "kind", d->kind, "part", d->part, "first_page", d->first_page,
					"last_page", d->last_page);
		json_object_set_new(one, "name", text_or_null(p != NULL ? p->name : NULL));
		json_object_set_new(one, "fields", fields_json(l, i));
		json_array_append_new(list, one);
	}
	return list;
}

json_t *report_extract(const struct letter *l, const char *file, bool with_text)
{
	json_t *j = head(l, file), *requests = json_array();
	const struct document *main_document = l->documents.n > 0 ? &l->documents.at[0] : NULL;
	json_object_set_new(j, "kind", json_string(main_document != NULL ? main_document->kind : "other"));
	if (main_document != NULL && main_document->reason != NULL) {
		json_object_set_new(j, "kind_confidence", json_real(main_document->confidence));
		json_object_set_new(j, "kind_reason", json_string(main_document->reason));
	}
	json_object_set_new(j, "pages", json_integer(l->pages.n));
	json_object_set_new(j, "text_source",
			    text_or_null(main_document != NULL ? main_document->text_source : NULL));
	json_object_set_new(j, "fields", fields_json(l, 0));
	if (l->documents.n > 1)
		json_object_set_new(j, "documents", documents_json(l));
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *r = &l->requests.at[i];
		json_t *row = json_object(), *values = json_object();
		json_object_set_new(row, "form", text_or_null(r->form));
		json_object_set_new(row, "row", json_integer(r->row));
		for (int c = 0; c < r->cells.n; c++)
			json_object_set_new(values, r->cells.at[c].name, value_json(l, &r->cells.at[c].read));
		json_object_set_new(row, "values", values);
		json_array_append_new(requests, row);
	}
	json_object_set_new(j, "requests", requests);
	if (with_text) {
		json_t *text = json_array();
		for (int i = 0; i < l->pages.n; i++)
			json_array_append_new(text, json_string(l->pages.at[i].text != NULL ? l->pages.at[i].text : ""));
		json_object_set_new(j, "text", text);
	}
	return j;
}

json_t *report_check(const struct letter *l, const char *file, bool with_text)
{
	json_t *j = report_verify(l, file), *more = report_extract(l, file, with_text), *findings = json_array();
	json_object_update_missing(j, more);
	json_decref(more);
	for (int i = 0; i < l->findings.n; i++)
		json_array_append_new(findings, record_finding(&l->findings.at[i]));
	json_object_set_new(j, "findings", findings);
	json_object_set_new(j, "disposition", json_string(report_disposition(l)));
	return j;
}
