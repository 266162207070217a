/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * recall.h - what earlier nights left open, for the judging of a later one.
 *
 * 4_judge sees one batch, and a list of one night is no inventory. So a batch that has to do with certificates is
 * given again what the ledger's letters say of them: the stored records, marked as known, after its own letters,
 * newest first. Which letters those are follows from the table mention:
 *
 *     the latest list that names a certificate, for every certificate ever listed
 *     the latest letter signed with a certificate that was decided about and stands in no list
 *     the latest signed form of each kind (Mẫu 04, 05 ...) that names a certificate decided about, or one of this batch
 *     every list of assignments, and every letter or list that says of a body that it has no certificate
 *
 * but no letter that was refused. One more known letter comes last, which is the ledger's own word, as requests:
 *
 *     decision-list   the answers, in the order in which they were given
 *     open-list       certificates that may be decided about again: asked and not judged since, or decided and in
 *                     no package although a form is asked for, or answered anew
 *     package-list    certificates that are in a package, and in which
 *
 * What is recalled is chosen when a batch opens and written down with it, so a batch judged again after a kill
 * has the same facts. The work is bounded by the certificates there are: a list that later lists repeat in every
 * row is not read again.
 */
#pragma once
#include "ledger.h"

bool recall_is_due(struct ledger *);                   /* answers came that no batch has judged with */
void recall_mention(struct ledger *, int64_t letter, const struct letter *);   /* of which certificates it speaks */
void recall_choose(struct ledger *, int64_t batch);    /* inside the transaction that opens the batch */

/* Adds the known letters to the batch, and their facts to the records (worker.h). False: errno. */
bool recall_load(struct ledger *, int64_t batch, struct batch *, int records);

/* The same question stands in the ledger already, and nobody has answered it. again: so does any other decision of
 * these words, and this one was made from a known list. */
bool recall_is_asked(struct ledger *, const struct decision *, bool again);
