/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * anchor.h - the two places of a letter everything else is found from: national title and copies list.
 *
 * Both are printed words that every letter has, so they are found even where stamps and pens took some letters.
 */
#pragma once
#include "page.h"

/* The national title, or that of a Party document, among the words of a line; its words' box. */
bool anchor_title(const void *mem, const struct line *, struct box *);

/* "Nơi nhận", left of the middle of the page, below top. *words: how many words of the line it takes; 0 when it
 * was not read itself and the line is the first of the list ("- Như trên", or what stands above "- Lưu: VT"). */
bool anchor_copies(const void *mem, const struct page *, double top, struct line *, int *words);
