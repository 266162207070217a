/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cms_archive.h - time-stamps of CAdES over more than the value: archive-time-stamp-v3 (ETSI EN 319
 * 122-1 5.5.3), and of TS 101 733 archive-time-stamp-v2 (6.4.1) and those over references (6.3.5, 6.3.6).
 *
 * Version 3 is over the content's type and digest, the fields of the SignerInfo as they stand, and an index
 * of the digests of every certificate, CRL and unsigned attribute that was there: each must still be there.
 * Version 2 is over the same elements whole, without archive time-stamps that are not older than itself. Version 1
 * (RFC 3126) is over their values; its text leaves room, so that one which does not fit counts for nothing and is
 * told, but breaks nothing.
 *
 * The bytes are taken from the file, since re-encoding would change what was digested; of a file with indefinite
 * lengths also from the same with definite ones.
 */
#pragma once
#include "conclude.h"

/* Checks those of SignerInfo i. content: what is signed, in order. Moves *proven back for tokens that hold
 * and are trusted; others are told and hold the signature back. */
void cms_archive_check(struct letter *, struct signature *, struct bytes der, const struct cms *, int i,
		       const struct bytes *content, int content_n, struct material *, time_t *proven);
