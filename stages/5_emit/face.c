/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * face.c - a TrueType font without its instructions (ISO/IEC 14496-22: sfnt, glyf, loca, head). See face.h.
 *
 * The font comes from a package of the distribution, yet every offset is checked: a font that is not as the
 * standard says is used as it is.
 */
#include "face.h"
#include <stdbool.h>
#include <string.h>

enum { COMPOSITE_WORDS = 1, COMPOSITE_SCALE = 8, COMPOSITE_MORE = 0x20, COMPOSITE_XY_SCALE = 0x40,
	COMPOSITE_2X2 = 0x80, COMPOSITE_INSTRUCTIONS = 0x100 };

static uint32_t u16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static uint32_t u32(const uint8_t *p) { return u16(p) << 16 | u16(p + 2); }

static void put(struct buffer *b, uint32_t value, int bytes)
{
	uint8_t out[4] = { (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value };
	buffer_add(b, out + 4 - bytes, (size_t)bytes);
}

static bool find_table(struct bytes font, const char *tag, struct bytes *table)
{
	if (font.len < 12 || u32(font.at) != 0x00010000)
		return false;
	for (uint32_t i = 0; i < u16(font.at + 4) && 12 + 16 * (i + 1) <= font.len; i++) {
		const uint8_t *row = font.at + 12 + 16 * i;
		if (memcmp(row, tag, 4) != 0)
			continue;
		uint32_t at = u32(row + 8), len = u32(row + 12);
		if (at > font.len || len > font.len - at)
			return false;
		*table = (struct bytes){ font.at + at, len };
		return true;
	}
	return false;
}

/* One outline: end points of its contours, then (left out) instructions, then flags and coordinates. */
static bool simple_glyph(struct buffer *b, struct bytes g, uint32_t contours)
{
	size_t head = 10 + 2 * (size_t)contours;
	if (head + 2 > g.len)
		return false;
	size_t rest = head + 2 + u16(g.at + head);
	if (rest > g.len)
		return false;
	buffer_add(b, g.at, head);
	put(b, 0, 2);
	buffer_add(b, g.at + rest, g.len - rest);
	return true;
}

/* A letter of letters: components, then (left out) instructions. */
static bool composite_glyph(struct buffer *b, struct bytes g)
{
	size_t at = 10;
	uint32_t flags = COMPOSITE_MORE;
	buffer_add(b, g.at, at);
	while (flags & COMPOSITE_MORE) {
		if (at + 4 > g.len)
			return false;
		flags = u16(g.at + at);
		size_t len = 4 + (flags & COMPOSITE_WORDS ? 4u : 2u) + (flags & COMPOSITE_SCALE ? 2u : 0u)
			+ (flags & COMPOSITE_XY_SCALE ? 4u : 0u) + (flags & COMPOSITE_2X2 ? 8u : 0u);
		if (at + len > g.len)
			return false;
		put(b, flags & ~(uint32_t)COMPOSITE_INSTRUCTIONS, 2);
		buffer_add(b, g.at + at + 2, len - 2);
		at += len;
	}
	return true;
}

static bool lean_glyphs(struct bytes glyf, struct bytes loca, bool wide, uint32_t glyphs, struct buffer *new_glyf,
			struct buffer *new_loca)
{
	if (loca.len < (size_t)(glyphs + 1) * (wide ? 4 : 2))
		return false;
	for (uint32_t i = 0; i < glyphs; i++) {
		uint32_t from = wide ? u32(loca.at + 4 * i) : 2 * u16(loca.at + 2 * i);
		uint32_t to = wide ? u32(loca.at + 4 * i + 4) : 2 * u16(loca.at + 2 * i + 2);
		put(new_loca, (uint32_t)new_glyf->len, 4);
		if (from == to)
			continue;
		if (from > to || to > glyf.len || to - from < 10)
			return false;
		struct bytes g = { glyf.at + from, to - from };
		uint32_t contours = u16(g.at);
		if (contours < 0x8000 ? !simple_glyph(new_glyf, g, contours) : !composite_glyph(new_glyf, g))
			return false;
		while (new_glyf->len % 4 != 0)
			put(new_glyf, 0, 1);
	}
	put(new_loca, (uint32_t)new_glyf->len, 4);
	return true;
}

struct bytes face_lean(const void *mem, struct bytes font)
{
	static const char *const tags[] = { "OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post" };
	enum { TABLES = sizeof tags / sizeof *tags, GLYF = 2, HEAD = 3, LOCA = 6, MAXP = 7 };
	struct bytes tables[TABLES];
	for (int i = 0; i < TABLES; i++)
		if (!find_table(font, tags[i], &tables[i]))
			return font;
	if (tables[HEAD].len < 54 || tables[MAXP].len < 32)
		return font;
	void *work = talloc_new(mem);
	struct buffer glyf = { .mem = work }, loca = { .mem = work }, out = { .mem = work };
	struct bytes head = copy_bytes(work, tables[HEAD].at, tables[HEAD].len);
	bool wide = u16(head.at + 50) != 0;
	if (!lean_glyphs(tables[GLYF], tables[LOCA], wide, u16(tables[MAXP].at + 4), &glyf, &loca)) {
		talloc_free(work);
		return font;
	}
	struct buffer lean_head = { .mem = work };
	buffer_add(&lean_head, head.at, 50);
	put(&lean_head, 1, 2);
	buffer_add(&lean_head, head.at + 52, head.len - 52);
	tables[GLYF] = (struct bytes){ (const uint8_t *)glyf.text, glyf.len };
	tables[LOCA] = (struct bytes){ (const uint8_t *)loca.text, loca.len };
	tables[HEAD] = (struct bytes){ (const uint8_t *)lean_head.text, lean_head.len };
	put(&out, 0x00010000, 4);
	put(&out, TABLES, 2);
	put(&out, 128, 2);                              /* search range and its companions for ten tables */
	put(&out, 3, 2);
	put(&out, 32, 2);
	size_t at = 12 + 16 * TABLES;
	for (int i = 0; i < TABLES; i++) {
		buffer_add(&out, tags[i], 4);
		put(&out, 0, 4);                        /* checksums: readers of a font in memory do not ask */
		put(&out, (uint32_t)at, 4);
		put(&out, (uint32_t)tables[i].len, 4);
		at += (tables[i].len + 3) & ~(size_t)3;
	}
	for (int i = 0; i < TABLES; i++) {
		buffer_add(&out, tables[i].at, tables[i].len);
		while (out.len % 4 != 0)
			put(&out, 0, 1);
	}
	struct bytes made = copy_bytes(mem, out.text, out.len);
	talloc_free(work);
	return made;
}
