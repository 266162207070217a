/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ruling.h - tables of a PDF by their ruled lines.
 *
 * A text layer has words and no cells; the lines around them are drawn, so they are looked for in the picture.
 * Pages are rendered for that only when a form or a list is suspected: it costs more than reading the words.
 */
#pragma once
#include "reader.h"

struct Pix;

/* Adds the ruled tables of a scanned page, read cell by cell from its grey picture, which stands upright. */
void ruling_scan(struct letter *, const struct page *, struct Pix *grey, int dpi, struct tables *);

/* Adds the ruled tables of these pages of a PDF part; words are those already read. Cells know their place. */
void ruling_tables(struct letter *, int part, int first_page, int last_page, struct tables *);
