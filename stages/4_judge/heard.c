/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * heard.c - whose certificates have been listed. See heard.h.
 */
#include "heard.h"
#include "stage.h"
#include "standing.h"
#include "text.h"
#include <string.h>

enum { UBND = 1, HDND = 2, BODIES = 3 };

struct heard {
	const struct registry *registry;
	bool all;
	unsigned char *units, *districts, *provinces;  /* bits of bodies, by the registry's indices */
	unsigned char *named;                  /* units in the list that is being read */
	int district, province;                /* for which its sender speaks; -1 none */
};

struct heard *heard_new(const void *mem, const struct registry *r)
{
	struct heard *h = new_zero(mem, struct heard);
	h->registry = r;
	h->units = new_array(h, unsigned char, (size_t)units_count(r) + 1);
	h->named = new_array(h, unsigned char, (size_t)units_count(r) + 1);
	h->districts = new_array(h, unsigned char, (size_t)units_districts(r) + 1);
	h->provinces = new_array(h, unsigned char, (size_t)units_provinces(r) + 1);
	return h;
}

static unsigned char bit_of(const char *body)
{
	return text_same(body, "HDND") ? HDND : UBND;
}

void heard_all(struct heard *h) { h->all = true; }
bool heard_everything(const struct heard *h) { return h->all; }

bool heard_of(const struct heard *h, const char *body, int unit)
{
	const struct unit *u = units_at(h->registry, unit);
	unsigned char bits = h->units[unit];
	if (u->district >= 0)
		bits |= h->districts[u->district];
	if (u->province >= 0)
		bits |= h->provinces[u->province];
	return h->all || (bits & bit_of(body)) != 0;
}

/* The agencies that NĐ 68/2024 Đ34 k1 lets manage certificates in a province, and its own head. */
static bool manages_province(const struct standing *st)
{
	static const char *const cores[] = { "so khoa hoc va cong nghe", "so thong tin va truyen thong" };
	if (strcmp(st->class, "province") == 0)
		return true;
	for (size_t i = 0; strcmp(st->class, "department") == 0 && i < sizeof cores / sizeof *cores; i++)
		if (strcmp(st->core, cores[i]) == 0)
			return true;
	return strcmp(st->class, "department") == 0 && st->body != NULL && strncmp(st->body, "VP", 2) == 0;
}

/* For whom a sender of that name speaks: itself, its district, its province. */
static void speak_for(struct heard *h, const struct standing *st)
{
	if (strcmp(st->identity, "clear") != 0)
		return;
	if ((strcmp(st->class, "commune") == 0 || strcmp(st->class, "commune-office") == 0)
	    && st->unit < units_count(h->registry))
		h->units[st->unit] = BODIES;
	else if (strcmp(st->class, "district") == 0)
		h->district = st->district;
	else if (manages_province(st))
		h->province = st->province;
}

/* A body's seal says who sends, then the letter's head, which is believed of a signed letter only. */
static void find_sender(struct heard *h, const struct letter *l)
{
	void *mem = talloc_new(h);
	const struct field *agency = letter_find_field(l, "agency"), *parent = letter_find_field(l, "parent_agency");
	h->district = h->province = -1;
	for (int i = 0; i < l->signatures.n; i++) {
		const struct certificate *c = &l->signatures.at[i].signer;
		if (c->cn != NULL && c->subject != NULL && name_is_body(c->cn))
			speak_for(h, standing_of_subject(mem, h->registry, c->cn, c->subject));
	}
	if (agency != NULL && l->signatures.n > 0)
		speak_for(h, standing_of_name(mem, h->registry, agency->read.value, parent != NULL ? parent->read.value : NULL,
					      l->settings->province));
	talloc_free(mem);
}

struct district_of { int all, named; };        /* its units, and those that the list names */

void heard_begin(struct heard *h) { memset(h->named, 0, (size_t)units_count(h->registry) + 1); }

void heard_row(struct heard *h, const struct standing *st)
{
	if (strcmp(st->class, "commune") != 0 || strcmp(st->identity, "clear") != 0 || st->unit >= units_count(h->registry))
		return;
	h->units[st->unit] |= bit_of(st->body);
	h->named[st->unit] = 1;
}

/* A list of the district's or the province's agency is taken for the whole of each district of which it names at
 * least half the units; a list of three rows that was sent after another is not. */
void heard_end(struct heard *h, const struct letter *l, bool whole)
{
	int n = units_count(h->registry);
	find_sender(h, l);
	if (!whole && h->district < 0 && h->province < 0)
		return;
	struct district_of *of = new_array(h, struct district_of, (size_t)units_districts(h->registry) + 1);
	for (int i = 0; i < n; i++) {
		const struct unit *u = units_at(h->registry, i);
		if (whole && h->named[i] && u->province >= 0)
			h->provinces[u->province] = BODIES;
		if (u->district >= 0) {
			of[u->district].all++;
			of[u->district].named += h->named[i];
		}
	}
	for (int i = 0; i < units_districts(h->registry); i++)
		if ((i == h->district || (h->province >= 0 && units_district(h->registry, i)->province == h->province))
		    && of[i].named > 0 && 2 * of[i].named >= of[i].all)
			h->districts[i] = BODIES;
	talloc_free(of);
}
