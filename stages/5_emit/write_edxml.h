/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_edxml.h - messages for the national document axis (QCVN 102:2016/BTTTT; shape: schemas/edxml.xsd).
 *
 * A message of ours is a draft until a person numbers and signs it: number, day and signer are empty elements,
 * nothing is made up. Each attachment lies alone in a ZIP, in base64, as gateways want it.
 */
#pragma once
#include "bag.h"
#include "plan.h"

enum { EDXML_MAX = 36 << 20 };                 /* bytes of attachments: gateways take 50 MB of base64 */

/* The package with the first n files of its bag as attachments. */
struct bytes write_edxml_package(const void *mem, const struct plan *, const struct package *, const struct bag_file *,
				 int n);
/* Status 02 (refused), with the reason, in answer to a message that came by the axis. */
struct bytes write_edxml_refusal(const void *mem, const struct settings *, const struct letter *, const char *why);
