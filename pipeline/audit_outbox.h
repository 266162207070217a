/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit_outbox.h - audit --outbox: the packages and the worksheet that the decisions of an inventory call for.
 */
#pragma once
#include "4_judge/audit.h"
#include "command.h"

/* Runs in the sealed child: the outputs and findings of 5_emit are given to back. */
void audit_emit(const struct audit *, const struct options *, struct bytes inventory, struct batch *back);

/* Runs in the supervisor: writes what came back. An exit code. */
int audit_place(const struct options *, struct batch *back);
