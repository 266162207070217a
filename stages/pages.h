/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pages.h - what reads and draws pages: a module of its own, loaded when first wanted.
 *
 * Poppler, Tesseract, cairo and what they bring are some sixty libraries. To load them costs a command more than
 * most commands do, and every one of them makes a fork dearer: a nursery that only verifies signatures would spend
 * a quarter of its time on code that it never calls. So 2_extract, 5_emit and 3_verify/draw stand in
 * congvan-pages.so, beside the program or in its prefix's lib/congvan. Their rows stand in pages.c, so that the
 * program can name a stage, its version and its limits without it; prepare() loads it, before the seal, and a letter
 * decides nothing about it: its path comes from the program's own.
 *
 * Where the module's objects are linked in (unit tests, sanitizers, fuzz targets) nothing is loaded.
 */
#pragma once
#include "stage.h"

struct append;
struct append_wish;

struct stage_work {                            /* of a row of pages.c; one of the last two */
	bool (*prepare)(const struct settings *, char **why);
	enum outcome (*run)(struct letter *);
	enum outcome (*run_batch)(struct batch *);
};

enum { FONT_NAME = 101 };

struct pages {
	const struct stage_work *extract, *draw, *emit;
	bool (*append_signature)(const void *mem, struct bytes pdf, const struct append_wish *, struct append *);
	/* Does what fontconfig takes for that font have Vietnamese letters? found: its name. */
	bool (*has_letters)(const char *font, char found[FONT_NAME]);
};

/* In the module; the last as 5_emit/append.h has it. */
extern const struct stage_work extract_work, draw_work, emit_work;
bool append_signature(const void *mem, struct bytes pdf, const struct append_wish *, struct append *);

/* NULL: it is not there or not of this build, *why (of no owner) says so. */
const struct pages *pages_load(char **why);
