/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * attached.h - the certificates a letter brings or was signed with, as facts of their own.
 */
#pragma once
#include "letter.h"

/* A .cer, .pem or .p7b that came as a part: each certificate in it, role "attached". */
void attached_read(struct letter *, int part);

/* The certificates behind the letter's signatures, once each: role "signer" or "tsa". */
void attached_add_signers(struct letter *);
