/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * edxml_renew.h - an attachment of our own edXML message in its signed form.
 *
 * The message is one that write_edxml.c made and a manifest vouches for, so the attachment is found by the
 * very text that was written, and every other byte stays.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

/* False: the message has no attachment of that name; *out is untouched. */
bool edxml_renew(const void *mem, struct bytes message, const char *name, struct bytes file,
		 struct bytes *out);
