/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kind.c - what sort of paper a document is.
 *
 * The type written on it decides (NĐ 30/2020, Điều 7 and Phụ lục III), and a type that is no letter, decision, notice
 * or minutes is "other"; a công văn writes none and is known by its V/v and its symbol. Titles of minutes and lists
 * decide where no type was read.
 */
#include "kind.h"
#include "lexicon.h"
#include "text.h"
#include <string.h>

struct sign { const char *key, *kind; };       /* weak key of a type's name */

/* What goes from one office to another and asks or tells it something is a letter, whatever its name. What lays down
 * law or order for everyone, or is a paper between parties, is none: its document_type says what it is. */
static const struct sign types[] = {
	{ "cong van", "letter" },	 { "thu cong", "letter" },     { "thu moi", "letter" },
	{ "to trinh", "letter" },	 { "bao cao", "letter" },      { "ke hoach", "letter" },
	{ "huong dan", "letter" },	 { "phuong an", "letter" },    { "de an", "letter" },
	{ "du an", "letter" },		 { "chuong trinh", "letter" }, { "cong dien", "letter" },
	{ "giay moi", "letter" },	 { "thong tri", "letter" },    { "giay gioi thieu", "letter" },
	{ "phieu chuyen", "letter" },	 { "phieu gui", "letter" },    { "phieu bao", "letter" },
	{ "quyet dinh", "decision" },	 { "nghi quyet", "resolution" },
	{ "thong bao", "notice" },	 { "thong cao", "notice" },    { "bien ban", "minutes" },
};

static const struct sign titles[] = {          /* of papers without a type: first lines of the first page */
	{ "danh sach chung thu", "certificate-list" }, { "danh muc chung thu", "certificate-list" },
	{ "danh sach thue bao", "certificate-list" }, { "bien ban", "minutes" },
};

static const struct field *field_of(const struct letter *l, int document, const char *name)
{
	for (int i = 0; i < l->fields.n; i++)
		if (l->fields.at[i].document == document && strcmp(l->fields.at[i].name, name) == 0)
			return &l->fields.at[i];
	return NULL;
}

static void set(struct letter *l, struct document *d, const char *kind, double confidence, const char *reason)
{
	d->kind = copy_text(l, kind);
	d->confidence = confidence;
	d->reason = copy_text(l, reason);
}

static bool by_type(struct letter *l, int document)
{
	const struct field *type = field_of(l, document, "document_type");
	if (type == NULL)
		return false;
	char *key = text_weak(NULL, type->read.value);
	const struct sign *found = NULL;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (text_starts(key, types[i].key))
			found = &types[i];
	bool known = found != NULL || lexicon_find("type", key) != NULL;
	talloc_free(key);
	if (!known)
		return false;
	set(l, &l->documents.at[document], found != NULL ? found->kind : "other", 0.6 + 0.38 * type->read.confidence,
	    format_text(l, "tên loại văn bản: %s", type->read.value));
	return true;
}

static bool by_title(struct letter *l, int document)
{
	struct document *d = &l->documents.at[document];
	const struct page *first = NULL;
	for (int i = 0; i < l->pages.n && first == NULL; i++)
		if (l->pages.at[i].part == d->part && l->pages.at[i].number == d->first_page)
			first = &l->pages.at[i];
	if (first == NULL || first->text == NULL)
		return false;
	char *head = copy_part(NULL, first->text, strlen(first->text) < 1200 ? strlen(first->text) : 1200);
	char *whole = text_nfc(head, head), *key = text_weak(head, whole);
	const struct sign *found = NULL;
	for (size_t i = 0; i < sizeof titles / sizeof *titles && found == NULL; i++)
		if (strstr(key, titles[i].key) != NULL)
			found = &titles[i];
	talloc_free(head);
	if (found != NULL)
		set(l, d, found->kind, 0.7, "tiêu đề ở đầu trang");
	return found != NULL;
}

void kind_tell(struct letter *l, int document)
{
	struct document *d = &l->documents.at[document];
	if (d->kind != NULL && strcmp(d->kind, "other") != 0)
		return;
	if (field_of(l, document, "status_code") != NULL) {
		set(l, d, "other", 0.95, "thông điệp trạng thái edXML");
		return;
	}
	if (by_type(l, document))
		return;
	const struct field *symbol = field_of(l, document, "symbol"), *subject = field_of(l, document, "subject");
	if (symbol != NULL && subject != NULL && field_of(l, document, "recipients") != NULL)
		set(l, d, "letter", 0.8, "có ký hiệu, trích yếu và nơi kính gửi, không ghi tên loại");
	else if (by_title(l, document))
		return;
	else if (symbol != NULL && (subject != NULL || field_of(l, document, "agency") != NULL))
		set(l, d, "letter", 0.6, "có ký hiệu của cơ quan, không ghi tên loại");
	else
		set(l, d, "other", 0.5, "không có dấu hiệu của loại văn bản nào");
}

/* edXML against its papers ------------------------------------------------------------------------------ */

/* Keys that forget what writers of either side leave out: "V/v", the year in a symbol's number, leading zeros. */
static char *same_key(const void *mem, const char *name, const char *value)
{
	char *key = text_strong(mem, value);
	if (strcmp(name, "subject") == 0) {
		static const char *const leads[] = { "v/v ", "v/v: ", "về việc ", NULL };
		for (int i = 0; leads[i] != NULL; i++)
			if (text_starts(key, leads[i]))
				return text_weak(mem, key + strlen(leads[i]));
		return text_weak(mem, key);
	}
	if (strcmp(name, "agency") == 0) {                         /* UBND tỉnh A, ỦY BAN NHÂN DÂN TỈNH A */
		char *weak = text_weak(mem, key);
		return text_starts(weak, "ubnd ") ? format_text(mem, "uy ban nhan dan %s", weak + 5)
			: text_starts(weak, "hdnd ") ? format_text(mem, "hoi dong nhan dan %s", weak + 5) : weak;
	}
	if (strcmp(name, "signers") == 0)
		return text_weak(mem, key);
	if (strcmp(name, "number") == 0)
		return key + (strspn(key, "0") < strlen(key) ? strspn(key, "0") : 0);
	return key;
}

static bool is_inside(const struct letter *l, int part, int holder)
{
	for (const struct part *p = letter_find_part(l, part); p != NULL && p->inside != 0;
	     p = letter_find_part(l, p->inside))
		if (p->inside == holder)
			return true;
	return false;
}

/* One name in the message's header against the paper; a paper that does not say it contradicts nothing. */
static bool contradicts(struct letter *l, const void *mem, int message, int paper, const char *name,
			struct buffer *vi, struct buffer *en)
{
	static const struct { const char *name, *vi, *en; } called[] = {
		{ "number", "số", "number" }, { "symbol", "ký hiệu", "symbol" },
		{ "date", "ngày", "date" }, { "subject", "trích yếu", "subject" },
		{ "agency", "cơ quan", "agency" }, { "signers", "người ký", "signer" },
	};
	const struct field *a = field_of(l, message, name), *b = field_of(l, paper, name);
	if (a == NULL || b == NULL || a->read.confidence < 0.5 || b->read.confidence < 0.5)
		return false;
	char *x = same_key(mem, name, a->read.value), *y = same_key(mem, name, b->read.value);
	/* the axis names bodies by a register of its own: "Sở Nội vụ - tỉnh A" for SỞ NỘI VỤ */
	bool same = strcmp(x, y) == 0 || (strcmp(name, "agency") == 0 && (strstr(x, y) != NULL || strstr(y, x) != NULL)) ||
		    (strcmp(name, "subject") == 0 && (strstr(x, y) != NULL || strstr(y, x) != NULL ||
						      text_distance(x, y) * 10 <= (int)strlen(x)));
	for (size_t i = 0; !same && i < sizeof called / sizeof *called; i++)
		if (strcmp(called[i].name, name) == 0) {
			buffer_format(vi, "%s%s \"%s\" và \"%s\"", vi->len > 0 ? "; " : "", called[i].vi,
				      a->read.value, b->read.value);
			buffer_format(en, "%s%s \"%s\" and \"%s\"", en->len > 0 ? "; " : "", called[i].en,
				      a->read.value, b->read.value);
		}
	return !same;
}

static void compare_two(struct letter *l, int message, int paper)
{
	static const char *const names[] = { "number", "symbol", "date", "subject", "agency", "signers", NULL };
	void *mem = talloc_new(l);
	struct buffer vi = { .mem = mem }, en = { .mem = mem };
	int different = 0, severe = 0;
	for (int i = 0; names[i] != NULL; i++)
		if (contradicts(l, mem, message, paper, names[i], &vi, &en)) {
			different++;
			severe += i < 3;               /* number, symbol and date tell one letter from another */
		}
	if (different > 0) {
		const struct document *d = &l->documents.at[paper];
		struct finding *f = letter_finding(
			l, "2_extract/edxml-contradicts-pdf", severe > 0 ? HOLD : WARN,
			"Nghị định số 30/2020/NĐ-CP, Điều 21 khoản 2",
			format_text(
				mem,
				"Thông điệp edXML và văn bản kèm theo \"%s\" nói khác nhau: %s. Cần hỏi lại nơi gửi.",
				letter_find_part(l, d->part)->name, vi.text),
			format_text(
				mem,
				"The edXML message and the letter it carries (\"%s\") disagree: %s. Ask the sender.",
				letter_find_part(l, d->part)->name, en.text));
		struct place at = { .part = l->documents.at[message].part },
			     with = { .part = d->part, .page = d->first_page };
		finding_evidence(l, f, format_text(mem, "part:%d", at.part), &at);
		finding_evidence(l, f, format_text(mem, "part:%d", with.part), &with);
	}
	talloc_free(mem);
}

/* Only the first paper of a message is the letter itself; what follows are its enclosures. */
void compare_documents(struct letter *l)
{
	for (int m = 0; m < l->documents.n; m++) {
		const struct document *message = &l->documents.at[m];
		if (!text_same(letter_find_part(l, message->part)->media, "application/vnd.edxml+xml"))
			continue;
		for (int i = 0; i < l->documents.n; i++) {
			const struct document *d = &l->documents.at[i];
			const struct part *p = letter_find_part(l, d->part);
			if (i == m || !is_inside(l, d->part, message->part) || text_same(d->text_source, "xml")
			    || text_starts(p->media, "text/") || field_of(l, i, "number") == NULL)
				continue;
			compare_two(l, m, i);
			break;
		}
	}
}
