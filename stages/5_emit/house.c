/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * house.c - how agencies sign and number, and how days are written on paper.
 */
#include "compose.h"
#include "text.h"
#include <string.h>

/* By the first words of the name. NĐ 30/2020 Điều 13: a body that decides together is signed for (TM.). */
static const struct { const char *begins, *symbol, *first, *second; } houses[] = {
	{ "Ủy ban nhân dân", "UBND", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" },
	{ "UBND", "UBND", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" },
	{ "Hội đồng nhân dân", "HĐND", "TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH" },
	{ "HĐND", "HĐND", "TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH" },
	{ "Sở Khoa học và Công nghệ", "SKHCN", "GIÁM ĐỐC", NULL },
	{ "Sở", NULL, "GIÁM ĐỐC", NULL },
	{ "Trung tâm", NULL, "GIÁM ĐỐC", NULL },
	{ "Văn phòng", NULL, "CHÁNH VĂN PHÒNG", NULL },
	{ "Chi cục", NULL, "CHI CỤC TRƯỞNG", NULL },
	{ "Cục", NULL, "CỤC TRƯỞNG", NULL },
	{ "Phòng", NULL, "TRƯỞNG PHÒNG", NULL },
	{ "Ban Quản lý", NULL, "TRƯỞNG BAN", NULL },
	{ "Trường", NULL, "HIỆU TRƯỞNG", NULL },
};

static int house_of(const char *agency)
{
	void *work = talloc_new(NULL);
	const char *key = agency != NULL ? text_strong(work, agency) : "";
	int found = -1;
	for (int i = 0; i < (int)(sizeof houses / sizeof *houses) && found < 0; i++)
		if (text_starts(key, text_strong(work, houses[i].begins)))
			found = i;
	talloc_free(work);
	return found;
}

bool house_knows(const char *name) { return house_of(name) >= 0; }

const char *house_symbol(const char *agency)
{
	int i = house_of(agency);
	return i >= 0 ? houses[i].symbol : NULL;
}

char *committee_of(const void *mem, const char *province)
{
	char *kind = copy_part(mem, province, strcspn(province, " "));
	return format_text(mem, "Ủy ban nhân dân %s%s", text_lower(mem, kind), province + strlen(kind));
}

/* "ỦY BAN NHÂN DÂN HUYỆN BÌNH SƠN", as a letter's head has it, in running text: "Ủy ban nhân dân huyện Bình Sơn". Of
 * other bodies nobody can tell which words bear capitals: they stay as they are. */
char *house_in_text(const void *mem, const char *agency)
{
	static const char *const committees[] = { "Ủy ban nhân dân", "Hội đồng nhân dân" };
	static const char *const kinds[] = { "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh" };
	if (agency == NULL)
		return NULL;
	char *low = text_lower(mem, text_line(mem, agency));
	if (strcmp(text_upper(mem, low), text_line(mem, agency)) != 0)
		return copy_text(mem, agency);
	if (text_starts(low, "ubnd "))
		low = format_text(mem, "ủy ban nhân dân %s", low + 5);
	for (size_t i = 0; i < sizeof committees / sizeof *committees; i++) {
		char *begins = text_lower(mem, committees[i]);
		size_t n = strlen(begins);
		if (!text_starts(text_strong(mem, low), text_strong(mem, begins)) || strcspn(low, " ") == strlen(low))
			continue;
		const char *rest = low;
		for (int word = 0; word < 4 && *rest != 0; word++)
			rest += strcspn(rest, " ") + (rest[strcspn(rest, " ")] == ' ');
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds && n > 0; k++) {
			if (!text_starts(rest, kinds[k]) || rest[strlen(kinds[k])] != ' ')
				continue;
			struct buffer b = { .mem = mem };
			buffer_format(&b, "%s %s", committees[i], kinds[k]);
			for (const char *w = rest + strlen(kinds[k]); *w != 0;) {
				w += strspn(w, " ");
				size_t first = 1, len = strcspn(w, " ");
				while (first < len && ((unsigned char)w[first] & 0xC0) == 0x80)
					first++;
				if (len > 0)
					buffer_format(&b, " %s%.*s", text_upper(mem, copy_part(mem, w, first)), (int)(len - first), w + first);
				w += len;
			}
			return b.text;
		}
	}
	return copy_text(mem, agency);
}

void house_signs(const void *mem, const char *agency, struct texts *lines)
{
	int i = house_of(agency);
	texts_add(mem, lines, i >= 0 ? houses[i].first : "NGƯỜI ĐỨNG ĐẦU CƠ QUAN, TỔ CHỨC");
	if (i >= 0 && houses[i].second != NULL)
		texts_add(mem, lines, houses[i].second);
}

/* Days below ten and the first two months keep their zero (NĐ 30/2020 Phụ lục I), also in figures. */
char *date_vn(const void *mem, const char *day)
{
	int64_t days;
	if (day == NULL || !date_parse(day, &days))
		return copy_text(mem, day);
	int month = (day[5] - '0') * 10 + day[6] - '0';
	const char *zero = month < 3 ? "0" : "";
	return format_text(mem, "%.2s/%s%d/%.4s", day + 8, zero, month, day);
}

char *time_vn(const void *mem, time_t at)
{
	static const time_t zone = 7 * 3600;
	int minutes = (int)(((at + zone) % 86400 + 86400) % 86400 / 60);
	char *day = date_vn(mem, date_text(mem, time_vn_day(at)));
	return format_text(mem, "%02d:%02d ngày %s", minutes / 60, minutes % 60, day);
}
