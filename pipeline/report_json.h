/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_json.h - the objects of INTERFACE.md, made from a letter's facts. The caller owns the reference.
 */
#pragma once
#include "letter.h"
#include <jansson.h>

json_t *report_verify(const struct letter *, const char *file);
json_t *report_extract(const struct letter *, const char *file, bool with_text);
json_t *report_messages(const struct letter *);        /* its findings as messages of verify: why nothing was read */
json_t *report_check(const struct letter *, const char *file, bool with_text);

/* unreadable unsigned failed passed indeterminate, by INTERFACE.md */
const char *report_verdict(const struct letter *);
/* accept hold reject: the worst severity among the findings */
const char *report_disposition(const struct letter *);
