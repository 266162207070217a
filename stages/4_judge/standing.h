/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * standing.h - which body a certificate names, where it lies, and what happens to it.
 */
#pragma once
#include "inventory.h"

char *standing_key(const void *mem, const struct cert *);      /* equal keys, equal standing */
struct standing *standing_new(const void *mem, const struct registry *, const struct cert *);

/* Of a body that a letter names or that signed it; superior and province may be NULL. */
const struct standing *standing_of_subject(const void *mem, const struct registry *, const char *name, const char *subject);
const struct standing *standing_of_name(const void *mem, const struct registry *, const char *name, const char *superior,
					const char *province);
char *standing_unit_name(const void *mem, const struct registry *, const struct unit *);      /* "xã Bình Mỹ, Huyện Bình Sơn" */
