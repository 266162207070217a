/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * appearance.h - what a signature shows on the page: a picture, or words (NĐ 30/2020 Phụ lục I).
 *
 * Drawn by cairo as a PDF of one page that is exactly the signature's box; append.c takes that page as the widget's
 * form XObject. Words are Liberation Serif (metrics of Times New Roman) upright, 10, black, embedded as a subset.
 */
#pragma once
#include "letter.h"

enum { PICTURE_MAX = 4 << 20, PICTURE_EDGE_MAX = 4000 };       /* bytes of a PNG; points of its edge */

enum ink { INK_NONE, INK_RED, INK_BLUE };                      /* what most of a picture's paint is */

/* at NULL: the PNG cannot be used, *why says so. png.at NULL: the words, a line each, from the box's top left. */
struct bytes appearance_draw(const void *mem, double width, double height, struct bytes png, const struct texts *words,
			     enum ink *, const char **why);
double appearance_width(const struct texts *words);            /* of the longest line, points */
double appearance_height(const struct texts *words);
