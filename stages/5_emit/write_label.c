/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * write_label.c - the address label of a parcel: A5 across, who sends, who takes it, what is inside.
 *
 * What is not known (the sender's street and telephone) is a dotted line for a pen.
 */
#include "paper.h"
#include "pen.h"
#include "text.h"
#include <string.h>

static const char blank[] = "................................................................";

static double said(struct pen *p, double x, double room, double y, const char *label, const char *value, enum face face,
		   double size)
{
	char *line = format_text(p->mem, "%s%s", label, value != NULL ? value : blank);
	if (value == NULL)                     /* dots up to the edge, on this line only */
		for (size_t n = 0; pen_use(p, face, size), pen_wide(p, line) > room && (n = strlen(line)) > 0;)
			line[n - 1] = 0;
	return pen_column(p, x, room, y, line, LEFT, face, size) + 3;
}

struct bytes write_label(const void *mem, const struct label *l)
{
	struct pen_about about = { l->title, l->from, l->inside, l->at };
	struct pen *p = pen_new(mem, 210 * MM, 148 * MM, &about);
	double left = 12 * MM, right = p->width - 12 * MM, top = 12 * MM, bottom = p->height - 12 * MM, middle = top + 44 * MM;
	double half = left + (right - left) * 0.42, pad = 4 * MM;
	pen_frame(p, left, top, right, bottom);
	double y = said(p, left + pad, right - left - 2 * pad, top + pad, "", "NGƯỜI GỬI", BOLD, 11);
	y = said(p, left + pad, right - left - 2 * pad, y, "", l->from, BOLD, 14);
	y = said(p, left + pad, right - left - 2 * pad, y, "Địa chỉ: ", l->from_address, REGULAR, 13);
	said(p, left + pad, right - left - 2 * pad, y, "Điện thoại: ", l->from_phone, REGULAR, 13);
	pen_rule(p, left, right, middle);
	y = said(p, left + pad, half - left - 2 * pad, middle + pad, "", "BÊN TRONG", BOLD, 11);
	y = said(p, left + pad, half - left - 2 * pad, y, "", l->inside, REGULAR, 12);
	said(p, left + pad, half - left - 2 * pad, y, "Công văn số: ", NULL, REGULAR, 12);
	pen_frame(p, half, middle, right, bottom);
	y = said(p, half + pad, right - half - 2 * pad, middle + pad, "", "NGƯỜI NHẬN", BOLD, 11);
	y = said(p, half + pad, right - half - 2 * pad, y, "", l->to, BOLD, 17);
	y = said(p, half + pad, right - half - 2 * pad, y, "Địa chỉ: ", l->to_address, REGULAR, 15);
	said(p, half + pad, right - half - 2 * pad, y, "Điện thoại: ", l->to_phone, REGULAR, 15);
	return pen_end(mem, p);
}
