/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * columns.h - tables of words where nothing is ruled, or the lines cannot be seen: scans, plain text.
 */
#pragma once
#include "reader.h"

/* Adds the table below each head that begins with STT: columns are what no word crosses, rows begin where a
 * running number stands or after a gap. */
void columns_tables(struct letter *, int part, int first_page, int last_page, struct tables *);
