/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pen.c - faces, words, lines. See pen.h.
 */
#include "pen.h"
#include "face.h"
#include "paper.h"
#include "text.h"
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static cairo_font_face_t *faces[4];

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

void pen_use(struct pen *p, enum face face, double size)
{
	cairo_set_font_face(p->cr, faces[face]);
	cairo_set_font_size(p->cr, size);
}

double pen_wide(struct pen *p, const char *text)
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
		bool over = pen_wide(p, head) > room;
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
struct texts pen_wrap(struct pen *p, const char *text, double room, double indent)
{
	struct texts lines = { 0 };
	struct buffer line = { .mem = p->mem };
	double used = 0, space = pen_wide(p, " ");
	while (*text != 0) {
		size_t len = strcspn(text, " \n");
		double have = room - (lines.n == 0 ? indent : 0);
		char *word = copy_part(p->mem, text, len);
		double w = pen_wide(p, word);
		if (w > have && len > 1 && used + (used > 0 ? space : 0) + have / 4 < have) {
			len = split_word(p, word, len, have - used - (used > 0 ? space : 0));
			talloc_free(word);
			word = copy_part(p->mem, text, len);
			w = pen_wide(p, word);
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

void pen_draw(struct pen *p, double x, double baseline, const char *text)
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
		pen_draw(p, x, baseline, word);
		x += pen_wide(p, word) + extra;
		talloc_free(word);
		text += len + (text[len] == ' ');
	}
}

void pen_line(struct pen *p, double x, double room, double baseline, const char *text, enum align align,
		      bool last)
{
	double w = pen_wide(p, text);
	int spaces = 0;
	for (const char *c = text; *c != 0; c++)
		spaces += *c == ' ';
	if (align == JUSTIFIED && !last && spaces > 0 && w < room && w > room * 0.7)
		draw_spread(p, x, baseline, text, (room - w) / spaces);
	else
		pen_draw(p, align == CENTRED ? x + (room - w) / 2 : x, baseline, text);
}

void pen_rule(struct pen *p, double x0, double x1, double y)
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
		double w = pen_wide(p, word) + 0.1;
		low = w > low ? w : low;
		talloc_free(word);
		c += len;
	}
	while (high - low > 2) {
		double middle = (low + high) / 2;
		struct texts some = pen_wrap(p, text, middle, 0);
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
double pen_column(struct pen *p, double x, double room, double y, const char *text, enum align align, enum face face,
		     double size)
{
	pen_use(p, face, size);
	struct texts lines = pen_wrap(p, text, room, 0);
	if (align == CENTRED && lines.n > 1)
		lines = balance(p, text, room, lines);
	for (int i = 0; i < lines.n; i++) {
		pen_line(p, x, room, y + size, lines.at[i], align, i == lines.n - 1);
		y += size * LEADING;
	}
	return y;
}

void pen_frame(struct pen *p, double x0, double y0, double x1, double y1)
{
	cairo_set_line_width(p->cr, 0.6);
	cairo_rectangle(p->cr, x0, y0, x1 - x0, y1 - y0);
	cairo_stroke(p->cr);
}

static cairo_status_t append(void *to, const unsigned char *at, unsigned int len)
{
	buffer_add(to, at, len);
	return CAIRO_STATUS_SUCCESS;
}

static void drop_surface(void *s) { cairo_surface_destroy(s); }
static void drop_cairo(void *cr) { cairo_destroy(cr); }

static void describe(cairo_surface_t *s, const struct pen_about *a, const void *work)
{
	char *at = time_text(work, a->at);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, a->title);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, a->author != NULL ? a->author : "");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, a->subject != NULL ? a->subject : "");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "congvan");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, at);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, at);
}

struct pen *pen_new(const void *mem, double w, double h, const struct pen_about *about)
{
	struct pen *p = new_zero(mem, struct pen);
	p->mem = p->out.mem = p;
	p->width = w;
	p->height = h;
	p->page = 1;
	p->surface = own(p, cairo_pdf_surface_create_for_stream(append, &p->out, w, h), drop_surface);
	cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
	describe(p->surface, about, p);
	p->cr = own(p, cairo_create(p->surface), drop_cairo);
	cairo_font_options_t *exact = cairo_font_options_create();
	cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(p->cr, exact);
	cairo_font_options_destroy(exact);
	return p;
}

struct bytes pen_end(const void *mem, struct pen *p)
{
	cairo_show_page(p->cr);
	cairo_surface_finish(p->surface);
	struct bytes made = copy_bytes(mem, p->out.text, p->out.len);
	talloc_free(p);
	return made;
}
