/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * form.h - forms as data: what a form of the law asks, once for both directions.
 *
 * A form is a file schemas/forms/<regime>/mau-NN.xml. 2_extract reads filled
 * forms by it, 5_emit writes them by it, so a column is named, labelled and required in one place only.
 * Column names are the names of cells (letter.h); the column of type "row" is the running number (STT) and is
 * no cell. A head of two rows is a column with a group: neighbours of the same group share the upper cell.
 *
 * forms_load() reads files and belongs into prepare(); a description that is not well made is our own fault
 * and is refused as a whole, with the file and the reason.
 */
#pragma once
#include "letter.h"

enum form_kind { FORM_REQUEST, FORM_NOTICE, FORM_MINUTES };
enum form_need { NEED_NO, NEED_WANTED, NEED_YES };     /* wanted: a blank is told, and holds nothing */

struct form_column {
	char *name;                            /* "serial"; of type row: "row" */
	char *label;                           /* as printed in the head */
	char *group;                           /* label of the upper head cell, or NULL */
	char *type;                            /* row text date identity email phone serial device tax budget mark sim */
	char *when;                            /* "agency", "person", "change": asked only then; NULL: always */
	enum form_need need;
	double width;                          /* share of the table's width; all sum to 100 */
	struct texts also;                     /* other labels people write for it */
};

struct form {
	char *id;                              /* "nd68-2024/mau-04" */
	char *regime, *number;                 /* "nd68-2024", "04" */
	enum form_kind kind;
	bool confirmed;                        /* columns seen in a copy of the law's own form */
	bool landscape;
	char *title;                           /* what it is called: "Mẫu số 04" with its purpose */
	char *subject;                         /* trích yếu, without "V/v" */
	struct texts variants;                 /* other trích yếu of the same form */
	char *from, *to;                       /* who sends it, to whom (as after "Kính gửi") */
	char *law;                             /* article and appendix, for citations */
	char *replaced_by;                     /* id of the form of the regime that followed, or NULL */
	char *opening, *closing;               /* first and last sentence; {agency} stands for who sends */
	char *contact_title, *list_title;      /* headings of its two items; NULL: it has no such item */
	LIST(struct form_column) contact;      /* what stands once on the form: row 0 */
	LIST(struct form_column) columns;
};

struct forms { struct form **at; int n, room; };       /* by id */

/* Every form below data/schemas/forms. False: *why says which file and what is wrong. */
bool forms_load(const void *mem, const char *data, struct forms *, char **why);
const struct form *forms_find(const struct forms *, const char *id);                   /* NULL: none */

/* Column of the list or of the contact block; NULL: none of that name. */
const struct form_column *form_column(const struct form *, const char *name);
/* Column whose label, or one of whose other labels, has the same strong key; NULL: none. */
const struct form_column *form_column_labelled(const struct form *, const char *label);
