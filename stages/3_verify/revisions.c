/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revisions.c - what changed after signing. See revisions.h.
 */
#include "revisions.h"
void revisions_compare(struct letter *l, struct signature *s, struct pdf *before, struct pdf *after)
{
	(void)l;
	s->changes_after = before == after ? CHANGES_NONE : CHANGES_UNKNOWN;
}
