/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields.h - the fields of a letter from words with boxes, by the geometry of NĐ 30/2020.
 *
 * Where a part of a letter stands tells what it is; what it says only confirms it. Fields added, beside those of
 * INTERFACE: urgency, secrecy, incoming_number, incoming_date (of the ĐẾN stamp), drafting_unit, drafter, and
 * mentions (documents named after the operative words of a decision, which it does not rest on).
 */
#pragma once
#include "letter.h"

/* Adds the document's fields. When its pages hold a second letter, the document is cut short and the rest added
 * as a new document at the end of the list, whose fields are still to be read. */
void fields_read(struct letter *, int document);
