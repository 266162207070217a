/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_parse.c - values out of bytes (ISO 32000-1 7.2, 7.3). See pdf_parse.h.
 *
 * Values of an array or dictionary are gathered on the way down in a small list on the stack of the caller
 * and copied to the pool once their number is known. The pool only grows; it goes with the file.
 */
#include "pdf_parse.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 64, CHUNK = 1 << 16 };
static const size_t MAX_SEARCHED = (size_t)1 << 31;

struct pdf_pool {
	const void *mem;
	char *at;
	size_t left;
	size_t searched; /* bytes gone through for the ends of strings and streams */
};

const struct pdf_value pdf_null = { .type = PDF_NULL };

struct pdf_pool *pdf_pool_new(const void *mem)
{
	struct pdf_pool *p = new_zero(mem, struct pdf_pool);
	p->mem = p;
	return p;
}

void *pdf_pool_take(struct pdf_pool *p, size_t size)
{
	size = (size + 15) & ~(size_t)15;
	if (size > CHUNK / 4)
		return new_array(p->mem, char, size);
	if (size > p->left) {
		p->at = new_array(p->mem, char, CHUNK);
		p->left = CHUNK;
	}
	char *taken = p->at;
	p->at += size;
	p->left -= size;
	return taken;
}

size_t pdf_search_limit(const struct pdf_parser *p)
{
	size_t left = MAX_SEARCHED - p->pool->searched, rest = p->in.len - p->pos;
	return p->pos + (left < rest ? left : rest);
}

void pdf_searched(struct pdf_parser *p, size_t to)
{
	size_t n = to - p->pos, left = MAX_SEARCHED - p->pool->searched;
	p->pool->searched += n < left ? n : left;
}

bool pdf_is_space(uint8_t c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_delimiter(uint8_t c)
{
	return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' ||
	       c == '/' || c == '%';
}

bool pdf_is_regular(uint8_t c)
{
	return !pdf_is_space(c) && !is_delimiter(c);
}

void pdf_skip_space(struct pdf_parser *p)
{
	while (p->pos < p->in.len) {
		uint8_t c = p->in.at[p->pos];
		if (c == '%')
			while (p->pos < p->in.len && p->in.at[p->pos] != '\n' && p->in.at[p->pos] != '\r')
				p->pos++;
		else if (pdf_is_space(c))
			p->pos++;
		else
			return;
	}
}

bool pdf_word(struct pdf_parser *p, const char *word)
{
	size_t len = strlen(word);
	pdf_skip_space(p);
	if (p->in.len - p->pos < len || memcmp(p->in.at + p->pos, word, len) != 0)
		return false;
	if (p->pos + len < p->in.len && pdf_is_regular(p->in.at[p->pos + len]))
		return false;
	p->pos += len;
	return true;
}

bool pdf_digits(struct pdf_parser *p, int64_t *value)
{
	pdf_skip_space(p);
	size_t start = p->pos;
	int64_t n = 0;
	while (p->pos < p->in.len && p->in.at[p->pos] >= '0' && p->in.at[p->pos] <= '9') {
		if (n > INT64_MAX / 10 - 10)
			return false;
		n = n * 10 + (p->in.at[p->pos++] - '0');
	}
	*value = n;
	return p->pos > start;
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decrypt(struct pdf_parser *p, struct pdf_value *v)
{
	if (p->crypt != NULL)
		v->text = pdf_decrypt(p->pool->mem, p->crypt, p->num, p->gen, v->text, false);
}

static bool parse_hex(struct pdf_parser *p, struct pdf_value *v)
{
	size_t limit = pdf_search_limit(p);
	const uint8_t *end = memchr(p->in.at + p->pos, '>', limit - p->pos);
	pdf_searched(p, end != NULL ? (size_t)(end - p->in.at) : limit);
	if (end == NULL)
		return false;
	size_t stop = (size_t)(end - p->in.at), n = 0;
	uint8_t *out = pdf_pool_take(p->pool, (stop - p->pos) / 2 + 1);
	for (; p->pos < stop; p->pos++) {
		int d = hex_digit(p->in.at[p->pos]);
		if (d < 0 && !pdf_is_space(p->in.at[p->pos]))
			return false;
		if (d < 0)
			continue;
		out[n / 2] = (uint8_t)(n % 2 == 0 ? d << 4 : out[n / 2] | d);
		n++;
	}
	p->pos = stop + 1;
	v->type = PDF_STRING;
	v->hex = true;
	v->text = (struct bytes){ out, (n + 1) / 2 };
	decrypt(p, v);
	return true;
}

static size_t find_string_end(struct pdf_parser *p)
{
	size_t i = p->pos, limit = pdf_search_limit(p);
	int open = 1;
	for (; i < limit; i++) {
		uint8_t c = p->in.at[i];
		if (c == '\\')
			i++;
		else if (c == '(')
			open++;
		else if (c == ')' && --open == 0)
			break;
	}
	pdf_searched(p, i < limit ? i : limit);
	return i < limit ? i : 0;
}

static bool parse_string(struct pdf_parser *p, struct pdf_value *v)
{
	static const char escapes[] = "n\nr\rt\tb\bf\f";
	size_t stop = find_string_end(p), n = 0;
	if (stop == 0)
		return false;
	uint8_t *out = pdf_pool_take(p->pool, stop - p->pos + 1);
	const uint8_t *in = p->in.at;
	for (size_t i = p->pos; i < stop; i++) {
		if (in[i] != '\\') {
			if (in[i] == '\r' && in[i + 1] == '\n')
				continue;
			out[n++] = in[i] == '\r' ? '\n' : in[i];
			continue;
		}
		uint8_t c = in[++i];
		const char *e = c != 0 ? strchr(escapes, c) : NULL;
		if (c >= '0' && c <= '7') {
			int octal = 0;
			for (int k = 0; k < 3 && i < stop && in[i] >= '0' && in[i] <= '7'; k++)
				octal = octal * 8 + in[i++] - '0';
			i--;
			out[n++] = (uint8_t)octal;
		} else if (c == '\r' || c == '\n')
			i += c == '\r' && in[i + 1] == '\n';
		else
			out[n++] = e != NULL && (e - escapes) % 2 == 0 ? (uint8_t)e[1] : c;
	}
	p->pos = stop + 1;
	v->type = PDF_STRING;
	v->text = (struct bytes){ out, n };
	decrypt(p, v);
	return true;
}

static bool parse_name(struct pdf_parser *p, struct pdf_value *v)
{
	size_t start = p->pos, n = 0;
	while (p->pos < p->in.len && pdf_is_regular(p->in.at[p->pos]))
		p->pos++;
	v->type = PDF_NAME;
	if (memchr(p->in.at + start, '#', p->pos - start) == NULL) {
		v->text = (struct bytes){ p->in.at + start, p->pos - start };
		return true;
	}
	uint8_t *out = pdf_pool_take(p->pool, p->pos - start + 1);
	for (size_t i = start; i < p->pos; i++) {
		int high = -1, low = -1;
		if (p->in.at[i] == '#' && i + 2 < p->pos) {
			high = hex_digit(p->in.at[i + 1]);
			low = hex_digit(p->in.at[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			out[n++] = (uint8_t)(high << 4 | low);
			i += 2;
		} else
			out[n++] = p->in.at[i];
	}
	v->text = (struct bytes){ out, n };
	return true;
}

static bool parse_number(struct pdf_parser *p, struct pdf_value *v)
{
	char text[64];
	size_t n = 0;
	bool real = false;
	while (p->pos < p->in.len && n < sizeof text - 1 && pdf_is_regular(p->in.at[p->pos])) {
		uint8_t c = p->in.at[p->pos];
		if (!((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'))
			return false;
		real = real || c == '.';
		text[n++] = (char)c;
		p->pos++;
	}
	text[n] = 0;
	if (n == 0 || (p->pos < p->in.len && pdf_is_regular(p->in.at[p->pos])))
		return false;
	v->type = real ? PDF_REAL : PDF_INTEGER;
	if (real)
		v->real = strtod(text, NULL);
	else
		v->integer = strtoll(text, NULL, 10);
	return true;
}

/* An integer may begin a reference: "12 0 R". */
static void try_reference(struct pdf_parser *p, struct pdf_value *v)
{
	struct pdf_parser look = *p;
	int64_t gen;
	if (v->integer < 0 || v->integer > 8388607 || look.pos >= look.in.len ||
	    !pdf_is_space(look.in.at[look.pos]))
		return;
	if (!pdf_digits(&look, &gen) || gen > 65535 || !pdf_word(&look, "R"))
		return;
	int num = (int)v->integer;
	v->type = PDF_REFERENCE;
	v->ref.num = num;
	v->ref.gen = (int)gen;
	p->pos = look.pos;
}

struct gathered {
	struct pdf_value few[16], *at;
	int n, room;
};

static struct pdf_value *gather(struct gathered *g)
{
	if (g->at == NULL) {
		g->at = g->few;
		g->room = 16;
	}
	if (g->n == g->room) {
		struct pdf_value *more = new_array(NULL, struct pdf_value, (size_t)g->room * 2);
		memcpy(more, g->at, (size_t)g->n * sizeof *more);
		if (g->at != g->few)
			talloc_free(g->at);
		g->at = more;
		g->room *= 2;
	}
	return &g->at[g->n++];
}

static struct pdf_value *keep(struct pdf_parser *p, struct gathered *g)
{
	size_t size = (size_t)g->n * sizeof *g->at;
	struct pdf_value *kept = pdf_pool_take(p->pool, size + 1);
	if (size > 0)
		memcpy(kept, g->at, size);
	if (g->at != g->few)
		talloc_free(g->at);
	return kept;
}

static bool parse_items(struct pdf_parser *p, struct pdf_value *v, bool dictionary)
{
	struct gathered g = { .n = 0 };
	bool ok = false;
	while (!ok) {
		pdf_skip_space(p);
		if (p->pos >= p->in.len)
			break;
		if (p->in.at[p->pos] == (dictionary ? '>' : ']')) {
			ok = !dictionary || (p->pos + 1 < p->in.len && p->in.at[p->pos + 1] == '>');
			p->pos += dictionary ? 2 : 1;
			break;
		}
		struct pdf_value *item = gather(&g);
		memset(item, 0, sizeof *item);
		if (dictionary && g.n % 2 == 1 && p->in.at[p->pos] != '/')
			break;
		if (!pdf_value(p, item))
			break;
	}
	v->type = dictionary ? PDF_DICTIONARY : PDF_ARRAY;
	v->items.n = dictionary ? g.n / 2 : g.n;
	ok = ok && (!dictionary || g.n % 2 == 0);
	v->items.at = keep(p, &g);
	return ok;
}

static bool parse_by_first(struct pdf_parser *p, struct pdf_value *v)
{
	uint8_t c = p->in.at[p->pos];
	bool twice = p->pos + 1 < p->in.len && p->in.at[p->pos + 1] == c;
	switch (c) {
	case '/':
		p->pos++;
		return parse_name(p, v);
	case '(':
		p->pos++;
		return parse_string(p, v);
	case '<':
		p->pos += twice ? 2 : 1;
		return twice ? parse_items(p, v, true) : parse_hex(p, v);
	case '[':
		p->pos++;
		return parse_items(p, v, false);
	case 't':
	case 'f':
		v->type = PDF_BOOLEAN;
		v->integer = c == 't';
		return pdf_word(p, c == 't' ? "true" : "false");
	case 'n':
		v->type = PDF_NULL;
		return pdf_word(p, "null");
	default:
		if (!parse_number(p, v))
			return false;
		if (v->type == PDF_INTEGER)
			try_reference(p, v);
		return true;
	}
}

bool pdf_value(struct pdf_parser *p, struct pdf_value *v)
{
	pdf_skip_space(p);
	if (p->pos >= p->in.len || p->depth >= MAX_DEPTH)
		return false;
	v->at = p->pos;
	v->in_stream = p->in_stream;
	p->depth++;
	bool ok = parse_by_first(p, v);
	p->depth--;
	v->end = p->pos;
	return ok;
}

/* Looking into values ------------------------------------------------------------------------------------ */

const struct pdf_value *pdf_raw(const struct pdf_value *d, const char *key)
{
	if (d->type != PDF_DICTIONARY && d->type != PDF_STREAM)
		return NULL;
	for (int i = 0; i < d->items.n; i++)
		if (pdf_is_name(&d->items.at[2 * i], key))
			return &d->items.at[2 * i + 1];
	return NULL;
}

int pdf_count_key(const struct pdf_value *d, const char *key)
{
	int n = 0;
	for (int i = 0; (d->type == PDF_DICTIONARY || d->type == PDF_STREAM) && i < d->items.n; i++)
		n += pdf_is_name(&d->items.at[2 * i], key);
	return n;
}

bool pdf_is_name(const struct pdf_value *v, const char *name)
{
	return v != NULL && v->type == PDF_NAME && v->text.len == strlen(name) &&
	       memcmp(v->text.at, name, v->text.len) == 0;
}

int64_t pdf_integer(const struct pdf_value *v, int64_t otherwise)
{
	if (v != NULL && v->type == PDF_REAL && v->real >= -1e15 && v->real <= 1e15)
		return (int64_t)v->real;
	return v != NULL && v->type == PDF_INTEGER ? v->integer : otherwise;
}

static char *from_utf16(const void *mem, struct bytes in)
{
	struct buffer b = { .mem = mem };
	for (size_t i = 2; i + 1 < in.len; i += 2) {
		uint32_t c = (uint32_t)in.at[i] << 8 | in.at[i + 1];
		if (c >= 0xD800 && c < 0xDC00 && i + 3 < in.len) {
			c = 0x10000 + ((c - 0xD800) << 10) +
			    (((uint32_t)in.at[i + 2] << 8 | in.at[i + 3]) - 0xDC00);
			i += 2;
		}
		char u[4];
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		for (size_t k = n; k-- > 1; c >>= 6)
			u[k] = (char)(0x80 | (c & 0x3F));
		u[0] = (char)(n == 1 ? c : ((0xF00u >> n) & 0xFF) | c);
		buffer_add(&b, u, n);
	}
	char *text = b.text != NULL ? text_nfc_part(mem, b.text, b.len) : copy_text(mem, "");
	talloc_free(b.text);
	return text;
}

char *pdf_text(const void *mem, const struct pdf_value *v)
{
	if (v == NULL || (v->type != PDF_STRING && v->type != PDF_NAME))
		return NULL;
	struct bytes t = v->text;
	if (v->type == PDF_STRING && t.len >= 2 && t.at[0] == 0xFE && t.at[1] == 0xFF)
		return from_utf16(mem, t);
	if (t.len >= 3 && memcmp(t.at, "\xEF\xBB\xBF", 3) == 0)
		return text_nfc_part(mem, (const char *)t.at + 3, t.len - 3);
	if (text_is_valid(t))
		return text_nfc_part(mem, (const char *)t.at, t.len);
	struct buffer b = { .mem = mem }; /* PDFDocEncoding: Latin-1 where it matters here */
	for (size_t i = 0; i < t.len; i++) {
		char two[2] = { (char)(0xC0 | t.at[i] >> 6), (char)(0x80 | (t.at[i] & 0x3F)) };
		if (t.at[i] >= 0x80)
			buffer_add(&b, two, 2);
		else if (t.at[i] != 0)
			buffer_add(&b, &t.at[i], 1);
	}
	return b.text != NULL ? b.text : copy_text(mem, "");
}
