/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * appearance.h - what a signature shows on the page: a picture, or words (NĐ 30/2020 Phụ lục I).
 *
 * Drawn by cairo as a PDF of one page that is exactly the signature's box; append.c takes that page as the
 * widget's form XObject. Words are Liberation Serif (metrics of Times New Roman) upright, 10, black, embedded
 * as a subset.
 */
#pragma once
#include "letter.h"

enum { PICTURE_MAX = 4 << 20, PICTURE_EDGE_MAX = 4000 }; /* bytes of a PNG; points of its edge */

enum ink { INK_NONE, INK_RED, INK_BLUE }; /* what most of a picture's paint is */

struct appearance {
	double width, height;	   /* points */
	struct bytes png;	   /* at NULL: the words */
	const struct texts *words; /* a line each from the top left; with a slot: one each, side by side */
	double slot; /* width of the dotted space that a word covers, the last at the right end */
	bool italic;
	enum ink ink; /* out: of the picture */
};

/* at NULL: the PNG cannot be used, *why says so. */
struct bytes appearance_draw(const void *mem, struct appearance *, const char **why);
double appearance_width(const struct texts *words); /* of the longest line, points */
double appearance_height(const struct texts *words);
double appearance_slot(const char *dots, bool italic);
