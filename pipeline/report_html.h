/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_html.h - the one HTML escaper, and the head and foot every page shares.
 */
#pragma once
#include "command.h"
#include <stdio.h>

void report_html_text(const char *text, FILE *);       /* escaped, control characters replaced; NULL: "-" */
void report_html_head(const char *title, enum lang, FILE *);
void report_html_foot(FILE *);
