/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * layout.h - a page for text that came without one.
 *
 * DOCX and ODT hold paragraphs and tables, not places. The readers of fields and forms go by places, so the
 * text is set here as an office program would set it: A4, the margins of NĐ 30/2020, paragraphs as they are
 * aligned, table cells side by side. Letters are given a mean width, so boxes are near the printed ones, not
 * equal to them; order, columns and what stands left or right of what are right.
 */
#pragma once
#include "reader.h"

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_BOTH };

struct run {                                   /* '\t' and '\n' in it are kept */
	char *text;
	float size;                            /* points; 0: 14 */
	bool bold, italic, red;
};

struct para {
	LIST(struct run) runs;
	enum align align;
	bool new_page;
};

struct layout_cell {
	int col, cols;                         /* first column and how many */
	LIST(struct para) paras;
};

struct layout_row {
	LIST(struct layout_cell) cells;
};

struct layout {
	struct letter *l;
	const void *mem;
	int part;
	int page;                              /* number of the page being filled; 0: none yet */
	double y;
	double width, height, left, right, top, bottom;        /* page and text area; layout_begin() sets A4 */
	double *widths;                        /* of the columns of the table being set, in points */
	int n_widths;
	bool full;                             /* too many pages; nothing is added any more */
};

void layout_begin(struct layout *, struct letter *, const void *mem, int part);
void layout_para(struct layout *, const struct para *);
void layout_table(struct layout *, const double *widths, int n);       /* widths scaled to the page; 0: equal */
/* Sets one row; places[i] tells where cell i came to stand. */
void layout_row(struct layout *, const struct layout_row *, struct place *places);
void layout_end(struct layout *);              /* page texts */

char *para_text(const void *mem, const struct para *);
struct run *para_add_run(const void *mem, struct para *, const char *text);
