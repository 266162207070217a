/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_edxml.c - messages for the national document axis. See write_edxml.h.
 */
#include "write_edxml.h"
#include "compose.h"
#include "markup.h"
#include "text.h"
#include "write_zip.h"
#include <string.h>

#define QCVN "http://www.mic.gov.vn/TBT/QCVN_102_2016"

static void opening(struct buffer *b, const char *name) { buffer_format(b, "<edXML:%s>", name); }
static void closing(struct buffer *b, const char *name) { buffer_format(b, "</edXML:%s>\n", name); }

static void element(struct buffer *b, const char *name, const char *value)
{
	opening(b, name);
	markup_text(b, value);
	closing(b, name);
}

static void organ(struct buffer *b, const char *role, const char *id, const char *name)
{
	opening(b, role);
	buffer_text(b, "\n");
	element(b, "OrganId", id);
	element(b, "OrganName", name);
	closing(b, role);
}

/* The authority on the axis (seed rules R004-03, R004-04), as rules/contacts.tsv has it on that day. */
static void authority_element(struct buffer *b, const char *role, const struct plan *p)
{
	static const struct { const char *element, *what; } parts[] = {
		{ "OrganId", "authority-code" }, { "OrganName", "authority" }, { "OrganAdd", "authority-address" },
		{ "Email", "authority-mail" }, { "Telephone", "authority-phone" }, { "Website", "authority-portal" },
	};
	opening(b, role);
	buffer_text(b, "\n");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *value = contact_find(p->tables, parts[i].what, p->day);
		if (value != NULL)
			element(b, parts[i].element, value);
	}
	closing(b, role);
}

/* A name-based UUID: the same package has the same one. */
static char *uuid_of(const void *mem, const char *name)
{
	char *h = text_sha256(mem, (struct bytes){ (const uint8_t *)name, strlen(name) });
	return format_text(mem, "%.8s-%.4s-5%.3s-a%.3s-%.12s", h, h + 8, h + 13, h + 17, h + 20);
}

static char *timestamp(const void *mem, time_t at)
{
	char *t = time_text(mem, at + 7 * 3600);        /* "2025-06-20T08:00:00Z", shifted to Vietnam */
	return format_text(mem, "%.4s/%.2s/%.2s %.8s", t, t + 5, t + 8, t + 11);
}

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML xmlns=\"" QCVN "\">\n"
	"<edXML:edXMLEnvelope xmlns:edXML=\"" QCVN "\">\n<edXML:edXMLHeader>\n<edXML:MessageHeader>\n";

static const char *media_of(const char *name)
{
	return text_ends(name, ".pdf") ? "application/pdf" : text_ends(name, ".xml") ? "application/xml"
		: text_ends(name, ".xlsx") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		: text_ends(name, ".docx") ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		: "application/octet-stream";
}

static const char *describe(const char *name)
{
	return strcmp(name, "cong-van.pdf") == 0 ? "Công văn" : text_ends(name, ".pdf") ? "Mẫu biểu kèm danh sách"
		: text_ends(name, ".xlsx") ? "Danh sách dạng bảng tính" : "Bảng kê dữ liệu điện tử";
}

static void references(struct buffer *b, const char *id, const struct bag_file *files, int n)
{
	buffer_text(b, "<edXML:edXMLBody>\n<edXML:edXMLManifest version=\"1.0\">\n");
	for (int i = 0; i < n; i++) {
		buffer_text(b, "<edXML:Reference>\n");
		element(b, "ContentId", format_text(b->mem, "cid:%s", uuid_of(b->mem, format_text(b->mem, "%s/%s", id,
											       files[i].name))));
		element(b, "ContentType", media_of(files[i].name));
		element(b, "Description", describe(files[i].name));
		element(b, "AttachmentName", files[i].name);
		closing(b, "Reference");
	}
	closing(b, "edXMLManifest");
	closing(b, "edXMLBody");
}

static void attachments(struct buffer *b, const char *id, const struct bag_file *files, int n)
{
	buffer_text(b, "<AttachmentEncoded>\n");
	for (int i = 0; i < n; i++) {
		struct packed one = { files[i].name, files[i].bytes };
		struct bytes zip = write_zip(b->mem, &one, 1);
		buffer_text(b, "<Attachment>\n<ContentId>cid:");
		buffer_text(b, uuid_of(b->mem, format_text(b->mem, "%s/%s", id, files[i].name)));
		buffer_text(b, "</ContentId>\n<AttachmentName>");
		markup_text(b, files[i].name);
		buffer_text(b, "</AttachmentName>\n<Description>");
		markup_text(b, describe(files[i].name));
		buffer_text(b, "</Description>\n<ContentType>application/zip</ContentType>\n<ContentTransferEncoded>");
		buffer_text(b, text_base64(b->mem, zip));
		buffer_text(b, "</ContentTransferEncoded>\n</Attachment>\n");
	}
	buffer_text(b, "</AttachmentEncoded>\n");
}

struct bytes write_edxml_package(const void *mem, const struct plan *p, const struct package *k,
				 const struct bag_file *files, int n)
{
	void *work = talloc_new(mem);
	struct buffer b = { .mem = work };
	char *id = uuid_of(b.mem, format_text(b.mem, "%s/%s", k->folder, k->name));
	struct texts signs = { 0 };
	house_signs(b.mem, k->agency, &signs);
	buffer_text(&b, head);
	organ(&b, "From", NULL, k->agency);
	if (text_same(k->to, k->form->to))
		authority_element(&b, "To", p);
	else
		organ(&b, "To", NULL, k->to);
	element(&b, "DocumentId", id);
	buffer_text(&b, "<edXML:Code>\n");
	element(&b, "CodeNumber", NULL);
	element(&b, "CodeNotation", house_symbol(k->agency));
	closing(&b, "Code");
	buffer_text(&b, "<edXML:PromulgationInfo>\n");
	element(&b, "Place", k->place);
	element(&b, "PromulgationDate", NULL);
	closing(&b, "PromulgationInfo");
	buffer_text(&b, "<edXML:DocumentType>\n");
	element(&b, "Type", "1");
	element(&b, "TypeName", "Công văn");
	closing(&b, "DocumentType");
	element(&b, "Subject", format_text(b.mem, "V/v %s", k->form->subject));
	element(&b, "Content", format_text(b.mem, "%s (%02d chứng thư chữ ký số)", k->form->title, k->lines.n));
	buffer_text(&b, "<edXML:SignerInfo>\n");
	element(&b, "Competence", signs.n > 1 ? signs.at[0] : NULL);
	element(&b, "Position", signs.at[signs.n - 1]);
	element(&b, "FullName", NULL);
	closing(&b, "SignerInfo");
	int64_t day;
	if (k->deadline != NULL && date_parse(k->deadline, &day))
		element(&b, "DueDate", format_text(b.mem, "%.4s/%.2s/%.2s", k->deadline, k->deadline + 5, k->deadline + 8));
	buffer_text(&b, "<edXML:OtherInfo>\n");
	element(&b, "Priority", "0");
	element(&b, "Direction", "false");
	closing(&b, "OtherInfo");
	closing(&b, "MessageHeader");
	buffer_text(&b, "<edXML:TraceHeaderList>\n<edXML:TraceHeader>\n");
	element(&b, "OrganId", NULL);
	element(&b, "Timestamp", timestamp(b.mem, p->batch->settings->at));
	closing(&b, "TraceHeader");
	buffer_text(&b, "<edXML:Bussiness>\n");
	element(&b, "DocumentId", id);
	element(&b, "BussinessDocType", "0");
	element(&b, "Paper", "0");
	closing(&b, "Bussiness");
	closing(&b, "TraceHeaderList");
	closing(&b, "edXMLHeader");
	references(&b, id, files, n);
	closing(&b, "edXMLEnvelope");
	attachments(&b, id, files, n);
	buffer_text(&b, "</edXML>\n");
	struct bytes made = copy_bytes(mem, b.text, b.len);
	talloc_free(work);
	return made;
}

static const char *value(const struct letter *l, const char *name)
{
	const struct field *f = letter_find_field(l, name);
	return f != NULL ? f->read.value : NULL;
}

static const char *organ_id(const struct letter *l, const char *name)
{
	const struct field *f = letter_find_field(l, name);
	return f != NULL ? field_attr(f, "organ_id") : NULL;
}

struct bytes write_edxml_refusal(const void *mem, const struct settings *settings, const struct letter *l,
				 const char *why)
{
	void *work = talloc_new(mem);
	struct buffer b = { .mem = work };
	const char *day = value(l, "date"), *number = value(l, "number"), *symbol = value(l, "symbol");
	int64_t days;
	buffer_text(&b, head);
	organ(&b, "From", organ_id(l, "recipients"), value(l, "recipients"));
	buffer_text(&b, "<edXML:ResponseFor>\n");
	element(&b, "OrganId", organ_id(l, "agency"));
	element(&b, "Code", symbol == NULL ? number : format_text(work, "%s/%s", number != NULL ? number : "", symbol));
	element(&b, "PromulgationDate", day != NULL && date_parse(day, &days)
		? format_text(work, "%.4s/%.2s/%.2s", day, day + 5, day + 8) : NULL);
	element(&b, "DocumentId", value(l, "document_id"));
	closing(&b, "ResponseFor");
	element(&b, "StatusCode", "02");
	element(&b, "Description", why);
	element(&b, "Timestamp", timestamp(work, settings->at));
	closing(&b, "MessageHeader");
	closing(&b, "edXMLHeader");
	closing(&b, "edXMLEnvelope");
	buffer_text(&b, "</edXML>\n");
	struct bytes made = copy_bytes(mem, b.text, b.len);
	talloc_free(work);
	return made;
}
