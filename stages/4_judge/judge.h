/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * judge.h - what judging needs, prepared once: the book of rules and the registry of units.
 */
#pragma once
#include "rule.h"
#include "stage.h"
#include "units.h"

struct judge {
	const struct book *book;
	const struct registry *registry;
	const char *day;                       /* which rules on mergers are in force */
};

/* The book alone, which is all that listing it needs. */
const struct book *judge_book(const struct settings *, char **why);

/* Reads everything at its first call; later calls give the same. NULL: why. */
const struct judge *judge_prepare(const struct settings *, char **why);
