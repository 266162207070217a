/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * read_sheet.c - CSV and XLSX: lists of certificates, of assignments, answers on the worksheet, and filled forms.
 *
 * A row whose headings are those of an inventory begins a list; every row below is a request with its cells
 * under INTERFACE's column names. What is no such list becomes a table and a page, and forms.c looks at it as
 * at any other table. Values are kept as they are written when their grammar does not know them, with half the
 * confidence, and the rows are told; half a million rows belong to `audit`, which reads sheets as a stream, so
 * a letter's list is cut at MAX_ROWS with a finding.
 */
#include "forms.h"
#include "grammar.h"
#include "layout.h"
#include "sheet.h"
#include "text.h"
#include "worksheet.h"
#include <string.h>

enum { MAX_ROWS = 40000, MAX_TABLE_ROWS = 3000, MAX_TABLE_COLUMNS = 64, TELL_ROWS = 10 };

struct list {
	struct letter *l;
	void *mem;
	int part, document;
	struct tables *tables;
	struct sheet_heading heading;          /* of the list being read; list NONE: none yet */
	int heading_row;
	bool answers;                          /* the worksheet of questions that persons answer */
	int answer_at[WORKSHEET_COLUMNS];
	int nameless;                          /* answers without a name or a reason */
	struct buffer nameless_rows;
	char *sheet;                           /* name of the worksheet it stands in */
	int row, bad, broken, without; /* rows read; with a bad value; with a broken quote; without serial */
	struct buffer bad_rows;
	bool cut;
	int table;                             /* index in tables->all of what is no list; -1: none */
	int table_rows;
	struct buffer text;
	enum date_order order;                 /* of D/M/YYYY in this file */
	int day_first, month_first;            /* dates that can be nothing else; the first look counts them */
};

static const char *list_name(enum sheet_list list)
{
	return list == SHEET_INVENTORY ? "certificate-list" : "assignment-list";
}

/* The value as its column wants it; NULL: not so written. */
static char *typed(const void *mem, const char *name, const char *text, enum date_order order)
{
	if (strcmp(name, "serial") == 0)
		return grammar_serial(mem, text);
	if (strcmp(name, "email") == 0)
		return grammar_mailbox(mem, text);
	if (strcmp(name, "valid_from") == 0 || strcmp(name, "valid_to") == 0)
		return grammar_date_listed(mem, text, order);
	if (strcmp(name, "renewals") == 0) {
		char *line = text_line(mem, text);
		return strspn(line, "0123456789") == strlen(line) && strlen(line) <= 3 ? line : NULL;
	}
	if (strcmp(name, "cert_kind") == 0) {
		static const struct { const char *key, *kind;
		} kinds[] = {
			{ "agency", "agency" },	  { "person", "person" },   { "device", "device" },
			{ "co quan", "agency" },  { "to chuc", "agency" },  { "ca nhan", "person" },
			{ "thiet bi", "device" }, { "phan mem", "device" }, { "dich vu", "device" },
		};
		char *key = text_weak(mem, text_line(mem, text));
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (text_starts(key, kinds[i].key))
				return copy_text(mem, kinds[i].kind);
		return NULL;
	}
	if (strcmp(name, "status") == 0) {
		static const struct { const char *key, *status;
		} known[] = {
			{ "assigned", "assigned" },
			{ "left", "left" },
			{ "da bo tri", "assigned" },
			{ "bo tri", "assigned" },
			{ "dang cong tac", "assigned" },
			{ "chuyen", "assigned" },
			{ "nghi", "left" },
			{ "thoi viec", "left" },
			{ "da nghi", "left" },
			{ "ve huu", "left" },
		};
		char *key = text_weak(mem, text_line(mem, text));
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			if (text_starts(key, known[i].key))
				return copy_text(mem, known[i].status);
		return NULL;
	}
	return text_line(mem, text);
}

static void open_document(struct list *s)
{
	if (s->document >= 0)
		return;
	struct document *d = letter_add_document(s->l);
	s->document = s->l->documents.n - 1;
	d->part = s->part;
	d->first_page = d->last_page = 1;
	d->text_source = copy_text(s->l, "text");
	d->kind = copy_text(s->l, "certificate-list");
	d->confidence = 0.95;
	d->reason = copy_text(s->l, "tên các cột là của danh sách chứng thư, danh sách phân công hoặc phiếu trả lời");
}

static struct place place_of(struct list *s, const struct sheet_row *row, int column)
{
	char *cell = sheet_cell_name(s->mem, column, row->number);
	return (struct place){ .part = s->part,
			       .page = 1,
			       .source = FROM_SHEET,
			       .path = row->sheet[0] != 0 ? format_text(s->l, "%s!%s", row->sheet, cell)
							  : copy_text(s->l, cell) };
}

static void add_list_row(struct list *s, const struct sheet_row *row)
{
	if (s->row >= MAX_ROWS) {
		s->cut = true;
		return;
	}
	open_document(s);
	struct request *r = letter_add_request(s->l, list_name(s->heading.list), ++s->row);
	r->document = s->document;
	bool bad = false;
	for (int i = 0; i < s->heading.n && i < row->n; i++) {
		const char *name = s->heading.name[i];
		char *line = name != NULL ? text_line(s->mem, row->cells[i]) : NULL;
		if (line == NULL || *line == 0)
			continue;
		char *value = typed(s->mem, name, line, s->order);
		struct cell *c = request_add_cell(s->l, r, name, value != NULL ? value : line);
		c->read.raw = strcmp(c->read.value, row->cells[i]) != 0 ? text_nfc(s->l, row->cells[i]) : NULL;
		c->read.confidence = value != NULL ? 1 : 0.5;
		c->read.place = place_of(s, row, i);
		bad |= value == NULL;
	}
	if (s->heading.list == SHEET_INVENTORY && request_cell(r, "serial") == NULL) {
		s->without++;
		bad = true;
	}
	s->broken += row->broken;
	if ((bad || row->broken) && s->bad++ < TELL_ROWS)
		buffer_format(&s->bad_rows, "%s%d", s->bad_rows.len > 0 ? ", " : "", row->number);
	talloc_free_children(s->mem);
}

/* A row that says its body has no certificate: a request of form "no-certificate". */
static bool add_none(struct list *s, const struct sheet_row *row)
{
	int serial = sheet_column(&s->heading, "serial"), body = sheet_column(&s->heading, "org_name");
	if (body < 0 || body >= row->n || row->cells[body][0] == 0)
		body = sheet_column(&s->heading, "holder_name");
	if (s->heading.list != SHEET_INVENTORY || serial < 0 || serial >= row->n || body < 0 || body >= row->n
	    || row->cells[body][0] == 0 || s->row >= MAX_ROWS || !grammar_none(row->cells[serial]))
		return false;
	open_document(s);
	struct request *r = letter_add_request(s->l, "no-certificate", ++s->row);
	r->document = s->document;
	struct cell *c = request_add_cell(s->l, r, "org_name", text_line(s->mem, row->cells[body]));
	c->read.confidence = 1;
	c->read.place = place_of(s, row, body);
	talloc_free_children(s->mem);
	return true;
}

/* One answer of the worksheet: a request of form "decision-list". Rows left open ask for nothing. */
static void add_answer(struct list *s, const struct sheet_row *row)
{
	static const struct { enum worksheet_column column; const char *name; } cells[] = {
		{ WORKSHEET_ID, "id" }, { WORKSHEET_SERIAL, "serial" }, { WORKSHEET_ANSWER, "choice" },
		{ WORKSHEET_PERSON, "name" }, { WORKSHEET_REASON, "reason" } };
	bool for_group, bad = row->broken;
	if (*text_line(s->mem, worksheet_cell(row, s->answer_at, WORKSHEET_ANSWER)) == 0)
		return;
	if (s->row >= MAX_ROWS) {
		s->cut = true;
		return;
	}
	open_document(s);
	struct request *r = letter_add_request(s->l, "decision-list", ++s->row);
	r->document = s->document;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		char *line = text_line(s->mem, worksheet_cell(row, s->answer_at, cells[i].column));
		const char *value = cells[i].column == WORKSHEET_ANSWER ? worksheet_answer(line, &for_group)
			: cells[i].column == WORKSHEET_SERIAL ? grammar_serial(s->mem, line) : line;
		if (*line == 0)
			continue;
		struct cell *c = request_add_cell(s->l, r, cells[i].name, value != NULL ? value : line);
		c->read.raw = value == NULL || strcmp(value, line) != 0 ? copy_text(s->l, line) : NULL;
		c->read.confidence = value != NULL ? 1 : 0.5;
		c->read.place = place_of(s, row, s->answer_at[cells[i].column]);
		bad |= value == NULL;
	}
	s->broken += row->broken;
	if (bad && s->bad++ < TELL_ROWS)
		buffer_format(&s->bad_rows, "%s%d", s->bad_rows.len > 0 ? ", " : "", row->number);
	if ((request_cell(r, "name") == NULL || request_cell(r, "reason") == NULL) && s->nameless++ < TELL_ROWS)
		buffer_format(&s->nameless_rows, "%s%d", s->nameless_rows.len > 0 ? ", " : "", row->number);
	talloc_free_children(s->mem);
}

/* What stands below a list and is none of its rows: text for people, no fact. */
static void add_remark(struct list *s, const struct sheet_row *row)
{
	for (int i = 0; i < row->n; i++) {
		char *line = text_line(s->mem, row->cells[i]);
		if (*line != 0)
			buffer_format(&s->text, "%s%s", i > 0 ? " | " : "", line);
	}
	buffer_text(&s->text, "\n");
	talloc_free_children(s->mem);
}

/* The first look at a file: in which order do its dates stand? */
static bool look_at_dates(void *with, const struct sheet_row *row)
{
	struct list *s = with;
	if (s->heading.list != SHEET_INVENTORY) {
		sheet_find_heading(row, &s->heading);
		return true;
	}
	for (int i = 0; i < s->heading.n && i < row->n; i++)
		if (s->heading.name[i] != NULL && text_starts(s->heading.name[i], "valid_") && strchr(row->cells[i], '/') != NULL) {
			enum date_order order = grammar_date_order(row->cells[i]);
			s->day_first += order == DAY_FIRST;
			s->month_first += order == MONTH_FIRST;
		}
	return s->day_first == 0;
}

/* Rows that are no list: a table for forms.c and text for people. */
static void add_table_row(struct list *s, const struct sheet_row *row)
{
	if (s->table_rows >= MAX_TABLE_ROWS) {
		s->cut = true;
		return;
	}
	if (s->table < 0 || !text_same(s->sheet, row->sheet)) {
		tables_add(s->tables, s->part, 1);
		s->table = s->tables->all.n - 1;
		s->table_rows = 0;
	}
	for (int i = 0; i < row->n && i < MAX_TABLE_COLUMNS; i++) {
		char *line = text_line(s->mem, row->cells[i]);
		struct grid_cell *c =
			table_add_cell(s->tables, &s->tables->all.at[s->table], s->table_rows, i, line);
		c->place = place_of(s, row, i);
		if (*line != 0)
			buffer_format(&s->text, "%s%s", i > 0 ? " | " : "", line);
	}
	buffer_text(&s->text, "\n");
	s->table_rows++;
	talloc_free_children(s->mem);
}

static bool take_row(void *with, const struct sheet_row *row)
{
	struct list *s = with;
	struct sheet_heading heading;
	bool new_sheet = s->sheet != NULL && strcmp(s->sheet, row->sheet) != 0;
	if (new_sheet) {
		s->heading = (struct sheet_heading){ .list = SHEET_NONE };
		s->answers = false;
	}
	if (s->answers) {
		add_answer(s, row);
		return !s->cut;
	}
	if (s->heading.list == SHEET_NONE && worksheet_find_heading(row, s->answer_at)) {
		s->answers = true;
		s->sheet = copy_text(s->l, row->sheet);
		return true;
	}
	if (s->heading.list == SHEET_NONE && sheet_find_heading(row, &heading)) {
		int known = 0;
		for (int i = 0; i < heading.n; i++)
			known += heading.name[i] != NULL;
		/* A form's list has some of an inventory's headings and more of its own. */
		if (known >= forms_headings(row->cells, row->n)) {
			s->heading = heading;
			s->heading_row = row->number;
			s->sheet = copy_text(s->l, row->sheet);
			return true;
		}
	}
	if (s->heading.list != SHEET_NONE && row->number == s->heading_row + 1 && sheet_extend_heading(row, &s->heading))
		return true;
	if (add_none(s, row))
		return true;
	if (s->heading.list != SHEET_NONE && sheet_is_remark(row, &s->heading)) {
		if (sheet_find_heading(row, &heading) && heading.list == s->heading.list)
			s->heading = heading;
		add_remark(s, row);
	} else if (s->heading.list != SHEET_NONE)
		add_list_row(s, row);
	else
		add_table_row(s, row);
	if (s->sheet == NULL || new_sheet)
		s->sheet = copy_text(s->l, row->sheet);
	return !s->cut;
}

static void tell(struct list *s, const char *rule, enum severity severity, const char *vi, const char *en)
{
	struct place where = { .part = s->part, .source = FROM_SHEET };
	finding_evidence(s->l, letter_finding(s->l, rule, severity, NULL, vi, en),
			 format_text(s->l, "part:%d", s->part), &where);
}

static bool bid(const struct part *p)
{
	static const char *const media[] = {
		"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", NULL };
	return reader_media(p, media);
}

static void add_page(struct list *s)
{
	struct page *p = reader_add_page(s->l, s->part, 1, FROM_SHEET);
	p->text = s->text.text != NULL ? s->text.text : copy_text(s->l, "");
}

static void read(struct letter *l, int part, struct tables *tables)
{
	struct list s = { .l = l,
			  .mem = talloc_new(l),
			  .part = part,
			  .document = -1,
			  .tables = tables,
			  .table = -1,
			  .bad_rows.mem = l,
			  .nameless_rows.mem = l,
			  .text.mem = l };
	const struct part *p = letter_find_part(l, part);
	struct sheet_trouble why = { 0 };
	sheet_read(l, p->bytes, look_at_dates, &s, &why);
	s.heading = (struct sheet_heading){ .list = SHEET_NONE };
	s.order = s.month_first > 0 && s.day_first == 0 ? MONTH_FIRST : DAY_FIRST;
	bool whole = sheet_read(l, p->bytes, take_row, &s, &why);
	if (s.order == MONTH_FIRST)
		tell(&s, "2_extract/sheet-month-first", WARN,
		     "Các ngày trong danh sách viết tháng trước ngày sau (tháng/ngày/năm) và được đọc như vậy; nếu không phải, đề nghị ghi lại "
		     "theo ngày/tháng/năm và gửi lại.",
		     "The dates of the list have the month first (M/D/YYYY) and are read so; if that is wrong, write them D/M/YYYY and send "
		     "it again.");
	add_page(&s);
	if (!whole && s.row == 0 && s.table < 0)
		tell(&s, p->inside == 0 ? "2_extract/unreadable" : "2_extract/part-unreadable", HOLD,
		     format_text(l, "Không đọc được bảng: %s. Đề nghị nơi gửi gửi lại.", why.vi),
		     format_text(
			     l,
			     "The table cannot be read: %s. Ask the sender to send it again.",
			     why.en));
	else if (!whole)
		tell(&s, "2_extract/sheet-cut-off", HOLD,
		     format_text(l, "Bảng không đọc được đến hết (%s); mới đọc %d dòng.", why.vi,
				 s.row + s.table_rows),
		     format_text(l, "The table could not be read to its end (%s); %d rows were.", why.en,
				 s.row + s.table_rows));
	if (s.cut)
		tell(&s, "2_extract/sheet-too-long", HOLD,
		     format_text(
			     l,
			     "Danh sách dài hơn %d dòng; phần sau không được đọc. Dùng lệnh audit cho danh sách lớn.",
			     s.row > 0 ? MAX_ROWS : MAX_TABLE_ROWS),
		     format_text(
			     l,
			     "The list is longer than %d rows; the rest was not read. Use audit for long lists.",
			     s.row > 0 ? MAX_ROWS : MAX_TABLE_ROWS));
	if (s.heading.list == SHEET_INVENTORY && s.row == 0)
		tell(&s, "2_extract/list-empty", WARN,
		     "Danh sách chứng thư số không có dòng nào. Nếu cơ quan không có chứng thư số, đề nghị ghi một dòng với tên cơ quan và chữ "
		     "\"không có\" ở cột số hiệu, hoặc gửi công văn có ký số nói rõ điều đó.",
		     "The list of certificates has no row. If the body has no certificate, write a row with its name and \"không có\" in the "
		     "column of the serial, or send a signed letter that says so.");
	if (s.bad > 0)
		tell(&s, "2_extract/sheet-bad-rows", WARN,
		     format_text(
			     l,
			     "%d dòng có giá trị không đúng dạng (dòng %s%s)%s. Các dòng khác vẫn được đọc.",
			     s.bad, s.bad_rows.text, s.bad > TELL_ROWS ? ", …" : "",
			     s.without > 0 ? format_text(l, ", trong đó %d dòng không có số hiệu", s.without)
					   : ""),
		     format_text(
			     l,
			     "%d rows hold a value not written as it must be (rows %s%s)%s. The others were read.",
			     s.bad, s.bad_rows.text, s.bad > TELL_ROWS ? ", …" : "",
			     s.without > 0 ? format_text(l, ", %d of them no serial", s.without) : ""));
	if (s.nameless > 0)
		tell(&s, "2_extract/answer-without-person", HOLD,
		     format_text(l, "%d câu trả lời thiếu họ tên người quyết định hoặc lý do (dòng %s%s); không được tính.",
				 s.nameless, s.nameless_rows.text, s.nameless > TELL_ROWS ? ", …" : ""),
		     format_text(l, "%d answers bear no name or no reason (rows %s%s); they do not count.", s.nameless,
				 s.nameless_rows.text, s.nameless > TELL_ROWS ? ", …" : ""));
	talloc_free(s.mem);
}

const struct reader reader_sheet = { .name = "sheet", .bid = bid, .read = read, .prepare = forms_prepare };
