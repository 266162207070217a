/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * face.h - a TrueType font without the instructions for coarse screens.
 *
 * cairo embeds a font's glyphs with their hinting programs, which paper does not need and which are most of the
 * bytes of a short letter. Here the glyphs are copied without them; outlines and widths stay as they are.
 */
#pragma once
#include "own.h"

/* The same font, leaner; the bytes given when it is not a TrueType font of the plain kind. */
struct bytes face_lean(const void *mem, struct bytes font);
