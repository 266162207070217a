/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * markup.h - XML as text, for the files inside DOCX and XLSX: escaped, and without the signs XML 1.0 forbids.
 */
#pragma once
#include "own.h"
#include <time.h>

#define MARKUP_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MARKUP_PACKAGE "http://schemas.openxmlformats.org/package/2006/"

void markup_text(struct buffer *, const char *text);           /* content or attribute value; NULL: nothing */
char *markup_clean(const void *mem, const char *text);         /* forbidden signs become U+FFFD; NULL stays */
struct bytes markup_core(const void *mem, const char *title, time_t);  /* docProps/core.xml of DOCX and XLSX */
