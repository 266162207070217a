/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * say.h - messages for people on standard error. No letter's content and no person's name belongs in one.
 */
#pragma once
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
