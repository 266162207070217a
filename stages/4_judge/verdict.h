/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verdict.h - the book of rules run over filled facts.
 */
#pragma once
#include "facts.h"
#include "inventory.h"
#include "pool.h"

/* One decision for each certificate, in their order: the first rule by its order wins, and what no rule names
 * goes to a person. day: which rules on mergers are in force. NULL: why. Texts belong to the pool. */
struct decision *verdict_decide(struct facts *, struct pool *, const struct registry *, const struct inventory *,
				const char *day, char **why);

/* Makes the decisions visible to the rules that give findings; call before facts_close_doors(). */
struct filler *verdict_table(const void *mem, struct facts *);
void verdict_tell(struct filler *, const struct decision *, const char *serial, int cert);

/* Findings into the letters they name, and into the batch where they name none. A rule that fails is one of those. */
void verdict_find(struct facts *, struct batch *, const char *day);
