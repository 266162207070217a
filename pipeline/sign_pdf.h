/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_pdf.h - PDFs in, the same PDFs with one signature more out; in memory.
 *
 *     sign_plan    a sealed child reads each PDF and gives the tail to append (append.h)
 *     sign_seal    here: hash around the gap, ask the key process, write hexadecimal into the gap
 *     sign_prove   another sealed child runs our own verify over what came out
 *
 * What does not pass is never handed on: a signature of ours that is not whole, an earlier one that is broken
 * or would be, a signer that is revoked by the evidence given.
 */
#pragma once
#include "5_emit/append.h"
#include "command.h"
#include "sign_key.h"

struct sign_file {	  /* set the first three */
	const char *name; /* as people call it */
	struct bytes before;
	struct append_wish wish; /* at and room are set by sign_plan */
	bool is_letter;		 /* not an attachment */
	int own;		 /* signatures that we put on it in this call already: number and day */
	struct append made;
	struct bytes after;
};

struct signing {
	struct options *o;
	struct key *key;
	struct key_face face;
	const void *mem; /* of what is made */
	LIST(struct sign_file) files;
};

/* Exit codes; what is wrong was said, with the file's name. */
int sign_plan(struct signing *);
int sign_seal(struct signing *);

struct sign_made {
	const char *name;
	struct bytes bytes;
};

struct sign_by { /* who made the last signature, and where the bytes it covers end */
	char cn[200], serial[64];
	int64_t covered;
};

/* Every signature of each must hold up; the last one covers the whole file. stamped: and has a time-stamp
 * that holds. by: of each, or NULL. */
int sign_prove(struct options *, const struct sign_made *, int n, bool stamped, struct sign_by *by);

/* The digest of pieces that the key process wants. */
void sign_digest(const struct key_face *, const struct bytes *pieces, int n, uint8_t digest[64]);
