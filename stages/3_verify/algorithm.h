/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * algorithm.h - which algorithms are strong enough, and until when (ETSI TS 119 312, SOG-IS agreed
 * mechanisms, NIST SP 800-131A). A weak algorithm is a weakness at its time, never a broken signature.
 */
#pragma once
#include <stdbool.h>
#include <time.h>

/* Was the digest, or the key of that kind and size, still good at that time? until: the end of its time as
 * YYYY-MM-DD, or NULL when it has none. An algorithm not in the table is not good. */
bool algorithm_digest_is_good(const char *digest, time_t at, const char **until);
bool algorithm_key_is_good(const char *key, int bits, time_t at, const char **until);

/* The one of two digests that ends, or ended, first. */
const char *algorithm_weaker_digest(const char *a, const char *b);
