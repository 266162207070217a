/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_file.c - a file, its views, and the objects a view shows. See pdf.h.
 *
 * Objects are parsed when asked for and kept by their byte, so that all views of a file share them. What a
 * stream's indirect /Length says may differ between views; the difference shows where objects are compared,
 * in that integer.
 */
#include "pdf_parse.h"
#include <string.h>
#include <zlib.h>

enum { INFLATE_MAX = 256 << 20, MAX_CHAIN = 32 };

struct pdf_seen {
	uint64_t key;
	const struct pdf_value *value;
}; /* key 0: empty place */

struct pdf_file *pdf_file_new(const void *mem, struct bytes bytes)
{
	struct pdf_file *f = new_zero(mem, struct pdf_file);
	const uint8_t *head = memmem(bytes.at, bytes.len < 1024 ? bytes.len : 1024, "%PDF-", 5);
	f->bytes = bytes;
	f->shift = head != NULL ? (size_t)(head - bytes.at) : 0;
	f->pool = pdf_pool_new(f);
	return f;
}

static const struct pdf_value *find_seen(const struct pdf_file *f, uint64_t key)
{
	for (uint64_t i = key * 0x9E3779B97F4A7C15u >> 20; f->seen_room > 0; i++) {
		const struct pdf_seen *s = &f->seen[i & (uint64_t)(f->seen_room - 1)];
		if (s->key == key)
			return s->value;
		if (s->key == 0)
			return NULL;
	}
	return NULL;
}

static void place_seen(struct pdf_file *f, uint64_t key, const struct pdf_value *value)
{
	uint64_t i = key * 0x9E3779B97F4A7C15u >> 20;
	while (f->seen[i & (uint64_t)(f->seen_room - 1)].key != 0)
		i++;
	f->seen[i & (uint64_t)(f->seen_room - 1)] = (struct pdf_seen){ key, value };
	f->seen_n++;
}

static void remember(struct pdf_file *f, uint64_t key, const struct pdf_value *value)
{
	if (f->seen_n * 2 >= f->seen_room) {
		struct pdf_seen *old = f->seen;
		int room = f->seen_room;
		f->seen_room = room == 0 ? 256 : room * 2;
		f->seen = new_array(f, struct pdf_seen, (size_t)f->seen_room);
		f->seen_n = 0;
		for (int i = 0; i < room; i++)
			if (old[i].key != 0)
				place_seen(f, old[i].key, old[i].value);
		talloc_free(old);
	}
	place_seen(f, key, value);
}

/* Streams ------------------------------------------------------------------------------------------------ */

static bool ends_stream(const struct pdf_file *f, size_t at)
{
	struct pdf_parser p = { .in = f->bytes, .pos = at };
	while (p.pos < p.in.len && pdf_is_space(p.in.at[p.pos]))
		p.pos++;
	return pdf_word(&p, "endstream") || pdf_word(&p, "endobj");
}

/* 7.3.8.1: after the word comes one end of line, then /Length bytes. A wrong length is searched for, as every
 * reader does; the bytes found are the same for all views. */
static bool take_stream(struct pdf *view, struct pdf_parser *p, struct pdf_value *v)
{
	size_t start = p->pos;
	if (start < p->in.len && p->in.at[start] == '\r')
		start++;
	if (start < p->in.len && p->in.at[start] == '\n')
		start++;
	int64_t length = pdf_integer(view != NULL ? pdf_find(view, v, "Length") : pdf_raw(v, "Length"), -1);
	if (length < 0 || (uint64_t)length > p->in.len - start ||
	    !ends_stream(view->file, start + (size_t)length)) {
		size_t limit = pdf_search_limit(p);
		const uint8_t *end =
			limit > start ? memmem(p->in.at + start, limit - start, "endstream", 9) : NULL;
		pdf_searched(p, end != NULL ? (size_t)(end - p->in.at) : limit);
		if (end == NULL)
			return false;
		length = end - (p->in.at + start);
		if (length > 0 && end[-1] == '\n')
			length--;
		if (length > 0 && p->in.at[start + (size_t)length - 1] == '\r')
			length--;
	}
	v->type = PDF_STREAM;
	v->raw = (struct bytes){ p->in.at + start, (size_t)length };
	p->pos = start + (size_t)length;
	pdf_word(p, "endstream");
	v->end = p->pos;
	return true;
}

static const struct pdf_value *parse_object(struct pdf *view, size_t at)
{
	struct pdf_file *f = view->file;
	struct pdf_parser p = { .in = f->bytes, .pos = at, .pool = f->pool };
	int64_t num, gen;
	if (!pdf_digits(&p, &num) || !pdf_digits(&p, &gen) || num > 8388607 || gen > 65535 ||
	    !pdf_word(&p, "obj"))
		return NULL;
	struct pdf_value *v = pdf_pool_take(f->pool, sizeof *v);
	p.crypt = f->crypt;
	p.num = (int)num;
	p.gen = (int)gen;
	if (!pdf_value(&p, v)) {
		p.pos = at;
		if (!pdf_digits(&p, &num) || !pdf_digits(&p, &gen) || !pdf_word(&p, "obj") ||
		    !pdf_word(&p, "endobj"))
			return NULL;
		*v = pdf_null; /* an empty object is null */
	}
	v->num = (int)num;
	v->gen = (int)gen;
	v->at = at;
	if (v->type == PDF_DICTIONARY && pdf_word(&p, "stream") && !take_stream(view, &p, v))
		return NULL;
	pdf_word(&p, "endobj");
	v->end = p.pos;
	return v;
}

const struct pdf_value *pdf_parse_at(struct pdf *view, size_t at)
{
	if (at >= view->end)
		return NULL;
	const struct pdf_value *v = find_seen(view->file, at + 1);
	if (v == NULL) {
		v = parse_object(view, at);
		if (v != NULL)
			remember(view->file, at + 1, v);
	}
	return v != NULL && v->end <= view->end ? v : NULL;
}

struct bytes pdf_plain_string(struct pdf_file *f, size_t at)
{
	struct pdf_parser p = { .in = f->bytes, .pos = at, .pool = f->pool };
	struct pdf_value v = { 0 };
	return at < f->bytes.len && pdf_value(&p, &v) && v.type == PDF_STRING ? v.text : (struct bytes){ 0 };
}

struct bytes pdf_inflate(const void *mem, struct bytes in, int predictor, int colors, int bits, int columns)
{
	struct buffer b = { .mem = mem };
	uint8_t out[16384];
	z_stream z = { .next_in = (Bytef *)(uintptr_t)in.at,
		       .avail_in = in.len > UINT32_MAX ? UINT32_MAX : (uInt)in.len };
	if (inflateInit(&z) != Z_OK)
		return (struct bytes){ 0 };
	int r = Z_OK;
	while (r == Z_OK && b.len <= INFLATE_MAX) {
		z.next_out = out;
		z.avail_out = sizeof out;
		r = inflate(&z, Z_NO_FLUSH);
		buffer_add(&b, out, sizeof out - z.avail_out);
	}
	inflateEnd(&z);
	if ((r != Z_STREAM_END && r != Z_BUF_ERROR) || b.len == 0 || b.len > INFLATE_MAX)
		return (struct bytes){ 0 };
	if (predictor > 15)
		return (struct bytes){ 0 };
	if (predictor < 10)
		return (struct bytes){ (uint8_t *)b.text, predictor > 1 ? 0 : b.len };
	if (colors < 1 || colors > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1 << 20)
		return (struct bytes){ 0 };
	size_t step = ((size_t)colors * (size_t)bits + 7) / 8,
	       row = ((size_t)colors * (size_t)bits * (size_t)columns + 7) / 8;
	uint8_t *text = (uint8_t *)b.text, *above = new_array(mem, uint8_t, row);
	size_t n = 0;
	for (size_t at = 0; at + 1 + row <= b.len; at += 1 + row, n += row) {
		uint8_t kind = text[at], *line = text + at + 1;
		for (size_t i = 0; i < row; i++) {
			int a = i >= step ? line[i - step] : 0, up = above[i],
			    c = i >= step ? above[i - step] : 0;
			int e = a + up - c, pa = e > a ? e - a : a - e, pb = e > up ? e - up : up - e,
			    pc = e > c ? e - c : c - e;
			int guess = kind == 1	? a
				    : kind == 2 ? up
				    : kind == 3 ? (a + up) / 2
				    : kind == 4 ? (pa <= pb && pa <= pc ? a
						   : pb <= pc		? up
									: c)
						: 0;
			line[i] = (uint8_t)(line[i] + guess);
		}
		memcpy(above, line, row);
		memmove(text + n, line, row);
	}
	return (struct bytes){ text, n };
}

struct bytes pdf_decode(struct pdf *view, const struct pdf_value *s)
{
	if (s->type != PDF_STREAM)
		return (struct bytes){ 0 };
	struct bytes in = s->raw;
	if (view->file->crypt != NULL && !pdf_is_name(pdf_find(view, s, "Type"), "XRef"))
		in = pdf_decrypt(view->file, view->file->crypt, s->num, s->gen, in, true);
	const struct pdf_value *filter = pdf_find(view, s, "Filter"),
			       *parms = pdf_find(view, s, "DecodeParms");
	if (filter->type == PDF_NULL)
		return in;
	if (filter->type == PDF_ARRAY && filter->items.n == 1)
		filter = pdf_resolve(view, &filter->items.at[0]);
	if (parms->type == PDF_ARRAY && parms->items.n == 1)
		parms = pdf_resolve(view, &parms->items.at[0]);
	if (!pdf_is_name(filter, "FlateDecode") && !pdf_is_name(filter, "Fl"))
		return (struct bytes){ 0 };
	return pdf_inflate(view->file, in, (int)pdf_integer(pdf_find(view, parms, "Predictor"), 1),
			   (int)pdf_integer(pdf_find(view, parms, "Colors"), 1),
			   (int)pdf_integer(pdf_find(view, parms, "BitsPerComponent"), 8),
			   (int)pdf_integer(pdf_find(view, parms, "Columns"), 1));
}

void pdf_drop(struct pdf *view, const struct pdf_value *s, struct bytes decoded)
{
	if (view->file->crypt == NULL && decoded.at != NULL && decoded.at != s->raw.at)
		talloc_free((void *)(uintptr_t)decoded.at);
}

/* Objects ------------------------------------------------------------------------------------------------ */

enum { IS_ITEM = 1, IS_READ = 2, IS_DOUBLED = 4 }; /* in the three highest bits of a key */

static uint64_t key_in_stream(const struct pdf_value *s, uint64_t what, int num)
{
	return what << 61 | (uint64_t)(s->at + 1) << 24 | (uint64_t)num;
}

/* All objects of one object stream are parsed at once and kept under (byte of the stream, number). */
static const struct pdf_value *parse_in_stream(struct pdf *view, const struct pdf_value *s, int num)
{
	const struct pdf_value *v = find_seen(view->file, key_in_stream(s, IS_ITEM, num));
	if (v != NULL || find_seen(view->file, key_in_stream(s, IS_READ, 0)) != NULL)
		return v;
	remember(view->file, key_in_stream(s, IS_READ, 0), &pdf_null);
	struct bytes in = pdf_decode(view, s);
	int64_t n = pdf_integer(pdf_find(view, s, "N"), 0),
		first = pdf_integer(pdf_find(view, s, "First"), 0);
	struct pdf_parser head = { .in = in, .pool = view->file->pool };
	for (int64_t i = 0; in.at != NULL && i < n; i++) {
		int64_t number, offset;
		if (!pdf_digits(&head, &number) || !pdf_digits(&head, &offset) || number > 8388607 ||
		    offset > INT32_MAX || first < 0 || first > INT32_MAX)
			break;
		struct pdf_parser p = { .in = in,
					.pos = (size_t)(first + offset),
					.pool = view->file->pool,
					.in_stream = true };
		struct pdf_value *item = pdf_pool_take(view->file->pool, sizeof *item);
		if (find_seen(view->file, key_in_stream(s, IS_ITEM, (int)number)) != NULL) {
			if (find_seen(view->file, key_in_stream(s, IS_DOUBLED, 0)) == NULL)
				remember(view->file, key_in_stream(s, IS_DOUBLED, 0), &pdf_null);
		} else if (p.pos < in.len && pdf_value(&p, item)) {
			item->num = (int)number;
			remember(view->file, key_in_stream(s, IS_ITEM, (int)number), item);
		}
	}
	return find_seen(view->file, key_in_stream(s, IS_ITEM, num));
}

bool pdf_is_doubled(struct pdf *view, const struct pdf_value *s)
{
	if (s->type == PDF_STREAM)
		parse_in_stream(view, s, 0);
	return s->type == PDF_STREAM && find_seen(view->file, key_in_stream(s, IS_DOUBLED, 0)) != NULL;
}

const struct pdf_value *pdf_object(struct pdf *view, int num)
{
	if (num <= 0 || num >= view->entries_n)
		return &pdf_null;
	const struct pdf_entry *e = &view->entries[num];
	const struct pdf_value *v = NULL;
	if (e->kind == 1) {
		v = pdf_parse_at(view, e->at);
		if ((v == NULL || v->num != num) && view->file->shift > 0)
			v = pdf_parse_at(view, e->at + view->file->shift);
		return v != NULL && v->num == num ? v : &pdf_null;
	}
	if (e->kind == 2 && e->at < (size_t)view->entries_n && view->entries[e->at].kind == 1) {
		const struct pdf_value *s = pdf_object(view, (int)e->at);
		v = s->type == PDF_STREAM ? parse_in_stream(view, s, num) : NULL;
	}
	return v != NULL ? v : &pdf_null;
}

const struct pdf_value *pdf_resolve(struct pdf *view, const struct pdf_value *v)
{
	for (int i = 0; v != NULL && v->type == PDF_REFERENCE && i < MAX_CHAIN; i++)
		v = pdf_object(view, v->ref.num);
	return v == NULL || v->type == PDF_REFERENCE ? &pdf_null : v;
}

bool pdf_is_unreadable(struct pdf *view, const struct pdf_value *v)
{
	if (v == NULL || v->type != PDF_REFERENCE || v->ref.num <= 0 || v->ref.num >= view->entries_n)
		return false;
	uint8_t kind = view->entries[v->ref.num].kind;
	return (kind == 1 || kind == 2) && pdf_object(view, v->ref.num) == &pdf_null;
}

const struct pdf_value *pdf_find(struct pdf *view, const struct pdf_value *d, const char *key)
{
	return pdf_resolve(view, pdf_raw(d, key));
}
