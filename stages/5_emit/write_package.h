/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_package.h - a package for programs: package.xml (schemas/package.xsd) and the reports beside evidence.
 */
#pragma once
#include "plan.h"

struct evidence_file { const struct letter *letter; char *name; };     /* NULL name: a list, only its rows go along */

struct bytes write_package(const void *mem, const struct plan *, const struct package *,
			   const struct evidence_file *files, int n);
/* What of a letter was used where, and what its signatures are worth: JSON. */
struct bytes write_evidence_report(const void *mem, const struct package *, const struct letter *);
bool is_list(const struct letter *);           /* an inventory or assignments, not a letter */
