/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * text.c - text as Vietnamese offices write it. See text.h.
 *
 * Normal forms and case come from libunistring, digests and base64 from OpenSSL; what is our own is the keys.
 */
#include "text.h"
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

/* Bad bytes become U+FFFD, so that what follows may assume UTF-8. */
static char *repair(const void *mem, const char *text, size_t len)
{
	struct buffer b = { .mem = mem };
	const uint8_t *at = (const uint8_t *)text, *end = at + len;
	while (at < end) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, at, (size_t)(end - at));
		if (n <= 0 || c == 0) {
			buffer_text(&b, "\xEF\xBF\xBD");
			at++;
		} else {
			buffer_add(&b, at, (size_t)n);
			at += n;
		}
	}
	return b.text != NULL ? b.text : copy_text(mem, "");
}

static char *take(const void *mem, uint8_t *made, size_t len)
{
	if (made == NULL)
		abort();
	char *text = copy_part(mem, (const char *)made, len);
	free(made);
	return text;
}

/* What nearly all Vietnamese text consists of: Latin letters that are composed already, and punctuation. None of
 * these changes under NFC, and none is a mark that could join the letter before it (Unicode 15, NFC_QC). */
static bool is_plain_latin(ucs4_t c)
{
	return c < 0x300 || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E);
}

/* Of valid UTF-8 only. */
static bool is_composed(const char *text, size_t len)
{
	const uint8_t *at = (const uint8_t *)text, *end = at + len;
	while (at < end) {
		ucs4_t c = *at;
		if (c < 0x80)
			at++;
		else {
			at += u8_mbtouc_unsafe(&c, at, (size_t)(end - at));
			if (!is_plain_latin(c))
				return false;
		}
	}
	return true;
}

char *text_nfc_part(const void *mem, const char *text, size_t len)
{
	bool ascii = true;
	for (size_t i = 0; i < len && ascii; i++)
		ascii = (unsigned char)text[i] < 0x80 && text[i] != 0;
	if (ascii)
		return copy_part(mem, text, len);
	char *good = u8_check((const uint8_t *)text, len) == NULL && memchr(text, 0, len) == NULL
		? NULL : repair(mem, text, len);
	if (good == NULL && is_composed(text, len))
		return copy_part(mem, text, len);
	const char *from = good != NULL ? good : text;
	size_t n, from_len = good != NULL ? strlen(good) : len;
	uint8_t *made = u8_normalize(UNINORM_NFC, (const uint8_t *)from, from_len, NULL, &n);
	char *nfc = take(mem, made, n);
	talloc_free(good);
	return nfc;
}

char *text_nfc(const void *mem, const char *text)
{
	return text_nfc_part(mem, text, strlen(text));
}

static bool is_space(ucs4_t c)
{
	return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B)
		|| c == 0x202F || c == 0x205F || c == 0xFEFF || c == 0x2028 || c == 0x2029;
}

/* Decodes one code point of valid UTF-8; the common case without a call. */
static const uint8_t *next_codepoint(ucs4_t *c, const uint8_t *at)
{
	if (*at < 0x80) {
		*c = *at;
		return *at != 0 ? at + 1 : NULL;
	}
	return u8_next(c, at);
}

char *text_line(const void *mem, const char *text)
{
	char *nfc = text_nfc(mem, text), *to = nfc;    /* squeezing never needs more room */
	bool gap = false;
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)nfc, *after; (after = next_codepoint(&c, at)) != NULL; at = after) {
		if (is_space(c)) {
			gap = to > nfc;
			continue;
		}
		if (gap)
			*to++ = ' ';
		gap = false;
		memmove(to, at, (size_t)(after - at));
		to += after - at;
	}
	*to = 0;
	return nfc;
}

/* Composed Latin text has one letter of the other case for each of its own; the rest is for libunistring. */
static char *other_case(const void *mem, const char *text, ucs4_t (*map)(ucs4_t))
{
	size_t len = strlen(text), n = 0;
	if (u8_check((const uint8_t *)text, len) != NULL || !is_composed(text, len))
		return NULL;
	char *made = new_array(mem, char, len * 2 + 8);
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)text; (at = next_codepoint(&c, at)) != NULL;) {
		c = map(c);
		if (c < 0x80)
			made[n++] = (char)c;
		else
			n += (size_t)u8_uctomb((uint8_t *)made + n, c, 6);
	}
	return made;
}

char *text_upper(const void *mem, const char *text)
{
	char *made = other_case(mem, text, uc_toupper);
	if (made != NULL)
		return made;
	size_t n;
	uint8_t *folded = u8_toupper((const uint8_t *)text, strlen(text), NULL, UNINORM_NFC, NULL, &n);
	return take(mem, folded, n);
}

char *text_lower(const void *mem, const char *text)
{
	char *made = other_case(mem, text, uc_tolower);
	if (made != NULL)
		return made;
	size_t n;
	uint8_t *folded = u8_tolower((const uint8_t *)text, strlen(text), NULL, UNINORM_NFC, NULL, &n);
	return take(mem, folded, n);
}

static bool is_tone(ucs4_t c)                  /* grave, acute, tilde, hook, dot below */
{
	return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

static ucs4_t plain(ucs4_t c)
{
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xAD)
		return '-';
	if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0xB4 || c == '`')
		return '\'';
	if (c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB)
		return '"';
	if (c == 0xF0 || c == 0x256)           /* eth and African d: look-alikes of d with stroke */
		return 0x111;
	return c;
}

/* Lower case and taken apart: at most a letter with two marks. */
struct apart { ucs4_t at[3]; };
enum { LATIN_END = 0x300, EXTENDED = 0x1E00, EXTENDED_END = 0x1F00 };

static void take_apart(ucs4_t c, struct apart *to)
{
	uint8_t text[6];
	size_t n = 0;
	int len = u8_uctomb(text, c, sizeof text), i = 0;
	uint8_t *low = u8_tolower(text, (size_t)len, NULL, UNINORM_NFD, NULL, &n);
	const uint8_t *at = low, *end = low + n;
	for (ucs4_t one; low != NULL && at < end && i < 3; to->at[i++] = one)
		at += u8_mbtouc_unsafe(&one, at, (size_t)(end - at));
	free(low);
}

/* libunistring's answers for the letters of is_plain_latin(), asked once: keys are made of every line. */
static const struct apart *apart_of(ucs4_t c)
{
	static struct apart latin[LATIN_END], extended[EXTENDED_END - EXTENDED];
	static bool made;
	for (ucs4_t i = 1; !made && i < LATIN_END; i++)
		take_apart(i, &latin[i]);
	for (ucs4_t i = EXTENDED; !made && i < EXTENDED_END; i++)
		take_apart(i, &extended[i - EXTENDED]);
	made = true;
	return c < LATIN_END ? &latin[c] : c >= EXTENDED && c < EXTENDED_END ? &extended[c - EXTENDED] : NULL;
}

struct key { uint8_t *to; ucs4_t tone; };      /* room for what it will hold: see text_strong() */

static void put(struct key *k, ucs4_t c)
{
	if (c < 0x80)
		*k->to++ = (uint8_t)c;
	else
		k->to += u8_uctomb(k->to, c, 6);
}

/* A syllable's tone mark is moved to its end, so that its place no longer matters. */
static void add_to_key(struct key *k, ucs4_t c)
{
	c = plain(c);
	if (is_tone(c)) {
		k->tone = c;
		return;
	}
	bool letter = c >= 0x300 || (c >= 'a' && c <= 'z') || c == 0x111 || (c >= '0' && c <= '9');
	if (!letter && k->tone != 0) {
		put(k, k->tone);
		k->tone = 0;
	}
	put(k, c);
}

static void key_of_latin(struct key *k, const char *line)
{
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)line; (at = next_codepoint(&c, at)) != NULL;) {
		const struct apart *a = apart_of(c);
		if (a == NULL)
			add_to_key(k, c);
		for (int i = 0; a != NULL && i < 3 && a->at[i] != 0; i++)
			add_to_key(k, a->at[i]);
	}
}

static uint8_t *lower_apart(const char *line)
{
	size_t n;
	char *low = text_lower(NULL, line);
	uint8_t *nfd = u8_normalize(UNINORM_NFD, (const uint8_t *)low, strlen(low) + 1, NULL, &n);
	if (nfd == NULL)
		abort();
	talloc_free(low);
	return nfd;
}

char *text_strong(const void *mem, const char *text)
{
	char *line = text_line(mem, text);
	size_t len = strlen(line);
	bool latin = is_composed(line, len);
	uint8_t *nfd = latin ? NULL : lower_apart(line);
	/* A letter of two bytes or more gives at most a letter and two marks of two bytes; a tone may move. */
	char *key = new_array(mem, char, 4 * (latin ? len : strlen((char *)nfd)) + 8);
	struct key k = { .to = (uint8_t *)key };
	ucs4_t c;
	if (latin)
		key_of_latin(&k, line);
	for (const uint8_t *at = nfd; at != NULL && (at = u8_next(&c, at)) != NULL;)
		add_to_key(&k, c);
	if (k.tone != 0)
		put(&k, k.tone);
	*k.to = 0;
	free(nfd);
	talloc_free(line);
	return key;
}

static char *drop_marks(char *strong)          /* in place: it only gets shorter */
{
	char *to = strong;
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)strong; (at = next_codepoint(&c, at)) != NULL;)
		if (c == 0x111 || c < 0x80)
			*to++ = c == 0x111 ? 'd' : (char)c;
	*to = 0;
	return strong;
}

char *text_weak(const void *mem, const char *text) { return drop_marks(text_strong(mem, text)); }
char *text_weak_of(const void *mem, const char *strong) { return drop_marks(copy_text(mem, strong)); }

bool text_is_valid(struct bytes b)
{
	return memchr(b.at, 0, b.len) == NULL && u8_check(b.at, b.len) == NULL;
}

int text_codepoints(const char *text)
{
	return (int)u8_mbsnlen((const uint8_t *)text, strlen(text));
}

void text_serial_into(const char *serial, char *out)
{
	char *at = out;
	serial += strspn(serial, " \t'");
	if (serial[0] == '0' && (serial[1] == 'x' || serial[1] == 'X'))
		serial += 2;
	for (const char *c = serial; *c != 0; c++)
		if (strchr(" :\t-", *c) == NULL && (*c != '0' || at > out))
			*at++ = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
	*at = 0;
}

char *text_serial(const void *mem, const char *serial)
{
	char *key = copy_text(mem, serial);
	if (key != NULL)
		text_serial_into(serial, key);
	return key;
}

bool text_starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

bool text_ends(const char *text, const char *with)
{
	size_t n = strlen(text), m = strlen(with);
	return n >= m && strcmp(text + n - m, with) == 0;
}

bool text_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

int text_distance(const char *a, const char *b)
{
	void *mem = talloc_new(NULL);
	size_t na, nb;
	uint32_t *x = u8_to_u32((const uint8_t *)a, strlen(a), NULL, &na);
	uint32_t *y = u8_to_u32((const uint8_t *)b, strlen(b), NULL, &nb);
	int *row = new_array(mem, int, nb + 1);
	for (size_t j = 0; j <= nb; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		int left_up = row[0];
		row[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			int up = row[j], best = left_up + (x[i - 1] != y[j - 1]);
			if (up + 1 < best)
				best = up + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			left_up = up;
		}
	}
	int d = row[nb];
	free(x);
	free(y);
	talloc_free(mem);
	return d;
}

static char *hex(const void *mem, const uint8_t *at, size_t len, const char *digits)
{
	char *text = new_array(mem, char, len * 2 + 1);
	for (size_t i = 0; i < len; i++) {
		text[2 * i] = digits[at[i] >> 4];
		text[2 * i + 1] = digits[at[i] & 15];
	}
	return text;
}

char *text_hex(const void *mem, const void *bytes, size_t len)
{
	return hex(mem, bytes, len, "0123456789ABCDEF");
}

char *text_sha256(const void *mem, struct bytes b)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA256(b.at, b.len, digest);
	return hex(mem, digest, sizeof digest, "0123456789abcdef");
}

char *text_base64(const void *mem, struct bytes b)
{
	char *text = new_array(mem, char, (b.len + 2) / 3 * 4 + 1);
	for (size_t done = 0, out = 0; done < b.len;) {            /* EVP counts in int */
		size_t n = b.len - done < 3000000 ? b.len - done : 3000000;
		out += (size_t)EVP_EncodeBlock((unsigned char *)text + out, b.at + done, (int)n);
		done += n;
	}
	return text;
}

static int base64_value(unsigned char c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static signed char values[256];                 /* of each letter its place, from 1 */
	if (values['A'] == 0)
		for (int i = 0; i < 64; i++)
			values[(unsigned char)letters[i]] = (signed char)(i + 1);
	return values[c] - 1;
}

bool text_from_base64(const void *mem, const char *text, size_t len, struct bytes *out)
{
	uint8_t *made = new_array(mem, uint8_t, len / 4 * 3 + 4);
	size_t n = 0;
	uint32_t bits = 0;
	int have = 0, pad = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
			continue;
		if (c == '=') {
			pad++;
			continue;
		}
		int v = base64_value(c);
		if (v < 0 || pad > 0)
			return false;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			made[n++] = (uint8_t)(bits >> have);
		}
	}
	if (pad > 2 || have >= 6)
		return false;
	*out = (struct bytes){ made, n };
	return true;
}

static bool digits(const char *text, int n, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (text[i] - '0');
	}
	return true;
}

bool date_is_real(int y, int m, int d)
{
	static const int last[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= last[m - 1] + (m == 2 && leap);
}

/* Days from civil date and back: Howard Hinnant's algorithms, public domain. */
static int64_t days_from(int y, int m, int d)
{
	y -= m <= 2;
	int era = y / 400, yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return (int64_t)era * 146097 + doe - 719468;
}

static bool date_head(const char *text, int64_t *days)
{
	int y, m, d;
	if (strnlen(text, 10) < 10 || !digits(text, 4, &y) || text[4] != '-' || !digits(text + 5, 2, &m)
	    || text[7] != '-' || !digits(text + 8, 2, &d) || !date_is_real(y, m, d))
		return false;
	*days = days_from(y, m, d);
	return true;
}

bool date_parse(const char *text, int64_t *days)
{
	return text != NULL && strlen(text) == 10 && date_head(text, days);
}

char *date_text(const void *mem, int64_t days)
{
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = (int)(z - era * 146097);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
	int y = (int)(yoe + era * 400) + (m <= 2);
	return format_text(mem, "%04d-%02d-%02d", y, m, d);
}

char *time_text(const void *mem, time_t at)
{
	struct tm t;
	if (gmtime_r(&at, &t) == NULL)
		return copy_text(mem, "");
	return format_text(mem, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
			   t.tm_hour, t.tm_min, t.tm_sec);
}

bool time_parse(const char *text, time_t *at)
{
	int64_t days;
	int h, m, s, zh = 0, zm = 0, sign = 0;
	if (text == NULL || !date_head(text, &days))
		return false;
	if (text[10] == 0) {
		*at = (time_t)(days * 86400 + 86399 - 7 * 3600);
		return true;
	}
	const char *p = text + 11;
	if ((text[10] != 'T' && text[10] != ' ') || strlen(p) < 9 || !digits(p, 2, &h) || p[2] != ':'
	    || !digits(p + 3, 2, &m) || p[5] != ':' || !digits(p + 6, 2, &s) || h > 23 || m > 59 || s > 60)
		return false;
	p += 8;
	if (*p == '.')
		for (p++; *p >= '0' && *p <= '9';)
			p++;
	if (*p == 'Z' && p[1] == 0)
		sign = 0;
	else if ((*p == '+' || *p == '-') && strlen(p) == 6 && digits(p + 1, 2, &zh) && p[3] == ':'
		 && digits(p + 4, 2, &zm) && zh < 24 && zm < 60)
		sign = *p == '+' ? -1 : 1;
	else
		return false;
	*at = (time_t)(days * 86400 + h * 3600 + m * 60 + s + sign * (zh * 3600 + zm * 60));
	return true;
}

int64_t time_vn_day(time_t at)
{
	int64_t s = (int64_t)at + 7 * 3600;
	return s >= 0 ? s / 86400 : -((-s + 86399) / 86400);
}
