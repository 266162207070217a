/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answer.h - what the certification authority sends back: certificates, revocation lists, an export of its
 * inventory.
 *
 * A stage of its own for `congvan reconcile`: one file a letter, read in a sealed child like any other. It says
 * what stands in the file and whether it can be proven to come from the authority (by the anchors of --trust);
 * whether that is what was asked for is the reconciler's question. Its facts are requests of these forms:
 *
 *     answer-certificate  serial subject issuer cn o l ou name... email not_before not_after sha256 key proven
 *     answer-crl          issuer this_update next_update entries proven
 *     answer-revoked      serial date reason          entries of the CRL above that are about known serials
 *     answer-listed       serial subject holder email valid_to           a row of an inventory export
 *
 * proven: yes; no (a signature or a CA rule on its path fails); unknown (no path to an anchor). What is no answer at
 * all gives the finding 3_verify/no-answer; a list without validity, such as the forms that ask for something have,
 * 3_verify/form-is-no-answer: taken for an inventory it would make certificates look revoked.
 */
#pragma once
#include "stage.h"

extern const struct stage stage_answer;

/* The serials somebody has heard of (upper-case hex without leading zeros), sorted; set before the nursery forks.
 * A CRL of a whole country is then no longer than what concerns us. */
void answer_know(const struct texts *);
