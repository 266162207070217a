/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * name.h - the written name of a body, taken apart, and whether two of them mean the same one.
 *
 * "UBND P. Hoà Chung, TP. Cao Bằng" is a body word (committee), then a chain of places, each a kind and a name,
 * inside outward. Bodies that are not committee or council keep their own words as core ("Sở Tư pháp"). Every
 * piece has four keys, strongest first:
 *
 *     strong   letters with vowel quality and one tone mark, free of its place (hoà = hòa)
 *     squash   strong without spaces, dashes, dots, apostrophes (Ea Ly = Ealy, D'Rơng = Drơng)
 *     iy       squash with y written i (Quy = Qui)
 *     weak     squash without diacritics: proposes, never decides
 *
 * Equal iy keys are one name; equal weak keys alone ask a person; else the names differ (mergers/README).
 */
#pragma once
#include "own.h"
#include <stdbool.h>

enum place_kind {
	KIND_NONE, XA, PHUONG, THI_TRAN, DAC_KHU, HUYEN, QUAN, THI_XA, THANH_PHO, TINH
};
enum place_level { LEVEL_NONE, LEVEL_COMMUNE, LEVEL_DISTRICT, LEVEL_CITY, LEVEL_PROVINCE };

struct keys { char *strong, *squash, *iy, *weak; };

struct site { enum place_kind kind; struct keys name; };

enum { NAME_MAX_SITES = 4 };

struct name {
	const char *body;                      /* UBND HDND VP-UBND ... or NULL: the core says what it is */
	struct keys core;                      /* "sở tư pháp", "trường mầm non sơn nham"; empty for UBND and HDND */
	struct site chain[NAME_MAX_SITES];
	int n;
	bool bare;                             /* written without any diacritic */
};

enum same { SAME_NO, SAME_YES, SAME_ASK };

void name_parse(const void *mem, const char *text, struct name *);
struct keys name_keys(const void *mem, const char *text);

/* One name, two spellings? By keys alone. */
enum same name_same(const struct keys *a, const struct keys *b);

/* Is a place of that name ambiguous? Told by who has a registry; homonyms counts places of that kind and name. */

/* Do the two mean the same body? why is a short reason in English, Vietnamese beside it. */
enum same name_compare(const struct name *a, const struct name *b,
		       int (*homonyms)(const void *registry, const struct site *), const void *registry,
		       const char **why);

enum place_level kind_level(enum place_kind);
enum place_kind kind_find(const char *written);        /* "Thị trấn" -> THI_TRAN; KIND_NONE: not a kind */
const char *kind_text(enum place_kind);                /* "thị trấn" */

/* Is this the name of a body (and not of a person)? */
bool name_is_body(const char *text);
