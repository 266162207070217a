/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_stamp.h - from B-B to B-T without a network: a request goes out, a reply comes in (RFC 3161).
 *
 * A signed file stands complete before it is stamped; the reply becomes the signature-time-stamp attribute of
 * its last signature, in the room that /Contents kept for it. The nonce is made of the signature value, so
 * the request can be written again at any time and the reply be checked without having kept anything.
 *
 * Both work in a sealed child: the signed file and the reply are foreign bytes. Refused are a reply that is
 * no grant, over another value, with another nonce, with a broken signature, or of a certificate that is not
 * for time-stamps alone (RFC 3161 2.3), and a signature that has its stamp already.
 */
#pragma once
#include "command.h"

struct stamping { /* one signed file, PDF or ASiC-E; set the first three */
	const char *name;
	struct bytes file, reply; /* reply.at NULL: a request is wanted */
	struct bytes made;	  /* the request; or the PDF with its stamp; or the new .p7s of an ASiC-E */
	char time[32];		  /* of the stamp */
};

int stamp_files(struct options *, const void *mem, struct stamping *, int n);
