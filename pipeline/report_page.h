/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_page.h - the pages of a letter with a box around every value that was read: `extract --format html`.
 */
#pragma once
#include "command.h"
#include <stdio.h>

/* Wants the words of the pages in the letter. One section of a page of HTML whose head and foot are the caller's. */
void report_page_extract(const struct letter *, const char *file, enum lang, FILE *);
