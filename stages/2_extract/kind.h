/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kind.h - what sort of paper a document is, and whether two documents of a letter say the same.
 */
#pragma once
#include "letter.h"

void kind_tell(struct letter *, int document);         /* unless its reader or its form told already */

/* edXML and the papers it carries: number, symbol, date and subject that contradict are findings. */
void compare_documents(struct letter *);
