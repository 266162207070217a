/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reconcile_check.h - is this certificate what the line asked for?
 *
 *   holder     its name, or the name it was to bear, is the subject's CN
 *   subject    every piece of "Thông tin mới" stands in the subject or is its mailbox
 *   key        of a renewal or a change the old one (the new .cer goes on the device already issued); of a new
 *              issue one that was not seen before
 *   time       not over yet; a renewal ends later than before and lasts 3 years at most, a new one 5 (NĐ 68/2024
 *              Điều 9); a change ends when the old one does (confirmed for NĐ 130/2018 Điều 65 only: it is noted)
 *
 * What cannot be compared because the old certificate is not at hand is said, and holds nothing.
 */
#pragma once
#include "reconcile.h"

struct fresh {                                 /* a certificate, or the row of an export that stands for one */
	const char *serial, *cn, *email, *subject, *issuer, *key, *sha256, *not_before, *not_after, *proven;
	struct texts names;                    /* all names of its subject */
	const char *source, *object;
	bool from_list;                        /* no key, no signature to prove */
};

struct check { bool wrong; char *vi, *en; };

struct check check_certificate(const void *mem, const struct awaited *, const struct fresh *, time_t at);
struct texts check_becomes(const void *mem, const char *becomes);      /* values of "Nhãn: giá trị; Nhãn: giá trị" */
