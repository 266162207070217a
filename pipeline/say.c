/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * say.c - messages for people. See say.h.
 */
#include "say.h"
#include <stdarg.h>
#include <stdio.h>

void say(const char *format, ...)
{
	char line[2048];
	va_list more;
	va_start(more, format);
	vsnprintf(line, sizeof line, format, more);
	va_end(more);
	fprintf(stderr, "congvan: %s\n", line);
}
