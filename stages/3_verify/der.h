/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * der.h - stepping through BER and DER without decoding it (X.690 8.1): enough to cut a structure into its
 * parts.
 */
#pragma once
#include "own.h"
#include <stdbool.h>

struct der {
	uint8_t tag;		     /* the identifier octet; tags of several octets are not known here */
	struct bytes whole, content; /* without the end-of-contents octets of an indefinite length */
};

/* Takes the next element off the front. False: nothing left, or damaged, or nested too deep. */
bool der_read(struct bytes *rest, struct der *);

/* The same, and its tag must be that one; else nothing is taken. */
bool der_read_tag(struct bytes *rest, uint8_t tag, struct der *);

/* One element with definite lengths throughout and its OCTET STRINGs in one piece, appended. False: damaged. */
bool der_definite(struct buffer *, struct bytes element);

void der_write(struct buffer *, uint8_t tag, const void *content, size_t len); /* one element in DER */
