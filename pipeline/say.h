/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * say.h - messages for people on standard error. No letter's content and no person's name belongs in one.
 *
 * A message stands in the source in English; said() gives it in the language of the run, by its row in the table of
 * say_vi.c (tests/messages.sh: each say() has one). Until options are read that is the language of the environment.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

void say(const char *format, ...) __attribute__((format(printf, 1, 2)));       /* said(format), filled in */
const char *said(const char *english) __attribute__((format_arg(1)));          /* a part of a message; as it is without a row */
const char *say_error(int error);              /* what an errno says */

/* A bar with rate and time left where standard error is a terminal, else nothing. say() and say_clear() wipe it away;
 * what else writes to standard error calls say_clear() first. */
void say_progress(int64_t done, int64_t all);
void say_clear(void);
void say_in_vietnamese(bool);

struct said { const char *english, *vietnamese; };     /* the same conversions in the same order */
extern const struct said said_table[];                 /* a NULL ends */
