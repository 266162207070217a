/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_graph.h - which objects of one view refer to which, backwards.
 *
 * References up a tree are left out, since by them everything would lead to everything: /P of an annotation,
 * /Parent of a page, a node of the page tree, a widget or a field, where they point to what these point to.
 */
#pragma once
#include "pdf.h"

struct pdf_graph {
	int *first; /* by object number: where in from its referrers begin; they end where the next begin */
	int *from;  /* object numbers, once for each reference; 0: the trailer */
};

const struct pdf_graph *pdf_graph_read(struct pdf *); /* once for a view; owned by it */

/* Sets stale[n] for every object of view b, below room, that is not the same in view a or leads to one that
 * is not. */
void pdf_graph_mark_stale(struct pdf *a, struct pdf *b, uint8_t *stale, int room);
