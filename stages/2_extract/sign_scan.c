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
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

struct vote { const char *text; double weight, sum; int seen; };

/* One syllable of a name: what the readings saw at its place. Shreds are what they saw of it that is none. */
struct spot {
	struct box box;
	struct vote votes[12];
	int kinds, seen;
	int asked;                             /* readings of the line */
	double weight;
	struct { const char *text; double sure; } shreds[24];
	int n_shreds;
};
struct spots { struct spot at[24]; int n; };

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

static double share_of(const struct box *a, const struct box *b)
{
	return (fmin(a->x1, b->x1) - fmax(a->x0, b->x0)) / fmin(a->x1 - a->x0, b->x1 - b->x0);
}

/* The spot that a box lies over most; NULL: over none by half of the shorter of them. */
static struct spot *spot_at(struct spots *spots, struct box box)
{
	struct spot *best = NULL;
	double most = 0.5;
	for (int k = 0; k < spots->n; k++) {
		const struct box *b = &spots->at[k].box;
		double share = share_of(b, &box);
		if (share > most) {
			most = share;
			best = &spots->at[k];
		}
	}
	return best;
}

static struct spot *new_spot(struct spots *spots, struct box box)
{
	if (spots->n == (int)(sizeof spots->at / sizeof *spots->at))
		return NULL;
	spots->at[spots->n] = (struct spot){ .box = box };
	return &spots->at[spots->n++];
}

static bool is_name_syllable(const char *text)
{
	return sign_capitalised(text) && lexicon_is_syllable(text) && text_codepoints(text) >= 2;
}

/* A word of a reading: its letters, and where they stand. */
struct token { const char *text; struct box box; double sure; bool syllable, cut; };       /* cut: its box was */
struct tokens { struct token *at; int n, room; };

/* LÊ before small letters: its marks make it look tall. */
static char *as_name(const void *mem, char *text)
{
	ucs4_t c;
	const uint8_t *next = u8_next(&c, (const uint8_t *)text);
	int letters = text_codepoints(text);
	if (next == NULL || letters < 2 || letters > 3 || !uc_is_upper(c) || strcmp(text, text_upper(mem, text)) != 0)
		return text;
	size_t first = (size_t)(next - (const uint8_t *)text);
	return format_text(mem, "%.*s%s", (int)first, text, text_lower(mem, text + first));
}

static void add_vote(struct spot *s, const struct token *t)
{
	int v = 0;
	while (v < s->kinds && strcmp(s->votes[v].text, t->text) != 0)
		v++;
	if (v == 12)
		return;
	if (v == s->kinds)
		s->votes[s->kinds++] = (struct vote){ .text = t->text };
	/* people are called Chi and not Chỉ */
	const struct lexeme *given = lexicon_find("given", t->text);
	double weight = t->sure * t->sure * (given != NULL && strcmp(given->text, t->text) == 0 ? 1 : 0.6);
	s->votes[v].weight += weight;
	s->votes[v].sum += t->sure;
	s->votes[v].seen++;
	s->weight += weight;
	s->seen++;
}

static void add_shred(struct spot *s, const struct token *t)
{
	if (s->n_shreds < 24) {
		s->shreds[s->n_shreds].text = t->text;
		s->shreds[s->n_shreds++].sure = t->sure;
	}
}

static char *without_dots(const void *mem, char *text)
{
	for (char *dot; (dot = strchr(text, '.')) != NULL;)
		text = format_text(mem, "%.*s%s", (int)(dot - text), text, dot + 1);
	return text;
}

/* The words of a line seen once. Tesseract's boxes reach over each other where a stroke crosses words: a word ends
 * where the next begins. */
static void add_tokens(const void *mem, struct tokens *tokens, const struct line *l)
{
	bool upper = line_is_upper(l);
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
		again = again || box.x1 - box.x0 < 0.5 * (w->box.x1 - w->box.x0);      /* it lies over the next */
		char *text = bare_word(mem, w->text);
		if (strcmp(text, "1ê") == 0 || strcmp(text, "lê") == 0 || strcmp(text, "Iê") == 0)
			text = copy_text(mem, "Lê");
		if (text_codepoints(text) <= 4 && !text_ends(w->text, "."))
			text = without_dots(mem, text);            /* "Z.ê": a stamp's edge across Lê, no degree */
		text = upper ? text : as_name(mem, text);
		bool syllable = w->confidence >= 0.2 && is_name_syllable(text);
		if (again || strchr(text, '.') != NULL || (!syllable && text_codepoints(text) < 2))
			continue;
		tokens->at = own_grow(mem, tokens->at, tokens->n, &tokens->room, sizeof *tokens->at);
		tokens->at[tokens->n++] = (struct token){ text, box, w->confidence, syllable, box.x1 < w->box.x1 };
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

/* What other readings have at the same place. */
static double support(const struct tokens *tokens, const struct token *t)
{
	double sum = 0;
	for (int i = 0; i < tokens->n; i++) {
		const struct token *o = &tokens->at[i];
		if (o->syllable && strcmp(o->text, t->text) == 0 && fabs(o->box.x0 - t->box.x0) < 10 && fabs(o->box.x1 - t->box.x1) < 10)
			sum += o->sure * o->sure;
	}
	return sum;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Where most readings of its word have it begin and end. */
static struct box usual_box(const struct spot *s, const struct tokens *tokens)
{
	enum { MOST = 64 };
	double from[MOST], to[MOST];
	size_t n = 0;
	struct box box = s->box;
	for (int i = 0; i < tokens->n && n < MOST; i++) {
		const struct token *t = &tokens->at[i];
		if (!t->cut && strcmp(t->text, winner(s)->text) == 0 && share_of(&t->box, &s->box) > 0.5) {
			from[n] = t->box.x0;
			to[n++] = t->box.x1;
		}
	}
	if (n == 0)
		return box;
	qsort(from, n, sizeof *from, by_size);
	qsort(to, n, sizeof *to, by_size);
	box.x0 = from[n / 2];
	box.x1 = to[n / 2];
	return box;
}

/* Words that many readings saw alike make the spots; what else was seen there is counted with them. */
static void fill_spots(const void *mem, struct spots *spots, struct tokens *tokens)
{
	double *worth = new_array(mem, double, (size_t)tokens->n + 1);
	bool *done = new_array(mem, bool, (size_t)tokens->n + 1);
	for (int i = 0; i < tokens->n; i++)
		worth[i] = tokens->at[i].syllable ? support(tokens, &tokens->at[i]) : tokens->at[i].sure / 100;
	for (int n = 0; n < tokens->n; n++) {
		int best = -1;
		for (int i = 0; i < tokens->n; i++)
			if (!done[i] && (best < 0 || worth[i] > worth[best]))
				best = i;
		const struct token *t = &tokens->at[best];
		struct spot *s = spot_at(spots, t->box);
		done[best] = true;
		if (s == NULL)
			s = new_spot(spots, t->box);
		if (s != NULL && t->syllable)
			add_vote(s, t);
		else if (s != NULL)
			add_shred(s, t);
	}
	int kept = 0;
	for (int k = 0, n = spots->n; k < n; k++) {
		struct spot s = spots->at[k];
		if (s.kinds > 0)
			s.box = usual_box(&s, tokens);
		spots->n = kept;
		if (spot_at(spots, s.box) == NULL)                 /* else the rest of a word that others saw whole */
			spots->at[kept++] = s;
	}
	spots->n = kept;
}

/* How much what was seen is like a surname: "rần" is Trần without its first letter. Of two letters the vowel
 * must be the same: "1ê" is Lê, but "1ô" is Hồ, Tô, Đỗ or Võ, and so none of them. */
static double likeness(const char *seen, const struct lexeme *surname)
{
	char *key = lexicon_key(NULL, seen);
	size_t n = strlen(key), m = strlen(surname->weak), longer = n > m ? n : m;
	double alike = longer > 0 ? 1 - (double)text_distance(key, surname->weak) / (double)longer : 0;
	if (m > n && n >= 2 && m - n <= 2 && strcmp(surname->weak + (m - n), key) == 0)
		alike = fmax(alike, m - n == 1 ? 0.85 : 0.7);
	size_t end = 0;                                            /* letters at the end that are the same: "gấyễn" */
	while (end < n && end < m && key[n - 1 - end] == surname->weak[m - 1 - end])
		end++;
	if (end >= 3 && m >= 5)
		alike = fmax(alike, 0.6);
	if (m == 2)
		alike = n == 0 || n > 3 || key[n - 1] != surname->weak[1] ? 0 : alike > 0.99 ? 1 : 0.6;
	talloc_free(key);
	return alike < 0.6 ? 0 : surname->more[0] != 0 ? alike : alike * 0.7;
}

static double doubted(double alike, const struct lexeme *one)
{
	return alike > 0.99 && strlen(one->weak) >= 4 ? 0.6 : 0.3;
}

/* The word of a kind that most of what was seen there is like; NULL: none clearly. A
 * word that was read letter by letter counts even when the recogniser doubted it: chance writes no Nguyễn. Two letters are like too much
 * unless many saw their vowel. */
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
		if (strlen(one->weak) < 2 || (strlen(one->weak) == 2 && one->more[0] == 0))
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
		if (strlen(one->weak) == 2 && seen < 4)
			sum = 0;
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
		double x = (b->x0 + b->x1) / 2;
		if (p->words.at[i].pass == PASS_BLOT && b->y0 < name->y1 && b->y1 > name->y0 && x < name->x0 - 2 && x > name->x0 - 14)
			return true;
	}
	return false;
}

/* How sure a syllable is: of its readings, of their being one, and of how many there are; what one alone of many saw is
 * worth little. */
static double spot_sure(const struct spot *s)
{
	const struct vote *v = winner(s);
	double many = v->seen >= 3 ? 1 : v->seen == 2 ? 0.85 : s->seen + s->n_shreds > 1 || s->asked > 1 ? 0.4 : 0.55;
	return v->sum / v->seen * (v->weight / s->weight) * many;
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

/* Do the words of a page from i on spell these syllables? What a signature draws about itself counts too. */
static bool spells(const void *mem, const struct page *p, int i, const struct spot *spots, int n)
{
	for (int k = 0; k < n; k++) {
		const struct word *w = i + k < p->words.n ? &p->words.at[i + k] : NULL;
		if (w == NULL || w->pass != p->words.at[i].pass || strcmp(bare_word(mem, w->text), winner(&spots[k])->text) != 0)
			return false;
	}
	return true;
}

/* The surname that stands before the same syllables elsewhere in the letter: a copies list names who signed, a signature
 * its signer. NULL: nowhere, or not one alone. */
static const struct lexeme *named_elsewhere(struct reading *r, const struct spot *spots, int n)
{
	const struct lexeme *found = NULL;
	for (int i = 0; i < r->n; i++) {
		const struct page *p = r->pages[i];
		for (int k = 1; k + n <= p->words.n; k++) {
			int pass = p->words.at[k].pass;
			if ((pass != 0 && pass != PASS_NOTE && pass != PASS_COPIES) || p->words.at[k - 1].pass != pass
			    || !spells(r->mem, p, k, spots, n))
				continue;
			char *before = bare_word(r->mem, p->words.at[k - 1].text);
			const struct lexeme *one = lexicon_find("surname", before);
			if (one == NULL || strcmp(one->text, before) != 0 || (found != NULL && found != one))
				return NULL;
			found = one;
		}
	}
	return found;
}

/* A surname stands behind it, or the same word, seen more often: something of the stamp stands before the name. */
static bool is_no_head(const struct spot *head, int n)
{
	const char *first = winner(head)->text, *next = winner(head + 1)->text;
	if (strcmp(first, next) == 0)
		return winner(head)->weight < 0.5 * winner(head + 1)->weight;
	return n > 3 && lexicon_find("surname", first) == NULL && lexicon_find("surname", next) != NULL;
}

/* How sure the readings are, together, that a word of three letters or more stands there. */
static double weight_of(const struct spot *s)
{
	double sum = 0;
	for (int i = 0; i < s->kinds; i++)
		sum += text_codepoints(s->votes[i].text) >= 3 ? s->votes[i].sum : 0;
	for (int i = 0; i < s->n_shreds; i++)
		sum += text_codepoints(s->shreds[i].text) >= 3 ? s->shreds[i].sure : 0;
	return sum;
}

struct scanned_name sign_scanned_name(struct reading *r, const struct line *const *lines, int n_lines)
{
	struct spots *spots = new_zero(r->mem, struct spots);
	struct scanned_name none = { 0 };
	struct tokens tokens = { 0 };
	for (int i = 0; i < n_lines; i++)
		add_tokens(r->mem, &tokens, lines[i]);
	fill_spots(r->mem, spots, &tokens);
	for (int k = 0; k < spots->n; k++)
		spots->at[k].asked = n_lines;
	sort_spots(spots);
	mend_middles(spots);
	int first = 0, n = find_chain(spots, r->pages[r->end]->width * 0.55, &first);
	if (n < 2)                                                 /* two signers side by side */
		n = find_chain(spots, 0, &first);
	if (n < 2)
		return none;
	while (n > 5 || (n > 2 && is_no_head(&spots->at[first], n))) {
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
	if (lost != NULL && surname != NULL && n > 2 && strlen(lost->weak) < 4)
		lost = NULL;                                       /* a whole name needs no shred of the stamp before it */
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
	if (lost == NULL && first > 0 && head->box.x0 - head[-1].box.x1 < 11 && weight_of(&head[-1]) > 2)
		sure = fmin(sure, 0.45);                           /* a word stands before it that nobody could read */
	bool more_left = first > 0 && head->box.x0 - head[-1].box.x1 < 11 && head[-1].seen + head[-1].n_shreds >= 2;
	if (lost == NULL && n == 2 && (more_left || is_blotted(r, &box)))
		sure = fmin(sure, 0.45);                           /* of "Lê Hoàng Anh" a stamp leaves "Hoàng Anh" */
	const struct lexeme *elsewhere = NULL;
	int given = n;                                             /* syllables behind the surname: all, or all but the first */
	if (sure < 0.5 && (elsewhere = named_elsewhere(r, &spots->at[first], n)) == NULL && n > 2)
		elsewhere = named_elsewhere(r, &spots->at[first + 1], given = n - 1);
	if (elsewhere != NULL) {
		b.len = 0;
		buffer_text(&b, elsewhere->text);
		sure = 0.8;
		for (int i = first + n - given; i < first + n; i++) {
			buffer_format(&b, " %s", winner(&spots->at[i])->text);
			sure = fmin(sure, spot_sure(&spots->at[i]));
		}
	}
	return (struct scanned_name){ b.text, sure, box };
}
