/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fill.h - letters and certificates into the tables that rules read.
 */
#pragma once
#include "facts.h"
#include "heard.h"
#include "inventory.h"
#include "stage.h"

void fill_context(struct facts *, const struct settings *, const char *effective, const char *ruleset);
void fill_letters(struct facts *, const struct batch *);
void fill_certificates(struct facts *, const struct registry *, const struct inventory *, const struct heard *);

/* The day in a letter that a rule's interval is compared with; NULL when the letter does not say. */
const char *fill_day(const void *mem, const struct letter *, enum rule_date);
