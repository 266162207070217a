/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_xlsx.c - ECMA-376 SpreadsheetML, the little of it that a list needs. See write_xlsx.h.
 */
#include "write_xlsx.h"
#include "markup.h"
#include "text.h"
#include "write_zip.h"
#include <string.h>

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

#define HEAD MARKUP_HEAD
#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE MARKUP_PACKAGE
#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* Cell formats by enum book_style, then the one of cells to be filled in: number format 49 is text. */
static const char styles[] = HEAD
	"<styleSheet xmlns=\"" SPREADSHEET "\"><fonts count=\"3\">"
	"<font><sz val=\"12\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font>"
	"<font><b/><sz val=\"13\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font>"
	"<font><b/><sz val=\"12\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font></fonts>"
	"<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>"
	"</fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFF8DC\"/><bgColor indexed=\"64\"/></patternFill></fill></fills><borders count=\"2\"><border/><border><left style=\"thin\"/><right style=\"thin\"/>"
	"<top style=\"thin\"/><bottom style=\"thin\"/></border></borders>"
	"<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
	"<cellXfs count=\"5\"><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
	"applyNumberFormat=\"1\"/>"
	"<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>"
	"<xf numFmtId=\"49\" fontId=\"2\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
	"applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>"
	"<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" "
	"applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
	"<xf numFmtId=\"49\" fontId=\"0\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\" "
	"applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/>"
	"<protection locked=\"0\"/></xf></cellXfs>"
	"<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

struct book *book_new(const void *mem, const char *title, time_t at)
{
	struct book *b = new_zero(mem, struct book);
	b->title = copy_text(b, title);
	b->at = at;
	return b;
}

struct book_sheet *book_sheet(struct book *b, const char *name, int widths_n, const double *widths)
{
	struct book_sheet *s = ADD(b, &b->sheets);
	s->name = copy_text(b, name);
	s->widths = new_array(b, double, (size_t)widths_n);
	s->widths_n = widths_n;
	for (int i = 0; i < widths_n; i++)
		s->widths[i] = widths[i];
	return s;
}

char **book_row(struct book *b, struct book_sheet *s, enum book_style style, int n)
{
	struct book_row *r = ADD(b, &s->rows);
	*r = (struct book_row){ style, n, new_array(b, char *, (size_t)n), 0 };
	return r->cells;
}

void book_texts(struct book *b, struct book_sheet *s, enum book_style style, int n, const char *const *texts)
{
	char **cells = book_row(b, s, style, n);
	for (int i = 0; i < n; i++)
		cells[i] = copy_text(b, texts[i]);
}

static char *cell_name(const void *mem, int column, int row)
{
	char letters[4] = "";
	int at = 3;
	for (int c = column; c >= 0 && at > 0; c = c / 26 - 1)
		letters[--at] = (char)('A' + c % 26);
	return format_text(mem, "%.*s%d", 3 - at, letters + at, row);
}

void book_merge(struct book *b, struct book_sheet *s, int row, int from, int row_to, int to)
{
	*ADD(b, &s->merged) = format_text(b, "%s:%s", cell_name(b, from, row), cell_name(b, to, row_to));
}

void book_open(struct book *b, struct book_sheet *s, int column)
{
	(void)b;
	s->rows.at[s->rows.n - 1].open |= (uint64_t)1 << column;
}

void book_choices(struct book *b, struct book_sheet *s, int column, const char *list)
{
	struct book_choice *c = NULL;
	for (int i = 0; i < s->choices.n && c == NULL; i++)
		if (strcmp(s->choices.at[i].list, list) == 0)
			c = &s->choices.at[i];
	if (c == NULL) {
		c = ADD(b, &s->choices);
		*c = (struct book_choice){ list, new_zero(b, struct buffer) };
		c->cells->mem = b;
	}
	char *name = cell_name(b, column, s->rows.n);
	buffer_format(c->cells, "%s%s", c->cells->len > 0 ? " " : "", name);
	talloc_free(name);
}

/* Lines the tallest cell needs when its text wraps: programs do not count them again on opening. */
static int lines_of(const struct book_sheet *s, const struct book_row *r)
{
	int most = 1;
	for (int i = 0; i < r->n && i < s->widths_n && r->style >= CELL_HEAD; i++) {
		int letters = r->cells[i] != NULL ? text_codepoints(r->cells[i]) : 0, room = (int)s->widths[i];
		int lines = room > 0 ? (letters + room - 1) / room : 1;
		most = lines > most ? lines : most;
	}
	return most < 25 ? most : 25;
}

static void write_row(struct buffer *b, const struct book_sheet *s, int at)
{
	const struct book_row *r = &s->rows.at[at];
	int number = at + 1;
	buffer_format(b, "<row r=\"%d\" ht=\"%d\" customHeight=\"1\">", number, lines_of(s, r) * 16);
	for (int i = 0; i < r->n; i++) {
		bool framed = r->style == CELL_HEAD || r->style == CELL_LIST;
		if (r->cells[i] == NULL && !framed)
			continue;
		char *name = cell_name(b->mem, i, number);
		bool open = i < 64 && (r->open >> i & 1) != 0;
		buffer_format(b, "<c r=\"%s\" s=\"%d\"", name, open ? CELL_LIST + 1 : (int)r->style);
		talloc_free(name);
		if (r->cells[i] == NULL) {
			buffer_text(b, "/>");
			continue;
		}
		buffer_text(b, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
		markup_text(b, r->cells[i]);
		buffer_text(b, "</t></is></c>");
	}
	buffer_text(b, "</row>");
}

static struct bytes sheet_part(const void *mem, const struct book_sheet *s)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, HEAD "<worksheet xmlns=\"" SPREADSHEET "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
		    "<sheetViews><sheetView workbookViewId=\"0\"");
	if (s->frozen > 0 && s->frozen_columns > 0)
		buffer_format(&b, "><pane xSplit=\"%d\" ySplit=\"%d\" topLeftCell=\"%s\" activePane=\"bottomRight\" state=\"frozen\"/>"
			      "</sheetView></sheetViews>", s->frozen_columns, s->frozen, cell_name(mem, s->frozen_columns, s->frozen + 1));
	else if (s->frozen > 0)
		buffer_format(&b, "><pane ySplit=\"%d\" topLeftCell=\"A%d\" activePane=\"bottomLeft\" state=\"frozen\"/>"
			      "</sheetView></sheetViews>", s->frozen, s->frozen + 1);
	else
		buffer_text(&b, "/></sheetViews>");
	buffer_text(&b, "<sheetFormatPr defaultRowHeight=\"15.75\"/><cols>");
	for (int i = 0; i < s->widths_n; i++)
		buffer_format(&b, "<col min=\"%d\" max=\"%d\" width=\"%d\" customWidth=\"1\"/>", i + 1, i + 1,
			      (int)s->widths[i]);
	buffer_text(&b, "</cols><sheetData>");
	for (int i = 0; i < s->rows.n; i++)
		write_row(&b, s, i);
	buffer_text(&b, "</sheetData>");
	if (s->locked)
		buffer_text(&b, "<sheetProtection sheet=\"1\" formatCells=\"0\" formatColumns=\"0\" formatRows=\"0\"/>");
	if (s->merged.n > 0)
		buffer_format(&b, "<mergeCells count=\"%d\">", s->merged.n);
	for (int i = 0; i < s->merged.n; i++)
		buffer_format(&b, "<mergeCell ref=\"%s\"/>", s->merged.at[i]);
	if (s->merged.n > 0)
		buffer_text(&b, "</mergeCells>");
	if (s->choices.n > 0)
		buffer_format(&b, "<dataValidations count=\"%d\">", s->choices.n);
	for (int i = 0; i < s->choices.n; i++) {
		buffer_format(&b, "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" errorTitle=\"Trả lời\" "
			      "error=\"Chọn một trong: %s\" sqref=\"%s\"><formula1>\"%s\"</formula1></dataValidation>", s->choices.at[i].list,
			      s->choices.at[i].cells->text, s->choices.at[i].list);
	}
	if (s->choices.n > 0)
		buffer_text(&b, "</dataValidations>");
	buffer_text(&b, "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
		    "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;CTrang &amp;P/&amp;N</oddFooter></headerFooter></worksheet>");
	return (struct bytes){ (const uint8_t *)b.text, b.len };
}

static struct bytes made(const struct buffer *b) { return (struct bytes){ (const uint8_t *)b->text, b->len }; }

static struct bytes fixed(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, __builtin_strlen(text) };
}

static struct bytes types_part(const void *mem, const struct book *k)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, HEAD "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" "
		    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPES "sheet.main+xml\"/>"
		    "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPES "styles+xml\"/>");
	for (int i = 0; i < k->sheets.n; i++)
		buffer_format(&b, "<Override PartName=\"/xl/worksheets/sheet%d.xml\" ContentType=\"" TYPES
			      "worksheet+xml\"/>", i + 1);
	buffer_text(&b, "<Override PartName=\"/docProps/core.xml\" "
		    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>");
	return made(&b);
}

static struct bytes workbook_part(const void *mem, const struct book *k)
{
	struct buffer b = { .mem = mem };
	bool named = false;
	buffer_text(&b, HEAD "<workbook xmlns=\"" SPREADSHEET "\" xmlns:r=\"" RELATIONS "\"><sheets>");
	for (int i = 0; i < k->sheets.n; i++) {
		buffer_text(&b, "<sheet name=\"");
		markup_text(&b, k->sheets.at[i].name);
		buffer_format(&b, "\" sheetId=\"%d\" r:id=\"rId%d\"/>", i + 1, i + 1);
	}
	buffer_text(&b, "</sheets>");
	for (int i = 0; i < k->sheets.n; i++) {
		int head = k->sheets.at[i].columns_head;
		if (head == 0)
			continue;
		buffer_text(&b, named ? "" : "<definedNames>");
		named = true;
		buffer_format(&b, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%d\">'", i);
		markup_text(&b, k->sheets.at[i].name);
		buffer_format(&b, "'!$%d:$%d</definedName>", head, head);
	}
	buffer_text(&b, named ? "</definedNames></workbook>" : "</workbook>");
	return made(&b);
}

static struct bytes relations_part(const void *mem, const struct book *k)
{
	struct buffer b = { .mem = mem };
	buffer_text(&b, HEAD "<Relationships xmlns=\"" PACKAGE "relationships\">");
	for (int i = 0; i < k->sheets.n; i++)
		buffer_format(&b, "<Relationship Id=\"rId%d\" Type=\"" RELATIONS "/worksheet\" "
			      "Target=\"worksheets/sheet%d.xml\"/>", i + 1, i + 1);
	buffer_format(&b, "<Relationship Id=\"rId%d\" Type=\"" RELATIONS "/styles\" Target=\"styles.xml\"/>"
		      "</Relationships>", k->sheets.n + 1);
	return made(&b);
}

struct bytes write_xlsx(const void *mem, const struct book *k)
{
	static const char root[] = HEAD "<Relationships xmlns=\"" PACKAGE "relationships\">"
		"<Relationship Id=\"rId1\" Type=\"" RELATIONS "/officeDocument\" Target=\"xl/workbook.xml\"/>"
		"<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\" "
		"Target=\"docProps/core.xml\"/></Relationships>";
	void *work = talloc_new(mem);
	struct packed *parts = new_array(work, struct packed, (size_t)k->sheets.n + 6);
	int n = 0;
	parts[n++] = (struct packed){ "[Content_Types].xml", types_part(work, k) };
	parts[n++] = (struct packed){ "_rels/.rels", fixed(root) };
	parts[n++] = (struct packed){ "docProps/core.xml", markup_core(work, k->title, k->at) };
	parts[n++] = (struct packed){ "xl/workbook.xml", workbook_part(work, k) };
	parts[n++] = (struct packed){ "xl/_rels/workbook.xml.rels", relations_part(work, k) };
	parts[n++] = (struct packed){ "xl/styles.xml", fixed(styles) };
	for (int i = 0; i < k->sheets.n; i++)
		parts[n++] = (struct packed){ format_text(work, "xl/worksheets/sheet%d.xml", i + 1),
					      sheet_part(work, &k->sheets.at[i]) };
	struct bytes zip = write_zip(mem, parts, n);
	talloc_free(work);
	return zip;
}
