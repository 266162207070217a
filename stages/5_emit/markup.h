/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * markup.h - XML as text, for the files inside DOCX and XLSX: escaped, and without the signs XML 1.0 forbids.
 */
#pragma once
#include "own.h"

void markup_text(struct buffer *, const char *text);           /* content or attribute value; NULL: nothing */
char *markup_clean(const void *mem, const char *text);         /* forbidden signs become U+FFFD; NULL stays */
