/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * calendar.h - Vietnam's working days.
 *
 * Monday to Friday, less the days that rules/nonworking-days.tsv calls "off", plus the Saturdays and Sundays it
 * calls "work" (days worked to make up for a bridge day). The day something happens does not count: the first
 * working day is the next one. Years that the table does not cover know weekends and the four fixed public
 * holidays of Bộ luật Lao động 2019 Đ112 only; calendar_covers() says so and a rule warns.
 */
#pragma once
#include "table.h"
#include <stdint.h>

struct calendar;
struct calendar *calendar_new(const void *mem, const struct table *, char **why);
bool calendar_works(const struct calendar *, int64_t day);             /* days since 1970-01-01 */
bool calendar_covers(const struct calendar *, int64_t day);
int64_t calendar_add(const struct calendar *, int64_t day, int64_t n);  /* n < 0 counts back */
