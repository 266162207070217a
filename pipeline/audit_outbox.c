/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit_outbox.c - the packages of an audit. See audit_outbox.h.
 *
 * 5_emit sees what it sees at night: a letter that holds the inventory, and decisions. Only rows that some form
 * needs become facts.
 */
#include "audit_outbox.h"
#include "outbox.h"
#include "say.h"
#include "text.h"
#include <string.h>

static void add_cell(struct letter *l, struct request *r, const struct cert *c, const char *name, const char *value)
{
	if (value == NULL || *value == 0)
		return;
	struct cell *cell = request_add_cell(l, r, name, value);
	cell->read.confidence = 1;
	cell->read.place = (struct place){ .part = 1, .source = FROM_SHEET, .path = format_text(l, "row %d", c->line) };
}

static void add_row(struct letter *l, const struct cert *c, int row)
{
	struct request *r = letter_add_request(l, "certificate-list", row);
	add_cell(l, r, c, "serial", c->serial);
	add_cell(l, r, c, "subject_dn", c->subject);
	add_cell(l, r, c, "org_name", c->org_name);
	add_cell(l, r, c, "org_code", c->org_code);
	add_cell(l, r, c, "holder_name", c->holder_name);
	add_cell(l, r, c, "title", c->title);
	add_cell(l, r, c, "email", c->email);
	add_cell(l, r, c, "cert_kind", c->kind);
	add_cell(l, r, c, "valid_from", c->valid_from);
	add_cell(l, r, c, "valid_to", c->valid_to);
	add_cell(l, r, c, "device_serial", c->device_serial);
}

/* The packages made so far go to the supervisor. */
static void send_on(struct batch *b)
{
	struct batch *back = b->send_with;
	back->outputs.at = b->outputs.at;
	back->outputs.n = b->outputs.n;
	if (back->send != NULL)
		back->send(back);
}

void audit_emit(const struct audit *a, const struct options *o, struct bytes inventory, struct batch *back)
{
	struct batch *b = batch_new(NULL, &o->settings);
	const char *slash = strrchr(o->inventory, '/');
	struct letter *l = batch_add_letter(b, letter_new(b, &o->settings, slash != NULL ? slash + 1 : o->inventory));
	letter_add_part(l, 0, l->name, inventory);
	l->sha256 = l->parts.at[0].sha256;
	for (int i = 0; i < inventory_count(a->inventory); i++) {
		*batch_add_decision(b) = a->decisions[i];
		if (a->decisions[i].form != NULL || strcmp(a->decisions[i].action, "keep") != 0)
			add_row(l, inventory_at(a->inventory, i), i + 1);
	}
	b->send = send_on;
	b->send_with = back;
	stage_emit.run_batch(b);
	send_on(b);
	back->findings.at = b->findings.at;
	back->findings.n = b->findings.n;
}

int audit_place(const struct options *o, struct batch *back)
{
	struct outbox to = { .folder = o->outbox };
	int worst = 0;
	for (int i = 0; i < back->findings.n; i++)
		worst += back->findings.at[i].severity >= HOLD;
	int code = outbox_place(&to, back, back);
	if (worst > 0)
		say(o->lang == LANG_EN ? "%d lines wait for a person; see worksheet.xlsx"
				       : "%d dòng còn chờ người xem; xem worksheet.xlsx", worst);
	return code;
}
