/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fields_cite.c - what stands in the running text: citations, deadlines, telephone numbers, mailboxes.
 *
 * The text is the document's lines from the subject to the signer's block, page after page, one paragraph a
 * line. A citation is found by its code (LAW, 3: number/symbol, number/year/symbol, and the Party's
 * number-type/body); its type stands before the code, date and issuer behind it. A law has no code but a name
 * and a day. In a decision only what stands before its operative words is its basis; what comes after is
 * mentioned.
 */
#include "reading.h"
#include "text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct running {
	struct flow flow;
	struct fold f;
	size_t operative;                      /* where QUYẾT ĐỊNH: begins; end of text when there is none */
};

static bool is_line_break(const struct line *l, const struct line *before, double left, double right)
{
	if (before == NULL)
		return false;
	const char *t = l->text;
	bool dash = *t == '-' || *t == '+' || text_starts(t, "–");
	size_t n = strlen(before->text);
	/* "tỉnh Bà Rịa" + "- Vũng Tàu": behind a full line without a stop a dash at the margin opens nothing */
	if (dash && l->words[0]->source != FROM_OCR && l->box.x0 < before->box.x0 + 2 && before->box.x1 > right - 20 && n > 0
	    && strchr(";:.,", before->text[n - 1]) == NULL)
		dash = false;
	bool indented = l->box.x0 > left + 14 && before->box.x1 < right - 20;
	return dash || indented || (l->box.y0 - before->box.y1 > 1.4 * l->size && l->page == before->page)
		|| (l->box.x0 > left + 20 && before->box.x0 < left + 8);
}

static struct running gather(struct reading *r)
{
	struct running t = { .flow = { .mem = r->mem }, .operative = (size_t)-1 };
	const struct line *before = NULL;
	for (int i = r->head; i < r->n && (r->end < 0 || i <= r->end); i++) {
		struct box zone = page_whole(r->pages[i]);
		if (i == r->head)
			zone.y0 = r->body_top > r->subject_end ? r->subject_end : r->body_top;
		if (i == r->head && r->about)
			zone.y0 = r->below - 2;
		if (i == r->end)
			zone.y1 = r->end_top - 2;
		struct lines lines = page_lines(r->mem, r->pages[i], zone, 0);
		for (int k = 0; k < lines.n; k++) {
			const struct line *l = &lines.at[k];
			char *key = lexicon_key(r->mem, l->text);
			if (line_letters(l) == 0 && l->box.y0 < 70)
				continue;                          /* page number */
			if (is_line_break(l, before, r->left, r->right))
				flow_break(&t.flow);
			if ((strcmp(key, "quyet dinh") == 0 || strcmp(key, "quyet nghi") == 0 || strcmp(key, "nghi quyet") == 0)
			    && t.operative == (size_t)-1 && line_is_upper(l) && t.flow.text.len > 0 && l->box.y0 > r->subject_end + 4)
				t.operative = t.flow.text.len;
			if (text_starts(key, "dieu 1 ") && t.operative == (size_t)-1 && strstr(l->text, "1.") != NULL)
				t.operative = t.flow.text.len;
			flow_add(&t.flow, l);
			before = l;
		}
	}
	if (t.flow.text.text == NULL)
		buffer_text(&t.flow.text, "");
	t.f = fold_text(r->mem, t.flow.text.text);
	static const char *const decides[] = { "Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị", "Lệnh", NULL };
	bool decision = false;
	for (int i = 0; decides[i] != NULL && r->type != NULL; i++)
		decision = decision || text_starts(r->type, decides[i]);
	if (!decision)
		t.operative = (size_t)-1;
	size_t n = 0;
	while (n < t.f.n && t.f.at[n] < t.operative)
		n++;
	t.operative = n;
	return t;
}

/* codes ------------------------------------------------------------------------------------------------ */

static bool is_code_char(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '&' || c == '/';
}

static size_t skip_digits(const struct fold *f, size_t at)
{
	while (at < f->n && isdigit((unsigned char)f->cased[at]))
		at++;
	return at;
}

/* The symbol behind the number: capitals in parts joined by dashes; OCR leaves spaces after them. */
static size_t symbol_end(const struct fold *f, size_t at)
{
	size_t capitals = 0, start = at;
	for (; at < f->n; at++) {
		char c = f->cased[at];
		if (is_code_char(c)) {
			capitals += isupper((unsigned char)c) != 0;
			continue;
		}
		if (c == ' ' && at > start && (f->cased[at - 1] == '-' || f->cased[at - 1] == '/') && at + 1 < f->n
		    && isupper((unsigned char)f->cased[at + 1]))
			continue;
		if (c == ' ' && at + 2 < f->n && f->cased[at + 1] == '-' && isupper((unsigned char)f->cased[at + 2]))
			continue;
		if (c == ',' && at + 1 < f->n && isupper((unsigned char)f->cased[at + 1]) && f->cased[at - 1] != ' ')
			continue;
		if (c == '.' && at + 1 < f->n && isupper((unsigned char)f->cased[at + 1]) && isupper((unsigned char)f->cased[at - 1]))
			continue;
		break;
	}
	while (at > start && !isalnum((unsigned char)f->cased[at - 1]))
		at--;
	return capitals >= 2 ? at : start;
}

/* A code that begins at a digit: returns its end, or from when there is none. */
static size_t code_end(const struct fold *f, size_t from)
{
	size_t at = skip_digits(f, from);
	if (at == from || at - from > 6)
		return from;
	if (at < f->n && islower((unsigned char)f->cased[at]) && f->cased[at + 1] == '/')
		at++;
	size_t dash = at;
	while (at < f->n && f->cased[at] == ' ' && at - dash < 2)
		at++;
	if (at >= f->n)
		return from;
	if (f->cased[at] == '-' && at == dash && isupper((unsigned char)f->cased[at + 1])) {       /* 20-NQ/TW */
		size_t slash = at + 1;
		while (slash < f->n && isalpha((unsigned char)f->cased[slash]))
			slash++;
		if (slash >= f->n || f->cased[slash] != '/' || !isupper((unsigned char)f->cased[slash + 1]))
			return from;
		size_t end = symbol_end(f, at + 1);
		return end > at + 1 ? end : from;
	}
	if (f->cased[at] != '/')
		return from;
	size_t part = at + 1;
	while (part < f->n && f->cased[part] == ' ')
		part++;
	size_t digits = skip_digits(f, part);
	if (digits - part == 4 && digits < f->n && f->cased[digits] == '/')
		part = digits + 1;                                 /* 68/2024/NĐ-CP */
	while (part < f->n && f->cased[part] == ' ')
		part++;
	if (part >= f->n || !isupper((unsigned char)f->cased[part]))
		return from;
	size_t end = symbol_end(f, part);
	return end > part ? end : from;
}

/* Letters of a run are miscounted: BTTTTT is BTTTT when no other issuer is like it but for that. */
static char *same_runs(const void *mem, const char *text)
{
	char *out = copy_text(mem, text);
	size_t n = 0;
	for (const char *at = text; *at != 0; at++)
		if (n == 0 || out[n - 1] != *at)
			out[n++] = *at;
	out[n] = 0;
	return out;
}

static char *count_runs(const void *mem, char *code)
{
	char *last = strrchr(code, '-');
	if (last == NULL || strstr(last, "TT") == NULL || lexicon_find("issuer", last + 1) != NULL)
		return code;
	char *like = text_lower(mem, same_runs(mem, last + 1));
	for (int i = 0;; i++) {
		const struct lexeme *one = lexicon_at("issuer", i);
		if (one == NULL)
			return code;
		if (strcmp(same_runs(mem, one->weak), like) == 0)
			return format_text(mem, "%.*s%s", (int)(last + 1 - code), code, one->text);
	}
}

static char *tidy_code(const void *mem, const char *raw, bool ocr)
{
	struct buffer b = { .mem = mem };
	for (const char *at = raw; *at != 0; at++) {
		if (*at == ' ')
			continue;
		if (text_starts(at, "–") || text_starts(at, "—")) {
			buffer_text(&b, "-");
			at += 2;
		} else if (text_starts(at, "Ð")) {
			buffer_text(&b, "Đ");
			at++;
		} else {
			buffer_add(&b, at, 1);
		}
	}
	char *code = b.text != NULL ? b.text : copy_text(mem, "");
	if (!ocr)
		return code;
	static const struct { const char *from, *to; } rows[] = { { "/ND-CP", "/NĐ-CP" }, { "/QD-", "/QĐ-" }, { "/QĐĐ-", "/QĐ-" },
		{ "/NĐĐ-", "/NĐ-" }, { "/TTY-", "/TTr-" }, { "/TTR-", "/TTr-" }, { "/TI-", "/TT-" }, { "/TL-", "/TT-" }, { "-BGDDT", "-BGDĐT" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *at = strstr(code, rows[i].from);
		if (at != NULL)
			code = format_text(mem, "%.*s%s%s", (int)(at - code), code, rows[i].to, at + strlen(rows[i].from));
	}
	char *term = strstr(code, "QH");                           /* QHI5: the term of the National Assembly is a number */
	for (int i = 2; term != NULL && i < 4 && term[i] != 0; i++)
		term[i] = strchr("Il|", term[i]) != NULL ? '1' : term[i] == 'S' ? '5' : term[i] == 'O' ? '0' : term[i];
	return count_runs(mem, code);
}

/* before and behind a code ------------------------------------------------------------------------------ */

/* The name of the type that ends right before [.. at): "Quyết định số", "Nghị định". Returns where it begins. */
static size_t type_before(struct reading *r, const struct running *t, size_t at, char **type)
{
	size_t end = at;
	while (end > 0 && strchr(" :.,", t->f.small[end - 1]) != NULL)
		end--;
	if (end >= 2 && strncmp(t->f.small + end - 2, "so", 2) == 0 && (end == 2 || !isalpha((unsigned char)t->f.small[end - 3])))
		end -= 2;
	while (end > 0 && (t->f.small[end - 1] == ' ' || t->f.small[end - 1] == '\n'))
		end--;
	size_t from = end;
	*type = NULL;
	for (int words = 0; words < 5 && from > 0; words++) {
		size_t word = from;
		while (word > 0 && t->f.small[word - 1] != ' ' && t->f.small[word - 1] != '\n')
			word--;
		char *text = copy_part(r->mem, t->flow.text.text + t->f.at[word], t->f.at[end] - t->f.at[word]);
		const struct lexeme *one = strlen(text) < 60 ? lexicon_find("type", text) : NULL;
		if (one != NULL) {
			*type = copy_text(r->mem, one->text);
			at = word;
		}
		from = word;
		while (from > 0 && t->f.small[from - 1] == ' ')
			from--;
		if (from == word)
			break;
	}
	if (*type == NULL && end >= 7 && strncmp(t->f.small + end - 7, "van ban", 7) == 0) {
		*type = copy_text(r->mem, "Văn bản");
		at = end - 7;
	}
	return at;
}

/* "ngày 25/6/2024", "ngày 25 tháng 6 năm 2024" within a few characters; *end: behind it. */
static char *date_behind(const void *mem, const struct fold *f, size_t at, size_t *end)
{
	size_t p = at;
	while (p < f->n && strchr(" ,(\n", f->small[p]) != NULL && p - at < 4)
		p++;
	if (strncmp(f->small + p, "ngay", 4) != 0)
		return NULL;
	p += 4;
	int part[3] = { 0 };
	for (int i = 0; i < 3; i++) {
		while (p < f->n && !isdigit((unsigned char)f->small[p]) && f->small[p] != 'l')
			if (strchr(" /-.thangnm\n", f->small[p++]) == NULL)
				return NULL;
		size_t from = p;
		for (; p < f->n && (isdigit((unsigned char)f->small[p]) || (f->small[p] == 'l' && p - from < 2)) && p - from < 4; p++)
			part[i] = part[i] * 10 + (f->small[p] == 'l' ? 1 : f->small[p] - '0');
	}
	*end = p;
	if (part[2] < 1945 || !date_is_real(part[2], part[1], part[0]))
		return NULL;
	return format_text(mem, "%04d-%02d-%02d", part[2], part[1], part[0]);
}

/* "của Chính phủ", up to what the document does: quy định, về, ban hành ... */
static char *issuer_behind(const void *mem, const struct running *t, size_t at)
{
	static const char *const stops[] = { " ve ", " quy dinh", " ban hanh", " sua doi", " huong dan", " phe duyet", " cong bo", " thanh lap",
		" trien khai", " giao ", " doi voi", " va ", " de ", " thi hanh", " tai ", " thong qua", " quyet dinh", " cho ", NULL };
	const struct fold *f = &t->f;
	while (at < f->n && strchr(" ,)\n", f->small[at]) != NULL)
		at++;
	if (strncmp(f->small + at, "cua ", 4) != 0)
		return NULL;
	at += 4;
	size_t end = at;
	while (end < f->n && strchr(",;.()\n:\"", f->small[end]) == NULL && end - at < 120)
		end++;
	for (const char *const *s = stops; *s != NULL; s++) {
		const char *stop = strstr(f->small + at, *s);
		if (stop != NULL && (size_t)(stop - f->small) < end)
			end = (size_t)(stop - f->small);
	}
	return text_line(mem, copy_part(mem, t->flow.text.text + f->at[at], f->at[end] - f->at[at]));
}

/* "khoản 1 Điều 34 Nghị định": the articles named right before a citation. */
static char *article_before(const void *mem, const struct running *t, size_t at)
{
	const char *small = t->f.small;
	size_t from = at > 60 ? at - 60 : 0;
	while (from > 0 && from < at && small[from] != '\n' && small[from] != ';' && small[from] != '.' && small[from] != '(')
		from++;
	if (from >= at)
		from = at > 60 ? at - 60 : 0;
	char *head = copy_part(mem, small + from, at - from);
	const char *dieu = strstr(head, "dieu "), *khoan = strstr(head, "khoan "), *diem = strstr(head, "diem ");
	if (dieu == NULL || !isdigit((unsigned char)dieu[5]))
		return NULL;
	const char *start = khoan != NULL && khoan < dieu && dieu - khoan < 16 ? khoan : dieu;
	if (diem != NULL && diem < start && start - diem < 14)
		start = diem;
	size_t a = from + (size_t)(start - head), end = at;
	while (end > a && strchr(" ,\n", small[end - 1]) != NULL)
		end--;
	for (size_t i = a; i < end; i++)                           /* nothing but articles until the citation */
		if (isalpha((unsigned char)small[i]) && strncmp(small + i, "dieu", 4) != 0 && strncmp(small + i, "khoan", 5) != 0
		    && strncmp(small + i, "diem", 4) != 0 && strncmp(small + i, "va", 2) != 0 && isalpha((unsigned char)small[i + 1]))
			return NULL;                       /* a letter alone is a điểm's */
		else if (isalpha((unsigned char)small[i]))
			while (i + 1 < end && isalpha((unsigned char)small[i + 1]))
				i++;
	return text_line(mem, copy_part(mem, t->flow.text.text + t->f.at[a], t->f.at[end] - t->f.at[a]));
}

/* citations --------------------------------------------------------------------------------------------- */

static bool known_already(const struct reading *r, const char *code, const char *date)
{
	for (int i = 0; i < r->l->fields.n; i++) {
		const struct field *f = &r->l->fields.at[i];
		const char *had = f->document == r->document ? field_attr(f, "code") : NULL, *day = field_attr(f, "date");
		if (had != NULL && strcmp(had, code) == 0 && (date == NULL || day == NULL || strcmp(date, day) == 0))
			return true;
	}
	return false;
}

static bool own_code(const struct reading *r, const char *code)
{
	const struct field *number = letter_find_field(r->l, "number");
	if (number == NULL || r->symbol == NULL || r->document != 0)
		return false;
	char *own = format_text(NULL, "%s/%s", number->read.value, r->symbol);
	bool same = strcmp(own, code) == 0;
	talloc_free(own);
	return same;
}

static void add_citation(struct reading *r, const struct running *t, size_t from, size_t start, size_t end, const char *type,
			 const char *name)
{
	size_t behind = end;
	char *date = date_behind(r->mem, &t->f, end, &behind);
	struct value v = flow_value(r->mem, &t->flow, t->f.at[start], t->f.at[end]);
	bool ocr = v.place.source == FROM_OCR;
	char *code = name == NULL ? tidy_code(r->mem, copy_part(r->mem, t->flow.text.text + t->f.at[from], t->f.at[end] - t->f.at[from]), ocr)
		: NULL;
	if (code != NULL && (known_already(r, code, date) || own_code(r, code)))
		return;
	if (code != NULL)
		v.value = type != NULL ? format_text(r->mem, "%s số %s", type, code) : code;
	else
		v.value = copy_text(r->mem, name);
	if (ocr && v.confidence > 0.88)
		v.confidence = 0.88;
	struct field *f = reading_add(r, start < t->operative ? "citations" : "mentions", v);
	char *issuer = issuer_behind(r->mem, t, behind), *article = article_before(r->mem, t, start);
	field_add_attr(r->l, f, "type", type);
	field_add_attr(r->l, f, "code", code);
	field_add_attr(r->l, f, "date", date);
	field_add_attr(r->l, f, "issuer", issuer);
	field_add_attr(r->l, f, "article", article);
}

/* "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015": a name up to its day, or to the end. */
static void find_laws(struct reading *r, const struct running *t)
{
	static const char *const heads[] = { "luat ", "bo luat ", "phap lenh ", "hien phap ", NULL };
	const char *small = t->f.small;
	for (const char *at = small; (at = strstr(at, "can cu")) != NULL; at += 6) {
		for (size_t p = (size_t)(at - small) + 6; p < t->f.n && small[p] != '\n';) {
			while (p < t->f.n && strchr(" ,;:", small[p]) != NULL)
				p++;
			const char *const *h = heads;
			while (*h != NULL && strncmp(small + p, *h, strlen(*h)) != 0)
				h++;
			size_t end = p;
			while (end < t->f.n && strchr(";\n", small[end]) == NULL)
				end++;
			if (*h != NULL) {
				size_t day = end, number = end;
				for (size_t i = p; i < end; i++) {
					if (strncmp(small + i, " ngay ", 6) == 0 && day == end)
						day = i;
					if (strncmp(small + i, " so ", 4) == 0 && isdigit((unsigned char)small[i + 4]) && number == end)
						number = i;
				}
				if (number > day)                  /* with a number it is found by its code */
					add_citation(r, t, p, p, day, "Luật",
						     text_line(r->mem, copy_part(r->mem, t->flow.text.text + t->f.at[p], t->f.at[day] - t->f.at[p])));
			}
			p = end + (end < t->f.n && small[end] == ';');
			if (*h == NULL)
				break;
		}
	}
}

static void find_citations(struct reading *r, const struct running *t)
{
	const struct fold *f = &t->f;
	for (size_t i = 0; i < f->n; i++) {
		if (!isdigit((unsigned char)f->cased[i]) || (i > 0 && (isalnum((unsigned char)f->cased[i - 1]) || strchr("/.-", f->cased[i - 1]) != NULL)))
			continue;
		size_t end = code_end(f, i);
		if (end == i)
			continue;
		char *type;
		size_t start = type_before(r, t, i, &type);
		add_citation(r, t, i, start, end, type, NULL);
		i = end;
	}
}

/* deadlines, telephones, mailboxes ----------------------------------------------------------------------- */

static void find_deadlines(struct reading *r, const struct running *t)
{
	static const char *const heads[] = { "truoc ngay ", "cham nhat ngay ", "cham nhat den ngay ", "cham nhat la ngay ", "den het ngay ",
		"truoc het ngay ", "han cuoi ngay ", "cham nhat vao ngay ", "muon nhat ngay ", NULL };
	for (const char *const *h = heads; *h != NULL; h++)
		for (const char *at = t->f.small; (at = strstr(at, *h)) != NULL; at++) {
			size_t from = (size_t)(at - t->f.small), end, day = from + strlen(*h) - 5;
			char *date = date_behind(r->mem, &t->f, day, &end);
			if (date == NULL)
				continue;
			struct value v = flow_value(r->mem, &t->flow, t->f.at[from], t->f.at[end]);
			v.value = date;
			struct field *f = reading_add(r, "deadlines", v);
			field_add_attr(r->l, f, "says", text_line(r->mem, copy_part(r->mem, t->flow.text.text + t->f.at[from],
										    t->f.at[end] - t->f.at[from])));
		}
}

static void find_phones(struct reading *r, const struct running *t)
{
	const struct fold *f = &t->f;
	for (size_t i = 0; i < f->n; i++) {
		if (f->small[i] != '0' || (i > 0 && (isalnum((unsigned char)f->small[i - 1]) || strchr("/.,-", f->small[i - 1]) != NULL)))
			continue;
		size_t end = i, digits = 0, last = i;
		char *number = new_array(r->mem, char, 16);
		while (end < f->n && digits < 13 && (isdigit((unsigned char)f->small[end]) || (strchr(".- ", f->small[end]) != NULL
		       && end + 1 < f->n && isdigit((unsigned char)f->small[end + 1])))) {
			if (isdigit((unsigned char)f->small[end])) {
				number[digits++] = f->small[end];
				last = end + 1;
			}
			end++;
		}
		if ((digits != 10 && digits != 11) || (number[1] == '0') || (last < f->n && (f->small[last] == '/' || isalpha((unsigned char)f->small[last]))))
			continue;
		struct value v = flow_value(r->mem, &t->flow, f->at[i], f->at[last]);
		reading_add(r, "phones", v);
		i = last;
	}
}

static void find_mailboxes(struct reading *r, const struct running *t)
{
	const struct fold *f = &t->f;
	for (size_t i = 1; i < f->n; i++) {
		if (f->small[i] != '@')
			continue;
		size_t from = i, end = i + 1;
		while (from > 0 && (isalnum((unsigned char)f->small[from - 1]) || strchr("._-+", f->small[from - 1]) != NULL))
			from--;
		while (end < f->n && (isalnum((unsigned char)f->small[end]) || strchr("._-", f->small[end]) != NULL))
			end++;
		while (end > i && strchr("._-", f->small[end - 1]) != NULL)
			end--;
		char *domain = copy_part(r->mem, f->small + i + 1, end - i - 1);
		if (from == i || strchr(domain, '.') == NULL)
			continue;
		struct value v = flow_value(r->mem, &t->flow, f->at[from], f->at[end]);
		v.value = text_lower(r->mem, v.value);
		bool twice = false;
		for (const struct field *had = letter_find_field(r->l, "emails"); had != NULL && !twice; had = field_next(r->l, had))
			twice = strcmp(had->read.value, v.value) == 0;
		if (!twice)
			reading_add(r, "emails", v);
	}
}

/* Number, symbol and date lent by a code of the running text, marked as derived. Returns where it ends, or at. */
static size_t derive_from_code(struct reading *r, const struct running *t, size_t at)
{
	size_t end = code_end(&t->f, at), behind;
	if (!isdigit((unsigned char)t->f.small[at]) || end == at)
		return at;
	struct value v = flow_value(r->mem, &t->flow, t->f.at[at], t->f.at[end]);
	char *code = tidy_code(r->mem, v.value, v.place.source == FROM_OCR);
	size_t n = strspn(code, "0123456789");
	v.place.source = DERIVED;
	v.confidence *= 0.7;
	v.value = copy_part(r->mem, code, n);
	reading_add(r, "number", v);
	v.value = code + n + (code[n] == '/' || code[n] == '-');
	r->symbol = reading_add(r, "symbol", v)->read.value;
	char *date = date_behind(r->mem, &t->f, end, &behind);
	if (date != NULL && letter_find_field(r->l, "date") == NULL) {
		v.value = date;
		reading_add(r, "date", v);
	}
	return end;
}

/* A regulation without a header: "(Kèm theo Quyết định số 2289/QĐ-UBND ngày 28/8/2024 ...)". */
static void derive_from_enclosing(struct reading *r, const struct running *t)
{
	const char *at = strstr(t->f.small, "kem theo "), *stop = at != NULL ? strchr(at, ')') : NULL;
	if (r->symbol != NULL || r->titled || at == NULL || stop == NULL || at - t->f.small > 1500)
		return;
	for (size_t i = (size_t)(at - t->f.small); i < (size_t)(stop - t->f.small); i++)
		if (derive_from_code(r, t, i) != i)
			return;
}

/* A copy of a legal text without its header: "NGHỊ ĐỊNH / CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007 / VỀ
 * MINH BẠCH ..."; what was taken for its subject begins with all that. */
static void derive_from_heading(struct reading *r)
{
	enum { BODY = 60 };
	struct running t = { .flow = { .mem = r->mem } };
	struct field *subject = NULL;
	for (int i = 0; i < r->l->fields.n; i++)
		if (r->l->fields.at[i].document == r->document && strcmp(r->l->fields.at[i].name, "subject") == 0)
			subject = &r->l->fields.at[i];
	if (r->symbol != NULL || r->titled || subject == NULL || r->ocr)
		return;
	struct box zone = page_whole(r->pages[r->head]);
	zone.y1 = r->subject_end + 1;
	struct lines lines = page_lines(r->mem, r->pages[r->head], zone, 0);
	for (int i = 0; i < lines.n; i++)
		flow_add(&t.flow, &lines.at[i]);
	t.f = fold_text(r->mem, t.flow.text.text != NULL ? t.flow.text.text : "");
	const char *small = t.f.small, *of = strstr(small, "cua "), *so = of != NULL ? strstr(of, " so ") : NULL;
	if (so == NULL || so - of > BODY || !isupper((unsigned char)t.f.cased[of - small]))
		return;
	size_t from = (size_t)(of - small) + 4, to = (size_t)(so - small), behind;
	size_t end = code_end(&t.f, to + 4);
	bool dated = date_behind(r->mem, &t.f, end, &behind) != NULL;
	if (end == to + 4)
		return;
	struct value rest = flow_value(r->mem, &t.flow, t.f.at[dated ? behind : end], t.flow.text.len);
	subject->read.value = copy_text(r->l, rest.value);
	struct value v = flow_value(r->mem, &t.flow, t.f.at[from], t.f.at[to]);
	derive_from_code(r, &t, to + 4);
	v.place.source = DERIVED;
	v.confidence *= 0.7;
	if (letter_find_field(r->l, "agency") == NULL)
		reading_add(r, "agency", v);
}

void text_read(struct reading *r)
{
	struct running t = gather(r);
	derive_from_enclosing(r, &t);
	derive_from_heading(r);
	find_laws(r, &t);
	find_citations(r, &t);
	find_deadlines(r, &t);
	find_phones(r, &t);
	find_mailboxes(r, &t);
}
