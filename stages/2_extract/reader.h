/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reader.h - what reads one kind of file; a kind is a file read_X.c plus its row in extract.c.
 *
 * A reader adds pages of words for its part: every word with its box, source and confidence, in reading
 * order, so that fields and forms never care where words came from. Where the format itself names values
 * (edXML, XLSX, CSV) it adds a document and its fields and requests too. Real tables (DOCX, ODT, ruled
 * tables of a PDF) go to struct tables as well, beside their words on the page.
 *
 * What extract.c does around a reader: a part is offered to the readers in the order of the table, and the
 * first that bids reads it. A reader that finds several documents in one file adds them itself, with first and
 * last page; when it added none, its pages are one document. Afterwards fields_read() runs over every document
 * whose fields the reader did not add, then forms_read(), then kind_tell().
 *
 * A damaged part is a finding ("2_extract/...", or ".../unreadable" with HOLD when nothing can be made of it),
 * never a crash and never a return value: the other parts go on.
 */
#pragma once
#include "stage.h"

/* A table as the file states it. Rows and columns count from 0; a merged cell stands once, at its top left. */
struct grid_cell {
	int row, col, rows, cols;              /* rows, cols: how far it reaches, at least 1 */
	char *text;                            /* its lines, '\n' between */
	double confidence;
	struct place place;
};

struct table {
	int part, page;                        /* where it begins */
	int rows, cols;
	LIST(struct grid_cell) cells;          /* in reading order */
	int *covers, covered;                  /* table_at()'s own */
};

/* The tables of one letter while it is read; no fact, gone after 2_extract. */
struct tables {
	const void *mem;
	LIST(struct table) all;
};

struct table *tables_add(struct tables *, int part, int page);
struct grid_cell *table_add_cell(struct tables *, struct table *, int row, int col, const char *text);
const struct grid_cell *table_at(struct table *, int row, int col);    /* the cell that covers it, or NULL */

struct reader {
	const char *name;
	bool (*bid)(const struct part *);      /* by media; sees the bytes when that is not enough */
	void (*read)(struct letter *, int part, struct tables *);
	bool (*prepare)(const struct settings *, char **why);  /* before the seal: models, tables; may be NULL */
};

bool reader_media(const struct part *, const char *const *media);      /* is it one of these? NULL ends */

/* An A4 page for text that has no geometry of its own. */
struct page *reader_add_page(struct letter *, int part, int number, enum source);
