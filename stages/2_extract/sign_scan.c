/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_scan.c - the name under a stamp, from several readings of its line. See sign.h.
 *
 * The readings vote on each syllable by where it stands; the name is the longest chain of syllables. What is no
 * syllable is a shred: of the first word, where stamps lie, shreds may still tell which surname it was ("guyễn",
 * "Ấguyễn"), and in the middle Văn and Thị. A name without its surname, or of two syllables with ink left of
 * them, may be the rest of a longer one: it stays below one half, a candidate for a person to look at.
 */
#include "sign.h"
#include "ocr.h"
#include "text.h"
#include <math.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

struct vote { const char *text; double weight, sum; int seen; };

/* One syllable of a name: what the readings saw at its place. Shreds are what they saw of it that is none. */
struct spot {
	struct box box;
	struct vote votes[12];
	int kinds, seen;
	double weight;
	struct { const char *text; double sure; } shreds[12];
	int n_shreds;
};
struct spots { struct spot at[20]; int n; };

/* The letters of a word, without what strokes left before and behind them. */
static char *bare_word(const void *mem, const char *word)
{
	const uint8_t *from = NULL, *end = NULL, *next;
	ucs4_t c;
	for (const uint8_t *at = (const uint8_t *)word; (next = u8_next(&c, at)) != NULL; at = next)
		if (uc_is_alpha(c) || uc_is_digit(c)) {
			from = from != NULL ? from : at;
			end = next;
		}
	return from != NULL ? copy_part(mem, (const char *)from, (size_t)(end - from)) : copy_text(mem, "");
}

static struct spot *spot_at(struct spots *spots, struct box box)
{
	for (int k = 0; k < spots->n; k++) {
		const struct box *b = &spots->at[k].box;
		double both = fmin(b->x1, box.x1) - fmax(b->x0, box.x0);
		if (both > 0.5 * fmin(b->x1 - b->x0, box.x1 - box.x0))
			return &spots->at[k];
	}
	if (spots->n == (int)(sizeof spots->at / sizeof *spots->at))
		return NULL;
	spots->at[spots->n] = (struct spot){ .box = box };
	return &spots->at[spots->n++];
}

static bool is_name_syllable(const char *text)
{
	return sign_capitalised(text) && lexicon_is_syllable(text) && text_codepoints(text) >= 2;
}

static void add_vote(struct spots *spots, const char *text, const struct word *w, struct box box)
{
	struct spot *s = spot_at(spots, box);
	int v = 0;
	if (s == NULL)
		return;
	while (v < s->kinds && strcmp(s->votes[v].text, text) != 0)
		v++;
	if (v == 12)
		return;
	if (v == s->kinds)
		s->votes[s->kinds++] = (struct vote){ .text = text };
	/* people are called Chi and not Chỉ */
	const struct lexeme *given = lexicon_find("given", text);
	double weight = w->confidence * w->confidence * (given != NULL && strcmp(given->text, text) == 0 ? 1 : 0.6);
	s->box = box_join(s->box, box);
	s->votes[v].weight += weight;
	s->votes[v].sum += w->confidence;
	s->votes[v].seen++;
	s->weight += weight;
	s->seen++;
}

static void add_shred(struct spots *spots, const char *text, const struct word *w, struct box box)
{
	struct spot *s = text_codepoints(text) >= 2 ? spot_at(spots, box) : NULL;
	if (s != NULL && s->n_shreds < 12) {
		s->shreds[s->n_shreds].text = text;
		s->shreds[s->n_shreds++].sure = w->confidence;
	}
}

/* The words of a line seen once. Tesseract's boxes reach over each other where a stroke crosses words: a word ends
 * where the next begins. Whole syllables first, so that shreds find them. */
static void add_words(const void *mem, struct spots *spots, const struct line *l, bool shreds)
{
	for (int i = 0; i < l->n; i++) {
		const struct word *w = l->words[i];
		struct box box = w->box;
		bool again = false;
		for (int k = i + 1; k < l->n && !again; k++) {
			double from = l->words[k]->box.x0;
			again = strcmp(l->words[k]->text, w->text) == 0 && from < box.x1;
			if (from > box.x0 + 4 && from < box.x1)
				box.x1 = from;
		}
		char *text = bare_word(mem, w->text);
		if (text_starts(text, "1ê") || text_starts(text, "lê") || text_starts(text, "Iê"))
			text = copy_text(mem, "Lê");
		if (again || strchr(text, '.') != NULL)
			continue;
		if (w->confidence >= 0.2 && is_name_syllable(text)) {
			if (!shreds)
				add_vote(spots, text, w, box);
		} else if (shreds)
			add_shred(spots, text, w, box);
	}
}

static const struct vote *winner(const struct spot *s)
{
	const struct vote *best = &s->votes[0];
	for (int i = 1; i < s->kinds; i++)
		if (s->votes[i].weight > best->weight)
			best = &s->votes[i];
	return best;
}

/* How much what was seen is like a surname: "rần" is Trần without its first letter. */
static double likeness(const char *seen, const struct lexeme *surname)
{
	char *key = lexicon_key(NULL, seen);
	size_t n = strlen(key), m = strlen(surname->weak), longer = n > m ? n : m;
	double alike = longer > 0 ? 1 - (double)text_distance(key, surname->weak) / (double)longer : 0;
	if (m > n && n >= 2 && m - n <= 2 && strcmp(surname->weak + (m - n), key) == 0)
		alike = fmax(alike, m - n == 1 ? 0.85 : 0.7);
	talloc_free(key);
	return alike < 0.6 ? 0 : surname->more[0] != 0 ? alike : alike * 0.7;
}

static double doubted(double alike, const struct lexeme *one)
{
	return alike > 0.99 && strlen(one->weak) >= 4 ? 0.6 : 0.3;
}

/* The word of a kind that most of what was seen there is like; NULL: none clearly. Two letters are like too much. A
 * word that was read letter by letter counts even when the recogniser doubted it: chance writes no Nguyễn. */
static const struct lexeme *likely(const char *kind, const struct spot *s, double *sure)
{
	const struct lexeme *best = NULL;
	double most = 0, second = 0;
	for (int i = 0;; i++) {
		const struct lexeme *one = lexicon_at(kind, i);
		double sum = 0;
		int seen = 0;
		if (one == NULL)
			break;
		if (strlen(one->weak) < 3)
			continue;
		for (int v = 0; v < s->kinds; v++) {
			double alike = likeness(s->votes[v].text, one);
			sum += alike * fmax(s->votes[v].sum, doubted(alike, one) * s->votes[v].seen);
			seen += alike > 0 ? s->votes[v].seen : 0;
		}
		for (int k = 0; k < s->n_shreds; k++) {
			double alike = likeness(s->shreds[k].text, one);
			sum += alike * fmax(s->shreds[k].sure, doubted(alike, one));
			seen += alike > 0;
		}
		if (sum > most) {
			second = best != NULL && strcmp(best->weak, one->weak) != 0 ? most : second;
			most = seen >= 2 ? sum : most;
			best = seen >= 2 ? one : best;
		} else if (best == NULL || strcmp(best->weak, one->weak) != 0)
			second = fmax(second, sum);
	}
	*sure = fmin(0.45 + 0.15 * most, 0.8);
	return most >= 0.8 && most >= 1.3 * second ? best : NULL;
}

/* Văn and Thị stand in half of all names: shreds of them in the middle are taken for them. */
static void mend_middles(struct spots *s)
{
	for (int i = 1; i + 1 < s->n; i++) {
		double sure;
		const struct lexeme *middle = s->at[i].kinds == 0 ? likely("middle", &s->at[i], &sure) : NULL;
		if (middle != NULL) {
			s->at[i].votes[s->at[i].kinds++] = (struct vote){ middle->text, sure * sure * 2, sure * 2, 2 };
			s->at[i].seen = 2;
			s->at[i].weight = sure * sure * 2;
		}
	}
}

static void sort_spots(struct spots *s)
{
	for (int i = 1; i < s->n; i++)
		for (int k = i; k > 0 && s->at[k].box.x0 < s->at[k - 1].box.x0; k--) {
			struct spot t = s->at[k];
			s->at[k] = s->at[k - 1];
			s->at[k - 1] = t;
		}
}

/* Is there ink left of a line that nobody could read? */
static bool is_blotted(const struct reading *r, const struct box *name)
{
	const struct page *p = r->pages[r->end];
	for (int i = 0; i < p->words.n; i++) {
		const struct box *b = &p->words.at[i].box;
		if (p->words.at[i].pass == PASS_BLOT && b->y0 < name->y1 && b->y1 > name->y0
		    && b->x1 > name->x0 - 8 && b->x1 < name->x0 + 20)
			return true;
	}
	return false;
}

/* How sure a syllable is: of its readings, of their being one, and of how many there are. */
static double spot_sure(const struct spot *s)
{
	const struct vote *v = winner(s);
	return v->sum / v->seen * (v->weight / s->weight) * (v->seen >= 3 ? 1 : v->seen == 2 ? 0.85 : 0.55);
}

/* "Chỉ" is read where Chi or Chí stands: no name, and names have its letters. */
static bool is_odd(const char *text)
{
	const struct lexeme *given = lexicon_find("given", text), *surname = lexicon_find("surname", text);
	const struct lexeme *middle = lexicon_find("middle", text);
	return given != NULL && strcmp(given->text, text) != 0 && (surname == NULL || strcmp(surname->text, text) != 0)
		&& (middle == NULL || strcmp(middle->text, text) != 0);
}

/* The longest chain of syllables right of the page's middle: its first and how many. */
static int find_chain(const struct spots *s, double middle, int *first)
{
	int best_n = 0;
	for (int i = 0; i < s->n; i++) {
		int m = 0;
		while (i + m < s->n && s->at[i + m].kinds > 0
		       && (m == 0 || s->at[i + m].box.x0 - s->at[i + m - 1].box.x1 < 11))
			m++;
		if (m > best_n && s->at[i + m - 1].box.x1 > middle) {
			*first = i;
			best_n = m;
		}
		i += m > 0 ? m - 1 : 0;
	}
	return best_n;
}

struct scanned_name sign_scanned_name(struct reading *r, const struct line *const *lines, int n_lines)
{
	struct spots *spots = new_zero(r->mem, struct spots);
	struct scanned_name none = { 0 };
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < n_lines; i++)
			add_words(r->mem, spots, lines[i], pass == 1);
	sort_spots(spots);
	mend_middles(spots);
	int first = 0, n = find_chain(spots, r->pages[r->end]->width * 0.55, &first);
	if (n < 2)                                                 /* two signers side by side */
		n = find_chain(spots, 0, &first);
	if (n < 2)
		return none;
	while (n > 5 || (n > 3 && lexicon_find("surname", winner(&spots->at[first])->text) == NULL
			 && lexicon_find("surname", winner(&spots->at[first + 1])->text) != NULL)) {
		first++;
		n--;
	}
	struct spot *head = &spots->at[first];
	const struct lexeme *surname = lexicon_find("surname", winner(head)->text), *lost = NULL;
	double head_sure = spot_sure(head), lost_sure = 0;
	if (surname != NULL && winner(head)->seen >= 2 && head_sure < 0.8 * winner(head)->weight / head->weight)
		head_sure = 0.8 * winner(head)->weight / head->weight; /* that it is a surname bears it out */
	if (surname == NULL && (winner(head)->seen >= 3 || (surname = likely("surname", head, &head_sure)) == NULL))
		head_sure = spot_sure(head) * 0.45;
	else if (likely("surname", head, &lost_sure) == surname && lost_sure > head_sure)
		head_sure = lost_sure;
	if (first > 0 && n < 4 && head->box.x0 - head[-1].box.x1 < 11)
		lost = likely("surname", &head[-1], &lost_sure);
	struct buffer b = { .mem = r->mem };
	double sure = 1;
	struct box box = { 0 };
	if (lost != NULL) {
		surname = NULL;
		head_sure = spot_sure(head);
		buffer_text(&b, lost->text);
		box = head[-1].box;
		sure = lost_sure;
	}
	for (int i = first; i < first + n; i++) {
		double one = i == first ? head_sure : spot_sure(&spots->at[i]);
		if (i > first && is_odd(winner(&spots->at[i])->text))
			one = fmin(one, 0.15);
		sure = fmin(one, sure);
		box = box_join(box, spots->at[i].box);
		if (b.len > 0)
			buffer_text(&b, " ");
		buffer_text(&b, i == first && surname != NULL ? surname->text : winner(&spots->at[i])->text);
	}
	if (sure > 0.3 && (lost != NULL || surname != NULL))
		sure = 0.35 + 0.6 * sure;                          /* a surname in its place: a whole name was read */
	if (lost == NULL && n == 2 && is_blotted(r, &box))
		sure = fmin(sure, 0.45);                           /* of "Lê Hoàng Anh" a stamp leaves "Hoàng Anh" */
	return (struct scanned_name){ b.text, sure, box };
}
