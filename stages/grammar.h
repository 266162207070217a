/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grammar.h - how the values on letters and lists are written, and how they are kept.
 *
 * Each takes a value as read and gives it as its kind wants it, or NULL when it is none: never a guess, never
 * half of it. What is NULL is told by the caller, who knows where it stood.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

/* YYYY-MM-DD of a real day, from 2025-06-20, 2025/06/20, 20/06/2025, 20.6.2025, 20-6-2025, with or without a
 * time after it, or "ngày 20 tháng 6 năm 2025". Years 1900 to 2199. */
char *grammar_date(const void *mem, const char *text);

/* A day in a list that a spreadsheet made: as above, or the number of days that Excel counts (46203), and with the month
 * first where the list is written so (12/31/2026). grammar_date_order: the only order that D/M/Y can be in. */
enum date_order { EITHER_ORDER, DAY_FIRST, MONTH_FIRST };
char *grammar_date_listed(const void *mem, const char *text, enum date_order);
enum date_order grammar_date_order(const char *text);

/* Serial number of a certificate as printed: upper-case hex with the zeros it begins with, at most 20 octets (RFC 5280,
 * 4.1.2.2); text_serial() is the form to compare by. Spaces, colons and dashes between octets and a leading 0x are let
 * pass; 1.2E+25 is none: a spreadsheet has lost its digits. */
char *grammar_serial(const void *mem, const char *text);

/* "không có", "chưa được cấp", "none": what stands in the place of a serial to say that a body has no certificate. */
bool grammar_none(const char *text);

/* Serial number of a token as printed on it: letters and digits, at least four. */
char *grammar_device(const void *mem, const char *text);

char *grammar_mailbox(const void *mem, const char *text);      /* a@b.c, lower case */
char *grammar_identity(const void *mem, const char *text);     /* 12 digits (Luật Căn cước 2023, Điều 12) */
char *grammar_phone(const void *mem, const char *text);        /* digits, + in front let pass, 8 to 15 */
char *grammar_tax(const void *mem, const char *text);          /* 10 digits, or 10-3; 12 for a person */
char *grammar_budget(const void *mem, const char *text);       /* mã quan hệ ngân sách: 7 digits */
char *grammar_mark(const void *mem, const char *text);         /* a tick: "x"; NULL: not ticked */

/* Identifier of a body on the axis (QĐ 20/2020/QĐ-TTg): H41, G11.07.05. The reversed, padded form of the older
 * standard (000.05.07.G11) is turned round. *old says that it was so written. */
char *grammar_organ(const void *mem, const char *text, bool *old);
