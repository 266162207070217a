/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * der.c - stepping through BER. See der.h.
 */
#include "der.h"

enum { MAX_DEPTH = 32 };

static bool read_element(struct bytes *rest, struct der *d, int depth)
{
	struct bytes b = *rest;
	if (b.len < 2 || (b.at[0] & 0x1F) == 0x1F || depth > MAX_DEPTH)
		return false;
	size_t head = 2, len = b.at[1];
	if (len > 0x80) {
		size_t n = len & 0x7F;
		if (n > 4 || b.len < 2 + n)
			return false;
		len = 0;
		for (size_t i = 0; i < n; i++)
			len = len << 8 | b.at[2 + i];
		head += n;
	} else if (len == 0x80) {
		struct bytes inner = { b.at + 2, b.len - 2 };
		struct der each;
		while (inner.len >= 2 && (inner.at[0] != 0 || inner.at[1] != 0))
			if (!read_element(&inner, &each, depth + 1))
				return false;
		if (inner.len < 2)
			return false;
		len = (size_t)(inner.at - (b.at + 2));
		*d = (struct der){ b.at[0], { b.at, len + 4 }, { b.at + 2, len } };
		*rest = (struct bytes){ inner.at + 2, inner.len - 2 };
		return true;
	}
	if (len > b.len - head)
		return false;
	*d = (struct der){ b.at[0], { b.at, head + len }, { b.at + head, len } };
	*rest = (struct bytes){ b.at + head + len, b.len - head - len };
	return true;
}

bool der_read(struct bytes *rest, struct der *d)
{
	return rest->at != NULL && read_element(rest, d, 0);
}

bool der_read_tag(struct bytes *rest, uint8_t tag, struct der *d)
{
	struct bytes look = *rest;
	if (!der_read(&look, d) || d->tag != tag)
		return false;
	*rest = look;
	return true;
}

static bool write_definite(struct buffer *b, const struct der *d, int depth)
{
	if ((d->tag & 0x20) == 0) {
		der_write(b, d->tag, d->content.at, d->content.len);
		return true;
	}
	struct buffer inner = { .mem = b->mem };
	struct der each;
	bool pieces = d->tag == 0x24; /* an OCTET STRING in several */
	struct bytes rest = d->content;
	while (depth < MAX_DEPTH && read_element(&rest, &each, depth)) {
		if (pieces && each.tag == 0x04)
			buffer_add(&inner, each.content.at, each.content.len);
		else if (!write_definite(&inner, &each, depth + 1))
			return false;
	}
	der_write(b, pieces ? 0x04 : d->tag, inner.text != NULL ? inner.text : "", inner.len);
	talloc_free(inner.text);
	return rest.len == 0;
}

bool der_definite(struct buffer *b, struct bytes element)
{
	struct der d;
	return der_read(&element, &d) && write_definite(b, &d, 0);
}

void der_write(struct buffer *b, uint8_t tag, const void *content, size_t len)
{
	uint8_t head[6] = { tag, (uint8_t)len };
	size_t n = 2;
	if (len >= 0x80) {
		size_t octets = len < 0x100 ? 1 : len < 0x10000 ? 2 : len < 0x1000000 ? 3 : 4;
		head[1] = (uint8_t)(0x80 | octets);
		for (size_t i = 0; i < octets; i++)
			head[2 + i] = (uint8_t)(len >> 8 * (octets - 1 - i));
		n += octets;
	}
	buffer_add(b, head, n);
	buffer_add(b, content, len);
}
