/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan.h - who asks the CA for what: decisions and requests made into packages.
 *
 * A line is one certificate on one form. Lines of one managing agency, form and channel make a package, in
 * the order in which they came; a package longer than settings->package_lines (or PLAN_MAX_LINES) is cut. These hold always:
 *
 *   - a certificate stands on one line of one package, or on none;
 *   - a line with a required column blank goes into no package, and a finding says what is missing and whom to
 *     ask;
 *   - what is asked twice alike is asked once; what contradicts itself waits for a person;
 *   - a request of a letter that is held or rejected goes nowhere.
 *
 * Who manages (NĐ 68/2024 Điều 3): of an office's own certificate the superior of the office (as R003-02 of the
 * old regime says outright), which is the province's committee since there are no districts; of a person's the
 * office, after a merger the new body. So what communes ask and what mergers decide goes out together.
 */
#pragma once
#include "form.h"
#include "stage.h"

enum { PLAN_MAX_LINES = 500 };

struct line_value {                            /* one cell of the form, and where it comes from */
	char *value;                           /* NULL: blank */
	const char *how;                       /* "read", "subject" (of the certificate), "decision" */
	const struct letter *letter;           /* the letter it was read in, or NULL */
	const struct value *read;              /* its place there, or NULL */
};

struct line {
	const struct form *form;
	const char *key;                       /* serial; of what has none yet: device, e-mail or name */
	const char *serial;                    /* NULL: none yet */
	const struct decision *decision;       /* NULL: asked for by a letter, undisputed */
	const struct letter *letter;           /* where the certificate or the request stands */
	const struct request *request;
	const struct letter *row_letter;       /* the certificate in the inventory, or NULL; of a decision: the same */
	const struct request *row;
	char *agency, *channel;                /* who sends it; by which way (NULL: nobody says) */
	const char *province;                  /* "Tỉnh Quảng Ngãi", or NULL */
	struct line_value *values;             /* as many as the form's columns */
	int order;                             /* place in the batch */
	int blanks;                            /* wanted columns left blank */
};

struct package {
	const struct form *form;
	char *agency, *channel, *deadline;     /* the earliest of its lines, or NULL */
	char *place;                           /* where the agency sits, or NULL */
	const char *to;                        /* who takes it */
	int number;                            /* among those of its agency and form: from 1 */
	char *name;                            /* "nd68-2024-mau-05-001" */
	char *folder;                          /* "2025-06-20/ubnd-tinh-quang-ngai" */
	LIST(struct line *) lines;
	LIST(const struct letter *) sources;   /* letters whose words stand in it, each once */
	struct texts laws;                     /* cited by its decisions, each once */
	const struct letter *contact_letter;
	const struct request *contact;         /* row 0 of such a form of that agency, or NULL */
	int blanks;                            /* wanted cells left blank */
};

struct waiting {                               /* what goes out when somebody has answered */
	const struct line *line;
	char *missing;                         /* labels, comma between */
	char *ask;                             /* whom */
};

struct province { char *key, *now; };          /* name before 01/07/2025, and the one that followed */
struct route {                                 /* who takes a form: "" is every province, and no end */
	char *province, *form, *from, *until, *addressee, *channel, *deadline;
};
struct contact { char *what, *value, *from, *until; };         /* of the authority, by day */
struct tables {
	LIST(struct province) provinces;
	LIST(struct route) routes;
	LIST(struct contact) contacts;
};

struct plan {
	struct batch *batch;
	const struct forms *forms;
	const struct tables *tables;
	char *day;                             /* YYYY-MM-DD in Vietnam */
	LIST(struct line) lines;
	LIST(struct package) packages;
	LIST(struct waiting) waiting;
	struct texts taken;                    /* paths of packages made before: their numbers are not given again */
};

struct plan *plan_new(const void *mem, struct batch *, const struct forms *, const struct tables *);

/* route.c: the tables below data/rules, read once before the seal. */
bool tables_load(const void *mem, const char *data, struct tables *, char **why);
const char *province_now(const struct tables *, const char *name);     /* "Tỉnh Quảng Ngãi"; NULL: no such province */
const char *contact_find(const struct tables *, const char *what, const char *day);    /* "authority-address"; NULL */
const struct route *route_find(const struct tables *, const char *province, const char *form, const char *day);

/* line.c: the cells of a line, as the decision and the certificate's row (or the request) say. */
void line_fill(struct plan *, struct line *);
char *line_agency(struct plan *, const struct line *);                  /* NULL: nobody can tell */
const char *line_province(struct plan *, const struct line *);          /* as it is called now; NULL: cannot tell */
struct asked_line line_asked(const void *mem, const struct line *);         /* what of it the ledger remembers */
const char *line_kind(const struct line *);                             /* agency person device, or NULL */

/* Text of the nth attribute of a kind in an RFC 4514 subject ("O", "OU", "CN"); NULL: not there. For UID the
 * value may be asked by its prefix ("MST:"), which is left out. Order and spaces do not matter. */
char *subject_find(const void *mem, const char *dn, const char *type, const char *prefix, int nth);

char *slug(const void *mem, const char *text, size_t max);             /* ASCII name of a folder or file */
char *seat_of(const void *mem, const char *agency);                    /* địa danh; NULL: cannot tell */
