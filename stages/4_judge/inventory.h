/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * inventory.h - certificates as an inventory lists them, and which body each one names.
 *
 * A row becomes a struct cert; what its subject and its body's name mean among the units is a struct standing,
 * made once for all rows that write the same (half a million certificates name some ten thousand bodies).
 * Nothing is decided here: facts only, for rules/. A bad row is refused with its reason and the others go on.
 */
#pragma once
#include "grammar.h"
#include "units.h"
#include "letter.h"

struct standing {                              /* of a body, as written in a row */
	const char *body;                      /* UBND HDND ..., or NULL */
	const char *class;                     /* facts.sql, cert.body_class */
	const char *identity;                  /* facts.sql, cert.identity */
	int unit, district, province;          /* indices into the registry, -1 none */
	const char *core;                      /* weak key of the body's own words without its place */
	char *unit_name, *successor_body, *group;
	bool subject_changes, parent_in_subject;
	bool stays;                            /* the body goes on as it is */
};

struct cert {
	char *key;                             /* its serial to compare by: upper-case hex without leading zeros */
	char *serial, *subject, *org_name, *org_code, *holder_name, *title, *email, *kind, *valid_from, *valid_to,
	     *device_serial;
	int renewals;                          /* -1: not known */
	int line, letter, request;
	int signature;                         /* seen in this signature of its letter, in no list; 0: listed */
	int64_t days_left;                     /* see inventory_today() */
	const struct standing *standing;
	const struct assignment *assignment;
	bool same_body;
};

struct assignment {
	char *email, *holder_name, *status, *new_unit, *new_body, *new_province;
	int letter;                            /* whose list it stands in; of several lists the first given counts */
	bool disputed;                         /* another row of that list says otherwise: neither counts */
};

/* What is wrong with a row: in which column, and in both languages what and what to do. */
struct row_fault {
	const char *column;                    /* INTERFACE's name; NULL: the row as such */
	const char *vi, *en;
};

struct inventory;
struct inventory *inventory_new(const void *mem, const struct registry *);

/* cell() gives a row's cell by INTERFACE's column name, NULL or "" where there is none. False: the row is bad and the
 * fault says why; or its texts are NULL and another letter's list has the certificate, which stands. True with texts: the
 * row counts, but something in it was not understood. letter and request: the list's place in a batch, 0 for a file. */
bool inventory_add(struct inventory *, const char *(*cell)(void *with, const char *column), void *with, int line,
		   int letter, int request, struct row_fault *);
/* Days of validity count from the day the mergers take effect, or from the day of `at` when that is later: what has run out since
 * cannot be changed or revoked any more. */
void inventory_today(struct inventory *, time_t at);
/* How the dates of the list that follows are written; day first unless told. */
void inventory_dates(struct inventory *, enum date_order);

/* A certificate that signed a letter and that no list has: what the signature tells of it, if the mergers touch
 * its body. Lists come first. False: it is listed, over, or of a body that goes on as it is. */
bool inventory_add_seen(struct inventory *, const struct certificate *, int letter, int signature);
/* False: a row above says otherwise of the same mailbox; neither counts, and a person is asked. */
bool inventory_assign(struct inventory *, const char *(*cell)(void *with, const char *column), void *with, int letter);
void inventory_link(struct inventory *);       /* once all rows and assignments are in */
const struct registry *inventory_registry(const struct inventory *);
int inventory_count(const struct inventory *);
const struct cert *inventory_at(const struct inventory *, int i);
int inventory_find(const struct inventory *, const char *serial);      /* -1 */
