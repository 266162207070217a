/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_signature.h - a signature in words: first one sentence that says who signed, for which agency, when,
 * whether it is valid or why not, what it covers and what was changed since; then the details, in Vietnamese
 * or English.
 *
 * What 3_verify writes is English and the same for every reader (it is the machine's output too); here it is
 * turned into Vietnamese by its code and its fixed beginning, so that names and addresses in it stay as they
 * are.
 */
#pragma once
#include "command.h"

char *report_signature_sentence(const void *mem, const struct signature *, enum lang);
char *report_signature_change(const void *mem, const char *change, enum lang);
char *report_signature_message(const void *mem, const struct message *, enum lang);
char *report_signature_time(const void *mem, const char *utc); /* as a clock in Vietnam shows it */
const char *report_signature_status(const char *revocation, enum lang); /* good revoked unknown, in words */
