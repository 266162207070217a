/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_text.h - what a person reads of one letter on a terminal. Control characters of a letter never get
 * through.
 */
#pragma once
#include "command.h"
#include <stdio.h>

void report_text_verify(const struct letter *, const char *file, enum lang, bool with_text, FILE *);
void report_text_extract(const struct letter *, const char *file, enum lang, bool with_text, FILE *);
void report_text_check(const struct letter *, const char *file, enum lang, bool with_text, FILE *);

/* Text of a letter with control characters replaced; NULL gives "-". */
void report_text_clean(const char *text, FILE *);

/* What a fact's machine word (a verdict, a disposition, a state, a kind, a field's name) is for people; "-" for NULL. */
const char *report_text_word(const char *key, enum lang);
