/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_proof.c - the signatures of a file as HTML. See report_proof.h.
 *
 * For each signature the sentence first, then three answers apart (intact, valid, trusted), what it covers,
 * what changed, whom and what the answers rest on, what could not be checked. Where later revisions look
 * different the pages stand side by side, as signed and as shown now, with a frame around what differs.
 * Nothing of the file becomes markup: text is escaped, pictures were drawn by us.
 */
#include "report_proof.h"
#include "report_html.h"
#include "report_json.h"
#include "report_reason.h"
#include "report_signature.h"
#include "text.h"
#include <string.h>

struct words {
	const char *key, *vi, *en, *colour;
};

static const struct words verdicts[] = {
	{ "passed", "HỢP LỆ", "VALID", "#1a7f37" },
	{ "indeterminate", "CHƯA KẾT LUẬN ĐƯỢC", "NO CONCLUSION YET", "#9a6700" },
	{ "failed", "KHÔNG HỢP LỆ", "NOT VALID", "#cf222e" },
	{ "unsigned", "KHÔNG CÓ CHỮ KÝ SỐ", "NOT SIGNED", "#57606a" },
	{ "unreadable", "KHÔNG ĐỌC ĐƯỢC", "UNREADABLE", "#cf222e" },
	{ 0 },
};

static const struct words *verdict_words(const char *verdict)
{
	const struct words *w = verdicts;
	while (w->key != NULL && strcmp(w->key, verdict) != 0)
		w++;
	return w->key != NULL ? w : &verdicts[4];
}

struct page_of { /* what is written, where to, in which language */
	const struct letter *l;
	FILE *out;
	enum lang lang;
	bool vi;
	void *mem;
};

static void row(struct page_of *p, const char *vi, const char *en, const char *value)
{
	if (value == NULL || *value == 0)
		return;
	fprintf(p->out, "<tr><th>%s</th><td>", p->vi ? vi : en);
	report_html_text(value, p->out);
	fputs("</td></tr>\n", p->out);
}

/* Both clocks: the one people read, and the one that is written. */
static char *both_clocks(struct page_of *p, const char *utc)
{
	return utc == NULL ? NULL
			   : format_text(p->mem, p->vi ? "%s (giờ Việt Nam); %s" : "%s (Vietnam time); %s",
					 report_signature_time(p->mem, utc), utc);
}

static void answers(struct page_of *p, const struct signature *s)
{
	static const char *const vi[] = { "chưa kết luận được", "KHÔNG", "có" }, *const en[] = { "cannot tell",
											       "NO", "yes" };
	static const char *const colours[] = { "#9a6700", "#cf222e", "#1a7f37" };
	const struct {
		enum answer is;
		const char *vi, *en;
	} questions[] = {
		{ s->intact, "Nội dung đã ký còn nguyên vẹn", "What was signed is intact" },
		{ s->valid, "Giá trị chữ ký khớp với khóa của người ký", "The value fits the signer's key" },
		{ s->trusted, "Chứng thư tin cậy tại thời điểm xét",
		  "The certificate is trusted at the time used" },
	};
	for (int i = 0; i < 3; i++)
		fprintf(p->out, "<tr><th>%s</th><td style=\"color:%s\"><b>%s</b></td></tr>\n",
			p->vi ? questions[i].vi : questions[i].en, colours[questions[i].is],
			(p->vi ? vi : en)[questions[i].is]);
}

static char *signer_place(struct page_of *p, const struct certificate *c)
{
	struct buffer b = { .mem = p->mem };
	for (int i = 0; i < c->ou.n; i++)
		buffer_format(&b, "%s%s", b.len > 0 ? ", " : "", c->ou.at[i]);
	if (c->o != NULL)
		buffer_format(&b, "%s%s", b.len > 0 ? ", " : "", c->o);
	if (c->l != NULL)
		buffer_format(&b, "%s%s", b.len > 0 ? ", " : "", c->l);
	return b.text;
}

static const char *revocation_source(struct page_of *p, const struct signature *s)
{
	static const char *const names[][3] = { { "embedded-crl", "theo CRL trong tệp", "by a CRL in the file" },
						{ "local-crl", "theo CRL trong kho", "by a CRL of the trust data" },
						{ "embedded-ocsp", "theo trả lời OCSP trong tệp", "by an OCSP answer in the file" },
						{ "local-ocsp", "theo trả lời OCSP trong kho",
						  "by an OCSP answer of the trust data" } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_same(s->revocation.source, names[i][0]))
			return s->revocation.produced_at == NULL
				       ? names[i][p->vi ? 1 : 2]
				       : format_text(p->mem, p->vi ? "%s, lập lúc %s" : "%s, made at %s",
						     names[i][p->vi ? 1 : 2],
						     report_signature_time(p->mem, s->revocation.produced_at));
	return "";
}

static void details(struct page_of *p, const struct signature *s)
{
	static const char *const indications[] = { "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED" };
	const struct certificate *c = &s->signer;
	fputs("<table class=\"facts\">\n", p->out);
	answers(p, s);
	row(p, "Kết luận (EN 319 102-1)", "Conclusion (EN 319 102-1)",
	    s->sub_indication == NULL
		    ? indications[s->indication]
		    : format_text(p->mem, "%s / %s: %s", indications[s->indication], s->sub_indication,
				  report_reason(s, p->lang)));
	row(p, "Người ký", "Signer", c->cn);
	row(p, "Cơ quan", "Agency", signer_place(p, c));
	row(p, "Thư điện tử", "E-mail", c->email);
	row(p, "Số chứng thư", "Certificate number", c->serial);
	if (c->not_before != NULL && c->not_after != NULL)
		row(p, "Hiệu lực", "Valid",
		    format_text(p->mem, "%s – %s", report_signature_time(p->mem, c->not_before) + sizeof "hh:mm:ss",
				report_signature_time(p->mem, c->not_after) + sizeof "hh:mm:ss"));
	row(p, "Cấp bởi", "Issued by", c->issuer);
	row(p, "Giờ do người ký ghi", "Time as the signer claims", both_clocks(p, s->claimed_time));
	row(p, "Giờ theo dấu thời gian", "Time by time-stamp", both_clocks(p, s->timestamp_time));
	row(p, "Xét tại thời điểm", "Judged as of", both_clocks(p, s->validated_at));
	if (s->revocation.status != NULL)
		row(p, "Thu hồi", "Revocation",
		    format_text(p->mem, "%s%s%s", report_signature_status(s->revocation.status, p->lang),
				s->revocation.source != NULL ? ", " : "", revocation_source(p, s)));
	row(p, "Dạng", "Kind",
	    format_text(p->mem, "%s%s%s", s->format != NULL ? s->format : "-", s->level != NULL ? " " : "",
			s->level != NULL ? s->level : ""));
	if (s->digest != NULL && s->algorithm != NULL)
		row(p, "Thuật toán", "Algorithms",
		    format_text(p->mem, "%s, %s %d", s->digest, s->algorithm, s->key_bits));
	fputs("</table>\n", p->out);
}

static void lists(struct page_of *p, const struct signature *s)
{
	static const char *const vi[] = { "ghi chú", "lưu ý", "chờ người xem", "lỗi" }, *const en[] = {
											      "note",
											      "warning",
											      "hold",
											      "fault" };
	if (s->changes.n > 0) {
		fprintf(p->out, "<h4>%s</h4>\n<ul>\n",
			p->vi ? "Thay đổi sau khi ký" : "Changed after signing");
		for (int i = 0; i < s->changes.n; i++) {
			fputs("<li>", p->out);
			report_html_text(report_signature_change(p->mem, s->changes.at[i], p->lang), p->out);
			fputs("</li>\n", p->out);
		}
		fputs("</ul>\n", p->out);
	}
	if (s->messages.n == 0)
		return;
	fprintf(p->out, "<h4>%s</h4>\n<ul>\n", p->vi ? "Đã xét" : "What was found");
	for (int i = 0; i < s->messages.n; i++) {
		const struct message *m = &s->messages.at[i];
		fprintf(p->out, "<li class=\"s%d\">%s: ", m->severity, (p->vi ? vi : en)[m->severity]);
		report_html_text(report_signature_message(p->mem, m, p->lang), p->out);
		fputs(" <code>", p->out);
		report_html_text(m->code, p->out);
		fputs("</code></li>\n", p->out);
	}
	fputs("</ul>\n", p->out);
}

static const struct picture *find_picture(const struct letter *l, int part, int signature, int page)
{
	for (int i = 0; i < l->pictures.n; i++) {
		const struct picture *x = &l->pictures.at[i];
		if (x->part == part && x->signature == signature && x->page == page)
			return x;
	}
	return NULL;
}

/* One page with a frame around what changed and one around the signature's appearance. */
static void figure(struct page_of *p, const struct picture *x, const char *title,
		   const struct picture *changed, const struct signature *s)
{
	fprintf(p->out, "<figure><figcaption>%s</figcaption>", title);
	if (x == NULL) {
		fprintf(p->out, "<p>%s</p></figure>\n",
			p->vi ? "không có trang này, hoặc không vẽ được"
			      : "no such page, or it cannot be drawn");
		return;
	}
	char *png = text_base64(p->mem, x->png);
	fprintf(p->out,
		"<svg viewBox=\"0 0 %d %d\"><image width=\"%d\" height=\"%d\" "
		"href=\"data:image/png;base64,%s\"/>",
		x->width, x->height, x->width, x->height, png);
	for (int i = 0; changed != NULL && i < changed->changed.n; i++) {
		const struct box *b = &changed->changed.at[i].box;
		fprintf(p->out,
			"<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" fill=\"none\" "
			"stroke=\"#cf222e\" "
			"stroke-width=\"1.5\"/>",
			b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0);
	}
	if (s != NULL && s->page == x->page && s->box.x1 > s->box.x0)
		fprintf(p->out,
			"<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" fill=\"none\" "
			"stroke=\"#0550ae\" "
			"stroke-dasharray=\"4 3\"/>",
			s->box.x0, s->box.y0, s->box.x1 - s->box.x0, s->box.y1 - s->box.y0);
	fputs("</svg></figure>\n", p->out);
	talloc_free(png);
}

static void pictures(struct page_of *p, const struct signature *s, int number)
{
	bool any = false, vi = p->vi;
	for (int i = 0; i < p->l->pictures.n; i++) {
		const struct picture *then = &p->l->pictures.at[i];
		if (then->part != s->part || then->signature != number)
			continue;
		if (!any)
			fprintf(p->out, "<h4>%s</h4>\n",
				vi ? "Trang nhìn khác với khi ký (khung đỏ: chỗ khác; khung xanh: chữ ký)"
				   : "Pages that look different than when signed (red frame: what differs; "
				     "blue: the signature)");
		any = true;
		fputs("<div class=\"pair\">\n", p->out);
		figure(p, then, format_text(p->mem, vi ? "trang %d khi ký" : "page %d as signed", then->page),
		       then, s);
		figure(p, find_picture(p->l, s->part, 0, then->page),
		       format_text(p->mem, vi ? "trang %d hiện nay" : "page %d now", then->page), then, NULL);
		fputs("</div>\n", p->out);
	}
	const struct picture *now = any ? NULL : find_picture(p->l, s->part, 0, s->page > 0 ? s->page : 1);
	if (now == NULL)
		return;
	if (s->coverage == COVERS_WHOLE_REVISION)
		fprintf(p->out, "<p>%s</p>\n",
			vi ? "Các trang nhìn giống hệt khi ký." : "The pages look the same as when signed.");
	fputs("<div class=\"pair\">\n", p->out);
	figure(p, now, format_text(p->mem, vi ? "trang %d" : "page %d", now->page), NULL, s);
	fputs("</div>\n", p->out);
}

void report_proof(const struct letter *l, const char *file, enum lang lang, FILE *out)
{
	const struct words *w = verdict_words(report_verdict(l));
	struct page_of p = { l, out, lang, lang == LANG_VI, talloc_new(NULL) };
	fputs("<section>\n<h2>", out);
	report_html_text(file, out);
	fprintf(out, "</h2>\n<p style=\"color:%s\"><b>%s</b></p>\n<p><small>SHA-256 <code>", w->colour,
		p.vi ? w->vi : w->en);
	report_html_text(l->sha256, out);
	fputs("</code></small></p>\n", out);
	for (int i = 0; i < l->signatures.n; i++) {
		const struct signature *s = &l->signatures.at[i];
		fprintf(out, "<h3>%d. ", i + 1);
		report_html_text(s->name, out);
		fputs("</h3>\n<p><b>", out);
		report_html_text(report_signature_sentence(p.mem, s, lang), out);
		fputs("</b></p>\n", out);
		if (report_reason_todo(s, lang) != NULL) {
			fprintf(out, "<p>%s: ", p.vi ? "Việc cần làm" : "What to do");
			report_html_text(report_reason_todo(s, lang), out);
			fputs("</p>\n", out);
		}
		details(&p, s);
		lists(&p, s);
		pictures(&p, s, i + 1);
	}
	for (int i = 0; i < l->findings.n; i++) {
		fputs("<p>", out);
		report_html_text(p.vi ? l->findings.at[i].vi : l->findings.at[i].en, out);
		fputs("</p>\n", out);
	}
	fputs("</section>\n", out);
	talloc_free(p.mem);
}
