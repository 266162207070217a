/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dn.h - a distinguished name in its text form (RFC 4514), read in either order.
 *
 * Commas inside values are escaped and some tools print them bare: a piece without "TYPE=" belongs to the value
 * before it.
 */
#pragma once
#include "own.h"

enum { DN_MAX = 16 };

struct dn {
	struct { char *type, *value; } at[DN_MAX];        /* type in upper case */
	int n;
};

void dn_parse(const void *mem, const char *dn, struct dn *);
const char *dn_find(const struct dn *, const char *type);    /* first; NULL: none */
