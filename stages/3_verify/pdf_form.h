/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_form.h - pages and form fields of one view, in order (ISO 32000-1 7.7.3, 12.7).
 *
 * Trees are walked with a set of visited objects and limits, so circles end. Values are borrowed from the
 * view.
 */
#pragma once
#include "pdf.h"

enum { PDF_TREE_DEPTH = 500 }; /* nodes between the root of a tree and a page or field */

/* The part an object plays in the document. */
enum pdf_role { ROLE_NONE, ROLE_PAGE, ROLE_PAGES, ROLE_FIELD, ROLE_ANNOTATION, ROLE_CATALOG };

struct pdf_page {
	int num; /* object number */
	const struct pdf_value *value;
	double height; /* of the media box, points */
};

struct pdf_field {
	char *name; /* full name: parents, dots */
	int num;    /* object number of the field; 0: direct */
	int place;  /* its index among the fields of its view */
	const struct pdf_value *field,
		*widget;	       /* widget NULL: none; the field itself when they are one dictionary */
	const struct pdf_value *value; /* /V, resolved; the null value when empty */
	const struct pdf_value *kind;  /* /FT, inherited */
	bool is_signature;
	int64_t flags; /* /Ff, inherited */
	int page;      /* of the widget, from 1; 0 unknown */
	double page_height;
};

struct pdf_form {
	struct pdf *view;
	struct pdf_page *pages;
	int pages_n, pages_room;
	struct pdf_field *at; /* terminal fields */
	int n, room;
	struct pdf_field *groups; /* the nodes above them: name, num and field only */
	int groups_n, groups_room;
	bool incomplete; /* too many, too deep, or a page that cannot be read: not all is here */
	int *by_num;	 /* by object number: index of the first such field, plus 1 */
	uint8_t *role;	 /* by object number: enum pdf_role */
	int *page;	 /* by object number of a page or an annotation: the page, from 1 */
	int *owner;	 /* by object number: index of the field that has it among its /Kids, plus 1 */
	int numbers;	 /* object numbers are below */
};

const struct pdf_form *pdf_form_read(struct pdf *); /* once for a view; owned by it */
const struct pdf_field *pdf_form_find(const struct pdf_form *,
				      int num); /* the field of that number; NULL: none */
enum pdf_role pdf_form_role(const struct pdf_form *, int num);
int pdf_form_owner(const struct pdf_form *, int num); /* index of the field it is a kid of, or -1 */
int pdf_form_page(const struct pdf_form *, int num);  /* 0: unknown */
/* The field of another view's form that is this one: of the same number, or when it has none of the same
 * name. */
const struct pdf_field *pdf_form_same(const struct pdf_form *, const struct pdf_field *);
