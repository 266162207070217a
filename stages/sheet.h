/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sheet.h - rows of CSV and XLSX, one after the other, in constant memory.
 *
 * Certificate inventories come with half a million rows, so a sheet is never a tree: sheet_read() calls back
 * for each row with cells that live until the callback returns. CSV: UTF-8 with or without BOM, UTF-16 with
 * BOM; comma, semicolon or tab, whichever stands the same number of times in most of the first lines; quotes
 * doubled inside quotes; line ends inside quotes; CR, LF or both; blank lines are passed over. Bytes that are
 * not UTF-8 become U+FFFD. XLSX: every worksheet in the workbook's order, shared and inline strings, dates by
 * their number format as YYYY-MM-DD (YYYY-MM-DD HH:MM:SS when they carry a time), numbers without exponent as
 * far as they are exact, formulas by their stored result; a cell merged over several rows stands in each of them.
 * The marks by which a spreadsheet says "this is text" ('0A1, ="0A1") are no part of a value. No DTD, no network,
 * limits below; *why says which one was hit. What only looks like a table (.xls, a workbook with a password, ODS,
 * PDF, HTML) is named, with what to do.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

enum {
	SHEET_MAX_COLUMNS = 256,               /* cells beyond are left out */
	SHEET_MAX_CELL = 64 << 10,             /* bytes; a longer cell ends the reading */
	SHEET_MAX_ROWS = 5000000,
};

struct sheet_row {
	const char *sheet;                     /* name of the worksheet; "" for CSV */
	int number;                            /* CSV: the line it begins on; XLSX: its row; from 1 */
	int n;                                 /* cells; the last are not empty in XLSX */
	const char *const *cells;              /* UTF-8, never NULL, as written (not squeezed, not NFC) */
	bool broken;                           /* CSV: a quote was opened in it and never closed */
};

struct sheet_trouble { char *vi, *en; };               /* what is wrong, where, what to do */

/* false from the callback ends the reading early. Returns false when the file could not be read to its end;
 * *why then says what is wrong, owned by mem. What was read before was called back. */
bool sheet_read(const void *mem, struct bytes, bool (*row)(void *with, const struct sheet_row *),
		void *with, struct sheet_trouble *why);
bool sheet_read_csv(const void *mem, struct bytes, bool (*row)(void *with, const struct sheet_row *),
		    void *with, struct sheet_trouble *why);

/* A1, B7, AA12: for the place of a cell. column counts from 0. */
char *sheet_cell_name(const void *mem, int column, int row);

/* Which list is it, and which column is what? Headings are matched without case and diacritics; English names
 * of INTERFACE and the Vietnamese headings that offices write are known. */
enum sheet_list { SHEET_NONE, SHEET_INVENTORY, SHEET_ASSIGNMENTS };

struct sheet_heading {
	enum sheet_list list;
	int n;
	const char *name[SHEET_MAX_COLUMNS];   /* INTERFACE's column name, or NULL: a column we do not know */
	uint32_t written[SHEET_MAX_COLUMNS];   /* hash of the words, to know a cell merged with the row below */
};

/* Is this row the heading of an inventory or of assignments? Titles may stand above it, so ask row by row. */
bool sheet_find_heading(const struct sheet_row *, struct sheet_heading *);
/* The row right under a heading, when it only names more columns ("Từ ngày", "Đến ngày" under "Thời hạn"): adds
 * them and returns true; such a row is no data. */
bool sheet_extend_heading(const struct sheet_row *, struct sheet_heading *);
/* A row below the heading that tells of no certificate and of no person: the heading again, the numbers of the
 * columns, the name of a group, a sum, a remark, the block of whoever signs the list. */
bool sheet_is_remark(const struct sheet_row *, const struct sheet_heading *);
int sheet_column(const struct sheet_heading *, const char *name);      /* from 0; -1: not there */
