/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sheet_xlsx.h - rows of XLSX; callers use sheet_read().
 */
#pragma once
#include "sheet.h"

bool sheet_read_xlsx(const void *mem, struct bytes, bool (*row)(void *with, const struct sheet_row *),
		     void *with, char **why);
