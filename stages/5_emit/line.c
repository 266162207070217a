/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * line.c - the cells of one line of a form.
 *
 * A line comes from a form that a letter carried (its cells are copied with their places) or from a decision on
 * a certificate of the inventory (its cells are the row's, what its subject shows, and what the decision says).
 * Nothing is guessed: what neither says stays blank.
 */
#include "compose.h"
#include "plan.h"
#include "text.h"
#include <string.h>

/* The reason as Mẫu 05 wants it in a cell; what is not here is told by the decision's own words. */
static const struct { const char *reason, *says; bool with_body; } reasons[] = {
	{ "NAME_OF_OTHER_KEPT", "Cơ quan, tổ chức được sáp nhập vào", true },
	{ "TWO_NAMESAKES_OTHER_KIND", "Cơ quan, tổ chức được sáp nhập vào", true },
	{ "NEW_NAME_NEW_ISSUE", "Cơ quan, tổ chức được sáp nhập thành", true },
	{ "NOT_CHOSEN", "Cơ quan, tổ chức được sáp nhập thành", true },
	{ "NEW_NAME", "Cơ quan, tổ chức được sáp nhập thành", true },
	{ "SHORT_VALIDITY_OTHERS_USABLE", "Cơ quan, tổ chức được sáp nhập thành", true },
	{ "PROVINCE_NAME_OF_OTHER_KEPT", "Cơ quan, tổ chức được sáp nhập vào", true },
	{ "DEPARTMENT_MERGED_MARCH_2025", "Cơ quan, tổ chức được sáp nhập vào", true },
	{ "NOT_CHOSEN", "Cơ quan, tổ chức được sáp nhập thành", true },
	{ "DISTRICT_ABOLISHED", "Cơ quan, tổ chức kết thúc hoạt động, không còn cấp huyện", false },
	{ "LEFT_OR_RETIRED", "Thuê bao nghỉ hưu, thôi việc, không còn nhu cầu sử dụng", false },
};

static const char *cell(const struct request *r, const char *name)
{
	const char *value = r != NULL ? request_cell(r, name) : NULL;
	return value != NULL && *value != 0 ? value : NULL;
}

const char *line_kind(const struct line *l)
{
	if (cell(l->row, "cert_kind") != NULL)
		return cell(l->row, "cert_kind");
	if (cell(l->request, "identity") != NULL)
		return "person";
	bool agency = cell(l->request, "tax_code") != NULL || cell(l->request, "budget_code") != NULL
		|| house_knows(cell(l->request, "holder_name")) || cell(l->request, "org_name") != NULL;
	return agency ? "agency" : NULL;
}

static const char *subject(const struct line *l) { return cell(l->row, "subject_dn"); }

/* Above the holder in the subject: the nearest of the chain OU, else O. NULL: the subject shows none. */
static char *superior(const void *mem, const struct line *l)
{
	const char *own = cell(l->row, "holder_name");
	char *own_key = text_strong(mem, own != NULL ? own : ""), *above;
	for (int i = 0; (above = subject_find(mem, subject(l), "OU", NULL, i)) != NULL; i++)
		if (strcmp(text_strong(mem, above), own_key) != 0)
			return above;
	above = subject_find(mem, subject(l), "O", NULL, 0);
	return above != NULL && strcmp(text_strong(mem, above), own_key) != 0 ? above : NULL;
}

/* The province of a certificate by its subject, as it is called after 01/07/2025; NULL: not shown. */
const char *line_province(struct plan *p, const struct line *l)
{
	if (p->batch->settings->province != NULL) {
		const char *asked = province_now(p->tables, p->batch->settings->province);
		return asked != NULL ? asked : p->batch->settings->province;
	}
	static const char *const types[] = { "L", "ST", "S" };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		char *name = subject_find(p, subject(l), types[i], NULL, 0);
		const char *now = name != NULL ? province_now(p->tables, name) : NULL;
		if (now != NULL)
			return now;
	}
	const struct field *parent = letter_find_field(l->letter, "parent_agency"),
			   *agency = letter_find_field(l->letter, "agency");
	const char *const bodies[] = { subject_find(p, subject(l), "O", NULL, 0),
		parent != NULL ? parent->read.value : NULL, agency != NULL ? agency->read.value : NULL };
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		char *seat = bodies[i] != NULL ? seat_of(p, bodies[i]) : NULL;
		const char *now = seat != NULL ? province_now(p->tables, seat) : NULL;
		if (now != NULL)
			return now;
	}
	return NULL;
}

static char *province_committee(struct plan *p, const struct line *l)
{
	return l->province != NULL ? committee_of(p, l->province) : NULL;
}

/* The district level ended on 01/07/2025 (Luật Tổ chức chính quyền địa phương 2025): its bodies sign no more. */
static bool has_ended(const struct plan *p, const char *agency)
{
	static const char *const kinds[] = { " huyện ", " quận ", " thị xã " };
	if (strcmp(p->day, "2025-07-01") < 0)
		return false;
	void *work = talloc_new(NULL);
	char *low = text_lower(work, agency);
	bool ended = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		ended = ended || strstr(low, kinds[i]) != NULL;
	talloc_free(work);
	return ended;
}

char *line_agency(struct plan *p, const struct line *l)
{
	const struct decision *d = l->decision;
	const char *kind = line_kind(l), *body = d != NULL ? d->successor_body : NULL;
	const struct field *sender = letter_find_field(l->letter, "agency");
	bool has_body = body != NULL && *body != 0;
	char *above = NULL;
	if (kind != NULL && strcmp(kind, "agency") == 0) {
		if (d != NULL && text_same(d->reason, "PARENT_CHANGED") && has_body)
			return copy_text(p, body);
		above = province_committee(p, l);
		above = above != NULL ? above : superior(p, l);
	} else if (has_body) {
		above = copy_text(p, body);
	} else if (sender == NULL || l->request == l->row) {
		const char *office = cell(l->row, "org_name");
		above = office != NULL ? copy_text(p, office) : superior(p, l);
	}
	if (above == NULL && sender != NULL)
		above = copy_text(p, sender->read.value);
	char *committee = above != NULL && has_ended(p, above) ? province_committee(p, l) : NULL;
	return committee != NULL ? committee : above;
}

static int column_at(const struct form *f, const char *name)
{
	for (int i = 0; i < f->columns.n; i++)
		if (strcmp(f->columns.at[i].name, name) == 0)
			return i;
	return -1;
}

/* What stands already is not replaced: a request's own words come before the inventory's. */
static void put(struct plan *p, struct line *l, const char *name, const char *value, const char *how,
		const struct letter *letter, const struct value *read)
{
	int i = column_at(l->form, name);
	if (i < 0 || value == NULL || *value == 0 || l->values[i].value != NULL)
		return;
	l->values[i] = (struct line_value){ text_line(p, value), how, letter, read };
}

static void copy_cells(struct plan *p, struct line *l, const struct letter *letter, const struct request *r)
{
	for (int i = 0; r != NULL && i < r->cells.n; i++) {
		const struct cell *c = &r->cells.at[i];
		put(p, l, c->name, c->read.value, "read", letter, &c->read);
	}
}

static const struct value *subject_place(const struct line *l)
{
	for (int i = 0; l->row != NULL && i < l->row->cells.n; i++)
		if (strcmp(l->row->cells.at[i].name, "subject_dn") == 0)
			return &l->row->cells.at[i].read;
	return NULL;
}

static void shown_in_subject(struct plan *p, struct line *l)
{
	const struct value *at = subject_place(l);
	put(p, l, "holder_name", subject_find(p, subject(l), "CN", NULL, 0), "subject", l->row_letter, at);
	put(p, l, "tax_code", subject_find(p, subject(l), "UID", "MST:", 0), "subject", l->row_letter, at);
	put(p, l, "budget_code", subject_find(p, subject(l), "UID", "MNS:", 0), "subject", l->row_letter, at);
	put(p, l, "workplace", superior(p, l), "subject", l->row_letter, at);
}

static char *reason_text(struct plan *p, const struct decision *d)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (!text_same(reasons[i].reason, d->reason))
			continue;
		if (!reasons[i].with_body)
			return copy_text(p, reasons[i].says);
		if (d->successor_body != NULL && *d->successor_body != 0)
			return format_text(p, "%s %s", reasons[i].says, d->successor_body);
	}
	return copy_text(p, d->says);
}

/* What the subject says now, what it shall say: only what differs. */
static void changed(struct plan *p, struct line *l)
{
	const struct decision *d = l->decision;
	const char *kind = line_kind(l), *body = d->successor_body, *was = cell(l->row, "org_name");
	struct buffer old = { .mem = p }, now = { .mem = p };
	char *above = superior(p, l);
	if (body == NULL || *body == 0)
		return;
	if (kind != NULL && strcmp(kind, "person") == 0) {
		buffer_format(&old, "Cơ quan công tác: %s", was != NULL ? was : above);
		buffer_format(&now, "Cơ quan công tác: %s", body);
	} else if (text_same(d->reason, "PARENT_CHANGED")) {
		buffer_format(&old, "Cơ quan cấp trên: %s", above);
		buffer_format(&now, "Cơ quan cấp trên: %s", body);
	} else {
		const char *holder = was != NULL ? was : cell(l->request, "holder_name");
		bool renamed = holder == NULL || strcmp(text_strong(p, holder), text_strong(p, body)) != 0;
		bool moved = above != NULL && l->agency != NULL
			&& strcmp(text_strong(p, above), text_strong(p, l->agency)) != 0;
		if (renamed) {
			buffer_format(&old, "Tên cơ quan, tổ chức: %s", holder);
			buffer_format(&now, "Tên cơ quan, tổ chức: %s", body);
		}
		if (moved) {
			buffer_format(&old, "%sCơ quan cấp trên: %s", renamed ? "; " : "", above);
			buffer_format(&now, "%sCơ quan cấp trên: %s", renamed ? "; " : "", l->agency);
		}
	}
	put(p, l, "info_old", old.text, "subject", l->row_letter, subject_place(l));
	put(p, l, "info_new", now.text, "decision", NULL, NULL);
}

static void decided(struct plan *p, struct line *l)
{
	const struct decision *d = l->decision;
	put(p, l, "reason", reason_text(p, d), "decision", NULL, NULL);
	if (text_same(d->action, "renew"))
		put(p, l, "renew", "x", "decision", NULL, NULL);
	if (!text_same(d->action, "change-info"))
		return;
	put(p, l, "change", "x", "decision", NULL, NULL);
	if (column_at(l->form, "info_new") >= 0)
		changed(p, l);
}

/* A new certificate is asked for in the name that the body, or the person's office, bears now. Of a body with a
 * new name its old mailbox and address say nothing (seed 001): they stay blank, and the row waits. */
static bool issued(struct plan *p, struct line *l)
{
	const struct decision *d = l->decision;
	const char *kind = line_kind(l), *was = cell(l->row, "org_name");
	if (d == NULL || !text_same(d->action, "issue"))
		return false;
	bool renamed = d->successor_body != NULL && *d->successor_body != 0
		&& (was == NULL || strcmp(text_strong(p, was), text_strong(p, d->successor_body)) != 0);
	put(p, l, "province", l->province, "subject", l->row_letter, subject_place(l));
	if (renamed) {
		put(p, l, "org_name", d->successor_body, "decision", NULL, NULL);
		put(p, l, "workplace", d->successor_body, "decision", NULL, NULL);
	}
	put(p, l, "old_serial", l->serial, "decision", NULL, NULL);
	return renamed && kind != NULL && strcmp(kind, "agency") == 0;
}

void line_fill(struct plan *p, struct line *l)
{
	l->values = new_array(p, struct line_value, (size_t)l->form->columns.n);
	if (issued(p, l))
		return;
	copy_cells(p, l, l->letter, l->request);
	copy_cells(p, l, l->row_letter, l->row);
	if (subject(l) != NULL)
		shown_in_subject(p, l);
	if (l->decision != NULL)
		decided(p, l);
}

static const char *value_of(const struct line *l, const char *column)
{
	int i = column_at(l->form, column);
	return i >= 0 ? l->values[i].value : NULL;
}

/* By the form, or by the one that came after it. */
static const char *asks(const struct line *l)
{
	static const struct { const char *form, *asks; } table[] = {
		{ "nd68-2024/mau-01", "issue" }, { "nd68-2024/mau-02", "issue" }, { "nd68-2024/mau-03", "issue" },
		{ "nd68-2024/mau-05", "revoke" }, { "nd68-2024/mau-06", "recover" },
	};
	const char *form = l->form->replaced_by != NULL ? l->form->replaced_by : l->form->id;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(form, table[i].form) == 0)
			return table[i].asks;
	if (strcmp(form, "nd68-2024/mau-04") != 0)
		return "tell";
	return value_of(l, "renew") == NULL ? "change" : value_of(l, "change") == NULL ? "renew" : "renew+change";
}

struct asked_line line_asked(const void *mem, const struct line *l)
{
	static const char *const names[] = { "holder_name", "org_name", NULL };
	const char *holder = NULL;
	for (int i = 0; names[i] != NULL && holder == NULL; i++)
		holder = value_of(l, names[i]);
	return (struct asked_line){
		.serial = copy_text(mem, l->serial), .form = copy_text(mem, l->form->id), .asks = copy_text(mem, asks(l)),
		.holder = copy_text(mem, holder), .email = copy_text(mem, value_of(l, "email")),
		.device = copy_text(mem, value_of(l, "device_serial")), .becomes = copy_text(mem, value_of(l, "info_new")),
		.deadline = copy_text(mem, l->decision != NULL ? l->decision->deadline : NULL),
		.agency = copy_text(mem, l->agency),
	};
}
