/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_proof.h - the signatures of a file for a person to read and print: `verify --format html`.
 */
#pragma once
#include "command.h"
#include <stdio.h>

/* Wants the pictures of stage_draw in the letter. One section of a page of HTML whose head and foot are the
 * caller's. */
void report_proof(const struct letter *, const char *file, enum lang, FILE *);
