/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * covers.h - which signatures of a letter cover what was read.
 *
 * A signature covers a value when the digest of its bytes holds and the value stands in those bytes: what a page
 * itself says is covered by every signature after which nothing but the permitted was changed; what a signature's
 * appearance drew (a number, a day) by that signature and by those made after it. Where that cannot be told, no
 * signature is named. It says nothing of who signed: whether a signature is good is its own answer.
 */
#pragma once
#include "letter.h"

/* Names of the signatures, in signing order. False: the part the value was read in is not signed. */
bool covers_find(const void *mem, const struct letter *, const struct value *, struct texts *names);
