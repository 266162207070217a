/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms_archive.h - archive-time-stamp-v3 of CAdES (ETSI EN 319 122-1 5.5.3).
 *
 * The token is over the content's type and digest, the fields of the SignerInfo as they stand, and an index
 * of the digests of every certificate, CRL and unsigned attribute that was there: each must still be there.
 * The bytes are taken from the file, since re-encoding would change what was digested; a file with indefinite
 * lengths is told as not checked.
 */
#pragma once
#include "conclude.h"

/* Checks those of SignerInfo i. content: what is signed, in order. Moves *proven back for tokens that hold
 * and are trusted; others are told and hold the signature back. */
void cms_archive_check(struct letter *, struct signature *, struct bytes der, const struct cms *, int i,
		       const struct bytes *content, int content_n, struct material *, time_t *proven);
