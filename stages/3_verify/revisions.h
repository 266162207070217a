/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * revisions.h - what changed between the revision that was signed and what a reader shows now.
 *
 * Both are read on their own (a prefix of the file, and the file) and compared from the catalog down, pair by
 * pair: what an unchanged object points to may have changed. Where in the document a difference stands
 * decides what it is.
 */
#pragma once
#include "letter.h"
#include "pdf_form.h"

/* Fills changes_after and changes. before NULL: the signed revision is not sound; after NULL: the file is
 * not, and bytes stand after what was signed. before == after: nothing follows.
 * *visits counts the work over all signatures of a file; beyond a limit changes are unknown. */
void revisions_compare(struct letter *, struct signature *, struct pdf *before, struct pdf *after,
		       long *visits);
