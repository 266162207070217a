/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_pdf.c - a paper as PDF, laid out as NĐ 30/2020 Phụ lục I asks.
 *
 * Sizes (points) and margins: Phụ lục I, mục II. A4; top and bottom 20 mm, left 30 mm, right 20 mm (15 across). A paper
 * that needs a page more only for its last lines is set closer, as far as the law lets (text 13 to 14, right margin 15 to
 * 20 mm, 6 points between paragraphs), so that the signature stands under the words. Words and lines are pen.h's.
 */
#include "paper.h"
#include "pen.h"
#include "text.h"
#include <stdio.h>
#include <string.h>

/* How closely: the text's size, the right margin in mm, the room for the person's signature and the agency's beside it. */
struct fit { double text, text_across, margin, sign_room; };
static const struct fit fits[] = { { 14, 13, 20, 92 }, { 14, 13, 15, 84 }, { 13, 13, 15, 80 } };
enum { FITS = sizeof fits / sizeof *fits, FIT_PAGES = 3 };     /* longer papers are not worth the trouble */
static const double between = 6;               /* paragraphs */
static const char dots[] = "....................";

static void new_page(struct pen *p)
{
	cairo_show_page(p->cr);
	p->page++;
	char number[16];
	snprintf(number, sizeof number, "%d", p->page);
	pen_use(p, REGULAR, 13);
	pen_draw(p, (p->width - pen_wide(p, number)) / 2, p->top - 18, number);
	p->y = p->top;
}

static void need(struct pen *p, double height)
{
	if (p->y + height > p->bottom)
		new_page(p);
}

/* A paragraph over pages: the first line moved in by indent, the others by hang. */
static void paragraph(struct pen *p, const char *text, enum align align, enum face face, double size, double indent,
		      double hang)
{
	pen_use(p, face, size);
	double room = p->right - p->left - hang;
	struct texts lines = pen_wrap(p, text, room, indent - hang);
	for (int i = 0; i < lines.n; i++) {
		need(p, size * LEADING);
		pen_use(p, face, size);
		double in = i == 0 ? indent : hang;
		pen_line(p, p->left + in, p->right - p->left - in, p->y + size, lines.at[i], align, i == lines.n - 1);
		p->y += size * LEADING;
	}
	p->y += between;
}

static void mark_place(struct pen *p, const char *name, double x, double y)
{
	cairo_tag_begin(p->cr, CAIRO_TAG_DEST, format_text(p->mem, "name='%s' x=%.1f y=%.1f", name, x, y));
	cairo_tag_end(p->cr, CAIRO_TAG_DEST);
}

/* A run of dots to be filled in, as points that are no text: what a pen or a signature puts there is read alone. */
static void draw_dots(struct pen *p, double x, double baseline, double width)
{
	cairo_save(p->cr);
	cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_width(p->cr, 0.9);
	cairo_set_dash(p->cr, (const double[]){ 0, 3.3 }, 2, 0);
	cairo_move_to(p->cr, x + 1, baseline - 0.5);
	cairo_line_to(p->cr, x + width - 1, baseline - 0.5);
	cairo_stroke(p->cr);
	cairo_restore(p->cr);
}

/* A centred line with spaces to be filled in; their places get the names, in order, NULL: none. A text that takes more
 * than a line is set as any other and has no such places. */
static double fill_in(struct pen *p, double x, double room, double y, const char *line, enum face face, double size,
		      const char *const *names)
{
	pen_use(p, face, size);
	if (pen_wide(p, line) > room)
		return pen_column(p, x, room, y, line, CENTRED, face, size);
	x += (room - pen_wide(p, line)) / 2;
	while (*line != 0) {
		const char *run = strstr(line, PAPER_DAY_DOTS);
		size_t text = run != NULL ? (size_t)(run - line) : strlen(line), run_len = strspn(line + text, ".");
		char *head = copy_part(p->mem, line, text), *points = copy_part(p->mem, line + text, run_len);
		if (text > 0)
			pen_draw(p, x, y + size, head);
		x += pen_wide(p, head);
		if (run_len > 0) {
			draw_dots(p, x, y + size, pen_wide(p, points));
			if (*names != NULL)
				mark_place(p, *names, x, y + size);
			x += pen_wide(p, points);
			names++;
		}
		line += text + run_len;
	}
	return y + size * LEADING;
}

/* Boxes 1 to 5: national title and agency side by side, number and date, what it is about. */
static void head(struct pen *p)
{
	const struct paper *a = p->paper;
	double all = p->right - p->left, lw = a->landscape ? all * 0.42 : all * 0.385, rx = p->left + lw,
		rw = all - lw;
	if (a->mark != NULL) {
		pen_use(p, BOLD, 12);
		pen_draw(p, p->right - pen_wide(p, a->mark), p->y - 10, a->mark);
	}
	double ly = p->y, ry = p->y;
	if (a->parent != NULL)
		ly = pen_column(p, p->left, lw - 6, ly, text_upper(p->mem, a->parent), CENTRED, REGULAR, 13);
	const char *agency = a->agency != NULL ? paper_agency(p->mem, a->agency) : "......................................";
	ly = pen_column(p, p->left, lw - 6, ly, agency, CENTRED, BOLD, 13);
	pen_rule(p, p->left + (lw - 6) * 0.3, p->left + (lw - 6) * 0.7, ly + 2.5);
	ry = pen_column(p, rx, rw, ry, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRED, BOLD, 12.5);
	static const char motto[] = "Độc lập - Tự do - Hạnh phúc";
	ry = pen_column(p, rx, rw, ry, motto, CENTRED, BOLD, 13.5);
	double half = pen_wide(p, motto) / 2;
	pen_rule(p, rx + rw / 2 - half, rx + rw / 2 + half, ry + 2.5);
	ly = ry = (ly > ry ? ly : ry) + 11;
	if (a->type == NULL || a->symbol != NULL) {
		char *number = format_text(p->mem, "Số: " PAPER_NUMBER_DOTS "/%s",
					   a->symbol != NULL ? a->symbol : "..................");
		ly = fill_in(p, p->left, lw - 6, ly, number, REGULAR, 13, (const char *const[]){ PAPER_NUMBER_HERE, NULL });
	}
	char *date = format_text(p->mem, "%s, ngày " PAPER_DAY_DOTS " tháng " PAPER_DAY_DOTS " năm %d",
				 a->place != NULL ? a->place : dots, a->year);
	const char *const places[] = { NULL, PAPER_DAY_HERE, PAPER_MONTH_HERE };
	ry = fill_in(p, rx, rw, ry, date, ITALIC, 13.5, places + (a->place != NULL));
	if (a->type == NULL && a->subject != NULL)
		ly = pen_column(p, p->left, lw - 6, ly + 2, a->subject, CENTRED, REGULAR, 12);
	p->y = (ly > ry ? ly : ry) + 16;
	if (a->type == NULL)
		return;
	p->y = pen_column(p, p->left, all, p->y, a->type, CENTRED, BOLD, 14);
	p->y = pen_column(p, p->left + 40, all - 80, p->y, a->subject, CENTRED, BOLD, 14);
	pen_use(p, BOLD, 14);
	pen_rule(p, p->left + all / 2 - 40, p->left + all / 2 + 40, p->y + 2.5);
	p->y += 16;
}

/* Box 9a. One addressee stands on the line of the words, several below each other. */
static void addressees(struct pen *p)
{
	const struct texts *to = &p->paper->to;
	double all = p->right - p->left;
	if (to->n == 1) {
		char *line = format_text(p->mem, "Kính gửi: %s.", to->at[0]), *comma = strrchr(line, ',');
		pen_use(p, REGULAR, 14);
		if (pen_wide(p, line) > all && comma != NULL)
			comma[1] = '\n';                /* the superior goes below */
		p->y = pen_column(p, p->left, all, p->y, line, CENTRED, REGULAR, 14);
	}
	if (to->n > 1) {
		pen_use(p, REGULAR, 14);
		double in = p->left + all * 0.14, after = in + pen_wide(p, "Kính gửi:  ");
		pen_draw(p, in, p->y + 14, "Kính gửi:");
		p->y += 14 * LEADING;
		for (int i = 0; i < to->n; i++)
			p->y = pen_column(p, after, p->right - after, p->y,
				      format_text(p->mem, "- %s%s", to->at[i], i < to->n - 1 ? ";" : "."), LEFT, REGULAR, 14);
	}
	if (to->n > 0)
		p->y += 14;
}

/* A table's cells of one row, wrapped; lines_n is the tallest. */
struct row { struct texts *cells; int lines_n; };

static const double cell_pad = 3;
static double cell_size(const struct pen *p) { return p->paper->landscape ? 11 : 11.5; }

static double column_x(const struct pen *p, const struct paper_table *t, int i)
{
	double share = 0;
	for (int j = 0; j < i; j++)
		share += t->columns.at[j].width;
	return p->left + (p->right - p->left) * share / 100;
}

/* The size at which the longest word of a label stays whole; words of a head are not broken. */
static double label_size(struct pen *p, const char *label, double room)
{
	double size = cell_size(p), widest = 0;
	pen_use(p, BOLD, size);
	for (const char *c = label; *c != 0; c += strspn(c, " ")) {
		size_t len = strcspn(c, " ");
		char *word = copy_part(p->mem, c, len);
		double w = pen_wide(p, word);
		widest = w > widest ? w : widest;
		talloc_free(word);
		c += len;
	}
	return widest > room && widest > 0 ? size * room / widest * 0.99 : size;
}

/* Text centred both ways in a cell of the head. */
static void head_cell(struct pen *p, double x0, double y0, double x1, double y1, const char *label)
{
	double size = label_size(p, label, x1 - x0 - 2 * cell_pad);
	pen_use(p, BOLD, size);
	struct texts lines = pen_wrap(p, label, x1 - x0 - 2 * cell_pad, 0);
	pen_frame(p, x0, y0, x1, y1);
	pen_column(p, x0 + cell_pad, x1 - x0 - 2 * cell_pad, y0 + (y1 - y0 - lines.n * size * LEADING) / 2, label, CENTRED,
	       BOLD, size);
}

static double label_height(struct pen *p, const char *label, double room)
{
	double size = label_size(p, label, room - 2 * cell_pad);
	pen_use(p, BOLD, size);
	return pen_wrap(p, label, room - 2 * cell_pad, 0).n * size * LEADING + 2 * cell_pad;
}

static int group_end(const struct paper_table *t, int i)
{
	int end = i + 1;
	while (t->columns.at[i].group != NULL && end < t->columns.n && t->columns.at[end].group != NULL
	       && strcmp(t->columns.at[end].group, t->columns.at[i].group) == 0)
		end++;
	return end;
}

static void table_head(struct pen *p, const struct paper_table *t)
{
	double upper = 0, lower = 0, whole = 0;
	for (int i = 0; i < t->columns.n; i++) {
		const struct paper_column *c = &t->columns.at[i];
		double room = column_x(p, t, i + 1) - column_x(p, t, i), h = label_height(p, c->label, room);
		if (c->group == NULL) {
			whole = h > whole ? h : whole;
			continue;
		}
		double g = label_height(p, c->group, column_x(p, t, group_end(t, i)) - column_x(p, t, i));
		lower = h > lower ? h : lower;
		if (i == 0 || !text_same(t->columns.at[i - 1].group, c->group))
			upper = g > upper ? g : upper;
	}
	if (upper + lower < whole)
		lower = whole - upper;
	double y0 = p->y, y1 = y0 + upper, y2 = y1 + lower;
	for (int i = 0; i < t->columns.n; i++) {
		const struct paper_column *c = &t->columns.at[i];
		double x0 = column_x(p, t, i), x1 = column_x(p, t, i + 1);
		head_cell(p, x0, c->group != NULL ? y1 : y0, x1, y2, c->label);
		if (c->group != NULL && (i == 0 || !text_same(t->columns.at[i - 1].group, c->group)))
			head_cell(p, x0, y0, column_x(p, t, group_end(t, i)), y1, c->group);
	}
	p->y = y2;
}

static struct row wrap_row(struct pen *p, const struct paper_table *t, char **cells)
{
	struct row r = { .cells = new_array(p->mem, struct texts, (size_t)t->columns.n), .lines_n = 1 };
	pen_use(p, REGULAR, cell_size(p));
	for (int i = 0; i < t->columns.n; i++) {
		double room = column_x(p, t, i + 1) - column_x(p, t, i) - 2 * cell_pad;
		r.cells[i] = pen_wrap(p, cells[i] != NULL ? cells[i] : "", room, 0);
		if (r.cells[i].n > r.lines_n)
			r.lines_n = r.cells[i].n;
	}
	return r;
}

/* Lines from..to of a row, in a frame; a row taller than a page goes on over the next. */
static void row_slice(struct pen *p, const struct paper_table *t, const struct row *r, int from, int to)
{
	double size = cell_size(p), step = size * LEADING, y1 = p->y + (to - from) * step + 2 * cell_pad;
	pen_use(p, REGULAR, size);
	for (int i = 0; i < t->columns.n; i++) {
		double x0 = column_x(p, t, i), x1 = column_x(p, t, i + 1), y = p->y + cell_pad;
		pen_frame(p, x0, p->y, x1, y1);
		for (int j = from; j < to && j < r->cells[i].n; j++, y += step)
			pen_line(p, x0 + cell_pad, x1 - x0 - 2 * cell_pad, y + size, r->cells[i].at[j],
				  t->columns.at[i].centred ? CENTRED : LEFT, true);
	}
	p->y = y1;
}

static void table(struct pen *p, const struct paper_table *t)
{
	const void *outer = p->mem;
	double step = cell_size(p) * LEADING;
	need(p, 120);
	table_head(p, t);
	for (int i = 0; i < t->rows.n; i++) {
		void *work = talloc_new(outer);
		p->mem = work;
		struct row r = wrap_row(p, t, t->rows.at[i]);
		int from = 0;
		while (from < r.lines_n) {
			double free_room = p->bottom - p->y - 2 * cell_pad;
			int fit = (int)(free_room / step), left = r.lines_n - from;
			double page_room = (p->bottom - p->top) * 0.6;
			if (fit < left && (left * step < page_room || fit < 3)) {
				new_page(p);
				table_head(p, t);
				fit = (int)((p->bottom - p->y - 2 * cell_pad) / step);
			}
			int to = fit < left ? from + fit : r.lines_n;
			row_slice(p, t, &r, from, to);
			from = to;
		}
		talloc_free(work);
		p->mem = outer;
	}
	p->y += 10;
}

/* "Nhãn: giá trị", or dots to the right edge where nothing is known. */
static void pair(struct pen *p, const struct paper_block *b)
{
	double size = p->paper->landscape ? 12 : 13, in = p->left + 24;
	if (b->value != NULL) {
		paragraph(p, format_text(p->mem, "%s: %s", b->text, b->value), LEFT, REGULAR, size, 24, 24);
		p->y -= size * 0.2;
		return;
	}
	need(p, size * LEADING);
	pen_use(p, REGULAR, size);
	char *label = format_text(p->mem, "%s: ", b->text);
	struct buffer fill = { .mem = p->mem };
	buffer_text(&fill, label);
	double dot = pen_wide(p, "."), room = p->right - in - pen_wide(p, label);
	for (int i = 0; i < (int)(room / dot); i++)
		buffer_text(&fill, ".");
	pen_draw(p, in, p->y + size, fill.text);
	p->y += size * (LEADING + 0.22);
}

static double text_size(const struct pen *p) { return p->paper->landscape ? p->fit->text_across : p->fit->text; }

static double foot_height(const struct pen *p)
{
	const struct paper *a = p->paper;
	double copies = 14 * LEADING + a->copies.n * 11.5 * LEADING;
	double signs = (a->sign_as.n > a->sign_beside.n ? a->sign_as.n : a->sign_beside.n) * 13.5 * LEADING
		+ p->fit->sign_room + 24;
	return copies > signs ? copies : signs;
}

/* The last paragraph goes over to the next page with the signature: nobody signs a page without words. */
static void body(struct pen *p)
{
	double size = text_size(p);
	for (int i = 0; i < p->paper->blocks.n; i++) {
		const struct paper_block *b = &p->paper->blocks.at[i];
		switch (b->kind) {
		case BLOCK_TEXT:
			if (i == p->paper->blocks.n - 1)
				need(p, 2 * size * LEADING + 8 + foot_height(p));
			paragraph(p, b->text, JUSTIFIED, REGULAR, size, 36, 0);
			break;
		case BLOCK_HEADING:
			/* never the last on a page: with it go two lines, or the head of the list and a row */
			need(p, i + 1 < p->paper->blocks.n && b[1].kind == BLOCK_TABLE ? 2 * size * LEADING + 120 : 3 * size * LEADING);
			paragraph(p, b->text, LEFT, BOLD, size, 36, 0);
			break;
		case BLOCK_ITEM:
			paragraph(p, format_text(p->mem, "- %s", b->text), JUSTIFIED, REGULAR, size, 36, 0);
			break;
		case BLOCK_PAIR:
			pair(p, b);
			break;
		case BLOCK_TABLE:
			table(p, b->table);
			break;
		}
	}
}

static double sign_column(struct pen *p, double x, double room, double y, const struct texts *lines)
{
	for (int i = 0; i < lines->n; i++)
		y = pen_column(p, x, room, y, lines->at[i], CENTRED, BOLD, 13.5);
	return y;
}

/* Boxes 7 to 9b: who signs, with room for the signature of the person and, a third over its left, of the agency. */
static void foot(struct pen *p)
{
	const struct paper *a = p->paper;
	double all = p->right - p->left, half = all / 2;
	p->y += 8;
	need(p, foot_height(p));
	double y = p->y, ly = y;
	if (a->copies.n > 0) {
		ly = pen_column(p, p->left, half, y, "Nơi nhận:", LEFT, BOLD_ITALIC, 12);
		for (int i = 0; i < a->copies.n; i++)
			ly = pen_column(p, p->left, half - 12, ly, format_text(p->mem, "- %s%s", a->copies.at[i],
									   i < a->copies.n - 1 ? ";" : "."),
				    LEFT, REGULAR, 11);
	}
	sign_column(p, p->left, half, y, &a->sign_beside);
	double ry = sign_column(p, p->left + half, half, y, &a->sign_as) + p->fit->sign_room;
	mark_place(p, PAPER_SIGN_HERE, p->left + half * 1.5, ry - p->fit->sign_room / 2);
	pen_use(p, REGULAR, 14);
	pen_line(p, p->left + half, half, ry + 14, "......................................", CENTRED, true);
	if (a->sign_beside.n > 0)
		pen_line(p, p->left, half, ry + 14, "......................................", CENTRED, true);
	p->y = ry + 14 * LEADING > ly ? ry + 14 * LEADING : ly;
	if (a->address != NULL) {
		pen_use(p, REGULAR, 11);
		pen_rule(p, p->left, p->right, p->bottom + 6);
		pen_column(p, p->left, all, p->bottom + 8, a->address, CENTRED, REGULAR, 11);
	}
}

static struct bytes typeset(const void *mem, const struct paper *a, const struct fit *fit, int *pages)
{
	struct pen_about about = { a->title, a->agency, a->subject, a->at };
	double w = 210 * MM, h = 297 * MM;
	struct pen *p = pen_new(mem, a->landscape ? h : w, a->landscape ? w : h, &about);
	p->paper = a;
	p->fit = fit;
	p->left = 30 * MM;
	p->right = p->width - (a->landscape ? 15 : fit->margin) * MM;
	p->top = p->y = 20 * MM;
	p->bottom = p->height - 20 * MM;
	head(p);
	addressees(p);
	body(p);
	foot(p);
	*pages = p->page;
	return pen_end(mem, p);
}

struct bytes write_pdf(const void *mem, const struct paper *a)
{
	void *work = talloc_new(mem);
	int pages, closer;
	struct bytes made = typeset(work, a, &fits[0], &pages);
	for (int i = 1; pages > 1 && pages <= FIT_PAGES && i < FITS; i++) {
		struct bytes other = typeset(work, a, &fits[i], &closer);
		if (closer < pages) {
			made = other;
			break;
		}
	}
	made = copy_bytes(mem, made.at, made.len);
	talloc_free(work);
	return made;
}
