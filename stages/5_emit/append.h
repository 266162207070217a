/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * append.h - one more revision at the end of a PDF, with room for a signature (ISO 32000-1 7.5.6 and 12.8,
 * EN 319 142-1).
 *
 * Not a byte of the file is written again. The tail holds the signature dictionary, its field and widget in
 * one, its appearance, the page and the form that name them, and a cross-reference of the kind the file has.
 * /ByteRange is final; /Contents is zeros in hexadecimal, for whoever holds the key: he hashes what stands
 * around them, and needs no PDF reader for it. So this runs sealed and the key stays elsewhere.
 *
 * qpdf reads the file and mends nothing. What it warns of is refused, for a signature must not vouch for a
 * file that two readers read in two ways: damaged, with bytes after its end, encrypted, or certified against
 * any change.
 */
#pragma once
#include "appearance.h"

enum append_look {
	LOOK_HIDDEN,
	LOOK_PERSON,   /* 7c: 53 x 25 mm, in the middle between title and name */
	LOOK_AGENCY,   /* 8: 39 mm, over the left third of the person's */
	LOOK_ATTACHED, /* 14: words at the top right of page 1, no picture */
	LOOK_NUMBER,   /* 3: the number, over its dots */
	LOOK_DAY,      /* 4: day and month, over theirs */
};

struct append_wish {
	enum append_look look;
	int page;	      /* from 1: the box below; 0: where the look belongs */
	struct box box;	      /* points, origin top left */
	struct bytes picture; /* PNG, at NULL: the words */
	struct texts words;   /* a line each */
	time_t at;	      /* /M: claimed, as every time a signer writes */
	size_t room;	      /* bytes of CMS */
};

struct append {
	struct bytes tail; /* what comes after the file */
	size_t contents;   /* of "<" of /Contents, in the tail; room * 2 zeros and ">" follow */
	size_t room;
	int earlier;   /* signatures that are there already */
	bool hidden;   /* there was no place for what it should show */
	enum ink ink;  /* of the picture */
	char *vi, *en; /* why not */
};

bool append_signature(const void *mem, struct bytes pdf, const struct append_wish *, struct append *);
