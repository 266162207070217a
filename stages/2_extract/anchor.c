/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * anchor.c - national title and copies list. See anchor.h.
 */
#include "anchor.h"
#include "text.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

/* The word in capitals, without what is no letter at its end, is the key's. */
static bool is_word(const struct fold *f, const char *key)
{
	size_t n = f->n, m = strlen(key);
	while (n > 0 && !isalnum((unsigned char)f->small[n - 1]))
		n--;
	return n == m && strncmp(f->small, key, n) == 0 && isupper((unsigned char)f->cased[0])
		&& (n < 2 || !islower((unsigned char)f->cased[1]));
}

/* From the right: a superior agency on the left may have a word of the title too. */
bool anchor_title(const void *mem, const struct line *l, struct box *box)
{
	static const char *const state[] = { "cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam", NULL };
	static const char *const party[] = { "dang", "cong", "san", "viet", "nam", NULL };
	const char *const *const titles[] = { state, party };
	if (l->n < 4 || (strstr(l->weak, "viet") == NULL && strstr(l->weak, "nam") == NULL && strstr(l->weak, "nghia") == NULL
			 && strstr(l->weak, "hoi") == NULL))
		return false;
	for (int t = 0; t < 2; t++) {
		int found = 0;
		unsigned used = 0;
		*box = (struct box){ 0 };
		for (int w = l->n - 1; w >= 0; w--) {
			if (found > 0 && box->x0 - l->words[w]->box.x1 > 12 * l->size)
				break;
			struct fold f = fold_text(mem, l->words[w]->text);
			for (int k = 0; titles[t][k] != NULL; k++) {
				if ((used & 1u << k) || !is_word(&f, titles[t][k]))
					continue;
				*box = box_join(*box, l->words[w]->box);
				used |= 1u << k;
				found++;
				break;
			}
			if (used & 1u)
				break;                             /* its first word: what is left of it is another column */
		}
		if (found >= 4)
			return true;
	}
	return false;
}

static bool is_head(const void *mem, const struct line *l, int *words)
{
	char *first = fold_text(mem, l->words[0]->text).small, *two = l->n > 1
		? fold_text(mem, format_text(mem, "%s %s", l->words[0]->text, l->words[1]->text)).small : first;
	bool ocr = l->words[0]->source == FROM_OCR;
	*words = l->n > 1 ? 2 : 1;
	two[strlen(two) > 8 ? 8 : strlen(two)] = 0;
	if (strlen(two) < 7 || (ocr ? text_distance(two, "noi nhan") > 2 : strcmp(two, "noi nhan") != 0))
		return false;
	if (strcmp(two, "noi nhan") != 0 && strstr(two + 3, "han") == NULL)
		return false;                                      /* "nơi sản xuất" is as near, and something else */
	return strchr(l->text, ':') != NULL || l->n <= 3;
}

/* The first item of nearly every list: "- Như trên", "- Như Điều 3". */
static bool is_first_item(const void *mem, const struct line *l)
{
	char *key = fold_text(mem, l->text).small;
	while (*key != 0 && !isalnum((unsigned char)*key))
		key++;
	return text_starts(key, "nhu tren") || text_starts(key, "nhu dieu") || text_starts(key, "nhu kinh gui")
		|| text_starts(key, "nhu thanh phan");
}

/* The first line of the list that ends with l: short lines one above the other that begin where it does. */
static int first_of_list(const struct lines *pieces, int last, double width)
{
	int first = last;
	for (int i = last - 1; i >= 0; i--) {
		const struct line *l = &pieces->at[i], *below = &pieces->at[first];
		if (l->box.x0 > width * 0.5)
			continue;
		if (fabs(l->box.x0 - below->box.x0) > 12 || l->box.x1 > width * 0.5 || below->box.y0 - l->box.y1 > 12)
			break;
		first = i;
	}
	return first;
}

/* "- Lưu: VT" ends the list where stamps and pens left nothing else of it. */
static bool is_last_item(const void *mem, const struct line *l)
{
	char *key = fold_text(mem, l->text).small;
	while (*key != 0 && !isalnum((unsigned char)*key))
		key++;
	if (!text_starts(key, "luu"))
		return false;
	key += 3 + strspn(key + 3, " :.,");
	return (text_starts(key, "vt") || text_starts(key, "vp")) && !isalpha((unsigned char)key[2]);       /* no Lưu Văn */
}

/* Of text: a head without its colon is a cell of a table, unless a list follows. */
static bool has_list(const struct lines *pieces, int head)
{
	const struct line *h = &pieces->at[head];
	if (h->words[0]->source == FROM_OCR || strchr(h->text, ':') != NULL)
		return true;
	for (int i = head + 1; i < pieces->n; i++) {
		const struct line *l = &pieces->at[i];
		if (l->box.y0 > h->box.y1 + 3 * h->size)
			break;
		if (l->box.y0 >= h->box.y0 && l->box.x0 < h->box.x0 + 30
		    && (strchr("-+", l->text[0]) != NULL || text_starts(l->text, "–") || text_starts(l->weak, "nhu ")))
			return true;
	}
	return false;
}

bool anchor_copies(const void *mem, const struct page *p, double top, struct line *head, int *words)
{
	struct lines pieces = lines_split(mem, page_lines(mem, p, page_whole(p), 0), 2);
	for (int list = 0; list < 3; list++)
		for (int i = 0; i < pieces.n; i++) {
			struct line *l = &pieces.at[i];
			if (l->box.x0 > p->width * 0.5 || l->box.y0 < top)
				continue;
			*words = 0;
			if (list == 0 ? !is_head(mem, l, words) || !has_list(&pieces, i) : list == 1 ? !is_first_item(mem, l) : !is_last_item(mem, l))
				continue;
			if (list == 2)
				l = &pieces.at[first_of_list(&pieces, i, p->width)];
			*head = line_make(mem, p, l->words, l->n < 3 ? l->n : 3);
			for (int w = 0; w < head->n && w < 2; w++) /* one of the words may have grown with a stroke above */
				head->box.y0 = l->words[w]->box.y0 > head->box.y0 ? l->words[w]->box.y0 : head->box.y0;
			return true;
		}
	return false;
}
