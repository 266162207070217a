/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * recall.h - what earlier nights left open, for the judging of a later one.
 *
 * 4_judge sees one batch. A question that it left to a person (choose-one, needs-person) is open until a batch
 * has judged with the answer, so every batch is given again the lists in which open questions stand: the stored
 * records of their letters, marked as known, after its own letters. One more known letter comes last, which is
 * the ledger's own word, as requests:
 *
 *     decision-list   the answers, in the order in which they were given
 *     open-list       certificates that may be decided about again: asked and not judged since, or answered anew
 *     package-list    certificates that are in a package, and in which
 *
 * What is recalled is chosen when a batch opens and written down with it, so a batch judged again after a kill
 * has the same facts. Letters without open questions are not read again: the work is bounded by what waits.
 */
#pragma once
#include "ledger.h"

bool recall_is_due(struct ledger *);                   /* answers came that no batch has judged with */
void recall_choose(struct ledger *, int64_t batch);    /* inside the transaction that opens the batch */

/* Adds the known letters to the batch, and their facts to the records (worker.h). False: errno. */
bool recall_load(struct ledger *, int64_t batch, struct batch *, int records);

/* The same question stands in the ledger already, and nobody has answered it. */
bool recall_is_asked(struct ledger *, const struct decision *);
