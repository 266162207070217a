/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beside.h - the file that a detached signature signs, where it is not in the file that was given.
 *
 * A signature in a container finds it among the files of the same container. One that came alone may say its
 * name, by its own ("quyet-dinh.pdf.p7s") or by a Reference; a stage opens nothing, so it wishes for it
 * (struct beside), and whoever holds the folder may bring it and ask again. Only plain names are followed: no
 * folder, no address, nothing hidden. What came along with the envelope lies beside it too, and is a part.
 */
#pragma once
#include "letter.h"

/* Finds the file of that name beside the part. False: not there; for the envelope itself it is wished for
 * then. */
bool beside_find(struct letter *, int part, const char *name, struct bytes *);

/* The wish for that name, of the envelope itself, is for the file with this SHA-256; name is only how to call it. */
void beside_wish(struct letter *, int part, const char *name, const char *sha256);

/* The file name of a relative URI: percent-decoded once; a '%' that begins no escape stands for itself, as
 * signers that escape nothing write it. "./" and a leading "/" are dropped. */
char *beside_name(const void *mem, const char *uri);
