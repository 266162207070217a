/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pdf_xref.c - cross-reference tables and streams, newest to oldest (ISO 32000-1 7.5.4, 7.5.8). See pdf.h.
 *
 * The newest section that names an object decides. In a hybrid file (7.5.8.4) the stream named by /XRefStm
 * speaks for what its table calls free. White space before the word xref is forgiven, nothing else is.
 */
#include "pdf_parse.h"
#include <string.h>

enum { MAX_SECTIONS = 4096, MAX_OBJECTS = 8388608, STARTXREF_WITHIN = 2048 };

static struct pdf_entry *entry_for(struct pdf *view, int64_t num)
{
	if (num < 0 || num >= MAX_OBJECTS)
		return NULL;
	if (num >= view->entries_n) {
		int n = view->entries_n < 64 ? 64 : view->entries_n;
		while (n <= num)
			n *= 2;
		struct pdf_entry *more = new_array(view, struct pdf_entry, (size_t)n);
		if (view->entries_n > 0)
			memcpy(more, view->entries, (size_t)view->entries_n * sizeof *more);
		talloc_free(view->entries);
		view->entries = more;
		view->entries_n = n;
	}
	return &view->entries[num];
}

static void note_entry(struct pdf *view, int64_t num, struct pdf_entry new_one, bool hybrid)
{
	struct pdf_entry *e = entry_for(view, num);
	if (new_one.kind == 1 && e != NULL) {
		view->known =
			own_grow(view, view->known, view->known_n, &view->known_room, sizeof *view->known);
		view->known[view->known_n++] = (struct pdf_place){ new_one.at, (int)num };
	}
	if (e != NULL && num > 0 && !hybrid && e->kind != 0 && e->section == new_one.section &&
	    (e->kind != new_one.kind || e->at != new_one.at || e->gen != new_one.gen) && view->doubled == 0)
		view->doubled = new_one.section + 1;
	if (e == NULL || (e->kind != 0 && !(hybrid && e->kind == 3 && e->section == new_one.section)))
		return;
	*e = new_one;
}

static bool read_table(struct pdf *view, struct pdf_parser *p, uint16_t section)
{
	int64_t first, n, at, gen;
	for (;;) {
		struct pdf_parser look = *p;
		if (!pdf_digits(&look, &first) || !pdf_digits(&look, &n))
			return true; /* the trailer stands next */
		*p = look;
		for (int64_t i = 0; i < n; i++) {
			if (!pdf_digits(p, &at) || !pdf_digits(p, &gen))
				return false;
			bool in_use = pdf_word(p, "n");
			if (!in_use && !pdf_word(p, "f"))
				return false;
			note_entry(view, first + i,
				   (struct pdf_entry){ in_use && at > 0 ? 1 : 3, section,
						       gen > 65535 ? 65535 : (int)gen, (size_t)at },
				   false);
		}
	}
}

static uint64_t read_field(const uint8_t **at, int width, uint64_t otherwise)
{
	uint64_t v = width == 0 ? otherwise : 0;
	for (int i = 0; i < width; i++)
		v = v << 8 | *(*at)++;
	return v;
}

static bool read_xref_stream(struct pdf *view, const struct pdf_value *s, uint16_t section, bool hybrid)
{
	const struct pdf_value *w = pdf_raw(s, "W"), *index = pdf_raw(s, "Index");
	if (w == NULL || w->type != PDF_ARRAY || w->items.n < 3)
		return false;
	int width[3];
	for (int i = 0; i < 3; i++) {
		int64_t n = pdf_integer(&w->items.at[i], -1);
		if (n < 0 || n > 8)
			return false;
		width[i] = (int)n;
	}
	struct bytes in = pdf_decode(view, s);
	size_t row = (size_t)(width[0] + width[1] + width[2]);
	if (in.at == NULL || row == 0)
		return false;
	struct pdf_value whole[2] = { { .type = PDF_INTEGER },
				      { .type = PDF_INTEGER, .integer = pdf_integer(pdf_raw(s, "Size"), 0) } };
	const struct pdf_value *ranges = whole;
	int ranges_n = 2;
	if (index != NULL && index->type == PDF_ARRAY) {
		ranges = index->items.at;
		ranges_n = index->items.n;
	}
	const uint8_t *at = in.at, *end = in.at + in.len;
	for (int r = 0; r + 1 < ranges_n; r += 2) {
		int64_t first = pdf_integer(&ranges[r], -1), n = pdf_integer(&ranges[r + 1], -1);
		for (int64_t i = 0; first >= 0 && i < n && at + row <= end; i++) {
			uint64_t kind = read_field(&at, width[0], 1), b = read_field(&at, width[1], 0),
				 c = read_field(&at, width[2], 0);
			if (kind <= 2)
				note_entry(view, first + i,
					   (struct pdf_entry){
						   kind == 0 || (kind == 1 && b == 0) ? 3 : (uint8_t)kind,
						   section, c > INT32_MAX ? 0 : (int)c, (size_t)b },
					   hybrid);
		}
	}
	return true;
}

static void note_section(struct pdf *view, size_t at, size_t end)
{
	view->sections = own_grow(view, view->sections, view->sections_n, &view->sections_room,
				  sizeof *view->sections);
	view->sections[view->sections_n++] = (struct pdf_section){ at, end };
}

static const struct pdf_value *read_section(struct pdf *view, size_t at, uint16_t number)
{
	struct pdf_parser p = { .in = { view->file->bytes.at, view->end }, .pos = at, .pool = view->file->pool };
	if (at >= view->end)
		return NULL;
	if (!pdf_word(&p, "xref")) {
		const struct pdf_value *s = pdf_parse_at(view, at);
		if (s == NULL || s->type != PDF_STREAM || !pdf_is_name(pdf_raw(s, "Type"), "XRef"))
			return NULL;
		note_section(view, s->at, s->end);
		return read_xref_stream(view, s, number, false) ? s : NULL;
	}
	struct pdf_value *trailer = pdf_pool_take(view->file->pool, sizeof *trailer);
	if (!read_table(view, &p, number) || !pdf_word(&p, "trailer") || !pdf_value(&p, trailer) ||
	    trailer->type != PDF_DICTIONARY)
		return NULL;
	note_section(view, at, p.pos);
	int64_t hybrid = pdf_integer(pdf_raw(trailer, "XRefStm"), 0);
	const struct pdf_value *s = hybrid > 0 ? pdf_parse_at(view, (size_t)hybrid) : NULL;
	if (s == NULL && hybrid > 0)
		s = pdf_parse_at(view, (size_t)hybrid + view->file->shift);
	if (s != NULL && s->type == PDF_STREAM)
		read_xref_stream(view, s, number, true);
	return trailer;
}

bool pdf_read_sections(struct pdf *view, size_t at, const char **why)
{
	int64_t next = (int64_t)at,
		mark = -1; /* moved up at every power of two: any circle comes back to it */
	for (int n = 0; next > 0 || n == 0; n++) {
		if (next == mark) {
			*why = "ISO 32000-1 7.5.5: the chain of cross-references runs in a circle";
			return false;
		}
		if ((n & (n - 1)) == 0)
			mark = next;
		const struct pdf_value *trailer =
			n < MAX_SECTIONS ? read_section(view, (size_t)next, (uint16_t)n) : NULL;
		if (trailer == NULL && view->file->shift > 0 && n < MAX_SECTIONS)
			trailer = read_section(view, (size_t)next + view->file->shift, (uint16_t)n);
		if (trailer == NULL) {
			*why = "ISO 32000-1 7.5.4: a cross-reference section is missing or damaged";
			return false;
		}
		if (view->trailer == NULL)
			view->trailer = trailer;
		next = pdf_integer(pdf_raw(trailer, "Prev"), 0);
	}
	return true;
}

static bool find_startxref(const struct pdf_file *f, size_t end, size_t *at)
{
	size_t from = end > STARTXREF_WITHIN ? end - STARTXREF_WITHIN : 0;
	for (size_t i = end; i-- > from;) {
		if (f->bytes.at[i] != 's' || end - i < 9 || memcmp(f->bytes.at + i, "startxref", 9) != 0)
			continue;
		struct pdf_parser p = { .in = { f->bytes.at, end }, .pos = i + 9 };
		int64_t offset;
		if (!pdf_digits(&p, &offset))
			return false;
		*at = (size_t)offset;
		return true;
	}
	return false;
}

static void set_encryption(struct pdf *view)
{
	const struct pdf_value *encrypt = pdf_raw(view->trailer, "Encrypt"),
			       *id = pdf_find(view, view->trailer, "ID");
	if (encrypt == NULL || encrypt->type == PDF_NULL)
		return;
	const struct pdf_value *first =
		id->type == PDF_ARRAY && id->items.n > 0 ? pdf_resolve(view, &id->items.at[0]) : &pdf_null;
	struct pdf_file *f = view->file;
	const struct pdf_value *rules = pdf_resolve(view, encrypt);
	if (f->crypt == NULL)
		f->crypt = pdf_crypt_new(f, view, rules,
					 first->type == PDF_STRING ? first->text : (struct bytes){ 0 });
	view->encrypted = f->crypt == NULL;
}

struct pdf *pdf_open(struct pdf_file *f, size_t end, const char **why)
{
	struct pdf *view = new_zero(f, struct pdf);
	view->file = f;
	view->end = end;
	if (!find_startxref(f, end, &view->startxref)) {
		*why = "ISO 32000-1 7.5.5: no startxref at the end";
		return NULL;
	}
	if (!pdf_read_sections(view, view->startxref, why))
		return NULL;
	set_encryption(view);
	if (pdf_find(view, view->trailer, "Root")->type != PDF_DICTIONARY) {
		*why = view->encrypted ? "the file is encrypted and does not open with the empty password"
				       : "ISO 32000-1 7.5.5: the trailer names no document catalog";
		return NULL;
	}
	return view;
}
