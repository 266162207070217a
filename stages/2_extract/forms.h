/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forms.h - filled forms and lists inside letters, read by the forms' descriptions (stages/form.h).
 */
#pragma once
#include "form.h"
#include "reader.h"

bool forms_prepare(const struct settings *, char **why);

/* Which form is this document, if any, and what was filled in: its contact block (row 0) and the rows of its
 * list become requests, the document gets its form and the kind "form". Fields are read already. */
void forms_read(struct letter *, int document, struct tables *);

void forms_check(struct letter *);             /* after all documents: a form of which no row was read is told */

/* How many columns of some form's list these headings name; 0: fewer than three. For sheets, which may be
 * inventories or forms. */
int forms_headings(const char *const *cells, int n);
