/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sign_deed.c - what the options and the law say about a signature's look. See sign_deed.h.
 */
#include "sign_deed.h"
#include "4_judge/judge.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_LETTERS = 60 };

bool deed_has_key(const struct options *o)
{
	return o->sign.p12 != NULL || o->sign.pkcs11 != NULL;
}

const char *deed_role(const struct options *o)
{
	return o->sign.as == AS_PERSON ? "person" : "agency";
}

int deed_read_wishes(struct deed *d)
{
	const char *box = d->o->sign.box, *picture = d->o->sign.picture;
	char more;
	if (box != NULL && (sscanf(box, "%d,%lf,%lf,%lf,%lf%c", &d->page, &d->box.x0, &d->box.y0, &d->box.x1,
				   &d->box.y1, &more) != 5 ||
			    d->page < 1 || d->box.x1 <= d->box.x0 || d->box.y1 <= d->box.y0)) {
		say("--box: '%s' is not PAGE,X0,Y0,X1,Y1 in points from the top left", box);
		return EXIT_USE;
	}
	if (picture == NULL || map_whole(d->mem, picture, &d->picture))
		return EXIT_DONE;
	int error = errno;
	say("%s: %s", picture, say_error(error));
	return error == EACCES ? EXIT_NO_PERMISSION : EXIT_NO_INPUT;
}

int deed_open_key(struct deed *d)
{
	const struct options *o = d->o;
	struct key_wish wish = { .settings = &o->settings,
				 .lang = o->lang,
				 .p12 = o->sign.p12,
				 .uri = o->sign.pkcs11,
				 .pin_file = o->sign.pin_file,
				 .pss = o->sign.pss };
	int code;
	d->s.key = key_open(d->mem, &wish, &d->s.face, &code);
	return code;
}

/* As files of the administration have it: 24.01.2025 20:01:14 +07:00. */
static char *time_words(const struct deed *d)
{
	char *t = time_text(d->mem, d->o->settings.at + 7 * 3600);
	return format_text(d->mem, "%.2s.%.2s.%.4s %.8s +07:00", t + 8, t + 5, t, t + 11);
}

/* A long name over several lines. */
static void add_wrapped(const struct deed *d, struct texts *lines, const char *text)
{
	struct buffer b = { .mem = d->mem };
	while (*text != 0) {
		size_t len = strcspn(text, " ");
		char *word = copy_part(d->mem, text, len);
		if (b.len > 0 && text_codepoints(b.text) + text_codepoints(word) >= LINE_MAX_LETTERS) {
			texts_add(d->mem, lines, b.text);
			b = (struct buffer){ .mem = d->mem };
		}
		buffer_format(&b, "%s%s", b.len > 0 ? " " : "", word);
		text += len;
		text += strspn(text, " ");
	}
	if (b.len > 0)
		texts_add(d->mem, lines, b.text);
}

void deed_add(struct deed *d, const char *name, struct bytes before, bool is_letter)
{
	struct sign_file f = { .name = name, .before = before, .is_letter = is_letter };
	struct append_wish *w = &f.wish;
	bool person = d->o->sign.as == AS_PERSON;
	w->look = person ? LOOK_PERSON : is_letter && d->picture.at != NULL ? LOOK_AGENCY : LOOK_ATTACHED;
	w->page = is_letter ? d->page : 0;
	w->box = d->box;
	if (w->look != LOOK_ATTACHED)
		w->picture = d->picture;
	if (person || is_letter)
		add_wrapped(d, &w->words, d->s.face.cn);
	if (!is_letter && !person && d->o->sign.number != NULL)
		add_wrapped(d, &w->words, format_text(d->mem, "%s; %s", d->o->sign.number, time_words(d)));
	else
		texts_add(d->mem, &w->words, time_words(d));
	d->s.files.at = own_grow(d->mem, d->s.files.at, d->s.files.n, &d->s.files.room, sizeof f);
	d->s.files.at[d->s.files.n++] = f;
}

/* What the law would have otherwise, and is the signer's to answer for. */
static void tell_law(const struct deed *d, const struct sign_file *f)
{
	enum lang lang = d->o->lang;
	bool person = d->o->sign.as == AS_PERSON;
	if (f->made.hidden)
		TELL(lang,
		     "%s: không có chỗ biết trước cho chữ ký nên chữ ký không hiện trên trang; dùng --box để "
		     "chỉ chỗ",
		     "%s: no known place for the signature, so the page shows none; --box names one",
		     f->name);
	if (f->made.ink == (person ? INK_RED : INK_BLUE))
		TELL(lang,
		     person ? "%s: ảnh chữ ký của người phải màu xanh (NĐ 30/2020 Phụ lục I)"
			    : "%s: ảnh con dấu phải màu đỏ (NĐ 30/2020 Phụ lục I)",
		     person ? "%s: a person's signature is to be blue (NĐ 30/2020 Phụ lục I)"
			    : "%s: a seal is to be red (NĐ 30/2020 Phụ lục I)",
		     f->name);
	if (!person && f->made.earlier <= f->own && strcmp(f->name, DEED_COVER) == 0)
		TELL(lang,
		     "%s: chưa có chữ ký của người có thẩm quyền; văn thư ký số của cơ quan sau người đó (NĐ "
		     "30/2020 Điều 32)",
		     "%s: no person has signed it; the clerk seals after the competent person (NĐ 30/2020 "
		     "Điều 32)",
		     f->name);
	if (!person && f->wish.look == LOOK_ATTACHED && d->tree != NULL && strcmp(f->name, DEED_COVER) != 0 &&
	    d->o->sign.number == NULL)
		TELL(lang,
		     "%s: thiếu số và ký hiệu văn bản trên tệp kèm theo (--number; NĐ 30/2020 Phụ lục I)",
		     "%s: the attachment shows no number of the letter (--number; NĐ 30/2020 Phụ lục I)",
		     f->name);
}

/* The number, then the day: each a signature of its own over its dots, as receivers know it from real
 * letters. A letter without those places, or a person who signs, has none. */
static int sign_over_dots(struct deed *d, struct sign_file *letter, enum append_look look)
{
	const char *number = d->o->sign.number;
	struct signing one = d->s;
	struct sign_file f = { .name = letter->name, .before = letter->before, .wish.look = look };
	char *t = time_text(d->mem, d->o->settings.at + 7 * 3600); /* "2025-07-07T...": shifted to Vietnam */
	one.files.at = &f;
	one.files.n = 1;
	if (look == LOOK_NUMBER)
		texts_add(d->mem, &f.wish.words, copy_part(d->mem, number, strcspn(number, "/")));
	else { /* NĐ 30/2020 Phụ lục I: 01 to 09, and months 1 and 2, with a zero */
		bool plain = t[5] == '0' && t[6] > '2';
		texts_add(d->mem, &f.wish.words, copy_part(d->mem, t + 8, 2));
		texts_add(d->mem, &f.wish.words, copy_part(d->mem, t + 5 + plain, plain ? 1 : 2));
	}
	int code = sign_plan(&one);
	if (code != EXIT_DONE || f.made.hidden)
		return code;
	code = sign_seal(&one);
	if (code == EXIT_DONE) {
		letter->before = f.after;
		letter->own++;
	}
	return code;
}

/* The year is printed; day and month of another one would make a date that is false. */
static bool fits_year(const struct deed *d)
{
	char *made = d->tree != NULL ? tree_label(d->tree, d->mem, "Bagging-Date") : NULL;
	char *t = time_text(d->mem, d->o->settings.at + 7 * 3600);
	if (made == NULL || d->o->sign.number == NULL || d->o->sign.as == AS_PERSON || strncmp(made, t, 4) == 0)
		return true;
	TELL(d->o->lang, "công văn in sẵn năm %.4s, không phải năm %.4s; hãy lập lại gói rồi ký",
	     "the letter prints the year %.4s, not %.4s; make the package anew, then sign", made, t);
	return false;
}

static int sign_number_and_day(struct deed *d)
{
	int code = EXIT_DONE;
	if (!fits_year(d))
		return EXIT_INPUT;
	for (int i = 0; i < d->s.files.n; i++) {
		struct sign_file *f = &d->s.files.at[i];
		if (d->o->sign.as == AS_PERSON || d->o->sign.number == NULL || !f->is_letter)
			continue;
		code = sign_over_dots(d, f, LOOK_NUMBER);
		if (code == EXIT_DONE)
			code = sign_over_dots(d, f, LOOK_DAY);
		if (code != EXIT_DONE)
			return code;
	}
	return code;
}

int deed_sign(struct deed *d)
{
	int n = d->s.files.n, code = sign_number_and_day(d);
	if (code == EXIT_DONE)
		code = sign_plan(&d->s);
	if (code == EXIT_DONE)
		code = sign_seal(&d->s);
	if (code != EXIT_DONE)
		return code;
	struct sign_made *made = new_array(d->mem, struct sign_made, (size_t)n);
	for (int i = 0; i < n; i++)
		made[i] = (struct sign_made){ d->s.files.at[i].name, d->s.files.at[i].after };
	code = sign_prove(d->o, made, n, false, NULL);
	for (int i = 0; code == EXIT_DONE && i < n; i++)
		tell_law(d, &d->s.files.at[i]);
	return code;
}

void deed_compare_body(const struct deed *d)
{
	char *why = NULL, *agency = tree_label(d->tree, d->mem, "Source-Organization");
	const char *reason;
	const struct judge *j = agency != NULL ? judge_prepare(&d->o->settings, &why) : NULL;
	if (j == NULL || units_compare(j->registry, agency, d->s.face.cn, &reason) == SAME_YES ||
	    units_compare(j->registry, agency, d->s.face.o, &reason) == SAME_YES)
		return;
	TELL(d->o->lang,
	     "chứng thư %s không thấy là của cơ quan lập gói (%s); người ký chịu trách nhiệm về thẩm quyền",
	     "certificate %s does not look like the body's that made the package (%s); the signer answers "
	     "for it",
	     d->s.face.serial, agency);
}
