/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gather.h - the lists of a batch of letters, and the certificates that signed them, as one inventory.
 */
#pragma once
#include "heard.h"

void gather(const struct batch *, struct inventory *, struct heard *);
