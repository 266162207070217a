/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_xlsx.c - ECMA-376 SpreadsheetML, the little of it that a list needs. See write_xlsx.h.
 */
#include "write_xlsx.h"
#include "markup.h"
#include "text.h"
#include "write_zip.h"

#define ADD(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

#define HEAD MARKUP_HEAD
#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE MARKUP_PACKAGE
#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* Cell formats by enum book_style: number format 49 is text. */
static const char styles[] = HEAD
	"<styleSheet xmlns=\"" SPREADSHEET "\"><fonts count=\"3\">"
	"<font><sz val=\"12\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font>"
	"<font><b/><sz val=\"13\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font>"
	"<font><b/><sz val=\"12\"/><name val=\"Times New Roman\"/><family val=\"1\"/></font></fonts>"
	"<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>"
	"</fill></fills><borders count=\"2\"><border/><border><left style=\"thin\"/><right style=\"thin\"/>"
	"<top style=\"thin\"/><bottom style=\"thin\"/></border></borders>"
	"<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
	"<cellXfs count=\"4\"><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
	"applyNumberFormat=\"1\"/>"
	"<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>"
	"<xf numFmtId=\"49\" fontId=\"2\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
	"applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>"
	"<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" "
	"applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>"
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
	*r = (struct book_row){ style, n, new_array(b, char *, (size_t)n) };
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
		buffer_format(b, "<c r=\"%s\" s=\"%d\"", name, (int)r->style);
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
	if (s->frozen > 0)
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
	if (s->merged.n > 0)
		buffer_format(&b, "<mergeCells count=\"%d\">", s->merged.n);
	for (int i = 0; i < s->merged.n; i++)
		buffer_format(&b, "<mergeCell ref=\"%s\"/>", s->merged.at[i]);
	if (s->merged.n > 0)
		buffer_text(&b, "</mergeCells>");
	buffer_text(&b, "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
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
