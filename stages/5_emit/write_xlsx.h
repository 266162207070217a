/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_xlsx.h - lists for people and for portals: every cell is text, none is a formula.
 *
 * Written here and not by libxlsxwriter, which assembles its parts in temporary files and so cannot run in a
 * sealed child that may write none. Serials and identity numbers keep their zeros, a value that begins with
 * "=" stays a value, and the only time in the file is the one given.
 */
#pragma once
#include "own.h"
#include <stdbool.h>
#include <time.h>

enum book_style { CELL_PLAIN, CELL_TITLE, CELL_HEAD, CELL_LIST };

struct book_row {
	enum book_style style;
	int n;
	char **cells;                          /* a NULL cell is left out */
	uint64_t open;                         /* bits of columns that can be written in though the sheet is locked */
};

struct book_sheet {
	char *name;                            /* at most 31 letters, none of []:*?/\ */
	double *widths;                        /* in letters, widths_n of them */
	int widths_n;
	struct { struct book_row *at; int n, room; } rows;
	struct { char **at; int n, room; } merged;     /* "A1:C1" */
	int frozen, frozen_columns;            /* rows and columns that stay in sight; 0: none */
	bool locked;                           /* only cells given to book_open() can be written in; no password */
	struct { struct book_choice { const char *list; struct buffer *cells; } *at; int n, room; } choices;
	int columns_head;                      /* number of the head row that is repeated in print; 0: none */
};

struct book {
	const char *title;
	time_t at;
	struct { struct book_sheet *at; int n, room; } sheets;
};

struct book *book_new(const void *mem, const char *title, time_t at);
struct book_sheet *book_sheet(struct book *, const char *name, int widths_n, const double *widths);
char **book_row(struct book *, struct book_sheet *, enum book_style, int n);   /* cells, all NULL */
void book_texts(struct book *, struct book_sheet *, enum book_style, int n, const char *const *texts);
void book_merge(struct book *, struct book_sheet *, int row, int from, int row_to, int to);    /* from 1; from 0 */
void book_open(struct book *, struct book_sheet *, int column);         /* of the last row */
/* A cell of the last row is picked from a list, "chọn,không chọn" (at most 255 letters; it must outlive the book). */
void book_choices(struct book *, struct book_sheet *, int column, const char *list);
struct bytes write_xlsx(const void *mem, const struct book *);
