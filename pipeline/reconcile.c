/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reconcile.c - what was asked, held against what was answered. See reconcile.h.
 *
 * Lines are found through one sorted index of what names them: the key of their certificate, its mailbox, its
 * holder, the names it shall bear. The checks of one certificate stand in reconcile_check.c.
 */
#include "reconcile.h"
#include "reconcile_check.h"
#include "record.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct listed { char *serial, *valid_to; };            /* a row of an inventory the ledger took in */
struct entry { char *name; int line; };                /* of the index */
struct revoked { const char *serial, *date, *reason, *source, *object; };
struct row_answer { const char *serial; struct fresh fresh; };

struct reconcile {
	struct ledger *ledger;
	time_t at;
	LIST(struct awaited) lines;
	LIST(struct entry) index;
	LIST(struct listed) listed;
	struct texts serials;
	LIST(struct fresh) fresh;              /* certificates of the answers */
	LIST(struct revoked) revoked;
	LIST(struct row_answer) rows;          /* of exports */
	bool has_list, has_crl;
	const char *list_source, *list_object;
	LIST(struct reconciled) results;
};

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }
static int by_listed(const void *a, const void *b)
{
	return strcmp(((const struct listed *)a)->serial, ((const struct listed *)b)->serial);
}
static int by_entry(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order != 0 ? order : x->line - y->line;
}
static int by_row(const void *a, const void *b)
{
	return strcmp(((const struct row_answer *)a)->serial, ((const struct row_answer *)b)->serial);
}

/* What the ledger knows ------------------------------------------------------------------------------- */

static void load_lists(struct reconcile *r)
{
	for (struct row *row = ledger_ask(r->ledger, "SELECT record FROM letter WHERE instr(record, '\"certificate-list\"') > 0 "
					  "AND state IN ('5_emit', 'linked')", ""); row_next(row);) {
		struct letter *l = letter_new(r, NULL, NULL);
		char *why = NULL;
		const char *record = row_text(row, 0);
		if (record_read(l, record, strlen(record), &why))
			for (int i = 0; i < l->requests.n; i++) {
				const struct request *q = &l->requests.at[i];
				const char *serial = request_cell(q, "serial");
				if (!text_same(q->form, "certificate-list") || serial == NULL || *serial == 0)
					continue;
				struct listed *one = ADD(r, &r->listed);
				*one = (struct listed){ text_serial(r, serial), copy_text(r, request_cell(q, "valid_to")) };
			}
		talloc_free(l);
	}
	if (r->listed.n > 0)
		qsort(r->listed.at, (size_t)r->listed.n, sizeof *r->listed.at, by_listed);
}

static const char *listed_until(const struct reconcile *r, const char *serial)
{
	struct listed key = { .serial = (char *)(uintptr_t)serial };
	const struct listed *l = r->listed.n > 0 && serial != NULL
		? bsearch(&key, r->listed.at, (size_t)r->listed.n, sizeof key, by_listed) : NULL;
	return l != NULL ? l->valid_to : NULL;
}

static void load_lines(struct reconcile *r)
{
	static const char sql[] =
		"SELECT l.id, p.path, coalesce((SELECT status FROM package_event v WHERE v.package = p.id ORDER BY v.id DESC LIMIT 1), "
		"'drafted'), (SELECT happened FROM package_event v WHERE v.package = p.id AND status = 'submitted' ORDER BY v.id DESC "
		"LIMIT 1), l.number, l.serial, l.form, l.asks, l.holder, l.email, l.becomes, c.key, c.not_after, e.status, e.serial "
		"FROM package_line l JOIN package p ON p.id = l.package "
		"LEFT JOIN certificate c ON c.sha256 = (SELECT sha256 FROM certificate WHERE serial = serial_key(l.serial) LIMIT 1) "
		"LEFT JOIN line_event e ON e.id = (SELECT max(id) FROM line_event WHERE line = l.id) "
		"WHERE l.asks <> 'tell' ORDER BY p.path, l.number";
	for (struct row *row = ledger_ask(r->ledger, sql, ""); row_next(row);) {
		struct awaited *a = ADD(r, &r->lines);
		char *t[15];
		for (int i = 0; i < 15; i++)
			t[i] = copy_text(r, row_text(row, i));
		*a = (struct awaited){ .id = row_int(row, 0), .package = t[1], .state = t[2], .submitted = t[3],
			.number = (int)row_int(row, 4), .serial = t[5] != NULL ? text_serial(r, t[5]) : NULL, .form = t[6], .asks = t[7],
			.holder = t[8], .email = t[9], .becomes = t[10], .key = t[11], .not_after = t[12], .came = t[14] };
		a->done = text_same(t[13], "done");
		a->sent = strstr("submitted accepted fulfilled", a->state) != NULL;
		if (a->not_after == NULL)
			a->not_after = copy_text(r, listed_until(r, a->serial));
	}
}

struct reconcile *reconcile_new(const void *mem, struct ledger *ledger, time_t at)
{
	struct reconcile *r = new_zero(mem, struct reconcile);
	r->ledger = ledger;
	r->at = at;
	load_lists(r);
	load_lines(r);
	for (int i = 0; i < r->listed.n; i++)
		texts_add(r, &r->serials, r->listed.at[i].serial);
	for (int i = 0; i < r->lines.n; i++)
		if (r->lines.at[i].serial != NULL)
			texts_add(r, &r->serials, r->lines.at[i].serial);
	for (struct row *row = ledger_ask(ledger, "SELECT DISTINCT serial FROM decision WHERE serial IS NOT NULL", ""); row_next(row);)
		texts_add(r, &r->serials, text_serial(r, row_text(row, 0)));
	if (r->serials.n > 0)
		qsort(r->serials.at, (size_t)r->serials.n, sizeof *r->serials.at, by_text);
	return r;
}

const struct texts *reconcile_serials(const struct reconcile *r) { return &r->serials; }

static bool is_known(const struct reconcile *r, const char *serial)
{
	return r->serials.n > 0 && bsearch(&serial, r->serials.at, (size_t)r->serials.n, sizeof *r->serials.at, by_text) != NULL;
}

/* What the answers say -------------------------------------------------------------------------------- */

static struct reconciled *tell(struct reconcile *r, enum reconciled_kind kind, struct awaited *line, const char *serial,
			       const char *source, const char *object, char *vi, char *en)
{
	struct reconciled *one = ADD(r, &r->results);
	*one = (struct reconciled){ kind, line, serial, NULL, source, object, vi, en };
	return one;
}

static void take_certificate(struct reconcile *r, const struct request *q, const char *source, const char *object)
{
	struct fresh *f = ADD(r, &r->fresh);
	*f = (struct fresh){ .serial = request_cell(q, "serial"), .cn = request_cell(q, "cn"), .email = request_cell(q, "email"),
		.subject = request_cell(q, "subject"), .issuer = request_cell(q, "issuer"), .key = request_cell(q, "key"),
		.sha256 = request_cell(q, "sha256"), .not_before = request_cell(q, "not_before"),
		.not_after = request_cell(q, "not_after"), .proven = request_cell(q, "proven"), .source = source, .object = object };
	for (int i = 0; i < q->cells.n; i++)
		if (strstr(" cn o l ou ", format_text(r, " %s ", q->cells.at[i].name)) != NULL)
			texts_add(r, &f->names, q->cells.at[i].read.value);
}

/* Values of an RFC 4514 subject, without the types; escapes undone. */
static void subject_names(const void *mem, const char *subject, struct texts *names)
{
	struct buffer b = { .mem = mem };
	bool in_value = false;
	for (const char *c = subject != NULL ? subject : "";; c++) {
		if (*c == 0 || (in_value && (*c == ',' || *c == '+'))) {
			if (b.len > 0)
				texts_add(mem, names, text_line(mem, b.text));
			b.len = 0;
			in_value = false;
		} else if (!in_value) {
			in_value = *c == '=';
		} else {
			c += *c == '\\' && c[1] != 0;
			buffer_add(&b, c, 1);
		}
		if (*c == 0)
			return;
	}
}

static void take_row(struct reconcile *r, const struct request *q, const char *source, const char *object)
{
	struct row_answer *row = ADD(r, &r->rows);
	row->serial = request_cell(q, "serial");
	row->fresh = (struct fresh){ .serial = row->serial, .cn = request_cell(q, "holder"), .email = request_cell(q, "email"),
		.subject = request_cell(q, "subject"), .not_after = request_cell(q, "valid_to"), .source = source, .object = object,
		.from_list = true };
}

void reconcile_take(struct reconcile *r, const struct letter *l, const char *source, const char *object)
{
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *q = &l->requests.at[i];
		if (text_same(q->form, "answer-certificate")) {
			take_certificate(r, q, source, object);
		} else if (text_same(q->form, "answer-listed")) {
			take_row(r, q, source, object);
			r->has_list = true;
			r->list_source = source;
			r->list_object = object;
		} else if (text_same(q->form, "answer-crl")) {
			bool proven = text_same(request_cell(q, "proven"), "yes");
			r->has_crl = r->has_crl || proven;
			for (; !proven && i + 1 < l->requests.n && text_same(l->requests.at[i + 1].form, "answer-revoked");)
				i++;
			if (!proven)
				tell(r, RECONCILED_WRONG, NULL, NULL, source, object,
				     format_text(r, "Danh sách thu hồi của %s chưa chứng minh được là của Cục; không dùng. Đề nghị nhập chứng thư "
						 "của cơ quan chứng thực (--trust).", request_cell(q, "issuer")),
				     format_text(r, "The CRL of %s is not proven to be the authority's and is not used. Import the certificates of "
						 "the authority (--trust).", request_cell(q, "issuer")));
		} else if (text_same(q->form, "answer-revoked")) {
			struct revoked *one = ADD(r, &r->revoked);
			*one = (struct revoked){ request_cell(q, "serial"), request_cell(q, "date"), request_cell(q, "reason"), source,
						 object };
		}
	}
}

/* Which line is it? ----------------------------------------------------------------------------------- */

static void name_line(struct reconcile *r, char kind, const char *name, int line)
{
	if (name == NULL || *name == 0)
		return;
	struct entry *e = ADD(r, &r->index);
	*e = (struct entry){ format_text(r, "%c%s", kind, kind == 'n' ? text_strong(r, name)
					 : kind == 'm' ? text_lower(r, name) : name), line };
}

static void build_index(struct reconcile *r)
{
	for (int i = 0; i < r->lines.n; i++) {
		const struct awaited *a = &r->lines.at[i];
		name_line(r, 'k', a->key, i);
		name_line(r, 'm', a->email, i);
		name_line(r, 'n', a->holder, i);
		struct texts shall = check_becomes(r, a->becomes);
		for (int j = 0; j < shall.n; j++)
			name_line(r, 'n', shall.at[j], i);
	}
	if (r->index.n > 0)
		qsort(r->index.at, (size_t)r->index.n, sizeof *r->index.at, by_entry);
}

static void score(const struct reconcile *r, int *scores, char kind, const char *name, int points)
{
	if (name == NULL || *name == 0)
		return;
	void *work = talloc_new(NULL);
	char *key = format_text(work, "%c%s", kind, kind == 'n' ? text_strong(work, name) : kind == 'm' ? text_lower(work, name) : name);
	int low = 0, high = r->index.n, last = -1;
	while (low < high) {
		int middle = (low + high) / 2;
		if (strcmp(r->index.at[middle].name, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < r->index.n && strcmp(r->index.at[low].name, key) == 0; low++)
		if (r->index.at[low].line != last) {
			last = r->index.at[low].line;
			scores[last] += points;
		}
	talloc_free(work);
}

static bool gives_certificate(const struct awaited *a)
{
	return strcmp(a->asks, "revoke") != 0 && strcmp(a->asks, "recover") != 0;
}

/* The line that a new certificate fits best: by its key (4), its mailbox (2), its holder (1); two points are needed,
 * or the one of its name alone. NULL with *tie: several fit alike. */
static struct awaited *find_line(struct reconcile *r, const struct fresh *f, bool sent, bool *tie)
{
	int *scores = new_array(r, int, (size_t)r->lines.n + 1), best = 0, found = -1;
	score(r, scores, 'k', f->key, 4);
	score(r, scores, 'm', f->email, 2);
	score(r, scores, 'n', f->cn, 1);
	*tie = false;
	for (int i = 0; i < r->lines.n; i++) {
		const struct awaited *a = &r->lines.at[i];
		if (!gives_certificate(a) || a->sent != sent || a->settled || a->done || scores[i] == 0 || scores[i] < best)
			continue;
		*tie = scores[i] == best;
		best = scores[i];
		found = i;
	}
	talloc_free(scores);
	return found >= 0 && !*tie ? &r->lines.at[found] : NULL;
}

/* The certificate came of a line before, or is one that lines are about. */
static bool is_old(const struct reconcile *r, const struct fresh *f)
{
	for (int i = 0; i < r->lines.n; i++)
		if (text_same(r->lines.at[i].came, f->serial))
			return true;
	return is_known(r, f->serial);
}

static void compare_certificate(struct reconcile *r, const struct fresh *f)
{
	bool tie;
	if (!f->from_list && !text_same(f->proven, "yes")) {
		bool no = text_same(f->proven, "no");
		tell(r, RECONCILED_WRONG, NULL, f->serial, f->source, f->object,
		     format_text(r, no ? "Chứng thư %s không do cơ quan chứng thực ký (đường dẫn sai); không dùng."
				       : "Chứng thư %s chưa chứng minh được là của Cục; nhập chứng thư của cơ quan chứng thực (--trust) "
					 "rồi đối chiếu lại.", f->serial),
		     format_text(r, no ? "Certificate %s is not signed by the authority (its path is broken); not used."
				       : "Certificate %s is not proven to be the authority's; import its certificates (--trust) and run again.",
				 f->serial));
		return;
	}
	struct awaited *a = find_line(r, f, true, &tie);
	if (a != NULL) {
		struct check c = check_certificate(r, a, f, r->at);
		a->settled = true;
		tell(r, c.wrong ? RECONCILED_WRONG : RECONCILED_DONE, a, a->serial, f->source, f->object, c.vi, c.en)->new_serial = f->serial;
		return;
	}
	struct awaited *early = tie ? NULL : find_line(r, f, false, &tie);
	if (tie)
		tell(r, RECONCILED_WRONG, NULL, f->serial, f->source, f->object,
		     format_text(r, "Chứng thư %s (%s) hợp với nhiều dòng đề nghị; người có thẩm quyền xác định.", f->serial, f->cn),
		     format_text(r, "Certificate %s (%s) fits several lines; a person must say which.", f->serial, f->cn));
	else if (early != NULL)
		tell(r, RECONCILED_UNASKED, early, f->serial, f->source, f->object,
		     format_text(r, "Đã có chứng thư %s (%s) nhưng hồ sơ chưa được ghi là đã gửi.", f->serial, f->cn),
		     format_text(r, "There is certificate %s (%s), but the package is not marked as submitted.", f->serial, f->cn));
	else if (!f->from_list)
		tell(r, RECONCILED_UNASKED, NULL, f->serial, f->source, f->object,
		     format_text(r, "Chứng thư %s (%s) không do hồ sơ nào đề nghị.", f->serial, f->cn),
		     format_text(r, "No package asked for certificate %s (%s).", f->serial, f->cn));
}

/* Certificates of the answers that lines are about are the old ones: what new ones are compared with. */
static void learn_old(struct reconcile *r, const struct fresh *f)
{
	for (int i = 0; i < r->lines.n; i++) {
		struct awaited *a = &r->lines.at[i];
		if (!text_same(a->serial, f->serial) || !text_same(f->proven, "yes"))
			continue;
		a->key = copy_text(r, f->key);
		a->not_after = copy_text(r, f->not_after);
	}
}

/* Revocations ------------------------------------------------------------------------------------------ */

/* The line about this serial that counts for a revocation: a revocation first, then a change (the old one goes). */
static struct awaited *line_of(struct reconcile *r, const char *serial, bool revoke)
{
	struct awaited *found = NULL;
	for (int i = 0; i < r->lines.n; i++) {
		struct awaited *a = &r->lines.at[i];
		if (text_same(a->serial, serial) && (strcmp(a->asks, "revoke") == 0) == revoke && (found == NULL || a->sent))
			found = a;
	}
	return found;
}

static void compare_revoked(struct reconcile *r, const struct revoked *v)
{
	struct awaited *a = line_of(r, v->serial, true), *change = line_of(r, v->serial, false);
	if (strcmp(v->reason, "certificateHold") == 0 || strcmp(v->reason, "removeFromCRL") == 0) {
		tell(r, RECONCILED_NOTE, a, v->serial, v->source, v->object,
		     format_text(r, "Chứng thư %s chỉ bị tạm dừng, chưa thu hồi.", v->serial),
		     format_text(r, "Certificate %s is only on hold, not revoked.", v->serial));
	} else if (a != NULL && a->sent && !a->done && !a->settled) {
		a->settled = true;
		tell(r, RECONCILED_DONE, a, v->serial, v->source, v->object,
		     format_text(r, "Đã thu hồi lúc %s (%s).", v->date, v->reason), format_text(r, "Revoked at %s (%s).", v->date, v->reason));
	} else if (a != NULL && !a->sent) {
		tell(r, RECONCILED_UNASKED, a, v->serial, v->source, v->object,
		     format_text(r, "Đã bị thu hồi lúc %s nhưng hồ sơ chưa được ghi là đã gửi.", v->date),
		     format_text(r, "Revoked at %s, but the package is not marked as submitted.", v->date));
	} else if (a == NULL && (change == NULL || !(change->done || change->settled))) {
		tell(r, RECONCILED_UNASKED, change, v->serial, v->source, v->object,
		     format_text(r, "Chứng thư %s đã bị thu hồi lúc %s (%s) mà không có đề nghị thu hồi.", v->serial, v->date, v->reason),
		     format_text(r, "Certificate %s was revoked at %s (%s); nobody asked for that.", v->serial, v->date, v->reason));
	}
}

/* Exports ---------------------------------------------------------------------------------------------- */

static bool is_listed(const struct reconcile *r, const char *serial)
{
	struct row_answer key = { .serial = serial };
	return serial != NULL && r->rows.n > 0 && bsearch(&key, r->rows.at, (size_t)r->rows.n, sizeof key, by_row) != NULL;
}

/* Of the certificates that should still be there nine in ten are: then it is the whole list, and absence says something.
 * Those that ran out need not be in it, nor those that were to be changed (they have another serial now) or revoked. */
static bool is_whole_list(struct reconcile *r)
{
	int there = 0, should = 0;
	char *today = date_text(r, time_vn_day(r->at));
	for (int i = 0; i < r->listed.n; i++) {
		const struct listed *l = &r->listed.at[i];
		bool over = l->valid_to != NULL && strcmp(l->valid_to, today) < 0;
		struct awaited *change = line_of(r, l->serial, false);
		if (over || line_of(r, l->serial, true) != NULL || (change != NULL && change->sent))
			continue;
		should++;
		there += is_listed(r, l->serial);
	}
	if (should > 0 && there * 10 >= should * 9)
		return true;
	tell(r, RECONCILED_NOTE, NULL, NULL, r->list_source, r->list_object,
	     format_text(r, "Danh sách chỉ có %d trong %d chứng thư đã biết; chứng thư vắng mặt không được coi là đã thu hồi.", there, should),
	     format_text(r, "The list holds %d of %d certificates that are known; one that is absent is not taken as revoked.", there,
			 should));
	return false;
}

static void compare_absent(struct reconcile *r)
{
	for (int i = 0; i < r->lines.n; i++) {
		struct awaited *a = &r->lines.at[i];
		if (strcmp(a->asks, "revoke") != 0 || !a->sent || a->done || a->settled || is_listed(r, a->serial))
			continue;
		a->settled = true;
		tell(r, RECONCILED_DONE, a, a->serial, r->list_source, r->list_object,
		     format_text(r, "Không còn trong danh sách chứng thư mới của Cục."), format_text(r, "No longer in the authority's new list."));
	}
	int day_len = (int)strlen("YYYY-MM-DD");
	char *today = date_text(r, time_vn_day(r->at));
	for (int i = 0; i < r->listed.n; i++) {
		const struct listed *l = &r->listed.at[i];
		bool live = l->valid_to == NULL || strncmp(l->valid_to, today, (size_t)day_len) >= 0;
		if (live && !is_listed(r, l->serial) && line_of(r, l->serial, true) == NULL && line_of(r, l->serial, false) == NULL)
			tell(r, RECONCILED_UNASKED, NULL, l->serial, r->list_source, r->list_object,
			     format_text(r, "Chứng thư %s không còn trong danh sách mới mà không có đề nghị nào.", l->serial),
			     format_text(r, "Certificate %s is no longer in the new list; nobody asked for anything.", l->serial));
	}
}

static void compare_list(struct reconcile *r)
{
	int unknown = 0;
	const char *first = NULL;
	qsort(r->rows.at, (size_t)r->rows.n, sizeof *r->rows.at, by_row);
	for (int i = 0; i < r->rows.n; i++) {
		struct fresh *f = &r->rows.at[i].fresh;
		if (is_old(r, f))
			continue;
		int before = r->results.n;
		subject_names(r, f->subject, &f->names);
		texts_add(r, &f->names, f->cn != NULL ? f->cn : "");
		compare_certificate(r, f);
		unknown += r->results.n == before;
		first = first == NULL && r->results.n == before ? f->serial : first;
	}
	if (unknown > 0)
		tell(r, RECONCILED_UNASKED, NULL, first, r->list_source, r->list_object,
		     format_text(r, "Danh sách mới có %d chứng thư chưa từng biết và không do hồ sơ nào đề nghị (đầu tiên: %s).", unknown, first),
		     format_text(r, "The new list has %d certificates nobody knew and no package asked for (the first: %s).", unknown, first));
	if (is_whole_list(r))
		compare_absent(r);
}

/* ------------------------------------------------------------------------------------------------------ */

static void tell_open(struct reconcile *r)
{
	for (int i = 0; i < r->lines.n; i++) {
		struct awaited *a = &r->lines.at[i];
		if (!a->sent || a->done || a->settled || strcmp(a->state, "fulfilled") == 0)
			continue;
		bool unseen = strcmp(a->asks, "recover") == 0;
		tell(r, RECONCILED_OPEN, a, a->serial, NULL, NULL,
		     format_text(r, unseen ? "Khôi phục thiết bị không thấy được qua chứng thư; ghi kết quả bằng 'package mark'."
				 : strcmp(a->asks, "revoke") == 0 && (r->has_crl || r->has_list) ? "Chưa thấy thu hồi trong câu trả lời."
				 : "Chưa có kết quả."),
		     format_text(r, unseen ? "A recovered device shows in no certificate; record it with 'package mark'."
				 : strcmp(a->asks, "revoke") == 0 && (r->has_crl || r->has_list) ? "The answers do not show it revoked."
				 : "No result yet."));
	}
}

void reconcile_compare(struct reconcile *r)
{
	for (int i = 0; i < r->fresh.n; i++)
		learn_old(r, &r->fresh.at[i]);
	build_index(r);
	for (int i = 0; i < r->fresh.n; i++)
		if (!is_old(r, &r->fresh.at[i]))
			compare_certificate(r, &r->fresh.at[i]);
	if (r->has_list)
		compare_list(r);
	for (int i = 0; i < r->revoked.n; i++)
		compare_revoked(r, &r->revoked.at[i]);
	tell_open(r);
}

int reconcile_count(const struct reconcile *r) { return r->results.n; }
const struct reconciled *reconcile_at(const struct reconcile *r, int i) { return &r->results.at[i]; }

/* Events ------------------------------------------------------------------------------------------------ */

static void put_certificates(struct reconcile *r)
{
	for (int i = 0; i < r->fresh.n; i++) {
		const struct fresh *f = &r->fresh.at[i];
		if (text_same(f->proven, "yes") && f->key != NULL)
			ledger_put(r->ledger, "INSERT OR IGNORE INTO certificate (sha256, serial, key, subject, issuer, not_before, not_after, "
				   "source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "tttttttt", f->sha256, f->serial, f->key,
				   f->subject != NULL ? f->subject : "", f->issuer != NULL ? f->issuer : "",
				   f->not_before != NULL ? f->not_before : "", f->not_after != NULL ? f->not_after : "", f->object);
	}
}

void reconcile_put(struct reconcile *r, const void *mem, struct texts *closed)
{
	char *now = time_text(r, r->at);
	put_certificates(r);
	for (int i = 0; i < r->results.n; i++) {
		const struct reconciled *one = &r->results.at[i];
		if (one->line == NULL || (one->kind != RECONCILED_DONE && one->kind != RECONCILED_WRONG))
			continue;
		const char *status = one->kind == RECONCILED_DONE ? "done" : "wrong";
		if (ledger_count(r->ledger, "SELECT count(*) FROM line_event WHERE id = (SELECT max(id) FROM line_event WHERE line = ?1) "
				 "AND status = ?2 AND vi = ?3", "itt", one->line->id, status, one->vi) == 0)
			ledger_put(r->ledger, "INSERT INTO line_event (line, status, happened, source, serial, vi, en) VALUES (?, ?, ?, ?, ?, ?, ?)",
				   "itttttt", one->line->id, status, now, one->object, one->new_serial, one->vi, one->en);
	}
	for (struct row *row = ledger_ask(r->ledger, "SELECT p.id, p.path FROM package p WHERE (SELECT status FROM package_event v "
		"WHERE v.package = p.id ORDER BY v.id DESC LIMIT 1) IN ('submitted', 'accepted') "
		"AND EXISTS (SELECT 1 FROM package_line l WHERE l.package = p.id AND l.asks <> 'tell') "
		"AND NOT EXISTS (SELECT 1 FROM package_line l WHERE l.package = p.id AND l.asks <> 'tell' AND coalesce((SELECT status "
		"FROM line_event e WHERE e.line = l.id ORDER BY e.id DESC LIMIT 1), '') <> 'done') ORDER BY p.path", ""); row_next(row);) {
		texts_add(mem, closed, row_text(row, 1));
		ledger_put(r->ledger, "INSERT INTO package_event (package, status, happened, person, reason) VALUES (?, 'fulfilled', ?, "
			   "'reconcile', ?)", "itt", row_int(row, 0), now, "mọi dòng đã có kết quả đúng như đề nghị");
	}
}
