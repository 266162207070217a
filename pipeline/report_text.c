/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_text.c - one letter for a person on a terminal. See report_text.h.
 */
#include "report_text.h"
#include "report_json.h"
#include "report_reason.h"
#include "report_signature.h"
#include <string.h>

struct words { const char *key, *vi, *en; };

static const struct words table[] = {
	{ "passed", "hợp lệ", "passed" },
	{ "indeterminate", "chưa kết luận được", "indeterminate" },
	{ "failed", "không hợp lệ", "failed" },
	{ "unsigned", "không có chữ ký số", "unsigned" },
	{ "unreadable", "không đọc được", "unreadable" },
	{ "accept", "tiếp nhận", "accept" },
	{ "hold", "chờ người xem", "hold" },
	{ "reject", "từ chối", "reject" },
	{ "note", "ghi chú", "note" },
	{ "warn", "lưu ý", "warning" },
	{ "received", "chờ đọc", "waiting" },
	{ "3_verify", "chờ xét", "to be judged" },
	{ "linked", "bản khác", "another copy" },
	{ "quarantined", "cách ly", "quarantined" },
	{ "letter", "công văn", "letter" },
	{ "decision", "quyết định", "decision" },
	{ "resolution", "nghị quyết", "resolution" },
	{ "form", "biểu mẫu", "form" },
	{ "notice", "thông báo", "notice" },
	{ "minutes", "biên bản", "minutes" },
	{ "certificate-list", "danh sách chứng thư chữ ký số", "certificate list" },
	{ "other", "văn bản khác", "other" },
	{ "parent_agency", "Cơ quan chủ quản", "Parent agency" },
	{ "agency", "Cơ quan ban hành", "Agency" },
	{ "number", "Số", "Number" },
	{ "symbol", "Ký hiệu", "Symbol" },
	{ "place", "Địa danh", "Place" },
	{ "date", "Ngày ban hành", "Date" },
	{ "document_type", "Tên loại văn bản", "Document type" },
	{ "subject", "Trích yếu", "Subject" },
	{ "recipients", "Kính gửi", "Recipient" },
	{ "signers", "Người ký", "Signer" },
	{ "copies", "Nơi nhận", "Copy" },
	{ "drafting_unit", "Đơn vị soạn thảo", "Drafting unit" },
	{ "citations", "Văn bản viện dẫn", "Citation" },
	{ "deadlines", "Thời hạn", "Deadline" },
	{ "phones", "Điện thoại", "Phone" },
	{ "emails", "Thư điện tử", "Email" },
	{ 0 },
};

const char *report_text_word(const char *key, enum lang lang)
{
	if (key == NULL)
		return "-";
	for (const struct words *w = table; w->key != NULL; w++)
		if (strcmp(w->key, key) == 0)
			return lang == LANG_VI ? w->vi : w->en;
	return key;
}

void report_text_clean(const char *text, FILE *out)
{
	for (const unsigned char *p = (const unsigned char *)(text != NULL ? text : "-"); *p != 0; p++) {
		bool c1 = p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0;         /* U+0080 .. U+009F */
		if (c1)
			p++;
		fputc(*p < ' ' || *p == 127 || c1 ? ' ' : *p, out);
	}
}

static void line(FILE *out, const char *label, const char *text)
{
	fprintf(out, "  %s: ", label);
	report_text_clean(text, out);
	fputc('\n', out);
}

static void head(const struct letter *l, const char *file, enum lang lang, FILE *out)
{
	report_text_clean(file, out);
	fprintf(out, ": %s\n", report_text_word(report_verdict(l), lang));
}

/* "page 1: signature added: Signature2 (object 70)": what was done, without where and to which. */
static char *kind_of_change(const void *mem, const char *change, enum lang lang)
{
	int page, taken = 0;
	char *kind = report_signature_change(mem, change, lang);
	if (sscanf(kind, lang == LANG_VI ? "trang %d: %n" : "page %d: %n", &page, &taken) == 1 && taken > 0)
		kind += taken;
	kind[strcspn(kind, ":(")] = 0;
	for (size_t n = strlen(kind); n > 0 && kind[n - 1] == ' ';)
		kind[--n] = 0;
	return kind;
}

/* Permitted ones in one line, each kind once and how often: there are as many as signatures followed. */
static void changes(const void *mem, const struct signature *s, enum lang lang, FILE *out)
{
	const char *label = lang == LANG_VI ? "  thay đổi sau khi ký" : "  changed after signing";
	struct texts kinds = { 0 };
	struct buffer b = { .mem = mem };
	for (int i = 0; i < s->changes.n; i++)
		if (s->changes_after != CHANGES_PERMITTED)
			line(out, label, report_signature_change(mem, s->changes.at[i], lang));
		else
			texts_add(mem, &kinds, kind_of_change(mem, s->changes.at[i], lang));
	for (int i = 0; i < kinds.n; i++) {
		int times = 0;
		bool first = true;
		for (int k = 0; k < kinds.n; k++) {
			bool same = strcmp(kinds.at[k], kinds.at[i]) == 0;
			times += same;
			first = first && !(same && k < i);
		}
		if (first)
			buffer_format(&b, times > 1 ? "%s%s (%d)" : "%s%s", b.len > 0 ? "; " : "", kinds.at[i], times);
	}
	if (b.len > 0)
		line(out, label, b.text);
}

static void signature(const struct signature *s, const char *said, enum lang lang, FILE *out)
{
	static const char *const indications[] = { "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED" };
	static const char *const severities[] = { "note", "warn", "hold", "reject" };
	void *mine = talloc_new(NULL);
	const char *todo = report_reason_todo(s, lang);
	fputs("  ", out);
	report_text_clean(report_signature_sentence(mine, s, lang), out);
	if (todo != NULL && (said == NULL || strcmp(todo, said) != 0))
		fprintf(out, "\n    %s: %s", lang == LANG_VI ? "Việc cần làm" : "What to do", todo);
	fputs("\n    ", out);
	report_text_clean(s->name, out);
	fprintf(out, ", %s%s%s: %s%s%s\n", s->format != NULL ? s->format : "-", s->level != NULL ? " " : "",
		s->level != NULL ? s->level : "", indications[s->indication], s->sub_indication != NULL ? "/" : "",
		s->sub_indication != NULL ? s->sub_indication : "");
	changes(mine, s, lang, out);
	for (int i = 0; i < s->messages.n; i++) {
		const struct message *m = &s->messages.at[i];
		fprintf(out, "    [%s] ", report_text_word(severities[m->severity], lang));
		report_text_clean(report_signature_message(mine, m, lang), out);
		fprintf(out, " (%s)\n", m->code != NULL ? m->code : "-");
	}
	talloc_free(mine);
}

static void signatures(const struct letter *l, enum lang lang, FILE *out)
{
	const char *said = NULL;        /* the same is not asked for twice in a row */
	for (int i = 0; i < l->signatures.n; i++) {
		signature(&l->signatures.at[i], said, lang, out);
		said = report_reason_todo(&l->signatures.at[i], lang);
	}
}

static void findings(const struct letter *l, enum lang lang, FILE *out)
{
	static const char *const severities[] = { "note", "warn", "hold", "reject" };
	for (int i = 0; i < l->findings.n; i++) {
		const struct finding *f = &l->findings.at[i];
		fprintf(out, "  [%s] ", report_text_word(severities[f->severity], lang));
		report_text_clean(lang == LANG_VI ? f->vi : f->en, out);
		fputs(" (", out);
		report_text_clean(f->law != NULL ? f->law : f->rule, out);
		fputs(")\n", out);
	}
}

static void fields(const struct letter *l, enum lang lang, bool with_text, FILE *out)
{
	for (int i = 0; i < l->fields.n; i++)
		if (l->fields.at[i].document == 0)
			line(out, report_text_word(l->fields.at[i].name, lang), l->fields.at[i].read.value);
	for (int i = 0; i < l->requests.n; i++) {
		const struct request *r = &l->requests.at[i];
		fprintf(out, "  %s %d:", r->form, r->row);
		for (int c = 0; c < r->cells.n; c++) {
			fprintf(out, " %s=", r->cells.at[c].name);
			report_text_clean(r->cells.at[c].read.value, out);
		}
		fputc('\n', out);
	}
	for (int i = 0; with_text && i < l->pages.n; i++) {
		fprintf(out, "  --- %d ---\n", l->pages.at[i].number);
		for (const char *p = l->pages.at[i].text; p != NULL && *p != 0;) {
			const char *stop = strchrnul(p, '\n');
			char *one = copy_part(NULL, p, (size_t)(stop - p));
			report_text_clean(one, out);
			fputc('\n', out);
			talloc_free(one);
			p = *stop != 0 ? stop + 1 : stop;
		}
	}
}

void report_text_verify(const struct letter *l, const char *file, enum lang lang, bool with_text, FILE *out)
{
	(void)with_text;
	head(l, file, lang, out);
	signatures(l, lang, out);
	if (l->signatures.n == 0)
		findings(l, lang, out);
}

void report_text_extract(const struct letter *l, const char *file, enum lang lang, bool with_text, FILE *out)
{
	report_text_clean(file, out);
	fprintf(out, ": %s\n", report_text_word(l->documents.n > 0 ? l->documents.at[0].kind : "other", lang));
	fields(l, lang, with_text, out);
	findings(l, lang, out);
}

void report_text_check(const struct letter *l, const char *file, enum lang lang, bool with_text, FILE *out)
{
	report_text_clean(file, out);
	fprintf(out, ": %s; %s\n", report_text_word(report_disposition(l), lang), report_text_word(report_verdict(l), lang));
	fields(l, lang, with_text, out);
	signatures(l, lang, out);
	findings(l, lang, out);
}
