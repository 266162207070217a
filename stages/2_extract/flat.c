/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * flat.c - appearances moved into the page, through qpdf's C API. See flat.h.
 *
 * ISO 32000-1, 12.5.5: the form's BBox, turned by its Matrix, is fitted into the annotation's Rect. The page's
 * own content is put between q and Q first, since it may leave the graphics state as it likes.
 */
#include "flat.h"
#include "text.h"
#include <math.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

enum { HIDDEN = 2, NO_VIEW = 32, MAX_ANNOTS = 2000, MAX_PAGES = 2000 };

struct rect { double x0, y0, x1, y1; };

static void drop_qpdf(void *handle)
{
	qpdf_data q = handle;
	qpdf_cleanup(&q);
}

static qpdf_data open_pdf(const void *mem, struct bytes pdf)
{
	qpdf_data q = own(mem, qpdf_init(), drop_qpdf);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	qpdf_set_attempt_recovery(q, QPDF_TRUE);
	return (qpdf_read_memory(q, "letter", (const char *)pdf.at, pdf.len, NULL) & QPDF_ERRORS) ? NULL : q;
}

static bool read_numbers(qpdf_data q, qpdf_oh array, double *to, int n)
{
	if (!qpdf_oh_is_array(q, array) || qpdf_oh_get_array_n_items(q, array) < n)
		return false;
	for (int i = 0; i < n; i++) {
		qpdf_oh item = qpdf_oh_get_array_item(q, array, i);
		if (!qpdf_oh_is_number(q, item))
			return false;
		to[i] = qpdf_oh_get_numeric_value(q, item);
		if (!isfinite(to[i]) || fabs(to[i]) > 1e7)
			return false;
	}
	return true;
}

static bool read_rect(qpdf_data q, qpdf_oh array, struct rect *r)
{
	double v[4];
	if (!read_numbers(q, array, v, 4))
		return false;
	*r = (struct rect){ fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]), fmax(v[1], v[3]) };
	return true;
}

/* The appearance to show: AP/N, or the one of its states that AS names. */
static bool appearance_of(qpdf_data q, qpdf_oh annot, qpdf_oh *form)
{
	if (!qpdf_oh_is_dictionary(q, annot))
		return false;
	qpdf_oh flags = qpdf_oh_get_key(q, annot, "/F"), kind = qpdf_oh_get_key(q, annot, "/Subtype");
	if (qpdf_oh_is_integer(q, flags) && (qpdf_oh_get_int_value_as_int(q, flags) & (HIDDEN | NO_VIEW)))
		return false;
	if (qpdf_oh_is_name_and_equals(q, kind, "/Link") || qpdf_oh_is_name_and_equals(q, kind, "/Popup"))
		return false;
	*form = qpdf_oh_get_key_if_dict(q, qpdf_oh_get_key(q, annot, "/AP"), "/N");
	if (qpdf_oh_is_dictionary(q, *form)) {
		qpdf_oh state = qpdf_oh_get_key(q, annot, "/AS");
		if (!qpdf_oh_is_name(q, state))
			return false;
		*form = qpdf_oh_get_key(q, *form, qpdf_oh_get_name(q, state));
	}
	return qpdf_oh_is_stream(q, *form);
}

/* Where the form lands: "q sx 0 0 sy tx ty cm /name Do Q", or false when it has no size. */
static bool place_form(qpdf_data q, qpdf_oh form, struct rect to, const char *name, struct buffer *content)
{
	qpdf_oh dict = qpdf_oh_get_dict(q, form);
	double m[6] = { 1, 0, 0, 1, 0, 0 };
	struct rect b;
	if (!read_rect(q, qpdf_oh_get_key(q, dict, "/BBox"), &b))
		return false;
	read_numbers(q, qpdf_oh_get_key(q, dict, "/Matrix"), m, 6);
	struct rect t = { 1e9, 1e9, -1e9, -1e9 };
	for (int i = 0; i < 4; i++) {
		double x = i & 1 ? b.x1 : b.x0, y = i & 2 ? b.y1 : b.y0;
		double u = m[0] * x + m[2] * y + m[4], v = m[1] * x + m[3] * y + m[5];
		t = (struct rect){ fmin(t.x0, u), fmin(t.y0, v), fmax(t.x1, u), fmax(t.y1, v) };
	}
	if (t.x1 - t.x0 < 1e-6 || t.y1 - t.y0 < 1e-6 || to.x1 - to.x0 < 0.01 || to.y1 - to.y0 < 0.01)
		return false;
	double sx = (to.x1 - to.x0) / (t.x1 - t.x0), sy = (to.y1 - to.y0) / (t.y1 - t.y0);
	buffer_format(content, "q %.6f 0 0 %.6f %.6f %.6f cm %s Do Q\n", sx, sy, to.x0 - t.x0 * sx, to.y0 - t.y0 * sy,
		      name);
	return true;
}

/* Partial names from the field up to the root, dots between (ISO 32000-1, 12.7.3.2). */
static char *field_name(const void *mem, qpdf_data q, qpdf_oh field, bool *signature)
{
	char *name = NULL;
	for (int depth = 0; depth < 32 && qpdf_oh_is_dictionary(q, field); depth++) {
		qpdf_oh t = qpdf_oh_get_key(q, field, "/T");
		if (qpdf_oh_is_string(q, t)) {
			char *part = text_line(mem, qpdf_oh_get_utf8_value(q, t));
			name = name == NULL ? part : format_text(mem, "%s.%s", part, name);
		}
		if (qpdf_oh_is_name_and_equals(q, qpdf_oh_get_key(q, field, "/FT"), "/Sig"))
			*signature = true;
		field = qpdf_oh_get_key(q, field, "/Parent");
	}
	return name;
}

/* From PDF's user space to the page as it is shown: crop box, rotation, origin top left. */
static struct box shown_box(qpdf_data q, qpdf_oh page, struct rect r)
{
	struct rect c = { 0, 0, 595.3, 841.9 };
	qpdf_oh crop = qpdf_oh_get_key(q, page, "/CropBox"), turn = qpdf_oh_get_key(q, page, "/Rotate");
	if (!read_rect(q, crop, &c))
		read_rect(q, qpdf_oh_get_key(q, page, "/MediaBox"), &c);
	int degrees = qpdf_oh_is_integer(q, turn) ? qpdf_oh_get_int_value_as_int(q, turn) % 360 : 0;
	if (degrees < 0)
		degrees += 360;
	double x0 = r.x0 - c.x0, x1 = r.x1 - c.x0, y0 = c.y1 - r.y1, y1 = c.y1 - r.y0, w = c.x1 - c.x0, h = c.y1 - c.y0;
	switch (degrees) {
	case 90: return (struct box){ h - y1, x0, h - y0, x1 };
	case 180: return (struct box){ w - x1, h - y1, w - x0, h - y0 };
	case 270: return (struct box){ y0, w - x1, y1, w - x0 };
	default: return (struct box){ x0, y0, x1, y1 };
	}
}

static void add_content(qpdf_data q, qpdf_oh page, const char *drawn)
{
	qpdf_oh before = qpdf_oh_new_stream(q), after = qpdf_oh_new_stream(q), all = qpdf_oh_new_array(q);
	qpdf_oh none = qpdf_oh_new_null(q), old = qpdf_oh_get_key(q, page, "/Contents");
	qpdf_oh_replace_stream_data(q, before, (const unsigned char *)"q\n", 2, none, none);
	qpdf_oh_append_item(q, all, before);
	if (qpdf_oh_is_array(q, old))
		for (int i = 0, n = qpdf_oh_get_array_n_items(q, old); i < n; i++)
			qpdf_oh_append_item(q, all, qpdf_oh_get_array_item(q, old, i));
	else if (qpdf_oh_is_stream(q, old))
		qpdf_oh_append_item(q, all, old);
	char *text = format_text(NULL, "\nQ\n%s", drawn);
	qpdf_oh_replace_stream_data(q, after, (const unsigned char *)text, strlen(text), none, none);
	talloc_free(text);
	qpdf_oh_append_item(q, all, after);
	qpdf_oh_replace_key(q, page, "/Contents", all);
}

/* Pictures are XObjects, or stand in one that is a form. */
static bool has_drawings(qpdf_data q, qpdf_oh page)
{
	qpdf_oh all = qpdf_oh_get_key_if_dict(q, qpdf_oh_get_key(q, page, "/Resources"), "/XObject");
	if (!qpdf_oh_is_dictionary(q, all))
		return false;
	qpdf_oh_begin_dict_key_iter(q, all);
	return qpdf_oh_dict_more_keys(q);
}

static void flatten_page(const void *mem, qpdf_data q, qpdf_oh page, int number, int *forms, struct flat *flat)
{
	qpdf_oh annots = qpdf_oh_get_key(q, page, "/Annots"), form;
	int n = qpdf_oh_is_array(q, annots) ? qpdf_oh_get_array_n_items(q, annots) : 0;
	if (n == 0)
		return;
	struct buffer content = { .mem = mem };
	qpdf_oh resources = qpdf_oh_get_key(q, page, "/Resources"), drawn = qpdf_oh_new_dictionary(q);
	if (!qpdf_oh_is_dictionary(q, resources)) {
		resources = qpdf_oh_new_dictionary(q);
		qpdf_oh_replace_key(q, page, "/Resources", resources);
	}
	qpdf_oh had = qpdf_oh_get_key(q, resources, "/XObject");
	if (qpdf_oh_is_dictionary(q, had))
		drawn = had;
	else
		qpdf_oh_replace_key(q, resources, "/XObject", drawn);
	for (int i = 0; i < n && i < MAX_ANNOTS; i++) {
		qpdf_oh annot = qpdf_oh_get_array_item(q, annots, i);
		struct rect r;
		if (!appearance_of(q, annot, &form) || !read_rect(q, qpdf_oh_get_key(q, annot, "/Rect"), &r))
			continue;
		char *name = format_text(mem, "/CongVanFlat%d", (*forms)++);
		if (!place_form(q, form, r, name, &content))
			continue;
		qpdf_oh_replace_key(q, drawn, name, form);
		flat->widgets.at = own_grow(mem, flat->widgets.at, flat->widgets.n, &flat->widgets.room,
					    sizeof *flat->widgets.at);
		struct widget *w = &flat->widgets.at[flat->widgets.n++];
		*w = (struct widget){ .page = number, .box = shown_box(q, page, r) };
		w->name = field_name(mem, q, annot, &w->signature);
	}
	if (content.len > 0) {
		add_content(q, page, content.text);
		qpdf_oh_remove_key(q, page, "/Annots");
	}
}

struct flat flat_copy(const void *mem, struct bytes pdf)
{
	struct flat flat = { 0 };
	void *tmp = talloc_new(NULL);
	qpdf_data q = open_pdf(tmp, pdf);
	int pages = q != NULL ? qpdf_get_num_pages(q) : 0, forms = 0;
	if (pages > 0 && pages <= MAX_PAGES) {
		qpdf_push_inherited_attributes_to_page(q);
		flat.drawings = new_array(mem, bool, (size_t)pages);
		flat.pages = pages;
		for (int i = 0; i < pages; i++) {
			qpdf_oh page = qpdf_get_page_n(q, (size_t)i);
			flat.drawings[i] = has_drawings(q, page);
			flatten_page(mem, q, page, i + 1, &forms, &flat);
		}
	}
	if (flat.widgets.n > 0 && !(qpdf_init_write_memory(q) & QPDF_ERRORS)) {
		qpdf_set_stream_data_mode(q, qpdf_s_preserve);
		qpdf_set_compress_streams(q, QPDF_FALSE);
		qpdf_set_preserve_encryption(q, QPDF_FALSE);
		if (!(qpdf_write(q) & QPDF_ERRORS))
			flat.bytes = copy_bytes(mem, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	}
	if (flat.bytes.len == 0)
		flat.widgets.n = 0;
	talloc_free(tmp);
	return flat;
}

bool flat_invisible_text(struct bytes pdf, int page)
{
	void *tmp = talloc_new(NULL);
	qpdf_data q = open_pdf(tmp, pdf);
	unsigned char *content = NULL;
	size_t n = 0;
	bool found = false;
	if (q != NULL && page <= qpdf_get_num_pages(q)
	    && !(qpdf_oh_get_page_content_data(q, qpdf_get_page_n(q, (size_t)page - 1), &content, &n) & QPDF_ERRORS))
		found = content != NULL && memmem(content, n, "3 Tr", 4) != NULL;
	free(content);
	talloc_free(tmp);
	return found;
}
