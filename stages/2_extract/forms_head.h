/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forms_head.h - inside forms: which column of a table is which column of a form.
 */
#pragma once
#include "form.h"
#include "reader.h"

enum { HEAD_MAX_COLUMNS = 64 };

/* A label as it is compared: without what stands in brackets after it and without marks at its end. */
struct label { char *strong, *weak, *tight; };  /* tight: weak without its spaces */

struct head {
	const struct form *form;
	int row, rows;                         /* where it stands in the table, how many rows it takes */
	int matched;                           /* columns known, without the running number; 0: no head */
	double score; /* 0..1: share of the form's columns, weighed by how sure each is */
	const struct form_column *column[HEAD_MAX_COLUMNS];
};

void head_prepare(const struct forms *); /* before the seal; forms stay the caller's */
struct label *head_labels(const void *mem, const struct table *);      /* of its cells, by index */
/* The best head of this form in the table's first rows. */
struct head head_find(const struct form *, struct table *, const struct label *);
/* Column of the list whose label this is, and how sure; NULL: none. */
const struct form_column *head_column(const struct form *, const char *label, double *sure);
