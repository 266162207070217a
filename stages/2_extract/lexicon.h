/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lexicon.h - phrases official letters are made of: schemas/lexicon.tsv.
 *
 * A lexicon proposes and never decides: it may put right the marks of a phrase that OCR read letter by letter
 * (SỞ Y TẺ), when exactly one phrase has those letters, and whoever uses it lowers the confidence and keeps
 * what was read. Text that a file states itself is never put right.
 */
#pragma once
#include "stage.h"

struct lexeme {
	const char *kind;                      /* type agency place title deputy surname given middle issuer phrase */
	const char *text, *more;               /* more: abbreviation of a type, title a deputy stands in for */
	const char *weak;                      /* text_weak() of text, letters, digits and single spaces only */
};

bool lexicon_prepare(const struct settings *, char **why);     /* once, before the seal */

/* The entry of that kind with these letters; NULL: none. The key may be any text. */
const struct lexeme *lexicon_find(const char *kind, const char *text);

/* The entries of a kind one by one, from 0; NULL: no more. */
const struct lexeme *lexicon_at(const char *kind, int i);

/* The entry nearest in edits; *far becomes edits over length. NULL: the lexicon has no such kind. */
const struct lexeme *lexicon_nearest(const char *kind, const char *text, double *far);

/* A type by the abbreviation in a symbol: TB of TB-UBND. */
const struct lexeme *lexicon_type_of(const char *abbreviation);

/* The text with its phrases put right, or the same; *known becomes the share of its words that stand in some
 * phrase. In an agency's name single words of agency and place count too; in running text only phrases. */
enum lexicon_text { LEXICON_AGENCY, LEXICON_RUNNING };
char *lexicon_repair(const void *mem, enum lexicon_text, const char *text, double *known);

bool lexicon_is_syllable(const char *word);    /* could it be a Vietnamese syllable? */

char *lexicon_key(const void *mem, const char *text);          /* as lexeme.weak */
