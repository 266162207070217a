/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_page.c - pages with boxes. See report_page.h.
 *
 * A page is drawn from its words, each where it was read and as wide as it was, so the picture is exactly what the
 * program saw: what is missing here was not read. Boxes are coloured by how sure a value is and carry its name,
 * value, source and confidence. One self-contained page; nothing of the letter becomes markup.
 */
#include "report_page.h"
#include "covers.h"
#include "report_html.h"
#include <string.h>

enum { MAX_PAGES = 60 };

static const char *colour(double confidence)
{
	return confidence >= 0.9 ? "#1a7f37" : confidence >= 0.5 ? "#bf8700" : "#cf222e";
}

static const char *source_word(const struct place *p, enum lang lang)
{
	static const char *const words[][2] = {
		{ "lớp chữ", "text" }, { "nhận dạng ảnh", "OCR" }, { "XML", "XML" }, { "hình chữ ký số", "signature appearance" },
		{ "bảng tính", "sheet" }, { "văn bản Office", "office file" }, { "suy ra", "derived" },
	};
	return words[p->source][lang == LANG_VI ? 0 : 1];
}

/* What people call a field or its attribute; a cell of a form keeps its name. */
static const char *label_of(const char *name, enum lang lang)
{
	static const struct { const char *name, *vi, *en; } labels[] = {
		{ "parent_agency", "Cơ quan chủ quản", "Superior" }, { "agency", "Cơ quan ban hành", "Agency" },
		{ "number", "Số", "Number" }, { "symbol", "Ký hiệu", "Symbol" }, { "place", "Địa danh", "Place" },
		{ "date", "Ngày", "Date" }, { "document_type", "Tên loại", "Type" }, { "subject", "Trích yếu", "Subject" },
		{ "recipients", "Kính gửi", "To" }, { "signers", "Người ký", "Signer" }, { "copies", "Nơi nhận", "Copy to" },
		{ "citations", "Căn cứ, viện dẫn", "Cited" }, { "mentions", "Văn bản được nhắc", "Mentioned" },
		{ "deadlines", "Thời hạn", "Deadline" }, { "phones", "Điện thoại", "Telephone" },
		{ "emails", "Thư điện tử", "Mailbox" }, { "urgency", "Độ khẩn", "Urgency" }, { "secrecy", "Độ mật", "Secrecy" },
		{ "incoming_number", "Số đến", "Incoming number" }, { "incoming_date", "Ngày đến", "Incoming date" },
		{ "authority", "Quyền hạn", "Authority" }, { "for_title", "Ký thay, ký thừa lệnh", "For" }, { "title", "Chức vụ", "Title" },
		{ "then_authority", "Quyền hạn tiếp theo", "Then" }, { "then_for_title", "Ký thay tiếp theo", "Then for" },
		{ "type", "Loại", "Type" }, { "code", "Số, ký hiệu", "Code" }, { "issuer", "Nơi ban hành", "Issuer" },
		{ "article", "Điều, khoản", "Article" }, { "says", "Nguyên văn", "Says" },
		{ "drafting_unit", "Đơn vị soạn thảo", "Drafting unit" }, { "drafter", "Người soạn thảo", "Drafter" },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].name, name) == 0)
			return lang == LANG_VI ? labels[i].vi : labels[i].en;
	return name;
}

static void write_words(const struct page *p, FILE *out)
{
	for (int i = 0; i < p->words.n; i++) {
		const struct word *w = &p->words.at[i];
		double wide = w->box.x1 - w->box.x0, high = w->box.y1 - w->box.y0;
		if (w->pass != 0 || wide <= 0 || high <= 0)
			continue;
		fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" textLength=\"%.1f\"%s%s>", w->box.x0,
			w->box.y1 - 0.22 * high, 0.86 * high, wide, w->bold ? " font-weight=\"bold\"" : "",
			w->drawn_by != NULL ? " fill=\"#0550ae\"" : "");
		report_html_text(w->text, out);
		fputs("</text>\n", out);
	}
}

static void write_box(const char *name, const struct value *v, enum lang lang, FILE *out)
{
	const struct box *b = &v->place.box;
	if (b->x1 <= b->x0)
		return;
	fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.08\" stroke=\"%s\">"
		"<title>", b->x0 - 1, b->y0 - 1, b->x1 - b->x0 + 2, b->y1 - b->y0 + 2, colour(v->confidence), colour(v->confidence));
	report_html_text(label_of(name, lang), out);
	fputs(": ", out);
	report_html_text(v->value, out);
	fprintf(out, " (%s, %.0f %%)</title></rect>\n", source_word(&v->place, lang), 100 * v->confidence);
}

static bool stands_on(const struct value *v, const struct page *p)
{
	return v->place.part == p->part && v->place.page == p->number;
}

static void write_page(const struct letter *l, const struct page *p, enum lang lang, FILE *out)
{
	fprintf(out, "<h3 id=\"p%d-%d\">%s %d</h3>\n<svg viewBox=\"0 0 %.0f %.0f\" style=\"width:100%%;max-width:%.0fpx;border:1px solid "
		"#ccc;background:#fff\" font-family=\"serif\">\n", p->part, p->number, lang == LANG_VI ? "Trang" : "Page", p->number,
		p->width, p->height, p->width * 1.3);
	write_words(p, out);
	for (int i = 0; i < l->fields.n; i++)
		if (stands_on(&l->fields.at[i].read, p))
			write_box(l->fields.at[i].name, &l->fields.at[i].read, lang, out);
	for (int i = 0; i < l->requests.n; i++)
		for (int c = 0; c < l->requests.at[i].cells.n; c++)
			if (stands_on(&l->requests.at[i].cells.at[c].read, p))
				write_box(l->requests.at[i].cells.at[c].name, &l->requests.at[i].cells.at[c].read, lang, out);
	fputs("</svg>\n", out);
}

static void write_covers(const struct letter *l, const struct value *v, FILE *out)
{
	struct texts names = { 0 };
	void *mem = talloc_new(NULL);
	if (!covers_find(mem, l, v, &names) || names.n == 0)
		fputs("-", out);
	for (int i = 0; i < names.n; i++) {
		fputs(i > 0 ? ", " : "", out);
		report_html_text(names.at[i], out);
	}
	talloc_free(mem);
}

static void write_row(const struct letter *l, const struct field *f, enum lang lang, FILE *out)
{
	const struct value *v = &f->read;
	fputs("<tr><td>", out);
	report_html_text(label_of(f->name, lang), out);
	fputs("</td><td>", out);
	report_html_text(v->value, out);
	for (int i = 0; i < f->attrs.n; i++) {
		fputs("<br><small>", out);
		report_html_text(label_of(f->attrs.at[i].name, lang), out);
		fputs(": ", out);
		report_html_text(f->attrs.at[i].value, out);
		fputs("</small>", out);
	}
	fprintf(out, "</td><td style=\"color:%s\">%.0f %%</td><td>%s", colour(v->confidence), 100 * v->confidence,
		source_word(&v->place, lang));
	if (v->place.drawn_by != NULL) {
		fputs("<br><small>", out);
		report_html_text(v->place.drawn_by, out);
		fputs("</small>", out);
	}
	fputs("</td><td>", out);
	write_covers(l, v, out);
	if (v->place.page > 0)
		fprintf(out, "</td><td><a href=\"#p%d-%d\">%d</a></td></tr>\n", v->place.part, v->place.page, v->place.page);
	else
		fputs("</td><td>-</td></tr>\n", out);
}

void report_page_extract(const struct letter *l, const char *file, enum lang lang, FILE *out)
{
	bool vi = lang == LANG_VI;
	fputs("<section>\n<h2>", out);
	report_html_text(file, out);
	fprintf(out, "</h2>\n<table>\n<tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr>\n", vi ? "Trường" : "Field",
		vi ? "Giá trị" : "Value", vi ? "Độ tin cậy" : "Confidence", vi ? "Nguồn" : "Source",
		vi ? "Chữ ký phủ lên" : "Covered by", vi ? "Trang" : "Page");
	for (int i = 0; i < l->fields.n; i++)
		write_row(l, &l->fields.at[i], lang, out);
	fputs("</table>\n", out);
	for (int i = 0; i < l->findings.n; i++) {
		fputs("<p>", out);
		report_html_text(vi ? l->findings.at[i].vi : l->findings.at[i].en, out);
		fputs("</p>\n", out);
	}
	for (int i = 0; i < l->pages.n && i < MAX_PAGES; i++)
		write_page(l, &l->pages.at[i], lang, out);
	if (l->pages.n > MAX_PAGES)
		fprintf(out, vi ? "<p>Còn %d trang nữa không vẽ ở đây.</p>\n" : "<p>%d more pages are not drawn here.</p>\n",
			l->pages.n - MAX_PAGES);
	fputs("</section>\n", out);
}
