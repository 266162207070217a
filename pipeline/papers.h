/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * papers.h - what the ledger knows for the lists of 5_emit (5_emit/lists.h), as rows of a letter.
 *
 *     reminders   what is due: packages to be sent, answers to be asked for, devices to be handed in, questions
 *     dossiers    requests of bodies that were merged into another (letter of Ban Cơ yếu, May 2025, item 3)
 *     agencies    bodies that are there now, their contacts and certificates (the same, item 4)
 *     devices     devices of certificates that are revoked, asked to be revoked, or have run out
 *     handed      certificates that were issued: whose devices are given out (Mẫu 07)
 */
#pragma once
#include "ledger.h"

struct papers_wish { struct ledger *ledger; const char *data; time_t at; struct letter *to; };

/* False: there is no such list, or the calendar cannot be read (*why). */
bool papers_add(const struct papers_wish *, const char *what, char **why);
extern const char *const papers_names[];       /* NULL ends */
