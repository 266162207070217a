/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * subject.h - a distinguished name in its text form (RFC 4514), read in either order.
 *
 * Commas inside values are escaped and some tools print them bare: a piece without "TYPE=" belongs to the value
 * before it.
 */
#pragma once
#include "own.h"

enum { SUBJECT_MAX = 16 };

struct subject {
	struct { char *type, *value; } at[SUBJECT_MAX];        /* type in upper case */
	int n;
};

void subject_parse(const void *mem, const char *dn, struct subject *);
const char *subject_find(const struct subject *, const char *type);    /* first; NULL: none */
