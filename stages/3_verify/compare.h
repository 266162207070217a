/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare.h - between the files that compare two views of one PDF: what is noted, and when two values are the
 * same.
 */
#pragma once
#include "letter.h"
#include "pdf_form.h"

/* What a change needs to be permitted (ISO 32000-1 table 254; EN 319 142-1 5.5 for the first). */
enum needs { NEEDS_NOTHING, NEEDS_SIGNING, NEEDS_FILLING, NEEDS_ANNOTATING, NEEDS_MIRACLE };

struct lock { /* FieldMDP, or a signature field's /Lock (12.7.4.5, 12.8.2.4) */
	bool all, exclude;
	const struct pdf_value *names; /* array of full names */
};

struct field_rect {
	const struct pdf_value *widget;
	double r[4];
};

struct compare {
	struct letter *l;
	const void *mem;   /* goes with the comparison */
	struct pdf *a, *b; /* what was signed, what is shown */
	const struct pdf_form *fa, *fb;
	int level;	/* of DocMDP: 1 nothing, 2 forms and signatures, 3 annotations too */
	bool certified; /* /Perms /DocMDP stands in what was signed */
	LIST(struct lock) locks;
	int *place_a, *place_b; /* by object number: place in the annotations of the page at hand, from 1 */
	int numbers;		/* object numbers are below */
	uint8_t *stale;		/* pdf_graph.h; NULL: the work is little so far */
	struct pair *pairs;	/* compared already */
	int pairs_n, pairs_room, depth;
	int drawing;	   /* above 0: inside of what is drawn, where every reference is followed */
	long *visits;	   /* shared by all comparisons of one file */
	bool exhausted;	   /* too much to compare: nothing may be concluded */
	int culprit;	   /* object number of the last difference met, 0 a direct one */
	struct fields_of { /* where the form fields of one page of b stand; page 0: of none yet */
		int page;
		LIST(struct field_rect) at; /* from left to right */
		double widest;
		long looked;
	} rects;
	struct texts *out;
	enum changes worst;
};

void compare_begin(struct compare *, struct letter *, struct pdf *a, struct pdf *b);

/* Are two values the same, through all references? References to pages, fields and annotations are compared
 * by which one they point to, since those are compared on their own. */
bool compare_same(struct compare *, const struct pdf_value *a, const struct pdf_value *b);

/* The same of what is drawn (content, resources, appearances), where an object that is an annotation or a
 * node of the page tree beside that is still what it draws. */
bool compare_same_drawn(struct compare *, const struct pdf_value *a, const struct pdf_value *b);

/* Is the object known to be the same in both, and all that it leads to but up a tree? */
bool compare_is_untouched(const struct compare *, int num);

/* Neither can be read, and it is the same bytes that cannot. */
bool compare_same_unreadable(struct compare *, const struct pdf_value *a, const struct pdf_value *b);

/* One change in words; page 0: not on a page; num 0: no object of its own. */
void compare_note(struct compare *, enum needs, const char *what, const char *detail, int page, int num);

/* compare_form.c: fields, widgets, the AcroForm dictionary; and what signatures and locks permit. */
void compare_permissions(struct compare *);
void compare_form(struct compare *);
bool compare_is_new_signature(const struct compare *, const struct pdf_value *widget, int num);

/* compare_annotation.c: the annotations of one page, in their order. */
void compare_annotations(struct compare *, const struct pdf_value *a, const struct pdf_value *b, int page);

/* compare_look.c: what an annotation puts on the page. */
bool compare_rect(struct pdf *, const struct pdf_value *annotation, double r[4]); /* false: it has none */
double compare_area(struct pdf *, const struct pdf_value *rect);
bool compare_draws(struct pdf *, const struct pdf_value *annotation);  /* something, in an area of its own */
bool compare_writes(struct pdf *, const struct pdf_value *annotation); /* letters or pictures */
bool compare_reads_as(struct pdf *, const struct pdf_value *widget,
		      const char *text); /* its letters are that text, or nothing is drawn */

/* Keys of both dictionaries, each once, but those in skip (NULL ends): calls each with the raw values, NULL
 * if absent. */
void compare_keys(struct compare *, const struct pdf_value *a, const struct pdf_value *b,
		  const char *const *skip,
		  void (*each)(struct compare *, const char *key, const struct pdf_value *,
			       const struct pdf_value *, void *),
		  void *with);
