/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * zip.c - the directory of a ZIP, compared with the headers it speaks of. See zip.h.
 *
 * APPNOTE 6.3.9: end record (4.3.16) searched from the end, ZIP64 (4.3.14, 4.5.3) followed, directory headers
 * (4.3.12), local headers (4.3.7). Sizes that the writer did not know yet stand in a data descriptor (flag bit
 * 3); there the local header may say 0. A name in some old code page may come with the same in UTF-8 (4.6.9).
 */
#include "zip.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, END64 = 0x06064b50, LOCATOR64 = 0x07064b50 };
enum { LOCAL_LEN = 30, CENTRAL_LEN = 46, END_LEN = 22, LOCATOR64_LEN = 20, END64_LEN = 56 };
enum { FLAG_ENCRYPTED = 1, FLAG_DESCRIPTOR = 8, FLAG_UTF8 = 0x800, FLAGS_LEVEL = 6,
       FLAGS_KNOWN = FLAG_ENCRYPTED | FLAGS_LEVEL | FLAG_DESCRIPTOR | FLAG_UTF8 };

static uint16_t u16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
static uint32_t u32(const uint8_t *p) { return (uint32_t)u16(p) | (uint32_t)u16(p + 2) << 16; }
static uint64_t u64(const uint8_t *p) { return (uint64_t)u32(p) | (uint64_t)u32(p + 4) << 32; }

bool zip_looks_like(struct bytes b)
{
	return b.len >= END_LEN && (u32(b.at) == LOCAL || u32(b.at) == END);
}

static void fault(struct zip *z, enum zip_fault_kind kind, int entry)
{
	for (int i = 0; i < z->n_faults; i++)
		if (z->faults[i].kind == kind && z->faults[i].entry == entry)
			return;
	z->faults = own_grow(z, z->faults, z->n_faults, &z->room_faults, sizeof *z->faults);
	z->faults[z->n_faults++] = (struct zip_fault){ kind, entry };
	if (entry >= 0)
		z->entries[entry].barred = true;
}

bool zip_has_fault(const struct zip *z, enum zip_fault_kind kind)
{
	for (int i = 0; i < z->n_faults; i++)
		if (z->faults[i].kind == kind)
			return true;
	return false;
}

int zip_find(const struct zip *z, const char *name)
{
	for (int i = 0; i < z->n; i++)
		if (strcmp(z->entries[i].name, name) == 0)
			return i;
	return -1;
}

struct extent { uint64_t directory, len, count, end, file_end; };       /* end: where the record after it begins */

static bool inside(const struct zip *z, uint64_t at, uint64_t len)
{
	return at <= z->bytes.len && len <= z->bytes.len - at;
}

static bool read_end(const struct zip *z, size_t i, struct extent *x)
{
	struct bytes b = z->bytes;
	const uint8_t *p = b.at + i;
	uint64_t file_end = i + END_LEN + u16(p + 20);
	*x = (struct extent){ u32(p + 16), u32(p + 12), u16(p + 10), i, file_end };
	if ((x->directory != UINT32_MAX && x->len != UINT32_MAX && x->count != UINT16_MAX)
	    || i < LOCATOR64_LEN || u32(p - LOCATOR64_LEN) != LOCATOR64)
		return true;
	uint64_t at = u64(p - LOCATOR64_LEN + 8);
	if (!inside(z, at, END64_LEN) || u32(b.at + at) != END64)
		return false;
	*x = (struct extent){ u64(b.at + at + 48), u64(b.at + at + 40), u64(b.at + at + 32), at, file_end };
	return true;
}

static bool is_directory(const struct zip *z, uint64_t at)
{
	return inside(z, at, CENTRAL_LEN) && u32(z->bytes.at + at) == CENTRAL;
}

/* The end record is the last one in the file; a comment may follow (64 KiB). One whose directory does not end
 * where it stands is the comment's text, when an earlier one fits and has exactly that comment; but not when
 * a reader that takes what stands before an archive for a program would find a directory by it. */
static bool find_directory(const struct zip *z, struct extent *x, bool *two)
{
	struct bytes b = z->bytes;
	struct extent e;
	bool found = *two = false;
	size_t low = b.len > END_LEN + 65535 ? b.len - END_LEN - 65535 : 0;
	for (size_t i = b.len < END_LEN ? 0 : b.len - END_LEN + 1; i-- > low;) {
		const uint8_t *p = b.at + i;
		size_t after = b.len - i - END_LEN;
		if (u32(p) != END || u16(p + 20) > after || !read_end(z, i, &e))
			continue;
		bool fits = e.directory + e.len == e.end && (e.count == 0 || is_directory(z, e.directory));
		if (!found)
			*x = e;
		else if (fits && u16(p + 20) == after)
			*x = e;
		found = true;
		*two = !fits && e.len <= i && e.directory != i - e.len && is_directory(z, i - e.len);
		if (fits || *two)
			break;
	}
	return found;
}

/* Sizes and offset that did not fit in 32 bits stand in extra field 1, in this order. */
static void widen(struct zip_entry *e, const uint8_t *extra, size_t len)
{
	while (len >= 4) {
		size_t n = u16(extra + 2);
		if (n > len - 4)
			return;
		if (u16(extra) == 1) {
			const uint8_t *p = extra + 4, *end = p + n;
			uint64_t *wide[] = { &e->size, &e->packed, &e->at };
			for (int i = 0; i < 3; i++)
				if (*wide[i] == UINT32_MAX && end - p >= 8) {
					*wide[i] = u64(p);
					p += 8;
				}
		}
		extra += 4 + n;
		len -= 4 + n;
	}
}

/* The Unicode Path of an entry, while it is of this name: programs that know it show that one. at NULL: none. */
static struct bytes unicode_path(const uint8_t *extra, size_t len, const char *raw, size_t raw_len)
{
	while (len >= 4) {
		size_t n = u16(extra + 2);
		if (n > len - 4)
			break;
		if (u16(extra) == 0x7075 && n > 5 && extra[4] == 1
		    && u32(extra + 5) == (uint32_t)crc32(0, (const Bytef *)raw, (uInt)raw_len))
			return (struct bytes){ extra + 9, n - 5 };
		extra += 4 + n;
		len -= 4 + n;
	}
	return (struct bytes){ 0 };
}

/* What the name says in plain ASCII, the Unicode Path may not say otherwise; '?' and '_' stand for what the code page
 * could not write. */
static bool may_be_called(const char *raw, size_t len, struct bytes path)
{
	for (size_t i = 0; i < len; i++)
		if ((raw[i] & 0x80) != 0 || raw[i] == '?' || raw[i] == '_')
			return true;
	return path.len == len && memcmp(path.at, raw, len) == 0;
}

static void check_name(struct zip *z, int i, const char *raw, size_t len)
{
	if (len > ZIP_MAX_NAME)
		fault(z, ZIP_NAME_TOO_LONG, i);
	if (len > 0 && (raw[0] == '/' || raw[0] == '\\' || (len > 1 && raw[1] == ':')))
		fault(z, ZIP_NAME_ABSOLUTE, i);
	for (size_t k = 0, from = 0; k <= len; k++) {
		if (k < len && (unsigned char)raw[k] < 0x20)
			fault(z, ZIP_NAME_CONTROL, i);
		if (k == len || raw[k] == '/' || raw[k] == '\\') {
			if (k - from == 2 && raw[from] == '.' && raw[from + 1] == '.')
				fault(z, ZIP_NAME_UPWARDS, i);
			from = k + 1;
		}
	}
}

static void take_path(struct zip *z, int i, const char *raw, size_t len, struct bytes path)
{
	check_name(z, i, (const char *)path.at, path.len);
	if (!text_is_valid(path) || !may_be_called(raw, len, path))
		fault(z, ZIP_HEADERS_DIFFER, i);
	else
		z->entries[i].name = text_nfc_part(z, (const char *)path.at, path.len < ZIP_MAX_NAME ? path.len : ZIP_MAX_NAME);
}

/* What the entry's own header says, against the directory. Sets where its bytes begin. */
static void check_local(struct zip *z, int i, const char *raw, size_t len, struct bytes path)
{
	struct zip_entry *e = &z->entries[i];
	if (!inside(z, e->at, LOCAL_LEN) || u32(z->bytes.at + e->at) != LOCAL) {
		fault(z, inside(z, e->at, LOCAL_LEN) ? ZIP_HEADERS_DIFFER : ZIP_CUT_OFF, i);
		return;
	}
	const uint8_t *p = z->bytes.at + e->at;
	size_t name_len = u16(p + 26), extra_len = u16(p + 28);
	e->data = e->at + LOCAL_LEN + name_len + extra_len;
	if (!inside(z, e->data, e->packed)) {
		fault(z, ZIP_CUT_OFF, i);
		return;
	}
	struct zip_entry own = { .size = u32(p + 22), .packed = u32(p + 18), .at = 0 };
	widen(&own, p + LOCAL_LEN + name_len, extra_len);
	bool later = (u16(p + 6) & FLAG_DESCRIPTOR) != 0;
	bool sizes =
		(own.size == e->size && own.packed == e->packed && u32(p + 14) == e->crc) ||
		(later && (own.size == 0 || own.size == e->size) &&
		 (own.packed == 0 || own.packed == e->packed) && (u32(p + 14) == 0 || u32(p + 14) == e->crc));
	struct bytes own_path = unicode_path(p + LOCAL_LEN + name_len, extra_len, raw, len);
	if (own_path.at != NULL && (own_path.len != path.len || memcmp(own_path.at, path.at, path.len) != 0))
		fault(z, ZIP_HEADERS_DIFFER, i);
	if (name_len != len || memcmp(p + LOCAL_LEN, raw, len) != 0 || u16(p + 8) != e->method
	    || ((u16(p + 6) ^ e->flags) & FLAG_ENCRYPTED) != 0 || !sizes)
		fault(z, ZIP_HEADERS_DIFFER, i);
	z->loose = z->loose || ((u16(p + 6) ^ e->flags) & ~FLAGS_LEVEL) != 0 || (e->flags & ~FLAGS_KNOWN) != 0;
}

static int by_place(const void *a, const void *b)
{
	const struct zip_entry *x = *(struct zip_entry *const *)a, *y = *(struct zip_entry *const *)b;
	return x->at < y->at ? -1 : x->at > y->at;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(struct zip_entry *const *)a)->name, (*(struct zip_entry *const *)b)->name);
}

static void check_pairs(struct zip *z)
{
	struct zip_entry **sorted = new_array(z, struct zip_entry *, (size_t)z->n + 1);
	for (int i = 0; i < z->n; i++)
		sorted[i] = &z->entries[i];
	qsort(sorted, (size_t)z->n, sizeof *sorted, by_place);
	uint64_t end = 0;
	int holder = -1;
	for (int i = 0; i < z->n; i++) {
		struct zip_entry *e = sorted[i];
		int index = (int)(e - z->entries);
		if (e->data == 0)              /* its header was never found */
			continue;
		if (e->at < end) {
			fault(z, ZIP_OVERLAP, index);
			fault(z, ZIP_OVERLAP, holder);
		}
		if (e->data + e->packed > end) {
			end = e->data + e->packed;
			holder = index;
		}
	}
	if (holder >= 0 && end > z->directory)
		fault(z, ZIP_OVERLAP, holder);
	qsort(sorted, (size_t)z->n, sizeof *sorted, by_name);
	for (int i = 1; i < z->n; i++)
		if (strcmp(sorted[i]->name, sorted[i - 1]->name) == 0) {
			fault(z, ZIP_DOUBLE_NAME, (int)(sorted[i] - z->entries));
			fault(z, ZIP_DOUBLE_NAME, (int)(sorted[i - 1] - z->entries));
		}
	talloc_free(sorted);
}

static void check_sizes(struct zip *z)
{
	uint64_t total = 0;
	for (int i = 0; i < z->n; i++) {
		const struct zip_entry *e = &z->entries[i];
		if ((e->flags & FLAG_ENCRYPTED) != 0)
			fault(z, ZIP_ENCRYPTED, i);
		else if (e->method != 0 && e->method != 8)
			fault(z, ZIP_METHOD, i);
		if (e->size > ZIP_MAX_ENTRY)
			fault(z, ZIP_TOO_BIG, i);
		if (e->size > ZIP_RATIO_FROM && e->size / ZIP_MAX_RATIO > e->packed)
			fault(z, ZIP_RATIO, i);
		total = total > ZIP_MAX_TOTAL ? total
					      : total + (e->size > ZIP_MAX_TOTAL ? ZIP_MAX_TOTAL : e->size);
	}
	if (total > ZIP_MAX_TOTAL)
		fault(z, ZIP_TOTAL_TOO_BIG, -1);
}

struct zip *zip_open(const void *mem, struct bytes bytes)
{
	struct zip *z = new_zero(mem, struct zip);
	struct extent x = { 0 };
	z->bytes = bytes;
	bool two;
	if (!find_directory(z, &x, &two)) {
		fault(z, ZIP_NO_DIRECTORY, -1);
		return z;
	}
	if (two)
		fault(z, ZIP_TWO_DIRECTORIES, -1);
	if (x.count > ZIP_MAX_ENTRIES) {
		fault(z, ZIP_TOO_MANY, -1);
		x.count = ZIP_MAX_ENTRIES;
	}
	z->directory = x.directory;
	z->end = x.file_end;
	z->entries = new_array(z, struct zip_entry, (size_t)x.count + 1);
	uint64_t at = x.directory;
	for (uint64_t k = 0; k < x.count; k++) {
		if (!inside(z, at, CENTRAL_LEN) || u32(bytes.at + at) != CENTRAL) {
			fault(z, ZIP_CUT_OFF, -1);
			break;
		}
		const uint8_t *p = bytes.at + at;
		size_t name = u16(p + 28), extra = u16(p + 30), comment = u16(p + 32);
		if (!inside(z, at, CENTRAL_LEN + name + extra + comment)) {
			fault(z, ZIP_CUT_OFF, -1);
			break;
		}
		const char *raw = (const char *)p + CENTRAL_LEN;
		int i = z->n++;
		struct zip_entry *e = &z->entries[i];
		*e = (struct zip_entry){ .name = text_nfc_part(z, raw, name < ZIP_MAX_NAME ? name : ZIP_MAX_NAME),
			.at = u32(p + 42), .size = u32(p + 24), .packed = u32(p + 20), .crc = u32(p + 16),
			.method = u16(p + 10), .flags = u16(p + 8),
			.folder = name > 0 && (raw[name - 1] == '/' || raw[name - 1] == '\\') };
		widen(e, p + CENTRAL_LEN + name, extra);
		check_name(z, i, raw, name);
		struct bytes path = unicode_path(p + CENTRAL_LEN + name, extra, raw, name);
		if (path.at != NULL)
			take_path(z, i, raw, name, path);
		check_local(z, i, raw, name, path);
		at += CENTRAL_LEN + name + extra + comment;
	}
	z->loose = z->loose || at != x.directory + x.len || at != x.end;
	check_pairs(z);
	check_sizes(z);
	return z;
}

struct zip_stream {
	struct zip *zip;
	int entry;
	z_stream inflate;
	bool deflated, ended, failed;
	uint64_t given;
	uint32_t crc;
};

static void stream_drop(void *stream)
{
	struct zip_stream *s = stream;
	if (s->deflated)
		inflateEnd(&s->inflate);
}

struct zip_stream *zip_stream_open(const void *mem, struct zip *z, int entry)
{
	const struct zip_entry *e = &z->entries[entry];
	if (e->barred || e->folder)
		return NULL;
	struct zip_stream *s = new_zero(mem, struct zip_stream);
	s->zip = z;
	s->entry = entry;
	s->crc = (uint32_t)crc32(0, NULL, 0);
	s->inflate.next_in = (Bytef *)(uintptr_t)(z->bytes.at + e->data);      /* zlib only reads it */
	s->inflate.avail_in = (uInt)(e->packed > UINT32_MAX ? UINT32_MAX : e->packed);
	if (e->method == 8) {
		if (inflateInit2(&s->inflate, -MAX_WBITS) != Z_OK)
			abort();
		s->deflated = true;
	}
	own(s, s, stream_drop);
	return s;
}

static int stream_fault(struct zip_stream *s, enum zip_fault_kind kind)
{
	fault(s->zip, kind, s->entry);
	s->failed = true;
	return -1;
}

/* What inflates to more than it stated, or to more than is allowed, stops at once. */
static int stream_check(struct zip_stream *s, const char *out, size_t n)
{
	const struct zip_entry *e = &s->zip->entries[s->entry];
	s->given += n;
	s->zip->inflated += n;
	s->crc = (uint32_t)crc32(s->crc, (const Bytef *)out, (uInt)n);
	if (s->given > e->size || (s->ended && (s->given != e->size || s->crc != e->crc)))
		return stream_fault(s, ZIP_BAD_DATA);
	if (s->zip->inflated > ZIP_MAX_TOTAL)
		return stream_fault(s, ZIP_TOTAL_TOO_BIG);
	return (int)n;
}

int zip_stream_read(void *stream, char *out, int len)
{
	struct zip_stream *s = stream;
	if (s->failed)
		return -1;
	if (s->ended || len <= 0)
		return 0;
	z_stream *i = &s->inflate;
	if (!s->deflated) {
		size_t n = i->avail_in < (uInt)len ? i->avail_in : (size_t)len;
		if (n > 0)
			memcpy(out, i->next_in, n);
		i->next_in += n;
		i->avail_in -= (uInt)n;
		s->ended = i->avail_in == 0;
		return stream_check(s, out, n);
	}
	i->next_out = (Bytef *)out;
	i->avail_out = (uInt)len;
	while (!s->ended && i->avail_out == (uInt)len) {       /* 0 bytes would say that the end was reached */
		int r = inflate(i, Z_NO_FLUSH);
		s->ended = r == Z_STREAM_END;
		if (r != Z_OK && r != Z_STREAM_END)
			return stream_fault(s, ZIP_BAD_DATA);
	}
	return stream_check(s, out, (size_t)len - i->avail_out);
}

bool zip_read(const void *mem, struct zip *z, int entry, size_t limit, struct bytes *out)
{
	const struct zip_entry *e = &z->entries[entry];
	void *scratch = talloc_new(mem);
	struct zip_stream *s = zip_stream_open(scratch, z, entry);
	*out = (struct bytes){ (const uint8_t *)"", 0 };
	if (s != NULL && e->size > limit)
		fault(z, ZIP_TOO_BIG, entry);
	else if (s != NULL) {
		uint8_t *at = new_array(scratch, uint8_t, (size_t)e->size + 1);
		size_t len = 0;
		char spill;                    /* one byte more than stated shows that it lied */
		int n;
		do {
			size_t room = (size_t)e->size - len;
			n = zip_stream_read(s, room > 0 ? (char *)at + len : &spill, room > INT32_MAX ? INT32_MAX
					    : room > 0 ? (int)room : 1);
			len += n > 0 ? (size_t)n : 0;
		} while (n > 0);
		if (n == 0) {
			*out = (struct bytes){ talloc_steal(mem, at), (size_t)e->size };
			talloc_free(scratch);
			return true;
		}
	}
	talloc_free(scratch);
	return false;
}
