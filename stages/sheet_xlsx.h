/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sheet_xlsx.h - rows of XLSX; callers use sheet_read().
 */
#pragma once
#include "sheet.h"

bool sheet_read_xlsx(const void *mem, struct bytes, bool (*row)(void *with, const struct sheet_row *),
		     void *with, struct sheet_trouble *why);
/* Of sheet.c: takes off what only says "this is text" ('0A1, ="0A1"); returns the new length. */
size_t sheet_unmark(char *text, size_t len);
