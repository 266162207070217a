/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tables.h - the tables of a document that its file does not state: looked for once, when somebody needs them.
 */
#pragma once
#include "reader.h"

/* Ruled tables of a text PDF, else columns of words, where the document has a list with a running number (STT), or
 * must have a list. Costs a picture of every page. */
void tables_find(struct letter *, int document, struct tables *, bool must);

/* A mailbox broken over the lines of a cell is read short by whoever reads running text: what stands in cells is
 * read again cell by cell, and replaces what was read of it. */
void tables_mailboxes(struct letter *, int document, struct tables *);
