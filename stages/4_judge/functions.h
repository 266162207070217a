/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * functions.h - the functions that rules may call; all are deterministic, NULL in gives NULL out.
 *
 *     days_between(a, b)      days from date a to date b
 *     add_days(date, n)       n days later
 *     add_workdays(date, n)   n working days later: the day itself does not count
 *     workdays_known(date)    1 where the calendar covers that year
 *     fold(text)              strong key: case, place of the tone mark, kinds of dash forgotten
 *     weak(text)              fold without diacritics
 *     same_body(a, b)         'yes', 'no', 'ask': do two written names mean the same body?
 *     same_person(a, b)       1 when the two names are one by their strong key
 *     is_body(text)           1 when it is the name of a body
 *     has_word(text, word)    1 when the folded word stands in the folded text as a whole
 *     vn_date(date)           20/6/2025, as a letter writes it
 */
#pragma once
#include "facts.h"

bool functions_add(struct facts *);
bool functions_allowed(const char *name);              /* ours, or one of SQLite's harmless ones */
