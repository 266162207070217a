/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_reason.h - why a signature is not found valid, and what a person does about it, in words for
 * somebody who knows letters and not cryptography.
 *
 * One table: by sub-indication of EN 319 102-1, and within it by the message that tells more (TRY_LATER is a
 * missing list as well as a suspended certificate).
 */
#pragma once
#include "command.h"

const char *report_reason(const struct signature *, enum lang);	     /* "" where nothing is wrong */
const char *report_reason_todo(const struct signature *, enum lang); /* a sentence; NULL: nothing to do */
const char *report_reason_of(const char *sub_indication, enum lang); /* the name itself when not known */
