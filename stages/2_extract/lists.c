/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lists.c - lists of units in running text. See lists.h.
 *
 * Beside lists, what a letter says of a body that has none.
 *
 * A list is believed only as a whole: every item must be written as the name of a unit is (its kind, then words
 * with capitals), and there must be three of them. One item that is none, and the sentence was about
 * something else.
 */
#include "lists.h"
#include "page.h"
#include "text.h"
#include <string.h>

enum { MAX_ITEMS = 200, MAX_LIST = 4000 };

static const char *const kinds[] = { "xã ", "phường ", "thị trấn ", "đặc khu ", "huyện ", "quận ", "thị xã ",
	"thành phố ", "tỉnh ", NULL };

struct heading { size_t at; const char *action; };

struct reading_of {
	struct letter *l;
	void *mem;
	int document;
	struct flow flow;
	char *low;                             /* the flow's text in lower case, byte for byte as long */
	LIST(struct heading) headings;
	int lists, examples;
};

struct span { size_t from, to; };

/* What an item of the letter is about, from its heading; NULL: something else. */
static const char *action_of(const char *weak)
{
	if (weak[0] < '0' || weak[0] > '9' || strchr(weak, '.') == NULL)
		return NULL;
	if (strstr(weak, "thu hoi") != NULL)
		return "revoke";
	if (strstr(weak, "thay doi") != NULL)
		return "change-info";
	return strstr(weak, "thu tuc cap") != NULL || strstr(weak, "cap moi") != NULL ||
			       strstr(weak, "cap chung thu") != NULL
		       ? "issue"
		       : NULL;
}

static bool gather(struct reading_of *r)
{
	const struct document *d = &r->l->documents.at[r->document];
	for (int i = 0; i < r->l->pages.n; i++) {
		const struct page *p = &r->l->pages.at[i];
		if (p->part != d->part || p->number < d->first_page || p->number > d->last_page)
			continue;
		struct lines lines = page_lines(r->mem, p, page_whole(p), 0);
		for (int k = 0; k < lines.n; k++) {
			const char *action = action_of(lines.at[k].weak);
			if (action != NULL) {
				r->headings.at = own_grow(r->mem, r->headings.at, r->headings.n,
							  &r->headings.room, sizeof *r->headings.at);
				r->headings.at[r->headings.n++] = (struct heading){ r->flow.text.len, action };
			}
			flow_add(&r->flow, &lines.at[k]);
		}
	}
	if (r->flow.text.len == 0)
		return false;
	r->low = text_lower(r->mem, r->flow.text.text);
	return strlen(r->low) == r->flow.text.len;
}

static bool is_capital(const char *at)
{
	char word[8] = { 0 };
	size_t n = 1;
	while (n < 6 && (at[n] & 0xC0) == 0x80)
		n++;
	memcpy(word, at, n);
	char *low = text_lower(NULL, word);
	bool capital = strcmp(low, word) != 0;
	talloc_free(low);
	return capital;
}

/* Kind and name, or a name alone: one to five words, each with a capital. */
static bool is_unit(const struct reading_of *r, struct span s, bool *with_kind)
{
	size_t at = s.from;
	*with_kind = false;
	for (int i = 0; kinds[i] != NULL && !*with_kind; i++)
		if (strncmp(r->low + at, kinds[i], strlen(kinds[i])) == 0 && at + strlen(kinds[i]) < s.to) {
			at += strlen(kinds[i]);
			*with_kind = true;
		}
	int words = 0;
	while (at < s.to) {
		if (!is_capital(r->flow.text.text + at) && (r->low[at] < '0' || r->low[at] > '9'))
			return false;
		words++;
		while (at < s.to && r->low[at] != ' ')
			at++;
		while (at < s.to && r->low[at] == ' ')
			at++;
	}
	return words >= 1 && words <= 5 && strncmp(r->low + s.from, "ông ", 5) != 0 &&
	       strncmp(r->low + s.from, "bà ", 4) != 0;
}

static struct span trim(const struct reading_of *r, struct span s)
{
	while (s.from < s.to && strchr(" ,;:", r->low[s.from]) != NULL)
		s.from++;
	while (s.to > s.from && strchr(" ,;:", r->low[s.to - 1]) != NULL)
		s.to--;
	return s;
}

/* Items between separators; "và" parts the last two. -1: one of them is no unit. */
static int split_units(const struct reading_of *r, struct span list, struct span *items, bool *with_kind)
{
	char separator = memchr(r->low + list.from, ';', list.to - list.from) != NULL ? ';' : ',';
	int n = 0;
	*with_kind = false;
	for (size_t at = list.from; at < list.to && n < MAX_ITEMS - 1;) {
		const char *end = memchr(r->low + at, separator, list.to - at);
		struct span s = { at, end != NULL ? (size_t)(end - r->low) : list.to };
		const char *and = memmem(r->low + s.from, s.to - s.from, " và ", strlen(" và "));
		at = s.to + 1;
		struct span parts[2] = { s, { 0, 0 } };
		if (and != NULL) {
			parts[0].to = (size_t)(and - r->low);
			parts[1] = (struct span){ parts[0].to + strlen(" và "), s.to };
		}
		for (int k = 0; k < (and != NULL ? 2 : 1); k++) {
			struct span item = trim(r, parts[k]);
			bool kind;
			if (item.from == item.to)
				continue;
			if (!is_unit(r, item, &kind))
				return -1;
			*with_kind |= kind;
			items[n++] = item;
		}
	}
	return n;
}

static const char *action_at(const struct reading_of *r, size_t at)
{
	const char *action = NULL;
	for (int i = 0; i < r->headings.n && r->headings.at[i].at <= at; i++)
		action = r->headings.at[i].action;
	return action;
}

static void add_cell(struct reading_of *r, struct request *q, const char *name, const char *value, struct span at)
{
	struct value v = flow_value(r->l, &r->flow, at.from, at.to);
	struct cell *c = request_add_cell(r->l, q, name, value != NULL ? value : v.value);
	c->read.confidence = v.confidence * 0.95;
	c->read.place = v.place;
}

static void add_list(struct reading_of *r, const struct span *items, int n)
{
	const char *action = action_at(r, items[0].from);
	char *number = format_text(r->mem, "%d", ++r->lists);
	for (int i = 0; i < n; i++) {
		struct request *q = letter_add_request(r->l, "unit-list", i + 1);
		q->document = r->document;
		add_cell(r, q, "list", number, items[i]);
		add_cell(r, q, "unit", NULL, items[i]);
		if (action != NULL)
			add_cell(r, q, "action", action, items[i]);
	}
}

/* "(gồm: A; B; C)" up to the bracket, or "gồm A, B và C." up to the full stop. */
static void find_lists(struct reading_of *r)
{
	static const char word[] = "gồm";
	struct span items[MAX_ITEMS];
	for (const char *p = r->low; (p = strstr(p, word)) != NULL;) {
		p += sizeof word - 1;
		const char *from = p + strspn(p, " ");
		if (strncmp(from, "có ", strlen("có ")) == 0)
			from += strlen("có ");
		from += strspn(from, " :");
		const char *end = from;
		while (*end != 0 && *end != ')' && *end != '(' && end - from < MAX_LIST
		       && !(*end == '.' && (end[1] == ' ' || end[1] == 0)))
			end++;
		bool with_kind;
		int n = split_units(r, (struct span){ (size_t)(from - r->low), (size_t)(end - r->low) },
				    items, &with_kind);
		size_t look = (size_t)(from - r->low) < 200 ? 0 : (size_t)(from - r->low) - 200;
		size_t before = (size_t)(from - r->low) - look;
		bool of_units = with_kind ||
				memmem(r->low + look, before, "phường", strlen("phường")) != NULL ||
				memmem(r->low + look, before, "đơn vị hành chính",
				       strlen("đơn vị hành chính")) != NULL;
		if (n >= 3 && of_units)
			add_list(r, items, n);
	}
}

/* "các phường A, B, C sau sáp nhập thành phường X": back to the kind they share, on to the new name. */
static void find_examples(struct reading_of *r)
{
	static const struct { const char *verb; bool kept; } verbs[] = {
		{ " giữ lại tên ", true }, { " giữ nguyên tên ", true }, { " lấy tên ", true },
		{ " thành lập ", false }, { " thành ", false }, { " hình thành ", false },
	};
	static const char mark[] = " sau sáp nhập";
	for (const char *p = r->low; (p = strstr(p, mark)) != NULL; p += sizeof mark - 1) {
		const char *after = p + sizeof mark - 1, *start = p;
		while (start > r->low && p - start < 600 && start[-1] != ':' && start[-1] != '.')
			start--;
		const char *list = memmem(start, (size_t)(p - start), "các ", strlen("các "));
		const char *kind = NULL;
		bool kept = false;
		for (size_t i = 0; i < sizeof verbs / sizeof *verbs && kind == NULL; i++)
			if (strncmp(after, verbs[i].verb, strlen(verbs[i].verb)) == 0) {
				kind = after + strlen(verbs[i].verb);
				kept = verbs[i].kept;
			}
		if (list == NULL || kind == NULL)
			continue;
		struct span old = { (size_t)(list - r->low) + strlen("các "), (size_t)(p - r->low) },
			    items[MAX_ITEMS];
		struct span new = { (size_t)(kind - r->low), (size_t)(kind - r->low) };
		while (r->low[new.to] != 0 && strchr(":;,.()", r->low[new.to]) == NULL)
			new.to++;
		bool with_kind;
		/* The new name ends where words without capitals begin. */
		while (new.to > new.from && !is_unit(r, trim(r, new), &with_kind)) {
			do
				new.to--;
			while (new.to > new.from && r->low[new.to] != ' ');
		}
		int n = split_units(r, old, items, &with_kind);
		if (n < 2 || new.to <= new.from)
			continue;
		struct request *q = letter_add_request(r->l, "merger-example", ++r->examples);
		q->document = r->document;
		add_cell(r, q, "old_units", NULL, old);
		add_cell(r, q, "new_unit", NULL, trim(r, new));
		add_cell(r, q, "name_kept", kept ? "yes" : "no", trim(r, new));
	}
}

/* "..., Ủy ban nhân dân xã Bình Mỹ không có chứng thư chữ ký số nào.": that a body has none. Only as the whole statement of
 * a sentence (not "không có chứng thư nào hết hạn"), and of no condition ("nếu", "trường hợp"). */
static bool is_statement(const char *sentence, const char *after)
{
	static const char *const conditions[] = { "trường hợp", "nếu ", "đối với", " thì ", "các cơ quan", "các đơn vị", "cá nhân" };
	static const char *const goes_on[] = { "chữ", "ký", "số", "chuyên", "dùng", "công", "vụ", "nào", "đang", "sử", "dụng", "được", "cấp", "còn",
		"hiệu", "lực", "của", "tổ", "chức", "cơ", "quan" };
	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
		if (strstr(sentence, conditions[i]) != NULL)
			return false;
	while (*(after += strspn(after, " ")) != 0) {
		size_t n = strcspn(after, " "), i = 0;
		while (i < sizeof goes_on / sizeof *goes_on && !(strlen(goes_on[i]) == n && strncmp(after, goes_on[i], n) == 0))
			i++;
		if (i == sizeof goes_on / sizeof *goes_on)
			return false;
		after += n;
	}
	return true;
}

/* The body that a sentence names before `to`: its committee and its unit. */
static bool body_in(const struct reading_of *r, struct span sentence, size_t to, struct span *body)
{
	static const char *const words[] = { "ủy ban nhân dân ", "uỷ ban nhân dân ", "ubnd ", "hội đồng nhân dân ", "hđnd " };
	const char *best = NULL;
	size_t word = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (const char *p = r->low + sentence.from; (p = strstr(p, words[i])) != NULL && p < r->low + to; p++)
			if (best == NULL || p > best) {
				best = p;
				word = strlen(words[i]);
			}
	if (best == NULL)
		return false;
	bool kind;
	for (struct span unit = { (size_t)(best - r->low) + word, to }; unit.to > unit.from; unit.to--)
		if ((r->low[unit.to] == ' ' || r->low[unit.to] == ',' || unit.to == to) && is_unit(r, trim(r, unit), &kind) && kind) {
			*body = (struct span){ (size_t)(best - r->low), trim(r, unit).to };
			return true;
		}
	return false;
}

static void find_none(struct reading_of *r)
{
	static const char *const says[] = { "không có chứng thư", "chưa có chứng thư", "chưa được cấp chứng thư", "không được cấp chứng thư",
		"không sử dụng chứng thư", "không quản lý, sử dụng chứng thư" };
	static const char *const speaks[] = { "đơn vị", "cơ quan", "chúng tôi", "rà soát", "kiểm tra" };
	const struct field *agency = letter_find_field(r->l, "agency");
	int rows = 0;
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		for (const char *p = r->low; (p = strstr(p, says[i])) != NULL; p += strlen(says[i])) {
			size_t at = (size_t)(p - r->low), from = at, to = at + strcspn(p, ".;:/");
			while (from > 0 && strchr(".;:", r->low[from - 1]) == NULL)
				from--;
			char *sentence = copy_part(r->mem, r->low + from, to - from);
			struct span body;
			bool named = body_in(r, (struct span){ from, to }, at, &body), own = false;
			for (size_t k = 0; k < sizeof speaks / sizeof *speaks; k++)
				own = own || strstr(sentence, speaks[k]) != NULL;
			if (!is_statement(sentence, sentence + (at - from) + strlen(says[i])) || (!named && (!own || agency == NULL)))
				continue;
			struct request *q = letter_add_request(r->l, "no-certificate", ++rows);
			q->document = r->document;
			add_cell(r, q, "org_name", named ? NULL : agency->read.value, named ? body : (struct span){ at, to });
		}
}

void lists_read(struct letter *l, int document)
{
	struct reading_of r = { .l = l, .mem = talloc_new(l), .document = document };
	r.flow.mem = r.flow.text.mem = r.mem;
	if (gather(&r)) {
		find_lists(&r);
		find_examples(&r);
		find_none(&r);
	}
	talloc_free(r.mem);
}
