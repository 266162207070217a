/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * digest.h - the digest of signed bytes, none of which are read twice if it can be helped.
 *
 * Signatures of one PDF sign longer and longer beginnings of it, each but for its own value. So the state of a digest
 * over the beginning of a part is kept with the letter, and the next signature goes on from there: a thousand
 * signatures cost one reading of the file, not a thousand. Bytes of parts do not change while the letter lives; those
 * of anything else may, so their states are not kept.
 */
#pragma once
#include "letter.h"
#include <openssl/evp.h>

/* out: EVP_MAX_MD_SIZE bytes. l: whose parts the pieces may be of; NULL: nothing is kept. */
bool digest_make(struct letter *l, const EVP_MD *, const struct bytes *pieces, int n, unsigned char *out, unsigned *len);
