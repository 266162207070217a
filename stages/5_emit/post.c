/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * post.c - the print set for a parcel: data/post/ of a package.
 *
 *     nhan-gui.pdf                      the address label, wherever the post is a way to send
 *     danh-sach-thiet-bi.pdf .docx      devices of certificates to be revoked, each handed in or lost
 *     nd68-2024-mau-08.pdf .docx        minutes of those handed in (NĐ 68/2024 Điều 20)
 *     nd68-2024-mau-09.pdf .docx        minutes of those lost
 *
 * Minutes are filled by the columns they share with the request; their form is the law's business (schemas/forms).
 */
#include "compose.h"
#include "post.h"
#include "text.h"
#include <ctype.h>
#include <string.h>

static const char *value_of(const struct line *l, const char *column)
{
	for (int i = 0; i < l->form->columns.n; i++)
		if (strcmp(l->form->columns.at[i].name, column) == 0)
			return l->values[i].value;
	return NULL;
}

/* By whole words with their marks: "bị mất" is lost, "khóa bí mật" is what every such device holds. */
bool device_is_lost(const char *reason)
{
	static const char *const words[] = { "thất lạc", "bị mất", "làm mất", "đã mất", "mất thiết bị", "mất usb", "mất token", "mất cắp",
		"đánh mất", "đánh rơi", "không tìm thấy", "rơi mất" };
	static const char secret[] = "khoa bi mat";
	if (reason == NULL)
		return false;
	void *work = talloc_new(NULL);
	char *strong = text_strong(work, reason), *weak = text_weak(work, reason);
	bool plain = strcmp(strong, weak) == 0, lost = false;          /* written without any mark */
	for (char *at = weak; (at = strstr(at, secret)) != NULL;)
		memset(at, ' ', sizeof secret - 1);
	for (size_t i = 0; i < sizeof words / sizeof *words && !lost; i++) {
		const char *word = plain ? text_weak(work, words[i]) : text_strong(work, words[i]), *in = plain ? weak : strong;
		for (const char *at = in; (at = strstr(at, word)) != NULL && !lost; at++)
			lost = (at == in || at[-1] == ' ' || ispunct((unsigned char)at[-1]))
				&& (at[strlen(word)] == 0 || at[strlen(word)] == ' ' || ispunct((unsigned char)at[strlen(word)]));
	}
	talloc_free(work);
	return lost;
}

static bool is_lost(const struct line *l) { return device_is_lost(value_of(l, "reason")); }

/* The package as the minutes see it: their form, the lines of those devices. */
static struct package *minutes_of(const void *mem, const struct package *k, const struct form *f, bool lost)
{
	struct package *m = new_zero(mem, struct package);
	*m = *k;
	m->form = f;
	m->contact = NULL;
	m->lines.at = new_array(mem, struct line *, (size_t)k->lines.n);
	m->lines.n = 0;
	for (int i = 0; i < k->lines.n; i++) {
		const struct line *from = k->lines.at[i];
		if (is_lost(from) != lost)
			continue;
		struct line *to = m->lines.at[m->lines.n++] = new_zero(mem, struct line);
		*to = *from;
		to->form = f;
		to->values = new_array(mem, struct line_value, (size_t)f->columns.n);
		for (int j = 0; j < f->columns.n; j++)
			for (int c = 0; c < from->form->columns.n; c++)
				if (strcmp(f->columns.at[j].name, from->form->columns.at[c].name) == 0)
					to->values[j] = from->values[c];
	}
	return m;
}

static void add_paper(struct bag *bag, const char *name, const struct paper *a)
{
	bag_add(bag, format_text(bag, "post/%s.pdf", name), write_pdf(bag, a), NULL);
	bag_add(bag, format_text(bag, "post/%s.docx", name), write_docx(bag, a), NULL);
}

static void add_minutes(struct plan *p, const struct package *k, struct bag *bag, const char *id, bool lost)
{
	const struct form *f = forms_find(p->forms, id);
	const struct package *m = f != NULL ? minutes_of(bag, k, f, lost) : NULL;
	if (m != NULL && m->lines.n > 0)
		add_paper(bag, format_text(bag, "%s-mau-%s", f->regime, f->number), compose_form(bag, p, m));
}

static struct paper *device_list(const void *mem, const struct plan *p, const struct package *k)
{
	static const struct { const char *label, *column; double width; } columns[] = {
		{ "STT", NULL, 6 }, { "Số hiệu thiết bị", "device_serial", 19 }, { "Tên CTS", "holder_name", 27 },
		{ "Số hiệu CTS", "serial", 21 }, { "Tình trạng", NULL, 13 }, { "Ghi chú", NULL, 14 },
	};
	struct paper *a = paper_new(mem, p->batch->settings->at, "Danh sách thiết bị lưu khóa bí mật");
	a->agency = copy_text(a, k->agency);
	a->place = copy_text(a, k->place);
	a->type = copy_text(a, "DANH SÁCH");
	a->subject = copy_text(a, "thiết bị lưu khóa bí mật của các chứng thư chữ ký số đề nghị thu hồi");
	int lost = 0;
	for (int i = 0; i < k->lines.n; i++)
		lost += is_lost(k->lines.at[i]);
	char *missing = lost > 0 ? format_text(a, ", %02d thiết bị thất lạc", lost) : copy_text(a, "");
	paper_text(a, format_text(a, "Kèm Mẫu số %s của %s: %02d thiết bị giao nộp%s.", k->form->number, k->agency, k->lines.n - lost,
				  missing));
	struct paper_table *t = paper_table(a);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		table_column(a, t, columns[i].label, NULL, columns[i].width, i == 0 || i == 4);
	for (int i = 0; i < k->lines.n; i++) {
		char **cells = table_row(a, t);
		for (size_t j = 0; j < sizeof columns / sizeof *columns; j++)
			cells[j] = columns[j].column != NULL ? copy_text(a, value_of(k->lines.at[i], columns[j].column)) : NULL;
		cells[0] = format_text(a, "%d", i + 1);
		cells[4] = copy_text(a, is_lost(k->lines.at[i]) ? "Thất lạc" : "Giao nộp");
	}
	texts_add(a, &a->sign_beside, "NGƯỜI LẬP");
	house_signs(a, k->agency, &a->sign_as);
	return a;
}

static void add_label(struct plan *p, const struct package *k, struct bag *bag, bool devices)
{
	bool to_authority = text_same(k->to, k->form->to);
	struct label l = {
		.from = k->agency, .to = to_authority ? contact_find(p->tables, "authority", p->day) : k->to,
		.to_address = to_authority ? contact_find(p->tables, "authority-address", p->day) : NULL,
		.to_phone = to_authority ? contact_find(p->tables, "authority-phone", p->day) : NULL,
		.from_address = k->contact != NULL ? request_cell(k->contact, "contact_address") : NULL,
		.from_phone = k->contact != NULL ? request_cell(k->contact, "contact_phone") : NULL,
		.inside = format_text(bag, "Mẫu số %s (%02d chứng thư)%s", k->form->number, k->lines.n,
				      devices ? ", thiết bị lưu khóa bí mật, danh sách và biên bản" : ""),
		.title = "Nhãn gửi bưu điện", .at = p->batch->settings->at,
	};
	bag_add(bag, "post/nhan-gui.pdf", write_label(bag, &l), NULL);
}

bool has_devices(const struct package *k) { return strcmp(k->form->id, "nd68-2024/mau-05") == 0; }

bool goes_by_post(const struct package *k)
{
	return has_devices(k) || (k->channel != NULL && (strstr(k->channel, "bưu điện") != NULL
						       || strstr(k->channel, "VNPost") != NULL));
}

void add_post_set(struct plan *p, const struct package *k, struct bag *bag)
{
	if (!goes_by_post(k))
		return;
	if (has_devices(k)) {
		add_paper(bag, "danh-sach-thiet-bi", device_list(bag, p, k));
		add_minutes(p, k, bag, "nd68-2024/mau-08", false);
		add_minutes(p, k, bag, "nd68-2024/mau-09", true);
	}
	add_label(p, k, bag, has_devices(k));
}
