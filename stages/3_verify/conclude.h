/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * conclude.h - from facts to the EN 319 102-1 indication of one signature.
 *
 * Order of the standard: format, digest, value, signing certificate, path, revocation, algorithms; the first
 * that fails decides. The time of judgement is the earliest proof of existence: `proven` (settings->at, or
 * the time of a later trusted archive or document time-stamp that covers the signature), moved back by a
 * trusted signature time-stamp. Claimed times prove nothing.
 */
#pragma once
#include "cms.h"
#include "stamp.h"

/* Call it once, when intact, valid, coverage, changes_after are known. Fills trusted, revocation,
 * timestamp_time, best_time, validated_at, indication, sub_indication (kept when already set by a failure)
 * and messages. For a signature that is a time-stamp itself (format DocTimeStamp) timestamp_time must be set
 * before. Returns the time at which its existence is proven. */
time_t conclude(struct letter *, struct signature *, const struct proof *, struct material *, time_t proven);
