/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cite.c - what rules cite, as a letter writes it: an act once, with all its articles.
 *
 * Rules cite in short, several acts in one text ("NĐ 68/2024/NĐ-CP Đ15 khoản 2, Đ16; Nghị quyết 1669/NQ-UBTVQH15").
 * A letter writes "Nghị định số 68/2024/NĐ-CP (khoản 2 Điều 15, Điều 16)". What another province ruled for itself
 * binds nobody here and is left out; so is the answer of a person in this office, which is no act, and an act that has
 * ended: it may explain a figure to whoever decides, a letter of today is not founded on it. Acts stand by their force.
 */
#include "compose.h"
#include "text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Guides of districts, by the province that they lay in. */
static const struct { const char *district, *province; } districts[] = {
	{ "huyện Thủy Nguyên", "Hải Phòng" },
};

static const char in_office[] = "Quyết định của người có thẩm quyền";

static bool names(const void *mem, const char *where, const char *province)
{
	return text_starts(text_strong(mem, where), text_strong(mem, province));
}

/* province: "Tỉnh Quảng Ngãi"; NULL: nobody can tell, and nothing is left out. */
static bool is_here(const void *mem, const char *part, const char *province)
{
	const char *name = province == NULL ? NULL : strstr(province, "phố ") != NULL ? strstr(province, "phố ") + strlen("phố ")
		: strchr(province, ' ') != NULL ? strchr(province, ' ') + 1 : province;
	if (name == NULL)
		return true;
	for (size_t i = 0; i < sizeof districts / sizeof *districts; i++)
		if (strstr(part, districts[i].district) != NULL)
			return names(mem, name, districts[i].province);
	const char *whose = strstr(part, " tỉnh ");
	return whose == NULL || names(mem, whose + strlen(" tỉnh "), name);
}

char *law_here(const void *mem, const char *law, const char *province)
{
	struct buffer b = { .mem = mem };
	for (const char *at = law; at != NULL && *at != 0;) {
		size_t n = strcspn(at, ";");
		char *part = text_line(mem, copy_part(mem, at, n));
		if (*part != 0 && is_here(mem, part, province))
			buffer_format(&b, "%s%s", b.len > 0 ? "; " : "", part);
		at += n + (at[n] == ';');
	}
	return b.text;
}

struct act { char *name; int rank, order; struct texts places; };
struct acts { LIST(struct act) all; };

static void add_once(const void *mem, struct texts *list, const char *text)
{
	for (int i = 0; i < list->n; i++)
		if (strcmp(list->at[i], text) == 0)
			return;
	texts_add(mem, list, text);
}

/* Replaced by NĐ 68/2024/NĐ-CP (Đ41). */
static const struct { const char *code, *until; } ended[] = {
	{ "130/2018/NĐ-CP", "2024-08-14" }, { "185/2019/TT-BQP", "2024-08-14" },
};

static bool has_ended(const char *name, const char *day)
{
	for (size_t i = 0; i < sizeof ended / sizeof *ended; i++)
		if (strstr(name, ended[i].code) != NULL && strcmp(day, ended[i].until) > 0)
			return true;
	return false;
}

/* Luật Ban hành văn bản quy phạm pháp luật: the National Assembly's, its Standing Committee's, the Government's ... */
static const char *const by_rank[] = { "Luật ", "/QH", "/NQ-UBTVQH", "/NĐ-CP", "/QĐ-TTg", "/TT-", "Nghị quyết ", "Quyết định " };

static int rank_of(const char *name)
{
	int n = (int)(sizeof by_rank / sizeof *by_rank);
	for (int i = 0; i < n; i++)
		if (i == 0 || *by_rank[i] != '/' ? text_starts(name, by_rank[i]) : strstr(name, by_rank[i]) != NULL)
			return i;
	return n;
}

/* What stands behind an act's number when it is named: day and issuer, as far as they are known. The resolutions 1654 to
 * 1687 on the communes of the 34 provinces are of one day. */
static char *with_issuer(const void *mem, const char *name)
{
	static const struct { const char *code, *of; } known[] = {
		{ "68/2024/NĐ-CP", " ngày 25 tháng 6 năm 2024 của Chính phủ" },
		{ "30/2020/NĐ-CP", " ngày 05 tháng 3 năm 2020 của Chính phủ" },
		{ "1232/NQ-UBTVQH15", " ngày 24 tháng 10 năm 2024 của Ủy ban Thường vụ Quốc hội" },
		{ "/NQ-UBTVQH", " của Ủy ban Thường vụ Quốc hội" }, { "/QH1", " của Quốc hội" },
		{ "/NĐ-CP", " của Chính phủ" },
	};
	static const char resolution[] = "Nghị quyết số ";
	int number = text_starts(name, resolution) ? atoi(name + sizeof resolution - 1) : 0;
	if (number >= 1654 && number <= 1687 && strstr(name, "/NQ-UBTVQH15") != NULL)
		return format_text(mem, "%s ngày 16 tháng 6 năm 2025 của Ủy ban Thường vụ Quốc hội", name);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strstr(name, known[i].code) != NULL)
			return format_text(mem, "%s%s", name, known[i].of);
	return copy_text(mem, name);
}

static struct act *act_named(const void *mem, struct acts *acts, const char *name)
{
	for (int i = 0; i < acts->all.n; i++)
		if (strcmp(acts->all.at[i].name, name) == 0)
			return &acts->all.at[i];
	acts->all.at = own_grow(mem, acts->all.at, acts->all.n, &acts->all.room, sizeof *acts->all.at);
	struct act *a = &acts->all.at[acts->all.n++];
	*a = (struct act){ .name = copy_text(mem, name), .rank = rank_of(name), .order = acts->all.n };
	return a;
}

static int by_force(const void *a, const void *b)
{
	const struct act *x = a, *y = b;
	return x->rank != y->rank ? x->rank - y->rank : x->order - y->order;
}

/* "NĐ 68/2024/NĐ-CP" -> "Nghị định số 68/2024/NĐ-CP" */
static char *written_out(const void *mem, const char *act)
{
	static const char *const kinds[][2] = { { "NĐ ", "Nghị định số " }, { "NQ ", "Nghị quyết số " },
		{ "Nghị quyết ", "Nghị quyết số " }, { "QĐ ", "Quyết định số " }, { "TT ", "Thông tư số " },
		{ "CV ", "Công văn số " }, { "Luật ", "Luật số " } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_starts(act, kinds[i][0]) && isdigit((unsigned char)act[strlen(kinds[i][0])]))
			return format_text(mem, "%s%s", kinds[i][1], act + strlen(kinds[i][0]));
	return copy_text(mem, act);
}

/* "Đ17 khoản 3 điểm b" -> "điểm b khoản 3 Điều 17"; other places as they are. */
static char *place_written_out(const void *mem, const char *place)
{
	static const char article[] = "Đ";
	if (!text_starts(place, article) || !isdigit((unsigned char)place[sizeof article - 1]))
		return copy_text(mem, place);
	char *whole = format_text(mem, "Điều %s", place + sizeof article - 1), *made = NULL;
	static const char *const parts[] = { " khoản ", " điểm " };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *at = strstr(whole, parts[i]);
		if (at == NULL)
			continue;
		char *more = strstr(at + 1, parts[1]);
		char *mine = i == 0 && more != NULL ? copy_part(mem, at + 1, (size_t)(more - at - 1)) : copy_text(mem, at + 1);
		made = made != NULL ? format_text(mem, "%s %s", mine, made) : mine;
	}
	whole[strcspn(whole, " ") + 1 + strcspn(whole + strcspn(whole, " ") + 1, " ")] = 0;
	return made != NULL ? format_text(mem, "%s %s", made, whole) : whole;
}

/* Where the name of the act ends and the places in it begin. */
static size_t name_length(const char *part)
{
	static const char *const begins[] = { " mục ", " khoản ", " Phụ lục" };
	const char *first = part + strlen(part);
	for (const char *c = strstr(part, " Đ"); c != NULL && c < first; c = strstr(c + 1, " Đ"))
		if (isdigit((unsigned char)c[strlen(" Đ")]))
			first = c;
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
		const char *c = strstr(part, begins[i]);
		first = c != NULL && c < first ? c : first;
	}
	return (size_t)(first - part);
}

static void add_part(const void *mem, struct acts *acts, const char *part, const char *day)
{
	size_t n = name_length(part);
	char *name = written_out(mem, copy_part(mem, part, n));
	if (has_ended(name, day))
		return;
	struct act *a = act_named(mem, acts, name);
	for (const char *at = part + n; *at != 0;) {
		at += strspn(at, ", ");
		const char *end = strstr(at, ", ");
		size_t len = end != NULL ? (size_t)(end - at) : strlen(at);
		if (len > 0)
			add_once(mem, &a->places, copy_part(mem, at, len));
		at += len;
	}
}

/* Đ15 before Đ16, mục 1.1 before mục 1.1 gạch đầu dòng 2. */
static int by_place(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

struct texts cite_acts(const void *mem, const struct texts *laws, const char *province,
			const char *day)
{
	struct acts acts = { 0 };
	struct texts made = { 0 };
	for (int i = 0; i < laws->n; i++) {
		const char *here = law_here(mem, laws->at[i], province);
		for (const char *at = here; at != NULL && *at != 0;) {
			size_t n = strcspn(at, ";");
			char *part = text_line(mem, copy_part(mem, at, n));
			if (*part != 0 && !text_starts(part, in_office))
				add_part(mem, &acts, part, day);
			at += n + (at[n] == ';');
		}
	}
	if (acts.all.n > 0)
		qsort(acts.all.at, (size_t)acts.all.n, sizeof *acts.all.at, by_force);
	for (int i = 0; i < acts.all.n; i++) {
		struct buffer b = { .mem = mem };
		const struct act *a = &acts.all.at[i];
		if (a->places.n > 1)
			qsort(a->places.at, (size_t)a->places.n, sizeof *a->places.at, by_place);
		buffer_text(&b, with_issuer(mem, a->name));
		for (int j = 0; j < a->places.n; j++)
			buffer_format(&b, "%s%s", j == 0 ? " (" : ", ",
				      place_written_out(mem, a->places.at[j]));
		if (a->places.n > 0)
			buffer_text(&b, ")");
		texts_add(mem, &made, b.text);
	}
	return made;
}
