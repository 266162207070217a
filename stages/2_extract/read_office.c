/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * read_office.c - DOCX (ISO/IEC 29500-1, 17) and ODT (ISO/IEC 26300-1) as pages of words and as tables.
 *
 * Only the main text is read: no headers, footers, notes, fields' codes or relations; nothing outside the file
 * is ever asked for. What a reader of the printed letter would not see is left out and told: deleted text of
 * tracked changes, hidden text. Both formats are walked by element name into the same paragraphs and rows,
 * which layout.c sets.
 */
#include "layout.h"
#include "text.h"
#include "xml.h"
#include "zip.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 64, MAX_REPEAT = 64 };

#define GROW(mem, list) \
	((list)->at = own_grow((mem), (list)->at, (list)->n, &(list)->room, sizeof *(list)->at), \
	 &(list)->at[(list)->n++])

struct office {
	struct layout out;
	struct letter *l;
	void *mem;
	int part;
	struct tables *tables;
	bool odt;
	const xmlNode *styles;                 /* ODT: office:automatic-styles */
	int deleted, hidden;                   /* pieces left out */
};

/* DOCX ----------------------------------------------------------------------------------------------- */

static bool is_on(const void *mem, const xmlNode *switches, const char *name)
{
	const xmlNode *n = xml_child(switches, name);
	char *val = xml_attr(mem, n, "val");
	return n != NULL && (val == NULL || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0 &&
					     strcmp(val, "none") != 0));
}

static void docx_run(struct office *o, struct para *p, const xmlNode *r)
{
	const xmlNode *look = xml_child(r, "rPr");
	struct buffer text = { .mem = o->mem };
	buffer_text(&text, "");
	for (const xmlNode *n = xml_first(r); n != NULL; n = xml_after(n)) {
		if (xml_is(n, "t"))
			buffer_text(&text, xml_text(o->mem, n));
		else if (xml_is(n, "tab"))
			buffer_text(&text, "\t");
		else if (xml_is(n, "br") && text_same(xml_attr(o->mem, n, "type"), "page"))
			p->new_page = p->new_page || p->runs.n == 0;
		else if (xml_is(n, "br") || xml_is(n, "cr"))
			buffer_text(&text, "\n");
		else if (xml_is(n, "noBreakHyphen"))
			buffer_text(&text, "-");
	}
	if (text.len == 0)
		return;
	if (is_on(o->mem, look, "vanish")) {
		o->hidden++;
		return;
	}
	struct run *run = para_add_run(o->mem, p, text.text);
	char *size = xml_attr(o->mem, xml_child(look, "sz"), "val"),
	     *color = xml_attr(o->mem, xml_child(look, "color"), "val");
	run->size = size != NULL && atoi(size) >= 8 && atoi(size) <= 144 ? (float)atoi(size) / 2 : 0;
	run->bold = is_on(o->mem, look, "b");
	run->italic = is_on(o->mem, look, "i");
	run->red = color != NULL && (strcasecmp(color, "FF0000") == 0 || strcasecmp(color, "C00000") == 0);
}

/* Runs stand in hyperlinks, insertions, content controls; deletions and moved-away text are passed over. */
static void docx_runs(struct office *o, struct para *p, const xmlNode *in)
{
	for (const xmlNode *n = xml_first(in); n != NULL; n = xml_after(n)) {
		if (xml_is(n, "r"))
			docx_run(o, p, n);
		else if (xml_is(n, "del") || xml_is(n, "moveFrom"))
			o->deleted++;
		else if (!xml_is(n, "pPr") && !xml_is(n, "sdtPr"))
			docx_runs(o, p, n);
	}
}

static void docx_para(struct office *o, struct para *p, const xmlNode *n)
{
	const xmlNode *look = xml_child(n, "pPr");
	char *jc = xml_attr(o->mem, xml_child(look, "jc"), "val");
	*p = (struct para){ .new_page = is_on(o->mem, look, "pageBreakBefore") };
	p->align = text_same(jc, "center")			    ? ALIGN_CENTER
		   : text_same(jc, "right") || text_same(jc, "end") ? ALIGN_RIGHT
		   : text_same(jc, "both")			    ? ALIGN_BOTH
								    : ALIGN_LEFT;
	docx_runs(o, p, n);
}

static double twips(const struct office *o, const xmlNode *n, const char *name, double otherwise)
{
	char *text = xml_attr(o->mem, n, name);
	double v = text != NULL ? atof(text) / 20 : 0;
	return v > 0 && v < 4000 ? v : otherwise;
}

/* Size and margins of the first section, where they leave room for text. */
static void docx_page(struct office *o, const xmlNode *body)
{
	const xmlNode *section = xml_below(body, "sectPr"), *size = xml_child(section, "pgSz"),
		      *margin = xml_child(section, "pgMar");
	struct layout *out = &o->out;
	double width = twips(o, size, "w", out->width), height = twips(o, size, "h", out->height);
	double left = twips(o, margin, "left", 85), right = twips(o, margin, "right", 43);
	double top = twips(o, margin, "top", 57), bottom = twips(o, margin, "bottom", 57);
	if (width - left - right < 150 || height - top - bottom < 150)
		return;
	out->width = width;
	out->height = height;
	out->left = left;
	out->right = width - right;
	out->top = top;
	out->bottom = height - bottom;
}

/* ODT ------------------------------------------------------------------------------------------------ */

static const xmlNode *odt_style(const struct office *o, const char *name, const char *properties)
{
	for (const xmlNode *s = xml_child(o->styles, "style"); name != NULL && s != NULL;
	     s = xml_next(s, "style"))
		if (text_same(xml_attr(o->mem, s, "name"), name))
			return xml_child(s, properties);
	return NULL;
}

static double odt_length(const char *text)
{
	char *end;
	double v = text != NULL ? strtod(text, &end) : 0;
	if (text == NULL)
		return 0;
	return strcmp(end, "cm") == 0	? v * 28.35
	       : strcmp(end, "in") == 0 ? v * 72
	       : strcmp(end, "mm") == 0 ? v * 2.835
					: v;
}

static void odt_run(struct office *o, struct para *p, const char *text, const xmlNode *look)
{
	if (*text == 0)
		return;
	struct run *run = para_add_run(o->mem, p, text);
	char *size = xml_attr(o->mem, look, "font-size"), *color = xml_attr(o->mem, look, "color");
	run->size = (float)odt_length(size);
	if (run->size < 4 || run->size > 72)
		run->size = 0;
	run->bold = text_same(xml_attr(o->mem, look, "font-weight"), "bold");
	run->italic = text_same(xml_attr(o->mem, look, "font-style"), "italic");
	run->red = color != NULL && (strcasecmp(color, "#ff0000") == 0 || strcasecmp(color, "#c9211e") == 0);
}

static void odt_runs(struct office *o, struct para *p, const xmlNode *in, const xmlNode *look)
{
	for (const xmlNode *n = in->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
			odt_run(o, p, (const char *)n->content, look);
		} else if (n->type != XML_ELEMENT_NODE)
			continue;
		else if (xml_is(n, "tab"))
			odt_run(o, p, "\t", look);
		else if (xml_is(n, "line-break"))
			odt_run(o, p, "\n", look);
		else if (xml_is(n, "s"))
			odt_run(o, p, " ", look);
		else if (xml_is(n, "span")) {
			const xmlNode *own_look =
				odt_style(o, xml_attr(o->mem, n, "style-name"), "text-properties");
			if (own_look != NULL && text_same(xml_attr(o->mem, own_look, "display"), "none"))
				o->hidden++;
			else
				odt_runs(o, p, n, own_look != NULL ? own_look : look);
		} else if (xml_is(n, "hidden-text") || xml_is(n, "annotation") || xml_is(n, "note"))
			o->hidden += xml_is(n, "hidden-text");
		else
			odt_runs(o, p, n, look);
	}
}

static void odt_para(struct office *o, struct para *p, const xmlNode *n)
{
	char *style = xml_attr(o->mem, n, "style-name");
	const xmlNode *look = odt_style(o, style, "paragraph-properties");
	char *align = xml_attr(o->mem, look, "text-align");
	*p = (struct para){ .new_page = text_same(xml_attr(o->mem, look, "break-before"), "page") };
	p->align = text_same(align, "center")				  ? ALIGN_CENTER
		   : text_same(align, "end") || text_same(align, "right") ? ALIGN_RIGHT
		   : text_same(align, "justify")			  ? ALIGN_BOTH
									  : ALIGN_LEFT;
	odt_runs(o, p, n, odt_style(o, style, "text-properties"));
}

/* Both ----------------------------------------------------------------------------------------------- */

static bool is_para(const struct office *o, const xmlNode *n)
{
	return xml_is(n, "p") || (o->odt && xml_is(n, "h"));
}

static bool is_table(const struct office *o, const xmlNode *n)
{
	return xml_is(n, o->odt ? "table" : "tbl");
}

static void read_para(struct office *o, struct para *p, const xmlNode *n)
{
	if (o->odt)
		odt_para(o, p, n);
	else
		docx_para(o, p, n);
}

/* All paragraphs below a cell; a table inside a cell gives its paragraphs in reading order. */
static void cell_paras(struct office *o, struct layout_cell *c, const xmlNode *in)
{
	for (const xmlNode *n = xml_first(in); n != NULL; n = xml_after(n)) {
		if (is_para(o, n))
			read_para(o, GROW(o->mem, &c->paras), n);
		else if (!xml_is(n, "tcPr") && !xml_is(n, "tracked-changes"))
			cell_paras(o, c, n);
	}
}

static int number_attr(const struct office *o, const xmlNode *n, const char *name)
{
	char *text = xml_attr(o->mem, n, name);
	int v = text != NULL ? atoi(text) : 1;
	return v < 1 ? 1 : v > MAX_REPEAT ? MAX_REPEAT : v;
}

struct grid {
	struct table *table;
	int index;                             /* of the table in tables->all: it may move */
	int row;
	int above[MAX_COLUMNS]; /* DOCX: index of the cell that reaches down into this column, or -1 */
};

static struct table *grid_table(struct office *o, const struct grid *g)
{
	return &o->tables->all.at[g->index];
}

static char *cell_text(struct office *o, const struct layout_cell *c)
{
	struct buffer b = { .mem = o->mem };
	buffer_text(&b, "");
	for (int i = 0; i < c->paras.n; i++)
		buffer_format(&b, "%s%s", i > 0 ? "\n" : "", para_text(o->mem, &c->paras.at[i]));
	return b.text;
}

/* One row: set on the page, and kept as cells of the table. */
static void read_row(struct office *o, struct grid *g, const xmlNode *tr)
{
	struct layout_row row = { 0 };
	bool continues[MAX_COLUMNS] = { false };
	int col = number_attr(o, xml_child(xml_child(tr, "trPr"), "gridBefore"), "val");
	col = xml_child(xml_child(tr, "trPr"), "gridBefore") != NULL ? col : 0;
	for (const xmlNode *n = xml_first(tr); n != NULL && col < MAX_COLUMNS; n = xml_after(n)) {
		const xmlNode *tc = xml_is(n, "sdt") ? xml_child(xml_child(n, "sdtContent"), "tc") : n;
		bool covered = o->odt && xml_is(n, "covered-table-cell");
		if (!(o->odt ? xml_is(n, "table-cell") || covered : xml_is(tc, "tc")))
			continue;
		const xmlNode *look = xml_child(tc, "tcPr"), *merge = xml_child(look, "vMerge");
		int cols = o->odt ? number_attr(o, n, "number-columns-spanned")
			: number_attr(o, xml_child(look, "gridSpan"), "val");
		int repeat = o->odt ? number_attr(o, n, "number-columns-repeated") : 1;
		cols = col + cols > MAX_COLUMNS ? MAX_COLUMNS - col : cols;
		char *val = xml_attr(o->mem, merge, "val");
		if (covered) {
			col += repeat;
			continue;
		}
		continues[row.cells.n] = merge != NULL && (val == NULL || strcmp(val, "continue") == 0);
		struct layout_cell *c = GROW(o->mem, &row.cells);
		*c = (struct layout_cell){ .col = col, .cols = cols };
		cell_paras(o, c, tc);
		col += o->odt ? (repeat > 1 ? repeat : 1) : cols;
	}
	struct place *places = new_array(o->mem, struct place, (size_t)row.cells.n + 1);
	layout_row(&o->out, &row, places);
	for (int i = 0; i < row.cells.n; i++) {
		const struct layout_cell *c = &row.cells.at[i];
		struct table *t = grid_table(o, g);
		if (continues[i] && g->above[c->col] >= 0) {
			t->cells.at[g->above[c->col]].rows++;
			continue;
		}
		struct grid_cell *cell = table_add_cell(o->tables, t, g->row, c->col, cell_text(o, c));
		cell->cols = c->cols;
		cell->place = places[i];
		cell->place.path =
			format_text(o->l, "table[%d]/row[%d]/cell[%d]", g->index + 1, g->row + 1, i + 1);
		if (c->col + c->cols > t->cols)
			t->cols = c->col + c->cols;
		for (int k = c->col; k < c->col + c->cols; k++)
			g->above[k] = t->cells.n - 1;
	}
	g->row++;
}

static void read_rows(struct office *o, struct grid *g, const xmlNode *in)
{
	for (const xmlNode *n = xml_first(in); n != NULL && !o->out.full; n = xml_after(n)) {
		if (xml_is(n, o->odt ? "table-row" : "tr"))
			read_row(o, g, n);
		else if (xml_is(n, "table-header-rows") || xml_is(n, "table-rows") || xml_is(n, "table-row-group")
			 || xml_is(n, "sdt") || xml_is(n, "sdtContent") || xml_is(n, "ins"))
			read_rows(o, g, n);
	}
}

static int read_widths(struct office *o, const xmlNode *table, double *widths)
{
	int n = 0;
	if (!o->odt)
		for (const xmlNode *c = xml_child(xml_child(table, "tblGrid"), "gridCol");
		     c != NULL && n < MAX_COLUMNS; c = xml_next(c, "gridCol")) {
			char *w = xml_attr(o->mem, c, "w");
			widths[n++] = w != NULL ? atof(w) / 20 : 0;
		}
	else
		for (const xmlNode *c = xml_child(table, "table-column"); c != NULL;
		     c = xml_next(c, "table-column")) {
			const xmlNode *look =
				odt_style(o, xml_attr(o->mem, c, "style-name"), "table-column-properties");
			double w = odt_length(xml_attr(o->mem, look, "column-width"));
			for (int k = number_attr(o, c, "number-columns-repeated"); k > 0 && n < MAX_COLUMNS; k--)
				widths[n++] = w;
		}
	return n;
}

/* Columns a table without a grid has: as many as its widest row. */
static int count_columns(struct office *o, const xmlNode *table)
{
	int most = 1;
	for (const xmlNode *r = xml_child(table, o->odt ? "table-row" : "tr"); r != NULL;
	     r = xml_next(r, o->odt ? "table-row" : "tr")) {
		int n = 0;
		for (const xmlNode *c = xml_first(r); c != NULL; c = xml_after(c))
			n += xml_is(c, "tc") || xml_is(c, "table-cell") || xml_is(c, "covered-table-cell");
		most = n > most ? n : most;
	}
	return most > MAX_COLUMNS ? MAX_COLUMNS : most;
}

static void read_table(struct office *o, const xmlNode *n)
{
	double widths[MAX_COLUMNS] = { 0 };
	int columns = read_widths(o, n, widths);
	if (columns == 0)
		columns = count_columns(o, n);
	layout_table(&o->out, widths, columns);
	tables_add(o->tables, o->part, o->out.page > 0 ? o->out.page : 1);
	struct grid g = { .index = o->tables->all.n - 1 };
	for (int i = 0; i < MAX_COLUMNS; i++)
		g.above[i] = -1;
	read_rows(o, &g, n);
}

static void read_blocks(struct office *o, const xmlNode *in)
{
	for (const xmlNode *n = xml_first(in); n != NULL && !o->out.full; n = xml_after(n)) {
		if (is_para(o, n)) {
			struct para p;
			read_para(o, &p, n);
			layout_para(&o->out, &p);
		} else if (is_table(o, n))
			read_table(o, n);
		else if (xml_is(n, "tracked-changes"))
			o->deleted++;
		else if (!xml_is(n, "sectPr") && !xml_is(n, "forms") && !xml_is(n, "sequence-decls"))
			read_blocks(o, n);
	}
}

static void tell(struct office *o, const char *rule, enum severity severity, const char *vi, const char *en)
{
	struct place where = { .part = o->part, .source = FROM_OFFICE };
	finding_evidence(o->l, letter_finding(o->l, rule, severity, NULL, vi, en),
			 format_text(o->mem, "part:%d", o->part), &where);
}

static void tell_unreadable(struct office *o, const char *why_vi, const char *why_en)
{
	bool envelope = letter_find_part(o->l, o->part)->inside == 0;
	tell(o, envelope ? "2_extract/unreadable" : "2_extract/part-unreadable", HOLD,
	     format_text(o->mem, "Tệp văn bản hỏng, không đọc được: %s. Đề nghị nơi gửi gửi lại.", why_vi),
	     format_text(o->mem,
			 "The document is damaged and cannot be read: %s. Ask the sender to send it again.",
			 why_en));
}

static bool bid(const struct part *p)
{
	static const char *const media[] = {
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.oasis.opendocument.text", NULL };
	return reader_media(p, media);
}

static void read_body(struct office *o, struct bytes bytes)
{
	enum xml_trouble trouble;
	char *why;
	xmlDoc *doc = xml_read(o->mem, bytes, XML_MAX_BYTES, &trouble, &why);
	const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	const xmlNode *body = xml_child(root, "body");
	if (trouble == XML_HAS_DTD)
		tell_unreadable(o, "có khai báo DOCTYPE, dấu hiệu tấn công",
				"it declares a DOCTYPE, a sign of an attack");
	else if (trouble != XML_FINE && trouble != XML_NOT_WELL_FORMED)
		tell_unreadable(o, "vượt giới hạn 20 MB, 256 lớp hoặc 1.000 thuộc tính",
				"it exceeds 20 MB, 256 levels or 1,000 attributes");
	else if (doc == NULL || body == NULL)
		tell_unreadable(o,
				format_text(o->mem, "XML không đúng cú pháp (%s)",
					    why != NULL ? why : "body"),
				format_text(o->mem, "its XML is not well formed (%s)",
					    why != NULL ? why : "body"));
	else {
		o->styles = xml_child(root, "automatic-styles");
		if (!o->odt)
			docx_page(o, body);
		read_blocks(o, o->odt ? xml_child(body, "text") : body);
		layout_end(&o->out);
	}
}

static void read(struct letter *l, int part, struct tables *tables)
{
	void *mem = talloc_new(l);
	const struct part *p = letter_find_part(l, part);
	struct office o = { .l = l, .mem = mem, .part = part, .tables = tables,
		.odt = text_starts(p->media, "application/vnd.oasis") };
	layout_begin(&o.out, l, mem, part);
	struct zip *z = zip_open(mem, p->bytes);
	int entry = zip_find(z, o.odt ? "content.xml" : "word/document.xml");
	struct bytes bytes;
	if (entry < 0)
		tell_unreadable(&o, "không có phần nội dung", "its main part is missing");
	else if (!zip_read(mem, z, entry, XML_MAX_BYTES, &bytes))
		tell_unreadable(&o, "phần nội dung hỏng hoặc quá lớn", "its main part is damaged or too big");
	else
		read_body(&o, bytes);
	if (o.deleted > 0 || o.hidden > 0)
		tell(&o, "2_extract/hidden-text", WARN,
		     format_text(
			     mem,
			     "Văn bản còn %d chỗ xóa chưa chấp nhận và %d chỗ chữ ẩn; các chỗ đó không được đọc.",
			     o.deleted, o.hidden),
		     format_text(
			     mem,
			     "The document holds %d tracked deletions and %d hidden pieces of text; they were left out.",
			     o.deleted, o.hidden));
	if (o.out.full)
		tell(&o, "2_extract/too-many-pages", WARN, "Văn bản dài hơn 300 trang; phần sau không được đọc.",
		     "The document is longer than 300 pages; the rest was not read.");
	talloc_free(mem);
}

const struct reader reader_office = { .name = "office", .bid = bid, .read = read };
