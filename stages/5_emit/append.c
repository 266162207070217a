/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * append.c - the objects of a signature, numbered and written after the file's end. See append.h.
 *
 * An object that must say more than it did (page, form, catalog) is written again under its number as qpdf
 * prints it, with one key replaced; everything it refers to stays where it is.
 */
#include "append.h"
#include "paper.h"
#include "text.h"
#include <openssl/evp.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_FIELDS = 2000,
	MAX_DEPTH = 32,
	MAX_NODES = 2000,
	MAX_COPIED = 500,
	RANGE_ROOM = 60,
	SIZE_MAX_PDF = 8388607
};

struct object {
	int num, gen;
	size_t at;
};

struct work {
	const void *mem;
	struct bytes pdf;
	const struct append_wish *wish;
	struct append *made;
	qpdf_data q;
	qpdf_oh root, form, page; /* of the file; form null: none */
	size_t startxref;
	bool stream; /* its newest cross-reference is a stream */
	int next;    /* first object number that is free */
	struct buffer tail;
	LIST(struct object) objects;
	struct texts names;	      /* of the fields that are there, at the top */
	double width, height, x0, y1; /* of the page: its box's left and upper edge */
	int fields, nodes;
};

static void drop_pdf(void *pdf)
{
	qpdf_data handle = pdf;
	if (qpdf_has_error(handle))
		qpdf_get_error(handle); /* else it is printed */
	qpdf_cleanup(&handle);
}

static bool refuse(struct work *w, const char *vi, const char *en)
{
	w->made->vi = copy_text(w->mem, vi);
	w->made->en = copy_text(w->mem, en);
	return false;
}

static bool refuse_damaged(struct work *w)
{
	return refuse(w,
		      "tệp PDF hỏng hoặc không đúng ISO 32000-1 nên không ký nối tiếp được; hãy xuất lại tệp "
		      "PDF rồi ký",
		      "the PDF is damaged or not as ISO 32000-1 has it, so nothing can be appended; export "
		      "it again, then sign");
}

static bool refuse_certified(struct work *w)
{
	return refuse(
		w,
		"chữ ký đã có trên tệp không cho phép thay đổi gì thêm (ISO 32000-1 12.8.2.2, DocMDP 1); ký "
		"thêm sẽ làm hỏng chữ ký đó, hãy yêu cầu bản chưa chứng nhận",
		"a signature of the file permits no change (ISO 32000-1 12.8.2.2, DocMDP 1); signing would "
		"break it, ask for the file before it was certified");
}

static qpdf_oh find(struct work *w, qpdf_oh d, const char *key)
{
	return qpdf_oh_get_key_if_dict(w->q, d, key);
}
static bool is_dictionary(struct work *w, qpdf_oh d)
{
	return qpdf_oh_is_dictionary(w->q, d);
}

static int count(struct work *w, qpdf_oh array)
{
	return qpdf_oh_is_array(w->q, array) ? qpdf_oh_get_array_n_items(w->q, array) : 0;
}

static double number(struct work *w, qpdf_oh v)
{
	return qpdf_oh_is_number(w->q, v) ? qpdf_oh_get_numeric_value(w->q, v) : 0;
}

/* Reading -------------------------------------------------------------------------------------------------
 */

/* The file ends in %%EOF and white space, and the startxref before it leads to a cross-reference. */
static bool read_end(struct work *w)
{
	size_t end = w->pdf.len, floor = end > 1024 ? end - 1024 : 0, at = end, mark = 0;
	while (end > floor && memchr(" \t\r\n\f", w->pdf.at[end - 1], 6) != NULL)
		end--;
	if (end < 5 || memcmp(w->pdf.at + end - 5, "%%EOF", 5) != 0)
		return false;
	while (at > floor && mark == 0) {
		at--;
		if (w->pdf.len - at > 9 && memcmp(w->pdf.at + at, "startxref", 9) == 0)
			mark = at;
	}
	char digits[24] = "";
	if (mark == 0)
		return false;
	size_t room = w->pdf.len - mark - 9;
	memcpy(digits, w->pdf.at + mark + 9, room < sizeof digits - 1 ? room : sizeof digits - 1);
	char *stop;
	unsigned long long offset = strtoull(digits, &stop, 10);
	if (stop == digits || offset == 0 || offset >= mark)
		return false;
	w->startxref = offset;
	while (offset < mark && memchr(" \t\r\n\f", w->pdf.at[offset], 6) != NULL)
		offset++;
	w->stream = w->pdf.at[offset] >= '0' && w->pdf.at[offset] <= '9';
	return w->stream || (mark - offset > 4 && memcmp(w->pdf.at + offset, "xref", 4) == 0);
}

/* ISO 32000-1 12.8.2.2: P 1 permits no change at all; a field may lock the document so when it is signed. */
static bool forbids_changes(struct work *w, qpdf_oh signature)
{
	qpdf_oh all = find(w, signature, "/Reference");
	for (int i = 0; i < count(w, all) && i < MAX_DEPTH; i++) {
		qpdf_oh r = qpdf_oh_get_array_item(w->q, all, i);
		int p = 2;
		if (qpdf_oh_is_name_and_equals(w->q, find(w, r, "/TransformMethod"), "/DocMDP") &&
		    qpdf_oh_get_value_as_int(w->q, find(w, find(w, r, "/TransformParams"), "/P"), &p) &&
		    p == 1)
			return true;
	}
	return false;
}

/* Names at the top, signatures anywhere. */
static bool read_fields(struct work *w, qpdf_oh fields, int depth)
{
	for (int i = 0; i < count(w, fields); i++) {
		qpdf_oh field = qpdf_oh_get_array_item(w->q, fields, i);
		if (++w->fields > MAX_FIELDS || depth > MAX_DEPTH)
			return refuse_damaged(w);
		qpdf_oh name = find(w, field, "/T"), value = find(w, field, "/V"),
			lock = find(w, field, "/Lock");
		int p = 0;
		if (depth == 0 && qpdf_oh_is_string(w->q, name))
			texts_add(w->mem, &w->names, qpdf_oh_get_utf8_value(w->q, name));
		if (is_dictionary(w, value) && qpdf_oh_is_string(w->q, find(w, value, "/Contents"))) {
			w->made->earlier++;
			bool locked = qpdf_oh_get_value_as_int(w->q, find(w, lock, "/P"), &p) && p == 1;
			if (locked || forbids_changes(w, value))
				return refuse_certified(w);
		}
		if (!read_fields(w, find(w, field, "/Kids"), depth + 1))
			return false;
	}
	return true;
}

static bool read_pdf(struct work *w)
{
	qpdf_set_suppress_warnings(w->q, QPDF_TRUE);
	qpdf_silence_errors(w->q);
	qpdf_set_attempt_recovery(w->q, QPDF_FALSE);
	QPDF_ERROR_CODE code = qpdf_read_memory(w->q, "pdf", (const char *)w->pdf.at, w->pdf.len, NULL);
	bool locked = code & QPDF_ERRORS ? qpdf_get_error_code(w->q, qpdf_get_error(w->q)) == qpdf_e_password
					 : qpdf_is_encrypted(w->q);
	if (locked)
		return refuse(w, "tệp PDF bị mã hóa; hãy bỏ mật khẩu rồi ký",
			      "the PDF is encrypted; take the password off, then sign");
	if (code != 0 || w->pdf.len < 8 || memcmp(w->pdf.at, "%PDF-", 5) != 0 || !read_end(w))
		return refuse_damaged(w);
	qpdf_oh trailer = qpdf_get_trailer(w->q);
	w->root = qpdf_get_root(w->q);
	if (!qpdf_oh_get_value_as_int(w->q, find(w, trailer, "/Size"), &w->next) || w->next < 2 ||
	    w->next > SIZE_MAX_PDF - MAX_COPIED - 10 || !is_dictionary(w, w->root) ||
	    qpdf_oh_get_object_id(w->q, w->root) <= 0)
		return refuse_damaged(w);
	w->form = find(w, w->root, "/AcroForm");
	if (forbids_changes(w, find(w, find(w, w->root, "/Perms"), "/DocMDP")))
		return refuse_certified(w);
	QPDF_BOOL dynamic = QPDF_FALSE;
	if (qpdf_oh_get_value_as_bool(w->q, find(w, w->root, "/NeedsRendering"), &dynamic) && dynamic)
		return refuse(w, "biểu mẫu động (XFA) không ký được; hãy in ra tệp PDF thường",
			      "a dynamic form (XFA) cannot be signed; print it to a plain PDF");
	return read_fields(w, find(w, w->form, "/Fields"), 0);
}

/* Where -----------------------------------------------------------------------------------------------------
 */

static bool find_name(struct work *w, qpdf_oh node, const char *wanted, int depth, qpdf_oh *to)
{
	qpdf_oh names = find(w, node, "/Names"), kids = find(w, node, "/Kids");
	if (depth > MAX_DEPTH || ++w->nodes > MAX_NODES)
		return false;
	for (int i = 0; i + 1 < count(w, names); i += 2) {
		qpdf_oh name = qpdf_oh_get_array_item(w->q, names, i);
		*to = qpdf_oh_get_array_item(w->q, names, i + 1);
		if (is_dictionary(w, *to))
			*to = find(w, *to, "/D");
		if (qpdf_oh_is_string(w->q, name) &&
		    strcmp(qpdf_oh_get_string_value(w->q, name), wanted) == 0)
			return count(w, *to) >= 4 && is_dictionary(w, qpdf_oh_get_array_item(w->q, *to, 0));
	}
	for (int i = 0; i < count(w, kids); i++)
		if (find_name(w, qpdf_oh_get_array_item(w->q, kids, i), wanted, depth + 1, to))
			return true;
	return false;
}

static qpdf_oh inherited(struct work *w, qpdf_oh page, const char *key)
{
	qpdf_oh value = find(w, page, key);
	for (int i = 0; i < MAX_DEPTH && qpdf_oh_is_null(w->q, value) && is_dictionary(w, page); i++) {
		page = find(w, page, "/Parent");
		value = find(w, page, key);
	}
	return value;
}

/* False: no page that can bear something to be seen. */
static bool measure_page(struct work *w)
{
	qpdf_oh box = inherited(w, w->page, "/CropBox");
	if (count(w, box) != 4)
		box = inherited(w, w->page, "/MediaBox");
	if (!is_dictionary(w, w->page) || qpdf_oh_get_object_id(w->q, w->page) <= 0 || count(w, box) != 4)
		return false;
	double e[4];
	for (int i = 0; i < 4; i++)
		e[i] = number(w, qpdf_oh_get_array_item(w->q, box, i));
	w->width = e[2] - e[0];
	w->height = e[3] - e[1];
	w->x0 = e[0];
	w->y1 = e[3];
	return w->width >= 72 && w->height >= 72 && number(w, inherited(w, w->page, "/Rotate")) == 0;
}

/* A named destination of our own papers, on a page that can bear something: makes it the page of the work. */
static bool find_mark(struct work *w, const char *name, double *x, double *y)
{
	qpdf_oh to, was = w->page;
	w->nodes = 0;
	if (!find_name(w, find(w, find(w, w->root, "/Names"), "/Dests"), name, 0, &to))
		return false;
	w->page = qpdf_oh_get_array_item(w->q, to, 0);
	if (!measure_page(w)) {
		w->page = was;
		return false;
	}
	*x = number(w, qpdf_oh_get_array_item(w->q, to, 2)) - w->x0;
	*y = w->y1 - number(w, qpdf_oh_get_array_item(w->q, to, 3));
	return true;
}

/* Where a look belongs. False: this file has no such place. */
static bool find_place(struct work *w, struct box *b)
{
	const struct append_wish *wish = w->wish;
	double x, y, end, slot;
	switch (wish->look) {
	case LOOK_HIDDEN:
		return false;
	case LOOK_PERSON:
	case LOOK_AGENCY:
		if (!find_mark(w, PAPER_SIGN_HERE, &x, &y))
			return false;
		*b = (struct box){ x - 75, y - 36, x + 75, y + 36 };
		if (wish->look == LOOK_AGENCY &&
		    wish->picture.at != NULL) /* its right edge a third into that */
			*b = (struct box){ x - 75 + 50 - 110, y - 55, x - 75 + 50, y + 55 };
		return true;
	case LOOK_ATTACHED:
		if (!measure_page(w))
			return false;
		end = w->width - (w->width > w->height ? 43 : 57); /* the right margin of the papers */
		*b = (struct box){ end - appearance_width(&wish->words) - 1, 14, end,
				   14 + appearance_height(&wish->words) };
		return true;
	case LOOK_NUMBER:
		slot = appearance_slot(PAPER_NUMBER_DOTS, false);
		if (!find_mark(w, PAPER_NUMBER_HERE, &x, &y))
			return false;
		*b = (struct box){ x, y - 12, x + slot, y + 3 };
		return true;
	case LOOK_DAY:
		slot = appearance_slot(PAPER_DAY_DOTS, true);
		if (!find_mark(w, PAPER_MONTH_HERE, &end, &y) || !find_mark(w, PAPER_DAY_HERE, &x, &y) ||
		    end < x)
			return false;
		*b = (struct box){ x, y - 12, end + slot, y + 3 };
		return true;
	}
	return false;
}

/* Chooses page and box. A look that finds no place is hidden; a page always is there. */
static bool choose_place(struct work *w, struct box *box)
{
	const struct append_wish *wish = w->wish;
	int pages = qpdf_get_num_pages(w->q), page = wish->page > 0 ? wish->page : 1;
	if (pages < 1 || page > pages)
		return pages < 1 ? refuse_damaged(w)
				 : refuse(w, "tệp không có trang đó (--box)",
					  "the file has no such page (--box)");
	w->page = qpdf_get_page_n(w->q, (size_t)page - 1);
	*box = wish->box;
	bool bears = wish->page > 0 ? measure_page(w) && wish->look != LOOK_HIDDEN : find_place(w, box);
	w->made->hidden = !bears;
	if (w->made->hidden)
		return qpdf_oh_get_object_id(w->q, w->page) > 0 || refuse_damaged(w);
	if (box->x1 - box->x0 < 1 || box->y1 - box->y0 < 1 || box->x0 < 0 || box->y0 < 0 ||
	    box->x1 > w->width || box->y1 > w->height)
		return refuse(
			w,
			"khung chữ ký nằm ngoài trang (--box TRANG,X0,Y0,X1,Y1; điểm, gốc ở góc trên bên "
			"trái)",
			"the box lies outside the page (--box PAGE,X0,Y0,X1,Y1; points from the top left)");
	return true;
}

/* Writing ---------------------------------------------------------------------------------------------------
 */

static void open_object(struct work *w, int num, int gen)
{
	w->objects.at =
		own_grow(w->mem, w->objects.at, w->objects.n, &w->objects.room, sizeof *w->objects.at);
	w->objects.at[w->objects.n++] = (struct object){ num, gen, w->pdf.len + w->tail.len };
	buffer_format(&w->tail, "%d %d obj\n", num, gen);
}

static void close_object(struct work *w)
{
	buffer_text(&w->tail, "\nendobj\n");
}

/* "<< ... >>" or "[ ... ]" as qpdf prints it, without its end. */
static void put_open(struct work *w, qpdf_oh v, size_t end)
{
	const char *text = qpdf_oh_unparse_resolved(w->q, v);
	size_t len = strlen(text);
	buffer_add(&w->tail, text, len > end ? len - end : 0);
}

/* An array and one reference more; an array that is no array begins new. */
static void put_longer(struct work *w, qpdf_oh array, int num)
{
	if (qpdf_oh_is_array(w->q, array))
		put_open(w, array, 1);
	else
		buffer_text(&w->tail, "[");
	buffer_format(&w->tail, " %d 0 R ]", num);
}

/* The drawn page's objects, under numbers of this file. */
struct copy {
	struct work *w;
	qpdf_data from;
	int first, n;
	int nums[MAX_COPIED];
};

static int number_for(struct copy *c, qpdf_oh v)
{
	int num = qpdf_oh_get_object_id(c->from, v);
	for (int i = 0; i < c->n; i++)
		if (c->nums[i] == num)
			return c->first + i;
	if (c->n == MAX_COPIED)
		abort(); /* it is our own drawing */
	c->nums[c->n] = num;
	return c->first + c->n++;
}

static void put_copied(struct copy *c, qpdf_oh v, bool top);

static void put_dictionary(struct copy *c, qpdf_oh d, bool length)
{
	struct texts keys = { 0 };
	struct buffer *b = &c->w->tail;
	qpdf_oh_begin_dict_key_iter(c->from, d);
	while (qpdf_oh_dict_more_keys(c->from))
		texts_add(c->w->mem, &keys, qpdf_oh_dict_next_key(c->from));
	buffer_text(b, "<<");
	for (int i = 0; i < keys.n; i++)
		if (length || strcmp(keys.at[i], "/Length") != 0) {
			buffer_format(b, " %s ", keys.at[i]);
			put_copied(c, qpdf_oh_get_key(c->from, d, keys.at[i]), false);
		}
}

static void put_stream(struct copy *c, qpdf_oh s, const char *more)
{
	unsigned char *bytes = NULL;
	size_t len = 0;
	struct buffer *b = &c->w->tail;
	if ((qpdf_oh_get_stream_data(c->from, s, qpdf_dl_none, NULL, &bytes, &len) & QPDF_ERRORS) != 0)
		abort();
	put_dictionary(c, qpdf_oh_get_dict(c->from, s), false);
	buffer_format(b, "%s /Length %zu >>\nstream\n", more, len);
	buffer_add(b, bytes, len);
	buffer_text(b, "\nendstream");
	free(bytes);
}

static void put_copied(struct copy *c, qpdf_oh v, bool top)
{
	struct buffer *b = &c->w->tail;
	if (!top && qpdf_oh_is_indirect(c->from, v))
		buffer_format(b, "%d 0 R", number_for(c, v));
	else if (qpdf_oh_is_stream(c->from, v))
		put_stream(c, v, "");
	else if (qpdf_oh_is_dictionary(c->from, v)) {
		put_dictionary(c, v, true);
		buffer_text(b, " >>");
	} else if (qpdf_oh_is_array(c->from, v)) {
		buffer_text(b, "[");
		for (int i = 0; i < qpdf_oh_get_array_n_items(c->from, v); i++) {
			buffer_text(b, " ");
			put_copied(c, qpdf_oh_get_array_item(c->from, v, i), false);
		}
		buffer_text(b, " ]");
	} else
		buffer_text(b, qpdf_oh_unparse(c->from, v));
}

/* The appearance as form XObject `num`, and all it needs. False: the picture is no picture. */
static bool put_appearance(struct work *w, int num, double width, double height)
{
	const char *why = "";
	struct appearance a = {
		.width = width, .height = height, .png = w->wish->picture, .words = &w->wish->words };
	if (w->wish->look == LOOK_NUMBER || w->wish->look == LOOK_DAY) {
		a.italic = w->wish->look == LOOK_DAY;
		a.slot = appearance_slot(a.italic ? PAPER_DAY_DOTS : PAPER_NUMBER_DOTS, a.italic);
	}
	struct bytes drawn = appearance_draw(w->mem, &a, &why);
	w->made->ink = a.ink;
	if (drawn.at == NULL)
		return refuse(w,
			      "ảnh chữ ký, con dấu phải là PNG không quá 4 MB, mỗi cạnh không quá 4000 điểm "
			      "ảnh (NĐ 30/2020 Phụ lục I)",
			      "the picture must be a PNG of at most 4 MB and 4000 pixels an edge (NĐ 30/2020 "
			      "Phụ lục I)");
	struct copy *c = new_zero(w->mem, struct copy);
	*c = (struct copy){ .w = w, .from = qpdf_init(), .first = w->next };
	own(w->mem, c->from, drop_pdf);
	if (qpdf_read_memory(c->from, "drawn", (const char *)drawn.at, drawn.len, NULL) != 0)
		abort();
	qpdf_oh page = qpdf_get_page_n(c->from, 0), content = qpdf_oh_get_key(c->from, page, "/Contents"),
		resources = qpdf_oh_get_key(c->from, page, "/Resources"),
		group = qpdf_oh_get_key(c->from, page, "/Group");
	open_object(w, num, 0);
	struct buffer more = { .mem = w->mem };
	buffer_format(&more, " /Type /XObject /Subtype /Form /BBox [ 0 0 %.2f %.2f ] /Resources %d 0 R",
		      width, height, number_for(c, resources));
	if (qpdf_oh_is_dictionary(c->from, group))
		buffer_format(&more, " /Group %s", qpdf_oh_unparse_resolved(c->from, group));
	put_stream(c, content, more.text);
	close_object(w);
	for (int i = 0; i < c->n; i++) {
		open_object(w, c->first + i, 0);
		put_copied(c, qpdf_get_object_by_id(c->from, c->nums[i], 0), true);
		close_object(w);
	}
	w->next += c->n;
	return true;
}

static char *free_name(struct work *w)
{
	for (int n = 1;; n++) {
		char *name = format_text(w->mem, "Signature%d", n);
		bool taken = false;
		for (int i = 0; i < w->names.n; i++)
			taken = taken || strcmp(w->names.at[i], name) == 0;
		if (!taken)
			return name;
	}
}

static void put_signature(struct work *w, int num, size_t *range)
{
	char *t = time_text(w->mem, w->wish->at + 7 * 3600); /* shifted to Vietnam */
	open_object(w, num, 0);
	buffer_text(&w->tail, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n");
	buffer_format(&w->tail, "/M (D:%.4s%.2s%.2s%.2s%.2s%.2s+07'00')\n", t, t + 5, t + 8, t + 11, t + 14,
		      t + 17);
	*range = w->tail.len;
	buffer_format(&w->tail, "%*s\n/Contents ", RANGE_ROOM, "");
	w->made->contents = w->tail.len;
	buffer_text(&w->tail, "<");
	for (size_t i = 0; i < w->wish->room; i++)
		buffer_text(&w->tail, "00");
	buffer_text(&w->tail, "> >>");
	close_object(w);
}

static void put_field(struct work *w, int num, int signature, int appearance, const struct box *b)
{
	open_object(w, num, 0);
	buffer_format(&w->tail,
		      "<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /F 132 /V %d 0 R /P %d %d R\n",
		      free_name(w), signature, qpdf_oh_get_object_id(w->q, w->page),
		      qpdf_oh_get_generation(w->q, w->page));
	if (w->made->hidden)
		buffer_text(&w->tail, "/Rect [ 0 0 0 0 ] >>");
	else
		buffer_format(&w->tail, "/Rect [ %.2f %.2f %.2f %.2f ] /AP << /N %d 0 R >> >>", w->x0 + b->x0,
			      w->y1 - b->y1, w->x0 + b->x1, w->y1 - b->y0, appearance);
	close_object(w);
}

/* A dictionary of the file again, with `key` as what comes next in the tail. */
static void open_again(struct work *w, qpdf_oh d, const char *key)
{
	open_object(w, qpdf_oh_get_object_id(w->q, d), qpdf_oh_get_generation(w->q, d));
	qpdf_oh_remove_key(w->q, d, key);
	put_open(w, d, 2);
	buffer_format(&w->tail, "%s ", key);
}

/* A form of its own stays under its number; one that stood in the catalog, or none, becomes one. */
static void put_form(struct work *w, int field)
{
	qpdf_oh fields = find(w, w->form, "/Fields");
	bool moves = !is_dictionary(w, w->form) || qpdf_oh_get_object_id(w->q, w->form) <= 0;
	int num = moves ? w->next++ : qpdf_oh_get_object_id(w->q, w->form);
	open_object(w, num, moves ? 0 : qpdf_oh_get_generation(w->q, w->form));
	if (is_dictionary(w, w->form)) {
		qpdf_oh_remove_key(w->q, w->form, "/Fields");
		qpdf_oh_remove_key(w->q, w->form, "/SigFlags");
		put_open(w, w->form, 2);
	} else
		buffer_text(&w->tail, "<< ");
	buffer_text(&w->tail, "/Fields ");
	put_longer(w, fields, field);
	buffer_text(&w->tail, " /SigFlags 3 >>");
	close_object(w);
	if (moves) {
		open_again(w, w->root, "/AcroForm");
		buffer_format(&w->tail, "%d 0 R >>", num);
		close_object(w);
	}
}

/* Cross-reference -------------------------------------------------------------------------------------------
 */

static int by_number(const void *a, const void *b)
{
	const struct object *x = a, *y = b;
	return x->num < y->num ? -1 : x->num > y->num;
}

static void put_trailer(struct work *w)
{
	qpdf_oh trailer = qpdf_get_trailer(w->q), id = find(w, trailer, "/ID"),
		info = find(w, trailer, "/Info");
	buffer_format(&w->tail, "/Size %d /Root %d %d R /Prev %zu", w->next,
		      qpdf_oh_get_object_id(w->q, w->root), qpdf_oh_get_generation(w->q, w->root),
		      w->startxref);
	if (qpdf_oh_is_indirect(w->q, info))
		buffer_format(&w->tail, " /Info %d %d R", qpdf_oh_get_object_id(w->q, info),
			      qpdf_oh_get_generation(w->q, info));
	if (count(w, id) == 2) /* 14.4: the second part changes with every revision */
		buffer_format(
			&w->tail, " /ID [ %s <%.32s> ]",
			qpdf_oh_unparse_resolved(w->q, qpdf_oh_get_array_item(w->q, id, 0)),
			text_sha256(w->mem, (struct bytes){ (const uint8_t *)w->tail.text, w->tail.len }));
}

static void put_table(struct work *w)
{
	struct object *o = w->objects.at;
	buffer_text(&w->tail, "xref\n");
	for (int i = 0, n; i < w->objects.n; i += n) {
		for (n = 1; i + n < w->objects.n && o[i + n].num == o[i].num + n; n++)
			;
		buffer_format(&w->tail, "%d %d\n", o[i].num, n);
		for (int k = 0; k < n; k++)
			buffer_format(&w->tail, "%010zu %05d n \n", o[i + k].at, o[i + k].gen);
	}
	buffer_text(&w->tail, "trailer\n<< ");
	put_trailer(w);
	buffer_text(&w->tail, " >>");
}

/* 7.5.8: type 1, an offset of five bytes, a generation of two; the stream names itself. */
static void put_xref_stream(struct work *w, int num)
{
	struct object *o = w->objects.at;
	struct buffer rows = { .mem = w->mem };
	open_object(w, num, 0);
	o = w->objects.at;
	qsort(o, (size_t)w->objects.n, sizeof *o, by_number);
	buffer_text(&w->tail, "<< /Type /XRef /W [ 1 5 2 ] /Index [");
	for (int i = 0, n; i < w->objects.n; i += n) {
		for (n = 1; i + n < w->objects.n && o[i + n].num == o[i].num + n; n++)
			;
		buffer_format(&w->tail, " %d %d", o[i].num, n);
	}
	for (int i = 0; i < w->objects.n; i++) {
		uint8_t row[8] = { 1, 0, 0, 0, 0, 0, (uint8_t)(o[i].gen >> 8), (uint8_t)o[i].gen };
		for (int k = 0; k < 5; k++)
			row[1 + k] = (uint8_t)((uint64_t)o[i].at >> (8 * (4 - k)));
		buffer_add(&rows, row, sizeof row);
	}
	buffer_text(&w->tail, " ] ");
	put_trailer(w);
	buffer_format(&w->tail, " /Length %zu >>\nstream\n", rows.len);
	buffer_add(&w->tail, rows.text, rows.len);
	buffer_text(&w->tail, "\nendstream");
	close_object(w);
}

static void put_references(struct work *w)
{
	int num = w->stream ? w->next++ : 0;
	size_t at = w->pdf.len + w->tail.len;
	qsort(w->objects.at, (size_t)w->objects.n, sizeof *w->objects.at, by_number);
	if (w->stream)
		put_xref_stream(w, num);
	else
		put_table(w);
	buffer_format(&w->tail, "\nstartxref\n%zu\n%%%%EOF\n", at);
}

static void set_range(struct work *w, size_t at)
{
	size_t gap = w->pdf.len + w->made->contents, after = gap + 2 * w->wish->room + 2;
	char *range = format_text(w->mem, "/ByteRange [ 0 %zu %zu %zu ]", gap, after,
				  w->pdf.len + w->tail.len - after);
	if (strlen(range) > RANGE_ROOM)
		abort();
	memcpy(w->tail.text + at, range, strlen(range));
}

static bool put_all(struct work *w, const struct box *box)
{
	int signature = w->next++, field = w->next++, appearance = w->made->hidden ? 0 : w->next++;
	size_t range;
	if (w->pdf.at[w->pdf.len - 1] != '\n')
		buffer_text(&w->tail, "\n");
	put_signature(w, signature, &range);
	put_field(w, field, signature, appearance, box);
	if (appearance > 0 && !put_appearance(w, appearance, box->x1 - box->x0, box->y1 - box->y0))
		return false;
	qpdf_oh annotations = find(w, w->page, "/Annots");
	open_again(w, w->page, "/Annots");
	put_longer(w, annotations, field);
	buffer_text(&w->tail, " >>");
	close_object(w);
	put_form(w, field);
	put_references(w);
	set_range(w, range);
	return true;
}

bool append_signature(const void *mem, struct bytes pdf, const struct append_wish *wish, struct append *made)
{
	void *mine = talloc_new(mem);
	struct work w = { .mem = mine, .pdf = pdf, .wish = wish, .made = made, .q = qpdf_init() };
	struct box box;
	own(mine, w.q, drop_pdf);
	w.tail.mem = mine;
	*made = (struct append){ .room = wish->room };
	bool good = read_pdf(&w) && choose_place(&w, &box) && put_all(&w, &box);
	if (good && (qpdf_more_warnings(w.q) || qpdf_has_error(w.q)))
		good = refuse_damaged(&w);
	made->vi = copy_text(mem, made->vi);
	made->en = copy_text(mem, made->en);
	made->tail = good ? copy_bytes(mem, w.tail.text, w.tail.len) : (struct bytes){ 0 };
	talloc_free(mine);
	return good;
}
