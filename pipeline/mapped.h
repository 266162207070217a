/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mapped.h - an open file as bytes, for as long as mem lives.
 */
#pragma once
#include "own.h"
#include <stdbool.h>
#include <sys/types.h>

/* The first size bytes of fd, which may be closed afterwards; an empty file is "". False: errno. */
bool mapped_bytes(const void *mem, int fd, off_t size, struct bytes *);
