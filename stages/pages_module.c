/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pages_module.c - what congvan-pages.so shows: one table. See pages.h.
 */
#include "pages.h"
#include <fontconfig/fontconfig.h>
#include <stdio.h>

extern const struct pages congvan_pages;

static bool has_letters(const char *font, char found[FONT_NAME])
{
	FcPattern *want = FcNameParse((const FcChar8 *)font), *got = NULL;
	FcResult result;
	FcConfigSubstitute(NULL, want, FcMatchPattern);
	FcDefaultSubstitute(want);
	got = FcFontMatch(NULL, want, &result);
	FcChar8 *family = NULL;
	FcCharSet *letters = NULL;
	bool good = got != NULL && FcPatternGetString(got, FC_FAMILY, 0, &family) == FcResultMatch
		    && FcPatternGetCharSet(got, FC_CHARSET, 0, &letters) == FcResultMatch
		    && FcCharSetHasChar(letters, 0x1EBF) && FcCharSetHasChar(letters, 0x01B0);
	snprintf(found, FONT_NAME, "%s", family != NULL ? (char *)family : "none");
	if (got != NULL)
		FcPatternDestroy(got);
	FcPatternDestroy(want);
	return good;
}

const struct pages congvan_pages = { &extract_work, &draw_work, &emit_work, append_signature, has_letters };
