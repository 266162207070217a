/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * page.h - words to lines, lines to running text, and back to the words.
 *
 * Whatever a page came from, its words have boxes; everything that reads a letter asks for the lines of a
 * zone and works on those. A column is a zone: the caller cuts it out first, so that two columns are never one
 * line. A line is a chain of words from left to right, each level with the one before it, so a page that is
 * a degree askew still gives its lines.
 *
 * A flow is running text made of lines. It remembers which word each byte came from, so that a value found
 * in the text is given back with its place and the confidence of its least sure word.
 */
#pragma once
#include "letter.h"

enum { PASS_NOTE = 99 };                       /* word.pass of what a signature draws about itself: name, mailbox, time */

struct line {
	const struct page *page;
	const struct word **words;
	int n;
	struct box box;
	char *text;                            /* words with one space between */
	char *weak;                            /* its letters without marks, small: struct fold */
	double size;                           /* of its letters in points: font size, or the usual height of its words */
	bool bold;                             /* most of it */
};

struct lines { struct line *at; int n, room; };

/* The lines of a zone from top to bottom: words whose middle lies in it, of one reading of the page.
 * What signatures draw about themselves is pass PASS_NOTE and so never among a letter's own lines. Nobody
 * changes them: those of a whole page are kept with it and given out again. */
struct lines page_lines(const void *mem, const struct page *, struct box zone, int pass);
/* The same without the words in a box: a stamp. */
struct lines page_lines_beside(const void *mem, const struct page *, struct box zone, int pass, const struct box *stamp);
struct box page_whole(const struct page *);
/* One line of these words, which must be sorted from left to right and outlive it. */
struct line line_make(const void *mem, const struct page *, const struct word **, int n);

/* The same lines, cut where a gap is wider than so many times the size of their letters. */
struct lines lines_split(const void *mem, struct lines, double gap);

struct mark { size_t at; const struct word *word; const struct page *page; };

struct flow {
	const void *mem;
	struct buffer text;
	struct { struct mark *at; int n, room; } marks;
};

/* Adds a line, with a space before it; a word broken at a hyphen after a letter or digit is joined when it is
 * part of a symbol: 68/2024/NĐ- + CP. flow_break() ends a paragraph with '\n'. */
void flow_add(struct flow *, const struct line *);
void flow_words(struct flow *, const struct page *, const struct word *const *, int n);
void flow_break(struct flow *);

/* What stands in text[from, to): trimmed and squeezed, box of its words on the page where it begins, least
 * confidence. */
struct value flow_value(const void *mem, const struct flow *, size_t from, size_t to);

/* The text letter by letter without marks, so that patterns can be sought in ASCII and found again: small holds
 * lower case, cased the case as written, at[i] the byte of the text where letter i stands, at[n] its end. */
struct fold { char *small, *cased; size_t *at; size_t n; };
struct fold fold_text(const void *mem, const char *text);

/* Page.text from its words: lines in reading order, columns of the header not mixed. */
void page_text(struct letter *, struct page *);

struct box box_join(struct box, struct box);    /* an empty box joins as nothing */
bool box_holds(struct box, double x, double y);

/* What the letters of a text say about it; see READING: real Vietnamese text has 0.24 to 0.31 of its letters
 * with a mark, a wrong OCR layer or an unconverted encoding under 0.1. */
struct letters {
	int all;                               /* characters that are not spaces */
	int letters, marked;                   /* letters; those only Vietnamese has, or with a mark */
	int symbols;                           /* Latin-1 symbols: TCVN3 unconverted */
	int broken;                            /* control characters, private use, U+FFFD */
};
void letters_count(struct letters *, const char *text);
