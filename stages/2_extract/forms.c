/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forms.c - filled forms and lists inside letters. See forms.h.
 *
 * Four things speak for a form: the trích yếu, the labels over the columns, the number of the form and the
 * regime it is cited from, and to whom it goes. The list may stand in the letter, behind it on pages of its
 * own, run over pages with its head repeated or not; rows are cells of real tables (DOCX, ODT, sheets), of
 * ruled tables, or of columns of words where nothing is ruled (columns.h). What is written in a cell but
 * cannot be what the column asks for is kept as read, with half the confidence, and told.
 */
#include "forms.h"
#include "cell.h"
#include "fields.h"
#include "forms_head.h"
#include "page.h"
#include "reading.h"
#include "tables.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

enum { TELL_CELLS = 20, MAX_REQUESTS = 20000 };

static struct forms forms;

/* What a form is known by, as keys: worked out once, asked of every letter. */
static struct known {
	struct texts strong, weak;             /* its trích yếu and its variants */
	char *number, *with_so;                /* "mau 05", "mau so 05" */
	bool to_ca;
} *known;

/* A row before it is believed whole: a page may end inside it, and the rest stand on top of the next. */
struct row_cell { const struct form_column *column; char *text; double confidence; struct place place; };

struct filled {                                /* one document while its form is read */
	struct letter *l;
	void *mem;
	int document;
	struct tables *tables;
	const struct form *form;
	char *strong, *weak;                   /* keys of its whole text */
	char *subject, *subject_weak;          /* its trích yếu as keys, without "V/v" */
	bool to_ca, old_law, new_law;
	LIST(struct row_cell) row;             /* being read: its last cells may stand on the next page */
	int rows, told, last_number;
	bool numbered, numbers_broken;         /* every row so far had a number; not in sequence */
};

bool forms_prepare(const struct settings *s, char **why)
{
	if (forms.n > 0)
		return true;
	if (!forms_load(NULL, s->data, &forms, why))
		return false;
	head_prepare(&forms);
	known = new_array(NULL, struct known, (size_t)forms.n + 1);
	for (int i = 0; i < forms.n; i++) {
		const struct form *form = forms.at[i];
		for (int v = -1; v < form->variants.n; v++) {
			const char *subject = v < 0 ? form->subject : form->variants.at[v];
			texts_add(known, &known[i].strong, text_strong(known, subject));
			texts_add(known, &known[i].weak, text_weak(known, subject));
		}
		known[i].number = format_text(known, "mau %s", form->number);
		known[i].with_so = format_text(known, "mau so %s", form->number);
		known[i].to_ca = form->to != NULL && strstr(text_weak(known, form->to), "cuc chung thuc so") != NULL;
	}
	return true;
}

int forms_headings(const char *const *cells, int n)
{
	int best = 0;
	for (int i = 0; i < forms.n; i++) {
		int fits = 0;
		for (int c = 0; c < n && c < HEAD_MAX_COLUMNS; c++) {
			double sure;
			const struct form_column *column =
				cells[c][0] != 0 ? head_column(forms.at[i], cells[c], &sure) : NULL;
			fits += column != NULL && strcmp(column->type, "row") != 0 && sure >= 0.8;
		}
		best = fits > best ? fits : best;
	}
	return best >= 3 ? best : 0;
}

/* Which form ------------------------------------------------------------------------------------------ */

static bool is_of(const struct filled *f, const struct page *p)
{
	const struct document *d = &f->l->documents.at[f->document];
	return p->part == d->part && p->number >= d->first_page && p->number <= d->last_page;
}

static char *without_lead(const void *mem, const char *subject)
{
	static const char *const leads[] = { "v/v ", "v/v: ", "ve viec ", "về việc ", NULL };
	char *key = text_strong(mem, subject);
	for (int i = 0; leads[i] != NULL; i++)
		if (text_starts(key, leads[i]))
			return key + strlen(leads[i]);
	return key;
}

static void gather_text(struct filled *f)
{
	struct buffer text = { .mem = f->mem };
	buffer_text(&text, "");
	for (int i = 0; i < f->l->pages.n; i++)
		if (is_of(f, &f->l->pages.at[i]) && f->l->pages.at[i].text != NULL)
			buffer_format(&text, "%s ", f->l->pages.at[i].text);
	char *line = text_line(f->mem, text.text);
	f->strong = text_strong(f->mem, line);
	f->weak = text_weak_of(f->mem, f->strong);
	f->subject = copy_text(f->mem, "");
	for (int i = 0; i < f->l->fields.n; i++)
		if (f->l->fields.at[i].document == f->document && strcmp(f->l->fields.at[i].name, "subject") == 0)
			f->subject = without_lead(f->mem, f->l->fields.at[i].read.value);
	f->subject_weak = text_weak_of(f->mem, f->subject);
	f->to_ca = strstr(f->weak, "kinh gui: cuc chung thuc so") != NULL;
	/* the regime by the document it comes from */
	f->new_law = strstr(f->weak, "68/2024/nd-cp") != NULL;
	f->old_law = strstr(f->weak, "185/2019/tt-bqp") != NULL || strstr(f->weak, "130/2018/nd-cp") != NULL;
}

/* 1: the trích yếu is this form's; 0.7: it begins so, or is the beginning of it. A list that came as a file of its
 * own has no trích yếu, its title says the same; and a V/v may stand where no trích yếu is looked for. */
static double subject_fits(const struct filled *f, const struct known *k)
{
	enum { TITLE = 1500 };
	double best = 0;
	for (int i = 0; i < k->strong.n; i++) {
		const char *key = k->strong.at[i], *said = strstr(f->strong, key);
		bool led = said != NULL && said - f->strong >= 4 && strncmp(said - 4, "v/v ", 4) == 0;
		if (said != NULL && said - f->strong < TITLE && (led || f->subject[0] == 0))
			return 1;
		if (strcmp(f->subject, key) == 0 || strcmp(f->subject_weak, k->weak.at[i]) == 0)
			return 1;
		if (strlen(f->subject) >= 24 && (text_starts(f->subject, key) || text_starts(key, f->subject)))
			best = 0.7;
	}
	return best;
}

static double context_of(const struct filled *f, const struct form *form, const struct known *k, double fits)
{
	double score = 2 * fits;
	bool old = text_starts(form->regime, "tt185");
	score += (old && f->old_law && !f->new_law) || (!old && f->new_law) ? 1 : old ? -0.5 : 0;
	if (strstr(f->weak, k->with_so) != NULL || strstr(f->weak, k->number) != NULL)
		score += 1;
	return score + (k->to_ca && f->to_ca ? 0.5 : 0);
}

struct choice { const struct form *form; double score; struct head head; int table; bool own_subject; };

static struct choice choose(struct filled *f)
{
	struct choice best = { .table = -1 };
	const struct document *d = &f->l->documents.at[f->document];
	struct label **labels = new_array(f->mem, struct label *, (size_t)f->tables->all.n + 1);
	for (int i = 0; i < forms.n; i++) {
		const struct form *form = forms.at[i];
		struct choice c = { .form = form, .table = -1 };
		for (int t = 0; t < f->tables->all.n; t++) {
			struct table *table = &f->tables->all.at[t];
			if (table->part != d->part || table->page < d->first_page || table->page > d->last_page)
				continue;
			if (labels[t] == NULL)
				labels[t] = head_labels(f->mem, table);
			struct head h = head_find(form, table, labels[t]);
			if (h.matched > 0 && h.score > c.head.score) {
				c.head = h;
				c.table = t;
			}
		}
		double fits = subject_fits(f, &known[i]);
		c.own_subject = fits >= 1;
		if (c.head.matched == 0 && !c.own_subject)
			continue;
		double context = context_of(f, form, &known[i], fits);
		bool proven = c.head.matched >= 3   ? c.own_subject || c.head.score >= 0.45 || context >= 2
			      : c.head.matched == 2 ? c.own_subject
						    : c.own_subject && form->contact.n + form->columns.n > 0;
		c.score = 4 * c.head.score + context;
		if (proven && c.score > best.score)
			best = c;
	}
	return best;
}

/* What is filled in ----------------------------------------------------------------------------------- */

/* A value that cannot be what its column asks for, or one that OCR read twice and not alike. */
static void tell_cell(struct filled *f, const struct form_column *column, const char *raw,
		      const struct place *place, int row, bool unsure)
{
	if (f->told++ >= TELL_CELLS)
		return;
	char *line = text_line(f->mem, raw);
	char *vi_row = row > 0 ? format_text(f->mem, "Dòng %d", row) : copy_text(f->mem, "Mục đầu mối liên hệ");
	char *en_row = row > 0 ? format_text(f->mem, "Row %d", row) : copy_text(f->mem, "Contact");
	struct finding *made = letter_finding(
		f->l, unsure ? "2_extract/form-cell-unsure" : "2_extract/form-cell", WARN, f->form->law,
		format_text(
			f->mem,
			unsure ? "%s, \"%s\": \"%s\" đọc từ bản quét không chắc chắn. Cần đối chiếu với bản gốc."
			       : "%s, \"%s\": \"%s\" không đúng dạng. Đề nghị nơi gửi kiểm tra lại.",
			vi_row, column->label, line),
		format_text(
			f->mem,
			unsure ? "%s, \"%s\": \"%s\" was not read surely from the scan. Compare with the original."
			       : "%s, \"%s\": \"%s\" is not written as it must be. Ask the sender to check it.",
			en_row, column->label, line));
	finding_evidence(f->l, made, format_text(f->mem, "request:%d", f->l->requests.n), place);
}

static void add_cell(struct filled *f, struct request *r, const struct form_column *column, const char *text,
		     double confidence, const struct place *place)
{
	if (cell_blank(text))
		return;
	char *value = cell_typed(f->mem, column, text);
	struct cell *c = request_add_cell(f->l, r, column->name, value != NULL ? value : cell_line(f->mem, text));
	c->read.raw = strcmp(c->read.value, text) != 0 ? copy_text(f->l, text) : NULL;
	c->read.confidence = value != NULL ? confidence : confidence / 2;
	c->read.place = *place;
	if (value == NULL)
		tell_cell(f, column, text, place, r->row, false);
	else if (confidence < 0.5 && place->source == FROM_OCR && strcmp(column->type, "text") != 0)
		tell_cell(f, column, text, place, r->row, true);
}

static bool is_numbering(struct table *t, int row)
{
	int cells = 0, numbers = 0;
	for (int c = 0; c < t->cols; c++) {
		const struct grid_cell *cell = table_at(t, row, c);
		if (cell == NULL || cell->text[0] == 0)
			continue;
		const char *p = cell->text;
		p += *p == '(';
		char *end;
		long n = strtol(p, &end, 10);
		cells++;
		numbers += end != p && n > 0 && n < 40 && (*end == 0 || strcmp(end, ")") == 0);
	}
	return cells >= 3 && numbers == cells;
}

/* The cell of a row's running number; NULL: the table has no such column. */
static const struct grid_cell *number_cell(struct table *t, const struct head *h, int row)
{
	for (int c = 0; c < t->cols && c < HEAD_MAX_COLUMNS; c++)
		if (h->column[c] != NULL && strcmp(h->column[c]->type, "row") == 0)
			return table_at(t, row, c);
	return NULL;
}

static int count_filled(struct table *t, const struct head *h, int row)
{
	int n = 0;
	for (int c = 0; c < t->cols && c < HEAD_MAX_COLUMNS; c++) {
		const struct grid_cell *cell = table_at(t, row, c);
		n += h->column[c] != NULL && strcmp(h->column[c]->type, "row") != 0 && cell != NULL &&
		     cell->row == row && cell->col == c && cell->cols == 1 && !cell_blank(cell->text);
	}
	return n;
}

static struct row_cell *row_find(struct filled *f, const struct form_column *column)
{
	for (int i = 0; i < f->row.n; i++)
		if (f->row.at[i].column == column)
			return &f->row.at[i];
	return NULL;
}

static void row_add(struct filled *f, const struct form_column *column, const char *text, const struct grid_cell *from)
{
	struct row_cell *had = row_find(f, column);
	if (cell_blank(text))
		return;
	if (had != NULL) {
		had->text = format_text(f->mem, "%s\n%s", had->text, text);
		had->confidence = from->confidence < had->confidence ? from->confidence : had->confidence;
		return;
	}
	f->row.at = own_grow(f->mem, f->row.at, f->row.n, &f->row.room, sizeof *f->row.at);
	f->row.at[f->row.n++] = (struct row_cell){ column, copy_text(f->mem, text), from->confidence, from->place };
}

static void row_end(struct filled *f)
{
	if (f->row.n == 0)
		return;
	struct request *r = letter_add_request(f->l, f->form->id, ++f->rows);
	r->document = f->document;
	for (int i = 0; i < f->row.n; i++)
		add_cell(f, r, f->row.at[i].column, f->row.at[i].text, f->row.at[i].confidence, &f->row.at[i].place);
	f->row.n = 0;
}

/* Some offices write what is asked for as text in one column: "Gia hạn", "Thay đổi thư điện tử". */
static void add_service(struct filled *f, struct table *t, const struct head *h, int row)
{
	const struct form_column *renew = form_column(f->form, "renew"), *change = form_column(f->form, "change");
	if (renew == NULL || change == NULL || row_find(f, renew) != NULL || row_find(f, change) != NULL)
		return;
	for (int c = 0; c < t->cols && c < HEAD_MAX_COLUMNS; c++) {
		const struct grid_cell *head = table_at(t, h->row + h->rows - 1, c), *cell = table_at(t, row, c);
		if (h->column[c] != NULL || head == NULL || cell == NULL)
			continue;
		char *label = text_weak(f->mem, text_line(f->mem, head->text));
		char *text = text_weak(f->mem, text_line(f->mem, cell->text));
		if (strstr(label, "de nghi") == NULL && strstr(label, "dich vu") == NULL &&
		    strstr(label, "yeu cau") == NULL)
			continue;
		if (strstr(text, "gia han") != NULL)
			row_add(f, renew, "x", cell);
		if (strstr(text, "thay doi") != NULL)
			row_add(f, change, "x", cell);
	}
}

/* What the page before cut off: no number of its own in a list where every row had one. */
static bool goes_on(const struct filled *f, struct table *t, const struct head *h, int row, bool first)
{
	const struct grid_cell *cell = number_cell(t, h, row);
	return first && f->row.n > 0 && f->numbered && cell != NULL && cell_blank(cell->text);
}

static void read_rows(struct filled *f, struct table *t, const struct head *h, int from)
{
	bool first = true;
	for (int row = from; row < t->rows && f->l->requests.n < MAX_REQUESTS; row++) {
		const struct grid_cell *of_number = number_cell(t, h, row);
		bool shared = of_number != NULL && of_number->row != row;      /* one number for several certificates */
		int number = of_number != NULL && !shared ? atoi(of_number->text) : 0, cells = count_filled(t, h, row);
		bool rest = cells > 0 && goes_on(f, t, h, row, first);
		/* A heading between rows ("I. Cá nhân"), a sum under them, an unfilled row. */
		if (cells == 0 || (number == 0 && cells < 2 && !rest) || is_numbering(t, row))
			continue;
		first = false;
		if (!rest) {
			row_end(f);
			if (number > 0 && number != f->last_number + 1)
				f->numbers_broken = true;
			f->last_number = number > 0 ? number : f->last_number + !shared;
			f->numbered = (f->numbered || f->rows == 0) && (number > 0 || shared);
		}
		for (int c = 0; c < t->cols && c < HEAD_MAX_COLUMNS; c++) {
			const struct grid_cell *cell = table_at(t, row, c);
			if (h->column[c] == NULL || strcmp(h->column[c]->type, "row") == 0 || cell == NULL ||
			    cell->col != c)
				continue;
			row_add(f, h->column[c], cell->text, cell);
		}
		add_service(f, t, h, row);
	}
}

/* What the cells of a column show it to be when its label could not be read: a stamp over the head. */
static bool column_holds(struct filled *f, struct table *t, const struct head *h, int col,
			 const struct form_column *want)
{
	int filled = 0, fit = 0;
	for (int row = h->row + h->rows; row < t->rows; row++) {
		const struct grid_cell *cell = table_at(t, row, col);
		if (cell == NULL || cell->cols > 1 || cell_blank(cell->text))
			continue;
		char *value = cell_typed(f->mem, want, cell->text);
		filled++;
		fit += value != NULL && strlen(value) >= 7;
	}
	return filled > 0 && fit * 2 > filled;
}

/* Only kinds of value that cannot be mistaken for one another. */
static void complete_head(struct filled *f, struct table *t, struct head *h)
{
	static const char *const telling[] = { "email", "identity", "tax", "budget", "serial" };
	for (int col = 0; col < t->cols && col < HEAD_MAX_COLUMNS; col++)
		for (size_t k = 0; k < sizeof telling / sizeof *telling && h->column[col] == NULL; k++)
			for (int i = 0; i < f->form->columns.n && h->column[col] == NULL; i++) {
				const struct form_column *c = &f->form->columns.at[i];
				bool taken = strcmp(c->type, telling[k]) != 0;
				for (int other = 0; other < HEAD_MAX_COLUMNS; other++)
					taken |= h->column[other] == c;
				if (!taken && column_holds(f, t, h, col, c))
					h->column[col] = c;
			}
}

/* The table with the head, then those after it: with the head again, or with the same columns and no head. */
static void read_list(struct filled *f, const struct choice *choice)
{
	const struct document *d = &f->l->documents.at[f->document];
	struct head h = choice->head;
	int columns = f->tables->all.at[choice->table].cols;
	for (int t = choice->table; t < f->tables->all.n; t++) {
		struct table *table = &f->tables->all.at[t];
		if (table->part != d->part || table->page < d->first_page || table->page > d->last_page)
			continue;
		struct head own_head =
			t == choice->table ? h : head_find(f->form, table, head_labels(f->mem, table));
		if (own_head.matched > 0 && own_head.score >= h.score * 0.7) {
			h = own_head;
			columns = table->cols;
			complete_head(f, table, &h);
			read_rows(f, table, &h, own_head.row + own_head.rows);
		} else if (table->cols == columns && table->page > f->tables->all.at[choice->table].page)
			read_rows(f, table, &h, 0);
	}
	row_end(f);
	if (f->numbers_broken)
		letter_finding(
			f->l, "2_extract/form-row-numbers", WARN, f->form->law,
			format_text(
				f->mem,
				"Số thứ tự trong danh sách không liên tục; đọc được %d dòng. Cần đối chiếu với "
				"bản gốc.",
				f->rows),
			format_text(f->mem,
				    "The running numbers of the list are not in sequence; %d rows were read. "
				    "Compare with the original.",
				    f->rows));
}

/* The contact block ----------------------------------------------------------------------------------- */

struct label_hit { size_t at, value; const struct form_column *column; };

/* Case is forgotten, diacritics are not; lower case has as many bytes as what it came from, or it is not used. */
static const struct form_column *label_at(const struct form *form, const char *text, size_t *len)
{
	const struct form_column *found = NULL;
	*len = 0;
	for (int i = 0; i < form->contact.n; i++) {
		const struct form_column *c = &form->contact.at[i];
		for (int k = -1; k < c->also.n; k++) {
			char *label = text_lower(NULL, k < 0 ? c->label : c->also.at[k]);
			size_t n = strlen(label);
			if (n > *len && strncmp(text, label, n) == 0) {
				const char *p = text + n;
				p += strspn(p, " ");
				if (*p == ':') {
					*len = (size_t)(p + 1 - text);
					found = c;
				}
			}
			talloc_free(label);
		}
	}
	return found;
}

static void read_contact_flow(struct filled *f, const struct flow *flow)
{
	char *low = text_lower(f->mem, flow->text.text);
	if (strlen(low) != flow->text.len)
		low = flow->text.text;
	LIST(struct label_hit) hits = { 0 };
	for (size_t at = 0; at < flow->text.len;) {
		size_t len;
		bool begins = at == 0 || strchr(" \n-+.,;()", low[at - 1]) != NULL;
		const struct form_column *c = begins ? label_at(f->form, low + at, &len) : NULL;
		if (c == NULL) {
			at++;
			continue;
		}
		hits.at = own_grow(f->mem, hits.at, hits.n, &hits.room, sizeof *hits.at);
		hits.at[hits.n++] = (struct label_hit){ at, at + len, c };
		at += len;
	}
	if (hits.n < 2)
		return;
	struct request *r = letter_add_request(f->l, f->form->id, 0);
	r->document = f->document;
	for (int i = 0; i < hits.n; i++) {
		size_t end = i + 1 < hits.n ? hits.at[i + 1].at : flow->text.len;
		const char *nl = memchr(low + hits.at[i].value, '\n', end - hits.at[i].value);
		end = nl != NULL ? (size_t)(nl - low) : end;
		while (end > hits.at[i].value && strchr(" .;,-+", low[end - 1]) != NULL)
			end--;
		if (end <= hits.at[i].value || request_cell(r, hits.at[i].column->name) != NULL)
			continue;
		struct value v = flow_value(f->mem, flow, hits.at[i].value, end);
		if (v.value != NULL)
			add_cell(f, r, hits.at[i].column, v.value, v.confidence, &v.place);
	}
	if (r->cells.n == 0)
		f->l->requests.n--;
}

static struct request *contact_request(struct filled *f)
{
	for (int i = 0; i < f->l->requests.n; i++)
		if (f->l->requests.at[i].document == f->document && f->l->requests.at[i].row == 0
		    && text_same(f->l->requests.at[i].form, f->form->id))
			return &f->l->requests.at[i];
	struct request *r = letter_add_request(f->l, f->form->id, 0);
	r->document = f->document;
	return r;
}

/* Cells above the list: "Họ và tên: ..." in one, or the label in one and the value in the next. */
static void read_contact_cells(struct filled *f, struct table *t, int until)
{
	for (int i = 0; i < t->cells.n && t->cells.at[i].row < until; i++) {
		const struct grid_cell *c = &t->cells.at[i], *next = table_at(t, c->row, c->col + c->cols);
		char *line = text_line(f->mem, c->text), *low = text_lower(f->mem, line),
		     *asked = format_text(f->mem, "%s:", low);
		size_t len, first = strspn(low, "-+*. ");
		const struct form_column *column = label_at(f->form, low + first, &len);
		const char *value = column != NULL ? line + first + len : "";
		const struct place *place = &c->place;
		if (column == NULL && next != NULL)
			column = label_at(f->form, asked + first, &len);
		if (column != NULL && cell_blank(value) && next != NULL && strlen(low) == strlen(line)) {
			value = next->text;
			place = &next->place;
		}
		if (column == NULL || cell_blank(value))
			continue;
		struct request *r = contact_request(f);
		if (request_cell(r, column->name) == NULL)
			add_cell(f, r, column, value, c->confidence, place);
	}
}

/* The lines from the item's heading, or the first label, to the list; a label or a bullet begins a paragraph. */
static void read_contact(struct filled *f)
{
	enum { MAX_CONTACT_LINES = 40 };
	const struct form *form = f->form;
	if (form->contact.n == 0)
		return;
	char *title = form->contact_title != NULL ? text_weak(f->mem, form->contact_title) : NULL;
	char *list = form->list_title != NULL ? text_weak(f->mem, form->list_title) : NULL;
	struct flow flow = { .mem = f->mem, .text.mem = f->mem };
	int taken = 0;
	bool inside = false;
	for (int i = 0; i < f->l->pages.n; i++) {
		const struct page *p = &f->l->pages.at[i];
		if (!is_of(f, p) || p->words.n == 0)
			continue;
		struct lines lines = page_lines(f->mem, p, page_whole(p), 0);
		for (int k = 0; k < lines.n && taken < MAX_CONTACT_LINES; k++) {
			const struct line *line = &lines.at[k];
			size_t len;
			const char *weak = line->weak;
			if (line_letters(line) == 0 && line->box.y0 < 70)
				continue;      /* page number */
			bool heading = title != NULL && strstr(weak, title) != NULL;
			bool ends = (list != NULL && strstr(weak, list) != NULL) || text_starts(weak, "2.") ||
				    text_starts(weak, "ii.") || text_starts(weak, "stt ") ||
				    text_starts(weak, "tt ");
			if (inside && ends && taken > 1) {
				taken = MAX_CONTACT_LINES;
				break;
			}
			char *low = text_lower(f->mem, line->text);
			const char *first = low + strspn(low, "-+*. ");
			bool labelled = label_at(form, first, &len) != NULL;
			inside |= heading || (labelled && strstr(weak, "ho va ten") != NULL);
			if (!inside || heading)
				continue;
			bool bullet = first != low && strchr(first, ':') != NULL;      /* "Phan Rang" + "- Tháp Chàm" is none */
			if (flow.text.len > 0 && (labelled || bullet))
				flow_break(&flow);
			flow_add(&flow, line);
			taken++;
		}
	}
	if (flow.text.len > 0)
		read_contact_flow(f, &flow);
}

/* ------------------------------------------------------------------------------------------------------ */

/* Words that no letter about certificates does without. */
static bool is_suspect(const struct filled *f)
{
	return strstr(f->weak, "chung thu") != NULL || strstr(f->weak, "thiet bi luu khoa") != NULL
		|| strstr(f->weak, "cts") != NULL;
}

void forms_read(struct letter *l, int document, struct tables *tables)
{
	const struct document *d = &l->documents.at[document];
	struct filled f = { .l = l, .mem = talloc_new(l), .document = document, .tables = tables };
	if (forms.n == 0 || text_same(d->text_source, "xml")) {
		talloc_free(f.mem);
		return;
	}
	gather_text(&f);
	if (!is_suspect(&f)) {
		talloc_free(f.mem);
		return;
	}
	bool asks = false;
	for (int i = 0; i < forms.n; i++)
		asks = asks || (forms.at[i]->columns.n > 0 && subject_fits(&f, &known[i]) >= 1);
	tables_find(l, document, tables, asks);
	struct choice choice = choose(&f);
	if (choice.form != NULL) {
		f.form = choice.form;
		struct document *own_document = &l->documents.at[document];
		own_document->kind = copy_text(l, "form");
		own_document->form = copy_text(l, f.form->id);
		own_document->confidence = choice.score >= 4 ? 0.95 : choice.score >= 2.5 ? 0.85 : 0.7;
		own_document->reason =
			format_text(l, "%s: trích yếu %s, %d cột của bảng khớp", f.form->title,
				    choice.own_subject ? "khớp" : "không khớp", choice.head.matched);
		read_contact(&f);
		for (int i = 0; i < tables->all.n && i <= choice.table; i++)
			if (tables->all.at[i].part == d->part)
				read_contact_cells(&f, &tables->all.at[i],
						   i < choice.table ? INT32_MAX : choice.head.row);
		if (choice.table >= 0)
			read_list(&f, &choice);
	}
	talloc_free(f.mem);
}

/* The list may have come as another file of the same letter. */
void forms_check(struct letter *l)
{
	for (int i = 0; i < l->documents.n; i++) {
		const struct form *form = forms_find(&forms, l->documents.at[i].form);
		bool listed = form == NULL || form->columns.n == 0;
		for (int k = 0; k < l->requests.n && !listed; k++)
			listed = l->requests.at[k].row > 0 && text_same(l->requests.at[k].form, form->id);
		if (listed)
			continue;
		struct finding *f = letter_finding(
			l, "2_extract/form-no-list", WARN, form->law,
			"Văn bản là mẫu đề nghị nhưng không đọc được dòng nào của danh sách. Cần người xem.",
			"The letter is a request form, but no row of its list could be read. A person must look.");
		struct place where = { .part = l->documents.at[i].part, .page = l->documents.at[i].first_page };
		finding_evidence(l, f, format_text(l, "part:%d", where.part), &where);
	}
}
