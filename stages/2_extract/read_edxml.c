/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * read_edxml.c - the fields an edXML message names itself (QCVN 102:2016/BTTTT and its amendment of 2022).
 *
 * Elements are found by local name under MessageHeader, in any order and with any prefix, in the namespace of
 * the standard as in that of the older http://www.e-doc.vn/Schema/: programs on the axis disagree about all
 * three. The place of every field is its XPath. What is written but cannot be (30 February, an agency "null")
 * is a finding and no field; the rest goes on. The older schema says Author, Function and ResponseDate for
 * SignerInfo, Position and DueDate.
 */
#include "reader.h"
#include "grammar.h"
#include "text.h"
#include "xml.h"
#include <string.h>

#define LAW "QCVN 102:2016/BTTTT"
#define LAW_METADATA "Nghị định số 30/2020/NĐ-CP, Phụ lục VI"

enum { MAX_EDXML = 64 << 20, NUMBER_MAX = 11, NOTATION_MAX = 30 };

struct reading {
	struct letter *l;
	void *mem;                             /* for the time of reading */
	int part, document;
	const xmlNode *header;                 /* MessageHeader */
};

static struct finding *tell(struct reading *m, const char *rule, enum severity severity, const char *law,
			    const char *vi, const char *en)
{
	struct finding *f = letter_finding(m->l, rule, severity, law, vi, en);
	struct place where = { .part = m->part, .source = FROM_XML };
	finding_evidence(m->l, f, format_text(m->mem, "part:%d", m->part), &where);
	return f;
}

/* A field from an element; NULL when the element is missing or empty. value NULL: as it stands. */
static struct field *add(struct reading *m, const char *name, const xmlNode *n, const char *value)
{
	char *line = xml_line(m->mem, n);
	if (n == NULL || *line == 0)
		return NULL;
	struct field *f = letter_add_field(m->l, name, value != NULL ? value : line);
	f->document = m->document;
	f->read.raw = xml_text(m->l, n);
	f->read.confidence = 1;
	f->read.place = (struct place){ .part = m->part, .source = FROM_XML, .path = xml_path(m->l, n) };
	return f;
}

static const xmlNode *either(const xmlNode *parent, const char *name, const char *older)
{
	const xmlNode *n = xml_child(parent, name);
	return n != NULL ? n : xml_child(parent, older);
}

static char *line_of(struct reading *m, const xmlNode *parent, const char *name)
{
	return xml_line(m->mem, xml_child(parent, name));
}

/* YYYY-MM-DD, or NULL after telling why; the older standard writes 01/01/1900 for "none". */
static char *date_from(struct reading *m, const xmlNode *n)
{
	char *line = xml_line(m->mem, n), *date = grammar_date(m->l, line);
	if (*line == 0 || (date != NULL && text_starts(date, "1900-01-01")))
		return NULL;
	if (date == NULL)
		tell(m, "2_extract/edxml-date", WARN, LAW,
		     format_text(m->mem, "%s ghi \"%s\", không phải ngày có thật.", xml_path(m->mem, n), line),
		     format_text(m->mem, "%s says \"%s\", which is no real date.", xml_path(m->mem, n), line));
	return date;
}

static void check_organ(struct reading *m, const xmlNode *body)
{
	const xmlNode *n = xml_child(body, "OrganId");
	char *id = xml_line(m->mem, n);
	bool old;
	if (*id == 0 || strcasecmp(id, "null") == 0)
		tell(m, "2_extract/edxml-organ-id-missing", xml_is(body, "TraceHeader") ? NOTE : WARN, LAW,
		     format_text(m->mem, "%s không có mã định danh cơ quan (OrganId%s).", xml_path(m->mem, body),
				 *id != 0 ? " ghi \"null\"" : ""),
		     format_text(m->mem, "%s has no identifier of the body (OrganId%s).", xml_path(m->mem, body),
				 *id != 0 ? " says \"null\"" : ""));
	else if (grammar_organ(m->mem, id, &old) == NULL)
		tell(m, "2_extract/edxml-organ-id", WARN, "Quyết định số 20/2020/QĐ-TTg",
		     format_text(m->mem, "%s: \"%s\" không đúng dạng mã định danh cơ quan.",
				 xml_path(m->mem, n), id),
		     format_text(m->mem, "%s: \"%s\" is not written as an identifier of a body.",
				 xml_path(m->mem, n), id));
}

struct naming { const char *element, *name; };

/* Children of an element as attributes of a field; what is empty is left out. */
static void add_attrs(struct reading *m, struct field *f, const xmlNode *parent, const struct naming *names)
{
	for (; f != NULL && names->element != NULL; names++)
		field_add_attr(m->l, f, names->name, line_of(m, parent, names->element));
}

static void add_organ_attr(struct reading *m, struct field *f, const xmlNode *body)
{
	static const struct naming rest[] = { { "OrganAdd", "address" }, { "Email", "email" }, { "Telephone", "telephone" },
		{ "Fax", "fax" }, { "Website", "website" }, { NULL, NULL } };
	bool old;
	char *id = line_of(m, body, "OrganId"), *code = grammar_organ(m->mem, id, &old);
	if (f != NULL)
		field_add_attr(m->l, f, "organ_id",
			       code != NULL		     ? code
			       : strcasecmp(id, "null") != 0 ? id
							     : NULL);
	add_attrs(m, f, body, rest);
}

static void read_bodies(struct reading *m)
{
	const xmlNode *from = xml_child(m->header, "From");
	char *name = line_of(m, from, "OrganName"), *over = line_of(m, from, "OrganizationInCharge");
	if (from != NULL)
		check_organ(m, from);
	struct field *f =
		add(m, "agency", xml_child(from, *name != 0 ? "OrganName" : "OrganizationInCharge"), NULL);
	add_organ_attr(m, f, from);
	/* Most programs repeat the agency here; only another name is its superior. */
	if (*name != 0 && *over != 0 && strcmp(text_strong(m->mem, name), text_strong(m->mem, over)) != 0)
		add(m, "parent_agency", xml_child(from, "OrganizationInCharge"), NULL);
	add(m, "emails", xml_child(from, "Email"), NULL);
	add(m, "phones", xml_child(from, "Telephone"), NULL);
	for (const xmlNode *to = xml_child(m->header, "To"); to != NULL; to = xml_next(to, "To")) {
		check_organ(m, to);
		const xmlNode *n = xml_child(to, "OrganName");
		if (*xml_line(m->mem, n) == 0)
			n = xml_child(to, "OrganizationInCharge");
		if (*xml_line(m->mem, n) == 0)
			n = xml_child(to, "OrganId");
		add_organ_attr(m, add(m, "recipients", n, NULL), to);
	}
}

static void read_code(struct reading *m)
{
	const xmlNode *code = xml_child(m->header, "Code");
	struct field *number = add(m, "number", xml_child(code, "CodeNumber"), NULL);
	add(m, "symbol", xml_child(code, "CodeNotation"), NULL);
	const char *value = number != NULL ? number->read.value : "";
	if (strspn(value, "0123456789") != strlen(value))
		tell(m, "2_extract/edxml-number", WARN, LAW_METADATA,
		     format_text(m->mem, "Số của văn bản ghi \"%s\", không phải số.", value),
		     format_text(m->mem, "The letter's number is \"%s\", which is no number.", value));
	else if (text_codepoints(value) > NUMBER_MAX)
		tell(m, "2_extract/edxml-number", WARN, LAW_METADATA,
		     format_text(m->mem, "Số của văn bản \"%s\" dài hơn %d ký tự.", value, NUMBER_MAX),
		     format_text(m->mem, "The letter's number \"%s\" is longer than %d characters.", value,
				 NUMBER_MAX));
	if (text_codepoints(line_of(m, code, "CodeNotation")) > NOTATION_MAX)
		tell(m, "2_extract/edxml-notation", WARN, LAW_METADATA,
		     format_text(m->mem, "Ký hiệu của văn bản dài hơn %d ký tự.", NOTATION_MAX),
		     format_text(m->mem, "The letter's symbol is longer than %d characters.", NOTATION_MAX));
	const xmlNode *info = xml_child(m->header, "PromulgationInfo");
	add(m, "place", xml_child(info, "Place"), NULL);
	const xmlNode *date = xml_child(info, "PromulgationDate");
	char *day = date_from(m, date);
	if (day != NULL)
		add(m, "date", date, day);
}

/* "TL. BỘ TRƯỞNG": the authority by its abbreviation, then the title signed for (NĐ 30/2020, Điều 13). */
static void split_competence(struct reading *m, struct field *f, const char *competence)
{
	static const char *const known[] = { "KT.", "TL.", "TM.", "TUQ.", "Q.", NULL };
	char *upper = text_upper(m->mem, competence);
	for (int i = 0; known[i] != NULL; i++)
		if (text_starts(upper, known[i])) {
			field_add_attr(m->l, f, "authority", known[i]);
			field_add_attr(m->l, f, "for_title", text_line(m->mem, competence + strlen(known[i])));
			return;
		}
	field_add_attr(m->l, f, "competence", competence);
}

static void read_rest(struct reading *m)
{
	const xmlNode *signer = either(m->header, "SignerInfo", "Author"), *n;
	char *detail = line_of(m, xml_child(m->header, "DocumentType"), "TypeName");
	add(m, "document_type",
	    *detail != 0 ? xml_child(xml_child(m->header, "DocumentType"), "TypeName") : NULL, NULL);
	char *subject = line_of(m, m->header, "Subject");
	bool led = strncasecmp(subject, "V/v ", 4) == 0;       /* the lead is no part of the trích yếu */
	add(m, "subject", xml_child(m->header, "Subject"), led ? text_line(m->mem, subject + 4) : NULL);
	for (; signer != NULL; signer = xml_next(signer, (const char *)signer->name)) {
		struct field *f = add(m, "signers", xml_child(signer, "FullName"), NULL);
		if (f == NULL)
			continue;
		split_competence(m, f, line_of(m, signer, "Competence"));
		field_add_attr(m->l, f, "title", xml_line(m->mem, either(signer, "Position", "Function")));
	}
	const xmlNode *due = either(m->header, "DueDate", "ResponseDate");
	char *day = date_from(m, due);
	if (day != NULL)
		add(m, "deadlines", due, day);
	for (n = xml_child(xml_child(m->header, "ToPlaces"), "Place"); n != NULL; n = xml_next(n, "Place"))
		add(m, "copies", n, NULL);
	add(m, "document_id", xml_child(m->header, "DocumentId"), NULL);
	for (n = xml_child(m->header, "ResponseFor"); n != NULL; n = xml_next(n, "ResponseFor")) {
		struct field *f =
			add(m, "response_for",
			    xml_first(xml_child(n, "Code")) == NULL ? xml_child(n, "Code") : NULL, NULL);
		if (f == NULL)
			continue;
		char *date = date_from(m, xml_child(n, "PromulgationDate"));
		static const struct naming rest[] = { { "OrganId", "organ_id" }, { "DocumentId", "document_id" },
			{ NULL, NULL } };
		field_add_attr(m->l, f, "date", date);
		add_attrs(m, f, n, rest);
	}
}

/* What only the axis needs, as it stands: nothing of a message is lost. */
static void read_others(struct reading *m)
{
	static const struct naming of_header[] = { { "Content", "content" }, { "SteeringType", "steering_type" },
		{ "ApplicationType", "application_type" }, { NULL, NULL } };
	static const struct naming of_other[] = { { "Priority", "priority" }, { "SphereOfPromulgation", "sphere" },
		{ "TyperNotation", "drafter" }, { "PromulgationAmount", "copies_printed" },
		{ "PageAmount", "page_amount" }, { "Direction", "direction" }, { "ReplyFors", "reply_for" },
		{ "ReferenceCodes", "reference_codes" }, { NULL, NULL } };
	static const struct naming of_type[] = { { "Type", "type_code" }, { "TypeDetail", "type_detail" },
		{ NULL, NULL } };
	const xmlNode *other = xml_child(m->header, "OtherInfo"), *type = xml_child(m->header, "DocumentType"), *n;
	for (const struct naming *k = of_header; k->element != NULL; k++)
		add(m, k->name, xml_child(m->header, k->element), NULL);
	for (const struct naming *k = of_other; k->element != NULL; k++)
		add(m, k->name, xml_child(other, k->element), NULL);
	for (n = xml_child(xml_child(other, "Appendixes"), "Appendix"); n != NULL; n = xml_next(n, "Appendix"))
		add(m, "appendixes", n, NULL);
	for (n = xml_child(xml_child(m->header, "ResponseForTask"), "TaskCode"); n != NULL; n = xml_next(n, "TaskCode"))
		add(m, "task_codes", n, NULL);
	for (int i = 0; i < m->l->fields.n; i++)
		if (m->l->fields.at[i].document == m->document && strcmp(m->l->fields.at[i].name, "document_type") == 0)
			add_attrs(m, &m->l->fields.at[i], type, of_type);
}

/* Who handles it on the other side. */
static void read_staff(struct reading *m, const xmlNode *parent)
{
	static const struct naming rest[] = { { "StaffId", "staff_id" }, { "Department", "department" },
		{ "DepartmentId", "department_id" }, { "Email", "email" }, { "Mobile", "mobile" }, { NULL, NULL } };
	const xmlNode *staff = xml_child(parent, "StaffInfo");
	add_attrs(m, add(m, "staff", xml_child(staff, "Staff"), NULL), staff, rest);
}

/* The files: named by the attachments, else by the manifest; unpacked: the number of the part that one became. */
static void read_attachments(struct reading *m, const xmlNode *root)
{
	static const struct naming rest[] = { { "ContentId", "content_id" }, { "ContentType", "content_type" },
		{ "Description", "description" }, { NULL, NULL } };
	const xmlNode *manifest = xml_below(root, "edXMLManifest"), *files = xml_below(root, "AttachmentEncoded");
	const xmlNode *n = xml_child(files, "Attachment");
	const char *name = "Attachment";
	if (n == NULL) {
		name = "Reference";
		n = xml_child(manifest != NULL ? manifest : xml_below(root, "Manifest"), name);
	}
	for (int part = m->part; n != NULL; n = xml_next(n, name)) {
		struct field *f = add(m, "attachments", xml_child(n, "AttachmentName"), NULL);
		if (f == NULL)
			f = add(m, "attachments", xml_child(n, "ContentId"), NULL);
		add_attrs(m, f, n, rest);
		int inside = part + 1;
		while (inside <= m->l->parts.n && m->l->parts.at[inside - 1].inside != m->part)
			inside++;
		const struct part *p = inside <= m->l->parts.n ? &m->l->parts.at[inside - 1] : NULL;
		if (f != NULL && p != NULL && text_same(p->name, f->read.value)) {
			field_add_attr(m->l, f, "unpacked", format_text(m->mem, "%d", inside));
			field_add_attr(m->l, f, "sha256", p->sha256);
			part = inside;
		}
	}
}

/* An id of the form "OrganId,YYYY/MM/DD,number/symbol" says again what Code and PromulgationInfo say. */
static void check_id(struct reading *m, const xmlNode *id)
{
	char *line = xml_line(m->mem, id), *first = strchr(line, ','),
	     *second = first != NULL ? strchr(first + 1, ',') : NULL;
	if (second == NULL)
		return;
	*second = 0;
	char *date = grammar_date(m->mem, first + 1), *code = second + 1;
	if (date == NULL) {
		tell(m, "2_extract/edxml-date", WARN, LAW,
		     format_text(m->mem, "%s ghi ngày \"%s\", không phải ngày có thật.", xml_path(m->mem, id),
				 first + 1),
		     format_text(m->mem, "%s holds \"%s\", which is no real date.", xml_path(m->mem, id),
				 first + 1));
		return;
	}
	if (!xml_is(id->parent, "MessageHeader"))
		return;                        /* it speaks of another letter */
	const struct field *number = NULL, *symbol = NULL, *day = NULL;
	for (int i = 0; i < m->l->fields.n; i++) {
		const struct field *f = &m->l->fields.at[i];
		if (f->document != m->document)
			continue;
		number = strcmp(f->name, "number") == 0 ? f : number;
		symbol = strcmp(f->name, "symbol") == 0 ? f : symbol;
		day = strcmp(f->name, "date") == 0 ? f : day;
	}
	if (number == NULL || symbol == NULL || day == NULL)
		return;
	char *own_code = format_text(m->mem, "%s/%s", number->read.value, symbol->read.value);
	if (strcmp(own_code, code) != 0 || strcmp(day->read.value, date) != 0)
		tell(m, "2_extract/edxml-id-differs", WARN, LAW,
		     format_text(m->mem,
				 "Mã văn bản (DocumentId) ghi %s ngày %s, còn phần thông tin ghi %s ngày %s.",
				 code, date, own_code, day->read.value),
		     format_text(m->mem, "The DocumentId says %s of %s, the header says %s of %s.", code,
				 date, own_code, day->read.value));
}

/* Recall, update and replacement concern a letter sent before: a person must act on it. */
static void read_business(struct reading *m, const xmlNode *list)
{
	static const struct { const char *code, *rule; enum severity severity; const char *vi, *en;
	} kinds[] = {
		{ "1", "2_extract/edxml-recall", HOLD, "Thông điệp thu hồi một văn bản đã gửi",
		  "The message recalls a letter sent before" },
		{ "2", "2_extract/edxml-update", WARN, "Thông điệp cập nhật một văn bản đã gửi",
		  "The message updates a letter sent before" },
		{ "3", "2_extract/edxml-replacement", HOLD, "Văn bản này thay thế văn bản đã gửi",
		  "This letter replaces letters sent before" },
	};
	const xmlNode *business = xml_child(list, "Bussiness");        /* the standard's own spelling */
	if (business == NULL)
		business = xml_child(list, "Business");
	char *type = line_of(m, business, "BussinessDocType"),
	     *reason = line_of(m, business, "BussinessDocReason");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].code, type) != 0)
			continue;
		char *which = line_of(m, xml_below(business, "ReplacementInfo"), "DocumentId");
		tell(m, kinds[i].rule, kinds[i].severity, "Nghị định số 30/2020/NĐ-CP, Điều 18",
		     format_text(m->mem, "%s%s%s%s%s.", kinds[i].vi, *which != 0 ? ": " : "", which,
				 *reason != 0 ? " – lý do: " : "", reason),
		     format_text(m->mem, "%s%s%s%s%s.", kinds[i].en, *which != 0 ? ": " : "", which,
				 *reason != 0 ? "; reason: " : "", reason));
	}
	static const struct naming of_business[] = { { "BussinessDocType", "business_type" },
		{ "BussinessDocReason", "business_reason" }, { "Paper", "paper" }, { "DocumentId", "business_document" }, { NULL, NULL } };
	static const struct naming of_receiver[] = { { "ReceiverType", "receiver_type" }, { NULL, NULL } };
	for (const struct naming *k = of_business; k->element != NULL; k++)
		add(m, k->name, xml_child(business, k->element), NULL);
	for (const xmlNode *n = xml_child(xml_below(business, "ReceiverList"), "Receiver"); n != NULL;
	     n = xml_next(n, "Receiver"))
		add_attrs(m, add(m, "receivers", xml_child(n, "OrganId"), NULL), n, of_receiver);
	for (const xmlNode *n = xml_child(xml_child(business, "ReplacementInfoList"), "ReplacementInfo"); n != NULL;
	     n = xml_next(n, "ReplacementInfo")) {
		struct field *f = add(m, "replaces", xml_child(n, "DocumentId"), NULL);
		struct buffer bodies = { .mem = m->mem };
		for (const xmlNode *o = xml_child(xml_child(n, "OrganIdList"), "OrganId"); o != NULL;
		     o = xml_next(o, "OrganId"))
			buffer_format(&bodies, "%s%s", bodies.len > 0 ? ", " : "", xml_line(m->mem, o));
		if (f != NULL)
			field_add_attr(m->l, f, "organ_ids", bodies.text);
	}
	read_staff(m, business);
	if (xml_child(business, "DocumentId") != NULL)
		check_id(m, xml_child(business, "DocumentId"));
	for (const xmlNode *t = xml_child(list, "TraceHeader"); t != NULL; t = xml_next(t, "TraceHeader")) {
		check_organ(m, t);
		date_from(m, xml_child(t, "Timestamp"));
		char *id = line_of(m, t, "OrganId");
		bool named = *id != 0 && strcasecmp(id, "null") != 0;
		struct field *f = add(m, "trace", xml_child(t, named ? "OrganId" : "Timestamp"), NULL);
		if (f != NULL)
			field_add_attr(m->l, f, "time", line_of(m, t, "Timestamp"));
	}
}

static bool read_status(struct reading *m)
{
	static const struct { const char *code; bool refused; const char *vi, *en; } codes[] = {
		{ "01", false, "đã đến", "arrived" }, { "02", true, "từ chối tiếp nhận", "refused" },
		{ "03", false, "đã tiếp nhận", "received" }, { "04", false, "đã phân công", "assigned" },
		{ "05", false, "đang xử lý", "in work" }, { "06", false, "hoàn thành", "done" },
		{ "13", true, "yêu cầu lấy lại", "recall asked" }, { "15", false, "đồng ý", "agreed" },
		{ "16", true, "từ chối yêu cầu cập nhật hoặc lấy lại", "update or recall refused" },
	};
	const xmlNode *status = xml_child(m->header, "StatusCode");
	if (status == NULL)
		return false;
	char *code = xml_line(m->mem, status), *what = line_of(m, m->header, "Description");
	char *about = line_of(m, xml_child(m->header, "ResponseFor"), "Code");
	const char *vi = "mã không có trong quy chuẩn", *en = "a code the standard does not have";
	enum severity severity = WARN;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strcmp(codes[i].code, code) == 0) {
			vi = codes[i].vi;
			en = codes[i].en;
			severity = codes[i].refused ? WARN : NOTE;
		}
	add(m, "status_code", status, NULL);
	tell(m, "2_extract/edxml-status", severity, LAW,
	     format_text(m->mem, "Thông điệp trạng thái %s (%s) về văn bản %s: %s", code, vi, about, what),
	     format_text(m->mem, "Status message %s (%s) about letter %s: %s", code, en, about, what));
	if (*what != 0)
		add(m, "subject", xml_child(m->header, "Description"), NULL);
	date_from(m, xml_child(m->header, "Timestamp"));
	add(m, "timestamp", xml_child(m->header, "Timestamp"), NULL);
	read_staff(m, m->header);
	return true;
}

static void tell_missing(struct reading *m)
{
	static const char *const must[][2] = { { "From", NULL }, { "To", NULL }, { "DocumentId", NULL },
		{ "Code", "CodeNumber" }, { "Code", "CodeNotation" }, { "PromulgationInfo", "Place" },
		{ "PromulgationInfo", "PromulgationDate" }, { "DocumentType", "TypeName" }, { "Subject", NULL },
		{ "SignerInfo", "FullName" }, { "From", "OrganName" } };
	struct buffer names = { .mem = m->mem };
	for (size_t i = 0; i < sizeof must / sizeof *must; i++) {
		const xmlNode *n = xml_child(m->header, must[i][0]);
		n = must[i][1] != NULL ? xml_child(n, must[i][1]) : n;
		if (n == NULL || *xml_line(m->mem, n) == 0)
			buffer_format(&names, "%s%s%s%s", names.len > 0 ? ", " : "", must[i][0],
				      must[i][1] != NULL ? "/" : "", must[i][1] != NULL ? must[i][1] : "");
	}
	if (names.len > 0)
		tell(m, "2_extract/edxml-missing", WARN, LAW,
		     format_text(m->mem, "Thông điệp thiếu: %s.", names.text),
		     format_text(m->mem, "The message lacks: %s.", names.text));
}

/* What a person sees of the message: its fields, one a line, as the page of the document. */
static void add_page(struct reading *m)
{
	struct buffer text = { .mem = m->l };
	for (int i = 0; i < m->l->fields.n; i++) {
		const struct field *f = &m->l->fields.at[i];
		if (f->document == m->document)
			buffer_format(&text, "%s: %s\n", f->name, f->read.value);
	}
	struct page *p = reader_add_page(m->l, m->part, 1, FROM_XML);
	p->text = text.text != NULL ? text.text : copy_text(m->l, "");
}

static bool bid(const struct part *p)
{
	return text_same(p->media, "application/vnd.edxml+xml");
}

/* 1_ingest told what is wrong with XML that cannot be read; nothing is said twice. */
static void read(struct letter *l, int part, struct tables *tables)
{
	(void)tables;
	struct reading m = { .l = l, .mem = talloc_new(l), .part = part, .document = l->documents.n };
	enum xml_trouble trouble;
	size_t stray;
	char *why;
	struct bytes b = xml_begin(letter_find_part(l, part)->bytes, &stray);
	xmlDoc *doc = xml_read(m.mem, b, MAX_EDXML, &trouble, &why);
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	m.header = xml_below(root, "MessageHeader");
	if (m.header == NULL) {
		if (doc != NULL)
			tell(&m, "2_extract/edxml-no-header", HOLD, LAW,
			     "Thông điệp edXML không có phần thông tin (MessageHeader); cần người xem.",
			     "The edXML message has no MessageHeader; a person must look.");
		talloc_free(m.mem);
		return;
	}
	struct document *d = letter_add_document(l);
	d->part = part;
	d->first_page = d->last_page = 1;
	d->text_source = copy_text(l, "xml");
	read_bodies(&m);
	bool status = read_status(&m);
	if (!status)
		read_code(&m);
	read_rest(&m);
	read_others(&m);
	read_attachments(&m, root);
	read_business(&m, xml_below(root, "TraceHeaderList"));
	if (!status) {
		tell_missing(&m);
		check_id(&m, xml_child(m.header, "DocumentId"));
	}
	add_page(&m);
	talloc_free(m.mem);
}

const struct reader reader_edxml = { .name = "edxml", .bid = bid, .read = read };
