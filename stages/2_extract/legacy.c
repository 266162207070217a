/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * legacy.c - TCVN 5712:1993 (TCVN3) and VNI to Unicode. See legacy.h.
 */
#include "legacy.h"
#include "lexicon.h"
#include "text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

/* TCVN3 bytes A0 to FF as Latin-1 shows them. */
static const char *const tcvn3[96] = {
	NULL, "Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ",
	"ă", "â", "ê", "ô", "ơ", "ư", "đ", NULL,
	NULL, NULL, NULL, NULL, NULL, "à", "ả", "ã",
	"á", "ạ", NULL, "ằ", "ẳ", "ẵ", "ắ", NULL,
	NULL, NULL, NULL, NULL, NULL, NULL, "ặ", "ầ",
	"ẩ", "ẫ", "ấ", "ậ", "è", NULL, "ẻ", "ẽ",
	"é", "ẹ", "ề", "ể", "ễ", "ế", "ệ", "ì",
	"ỉ", NULL, NULL, NULL, "ĩ", "í", "ị", "ò",
	NULL, "ỏ", "õ", "ó", "ọ", "ồ", "ổ", "ỗ",
	"ố", "ộ", "ờ", "ở", "ỡ", "ớ", "ợ", "ù",
	NULL, "ủ", "ũ", "ú", "ụ", "ừ", "ử", "ữ",
	"ứ", "ự", "ỳ", "ỷ", "ỹ", "ý", "ỵ", NULL,
};

/* VNI: a mark follows its vowel as a character of its own. */
static const struct { ucs4_t from; const char *mark; } vni_marks[] = {
	{ 0xF9, "\xCC\x81" },
	{ 0xD9, "\xCC\x81" },
	{ 0xF8, "\xCC\x80" },
	{ 0xD8, "\xCC\x80" },
	{ 0xFB, "\xCC\x89" },
	{ 0xDB, "\xCC\x89" },
	{ 0xF5, "\xCC\x83" },
	{ 0xD5, "\xCC\x83" },
	{ 0xEF, "\xCC\xA3" },
	{ 0xCF, "\xCC\xA3" },
	{ 0xE2, "\xCC\x82" },
	{ 0xC2, "\xCC\x82" },
	{ 0xE1, "\xCC\x82\xCC\x81" },
	{ 0xC1, "\xCC\x82\xCC\x81" },
	{ 0xE0, "\xCC\x82\xCC\x80" },
	{ 0xC0, "\xCC\x82\xCC\x80" },
	{ 0xE5, "\xCC\x82\xCC\x89" },
	{ 0xC5, "\xCC\x82\xCC\x89" },
	{ 0xE3, "\xCC\x82\xCC\x83" },
	{ 0xC3, "\xCC\x82\xCC\x83" },
	{ 0xE4, "\xCC\x82\xCC\xA3" },
	{ 0xC4, "\xCC\x82\xCC\xA3" },
	{ 0xEA, "\xCC\x86" },
	{ 0xCA, "\xCC\x86" },
	{ 0xE9, "\xCC\x86\xCC\x81" },
	{ 0xC9, "\xCC\x86\xCC\x81" },
	{ 0xE8, "\xCC\x86\xCC\x80" },
	{ 0xC8, "\xCC\x86\xCC\x80" },
	{ 0xFA, "\xCC\x86\xCC\x89" },
	{ 0xDA, "\xCC\x86\xCC\x89" },
	{ 0xFC, "\xCC\x86\xCC\x83" },
	{ 0xDC, "\xCC\x86\xCC\x83" },
	{ 0xEB, "\xCC\x86\xCC\xA3" },
	{ 0xCB, "\xCC\x86\xCC\xA3" },
};

/* VNI: characters that stand for a letter by themselves. A mark may follow those with a horn. */
static const struct { ucs4_t from; const char *letter; } vni_letters[] = {
	{ 0xF1, "đ" },
	{ 0xD1, "Đ" },
	{ 0xF4, "ơ" },
	{ 0xD4, "Ơ" },
	{ 0xF6, "ư" },
	{ 0xD6, "Ư" },
	{ 0xE6, "ỉ" },
	{ 0xC6, "Ỉ" },
	{ 0xF3, "ĩ" },
	{ 0xD3, "Ĩ" },
	{ 0xF2, "ị" },
	{ 0xD2, "Ị" },
	{ 0xEE, "ỵ" },
	{ 0xCE, "Ỵ" },
	{ 0xED, "í" },
	{ 0xCD, "Í" },
	{ 0xEC, "ì" },
	{ 0xCC, "Ì" },
};

enum legacy legacy_of_font(const char *font)
{
	if (font == NULL)
		return LEGACY_NONE;
	const char *plus = strchr(font, '+');
	if (plus != NULL)
		font = plus + 1;
	if (strncasecmp(font, "VNI", 3) == 0)
		return LEGACY_VNI;
	if (strncmp(font, ".Vn", 3) != 0 && strncmp(font, "#2EVn", 5) != 0 && strncmp(font, "Vn", 2) != 0)
		return LEGACY_NONE;
	size_t n = strcspn(font, ",-");
	while (n > 4 && strncmp(font + n - 4, "Bold", 4) == 0)
		n -= 4;
	return font[n - 1] == 'H' ? LEGACY_TCVN3_CAPITALS : LEGACY_TCVN3;
}

static bool is_vietnamese(const char *text)
{
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)text; (at = u8_next(&c, at)) != NULL;)
		if (c > 0xFF && ((c >= 0x1EA0 && c <= 0x1EF9) || c == 0x110 || c == 0x111 || c == 0x103 || c == 0x1A1
				 || c == 0x1B0 || (c >= 0x300 && c <= 0x323)))
			return true;
	return false;
}

static void add(struct buffer *b, ucs4_t c)
{
	uint8_t out[6];
	int n = u8_uctomb(out, c, sizeof out);
	if (n > 0)
		buffer_add(b, out, (size_t)n);
}

static const char *mark_of(ucs4_t c)
{
	for (size_t i = 0; i < sizeof vni_marks / sizeof *vni_marks; i++)
		if (vni_marks[i].from == c)
			return vni_marks[i].mark;
	return NULL;
}

static const char *letter_of(ucs4_t c)
{
	for (size_t i = 0; i < sizeof vni_letters / sizeof *vni_letters; i++)
		if (vni_letters[i].from == c)
			return vni_letters[i].letter;
	return NULL;
}

static bool takes_mark(ucs4_t c)               /* a vowel, or a letter with a horn, may be followed by a mark */
{
	return c != 0 && (strchr("aeiouyAEIOUY", (int)(c < 0x80 ? c : 1)) != NULL || c == 0xF4 || c == 0xD4
			  || c == 0xF6 || c == 0xD6);
}

static bool is_letter_at(const char *at)
{
	return isalpha((unsigned char)*at) || (unsigned char)*at >= 0xC0;
}

/* Where the letters around a hyphen begin and end, up to the next character that is none. */
static size_t letters_before(const char *text, size_t at)
{
	while (at > 0 && (isalpha((unsigned char)text[at - 1]) || (unsigned char)text[at - 1] >= 0x80))
		at--;
	return at;
}

static size_t letters_behind(const char *text, size_t at)
{
	while (text[at] != 0 && (is_letter_at(text + at) || ((unsigned char)text[at] & 0xC0) == 0x80))
		at++;
	return at;
}

/* Byte AD is ư in TCVN3 and a hyphen in WinAnsi, so "Nh- trên" may be Như trên and "QĐ-UBND" is not: a hyphen is the
 * letter where that makes a syllable of what stands around it. Consumes text. */
static char *restore_horns(const void *mem, char *text, bool capital)
{
	const char *horn = capital ? "Ư" : "ư";
	for (char *hyphen = strchr(text, '-'); hyphen != NULL;) {
		size_t at = (size_t)(hyphen - text), from = letters_before(text, at), to = letters_behind(text, at + 1);
		char *one = format_text(NULL, "%.*s%s%.*s", (int)(at - from), text + from, horn, (int)(to - at - 1),
					text + at + 1);
		bool letter = to - from > 1 && lexicon_is_syllable(one);
		talloc_free(one);
		if (letter) {
			char *with = format_text(mem, "%.*s%s%s", (int)at, text, horn, text + at + 1);
			talloc_free(text);
			text = with;
			at += strlen(horn) - 1;
		}
		hyphen = strchr(text + at + 1, '-');
	}
	return text;
}

char *legacy_text(const void *mem, enum legacy kind, const char *text)
{
	if (kind == LEGACY_NONE || is_vietnamese(text))
		return NULL;
	struct buffer b = { .mem = NULL };
	ucs4_t c, before = 0;
	bool changed = false;
	for (const uint8_t *at = (const uint8_t *)text; (at = u8_next(&c, at)) != NULL; before = c) {
		const char *to = NULL;
		if (kind != LEGACY_VNI)
			to = c >= 0xA0 && c <= 0xFF ? tcvn3[c - 0xA0] : NULL;
		else {
			to = takes_mark(before) ? mark_of(c) : NULL;
			if (to == NULL)
				to = letter_of(c);
		}
		changed = changed || to != NULL;
		if (to != NULL)
			buffer_text(&b, to);
		else
			add(&b, c);
	}
	char *made = NULL;
	bool hyphen = kind != LEGACY_VNI && strchr(text, '-') != NULL;
	if (changed || hyphen || kind == LEGACY_TCVN3_CAPITALS) {
		made = text_nfc(mem, b.text != NULL ? b.text : "");
		if (kind == LEGACY_TCVN3_CAPITALS) {
			char *upper = text_upper(mem, made);
			talloc_free(made);
			made = upper;
		}
		if (hyphen)
			made = restore_horns(mem, made, kind == LEGACY_TCVN3_CAPITALS);
		if (!changed && strcmp(made, text) == 0) {
			talloc_free(made);
			made = NULL;
		}
	}
	talloc_free(b.text);
	return made;
}
