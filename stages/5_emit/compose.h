/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compose.h - what the papers say. Each is a paper (paper.h) or a book (write_xlsx.h), not yet typeset.
 */
#pragma once
#include "paper.h"
#include "plan.h"
#include "write_xlsx.h"

struct paper *compose_cover(const void *mem, const struct plan *, const struct package *);
struct paper *compose_form(const void *mem, const struct plan *, const struct package *);
/* province: "Tỉnh Quảng Ngãi", who received it; NULL: dotted. */
struct paper *compose_refusal(const void *mem, const struct settings *, const char *province, const struct letter *);
struct book *compose_list(const void *mem, const struct plan *, const struct package *);       /* the form as sheet */
struct book *compose_worksheet(const void *mem, const struct plan *);  /* NULL: nothing waits */

char *refusal_reasons(const void *mem, const struct letter *);         /* in one line */
bool is_refused(const struct letter *);        /* some finding says reject */
bool came_by_axis(const struct letter *);      /* its first part is an edXML message */

/* house.c: how an agency signs and numbers, by the kind of its name. */
const char *house_symbol(const char *agency);  /* "UBND"; NULL: cannot tell */
bool house_knows(const char *name);            /* it begins as an agency's name does, not as a person's */
char *committee_of(const void *mem, const char *province);      /* "Ủy ban nhân dân tỉnh Quảng Ngãi" */
char *house_in_text(const void *mem, const char *agency);      /* capitals of a letter's head undone; NULL gives NULL */
void house_signs(const void *mem, const char *agency, struct texts *lines);

/* cite.c: acts a letter rests on, of lines' laws; province: "Tỉnh Quảng Ngãi" or NULL. */
struct texts cite_acts(const void *mem, const struct texts *laws, const char *province, const char *day);      /* in force on day */
char *law_here(const void *mem, const char *law, const char *province);        /* in short, as rules cite; NULL: none */

char *date_vn(const void *mem, const char *day);       /* 2025-06-20 -> 20/6/2025; other text as it is */
char *time_vn(const void *mem, time_t);                /* 15:08 ngày 20/6/2025 */
