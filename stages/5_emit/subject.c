/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * subject.c - names: of subjects (RFC 4514), of folders, of places.
 */
#include "plan.h"
#include "text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

static int hex(int c)
{
	return isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10 : -1;
}

/* One value up to an unescaped comma or plus; *at moves past it. RFC 4514 escapes and old quotes are undone. */
static char *read_value(const void *mem, const char **at)
{
	struct buffer b = { .mem = mem };
	const char *c = *at;
	bool quoted = *c == '"';
	c += quoted;
	while (*c != 0 && (quoted ? *c != '"' : *c != ',' && *c != '+' && *c != ';')) {
		if (c[0] == '\\' && c[1] != 0) {
			int high = hex(c[1]), low = high < 0 ? -1 : hex(c[2]);
			char byte = low >= 0 ? (char)(high * 16 + low) : c[1];
			buffer_add(&b, &byte, 1);
			c += low >= 0 ? 3 : 2;
		} else {
			buffer_add(&b, c++, 1);
		}
	}
	if (quoted && *c == '"')
		c += 1 + strcspn(c + 1, ",+;");
	*at = *c != 0 ? c + 1 : c;
	return text_line(mem, b.text != NULL ? b.text : "");
}

char *subject_find(const void *mem, const char *dn, const char *type, const char *prefix, int nth)
{
	while (dn != NULL && *dn != 0) {
		dn += strspn(dn, " ");
		size_t n = strcspn(dn, "=");
		if (dn[n] == 0)
			return NULL;
		size_t trimmed = n;
		while (trimmed > 0 && dn[trimmed - 1] == ' ')
			trimmed--;
		bool is_type = trimmed == strlen(type) && strncasecmp(dn, type, trimmed) == 0;
		dn += n + 1;
		dn += strspn(dn, " ");
		char *value = read_value(mem, &dn);
		size_t skip = prefix != NULL ? strlen(prefix) : 0;
		if (is_type && strncasecmp(value, prefix != NULL ? prefix : "", skip) == 0 && nth-- == 0)
			return copy_text(mem, value + skip);
		talloc_free(value);
	}
	return NULL;
}

char *slug(const void *mem, const char *text, size_t max)
{
	static const char *const shorter[][2] = { { "uy ban nhan dan", "ubnd" }, { "hoi dong nhan dan", "hdnd" } };
	char *weak = text_weak(mem, text);
	for (size_t i = 0; i < sizeof shorter / sizeof *shorter; i++) {
		char *found = strstr(weak, shorter[i][0]);
		if (found != NULL)
			weak = format_text(mem, "%.*s%s%s", (int)(found - weak), weak, shorter[i][1],
					   found + strlen(shorter[i][0]));
	}
	struct buffer b = { .mem = mem };
	for (const char *c = weak; *c != 0; c++) {
		bool letter = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
		if (letter)
			buffer_add(&b, c, 1);
		else if (b.len > 0 && b.text[b.len - 1] != '-')
			buffer_text(&b, "-");
	}
	if (b.len > max) {
		b.len = max;
		while (b.len > max / 2 && b.text[b.len] != '-')
			b.len--;
		if (b.text[b.len] != '-')
			b.len = max;
	}
	while (b.len > 0 && b.text[b.len - 1] == '-')
		b.len--;
	return b.len > 0 ? copy_part(mem, b.text, b.len) : copy_text(mem, "khong-ro");
}

/* NĐ 30/2020 Phụ lục I: địa danh is the name of the unit the agency belongs to, without its kind, but for units
 * named after a person or by a number. */
char *seat_of(const void *mem, const char *agency)
{
	static const char *const kinds[] = { "tỉnh ", "thành phố ", "đặc khu ", "phường ", "xã ", "thị trấn ",
		"huyện ", "quận ", "thị xã ", NULL };
	if (agency == NULL)
		return NULL;
	char *lower = text_lower(mem, agency);
	const char *best = NULL, *kind = NULL;
	for (int i = 0; kinds[i] != NULL; i++)
		for (const char *c = lower; (c = strstr(c, kinds[i])) != NULL; c++)
			if ((c == lower || c[-1] == ' ') && (best == NULL || c > best)) {
				best = c;
				kind = kinds[i];
			}
	if (best == NULL)
		return NULL;
	char *name = copy_text(mem, best + strlen(kind));
	bool numbered = isdigit((unsigned char)name[0]) || strcmp(name, "hồ chí minh") == 0;
	struct buffer b = { .mem = mem };
	bool first = true;
	for (const char *c = numbered ? best : name; *c != 0;) {   /* the first letter of every word upper case */
		size_t n = strcspn(c, " ");
		if (n > 0) {
			size_t one = 1;
			while (one < n && ((unsigned char)c[one] & 0xC0) == 0x80)
				one++;
			bool keep_low = numbered && !first && strncmp(c, "phố", n) == 0;
			char *head = copy_part(mem, c, one);
			buffer_text(&b, keep_low ? head : text_upper(mem, head));
			buffer_add(&b, c + one, n - one);
			first = false;
		}
		c += n;
		if (*c == ' ') {
			buffer_text(&b, " ");
			c++;
		}
	}
	return b.text;
}
