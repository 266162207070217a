/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_docx.c - the same paper as DOCX (ECMA-376 WordprocessingML), for the office to edit.
 *
 * Boxes that stand side by side in NĐ 30/2020 (1 and 2, 3 and 4, 7 and 9b) are cells of tables without lines, as
 * offices make them themselves; lists are real tables whose heads repeat on every page. Sizes and margins are
 * those of write_pdf.c. Nothing in it depends on the machine: no time but paper->at, no revision marks, no ids.
 */
#include "markup.h"
#include "paper.h"
#include "text.h"
#include "write_zip.h"
#include <string.h>

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TYPES "application/vnd.openxmlformats-officedocument.wordprocessingml."

enum { PLAIN = 0, STRONG = 1, SLANTED = 2, KEPT = 4 /* with the next */ };
enum { TWIPS_WIDTH = 11906, TWIPS_HEIGHT = 16838, TWIPS_LEFT = 1701, TWIPS_RIGHT = 1134, TWIPS_RIGHT_ACROSS = 850,
	TWIPS_TOP = 1134, TWIPS_CELL = 108 /* Word's own margin in a cell */,
	TWIPS_MOTTO = 3304 /* "Độc lập - Tự do - Hạnh phúc" in 13.5 points, bold */ };

struct doc {
	struct buffer *to;
	const struct paper *paper;
	int width;                             /* of the text, in twips (1/20 point) */
};

/* size in half points; runs of lines are broken where text has a line feed. */
static void run(struct doc *d, const char *text, int look, int size)
{
	buffer_format(d->to, "<w:r><w:rPr>%s%s<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>",
		      look & STRONG ? "<w:b/>" : "", look & SLANTED ? "<w:i/>" : "", size, size);
	while (*text != 0) {
		size_t n = strcspn(text, "\n");
		char *line = copy_part(d->to->mem, text, n);
		buffer_text(d->to, "<w:t xml:space=\"preserve\">");
		markup_text(d->to, line);
		buffer_text(d->to, "</w:t>");
		talloc_free(line);
		text += n;
		if (*text == '\n') {
			buffer_text(d->to, "<w:br/>");
			text++;
		}
	}
	buffer_text(d->to, "</w:r>");
}

/* align: left center right both; indent of the first line and space after, in twips. */
static void paragraph(struct doc *d, const char *text, const char *align, int look, int size, int indent, int after)
{
	buffer_format(d->to, "<w:p><w:pPr>%s<w:spacing w:before=\"0\" w:after=\"%d\"/><w:ind w:firstLine=\"%d\"/>"
		      "<w:jc w:val=\"%s\"/></w:pPr>", look & KEPT ? "<w:keepNext/>" : "", after, indent, align);
	if (text != NULL && *text != 0)
		run(d, text, look, size);
	buffer_text(d->to, "</w:p>");
}

/* A drawn line under the words above it, as wide as they are (NĐ 30/2020 Phụ lục I: no underlining), in a cell. */
static void rule_below(struct doc *d, int cell, int wide, int after)
{
	int in = (cell - wide) / 2;
	buffer_format(d->to, "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>"
		      "<w:spacing w:before=\"20\" w:after=\"%d\" w:line=\"60\" w:lineRule=\"exact\"/><w:ind w:left=\"%d\" w:right=\"%d\"/>"
		      "</w:pPr></w:p>", after, in, in);
}

static void cell_open(struct doc *d, int width)
{
	buffer_format(d->to, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", width);
}

static void pair_table_open(struct doc *d, int left)
{
	buffer_format(d->to, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>"
		      "<w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/></w:tblGrid><w:tr>", d->width, left,
		      d->width - left);
}

static void pair_table_close(struct doc *d) { buffer_text(d->to, "</w:tr></w:tbl>"); }

static void head(struct doc *d)
{
	const struct paper *a = d->paper;
	const void *mem = d->to->mem;
	int left = a->landscape ? d->width * 42 / 100 : d->width * 39 / 100;
	static const char dots[] = "....................";
	if (a->mark != NULL)
		paragraph(d, a->mark, "right", STRONG, 24, 0, 0);
	pair_table_open(d, left);
	cell_open(d, left);
	if (a->parent != NULL)
		paragraph(d, text_upper(mem, a->parent), "center", PLAIN, 26, 0, 0);
	paragraph(d, a->agency != NULL ? paper_agency(mem, a->agency) : "....................................", "center", STRONG,
		  26, 0, 0);
	rule_below(d, left - 2 * TWIPS_CELL, left * 2 / 5, 80);
	if (a->type == NULL || a->symbol != NULL)
		paragraph(d, format_text(mem, "Số: ............/%s", a->symbol != NULL ? a->symbol : dots), "center", PLAIN, 26, 0, 0);
	if (a->type == NULL)
		paragraph(d, a->subject, "center", PLAIN, 24, 0, 0);
	buffer_text(d->to, "</w:tc>");
	cell_open(d, d->width - left);
	paragraph(d, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "center", STRONG, 25, 0, 0);
	paragraph(d, "Độc lập - Tự do - Hạnh phúc", "center", STRONG, 27, 0, 0);
	rule_below(d, d->width - left - 2 * TWIPS_CELL, TWIPS_MOTTO, 140);
	paragraph(d, format_text(mem, "%s, ngày ...... tháng ...... năm %d", a->place != NULL ? a->place : dots, a->year),
		  "center", SLANTED, 27, 0, 0);
	buffer_text(d->to, "</w:tc>");
	pair_table_close(d);
	paragraph(d, NULL, "left", PLAIN, 24, 0, 60);
	if (a->type != NULL) {
		paragraph(d, a->type, "center", STRONG, 28, 0, 0);
		paragraph(d, a->subject, "center", STRONG, 28, 0, 240);
	}
}

static void addressees(struct doc *d)
{
	const struct texts *to = &d->paper->to;
	if (to->n == 1)
		paragraph(d, format_text(d->to->mem, "Kính gửi: %s.", to->at[0]), "center", PLAIN, 28, 0, 240);
	if (to->n > 1)
		paragraph(d, "Kính gửi:", "left", PLAIN, 28, 1440, 0);
	for (int i = 0; i < to->n && to->n > 1; i++)
		paragraph(d, format_text(d->to->mem, "- %s%s", to->at[i], i < to->n - 1 ? ";" : "."), "left", PLAIN, 28, 2160,
			  i < to->n - 1 ? 0 : 240);
}

static int column_width(const struct doc *d, const struct paper_table *t, int i)
{
	return (int)(d->width * t->columns.at[i].width / 100);
}

static int group_end(const struct paper_table *t, int i)
{
	int end = i + 1;
	while (t->columns.at[i].group != NULL && end < t->columns.n
	       && text_same(t->columns.at[end].group, t->columns.at[i].group))
		end++;
	return end;
}

static void head_cell(struct doc *d, int width, int span, const char *merge, const char *label)
{
	buffer_format(d->to, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", width);
	if (span > 1)
		buffer_format(d->to, "<w:gridSpan w:val=\"%d\"/>", span);
	if (merge != NULL)
		buffer_format(d->to, "<w:vMerge%s/>", merge);
	buffer_text(d->to, "<w:vAlign w:val=\"center\"/></w:tcPr>");
	paragraph(d, label, "center", STRONG, 22, 0, 0);
	buffer_text(d->to, "</w:tc>");
}

static void table_head(struct doc *d, const struct paper_table *t)
{
	static const char row[] = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
	bool grouped = false;
	for (int i = 0; i < t->columns.n; i++)
		grouped = grouped || t->columns.at[i].group != NULL;
	buffer_text(d->to, row);
	for (int i = 0, end; i < t->columns.n; i = end) {
		const struct paper_column *c = &t->columns.at[i];
		int width = 0;
		end = group_end(t, i);
		for (int j = i; j < end; j++)
			width += column_width(d, t, j);
		head_cell(d, width, end - i, grouped && c->group == NULL ? " w:val=\"restart\"" : NULL,
			  c->group != NULL ? c->group : c->label);
	}
	buffer_text(d->to, "</w:tr>");
	if (!grouped)
		return;
	buffer_text(d->to, row);
	for (int i = 0; i < t->columns.n; i++) {
		const struct paper_column *c = &t->columns.at[i];
		head_cell(d, column_width(d, t, i), 1, c->group == NULL ? "" : NULL, c->group == NULL ? NULL : c->label);
	}
	buffer_text(d->to, "</w:tr>");
}

static void table(struct doc *d, const struct paper_table *t)
{
	buffer_format(d->to, "<w:tbl><w:tblPr><w:tblStyle w:val=\"List\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
		      "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>", d->width);
	for (int i = 0; i < t->columns.n; i++)
		buffer_format(d->to, "<w:gridCol w:w=\"%d\"/>", column_width(d, t, i));
	buffer_text(d->to, "</w:tblGrid>");
	table_head(d, t);
	for (int i = 0; i < t->rows.n; i++) {
		buffer_text(d->to, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
		for (int j = 0; j < t->columns.n; j++) {
			cell_open(d, column_width(d, t, j));
			paragraph(d, t->rows.at[i][j], t->columns.at[j].centred ? "center" : "left", PLAIN, 22, 0, 0);
			buffer_text(d->to, "</w:tc>");
		}
		buffer_text(d->to, "</w:tr>");
	}
	buffer_text(d->to, "</w:tbl>");
	paragraph(d, NULL, "left", PLAIN, 24, 0, 60);
}

/* The dots of a blank run to the right edge by a tab with leader. */
static void pair(struct doc *d, const struct paper_block *b, int size)
{
	buffer_format(d->to, "<w:p><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"%d\"/></w:tabs>"
		      "<w:spacing w:before=\"0\" w:after=\"60\"/><w:ind w:left=\"480\"/></w:pPr>", d->width);
	run(d, format_text(d->to->mem, "%s: %s", b->text, b->value != NULL ? b->value : ""), PLAIN, size);
	if (b->value == NULL)
		buffer_format(d->to, "<w:r><w:rPr><w:sz w:val=\"%d\"/></w:rPr><w:tab/></w:r>", size);
	buffer_text(d->to, "</w:p>");
}

static void body(struct doc *d)
{
	int size = d->paper->landscape ? 26 : 28;
	for (int i = 0; i < d->paper->blocks.n; i++) {
		const struct paper_block *b = &d->paper->blocks.at[i];
		switch (b->kind) {
		case BLOCK_TEXT:
			paragraph(d, b->text, "both", i == d->paper->blocks.n - 1 ? KEPT : PLAIN, size, 720, 120);
			break;
		case BLOCK_HEADING:
			paragraph(d, b->text, "left", STRONG | KEPT, size, 720, 120);
			break;
		case BLOCK_ITEM:
			paragraph(d, format_text(d->to->mem, "- %s", b->text), "both", PLAIN, size, 720, 120);
			break;
		case BLOCK_PAIR:
			pair(d, b, size - 2);
			break;
		case BLOCK_TABLE:
			table(d, b->table);
			break;
		}
	}
}

/* lines: of the side that has more, so that both sign on one height. */
static void sign_cell(struct doc *d, const struct texts *as, int lines)
{
	for (int i = 0; i < (as->n > 0 ? lines : 0); i++)
		paragraph(d, i < as->n ? as->at[i] : NULL, "center", STRONG, 27, 0, 0);
	for (int i = 0; i < 5 && as->n > 0; i++)
		paragraph(d, NULL, "center", PLAIN, 27, 0, 120);
	paragraph(d, as->n > 0 ? "......................................" : NULL, "center", PLAIN, 28, 0, 0);
}

static void foot(struct doc *d)
{
	const struct paper *a = d->paper;
	int lines = a->sign_as.n > a->sign_beside.n ? a->sign_as.n : a->sign_beside.n;
	pair_table_open(d, d->width / 2);
	buffer_text(d->to, "<w:trPr><w:cantSplit/></w:trPr>");
	cell_open(d, d->width / 2);
	if (a->sign_beside.n > 0) {
		sign_cell(d, &a->sign_beside, lines);
	} else {
		paragraph(d, a->copies.n > 0 ? "Nơi nhận:" : NULL, "left", STRONG | SLANTED, 24, 0, 0);
		for (int i = 0; i < a->copies.n; i++)
			paragraph(d, format_text(d->to->mem, "- %s%s", a->copies.at[i], i < a->copies.n - 1 ? ";" : "."), "left",
				  PLAIN, 22, 0, 0);
	}
	buffer_text(d->to, "</w:tc>");
	cell_open(d, d->width - d->width / 2);
	sign_cell(d, &a->sign_as, lines);
	buffer_text(d->to, "</w:tc>");
	pair_table_close(d);
	paragraph(d, a->address, "center", PLAIN, 22, 0, 0);
}

static void section(struct doc *d)
{
	bool across = d->paper->landscape;
	buffer_format(d->to, "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
		      "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/><w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
		      "w:header=\"560\" w:footer=\"560\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>",
		      across ? TWIPS_HEIGHT : TWIPS_WIDTH, across ? TWIPS_WIDTH : TWIPS_HEIGHT,
		      across ? " w:orient=\"landscape\"" : "", TWIPS_TOP, across ? TWIPS_RIGHT_ACROSS : TWIPS_RIGHT,
		      TWIPS_TOP, TWIPS_LEFT);
}

static const char styles[] = MARKUP_HEAD
	"<w:styles xmlns:w=\"" WORD "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
	"w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/><w:sz w:val=\"28\"/>"
	"<w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
	"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
	"<w:style w:type=\"table\" w:styleId=\"List\"><w:name w:val=\"List\"/><w:tblPr><w:tblBorders>"
	"<w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/>"
	"<w:right w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/>"
	"<w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/>"
	"<w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>";

static const char page_number[] = MARKUP_HEAD
	"<w:hdr xmlns:w=\"" WORD "\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr>"
	"<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:instrText> PAGE </w:instrText>"
	"</w:r><w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

static const char types[] = MARKUP_HEAD
	"<Types xmlns=\"" MARKUP_PACKAGE "content-types\"><Default Extension=\"rels\" "
	"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" TYPES "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" TYPES "styles+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"" TYPES "header+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" "
	"ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char root[] = MARKUP_HEAD
	"<Relationships xmlns=\"" MARKUP_PACKAGE "relationships\">"
	"<Relationship Id=\"rId1\" Type=\"" RELATIONS "/officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" MARKUP_PACKAGE "relationships/metadata/core-properties\" "
	"Target=\"docProps/core.xml\"/></Relationships>";

static const char relations[] = MARKUP_HEAD
	"<Relationships xmlns=\"" MARKUP_PACKAGE "relationships\">"
	"<Relationship Id=\"rId1\" Type=\"" RELATIONS "/styles\" Target=\"styles.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" RELATIONS "/header\" Target=\"header1.xml\"/></Relationships>";

static struct bytes fixed(const char *text) { return (struct bytes){ (const uint8_t *)text, strlen(text) }; }

struct bytes write_docx(const void *mem, const struct paper *a)
{
	void *work = talloc_new(mem);
	struct buffer out = { .mem = work };
	struct doc d = { &out, a, a->landscape ? TWIPS_HEIGHT - TWIPS_LEFT - TWIPS_RIGHT_ACROSS
					       : TWIPS_WIDTH - TWIPS_LEFT - TWIPS_RIGHT };
	buffer_text(&out, MARKUP_HEAD "<w:document xmlns:w=\"" WORD "\" xmlns:r=\"" RELATIONS "\"><w:body>");
	head(&d);
	addressees(&d);
	body(&d);
	foot(&d);
	section(&d);
	buffer_text(&out, "</w:body></w:document>");
	struct packed parts[] = {
		{ "[Content_Types].xml", fixed(types) },
		{ "_rels/.rels", fixed(root) },
		{ "docProps/core.xml", markup_core(work, a->title, a->at) },
		{ "word/document.xml", { (const uint8_t *)out.text, out.len } },
		{ "word/styles.xml", fixed(styles) },
		{ "word/header1.xml", fixed(page_number) },
		{ "word/_rels/document.xml.rels", fixed(relations) },
	};
	struct bytes zip = write_zip(mem, parts, sizeof parts / sizeof *parts);
	talloc_free(work);
	return zip;
}
