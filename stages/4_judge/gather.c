/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gather.c - the lists of a batch of letters, and the certificates that signed them. See gather.h.
 *
 *     lists of the batch's own letters ─▶ lists of earlier nights, newest first ─▶ certificates only seen in signatures
 *
 * A certificate stands where it was listed first in that order. A letter whose signature fails is refused, and
 * so is its list. What a signature tells is taken only of one that holds and whose path was not found bad.
 */
#include "gather.h"
#include "stage.h"
#include "standing.h"
#include "text.h"
#include <fnmatch.h>
#include <string.h>

static const char *cell_of(void *with, const char *column)
{
	return request_cell(with, column);
}

static void say(struct letter *l, int request, const char *rule, enum severity severity, const char *vi, const char *en)
{
	const struct request *r = &l->requests.at[request];
	struct finding *f = letter_finding(l, rule, severity, NULL,
		format_text(l, "Dòng %d của danh sách chứng thư số: %s", r->row, vi),
		format_text(l, "Row %d of the list of certificates: %s", r->row, en));
	finding_evidence(l, f, format_text(l, "request:%d", request + 1),
			 r->cells.n > 0 ? &r->cells.at[0].read.place : NULL);
}

static void say_bad(struct letter *l, int request, const char *vi, const char *en)
{
	say(l, request, "4_judge/bad-row", HOLD,
	    format_text(l, "%s. Dòng này không được xét; đề nghị sửa và gửi lại.", vi),
	    format_text(l, "%s. It was left out; correct it and send it again.", en));
}

static void say_assigned(struct letter *l, int request, bool good)
{
	if (good || l->known)
		return;
	const struct request *r = &l->requests.at[request];
	struct finding *f = letter_finding(l, "4_judge/assigned-differently", HOLD, NULL,
		format_text(l, "Dòng %d của danh sách phân công: hộp thư %s đã được phân công khác ở một dòng ở trên; cả hai không được "
			    "tính, đề nghị giữ dòng đúng.", r->row, request_cell(r, "email")),
		format_text(l, "Row %d of the assignments: a row above says otherwise of mailbox %s; neither counts, keep the right one.",
			    r->row, request_cell(r, "email")));
	finding_evidence(l, f, format_text(l, "request:%d", request + 1), r->cells.n > 0 ? &r->cells.at[0].read.place : NULL);
}

/* Two lists of one night: the first stands. */
static void say_listed(struct letter *l, int request, const struct cert *c, const struct letter *by)
{
	const char *to = request_cell(&l->requests.at[request], "valid_to");
	char *day = to != NULL ? grammar_date_listed(l, to, DAY_FIRST) : NULL;
	if (to == NULL || *to == 0 || text_same(day, c->valid_to))
		return;
	say(l, request, "4_judge/listed-differently", WARN,
	    format_text(l, "chứng thư %s có ngày hết hạn %s, khác với %s trong danh sách %s; đang xét theo danh sách đó, "
			"đề nghị đối chiếu.", c->key, to, c->valid_to, by->name),
	    format_text(l, "certificate %s is valid until %s here and until %s in the list %s, which was taken; compare them.",
			c->key, to, c->valid_to, by->name));
}

static bool is_refused(const struct letter *l)
{
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		if (s->indication == TOTAL_FAILED || s->intact == NO || s->valid == NO)
			return true;
	}
	return false;
}

/* Declared whole, and read to its end. */
static bool is_whole(const struct letter *l)
{
	for (int i = 0; i < l->findings.n; i++)
		if (text_same(l->findings.at[i].rule, "2_extract/sheet-too-long"))
			return false;
	const struct texts *names = &l->settings->whole_lists;
	for (int i = 0; i < names->n; i++)
		if (l->name != NULL && fnmatch(names->at[i], l->name, 0) == 0)
			return true;
	return false;
}

/* A body that has no certificate is heard of: a row of a list says so, its own letter (which it cannot sign with what it
 * does not have), or a signed letter of another. */
static bool hear_none(struct letter *l, int request, const struct registry *registry, struct heard *h)
{
	const struct request *r = &l->requests.at[request];
	const char *name = request_cell(r, "org_name");
	bool in_list = r->cells.n > 0 && r->cells.at[0].read.place.source == FROM_SHEET;
	const struct field *agency = letter_find_field(l, "agency");
	void *mem = talloc_new(l);
	const char *why;
	bool its_own = name != NULL && agency != NULL && units_compare(registry, name, agency->read.value, &why) == SAME_YES;
	if (name == NULL || (!in_list && !its_own && l->signatures.n == 0)) {
		talloc_free(mem);
		return false;
	}
	const struct field *parent = letter_find_field(l, "parent_agency");
	const struct standing *st = standing_of_name(mem, registry, name, parent != NULL ? parent->read.value : NULL, l->settings->province);
	bool clear = strcmp(st->class, "commune") == 0 && strcmp(st->identity, "clear") == 0;
	if (clear)
		heard_row(h, st);
	else if (!l->known)
		say(l, request, "4_judge/none-of-whom", WARN,
		    format_text(l, "không rõ \"%s\", nơi khai không có chứng thư số, là đơn vị cấp xã nào; đề nghị ghi kèm huyện, tỉnh.", name),
		    format_text(l, "it is not clear which commune \"%s\" is, which says that it has no certificate; name its district and province.",
				name));
	talloc_free(mem);
	return clear;
}

static void read_lists(const struct batch *b, int i, struct inventory *v, struct heard *h)
{
	struct letter *l = b->letters.at[i];
	int rows = 0;
	heard_begin(h);
	for (int k = 0; k < l->requests.n; k++) {
		struct request *r = &l->requests.at[k];
		struct row_fault fault;
		if (strcmp(r->form, "assignment-list") == 0)
			say_assigned(l, k, inventory_assign(v, cell_of, r, i + 1));
		if (strcmp(r->form, "no-certificate") == 0)
			rows += hear_none(l, k, inventory_registry(v), h);
		if (strcmp(r->form, "certificate-list") != 0 || r->row <= 0)
			continue;
		bool added = inventory_add(v, cell_of, r, r->row, i + 1, k + 1, &fault);
		int at = added ? inventory_count(v) - 1 : fault.vi == NULL ? inventory_find(v, request_cell(r, "serial")) : -1;
		if (!added && fault.vi != NULL && !l->known)
			say_bad(l, k, fault.vi, fault.en);
		if (added && fault.vi != NULL && !l->known)
			say(l, k, "4_judge/row-in-part", WARN, fault.vi, fault.en);
		if (at < 0)
			continue;
		if (!added && !l->known)
			say_listed(l, k, inventory_at(v, at), b->letters.at[inventory_at(v, at)->letter - 1]);
		heard_row(h, inventory_at(v, at)->standing);
		rows++;
	}
	if (rows > 0)
		heard_end(h, l, is_whole(l));
}

static void read_signatures(const struct letter *l, int letter, struct inventory *v)
{
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		bool holds = s->intact == YES && s->valid == YES && s->trusted != NO && s->indication != TOTAL_FAILED
			&& !text_same(s->sub_indication, "NO_CERTIFICATE_CHAIN_FOUND") && !text_same(s->format, "DocTimeStamp");
		if (holds)
			inventory_add_seen(v, &s->signer, letter, i + 1);
	}
}

void gather(const struct batch *b, struct inventory *v, struct heard *h)
{
	for (int i = 0; i < b->letters.n; i++)
		if (!is_refused(b->letters.at[i]))
			read_lists(b, i, v, h);
	for (int i = 0; i < b->letters.n; i++)
		if (!is_refused(b->letters.at[i]))
			read_signatures(b->letters.at[i], i + 1, v);
	inventory_link(v);
}
