/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * find.h - the letter of the ledger that a person names.
 */
#pragma once
#include "ledger.h"

/* By a file's own bytes; the beginning of its SHA-256 (4 characters or more, either case, "sha256:..." too); the name a
 * file came by, however its letters and tones are composed; or number and symbol: 1602/UBND-NV. The letter's id;
 * 0: none, -1: several. */
int64_t find_letter(struct ledger *, const char *word);
