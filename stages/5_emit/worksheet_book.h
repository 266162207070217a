/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worksheet_book.h - the sheet of questions to persons, as it stands in the outbox and as `decide --out` writes it.
 *
 * One look for both: the columns of worksheet.h, the answer picked from a list, and nothing can be written by mistake but
 * the answer, the name and the reason (the sheet is locked without a password). What comes back is read by worksheet.h.
 */
#pragma once
#include "worksheet.h"
#include "write_xlsx.h"

struct book_sheet *worksheet_sheet(struct book *);     /* with its head */
/* cells by enum worksheet_column, NULL or "": empty; question, choices and proposal come from action, "choose-one",
 * "needs-person" or another (the decision stands, but something of its row is missing), and suggested, "Y" or not. */
void worksheet_add(struct book *, struct book_sheet *, const char *cells[WORKSHEET_COLUMNS], const char *action,
		   const char *suggested);
