/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * heard.h - whose certificates have been listed: which units of a merger nobody has heard of yet.
 *
 * A list of one unit is no inventory of its group. That a unit has no certificate is known only when a list came
 * that would have named it: the unit's own, its district's, that of the agency that manages certificates in the
 * province, or one that the command declares whole. Else another unit of the group may still hold the
 * certificate to be kept, and rules ask or wait (facts.sql, table unheard). A list without a sender speaks for
 * the bodies in its rows and for nobody else. A row or a signed letter may say that a body has none: it is heard then.
 */
#pragma once
#include "inventory.h"
#include "letter.h"

struct heard;
struct heard *heard_new(const void *mem, const struct registry *);
void heard_all(struct heard *);                /* an audit's inventory is the whole */

/* One list: begin, a row for each certificate, end with the letter that bears it. whole: the command declares it the
 * inventory of the provinces it names. */
void heard_begin(struct heard *);
void heard_row(struct heard *, const struct standing *);
void heard_end(struct heard *, const struct letter *, bool whole);

/* Of the unit's body of that word ("UBND"): has a list come that would name its certificate? */
bool heard_of(const struct heard *, const char *body, int unit);
bool heard_everything(const struct heard *);
