/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * trial.h - the cases beside a rule, run: NAME.test.sql.
 *
 * A file of INSERTs into the tables of schemas/facts.sql, cut into cases by lines
 *
 *     -- fires: what is shown        the rule must give a row
 *     -- silent: what is shown       it must give none
 *
 * Each case begins with empty facts and the tables of the law. Statements before the first case belong to all.
 */
#pragma once
#include "rule.h"

struct registry;

/* Calls back for each case; ok false: why says what was wrong. Returns how many failed. */
int trial_run(const struct book *, const struct registry *, const struct rule *,
	      void (*told)(void *with, const struct rule *, const char *name, bool ok, const char *why), void *with);
