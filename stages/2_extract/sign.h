/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign.h - the signers' block: authority, title, name (NĐ 30/2020, Điều 13 and Phụ lục I, box 7).
 */
#pragma once
#include "reading.h"

/* Adds the signers at r->end, r->end_top. Returns the left edge of their column: the copies stand left of it. */
double sign_read(struct reading *);

/* "KT.", "TL.", "TM.", "TUQ." or "Q." when the text begins with it, else NULL; *rest: where it goes on. */
const char *sign_prefix(const void *mem, const char *text, const char **rest);

/* A person's name as printed: two to five capitalised syllables, degrees before it left out. NULL: no name. */
char *sign_name(const void *mem, const char *text);
/* The same in capitals: told from a title by its surname. */
char *sign_upper_name(const void *mem, const char *text);
/* The words of a line, *from: the first behind degrees and ranks ("Thiếu tướng", "PGS.TS."). Returns how many. */
int sign_name_words(const void *mem, const char *text, char *words[16], int *from);
bool sign_capitalised(const char *word);       /* one capital, then small letters */

/* A scan's name from all readings of its line; name NULL: none. Below one half it is only a candidate. */
struct scanned_name { char *name; double sure; struct box box; };
struct scanned_name sign_scanned_name(struct reading *, const struct line *const *readings, int n);
