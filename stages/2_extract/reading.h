/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reading.h - what the parts of fields_*.c tell each other while one document is read.
 *
 * NĐ 30/2020, Phụ lục I, numbers the boxes of a letter: 1 national title, 2 agency, 3 number and symbol, 4 place
 * and date, 5a type and subject, 5b subject of a công văn, 6 body, 7 signer, 9a recipients, 9b copies, 10
 * secrecy and urgency, 12 drafter. They are read in the order in which each gives the next its bearings: header,
 * title, end, then the running text.
 *
 * A confidence is the least of the words a value was made of; it is lowered when a value was put right by the
 * lexicon, when two readings of one spot disagree, and below one half when digits were not read surely enough
 * to be believed (GATE). What cannot be read is left out, with a finding, never guessed.
 */
#pragma once
#include "lexicon.h"
#include "page.h"

struct reading {
	struct letter *l;
	int document;
	void *mem;
	const struct page **pages;             /* of this document, in order */
	int n;
	int head;                              /* index of the page with the header */
	bool titled;                           /* a national title was found there */
	struct box title;                      /* its words */
	double split;                          /* left edge of the right column of the header */
	double below;                          /* bottom of the number's and the date's line */
	double left, right;                    /* margins of the body */
	struct box stamp;                      /* the receiver's ĐẾN stamp on the head page; empty: none */
	bool ocr;                              /* the head page was read from a picture */
	bool number_written;                   /* something stands where the number should, though no digits were read */
	const char *symbol, *type;             /* as read, or NULL */
	const char *agency;
	bool about;                            /* a V/v stands under the number */
	double subject_end;                    /* bottom of the subject on the head page */
	double body_top;                       /* where the recipients, if any, end */
	int end;                               /* index of the page with the signer's block, or -1 */
	double end_top;                        /* top of that block */
	struct line *copies;                   /* "Nơi nhận", or NULL */
	int copies_words;                      /* see anchor_copies() */
};

struct field *reading_add(struct reading *, const char *name, struct value);
void reading_say(struct reading *, const char *rule, enum severity, const char *vi, const char *en);

/* Digits from OCR are believed from here on: right ones scored 0 to 92, wrong ones 0 to 73 (READING, 3). */
static const double GATE = 0.75;
double reading_gate(double confidence);        /* below the gate: below one half */

void header_read(struct reading *);            /* boxes 1 2 3 4 10, the incoming stamp */
void title_read(struct reading *);             /* boxes 5a 5b 9a */
void end_find(struct reading *);               /* where boxes 7 and 9b stand */
void end_read(struct reading *);               /* boxes 7 9b 12 */
void text_read(struct reading *);              /* citations, deadlines, phones, mailboxes */

/* Running text from OCR with its phrases put right by the lexicon, and never surer than RUNNING. */
static const double RUNNING = 0.88;
void reading_repair(struct reading *, struct value *);

/* Whether a line is set in capitals (most of its letters), and how many letters it has. */
bool line_is_upper(const struct line *);
int line_letters(const struct line *);
/* The lines of a zone of the head page, the stamp left out. */
struct lines reading_lines(const struct reading *, struct box zone);
struct value line_value(const void *mem, const struct line *);
