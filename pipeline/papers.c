/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * papers.c - rows of the ledger's lists. See papers.h.
 */
#include "papers.h"
#include "4_judge/calendar.h"
#include "form.h"
#include "record.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

struct gathering {
	const struct papers_wish *wish;
	struct letter *to;
	struct calendar *calendar;
};

static struct request *row(struct gathering *g, const char *form)
{
	return letter_add_request(g->to, form, g->to->requests.n + 1);
}

static void put(struct gathering *g, struct request *r, const char *name, const char *value)
{
	if (value != NULL && *value != 0)
		request_add_cell(g->to, r, name, value);
}

/* The nth working day after the day of an instant; NULL: no instant. */
static char *working_days_after(struct gathering *g, const char *instant, int n)
{
	time_t t;
	if (instant == NULL || !time_parse(instant, &t))
		return NULL;
	return date_text(g->to, calendar_add(g->calendar, time_vn_day(t), n));
}

/* Reminders --------------------------------------------------------------------------------------------- */

static const char packages_sql[] =
	"SELECT p.path, coalesce(e.status, 'drafted') AS status, e.happened, e.reason, count(l.id), "
	"sum((SELECT status FROM line_event v WHERE v.line = l.id ORDER BY v.id DESC LIMIT 1) = 'done'), "
	"sum((SELECT status FROM line_event v WHERE v.line = l.id ORDER BY v.id DESC LIMIT 1) = 'wrong'), "
	"min(l.deadline), min(l.agency), min(l.asks), "
	"(SELECT max(v.happened) FROM line_event v JOIN package_line n ON n.id = v.line WHERE n.package = p.id AND v.status = 'done') "
	"FROM package p LEFT JOIN package_event e ON e.id = (SELECT max(id) FROM package_event WHERE package = p.id) "
	"LEFT JOIN package_line l ON l.package = p.id GROUP BY p.id ORDER BY p.path";

static void remind(struct gathering *g, const struct row *q, const char *due, char *what, const char *law)
{
	struct request *r = row(g, "reminder");
	put(g, r, "due", due);
	put(g, r, "what", what);
	put(g, r, "package", row_text(q, 0));
	put(g, r, "agency", row_text(q, 8));
	put(g, r, "law", law);
	put(g, r, "state", row_text(q, 1));
}

enum { DEVICE_DAYS = 5, ANSWER_DAYS = 3, RECOVER_DAYS = 1, REMIND_DEVICES = 30 };

static void remind_of_package(struct gathering *g, const struct row *q)
{
	const char *state = row_text(q, 1), *asks = row_text(q, 9) != NULL ? row_text(q, 9) : "";
	int lines = (int)row_int(q, 4), done = (int)row_int(q, 5), wrong = (int)row_int(q, 6);
	bool sent = strcmp(state, "submitted") == 0 || strcmp(state, "accepted") == 0, recover = strcmp(asks, "recover") == 0;
	int64_t due_day;
	if (strcmp(state, "drafted") == 0 || strcmp(state, "signed") == 0)
		remind(g, q, row_text(q, 7), format_text(g->to, strcmp(state, "drafted") == 0 ? "Trình ký và gửi hồ sơ (%d dòng)"
							 : "Gửi hồ sơ đã ký (%d dòng)", lines), NULL);
	if (strcmp(state, "returned") == 0)
		remind(g, q, NULL, format_text(g->to, "Lập lại hồ sơ bị trả: %s", row_text(q, 3)), NULL);
	if (sent && done < lines)
		remind(g, q, working_days_after(g, row_text(q, 2), recover ? RECOVER_DAYS : ANSWER_DAYS),
		       format_text(g->to, "Hỏi kết quả giải quyết (%d/%d dòng đã có)", done, lines),
		       strcmp(asks, "issue") == 0 ? "NĐ 68/2024/NĐ-CP Đ11 (03 ngày làm việc)" : recover ? "NĐ 68/2024/NĐ-CP Đ22 (01 ngày làm việc)"
		       : "03 ngày làm việc theo thủ tục cũ; theo NĐ 68/2024/NĐ-CP chưa xác nhận");
	if (wrong > 0)
		remind(g, q, NULL, format_text(g->to, "Đề nghị Cục làm lại %d dòng chưa đúng", wrong), NULL);
	char *due = strcmp(asks, "revoke") == 0 && done > 0 ? working_days_after(g, row_text(q, 10), DEVICE_DAYS) : NULL;
	if (due != NULL && date_parse(due, &due_day) && due_day + REMIND_DEVICES >= time_vn_day(g->wish->at))
		remind(g, q, due, format_text(g->to, "Thu và nộp Cục %d thiết bị lưu khóa bí mật, kèm Mẫu số 08 (mất: 09)", done),
		       "NĐ 68/2024/NĐ-CP Đ20 (05 ngày làm việc từ ngày nhận thông báo)");
}

static bool add_reminders(struct gathering *g, char **why)
{
	(void)why;
	for (struct row *q = ledger_ask(g->wish->ledger, packages_sql, ""); row_next(q);)
		remind_of_package(g, q);
	for (struct row *q = ledger_ask(g->wish->ledger, "SELECT count(*), min(nullif(deadline, '')) FROM decision d WHERE action IN "
		"('choose-one', 'needs-person') AND id = (SELECT max(id) FROM decision e WHERE e.serial = d.serial) "
		"AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.decision = d.id)", ""); row_next(q);) {
		if (row_int(q, 0) == 0)
			continue;
		struct request *r = row(g, "reminder");
		put(g, r, "due", row_text(q, 1));
		put(g, r, "what", format_text(g->to, "Trả lời %lld câu hỏi đang chờ (congvan decide)", (long long)row_int(q, 0)));
	}
	return true;
}

/* Bodies ------------------------------------------------------------------------------------------------- */

struct holding {                               /* a certificate as its latest list has it, and what was decided */
	char *serial, *holder, *office, *kind, *email, *code, *device, *until, *body, *reason;
};

struct holdings { LIST(struct holding) all; LIST(struct letter *) letters; };

static int by_serial(const void *a, const void *b)
{
	return strcmp(((const struct holding *)a)->serial, ((const struct holding *)b)->serial);
}

static void take_list(struct gathering *g, struct holdings *h, const struct letter *l)
{
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *q = &l->requests.at[i];
		const char *serial = request_cell(q, "serial");
		if (!text_same(q->form, "certificate-list") || serial == NULL)
			continue;
		h->all.at = own_grow(g->to, h->all.at, h->all.n, &h->all.room, sizeof *h->all.at);
		struct holding *one = &h->all.at[h->all.n++];
		static const char *const names[] = { "holder_name", "org_name", "cert_kind", "email", "org_code", "device_serial", "valid_to" };
		char *c[7];
		for (int k = 0; k < 7; k++)
			c[k] = copy_text(g->to, request_cell(q, names[k]));
		*one = (struct holding){ text_serial(g->to, serial), c[0], c[1], c[2], c[3], c[4], c[5], c[6], NULL, NULL };
	}
}

/* Every letter's facts; the rows of lists, a serial once (the later list counts), with its last decision. */
static void gather(struct gathering *g, struct holdings *h)
{
	for (struct row *q = ledger_ask(g->wish->ledger, "SELECT record, disposition FROM letter WHERE state = '5_emit' "
		"AND instr(record, '\"request\"') > 0 ORDER BY id DESC", ""); row_next(q);) {
		struct letter *l = letter_new(g->to, NULL, NULL);
		char *why = NULL;
		const char *record = row_text(q, 0);
		if (!record_read(l, record, strlen(record), &why)) {
			talloc_free(l);
			continue;
		}
		take_list(g, h, l);
		h->letters.at = own_grow(g->to, h->letters.at, h->letters.n, &h->letters.room, sizeof *h->letters.at);
		h->letters.at[h->letters.n++] = l;
	}
	if (h->all.n > 0)
		qsort(h->all.at, (size_t)h->all.n, sizeof *h->all.at, by_serial);
	int kept = 0;
	for (int i = 0; i < h->all.n; i++)
		if (kept == 0 || strcmp(h->all.at[kept - 1].serial, h->all.at[i].serial) != 0)
			h->all.at[kept++] = h->all.at[i];
	h->all.n = kept;
	for (struct row *q = ledger_ask(g->wish->ledger, "SELECT serial_key(serial), successor_body, reason FROM decision "
		"WHERE serial IS NOT NULL ORDER BY id", ""); row_next(q);) {
		struct holding key = { .serial = copy_text(g->to, row_text(q, 0)) };
		struct holding *one = h->all.n > 0 ? bsearch(&key, h->all.at, (size_t)h->all.n, sizeof key, by_serial) : NULL;
		if (one == NULL)
			continue;
		const char *body = row_text(q, 1);
		one->body = body != NULL && *body != 0 ? copy_text(g->to, body) : NULL;
		one->reason = copy_text(g->to, row_text(q, 2));
	}
}

static const char *now_called(const struct holding *h)
{
	bool agency = text_same(h->kind, "agency");
	return h->body != NULL ? h->body : agency || h->office == NULL ? h->holder : h->office;
}

struct body { char *key; const char *name, *code, *email; int certificates; };
struct bodies { LIST(struct body) all; };

static int by_key(const void *a, const void *b)
{
	const struct body *x = a, *y = b;
	return strcmp(x->key, y->key);
}

/* The contact block of the last form that this body sent. */
static const struct request *contact_of(const struct holdings *h, const char *key)
{
	for (int i = 0; i < h->letters.n; i++) {
		const struct letter *l = h->letters.at[i];
		const struct field *sender = letter_find_field(l, "agency");
		for (int j = 0; sender != NULL && j < l->requests.n; j++) {
			if (l->requests.at[j].row != 0 || request_cell(&l->requests.at[j], "contact_name") == NULL)
				continue;
			char *its = text_strong(l, sender->read.value);
			if (strcmp(its, key) == 0)
				return &l->requests.at[j];
		}
	}
	return NULL;
}

static bool add_agencies(struct gathering *g, char **why)
{
	struct holdings h = { 0 };
	struct bodies bodies = { 0 };
	(void)why;
	gather(g, &h);
	for (int i = 0; i < h.all.n; i++) {
		const struct holding *one = &h.all.at[i];
		const char *name = now_called(one);
		if (name == NULL || *name == 0)
			continue;
		bool same = one->holder != NULL && strcmp(text_strong(g->to, one->holder), text_strong(g->to, name)) == 0;
		bodies.all.at = own_grow(g->to, bodies.all.at, bodies.all.n, &bodies.all.room, sizeof *bodies.all.at);
		bodies.all.at[bodies.all.n++] = (struct body){ text_strong(g->to, name), name,
			same ? one->code : NULL, same ? one->email : NULL, 1 };
	}
	if (bodies.all.n > 0)
		qsort(bodies.all.at, (size_t)bodies.all.n, sizeof *bodies.all.at, by_key);
	for (int i = 0, end; i < bodies.all.n; i = end) {
		struct body one = bodies.all.at[i];
		for (end = i + 1; end < bodies.all.n && strcmp(bodies.all.at[end].key, one.key) == 0; end++) {
			one.certificates++;
			one.code = one.code != NULL ? one.code : bodies.all.at[end].code;
			one.email = one.email != NULL ? one.email : bodies.all.at[end].email;
		}
		const struct request *c = contact_of(&h, one.key);
		struct request *r = row(g, "agency");
		put(g, r, "name", one.name);
		put(g, r, "code", one.code);
		put(g, r, "email", one.email);
		put(g, r, "contact", c != NULL ? request_cell(c, "contact_name") : NULL);
		put(g, r, "phone", c != NULL ? request_cell(c, "contact_phone") : NULL);
		put(g, r, "certificates", format_text(g->to, "%d", one.certificates));
	}
	return true;
}

/* Dossiers ------------------------------------------------------------------------------------------------ */

/* The certificate of a body that was decided to go to another body; NULL: it goes on. */
static const struct holding *merged(struct gathering *g, const struct holdings *h, const char *agency)
{
	char *key = text_strong(g->to, agency);
	for (int i = 0; i < h->all.n; i++) {
		const struct holding *one = &h->all.at[i];
		if (one->body != NULL && text_same(one->kind, "agency") && one->holder != NULL
		    && strcmp(text_strong(g->to, one->holder), key) == 0 && strcmp(text_strong(g->to, one->body), key) != 0)
			return one;
	}
	return NULL;
}

static const char *worst(const struct letter *l)
{
	int most = NOTE;
	for (int i = 0; i < l->findings.n; i++)
		most = (int)l->findings.at[i].severity > most ? (int)l->findings.at[i].severity : most;
	return most == REJECT ? "Đã từ chối" : most == HOLD ? "Đang giữ lại" : "Đã tiếp nhận";
}

/* Issue, renewal and change, recovery; revocations are not handed over (seed rule R000-12). */
static bool is_handed_over(const char *form)
{
	static const char *const numbers[] = { "nd68-2024/mau-01", "nd68-2024/mau-02", "nd68-2024/mau-03", "nd68-2024/mau-04",
		"nd68-2024/mau-06", "tt185-2019/mau-01", "tt185-2019/mau-02", "tt185-2019/mau-03", "tt185-2019/mau-04", "tt185-2019/mau-05",
		"tt185-2019/mau-06", "tt185-2019/mau-07", "tt185-2019/mau-08", "tt185-2019/mau-11", "tt185-2019/mau-12" };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (text_same(form, numbers[i]))
			return true;
	return false;
}

static bool add_dossiers(struct gathering *g, char **why)
{
	struct holdings h = { 0 };
	struct forms forms = { 0 };
	if (!forms_load(g->to, g->wish->data, &forms, why))
		return false;
	gather(g, &h);
	for (int i = h.letters.n - 1; i >= 0; i--) {
		const struct letter *l = h.letters.at[i];
		const struct field *sender = letter_find_field(l, "agency"), *number = letter_find_field(l, "number"),
				   *symbol = letter_find_field(l, "symbol"), *day = letter_find_field(l, "date");
		const struct holding *to = sender != NULL ? merged(g, &h, sender->read.value) : NULL;
		const char *form = NULL;
		int lines = 0;
		for (int j = 0; to != NULL && j < l->requests.n; j++)
			if (l->requests.at[j].row > 0 && is_handed_over(l->requests.at[j].form)) {
				form = l->requests.at[j].form;
				lines++;
			}
		const struct form *f = form != NULL ? forms_find(&forms, form) : NULL;
		if (f == NULL)
			continue;
		struct request *r = row(g, "dossier");
		put(g, r, "from", to->holder);
		put(g, r, "to", to->body);
		put(g, r, "kind", f->title);
		put(g, r, "code", symbol == NULL ? NULL : format_text(g->to, "%s/%s", number != NULL ? number->read.value : "......",
								       symbol->read.value));
		put(g, r, "date", day != NULL ? day->read.value : NULL);
		put(g, r, "lines", format_text(g->to, "%d", lines));
		put(g, r, "state", worst(l));
	}
	return true;
}

/* Devices -------------------------------------------------------------------------------------------------- */

static bool add_devices(struct gathering *g, char **why)
{
	struct holdings h = { 0 };
	(void)why;
	gather(g, &h);
	for (struct row *q = ledger_ask(g->wish->ledger, "SELECT l.agency, l.device, l.holder, l.serial, e.happened FROM package_line l "
		"LEFT JOIN line_event e ON e.id = (SELECT max(id) FROM line_event WHERE line = l.id AND status = 'done') "
		"WHERE l.asks = 'revoke' AND coalesce((SELECT status FROM package_event v WHERE v.package = l.package ORDER BY v.id DESC "
		"LIMIT 1), '') <> 'returned' ORDER BY l.agency, l.package, l.number", ""); row_next(q);) {
		struct request *r = row(g, "device");
		static const char *const names[] = { "agency", "device_serial", "holder_name", "serial" };
		for (int i = 0; i < 4; i++)
			put(g, r, names[i], row_text(q, i));
		put(g, r, "why", row_text(q, 4) != NULL ? "Đã thu hồi" : "Đã đề nghị thu hồi");
		put(g, r, "due", working_days_after(g, row_text(q, 4), DEVICE_DAYS));
	}
	for (int i = 0; i < h.all.n; i++) {
		const struct holding *one = &h.all.at[i];
		if (!text_same(one->reason, "EXPIRED"))
			continue;
		struct request *r = row(g, "device");
		put(g, r, "agency", text_same(one->kind, "agency") || one->office == NULL ? one->holder : one->office);
		put(g, r, "device_serial", one->device);
		put(g, r, "holder_name", one->holder);
		put(g, r, "serial", one->serial);
		int64_t day;
		bool known = one->until != NULL && date_parse(one->until, &day);
		put(g, r, "why", known ? format_text(g->to, "Hết hạn %.2s/%.2s/%.4s", one->until + 8, one->until + 5, one->until)
				       : "Hết hạn");
	}
	return true;
}

static bool add_handed(struct gathering *g, char **why)
{
	(void)why;
	for (struct row *q = ledger_ask(g->wish->ledger, "SELECT l.agency, l.holder, e.serial FROM package_line l JOIN line_event e ON "
		"e.id = (SELECT max(id) FROM line_event WHERE line = l.id) WHERE l.asks = 'issue' AND e.status = 'done' ORDER BY l.id", "");
	     row_next(q);) {
		struct request *r = row(g, "handed");
		put(g, r, "agency", row_text(q, 0));
		put(g, r, "holder_name", row_text(q, 1));
		put(g, r, "serial", row_text(q, 2));
		put(g, r, "workplace", row_text(q, 0));
	}
	return true;
}

static const struct { const char *name; bool (*add)(struct gathering *, char **why); } lists[] = {
	{ "reminders", add_reminders }, { "dossiers", add_dossiers }, { "agencies", add_agencies }, { "devices", add_devices },
	{ "handed", add_handed },
};

const char *const papers_names[] = { "reminders", "dossiers", "agencies", "devices", "handed", NULL };

bool papers_add(const struct papers_wish *wish, const char *what, char **why)
{
	struct gathering g = { .wish = wish, .to = wish->to };
	struct table days;
	if (!table_read(wish->to, format_text(wish->to, "%s/rules/nonworking-days.tsv", wish->data), &days, why)
	    || (g.calendar = calendar_new(wish->to, &days, why)) == NULL)
		return false;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i].name, what) == 0)
			return lists[i].add(&g, why);
	*why = format_text(wish->to, "no list of that name: %s", what);
	return false;
}
