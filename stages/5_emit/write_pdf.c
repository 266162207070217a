/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_pdf.c - a paper as PDF, laid out as NĐ 30/2020 Phụ lục I asks.
 *
 * Letters are placed by cairo from four faces of Liberation Serif (metrics of Times New Roman) that are read
 * into memory before the seal. Pango is not used on purpose: since 1.50 its font map starts a thread, which
 * neither survives a fork nor may start in a sealed child, and it lets the machine's font settings move lines.
 * Vietnamese in NFC needs no shaping, so words, their widths and spaces are all that layout needs.
 *
 * Sizes (points) and margins: Phụ lục I, mục II. A4; top and bottom 20 mm, left 30 mm, right 20 mm (15 across). Text stays
 * text in the file (words with their spaces), fonts are embedded as subsets, dates come from paper->at.
 */
#include "face.h"
#include "paper.h"
#include "text.h"
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum face { REGULAR, BOLD, ITALIC, BOLD_ITALIC };
enum align { LEFT, CENTRED, JUSTIFIED };

#define MM (72 / 25.4)
static const double leading = 1.2;             /* baseline to baseline, of the font's size */
static const double sign_room = 92;            /* for the person's signature and the agency's beside it */
static const char dots[] = "....................";

static cairo_font_face_t *faces[4];

struct pen {
	const struct paper *paper;
	const void *mem;
	cairo_t *cr;
	double width, height, left, right, top, bottom;        /* page; edges of the text */
	double y;                              /* top of what comes next */
	int page;
};

/* NULL too for a face without the letters of Vietnamese: Liberation 1 has none, and draws boxes. */
static FT_Face read_face(FT_Library library, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	FT_Face face = NULL;
	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0) {
		uint8_t *at = own_zero(NULL, (size_t)st.st_size, 1, "font");
		bool whole = read(fd, at, (size_t)st.st_size) == st.st_size;
		struct bytes lean = face_lean(NULL, (struct bytes){ at, whole ? (size_t)st.st_size : 0 });
		if (FT_New_Memory_Face(library, lean.at, (FT_Long)lean.len, 0, &face) != 0
		    || FT_Get_Char_Index(face, 0x1EF9) == 0)
			face = NULL;
	}
	if (fd >= 0)
		close(fd);
	return face;
}

bool pdf_prepare(char **why)
{
	static const char *const folders[] = { "/usr/share/fonts/truetype/liberation2",
		"/usr/share/fonts/truetype/liberation", "/usr/share/fonts/liberation-serif", NULL };
	static const char *const styles[] = { "Regular", "Bold", "Italic", "BoldItalic" };
	static FT_Library library;
	if (faces[BOLD_ITALIC] != NULL)
		return true;
	if (FT_Init_FreeType(&library) != 0) {
		*why = copy_text(NULL, "FreeType does not start");
		return false;
	}
	for (int i = 0; i < 4; i++) {
		FT_Face face = NULL;
		for (int j = 0; folders[j] != NULL && face == NULL; j++) {
			char path[256];
			snprintf(path, sizeof path, "%s/LiberationSerif-%s.ttf", folders[j], styles[i]);
			face = read_face(library, path);
		}
		if (face == NULL) {
			*why = format_text(NULL, "LiberationSerif-%s.ttf of version 2 is missing (package fonts-liberation2)", styles[i]);
			return false;
		}
		faces[i] = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
	}
	return true;
}

struct _cairo_font_face *pdf_face(bool italic) { return faces[italic ? ITALIC : REGULAR]; }

static void use(struct pen *p, enum face face, double size)
{
	cairo_set_font_face(p->cr, faces[face]);
	cairo_set_font_size(p->cr, size);
}

static double wide(struct pen *p, const char *text)
{
	cairo_text_extents_t e;
	cairo_text_extents(p->cr, text, &e);
	return e.x_advance;
}

static size_t letter_len(const char *at)
{
	size_t n = 1;
	while (((unsigned char)at[n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* How many bytes of a word too wide for a line go on it: up to a sign that may end a line, else what fits. */
static size_t split_word(struct pen *p, const char *word, size_t len, double room)
{
	size_t fits = 0, good = 0;
	for (size_t at = 0; at < len;) {
		size_t next = at + letter_len(word + at);
		char *head = copy_part(p->mem, word, next);
		bool over = wide(p, head) > room;
		talloc_free(head);
		if (over)
			break;
		fits = next;
		if (strchr("@./-_:,;", word[at]) != NULL && next < len)
			good = next;
		at = next;
	}
	if (fits == 0)
		fits = letter_len(word);
	return good > fits / 3 ? good : fits;
}

static void line_end(struct texts *lines, struct buffer *line, const void *mem)
{
	texts_add(mem, lines, line->text != NULL ? line->text : "");
	line->len = 0;
	if (line->text != NULL)
		line->text[0] = 0;
}

/* Lines of text no wider than room, the first one narrower by indent; a line feed in text ends a line. */
static struct texts wrap(struct pen *p, const char *text, double room, double indent)
{
	struct texts lines = { 0 };
	struct buffer line = { .mem = p->mem };
	double used = 0, space = wide(p, " ");
	while (*text != 0) {
		size_t len = strcspn(text, " \n");
		double have = room - (lines.n == 0 ? indent : 0);
		char *word = copy_part(p->mem, text, len);
		double w = wide(p, word);
		if (w > have && len > 1 && used + (used > 0 ? space : 0) + have / 4 < have) {
			len = split_word(p, word, len, have - used - (used > 0 ? space : 0));
			talloc_free(word);
			word = copy_part(p->mem, text, len);
			w = wide(p, word);
		}
		if (line.len > 0 && used + space + w > have + 0.01) {
			line_end(&lines, &line, p->mem);
			used = 0;
			continue;
		}
		if (len > 0) {
			if (line.len > 0) {
				buffer_text(&line, " ");
				used += space;
			}
			buffer_text(&line, word);
			used += w;
		}
		text += len;
		if (*text == '\n') {
			line_end(&lines, &line, p->mem);
			used = 0;
			text++;
		} else if (*text == ' ') {
			text++;
		} else if (*text != 0) {
			line_end(&lines, &line, p->mem);
			used = 0;
		}
	}
	if (line.len > 0 || lines.n == 0)
		line_end(&lines, &line, p->mem);
	return lines;
}

static void draw(struct pen *p, double x, double baseline, const char *text)
{
	cairo_move_to(p->cr, x, baseline);
	cairo_show_text(p->cr, text);
}

/* Words of a line at the given distance; each carries its space, so that the text can be copied out. */
static void draw_spread(struct pen *p, double x, double baseline, const char *text, double extra)
{
	while (*text != 0) {
		size_t len = strcspn(text, " ");
		char *word = copy_part(p->mem, text, len + (text[len] == ' '));
		draw(p, x, baseline, word);
		x += wide(p, word) + extra;
		talloc_free(word);
		text += len + (text[len] == ' ');
	}
}

static void draw_line(struct pen *p, double x, double room, double baseline, const char *text, enum align align,
		      bool last)
{
	double w = wide(p, text);
	int spaces = 0;
	for (const char *c = text; *c != 0; c++)
		spaces += *c == ' ';
	if (align == JUSTIFIED && !last && spaces > 0 && w < room && w > room * 0.7)
		draw_spread(p, x, baseline, text, (room - w) / spaces);
	else
		draw(p, align == CENTRED ? x + (room - w) / 2 : x, baseline, text);
}

static void rule(struct pen *p, double x0, double x1, double y)
{
	cairo_set_line_width(p->cr, 0.7);
	cairo_move_to(p->cr, x0, y);
	cairo_line_to(p->cr, x1, y);
	cairo_stroke(p->cr);
}

/* Lines of about the same width, as many as before: no word is left alone under a title. */
static struct texts balance(struct pen *p, const char *text, double room, struct texts lines)
{
	double low = room / 2, high = room;
	int n = lines.n;
	for (const char *c = text; *c != 0; c += strspn(c, " \n")) {      /* no word is broken for it */
		size_t len = strcspn(c, " \n");
		char *word = copy_part(p->mem, c, len);
		double w = wide(p, word) + 0.1;
		low = w > low ? w : low;
		talloc_free(word);
		c += len;
	}
	while (high - low > 2) {
		double middle = (low + high) / 2;
		struct texts some = wrap(p, text, middle, 0);
		if (some.n == n) {
			high = middle;
			lines = some;
		} else {
			low = middle;
		}
	}
	return lines;
}

/* Lines in a column from y down, centred or not; returns where the next may start. */
static double column(struct pen *p, double x, double room, double y, const char *text, enum align align, enum face face,
		     double size)
{
	use(p, face, size);
	struct texts lines = wrap(p, text, room, 0);
	if (align == CENTRED && lines.n > 1)
		lines = balance(p, text, room, lines);
	for (int i = 0; i < lines.n; i++) {
		draw_line(p, x, room, y + size, lines.at[i], align, i == lines.n - 1);
		y += size * leading;
	}
	return y;
}

static void new_page(struct pen *p)
{
	cairo_show_page(p->cr);
	p->page++;
	char number[16];
	snprintf(number, sizeof number, "%d", p->page);
	use(p, REGULAR, 13);
	draw(p, (p->width - wide(p, number)) / 2, p->top - 18, number);
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
	use(p, face, size);
	double room = p->right - p->left - hang;
	struct texts lines = wrap(p, text, room, indent - hang);
	for (int i = 0; i < lines.n; i++) {
		need(p, size * leading);
		use(p, face, size);
		double in = i == 0 ? indent : hang;
		draw_line(p, p->left + in, p->right - p->left - in, p->y + size, lines.at[i], align, i == lines.n - 1);
		p->y += size * leading;
	}
	p->y += size * 0.42;
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
	use(p, face, size);
	if (wide(p, line) > room)
		return column(p, x, room, y, line, CENTRED, face, size);
	x += (room - wide(p, line)) / 2;
	while (*line != 0) {
		const char *run = strstr(line, PAPER_DAY_DOTS);
		size_t text = run != NULL ? (size_t)(run - line) : strlen(line), run_len = strspn(line + text, ".");
		char *head = copy_part(p->mem, line, text), *points = copy_part(p->mem, line + text, run_len);
		if (text > 0)
			draw(p, x, y + size, head);
		x += wide(p, head);
		if (run_len > 0) {
			draw_dots(p, x, y + size, wide(p, points));
			if (*names != NULL)
				mark_place(p, *names, x, y + size);
			x += wide(p, points);
			names++;
		}
		line += text + run_len;
	}
	return y + size * leading;
}

/* Boxes 1 to 5: national title and agency side by side, number and date, what it is about. */
static void head(struct pen *p)
{
	const struct paper *a = p->paper;
	double all = p->right - p->left, lw = a->landscape ? all * 0.42 : all * 0.385, rx = p->left + lw,
		rw = all - lw;
	if (a->mark != NULL) {
		use(p, BOLD, 12);
		draw(p, p->right - wide(p, a->mark), p->y - 10, a->mark);
	}
	double ly = p->y, ry = p->y;
	if (a->parent != NULL)
		ly = column(p, p->left, lw - 6, ly, text_upper(p->mem, a->parent), CENTRED, REGULAR, 13);
	const char *agency = a->agency != NULL ? text_upper(p->mem, a->agency) : "......................................";
	ly = column(p, p->left, lw - 6, ly, agency, CENTRED, BOLD, 13);
	rule(p, p->left + (lw - 6) * 0.3, p->left + (lw - 6) * 0.7, ly + 2.5);
	ry = column(p, rx, rw, ry, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRED, BOLD, 12.5);
	static const char motto[] = "Độc lập - Tự do - Hạnh phúc";
	ry = column(p, rx, rw, ry, motto, CENTRED, BOLD, 13.5);
	double half = wide(p, motto) / 2;
	rule(p, rx + rw / 2 - half, rx + rw / 2 + half, ry + 2.5);
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
		ly = column(p, p->left, lw - 6, ly + 2, a->subject, CENTRED, REGULAR, 12);
	p->y = (ly > ry ? ly : ry) + 16;
	if (a->type == NULL)
		return;
	p->y = column(p, p->left, all, p->y, a->type, CENTRED, BOLD, 14);
	p->y = column(p, p->left + 40, all - 80, p->y, a->subject, CENTRED, BOLD, 14);
	use(p, BOLD, 14);
	rule(p, p->left + all / 2 - 40, p->left + all / 2 + 40, p->y + 2.5);
	p->y += 16;
}

/* Box 9a. One addressee stands on the line of the words, several below each other. */
static void addressees(struct pen *p)
{
	const struct texts *to = &p->paper->to;
	double all = p->right - p->left;
	if (to->n == 1) {
		char *line = format_text(p->mem, "Kính gửi: %s.", to->at[0]), *comma = strrchr(line, ',');
		use(p, REGULAR, 14);
		if (wide(p, line) > all && comma != NULL)
			comma[1] = '\n';                /* the superior goes below */
		p->y = column(p, p->left, all, p->y, line, CENTRED, REGULAR, 14);
	}
	if (to->n > 1) {
		use(p, REGULAR, 14);
		double in = p->left + all * 0.14, after = in + wide(p, "Kính gửi:  ");
		draw(p, in, p->y + 14, "Kính gửi:");
		p->y += 14 * leading;
		for (int i = 0; i < to->n; i++)
			p->y = column(p, after, p->right - after, p->y,
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

static void frame(struct pen *p, double x0, double y0, double x1, double y1)
{
	cairo_set_line_width(p->cr, 0.6);
	cairo_rectangle(p->cr, x0, y0, x1 - x0, y1 - y0);
	cairo_stroke(p->cr);
}

/* The size at which the longest word of a label stays whole; words of a head are not broken. */
static double label_size(struct pen *p, const char *label, double room)
{
	double size = cell_size(p), widest = 0;
	use(p, BOLD, size);
	for (const char *c = label; *c != 0; c += strspn(c, " ")) {
		size_t len = strcspn(c, " ");
		char *word = copy_part(p->mem, c, len);
		double w = wide(p, word);
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
	use(p, BOLD, size);
	struct texts lines = wrap(p, label, x1 - x0 - 2 * cell_pad, 0);
	frame(p, x0, y0, x1, y1);
	column(p, x0 + cell_pad, x1 - x0 - 2 * cell_pad, y0 + (y1 - y0 - lines.n * size * leading) / 2, label, CENTRED,
	       BOLD, size);
}

static double label_height(struct pen *p, const char *label, double room)
{
	double size = label_size(p, label, room - 2 * cell_pad);
	use(p, BOLD, size);
	return wrap(p, label, room - 2 * cell_pad, 0).n * size * leading + 2 * cell_pad;
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
	use(p, REGULAR, cell_size(p));
	for (int i = 0; i < t->columns.n; i++) {
		double room = column_x(p, t, i + 1) - column_x(p, t, i) - 2 * cell_pad;
		r.cells[i] = wrap(p, cells[i] != NULL ? cells[i] : "", room, 0);
		if (r.cells[i].n > r.lines_n)
			r.lines_n = r.cells[i].n;
	}
	return r;
}

/* Lines from..to of a row, in a frame; a row taller than a page goes on over the next. */
static void row_slice(struct pen *p, const struct paper_table *t, const struct row *r, int from, int to)
{
	double size = cell_size(p), step = size * leading, y1 = p->y + (to - from) * step + 2 * cell_pad;
	use(p, REGULAR, size);
	for (int i = 0; i < t->columns.n; i++) {
		double x0 = column_x(p, t, i), x1 = column_x(p, t, i + 1), y = p->y + cell_pad;
		frame(p, x0, p->y, x1, y1);
		for (int j = from; j < to && j < r->cells[i].n; j++, y += step)
			draw_line(p, x0 + cell_pad, x1 - x0 - 2 * cell_pad, y + size, r->cells[i].at[j],
				  t->columns.at[i].centred ? CENTRED : LEFT, true);
	}
	p->y = y1;
}

static void table(struct pen *p, const struct paper_table *t)
{
	const void *outer = p->mem;
	double step = cell_size(p) * leading;
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
	need(p, size * leading);
	use(p, REGULAR, size);
	char *label = format_text(p->mem, "%s: ", b->text);
	struct buffer fill = { .mem = p->mem };
	buffer_text(&fill, label);
	double dot = wide(p, "."), room = p->right - in - wide(p, label);
	for (int i = 0; i < (int)(room / dot); i++)
		buffer_text(&fill, ".");
	draw(p, in, p->y + size, fill.text);
	p->y += size * (leading + 0.22);
}

static double foot_height(const struct paper *a)
{
	double copies = 14 * leading + a->copies.n * 11.5 * leading;
	double signs = (a->sign_as.n > a->sign_beside.n ? a->sign_as.n : a->sign_beside.n) * 13.5 * leading + sign_room + 24;
	return copies > signs ? copies : signs;
}

/* The last paragraph goes over to the next page with the signature: nobody signs a page without words. */
static void body(struct pen *p)
{
	double size = p->paper->landscape ? 13 : 14;
	for (int i = 0; i < p->paper->blocks.n; i++) {
		const struct paper_block *b = &p->paper->blocks.at[i];
		switch (b->kind) {
		case BLOCK_TEXT:
			if (i == p->paper->blocks.n - 1)
				need(p, 2 * size * leading + 8 + foot_height(p->paper));
			paragraph(p, b->text, JUSTIFIED, REGULAR, size, 36, 0);
			break;
		case BLOCK_HEADING:
			need(p, 3 * size * leading);
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
		y = column(p, x, room, y, lines->at[i], CENTRED, BOLD, 13.5);
	return y;
}

/* Boxes 7 to 9b: who signs, with room for the signature of the person and, a third over its left, of the agency. */
static void foot(struct pen *p)
{
	const struct paper *a = p->paper;
	double all = p->right - p->left, half = all / 2;
	p->y += 8;
	need(p, foot_height(a));
	double y = p->y, ly = y;
	if (a->copies.n > 0) {
		ly = column(p, p->left, half, y, "Nơi nhận:", LEFT, BOLD_ITALIC, 12);
		for (int i = 0; i < a->copies.n; i++)
			ly = column(p, p->left, half - 12, ly, format_text(p->mem, "- %s%s", a->copies.at[i],
									   i < a->copies.n - 1 ? ";" : "."),
				    LEFT, REGULAR, 11);
	}
	sign_column(p, p->left, half, y, &a->sign_beside);
	double ry = sign_column(p, p->left + half, half, y, &a->sign_as) + sign_room;
	mark_place(p, PAPER_SIGN_HERE, p->left + half * 1.5, ry - sign_room / 2);
	use(p, REGULAR, 14);
	draw_line(p, p->left + half, half, ry + 14, "......................................", CENTRED, true);
	if (a->sign_beside.n > 0)
		draw_line(p, p->left, half, ry + 14, "......................................", CENTRED, true);
	p->y = ry + 14 * leading > ly ? ry + 14 * leading : ly;
	if (a->address != NULL) {
		use(p, REGULAR, 11);
		rule(p, p->left, p->right, p->bottom + 6);
		column(p, p->left, all, p->bottom + 8, a->address, CENTRED, REGULAR, 11);
	}
}

static cairo_status_t append(void *to, const unsigned char *at, unsigned int len)
{
	buffer_add(to, at, len);
	return CAIRO_STATUS_SUCCESS;
}

static void drop_surface(void *s) { cairo_surface_destroy(s); }
static void drop_cairo(void *cr) { cairo_destroy(cr); }

static void describe(cairo_surface_t *s, const struct paper *a, const void *work)
{
	char *at = time_text(work, a->at);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, a->title);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, a->agency != NULL ? a->agency : "");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, a->subject != NULL ? a->subject : "");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "congvan");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, at);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, at);
}

struct bytes write_pdf(const void *mem, const struct paper *a)
{
	void *work = talloc_new(mem);
	struct buffer out = { .mem = work };
	double w = 210 * MM, h = 297 * MM;
	struct pen p = { .paper = a, .mem = work, .width = a->landscape ? h : w, .height = a->landscape ? w : h,
			 .page = 1 };
	cairo_surface_t *s = own(work, cairo_pdf_surface_create_for_stream(append, &out, p.width, p.height),
				 drop_surface);
	cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
	describe(s, a, work);
	p.cr = own(work, cairo_create(s), drop_cairo);
	cairo_font_options_t *exact = cairo_font_options_create();
	cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(p.cr, exact);
	cairo_font_options_destroy(exact);
	p.left = 30 * MM;
	p.right = p.width - (a->landscape ? 15 : 20) * MM;
	p.top = p.y = 20 * MM;
	p.bottom = p.height - 20 * MM;
	head(&p);
	addressees(&p);
	body(&p);
	foot(&p);
	cairo_show_page(p.cr);
	cairo_surface_finish(s);
	struct bytes made = copy_bytes(mem, out.text, out.len);
	talloc_free(work);
	return made;
}
