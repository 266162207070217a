/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table.h - the project's own tables: a head and rows, tab-separated or CSV.
 *
 * For files below rules/ only: they are ours, checked by tests, small, and wholly in memory. What comes from
 * outside (inventories, worksheets) is read by sheet.h, which trusts nothing.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

struct table {
	char *name;                            /* of the file, without its ending, '-' as '_' */
	char **head;
	int columns, n, room;
	char ***rows;                          /* rows[i][column]; never NULL, "" where empty */
};

/* TSV by its ending .tsv, else CSV (RFC 4180, commas). False: why says file, line and reason. */
bool table_read(const void *mem, const char *path, struct table *, char **why);
int table_find(const struct table *, const char *name);              /* -1: not there */
const char *table_cell(const struct table *, int row, const char *name); /* "" where there is no such column */
char *file_read(const void *mem, const char *path, size_t *len, char **why); /* NULL: cannot; terminated */
