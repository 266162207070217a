/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan.c - decisions and requests made into packages. See plan.h for what always holds.
 *
 *     rows of the inventories, by serial ─┐
 *     decisions ──────────────────────────┼─▶ lines ─▶ by certificate: once, or nobody ─▶ whole? ─▶ packages
 *     forms of letters nobody objects to ─┘                    │ conflict                  │ blank
 *                                                              ▼                           ▼
 *                                                           finding                 finding, waiting
 */
#include "plan.h"
#include "compose.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

/* Lines ----------------------------------------------------------------------------------------------- */

struct known { const char *serial; const struct letter *letter; const struct request *request; int order; };
struct rows { LIST(struct known) all; };

static int by_serial(const void *a, const void *b)
{
	const struct known *x = a, *y = b;
	int order = strcmp(x->serial, y->serial);
	return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static void find_rows(struct plan *p, struct rows *rows)
{
	for (int i = 0; i < p->batch->letters.n; i++) {
		const struct letter *l = p->batch->letters.at[i];
		for (int j = 0; j < l->requests.n; j++) {
			const struct request *r = &l->requests.at[j];
			const char *serial = request_cell(r, "serial");
			if (serial == NULL || *serial == 0 || !text_same(r->form, "certificate-list"))
				continue;
			struct known *k = ADD(p, &rows->all);
			*k = (struct known){ text_serial(p, serial), l, r, rows->all.n };
		}
	}
	if (rows->all.n > 0)
		qsort(rows->all.at, (size_t)rows->all.n, sizeof *rows->all.at, by_serial);
}

static const struct known *find_row(const struct rows *rows, const char *serial)
{
	int low = 0, high = rows->all.n;
	while (low < high) {
		int middle = (low + high) / 2;
		if (strcmp(rows->all.at[middle].serial, serial) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < rows->all.n && strcmp(rows->all.at[low].serial, serial) == 0 ? &rows->all.at[low] : NULL;
}

/* A certificate that no list has: what its signature tells (4_judge, evidence "letter:2 signature:1"). */
static const struct known *row_of_signature(struct plan *p, const struct decision *d)
{
	int letter, signature;
	if (d->evidence.what == NULL || sscanf(d->evidence.what, "letter:%d signature:%d", &letter, &signature) != 2
	    || letter < 1 || letter > p->batch->letters.n)
		return NULL;
	const struct letter *l = p->batch->letters.at[letter - 1];
	if (signature < 1 || signature > l->signatures.n)
		return NULL;
	const struct signature *s = &l->signatures.at[signature - 1];
	const struct certificate *c = &s->signer;
	const struct { const char *name, *value; } cells[] = { { "serial", d->serial }, { "subject_dn", c->subject },
		{ "holder_name", c->cn }, { "org_name", house_knows(c->cn) ? c->cn : c->ou.n > 0 ? c->ou.at[0] : c->o }, { "email", c->email },
		{ "valid_from", c->not_before }, { "valid_to", c->not_after },
		{ "cert_kind", house_knows(c->cn) ? "agency" : "person" } };
	struct letter *own_rows = letter_new(p, p->batch->settings, l->name);
	struct request *r = letter_add_request(own_rows, "certificate-list", 1);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		if (cells[i].value != NULL && *cells[i].value != 0)
			request_add_cell(own_rows, r, cells[i].name, cells[i].value)->read.place =
				(struct place){ .part = s->part, .page = s->page, .box = s->box };
	struct known *k = new_zero(p, struct known);
	*k = (struct known){ text_serial(p, d->serial), l, r, 0 };
	return k;
}

static const char *form_of(const struct decision *d)
{
	if (d->form != NULL && *d->form != 0)
		return d->form;
	if (text_same(d->action, "revoke") || text_same(d->action, "revoke+issue-new"))
		return "nd68-2024/mau-05";
	return text_same(d->action, "change-info") || text_same(d->action, "renew") ? "nd68-2024/mau-04" : NULL;
}

static bool is_open(const struct decision *d)
{
	return text_same(d->action, "choose-one") || text_same(d->action, "needs-person");
}

static void say_no_row(struct plan *p, const struct decision *d)
{
	batch_finding(p->batch, "5_emit/certificate-unknown", HOLD, NULL,
		      format_text(p, "Chứng thư chữ ký số %s có quyết định %s nhưng không có trong danh sách chứng thư; "
				  "đề nghị bổ sung danh sách.", d->serial, d->action),
		      format_text(p, "Certificate %s has the decision %s but stands in no inventory; supply one.",
				  d->serial, d->action));
}

static void lines_of_decisions(struct plan *p, const struct rows *rows)
{
	for (int i = 0; i < p->batch->decisions.n; i++) {
		const struct decision *d = &p->batch->decisions.at[i];
		const char *id = is_open(d) ? NULL : form_of(d);
		const struct form *f = id != NULL ? forms_find(p->forms, id) : NULL;
		if (f == NULL || d->serial == NULL)
			continue;
		const struct known *k = find_row(rows, text_serial(p, d->serial));
		if (k == NULL)
			k = row_of_signature(p, d);
		if (k == NULL) {
			say_no_row(p, d);
			continue;
		}
		struct line *l = ADD(p, &p->lines);
		*l = (struct line){ .form = f, .serial = k->serial, .key = k->serial, .decision = d, .letter = k->letter,
				    .request = k->request, .row_letter = k->letter, .row = k->request,
				    .order = p->lines.n };
	}
}

static bool is_disputed(const struct letter *l)
{
	for (int i = 0; i < l->findings.n; i++)
		if (l->findings.at[i].severity >= HOLD)
			return true;
	return false;
}

static const char *first_cell(const struct request *r, const char *const *names)
{
	for (; *names != NULL; names++) {
		const char *value = request_cell(r, *names);
		if (value != NULL && *value != 0)
			return value;
	}
	return NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Serials about which a person must decide first; a choice among several is made by the request itself. */
static struct texts undecided(struct plan *p)
{
	struct texts open = { 0 };
	for (int i = 0; i < p->batch->decisions.n; i++) {
		const struct decision *d = &p->batch->decisions.at[i];
		if (text_same(d->action, "needs-person") && d->serial != NULL)
			texts_add(p, &open, text_serial(p, d->serial));
	}
	if (open.n > 0)
		qsort(open.at, (size_t)open.n, sizeof *open.at, by_text);
	return open;
}

static bool waits(struct plan *p, const struct texts *open, const struct line *l)
{
	if (l->serial == NULL || open->n == 0
	    || bsearch(&l->serial, open->at, (size_t)open->n, sizeof *open->at, by_text) == NULL)
		return false;
	batch_finding(p->batch, "5_emit/decision-open", HOLD, NULL,
		format_text(p, "Chứng thư %s được đề nghị theo %s nhưng còn chờ người có thẩm quyền quyết định; chưa đưa vào hồ sơ.",
			    l->serial, l->form->id),
		format_text(p, "Certificate %s is asked for on %s, but a person must decide about it first; it stays out.",
			    l->serial, l->form->id));
	return true;
}

static void lines_of_letters(struct plan *p, const struct rows *rows)
{
	struct texts open = undecided(p);
	static const char *const keys[] = { "device_serial", "email", "identity", "holder_name", "org_name", NULL };
	for (int i = 0; i < p->batch->letters.n; i++) {
		const struct letter *letter = p->batch->letters.at[i];
		bool disputed = letter->known || is_disputed(letter);
		for (int j = 0; j < letter->requests.n && !disputed; j++) {
			const struct request *r = &letter->requests.at[j];
			const struct form *f = r->form != NULL ? forms_find(p->forms, r->form) : NULL;
			if (f == NULL || r->row == 0 || f->replaced_by != NULL
			    || (f->kind == FORM_MINUTES && strcmp(f->id, "nd68-2024/mau-09") != 0))
				continue;
			const char *serial = request_cell(r, "serial"), *other = first_cell(r, keys);
			struct line *l = ADD(p, &p->lines);
			*l = (struct line){ .form = f, .letter = letter, .request = r, .order = p->lines.n };
			l->serial = serial != NULL && *serial != 0 ? text_serial(p, serial) : NULL;
			const struct known *k = l->serial != NULL ? find_row(rows, l->serial) : NULL;
			if (k != NULL) {
				l->row_letter = k->letter;
				l->row = k->request;
			}
			l->key = l->serial != NULL ? l->serial : other != NULL ? text_strong(p, other)
						      : format_text(p, "?%d", p->lines.n);
			if (f->kind != FORM_REQUEST)   /* tells something, beside what is asked of the certificate */
				l->key = format_text(p, "%s %s", f->id, l->key);
			else if (waits(p, &open, l))
				p->lines.n--;
		}
	}
}

static void place_of(struct plan *p, struct finding *f, const struct line *l)
{
	struct place at = { .part = 1 };
	if (l->request->cells.n > 0)
		at = l->request->cells.at[0].read.place;
	finding_evidence(p->batch, f, format_text(p, "letter:%s", l->letter->sha256 != NULL ? l->letter->sha256 : "?"),
			 &at);
}

/* Not twice over the nights ---------------------------------------------------------------------------- */

struct placed_line { char *serial; const char *path; bool done; int order; };
struct placed_lines { LIST(struct placed_line) all; int again; struct buffer serials; };

enum { TELL_SERIALS = 10 };

static int by_placed_serial(const void *a, const void *b)
{
	const struct placed_line *x = a, *y = b;
	int order = strcmp(x->serial, y->serial);
	return order != 0 ? order : x->order - y->order;
}

/* What the ledger says is in a package of an earlier night: requests of form "package-list". */
static struct placed_lines find_placed(struct plan *p)
{
	struct placed_lines placed = { .serials.mem = p };
	for (int i = 0; i < p->batch->letters.n; i++) {
		const struct letter *l = p->batch->letters.at[i];
		for (int j = 0; l->known && j < l->requests.n; j++) {
			const struct request *r = &l->requests.at[j];
			const char *serial = request_cell(r, "serial"), *path = request_cell(r, "path");
			if (!text_same(r->form, "package-list") || serial == NULL || path == NULL)
				continue;
			if (p->taken.n == 0 || strcmp(p->taken.at[p->taken.n - 1], path) != 0)
				texts_add(p, &p->taken, path);
			if (text_same(request_cell(r, "state"), "returned"))
				continue;
			struct placed_line *one = ADD(p, &placed.all);
			*one = (struct placed_line){ text_serial(p, serial), path, text_same(request_cell(r, "state"), "done"),
						     placed.all.n };
		}
	}
	if (placed.all.n > 0)
		qsort(placed.all.at, (size_t)placed.all.n, sizeof *placed.all.at, by_placed_serial);
	return placed;
}

/* The package that stands in a line's way, or NULL. One that did what it asked stands in the way of the same asked
 * once more only. */
static const struct placed_line *find_placed_line(struct plan *p, const struct placed_lines *placed, const struct line *l)
{
	char *mine = format_text(p, "/%s-mau-%s-", l->form->regime, l->form->number);
	int low = 0, high = l->serial != NULL ? placed->all.n : 0;
	while (low < high) {
		int middle = (low + high) / 2;
		if (strcmp(placed->all.at[middle].serial, l->serial) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; l->serial != NULL && low < placed->all.n && strcmp(placed->all.at[low].serial, l->serial) == 0; low++)
		if ((!placed->all.at[low].done && l->form->kind == FORM_REQUEST) || strstr(placed->all.at[low].path, mine) != NULL)
			return &placed->all.at[low];
	return NULL;
}

/* The same asked again is only noted; something else asks for the first package to be withdrawn. */
static bool is_placed(struct plan *p, struct placed_lines *placed, const struct line *l)
{
	const struct placed_line *was = find_placed_line(p, placed, l);
	if (was == NULL)
		return false;
	bool same = strstr(was->path, format_text(p, "/%s-mau-%s-", l->form->regime, l->form->number)) != NULL;
	if (same) {
		if (placed->again++ < TELL_SERIALS)
			buffer_format(&placed->serials, "%s%s", placed->serials.len > 0 ? ", " : "", l->serial);
		return true;
	}
	struct finding *f = batch_finding(p->batch, "5_emit/in-another-package", HOLD, NULL,
		format_text(p, "Chứng thư %s đã có trong hồ sơ %s theo mẫu khác; muốn thay đổi phải rút hồ sơ đó trước.",
			    l->serial, was->path),
		format_text(p, "Certificate %s is in package %s on another form; withdraw that one first.", l->serial, was->path));
	place_of(p, f, l);
	return true;
}

static void say_placed(struct plan *p, const struct placed_lines *placed)
{
	const char *more = placed->again > TELL_SERIALS ? ", …" : "";
	if (placed->again > 0)
		batch_finding(p->batch, "5_emit/in-a-package", NOTE, NULL,
			format_text(p, "%d chứng thư đã có trong hồ sơ lập trước theo cùng mẫu, không lập lại: %s%s.",
				    placed->again, placed->serials.text, more),
			format_text(p, "%d certificates are in packages on the same form already; not made again: %s%s.",
				    placed->again, placed->serials.text, more));
}

/* A certificate once, or not at all ------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
	const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
	int order = strcmp(x->key, y->key);
	if (order == 0)                                 /* what a letter asks in its own words goes first */
		order = (x->decision != NULL) - (y->decision != NULL);
	return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* Two lines of one form contradict each other when a cell that both fill differs; a decision's cell only
 * fills what the request left blank. */
static const struct form_column *differ(const struct line *a, const struct line *b)
{
	if (b->decision != NULL && a->decision == NULL)
		return NULL;
	for (int i = 0; i < a->form->columns.n; i++) {
		const char *x = a->values[i].value, *y = b->values[i].value;
		void *work = talloc_new(NULL);
		bool other = x != NULL && y != NULL && strcmp(text_strong(work, x), text_strong(work, y)) != 0;
		talloc_free(work);
		if (other)
			return &a->form->columns.at[i];
	}
	return NULL;
}

static void say_conflict(struct plan *p, const struct line *a, const struct line *b, const struct form_column *c)
{
	char *vi = c == NULL
		? format_text(p, "Chứng thư %s được đề nghị theo cả %s và %s; giữ lại cả hai, đề nghị xác định lại.", a->key,
			      a->form->id, b->form->id)
		: format_text(p, "Chứng thư %s được đề nghị hai lần theo %s với \"%s\" khác nhau; giữ lại, đề nghị xác định "
			      "lại.", a->key, a->form->id, c->label);
	char *en = c == NULL ? format_text(p, "Certificate %s is asked for on %s and on %s; both are held.", a->key,
					   a->form->id, b->form->id)
			     : format_text(p, "Certificate %s is asked for twice on %s, with another %s; held.", a->key,
					   a->form->id, c->name);
	struct finding *f = batch_finding(p->batch, "5_emit/conflicting-requests", HOLD, NULL, vi, en);
	place_of(p, f, a);
	place_of(p, f, b);
}

static void say_twice(struct plan *p, const struct line *a, const struct line *b)
{
	struct finding *f = batch_finding(p->batch, "5_emit/asked-twice", NOTE, NULL,
		format_text(p, "Chứng thư %s được đề nghị hai lần như nhau theo %s; chỉ lập một dòng.", a->key, a->form->id),
		format_text(p, "Certificate %s is asked for twice alike on %s; one line is made.", a->key, a->form->id));
	place_of(p, f, a);
	place_of(p, f, b);
}

/* lines[0..n) are all about one certificate. The first stays when the others only repeat or complete it. */
static struct line *settle(struct plan *p, struct line **lines, int n)
{
	struct line *first = lines[0];
	for (int i = 1; i < n; i++) {
		const struct form_column *c = NULL;
		if (lines[i]->form != first->form || (c = differ(first, lines[i])) != NULL) {
			say_conflict(p, first, lines[i], c);
			return NULL;
		}
	}
	for (int i = 1; i < n; i++) {
		if (lines[i]->decision != NULL && first->decision == NULL) {
			first->decision = lines[i]->decision;
			for (int j = 0; j < first->form->columns.n; j++)
				if (first->values[j].value == NULL)
					first->values[j] = lines[i]->values[j];
			first->channel = first->channel != NULL ? first->channel : lines[i]->channel;
		} else {
			say_twice(p, first, lines[i]);
		}
	}
	return first;
}

/* Whole lines only ------------------------------------------------------------------------------------ */

static bool is_asked(const struct line *l, const struct form_column *c)
{
	if (c->when == NULL || *c->when == 0)
		return true;
	if (strcmp(c->when, "change") != 0)
		return text_same(line_kind(l), c->when);
	for (int i = 0; i < l->form->columns.n; i++)
		if (strcmp(l->form->columns.at[i].name, "change") == 0)
			return l->values[i].value != NULL;
	return true;
}

static char *whom_to_ask(struct plan *p, const struct line *l)
{
	const struct field *agency = letter_find_field(l->letter, "agency");
	const char *office = request_cell(l->request, "org_name"), *email = request_cell(l->request, "email");
	const char *name = agency != NULL ? agency->read.value : office != NULL ? office : l->agency;
	if (name == NULL)
		name = "cơ quan quản lý chứng thư";
	return email != NULL && *email != 0 ? format_text(p, "%s (%s)", name, email) : copy_text(p, name);
}

/* Labels of required columns that are blank, or NULL; of several columns to tick one is enough. */
static char *missing(struct plan *p, struct line *l)
{
	struct buffer b = { .mem = p };
	int marks = 0, marked = 0;
	for (int i = 0; i < l->form->columns.n; i++) {
		const struct form_column *c = &l->form->columns.at[i];
		bool blank = l->values[i].value == NULL && is_asked(l, c);
		bool mark = strcmp(c->type, "mark") == 0;
		marks += mark;
		marked += mark && !blank;
		l->blanks += blank && c->need == NEED_WANTED;
		if (blank && c->need == NEED_YES)
			buffer_format(&b, "%s%s", b.len > 0 ? ", " : "", c->label);
	}
	if (marks > 0 && marked == 0)
		buffer_format(&b, "%s%s", b.len > 0 ? ", " : "", "Dịch vụ (gia hạn hoặc thay đổi thông tin)");
	if (l->agency == NULL)
		buffer_format(&b, "%s%s", b.len > 0 ? ", " : "", "Cơ quan, tổ chức quản lý trực tiếp");
	return b.text;
}

static bool is_whole(struct plan *p, struct line *l)
{
	char *what = missing(p, l);
	if (what == NULL)
		return true;
	struct waiting *w = ADD(p, &p->waiting);
	*w = (struct waiting){ l, what, whom_to_ask(p, l) };
	struct finding *f = batch_finding(p->batch, "5_emit/incomplete-row", HOLD, l->form->law,
		format_text(p, "Dòng của chứng thư %s (%s) chưa đưa vào hồ sơ: còn thiếu %s. Đề nghị hỏi: %s.", l->key,
			    l->form->id, what, w->ask),
		format_text(p, "The row of certificate %s (%s) stays out: missing %s. Ask: %s.", l->key, l->form->id, what,
			    w->ask));
	place_of(p, f, l);
	return false;
}

static int only_whole(struct plan *p, struct line **lines, int n)
{
	int kept = 0;
	for (int i = 0; i < n; i++)
		if (is_whole(p, lines[i]))
			lines[kept++] = lines[i];
	return kept;
}

/* Packages -------------------------------------------------------------------------------------------- */

static int by_package(const void *a, const void *b)
{
	const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
	int order = strcmp(x->agency, y->agency);
	if (order == 0)
		order = strcmp(x->form->id, y->form->id);
	if (order == 0)
		order = strcmp(x->channel != NULL ? x->channel : "", y->channel != NULL ? y->channel : "");
	return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static void add_source(struct plan *p, struct package *k, const struct letter *l)
{
	for (int i = 0; i < k->sources.n; i++)
		if (k->sources.at[i] == l || text_same(k->sources.at[i]->sha256, l->sha256))
			return;
	*ADD(p, &k->sources) = l;
}

static void add_line(struct plan *p, struct package *k, struct line *l)
{
	*ADD(p, &k->lines) = l;
	k->blanks += l->blanks;
	add_source(p, k, l->letter);
	for (int i = 0; i < l->form->columns.n; i++)
		if (l->values[i].letter != NULL)
			add_source(p, k, l->values[i].letter);
	const struct decision *d = l->decision;
	if (d == NULL)
		return;
	if (d->deadline != NULL && *d->deadline != 0
	    && (k->deadline == NULL || strcmp(d->deadline, k->deadline) < 0))
		k->deadline = copy_text(p, d->deadline);
	for (int i = 0; i < k->laws.n; i++)
		if (text_same(k->laws.at[i], d->law))
			return;
	if (d->law != NULL && *d->law != 0)
		texts_add(p, &k->laws, d->law);
}

static void find_contact(struct plan *p, struct package *k)
{
	char *key = text_strong(p, k->agency);
	for (int i = p->batch->letters.n - 1; i >= 0; i--) {
		const struct letter *l = p->batch->letters.at[i];
		const struct field *agency = letter_find_field(l, "agency");
		if (agency == NULL || is_disputed(l) || strcmp(text_strong(p, agency->read.value), key) != 0)
			continue;
		for (int j = 0; j < l->requests.n; j++) {
			if (l->requests.at[j].row != 0 || !text_same(l->requests.at[j].form, k->form->id))
				continue;
			k->contact = &l->requests.at[j];
			k->contact_letter = l;
			add_source(p, k, l);
			return;
		}
	}
}

/* Two agencies whose names differ only in their marks must not share a folder. */
static char *folder_of(struct plan *p, const char *agency)
{
	char *name = slug(p, agency, 50), *key = text_strong(p, agency);
	char *folder = format_text(p, "%s/%s", p->day, name);
	for (int i = 0; i < p->packages.n; i++)
		if (p->packages.at[i].folder != NULL && strcmp(p->packages.at[i].folder, folder) == 0
		    && strcmp(text_strong(p, p->packages.at[i].agency), key) != 0) {
			char *hash = text_sha256(p, (struct bytes){ (const uint8_t *)key, strlen(key) });
			return format_text(p, "%s-%.6s", folder, hash);
		}
	return folder;
}

static struct package *new_package(struct plan *p, const struct line *l)
{
	int number = 1;
	for (int i = 0; i < p->packages.n; i++)
		if (strcmp(p->packages.at[i].agency, l->agency) == 0 && p->packages.at[i].form == l->form)
			number++;
	char *folder = folder_of(p, l->agency);
	for (int i = 0; i < p->taken.n; i++)   /* of this day, by an earlier batch; in their order */
		if (strcmp(p->taken.at[i], format_text(p, "%s/%s-mau-%s-%03d", folder, l->form->regime, l->form->number, number)) == 0)
			number++;
	struct package *k = ADD(p, &p->packages);
	*k = (struct package){ .form = l->form, .agency = l->agency, .channel = l->channel, .number = number,
			       .folder = folder };
	k->name = format_text(p, "%s-mau-%s-%03d", l->form->regime, l->form->number, number);
	k->place = seat_of(p, l->agency);
	const struct route *r = route_find(p->tables, l->province, l->form->id, p->day);
	k->to = r == NULL || text_starts(l->form->to, r->addressee) ? l->form->to : r->addressee;
	find_contact(p, k);
	return k;
}

static void make_packages(struct plan *p, struct line **lines, int n)
{
	if (n > 0)
		qsort(lines, (size_t)n, sizeof *lines, by_package);
	struct package *k = NULL;
	long asked = p->batch->settings->package_lines, most = asked > 0 ? asked : PLAN_MAX_LINES;
	for (int i = 0; i < n; i++) {
		if (k == NULL || k->lines.n >= most || k->form != lines[i]->form
		    || strcmp(k->agency, lines[i]->agency) != 0 || !text_same(k->channel, lines[i]->channel))
			k = new_package(p, lines[i]);
		add_line(p, k, lines[i]);
	}
}

/* One spelling for an agency however its letters write it: the first in alphabetical order. */
struct spelling { char *key; struct line *line; };

static int by_agency_key(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : strcmp(x->line->agency, y->line->agency);
}

static void one_spelling(struct plan *p, struct line **lines, int n)
{
	struct spelling *all = new_array(p, struct spelling, (size_t)n + 1);
	int known = 0;
	for (int i = 0; i < n; i++)
		if (lines[i]->agency != NULL) {
			all[known].key = text_strong(p, lines[i]->agency);
			all[known++].line = lines[i];
		}
	qsort(all, (size_t)known, sizeof *all, by_agency_key);
	for (int i = 1; i < known; i++)
		if (strcmp(all[i].key, all[i - 1].key) == 0)
			all[i].line->agency = all[i - 1].line->agency;
}

/* As decided; else as the routing table of the province, or of all, has it on that day. */
static char *channel_of(struct plan *p, const struct line *l)
{
	if (l->decision != NULL && l->decision->channel != NULL && *l->decision->channel != 0)
		return copy_text(p, l->decision->channel);
	const struct route *r = route_find(p->tables, l->province, l->form->id, p->day);
	return r != NULL ? copy_text(p, r->channel) : NULL;
}

struct plan *plan_new(const void *mem, struct batch *b, const struct forms *forms, const struct tables *tables)
{
	struct plan *p = new_zero(mem, struct plan);
	struct rows rows = { 0 };
	p->batch = b;
	p->forms = forms;
	p->tables = tables;
	p->day = date_text(p, time_vn_day(b->settings->at));
	find_rows(p, &rows);
	lines_of_decisions(p, &rows);
	lines_of_letters(p, &rows);
	struct placed_lines placed = find_placed(p);
	int n = 0, kept = 0;
	struct line **lines = new_array(p, struct line *, (size_t)p->lines.n + 1);
	for (int i = 0; i < p->lines.n; i++) {
		struct line *l = &p->lines.at[i];
		if (is_placed(p, &placed, l))
			continue;
		lines[n++] = l;
		l->province = line_province(p, l);
		l->agency = house_in_text(p, line_agency(p, l));
		l->channel = channel_of(p, l);
		line_fill(p, l);
	}
	say_placed(p, &placed);
	qsort(lines, (size_t)n, sizeof *lines, by_key);
	for (int i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && strcmp(lines[end]->key, lines[i]->key) == 0;)
			end++;
		struct line *one = settle(p, lines + i, end - i);
		if (one != NULL)
			lines[kept++] = one;
	}
	one_spelling(p, lines, kept);
	make_packages(p, lines, only_whole(p, lines, kept));
	return p;
}
