/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reconcile_check.c - one certificate against one line. See reconcile_check.h.
 */
#include "reconcile_check.h"
#include "4_judge/name.h"
#include "text.h"
#include <string.h>
#include <strings.h>

struct words { const void *mem; struct buffer vi, en; bool wrong; };

static void say_both(struct words *w, bool wrong, const char *vi, const char *en)
{
	w->wrong = w->wrong || wrong;
	buffer_format(&w->vi, "%s%s", w->vi.len > 0 ? "; " : "", vi);
	buffer_format(&w->en, "%s%s", w->en.len > 0 ? "; " : "", en);
}

struct texts check_becomes(const void *mem, const char *becomes)
{
	struct texts values = { 0 };
	for (const char *at = becomes; at != NULL && *at != 0;) {
		size_t n = strcspn(at, ";");
		const char *colon = memchr(at, ':', n);
		const char *from = colon != NULL ? colon + 1 : at;
		char *value = text_line(mem, copy_part(mem, from, n - (size_t)(from - at)));
		if (*value != 0)
			texts_add(mem, &values, value);
		at += n + (at[n] == ';');
	}
	return values;
}

static int once(const void *registry, const struct site *site)
{
	(void)registry;
	(void)site;
	return 1;
}

/* The same in other capitals, or the same body in another writing ("UBND P. Cẩm Thành"). First generation subjects
 * name a province where others name its committee. */
static bool is_name(const void *mem, const char *a, const char *b)
{
	static const char committee[] = "Ủy ban nhân dân ";
	struct name x, y;
	const char *why;
	if (strcmp(text_strong(mem, a), text_strong(mem, b)) == 0
	    || strcmp(text_strong(mem, a), text_strong(mem, format_text(mem, "%s%s", committee, b))) == 0)
		return true;
	if (!name_is_body(a) || !name_is_body(b))
		return false;
	name_parse(mem, a, &x);
	name_parse(mem, b, &y);
	return name_compare(&x, &y, once, NULL, &why) == SAME_YES;
}

static bool stands_in(const void *mem, const char *value, const struct fresh *f)
{
	for (int i = 0; i < f->names.n; i++)
		if (is_name(mem, value, f->names.at[i]))
			return true;
	return f->email != NULL && strcasecmp(f->email, value) == 0;
}

static const char *or_dots(const char *text) { return text != NULL ? text : "…"; }

static void check_subject(struct words *w, const struct awaited *a, const struct fresh *f)
{
	struct texts shall = check_becomes(w->mem, a->becomes);
	bool holder = a->holder != NULL && f->cn != NULL && is_name(w->mem, a->holder, f->cn);
	bool mailbox = a->email != NULL && f->email != NULL && strcasecmp(a->email, f->email) == 0;
	for (int i = 0; i < shall.n; i++) {
		holder = holder || (f->cn != NULL && is_name(w->mem, shall.at[i], f->cn));
		mailbox = mailbox || (f->email != NULL && strcasecmp(shall.at[i], f->email) == 0);
		if (!stands_in(w->mem, shall.at[i], f) && f->subject == NULL)
			say_both(w, false, format_text(w->mem, "danh sách không ghi chủ thể nên chưa kiểm được \"%s\"", shall.at[i]),
				 format_text(w->mem, "the list shows no subject, so \"%s\" is not checked", shall.at[i]));
		else if (!stands_in(w->mem, shall.at[i], f))
			say_both(w, true, format_text(w->mem, "thông tin mới \"%s\" không có trong chủ thể (%s)", shall.at[i], f->subject),
				 format_text(w->mem, "the new information \"%s\" is not in the subject (%s)", shall.at[i], f->subject));
	}
	if (!holder)
		say_both(w, true, format_text(w->mem, "tên CTS là \"%s\", đã đề nghị \"%s\"", or_dots(f->cn), or_dots(a->holder)),
			 format_text(w->mem, "the holder is \"%s\", asked was \"%s\"", or_dots(f->cn), or_dots(a->holder)));
	if (f->email != NULL && a->email != NULL && !mailbox)
		say_both(w, true, format_text(w->mem, "địa chỉ thư điện tử là %s, đã đề nghị %s", f->email, a->email),
			 format_text(w->mem, "the mailbox is %s, asked was %s", f->email, a->email));
}

static void check_key(struct words *w, const struct awaited *a, const struct fresh *f)
{
	bool new_key = strcmp(a->asks, "issue") == 0;
	if (f->key == NULL)
		return;
	if (a->key == NULL) {
		if (!new_key)
			say_both(w, false, "chưa so được khóa (không có chứng thư cũ)", "the key cannot be compared (the old certificate is not "
				 "at hand)");
	} else if (new_key && strcmp(a->key, f->key) == 0) {
		say_both(w, true, "cấp mới nhưng dùng lại khóa cũ", "a new issue with the old key");
	} else if (!new_key && strcmp(a->key, f->key) != 0) {
		say_both(w, true, "khóa khác khóa cũ: không cài được vào thiết bị đã cấp", "another key than before: it does not go on the device "
			 "already issued");
	} else {
		say_both(w, false, new_key ? "khóa mới" : "cùng khóa", new_key ? "a new key" : "the same key");
	}
}

static bool day_of(const char *text, int64_t *day)
{
	time_t t;
	if (text == NULL || !time_parse(text, &t))
		return false;
	*day = time_vn_day(t);
	return true;
}

enum { DAYS_A_YEAR = 366 };

static void check_time(struct words *w, const struct awaited *a, const struct fresh *f, time_t at)
{
	int64_t from, until, before;
	bool renewed = strncmp(a->asks, "renew", 5) == 0, issued = strcmp(a->asks, "issue") == 0;
	if (!day_of(f->not_after, &until)) {
		say_both(w, false, "chưa biết thời hạn", "its time is not known");
		return;
	}
	char *ends = date_text(w->mem, until);
	if (until < time_vn_day(at))
		say_both(w, true, format_text(w->mem, "đã hết hạn ngày %s", ends), format_text(w->mem, "expired on %s", ends));
	if (day_of(f->not_before, &from) && (renewed || issued) && until - from > (renewed ? 3 : 5) * DAYS_A_YEAR)
		say_both(w, true, format_text(w->mem, "thời hạn quá %d năm (Nghị định 68/2024/NĐ-CP Điều 9)", renewed ? 3 : 5),
			 format_text(w->mem, "lasts longer than %d years (Decree 68/2024 Article 9)", renewed ? 3 : 5));
	if (!day_of(a->not_after, &before) || issued)
		say_both(w, false, format_text(w->mem, "hạn đến %s", ends), format_text(w->mem, "until %s", ends));
	else if (renewed)
		say_both(w, until <= before, format_text(w->mem, until > before ? "hạn đến %s (trước: %s)" : "hạn đến %s, không dài hơn trước (%s)",
				 ends, date_text(w->mem, before)),
			 format_text(w->mem, until > before ? "until %s (before: %s)" : "until %s, no longer than before (%s)", ends,
				     date_text(w->mem, before)));
	else if (until < before - 1)
		say_both(w, true, format_text(w->mem, "hạn đến %s, ngắn hơn trước (%s)", ends, date_text(w->mem, before)),
			 format_text(w->mem, "until %s, shorter than before (%s)", ends, date_text(w->mem, before)));
	else
		say_both(w, false, format_text(w->mem, until > before + 1 ? "hạn đến %s, dài hơn trước (%s): xem lại" : "hạn đến %s như trước (%s)", ends,
					       date_text(w->mem, before)),
			 format_text(w->mem, until > before + 1 ? "until %s, longer than before (%s): look at it" : "until %s as before (%s)", ends,
				     date_text(w->mem, before)));
}

struct check check_certificate(const void *mem, const struct awaited *a, const struct fresh *f, time_t at)
{
	struct words w = { .mem = mem, .vi.mem = mem, .en.mem = mem };
	say_both(&w, false, format_text(mem, "chứng thư mới %s", f->serial), format_text(mem, "new certificate %s", f->serial));
	check_subject(&w, a, f);
	check_key(&w, a, f);
	check_time(&w, a, f, at);
	return (struct check){ w.wrong, w.vi.text, w.en.text };
}
