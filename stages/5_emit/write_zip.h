/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_zip.h - files in memory made into a ZIP in memory, in the order given and without any time.
 *
 * libarchive writes an entry's time as local time of the machine, so entries have none (1980-01-01); that is
 * what makes the same files the same bytes in every zone.
 */
#pragma once
#include "own.h"

struct packed { const char *name; struct bytes bytes; };

struct bytes write_zip(const void *mem, const struct packed *files, int n);
