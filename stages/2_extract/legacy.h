/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * legacy.h - the encodings Vietnamese offices used before Unicode, told by the name of the font.
 *
 * TCVN 5712 (fonts .VnTime, .VnArial ...; their capital twins end in H) and VNI (VNI-Times ...) put Vietnamese
 * letters where Latin-1 has its symbols. A run of text is converted by its own font, never a whole document,
 * and only when it holds no letter that is Vietnamese already: many files name such a font over Unicode text.
 */
#pragma once
#include "own.h"

enum legacy { LEGACY_NONE, LEGACY_TCVN3, LEGACY_TCVN3_CAPITALS, LEGACY_VNI };

enum legacy legacy_of_font(const char *font);          /* NULL: none */

/* NFC text, or NULL when the run needs no conversion or is Unicode already. */
char *legacy_text(const void *mem, enum legacy, const char *text);
