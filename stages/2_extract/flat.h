/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * flat.h - a working copy of a PDF in which what signatures draw is part of the page.
 *
 * In real letters the number and the day are drawn by the appearances of signature fields. The text layer of a
 * page leaves annotations out, so their appearances are moved into the page's own content, in memory, in a copy
 * that only 2_extract sees. The file itself is never changed.
 */
#pragma once
#include "letter.h"

struct widget {                                /* one appearance that was moved into its page */
	int page;                              /* from 1 */
	char *name;                            /* of its form field, dots between; NULL: no form field */
	bool signature;
	struct box box;                        /* points from the top left of the page as shown */
};

struct flat {
	struct bytes bytes;                    /* len 0: nothing was drawn by annotations, read the file as it is */
	LIST(struct widget) widgets;
	bool *drawings;                        /* by page from 0: it uses XObjects, so it may be a picture; NULL: not known */
	int pages;
};

/* Never fails: a file that qpdf cannot follow has no working copy. Bytes belong to mem. */
struct flat flat_copy(const void *mem, struct bytes pdf);

/* Whether a page's own content has text in the invisible mode that OCR programs use (ISO 32000-1, 9.3.6). */
bool flat_invisible_text(struct bytes pdf, int page);
