/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cell.h - what is written in one cell of a table, as its column wants it.
 *
 * A narrow column breaks what it holds: running text at spaces, and behind the hyphen or the stroke of a symbol;
 * mailboxes, serials and identity numbers anywhere. The text of a cell keeps its lines ('\n' between), and here
 * they become one again.
 */
#pragma once
#include "form.h"

/* One line: broken symbols joined, other breaks a space. */
char *cell_line(const void *mem, const char *text);

/* The value by the grammar of its column's type; NULL: it cannot be such a value. */
char *cell_typed(const void *mem, const struct form_column *, const char *text);

/* The next mailbox of a cell from *at on, whatever breaks it; NULL: no more. *at begins at 0. */
char *cell_mailbox(const void *mem, const char *text, size_t *at);

/* Blank, or the dots and dashes of a form nobody filled in. */
bool cell_blank(const char *text);
