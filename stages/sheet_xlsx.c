/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sheet_xlsx.c - rows of an Office Open XML workbook (ISO/IEC 29500-1, 18). See sheet.h.
 *
 * What rows refer to is read first and kept: the names of the sheets, which number formats are dates, and the
 * shared strings, all in one buffer. A worksheet is then a stream: inflated by zip.c, pulled by libxml2's
 * xmlReader, given on row by row. A DOCTYPE ends the reading wherever it stands.
 */
#include "sheet_xlsx.h"
#include "text.h"
#include "xml.h"
#include "zip.h"
#include <libxml/xmlreader.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_PART = 64 << 20,
	MAX_SHEETS = 256,
	MAX_FORMATS = 256,
	MAX_MERGED = 20000,
	DAYS_1900 = -25569 /* 1899-12-30 */,
	SHIFT_1904 = 1462
};

struct book {
	const void *mem;
	struct zip *zip;
	struct buffer strings;                 /* shared strings, each with its NUL */
	size_t *starts;
	int n_strings, room_strings;
	bool *is_date;                         /* by cell format (s="...") */
	int n_formats;
	bool from_1904;
	struct sheet_trouble *why;
};

static bool fail(struct book *b, const char *vi, const char *en)
{
	*b->why = (struct sheet_trouble){ copy_text(b->mem, vi), copy_text(b->mem, en) };
	return false;
}

static void drop_reader(void *r)
{
	xmlFreeTextReader(r);
}

static int no_close(void *stream)
{
	(void)stream;
	return 0;
}

static void hush(void *with, xmlErrorPtr e)
{
	(void)with, (void)e;
}

static xmlTextReader *open_part(const void *mem, struct book *b, int entry)
{
	struct zip_stream *s = zip_stream_open(mem, b->zip, entry);
	if (s == NULL)
		return NULL;
	xmlTextReader *r = own(mem, xmlReaderForIO(zip_stream_read, no_close, s, NULL, NULL,
						   XML_PARSE_NONET | XML_PARSE_HUGE), drop_reader);
	if (r != NULL)
		xmlTextReaderSetStructuredErrorHandler(r, hush, NULL);
	return r;
}

/* The next node; false at the end, on an error (*good false) and on a DOCTYPE. */
static bool step(xmlTextReader *r, bool *good)
{
	int got = xmlTextReaderRead(r);
	*good = got >= 0;
	if (got == 1 && (xmlTextReaderNodeType(r) == XML_READER_TYPE_DOCUMENT_TYPE
			 || xmlTextReaderDepth(r) > XML_MAX_DEPTH)) {
		*good = false;
		return false;
	}
	return got == 1;
}

static bool at_element(xmlTextReader *r, const char *name)
{
	return xmlTextReaderNodeType(r) == XML_READER_TYPE_ELEMENT
		&& strcmp((const char *)xmlTextReaderConstLocalName(r), name) == 0;
}

static bool at_end(xmlTextReader *r, const char *name)
{
	return xmlTextReaderNodeType(r) == XML_READER_TYPE_END_ELEMENT
		&& strcmp((const char *)xmlTextReaderConstLocalName(r), name) == 0;
}

static bool is_text(xmlTextReader *r)
{
	int t = xmlTextReaderNodeType(r);
	return t == XML_READER_TYPE_TEXT || t == XML_READER_TYPE_CDATA ||
	       t == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

/* <si><t>..</t></si> or runs <si><r><t>; phonetic guides <rPh> are no text. */
static bool read_strings(struct book *b)
{
	int entry = zip_find(b->zip, "xl/sharedStrings.xml");
	if (entry < 0)
		return true;
	void *scratch = talloc_new(b->mem);
	xmlTextReader *r = open_part(scratch, b, entry);
	bool good = r != NULL, in_text = false, in_guide = false;
	while (good && step(r, &good)) {
		if (at_element(r, "si")) {
			b->starts = own_grow(b->mem, b->starts, b->n_strings, &b->room_strings,
					     sizeof *b->starts);
			b->starts[b->n_strings++] = b->strings.len;
			if (xmlTextReaderIsEmptyElement(r))
				buffer_add(&b->strings, "", 1);
		} else if (at_end(r, "si"))
			buffer_add(&b->strings, "", 1);
		else if (at_element(r, "t"))
			in_text = !xmlTextReaderIsEmptyElement(r);
		else if (at_end(r, "t"))
			in_text = false;
		else if (at_element(r, "rPh"))
			in_guide = !xmlTextReaderIsEmptyElement(r);
		else if (at_end(r, "rPh"))
			in_guide = false;
		else if (in_text && !in_guide && b->n_strings > 0 && is_text(r))
			buffer_text(&b->strings, (const char *)xmlTextReaderConstValue(r));
		if (b->strings.len > ZIP_MAX_ENTRY)
			good = false;
	}
	talloc_free(scratch);
	return good || fail(b, "không đọc được xl/sharedStrings.xml trong tệp XLSX", "xl/sharedStrings.xml cannot be read");
}

static xmlDoc *small_part(const void *mem, struct book *b, const char *name)
{
	int entry = zip_find(b->zip, name);
	struct bytes bytes;
	enum xml_trouble trouble;
	char *why;
	if (entry < 0 || !zip_read(mem, b->zip, entry, MAX_PART, &bytes))
		return NULL;
	return xml_read(mem, bytes, MAX_PART, &trouble, &why);
}

/* Does a number format show a date? d, m, y outside of "quotes", [brackets] and \escapes; m alone is no time. */
static bool format_is_date(const char *code)
{
	for (; *code != 0; code++) {
		if (*code == '"') {
			code = strchr(code + 1, '"');
			if (code == NULL)
				return false;
		} else if (*code == '[') {
			code = strchr(code, ']');
			if (code == NULL)
				return false;
		} else if (*code == '\\' && code[1] != 0)
			code++;
		else if (strchr("dDyY", *code) != NULL)
			return true;
	}
	return false;
}

static bool builtin_is_date(int id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58);
}

static void read_styles(struct book *b)
{
	void *scratch = talloc_new(b->mem);
	xmlDoc *doc = small_part(scratch, b, "xl/styles.xml");
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	const xmlNode *formats = xml_child(root, "numFmts"), *cells = xml_child(root, "cellXfs");
	struct { int id; bool date; } own_formats[MAX_FORMATS];
	int n = 0, room = 0;
	for (const xmlNode *f = xml_child(formats, "numFmt"); f != NULL && n < MAX_FORMATS;
	     f = xml_next(f, "numFmt")) {
		char *id = xml_attr(scratch, f, "numFmtId"), *code = xml_attr(scratch, f, "formatCode");
		if (id == NULL || code == NULL)
			continue;
		own_formats[n].id = atoi(id);
		own_formats[n++].date = format_is_date(code);
	}
	for (const xmlNode *x = xml_child(cells, "xf"); x != NULL && b->n_formats < 65536;
	     x = xml_next(x, "xf")) {
		char *id = xml_attr(scratch, x, "numFmtId");
		int number = id != NULL ? atoi(id) : 0;
		bool date = builtin_is_date(number);
		for (int i = 0; i < n; i++)
			if (own_formats[i].id == number)
				date = own_formats[i].date;
		b->is_date = own_grow(b->mem, b->is_date, b->n_formats, &room, sizeof *b->is_date);
		b->is_date[b->n_formats++] = date;
	}
	talloc_free(scratch);
}

/* A day counted by Excel: 1900-02-29 is a day there, so days before it are one off. */
static char *excel_date(const void *mem, const struct book *b, double v)
{
	int64_t day = (int64_t)floor(v);
	int seconds = (int)lround((v - floor(v)) * 86400);
	if (seconds == 86400) {
		day++;
		seconds = 0;
	}
	int64_t shift = b->from_1904 ? SHIFT_1904 : day < 60 ? 1 : 0;
	char *date = date_text(mem, DAYS_1900 + day + shift);
	return seconds == 0 ? date
			    : format_text(mem, "%s %02d:%02d:%02d", date, seconds / 3600, seconds / 60 % 60,
					  seconds % 60);
}

static locale_t c_locale(void)
{
	static locale_t c;
	if (c == (locale_t)0)
		c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	return c;
}

/* A number as a person sees it; one that no double holds exactly stays as the file writes it. */
static char *number_text(const void *mem, const struct book *b, const char *stored, int format)
{
	char *end;
	double v = strtod_l(stored, &end, c_locale());
	if (end == stored || *end != 0)
		return copy_text(mem, stored);
	if (format >= 0 && format < b->n_formats && b->is_date[format] && v >= 1 && v < 2958466)
		return excel_date(mem, b, v);
	if (strpbrk(stored, "eE.") != NULL && fabs(v) < 1e15 && floor(v) >= v)
		return format_text(mem, "%.0f", v);
	return copy_text(mem, stored);
}

struct cells {
	struct buffer bytes;
	size_t starts[SHEET_MAX_COLUMNS];      /* 0: empty; the buffer begins with a NUL */
	int last;                              /* of the columns that are filled, counted from 1 */
	char reference[32], type[16];
	int column, format;
};

static int column_of(const char *reference)
{
	int column = 0;
	for (; *reference >= 'A' && *reference <= 'Z' && column < SHEET_MAX_COLUMNS * 26; reference++)
		column = column * 26 + (*reference - 'A' + 1);
	return column - 1;
}

static void attr_into(xmlTextReader *r, const char *name, char *out, size_t room)
{
	xmlChar *made = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
	snprintf(out, room, "%s", made != NULL ? (const char *)made : "");
	xmlFree(made);
}

/* The text of a cell by its type: s shared, str and inlineStr as they stand, b, e, or a number. */
static bool cell_ends(struct book *b, struct cells *c, const char *value)
{
	char *made = NULL;
	const char *text = value;
	if (strcmp(c->type, "s") == 0) {
		char *end;
		long i = strtol(value, &end, 10);
		text = end != value && i >= 0 && i < b->n_strings ? b->strings.text + b->starts[i] : "";
	} else if (strcmp(c->type, "b") == 0)
		text = strcmp(value, "0") == 0 ? "FALSE" : "TRUE";
	else if (c->type[0] == 0 || strcmp(c->type, "n") == 0)
		text = made = number_text(b->mem, b, value, c->format);
	size_t len = strlen(text);
	if (len <= SHEET_MAX_CELL && len > 0 && c->column >= 0 && c->column < SHEET_MAX_COLUMNS) {
		size_t from = c->starts[c->column] = c->bytes.len;
		buffer_add(&c->bytes, text, len + 1);
		c->bytes.len = from + sheet_unmark(c->bytes.text + from, len);
		buffer_add(&c->bytes, "", 1);
		if (c->column >= c->last)
			c->last = c->column + 1;
	}
	talloc_free(made);
	return len <= SHEET_MAX_CELL;
}

/* A cell merged over several rows: what stands in the first is meant in all of them. */
struct merged { int column, first, last; };

struct walk {
	struct { struct merged *at; int n, room, next; } merged;       /* by first row; next: not begun yet */
	struct { int last; char *text; } spread[SHEET_MAX_COLUMNS];    /* the one that covers this row of a column */
	struct sheet_row row;
	bool (*call)(void *, const struct sheet_row *);
	void *with;
	bool ended;                            /* the caller has had enough */
	int rows;
};

/* Fills what merged cells leave empty below their first row; a row that holds nothing else stays empty. */
static void spread_merged(struct cells *c, struct walk *w, const char *at[SHEET_MAX_COLUMNS])
{
	int row = w->row.number;
	for (; w->merged.next < w->merged.n && w->merged.at[w->merged.next].first <= row; w->merged.next++) {
		const struct merged *m = &w->merged.at[w->merged.next];
		talloc_free(w->spread[m->column].text);
		w->spread[m->column].text = m->first == row && m->column < c->last ? copy_text(w->merged.at, at[m->column]) : NULL;
		w->spread[m->column].last = m->last;
	}
	if (w->merged.n == 0 || c->last == 0)
		return;
	for (int i = 0; i < SHEET_MAX_COLUMNS; i++) {
		if (w->spread[i].text == NULL || row > w->spread[i].last)
			continue;
		for (; c->last <= i; c->last++)
			at[c->last] = "";
		at[i] = *at[i] == 0 ? w->spread[i].text : at[i];
	}
}

static void row_ends(struct cells *c, struct walk *w)
{
	const char *at[SHEET_MAX_COLUMNS];
	for (int i = 0; i < c->last; i++)
		at[i] = c->bytes.text + c->starts[i];
	spread_merged(c, w, at);
	w->row.n = c->last;
	w->row.cells = at;
	if (c->last > 0)
		w->ended = !w->call(w->with, &w->row);
	w->row.cells = NULL;
}

static void row_begins(xmlTextReader *r, struct cells *c, struct walk *w)
{
	char number[16];
	attr_into(r, "r", number, sizeof number);
	int n = atoi(number);
	w->row.number = n > 0 ? n : w->row.number + 1;
	w->rows++;
	memset(c->starts, 0, sizeof c->starts);
	c->bytes.len = 0;
	buffer_add(&c->bytes, "", 1);
	c->last = 0;
	c->column = -1;
}

static void cell_begins(xmlTextReader *r, struct cells *c)
{
	char format[16];
	attr_into(r, "r", c->reference, sizeof c->reference);
	attr_into(r, "t", c->type, sizeof c->type);
	attr_into(r, "s", format, sizeof format);
	c->column = c->reference[0] != 0 ? column_of(c->reference) : c->column + 1;
	c->format = format[0] != 0 ? atoi(format) : -1;
}

static int by_first_row(const void *a, const void *b)
{
	const struct merged *x = a, *y = b;
	return x->first != y->first ? (x->first > y->first) - (x->first < y->first) : x->column - y->column;
}

/* <mergeCell ref="B7:B9"/> stands behind the rows, so they are looked for first, in the inflated bytes. One that is cut
 * at the end of a piece is seen again in the next: the shorter one it may look like lies inside the true one. */
static void find_merged(struct book *b, int entry, struct walk *w)
{
	static const char mark[] = "<mergeCell ref=\"";
	enum { OVERLAP = 64, PIECE = 64 << 10 };
	void *scratch = talloc_new(b->mem);
	struct zip_stream *s = zip_stream_open(scratch, b->zip, entry);
	char *piece = new_array(scratch, char, OVERLAP + PIECE + 1);
	size_t held = 0;
	int got;
	w->merged.n = w->merged.next = 0;
	memset(w->spread, 0, sizeof w->spread);
	while (s != NULL && w->merged.n < MAX_MERGED && (got = zip_stream_read(s, piece + held, PIECE)) > 0) {
		size_t len = held + (size_t)got;
		piece[len] = 0;
		for (char *at = piece; (at = memmem(at, len - (size_t)(at - piece), mark, sizeof mark - 1)) != NULL;) {
			char from[8], to[8];
			int first, last;
			at += sizeof mark - 1;
			if (sscanf(at, "%7[A-Z]%d:%7[A-Z]%d", from, &first, to, &last) != 4 || first >= last
			    || w->merged.n >= MAX_MERGED || column_of(from) >= SHEET_MAX_COLUMNS)
				continue;
			w->merged.at = own_grow(b->mem, w->merged.at, w->merged.n, &w->merged.room, sizeof *w->merged.at);
			w->merged.at[w->merged.n++] = (struct merged){ column_of(from), first, last };
		}
		held = len < OVERLAP ? len : OVERLAP;
		memmove(piece, piece + len - held, held);
	}
	if (w->merged.n > 0)
		qsort(w->merged.at, (size_t)w->merged.n, sizeof *w->merged.at, by_first_row);
	talloc_free(scratch);
}

static bool read_worksheet(struct book *b, int entry, struct walk *w)
{
	void *scratch = talloc_new(b->mem);
	find_merged(b, entry, w);
	xmlTextReader *r = open_part(scratch, b, entry);
	struct cells *c = new_zero(scratch, struct cells);
	struct buffer value = { .mem = scratch };
	bool good = r != NULL, in_value = false, in_guide = false;
	c->bytes.mem = scratch;
	w->row.number = 0;
	while (good && !w->ended && step(r, &good)) {
		if (at_element(r, "row")) {
			row_begins(r, c, w);
			if (w->rows > SHEET_MAX_ROWS)
				good = false;
		} else if (at_end(r, "row"))
			row_ends(c, w);
		else if (at_element(r, "c")) {
			cell_begins(r, c);
			value.len = 0;
			buffer_add(&value, "", 0);
		} else if (at_end(r, "c"))
			good = cell_ends(b, c, value.text);
		else if (at_element(r, "v") || at_element(r, "t"))
			in_value = !xmlTextReaderIsEmptyElement(r);
		else if (at_end(r, "v") || at_end(r, "t"))
			in_value = false;
		else if (at_element(r, "rPh"))
			in_guide = !xmlTextReaderIsEmptyElement(r);
		else if (at_end(r, "rPh"))
			in_guide = false;
		else if (in_value && !in_guide && is_text(r))
			buffer_text(&value, (const char *)xmlTextReaderConstValue(r));
		if (value.len > SHEET_MAX_CELL)
			good = false;
	}
	talloc_free(scratch);
	if (!good)
		*b->why = (struct sheet_trouble){
			format_text(b->mem, "trang tính \"%s\" hỏng, có nội dung bị cấm hoặc quá lớn ở gần dòng %d", w->row.sheet,
				    w->row.number),
			format_text(b->mem, "sheet %s: damaged, forbidden or too big near row %d", w->row.sheet, w->row.number) };
	return good;
}

/* The entry a relation of the workbook points to; -1: nothing inside this file. */
static int target_entry(struct book *b, const xmlNode *relations, const char *id)
{
	void *scratch = talloc_new(b->mem);
	int entry = -1;
	for (const xmlNode *r = xml_child(relations, "Relationship"); r != NULL;
	     r = xml_next(r, "Relationship")) {
		char *own_id = xml_attr(scratch, r, "Id"), *target = xml_attr(scratch, r, "Target");
		if (id == NULL || !text_same(own_id, id) || target == NULL)
			continue;
		entry = zip_find(b->zip, target[0] == '/' ? target + 1 : format_text(scratch, "xl/%s", target));
		break;
	}
	talloc_free(scratch);
	return entry;
}

bool sheet_read_xlsx(const void *mem, struct bytes bytes, bool (*row)(void *, const struct sheet_row *),
		     void *with, struct sheet_trouble *why)
{
	void *scratch = talloc_new(mem);
	struct book b = { .mem = scratch, .zip = zip_open(scratch, bytes), .strings.mem = scratch, .why = why };
	struct walk w = { .call = row, .with = with };
	*why = (struct sheet_trouble){ 0 };
	buffer_add(&b.strings, "", 0);
	xmlDoc *book = small_part(scratch, &b, "xl/workbook.xml");
	xmlDoc *relations = small_part(scratch, &b, "xl/_rels/workbook.xml.rels");
	bool good = book != NULL || fail(&b, "tệp ZIP này không có xl/workbook.xml đọc được: không phải bảng tính XLSX, hoặc tệp hỏng; hãy "
					  "mở và lưu lại thành .xlsx", "xl/workbook.xml cannot be read: no XLSX, or a damaged one");
	if (good) {
		const xmlNode *root = xmlDocGetRootElement(book);
		char *epoch = xml_attr(scratch, xml_child(root, "workbookPr"), "date1904");
		b.from_1904 = epoch != NULL && (strcmp(epoch, "1") == 0 || strcmp(epoch, "true") == 0);
		read_styles(&b);
		good = read_strings(&b);
		int sheets = 0;
		for (const xmlNode *s = xml_child(xml_child(root, "sheets"), "sheet");
		     good && !w.ended && s != NULL && sheets < MAX_SHEETS; s = xml_next(s, "sheet")) {
			int entry = target_entry(&b, relations != NULL ? xmlDocGetRootElement(relations) : NULL,
						 xml_attr(scratch, s, "id"));
			char *name = xml_attr(scratch, s, "name");
			w.row.sheet = name != NULL ? name : "";
			sheets++;
			if (entry >= 0)
				good = read_worksheet(&b, entry, &w);
		}
		if (good && sheets == 0)
			good = fail(&b, "tệp không có trang tính nào", "no worksheet");
	}
	if (why->vi != NULL)
		*why = (struct sheet_trouble){ copy_text(mem, why->vi), copy_text(mem, why->en) };
	talloc_free(scratch);
	return good;
}
